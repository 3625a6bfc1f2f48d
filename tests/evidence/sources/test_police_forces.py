"""The forces of the catalogue, against their official codes and the names that the files carry."""

import csv
import gzip
from pathlib import Path

import pytest

from wardmote.evidence.definitions.files import parse_yaml, read_catalogue_text
from wardmote.evidence.indicators.forces import list_forces
from wardmote.evidence.sources.police_forces import names_of, slugs_by_name


def test_all_forces_are_listed_with_distinct_codes() -> None:
    forces = list_forces()
    territorial = [f for f in forces.values() if f.kind == "territorial"]
    assert len(territorial) == 43
    assert {f.code for f in territorial} == {
        *(f"E230000{n:02d}" for n in range(1, 40)),
        *(f"W1500000{n}" for n in range(1, 5)),
    }
    assert {f.slug for f in forces.values() if f.kind != "territorial"} == {"btp", "northern-ireland"}


def test_no_name_stands_for_two_forces() -> None:
    rows = parse_yaml(read_catalogue_text("places/forces.yaml"), "forces.yaml")
    rows = [*rows["forces"], *rows["invented"]]
    names = [name for row in rows for name in (row["name"], *row.get("also", ()))]
    assert len(names) == len(set(names)) == len(slugs_by_name())


def test_a_force_unknown_here_is_called_by_its_slug() -> None:
    assert names_of("kent") == "Kent Police"
    assert names_of("zellmouth") == "zellmouth"


@pytest.mark.realdata
def test_every_published_name_leads_to_the_slug_of_its_file(shared_data: Path) -> None:
    paths = sorted((shared_data / "police-street" / "all-forces").rglob("*-street.csv.gz"))
    assert paths
    for path in paths:
        with gzip.open(path, "rt", encoding="utf-8") as stream:
            name = next(csv.DictReader(stream))["Reported by"]
        assert slugs_by_name()[name] == path.name[8 : -len("-street.csv.gz")]


@pytest.mark.realdata
def test_every_code_of_the_official_look_up_is_known(shared_data: Path) -> None:
    with (shared_data / "geography" / "lookup_ltla24_csp24_pfa24.csv").open(encoding="utf-8-sig") as stream:
        official = {row["pfa24_code"] for row in csv.DictReader(stream)}
    known = {f.code for f in list_forces().values()}
    assert {c for c in official if c[:3] in ("E23", "W15")} <= known
