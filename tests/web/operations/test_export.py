"""A partnership's export holds all that is its own, nothing of another, and no cell that a sheet would run."""

import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.web.installation import Installation
from wardmote.web.project.exports import make_plain
from web.operations.conftest import copy_installation

IDS = """
import json
from django.apps import apps
from wardmote.web.foundation.records import Record
from wardmote.web.partnerships.models import Partnership
body = {}
for partnership in Partnership.objects.all():
    ids = {partnership.name, partnership.slug, str(partnership.pk)}
    for model in apps.get_models():
        if issubclass(model, Record) and any(f.name == "partnership" for f in model._meta.concrete_fields):
            rows = model._base_manager.filter(partnership=partnership)
            ids |= {str(key) for key in rows.values_list("pk", flat=True)}
    body[partnership.slug] = sorted(ids)
print(json.dumps(body))
"""


@pytest.fixture(scope="module")
def installation(template: Installation, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """One for all of these tests: none of them writes into it."""
    with copy_installation(template, tmp_path_factory.mktemp("exported") / "home") as copy:
        yield copy


@pytest.fixture(scope="module")
def folder(installation: Installation, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("export") / "out"
    installation.must("export", "--partnership", "ashmere", out)
    return out


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_nothing_of_another_partnership_is_in_it(installation: Installation, folder: Path) -> None:
    text = "".join(p.read_bytes().decode(errors="replace") for p in folder.rglob("*") if p.is_file())
    ids = json.loads(installation.do(IDS))
    assert len(ids["birchwood"]) > 20
    assert [found for found in ids["birchwood"] if found in text] == []
    assert "birchwood" not in text.lower()


def test_every_record_of_its_own_is_in_it(installation: Installation, folder: Path) -> None:
    text = "".join(p.read_text("utf-8") for p in (folder / "tables").glob("*.csv"))
    assert [found for found in json.loads(installation.do(IDS))["ashmere"] if found not in text] == []


def test_every_version_of_a_value_is_a_row(folder: Path) -> None:
    rows = read_csv(folder / "returns.csv")
    assert [(row["indicator"], row["version"], row["value"], row["counts_now"]) for row in rows] == [
        ("P1-1", "1", "81.5", "no"), ("P1-1", "2", "79.25", "yes"),
    ]  # fmt: skip


def test_no_cell_is_a_formula(folder: Path) -> None:
    assert read_csv(folder / "returns.csv")[0]["what_happened"] == "'=HYPERLINK(only in ashmere)"
    for path in folder.rglob("*.csv"):
        for row in read_csv(path):
            assert not [cell for cell in row.values() if cell.startswith(("=", "+", "@")) or re.match(r"-\D", cell)], (
                path
            )


@pytest.mark.parametrize(
    ("cell", "plain"),
    [
        ("=1+1", "'=1+1"),
        ("@SUM", "'@SUM"),
        ("-cmd", "'-cmd"),
        ("+44", "'+44"),
        ("\tx", "'\tx"),
        (-3.5, -3.5),
        ("a=b", "a=b"),
    ],
)
def test_cell_is_made_plain(cell: object, plain: object) -> None:
    assert make_plain(cell) == plain


def test_no_secret_leaves(installation: Installation, folder: Path) -> None:
    digests = [row[0] for row in installation.ask("SELECT password FROM partnerships_person")]
    text = "".join(p.read_text("utf-8") for p in (folder / "tables").glob("*.csv"))
    assert [found for found in digests if found in text] == []
    assert "password" not in (folder / "tables" / "people.csv").read_text("utf-8").splitlines()[0]


def test_readme_names_every_column(folder: Path) -> None:
    readme = (folder / "README.md").read_text("utf-8")
    for path in (folder / "tables").glob("*.csv"):
        head = path.read_text("utf-8").splitlines()[0]
        section = readme.partition(f"## tables/{path.name}")[2].partition("\n## ")[0]
        assert [name for name in head.split(",") if f"`{name}`" not in section] == [], path.name
    assert re.search(r"\| `state` \| Char: owed \([A-Z][^|]*, signed_off \(", readme)
    assert "| `email` | Char | a person |" in readme


def test_exported_plan_is_read_by_status(installation: Installation, folder: Path) -> None:
    (path,) = (folder / "plans").glob("*.json")
    done = installation.run("status", path)
    assert done.returncode == 0, done.stderr
    assert "P1-1" in done.stdout


def test_files_come_with_their_names(folder: Path) -> None:
    (row,) = read_csv(folder / "tables" / "stored_files.csv")
    assert (folder / "files" / row["id"]).read_text() == "minutes of ashmere"
    assert row["name"] == "minutes.txt"


def test_folder_that_holds_something_is_left_alone(installation: Installation, folder: Path) -> None:
    done = installation.run("export", "--partnership", "ashmere", folder)
    assert done.returncode == 2
    assert "not empty" in done.stderr


def test_unknown_partnership_is_told_with_those_there_are(installation: Installation, tmp_path: Path) -> None:
    done = installation.run("export", "--partnership", "ashmore", tmp_path / "x")
    assert done.returncode == 2
    assert "ashmere, birchwood" in done.stderr
