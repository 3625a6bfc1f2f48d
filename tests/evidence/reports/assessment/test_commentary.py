"""The analyst's words on the sample: what is earned is printed, what is not stops the build with what to write."""

from dataclasses import replace
from pathlib import Path

import pytest

from evidence.reports.assessment.conftest import Sample
from support.documents import find_section, read_words
from wardmote.evidence.disclosure import Audience
from wardmote.evidence.model.errors import TextNotBorneOutError
from wardmote.evidence.reports.assessment.build import Assessment

A = "X06000001"
ROSE, FELL, SIMILAR = f"shoplifting_count:{A}", f"theft_from_the_person_count:{A}", f"burglary_count:{A}"

#: One earned sentence for each kind of word, as the sample's figures bear them out.
EARNED = f"""Shoplifting rose to {{{{ {ROSE}:2025/26 }}}} offences.

Shoplifting increased from {{{{ {ROSE}:2024/25 }}}} to {{{{ {ROSE}:2025/26 }}}}, a change of
{{{{ {ROSE}:2025/26 | change }}}} per resident.

Theft from the person fell to {{{{ {FELL}:2025/26 }}}}: a significant reduction.

Burglary, at {{{{ {SIMILAR}:2025/26 }}}}, was similar to 2024/25.

Burglary did not fall: {{{{ {SIMILAR}:2025/26 }}}}. There was no change in burglary ({{{{ {SIMILAR}:2025/26 }}}}).

The fall in burglary, to {{{{ {SIMILAR}:2025/26 }}}}, is not statistically significant.

We aim to reduce burglary below {{{{ {SIMILAR}:2025/26 }}}}.

Burglary has a falling trend of {{{{ official_burglary_count:{A}:2025/26:measure=trend_pct:against=2021/22 }}}}
a year over five years.

River patrols cover the town; slips, trips and falls are left to others.
"""


def build(sample: Sample, folder: Path, audience: Audience = "partnership", **files: str) -> Assessment:
    for name, text in files.items():
        (folder / f"{name.replace('_', '-')}.md").write_text(text, encoding="utf-8")
    return sample.plan(audience, partnership=replace(sample.partnership, commentary=folder))


def refuse(sample: Sample, folder: Path, audience: Audience = "partnership", **files: str) -> list[str]:
    """Each fault as one line."""
    with pytest.raises(TextNotBorneOutError) as caught:
        build(sample, folder, audience, **files)
    return [f"{f.where}: {f.found} | {f.expected} | {f.to_do}" for f in caught.value.faults]


def test_earned_words_are_printed_with_their_figures(sample: Sample, tmp_path: Path) -> None:
    document = build(sample, tmp_path, what_changed=EARNED).document
    words = read_words(find_section(document, "what-changed"))
    assert words.index("Shoplifting rose to") < words.index("A change is called a rise")
    assert "a significant reduction" in words


UNEARNED = [
    (f"Shoplifting fell to {{{{ {ROSE}:2025/26 }}}}.", "'fell' is not borne out: It rose on 2024/25", "'rose by"),
    (f"Shoplifting doubled to {{{{ {ROSE}:2025/26 }}}}.", "'doubled' is not borne out", "'rose by"),
    (f"Shoplifting was unchanged at {{{{ {ROSE}:2025/26 }}}}.", "'was unchanged' is not borne out", "'rose by"),
    (f"Shoplifting did not rise: {{{{ {ROSE}:2025/26 }}}}.", "'did not rise' is not borne out", "'rose by"),
    (
        f"Burglary fell to {{{{ {SIMILAR}:2025/26 }}}}.",
        "'fell' is not borne out: It was similar",
        "'similar to 2024/25",
    ),
    (
        f"We saw a significant reduction in burglary ({{{{ {SIMILAR}:2025/26 }}}}).",
        "'a significant reduction' is not borne out",
        "'similar to 2024/25",
    ),
    (
        f"Burglary fell from {{{{ {SIMILAR}:2023/24 }}}} to {{{{ {SIMILAR}:2025/26 }}}}.",
        "November 2023 of Estuary Sample's file not loaded",
        "",
    ),
    (
        f"Public order offences rose from {{{{ official_public_order_count:{A}:2023/24 }}}} to"
        f" {{{{ official_public_order_count:{A}:2024/25 }}}}.",
        "'rose' is not borne out: It cannot be compared with 2023/24: Home Office counting rules of 2023",
        "that it was not compared with 2023/24",
    ),
    (
        f"In one ward burglary fell to {{{{ {SIMILAR}:2025/26:ward=X05100001 }}}}.",
        "'fell' is not borne out: no change is worked out for a part (ward=X05100001)",
        "the number alone",
    ),
    (
        "Crime is getting worse, a growing problem. There were 99,999 crimes, the highest ever.",
        "'99,999 crimes' is a figure typed by hand",
        "Insert it by search, as {{",
    ),
    (
        f"Burglary is the highest ever: {{{{ {SIMILAR}:2025/26 }}}}.",
        "'highest ever' is not borne out: the data holds",
        "",
    ),
    (f"Burglary is at a record low: {{{{ {SIMILAR}:2025/26 }}}}.", "is not borne out: the data holds", ""),
    (f"Shoplifting is on the wane: {{{{ {ROSE}:2025/26 }}}}.", "'on the wane' is not borne out", "'rose by"),
    ("Burglary fell.", "'fell' stands with no figure beside it", "Refer to one as"),
    (f"There were {{{{ burglry_count:{A}:2025/26 }}}}.", "burglry_count", ""),
    ("There were {{ burglary_count }}.", "'burglary_count' is not the name of a figure", ""),
    (f"There were {{{{ {SIMILAR}:2023/24 }}}}.", "has no value: November 2023", "load what is missing"),
    (f"There were {{{{ {SIMILAR}:2025/26 | chnge }}}}.", "chnge", ""),
]


@pytest.mark.parametrize(("text", "found", "instead"), UNEARNED)
def test_a_sentence_that_is_not_borne_out_is_named_with_what_to_write(
    sample: Sample, tmp_path: Path, text: str, found: str, instead: str
) -> None:
    faults = refuse(sample, tmp_path, burglary=f"First line.\n\n{text}\n")
    assert any(f.startswith("burglary.md:3") and found in f and instead in f for f in faults), faults


def test_faults_of_several_files_are_gathered(sample: Sample, tmp_path: Path) -> None:
    faults = refuse(sample, tmp_path, burglary="Burglary fell.\n", outcomes="Robbery rose.\n\nCrime fell.\n")
    assert [f.split(": ")[0] for f in faults] == ["burglary.md:1", "outcomes.md:1", "outcomes.md:3"]


def test_a_file_that_belongs_to_no_section_is_named(sample: Sample, tmp_path: Path) -> None:
    assert "burglarly.md" in " ".join(refuse(sample, tmp_path, burglarly="Words.\n"))


@pytest.mark.parametrize(
    "name", ["al-crime.md", "all_crime.md", "All-Crime.md", "methods.md", "burglary.MD", "burglary.txt"]
)
@pytest.mark.parametrize("text", ["Words.\n", ""])
def test_no_file_is_passed_over(sample: Sample, tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert name in " ".join(refuse(sample, tmp_path))


def test_a_misnamed_file_is_told_the_names_that_there_are(sample: Sample, tmp_path: Path) -> None:
    assert "one of all-crime, anti-social-behaviour, at-a-glance" in refuse(sample, tmp_path, al_crime="Words.\n")[0]


def test_a_folder_within_is_not_passed_over(sample: Sample, tmp_path: Path) -> None:
    (tmp_path / "drafts").mkdir()
    assert "drafts: this is a folder" in refuse(sample, tmp_path)[0]


@pytest.mark.parametrize("name", ["README.md", "readme.txt", ".DS_Store", "~$burglary.md", "Thumbs.db", "burglary.md~"])
def test_what_machines_leave_is_passed_over(sample: Sample, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("Burglary fell.", encoding="utf-8")
    assert build(sample, tmp_path)


HOSTILE = [
    ("Burglary ro\u200bse.", "U+200B ZERO WIDTH SPACE"),
    ("\u202e.esor yralgruB", "U+202E RIGHT-TO-LEFT OVERRIDE"),
    ("Burglary r\u043ese.", "mixes letters"),
    ("Burglary ro&shy;se.", "SOFT HYPHEN"),
    ("Burglary r&#111;se.", "'rose' stands with no figure"),
    ("Burglary r**o**se.", "'rose' stands with no figure"),
    ("Burglary\u00a0rose.", "'rose' stands with no figure"),
    ("<script>alert(1)</script>", "raw HTML"),
    ("Burglary ro<!-- -->se.", "raw HTML"),
    ("[here](javascript:alert(1))", "a link to 'javascript:alert(1)'"),
    ("[here](JAVA&#115;CRIPT:alert(1))", "a link to"),
    ("<javascript:alert(1)>", "a link to 'javascript:alert(1)'"),
    ("[here](data:text/html;base64,PHNjcmlwdD4=)", "a link to"),
    ("[here](vbscript:x)", "a link to"),
    ("![here](https://example.org/x.png)", "a picture"),
    ("[here][1]\n\n[1]: javascript:alert(1)", "a link to"),
]


@pytest.mark.parametrize(("text", "found"), HOSTILE)
def test_hostile_markdown_is_refused(sample: Sample, tmp_path: Path, text: str, found: str) -> None:
    assert any(found in fault for fault in refuse(sample, tmp_path, burglary=f"{text}\n"))


def test_a_file_that_is_not_utf8_is_named(sample: Sample, tmp_path: Path) -> None:
    (tmp_path / "burglary.md").write_bytes("caf\xe9".encode("latin-1"))
    assert "burglary.md" in " ".join(refuse(sample, tmp_path))


def test_the_public_may_not_read_a_withheld_count_in_a_sentence(sample: Sample, tmp_path: Path) -> None:
    """Neither by the figure itself nor by another period or part of the same data that the report does not show."""
    fires = f"partner_deliberate_fires_count:{A}"
    faults = refuse(
        sample, tmp_path, "public",
        partner_data=f"There were {{{{ {fires}:2025-06 }}}} in June.\n\nFires rose to {{{{ {fires}:2025-06 }}}}.\n",
    )  # fmt: skip
    assert any("has no value" in f for f in faults)
    assert all(not any(c.isdigit() for c in f.split("not borne out:")[1].split("|")[0]) for f in faults if "borne" in f)
