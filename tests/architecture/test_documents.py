"""Pages and files that must say the same do, and no link between pages is broken."""

import re
from pathlib import Path

import pytest
from scripts.write_claim_rules import render_page

from wardmote import __file__ as package_file
from wardmote.evidence.definitions.glossary import list_terms

ROOT = Path(package_file).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def test_glossary_page_is_the_catalogues_glossary() -> None:
    page = (ROOT / "docs" / "glossary.md").read_text("utf-8")
    rows = [
        tuple(cell.strip() for cell in line.split("|")[1:-1]) for line in page.splitlines() if line.startswith("| **")
    ]
    assert rows == [(f"**{t.term}**", t.of[:1].upper(), t.meaning) for t in list_terms()], (
        "run scripts/write_glossary.py"
    )


def test_page_of_rules_says_what_the_rules_say_now() -> None:
    page = (ROOT / "docs" / "methods" / "claim-rules.md").read_text("utf-8")
    assert page == render_page(), "run scripts/write_claim_rules.py"


def test_index_of_decisions_names_every_decision_by_its_own_title() -> None:
    folder = ROOT / "docs" / "decisions"
    index = (folder / "README.md").read_text("utf-8")
    decisions = sorted(folder.glob("0*.md"))
    listed = re.findall(r"^\| \[(\d+)\]\((\S+)\) \| (.+?) \|", index, re.MULTILINE)
    titles = [path.read_text("utf-8").splitlines()[0] for path in decisions]
    assert [(f"# {number}. {title}", name) for number, name, title in listed] == [
        (title, path.name) for title, path in zip(titles, decisions, strict=True)
    ]


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\(([^)\s]+)\)", page.read_text("utf-8"))
    local = [t.split("#")[0] for t in targets if not re.match(r"[a-z]+:|#", t)]
    assert [t for t in local if not (page.parent / t).exists()] == []


def test_locked_packages_have_hashes_and_no_address() -> None:
    files = sorted((ROOT / "requirements").glob("*.txt"))
    assert [f.name for f in files] == ["build.txt", "runtime.txt", "test.txt"]
    for path in files:
        text = path.read_text("utf-8")
        assert "://" not in text
        assert "--index" not in text
        for entry in re.split(r"\n(?=[A-Za-z0-9])", text.strip()):
            assert re.match(r"[A-Za-z0-9._-]+==\S+", entry), entry
            assert "--hash=sha256:" in entry, entry


def test_what_runs_is_tested_at_the_same_versions() -> None:
    def pins(name: str) -> dict[str, str]:
        text = (ROOT / "requirements" / name).read_text("utf-8")
        return dict(re.findall(r"^([A-Za-z0-9._-]+)==(\S+)", text, re.MULTILINE))

    runtime, test = pins("runtime.txt"), pins("test.txt")
    assert runtime.items() <= test.items()
