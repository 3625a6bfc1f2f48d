"""What a store answers the rules: areas by name, populations, and figures by the words of their titles."""

from pathlib import Path

import pytest

from support.street_store import link, official, open_evidence, put_tables, residents
from wardmote.evidence.claims.check import check_documents
from wardmote.evidence.claims.loaded import LoadedEvidence, strip_generic
from wardmote.evidence.claims.reading import read_text
from wardmote.evidence.claims.wording.scan import find_keywords, scan_document

NORTH, EAST = "E07000901", "E07000902"
YEAR_2024 = (2024 * 12, 2024 * 12 + 11)


@pytest.fixture
def evidence(tmp_path: Path) -> LoadedEvidence:
    people = [
        residents(NORTH, 100_000, year=2023) | {"area_name": "Northmarsh"},
        residents(NORTH, 101_000, year=2024) | {"area_name": "Northmarsh (synthetic)"},
        residents(EAST, 50_000, year=2024) | {"area_name": "Eastborough"},
    ]
    links = [link(("district@2023", NORTH), ("csp@2023", "E22000901"), name="Northmarsh")]
    crimes = [
        official("E22000901", "2024-12", "Burglary", 919, name="Northmarsh"),
        official("E22000901", "2024-12", "All other theft offences", 77, name="Northmarsh"),
        official("E22000901", "2024-12", "Violence against the person", 5_000, name="Northmarsh"),
        official("E22000901", "2024-12", "Sexual offences", 500, name="Northmarsh"),
        official("E22000901", "2024-12", "Robbery", 100, name="Northmarsh"),
    ]
    put_tables(tmp_path / "store", {"population": people, "area_links": links, "recorded_crime": crimes})
    return LoadedEvidence(open_evidence(tmp_path / "store"))


def ask(evidence: LoadedEvidence, words: str, area: str = "Northmarsh", kind: str = "count") -> float | None:
    measure = strip_generic(find_keywords(words))
    found = evidence.find_figure(measure, area, months=YEAR_2024, kind=kind)  # type: ignore[arg-type]
    return found.value if found else None


@pytest.mark.parametrize(
    ("words", "value"),
    [("burglaries", 919), ("burglary offences", 919), ("robberies", 100), ("violent crimes", 5_600),
     ("violence against the person", 5_000), ("thefts", None), ("crimes", None), ("knife burglaries", None)],
)  # fmt: skip
def test_figure_is_found_by_the_words_of_its_title(evidence: LoadedEvidence, words: str, value: float | None) -> None:
    assert ask(evidence, words) == value


def test_figure_says_whether_it_is_official_and_firm(evidence: LoadedEvidence) -> None:
    burglary = evidence.find_figure(frozenset({"burglary"}), "Northmarsh", months=YEAR_2024, kind="count")
    violent = evidence.find_figure(frozenset({"violent"}), "Northmarsh", months=YEAR_2024, kind="count")
    assert burglary
    assert burglary.is_official
    assert burglary.is_firm
    assert burglary.title == "Burglary"
    assert violent
    assert violent.is_official
    assert not violent.is_firm


def test_rate_is_of_the_loaded_residents(evidence: LoadedEvidence) -> None:
    assert ask(evidence, "burglary", kind="rate") == pytest.approx(919 / 101_000 * 1000)


def test_what_is_not_loaded_is_not_known(evidence: LoadedEvidence) -> None:
    assert ask(evidence, "burglary", "Eastborough") is None
    assert ask(evidence, "burglary", "Westham") is None
    other = (2023 * 12, 2023 * 12 + 11)
    assert evidence.find_figure(frozenset({"burglary"}), "Northmarsh", months=other, kind="count") is None


def test_populations_and_areas_are_told_by_name(evidence: LoadedEvidence) -> None:
    assert evidence.list_populations("Northmarsh") == {2023: 100_000, 2024: 101_000}
    assert evidence.list_populations("Westham") == {}
    assert evidence.find_population("Northmarsh", 2024) == 101_000
    assert evidence.find_areas("Northmarsh and Eastborough, then Northmarsh Police") == ("Northmarsh", "Eastborough")


def test_document_is_about_the_area_that_it_names_most(evidence: LoadedEvidence) -> None:
    text = "Northmarsh is a town. Northmarsh grows. Northmarsh has parks. Eastborough lies beside it."
    assert evidence.find_area(scan_document(read_text(text, name="a.md", format="md"))) == "Northmarsh"
    even = "Northmarsh and Eastborough. " * 3
    assert evidence.find_area(scan_document(read_text(even, name="b.md", format="md"))) is None


def test_check_with_a_store_accuses_the_wrong_count_alone(evidence: LoadedEvidence) -> None:
    text = "In 2024 there were {} burglaries in Northmarsh."
    for printed, accused in (("919", 0), ("991", 1)):
        document = read_text(text.format(printed), name="a.md", format="md")
        claims = check_documents([document], evidence=evidence).accusations()
        assert len(claims) == accused
