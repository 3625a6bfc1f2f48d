"""Figures of road collisions and casualties."""

from pathlib import Path

import pytest

from support.official_tables import load
from wardmote.evidence.indicators.compute import Evidence, compute_figures, compute_one
from wardmote.evidence.model.figures import Figure
from wardmote.evidence.model.periods import Period

HERE, THERE, FORMER = "E06000001", "E06000002", "E07000001"
COLLISIONS = f"""\
collision_index,date,collision_severity,local_authority_ons_district,lsoa_of_accident_location,longitude,latitude
2022A,03/02/2022,3,{FORMER},E01000001,0.5,51.3
2023A,05/01/2023,1,{HERE},E01000001,0.5,51.3
2023B,06/03/2023,2,{HERE},E01000002,0.5,51.3
2023C,07/09/2023,3,{THERE},E01000003,0.5,51.3
"""
CASUALTIES = """\
collision_index,casualty_reference,casualty_severity,casualty_type,casualty_adjusted_serious,casualty_adjusted_slight
2022A,1,3,9,0.2,0.8
2023A,1,1,9,0,0
2023A,2,3,0,0.4,0.6
2023B,1,2,1,1,0
2023C,1,3,9,,
"""
LOOKUPS = {
    "a.csv": f"lsoa21_code,ward24_code,ltla24_code\nE01000001,E05000001,{HERE}\nE01000002,E05000002,{HERE}\n"
    f"E01000003,E05000003,{THERE}\n",
    "b.csv": f"LAD23CD,CSP23CD,PFA23CD\n{HERE},E22000001,E23000001\n{THERE},E22000001,E23000001\n",
    "c.csv": f"ltla22_code,ltla23_code\n{FORMER},{HERE}\n{THERE},{THERE}\n",
}


def _open(folder: Path, collisions: str = COLLISIONS, casualties: str | None = CASUALTIES) -> Evidence:
    for name, text in LOOKUPS.items():
        (folder / name).write_text(text)
    load("ons-lookups", [folder / name for name in LOOKUPS], folder)
    (folder / "col.csv").write_text(collisions)
    files = [folder / "col.csv"]
    if casualties is not None:
        (folder / "cas.csv").write_text(casualties)
        files.append(folder / "cas.csv")
    return Evidence.of(load("stats19", files, folder).store.snapshot())


@pytest.fixture(scope="module")
def evidence(tmp_path_factory: pytest.TempPathFactory) -> Evidence:
    return _open(tmp_path_factory.mktemp("roads"))


def _ask(evidence: Evidence, indicator: str, area: str = HERE, period: str = "2023-01..2023-09") -> Figure:
    return compute_one(evidence, indicator, area, Period.parse(period))


@pytest.mark.parametrize(
    ("area", "collisions", "ksi"),
    [(HERE, 2, 2), (THERE, 1, 0), ("E22000001", 3, 2), ("E23000001", 3, 2), ("E05000002", 1, 1), ("E01000001", 1, 1)],
)
def test_every_kind_of_area_counts_its_own(evidence: Evidence, area: str, collisions: int, ksi: int) -> None:
    assert _ask(evidence, "collisions_count", area).value == collisions
    assert _ask(evidence, "ksi_count", area).value == ksi


def test_adjusted_figure_adds_probabilities_to_deaths(evidence: Evidence) -> None:
    assert _ask(evidence, "ksi_adjusted_count").value == pytest.approx(1 + 0.4 + 1)


def test_one_casualty_without_probability_leaves_the_adjusted_figure_missing(evidence: Evidence) -> None:
    figure = _ask(evidence, "ksi_adjusted_count", "E22000001")
    assert figure.value is None
    assert figure.missing is not None
    assert figure.missing.code == "not_published"


def test_collisions_under_a_districts_former_code_count_for_it(evidence: Evidence) -> None:
    assert _ask(evidence, "collisions_count", HERE, "2022-01..2022-02").value == 1


def test_months_are_told_apart_and_a_quiet_one_is_a_true_zero(evidence: Evidence) -> None:
    table = compute_figures(evidence, "collisions_count", HERE, Period.parse("2023-01..2023-03"), "month")
    assert [(f.dimensions[0][1], f.value) for f in table.figures] == [("2023-01", 1), ("2023-02", 0), ("2023-03", 1)]


@pytest.mark.parametrize(
    ("period", "why"), [("2021", "road data for 2021 not loaded"), ("2023", "road data ends before 2023-10")]
)
def test_time_that_is_not_held_is_missing_and_not_zero(evidence: Evidence, period: str, why: str) -> None:
    figure = _ask(evidence, "collisions_count", HERE, period)
    assert figure.value is None
    assert figure.missing is not None
    assert (figure.missing.code, figure.missing.why) == ("month_missing", why)


def test_district_of_which_nothing_is_loaded_is_missing_and_not_zero(evidence: Evidence) -> None:
    figure = _ask(evidence, "collisions_count", "E06000009")
    assert figure.missing is not None
    assert figure.missing.code == "area_unknown"


def test_year_with_collisions_but_no_casualties_has_no_people_hurt_to_count(tmp_path: Path) -> None:
    only_2022 = "\n".join(line for line in CASUALTIES.splitlines() if not line.startswith("2023")) + "\n"
    evidence = _open(tmp_path, casualties=only_2022)
    figure = _ask(evidence, "ksi_count")
    assert figure.value is None
    assert figure.missing is not None
    assert figure.missing.why == "road data for 2023 not loaded"
    assert _ask(evidence, "collisions_count").value == 2


def test_collisions_alone_answer_collisions(tmp_path: Path) -> None:
    evidence = _open(tmp_path, casualties=None)
    assert _ask(evidence, "collisions_count").value == 2
    missing = _ask(evidence, "ksi_count").missing
    assert missing is not None
    assert missing.code == "source_missing"
