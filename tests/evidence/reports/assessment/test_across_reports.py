"""A reader who holds several public reports of a partner's data works out no small number from them either."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from support.documents import find_section, read_words
from support.official_tables import load
from wardmote.evidence.model.errors import UnreadableInputError
from wardmote.evidence.model.periods import Period
from wardmote.evidence.reports.assessment.build import plan_assessment, write_assessment
from wardmote.evidence.reports.partnership import load_partnership
from wardmote.evidence.reports.published import record_document
from wardmote.evidence.store.store import open_store

NOW = datetime(2026, 1, 15, 9, tzinfo=UTC)
HERE, BESIDE, BOTH, FORCE = "E06000035", "E07000105", "E22000143", "E23000032"
WARDS = [f"E0501444{n}" for n in range(9)]
FAR_WARDS = [f"E0501288{n}" for n in range(6)]
TOTAL = "partner_fires_count:E06000035"
MAPPING = """dataset: fires
title: Fires
publisher: Fire service
licence: Sharing agreement
polarity: lower_is_better
covers: 2020-04..2022-03
columns:
  date: {name: Month, format: "%Y-%m"}
  area: {name: Ward, type: ward@2024}
  category: [{name: Kind, as: kind}]
  count: {name: Count}
"""
LISTED = MAPPING + "categories: {kind: {Car: car, Bin: bin}}\n"

Rows = Sequence[tuple[str, str, str, int]]


@dataclass
class Desk:
    """A partnership's store, from which reports for the public are written one after another."""

    folder: Path
    numbers: Any

    def load(self, rows: Rows, mapping: str = LISTED) -> None:
        name = self.folder / f"secret-file-{next(self.numbers)}.csv"
        name.write_text("Month,Ward,Kind,Count\n" + "".join(f"{m},{w},{k},{n}\n" for m, w, k, n in rows))
        (self.folder / "fires.yaml").write_text(mapping)
        load("partner", [name, self.folder / "fires.yaml"], self.folder)

    def publish(self, year: str, area: str = HERE, audience: Any = "public") -> "Report":
        store = open_store(self.folder / "store")
        snapshot, out = store.snapshot(), self.folder / f"out-{next(self.numbers)}"
        plain = load_partnership(None)
        built = plan_assessment(snapshot, area, Period.parse(year), plain, audience=audience, as_at=NOW)
        paths = write_assessment(built, out, snapshot, formats=("html",))
        record_document(store.folder, paths["figures"], area=area, period=year, now=NOW)
        body = json.loads(paths["figures"].read_text())
        words = read_words(find_section(built.document, "partner-data"))
        return Report(body, words, paths["html"].read_text())


@dataclass(frozen=True)
class Report:
    body: dict[str, Any]
    words: str
    page: str

    @property
    def counts(self) -> dict[str, float | None]:
        return {f["id"]: f["value"] for f in self.body["figures"] if f["source"] == "partner"}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    places = [(HERE, "Medway", WARDS), (BESIDE, "Ashford", FAR_WARDS)]
    lines = [
        f"E0101{number:02d}{d:02d},Small,{ward},Ward {ward[-2:]},{district},{name}"
        for d, (district, name, wards) in enumerate(places)
        for number, ward in enumerate(wards)
    ]
    heads = "lsoa21_code,lsoa21_name,ward24_code,ward24_name,ltla24_code,ltla24_name"
    (tmp_path / "lookup.csv").write_text("\n".join([heads, *lines]) + "\n")
    shared = [f"{d},{n},{BOTH},Both,{FORCE},Kent" for d, n in ((HERE, "Medway"), (BESIDE, "Ashford"))]
    heads = "ltla24_code,ltla24_name,csp24_code,csp24_name,pfa24_code,pfa24_name"
    (tmp_path / "csp.csv").write_text("\n".join([heads, *shared]) + "\n")
    for name in ("lookup.csv", "csp.csv"):
        load("ons-lookups", tmp_path / name, tmp_path)
    return Desk(tmp_path, count())


MANY = [("2021-05", w, k, 10) for w in WARDS for k in ("Car", "Bin")]


# -- years in a row -------------------------------------------------------------------------------------------
def test_last_years_total_is_shown_only_where_last_years_report_shows_it(desk: Desk) -> None:
    """Five wards of one fire each: the first report withholds total and wards, the second must not tell the five."""
    desk.load([("2020-05", w, "Car", 1) for w in WARDS[:5]] + MANY)
    first, second = desk.publish("2020/21"), desk.publish("2021/22")
    assert first.counts[f"{TOTAL}:2020/21"] is None
    assert second.counts[f"{TOTAL}:2021/22"] == 180
    assert second.counts.get(f"{TOTAL}:2020/21") is None
    assert not [i for i in second.counts if "change_pct" in i]
    assert "No change is given" in second.words
    assert "from 5 to" not in second.page


def test_change_is_told_where_both_years_show_their_totals(desk: Desk) -> None:
    desk.load([("2020-05", w, "Car", 20) for w in WARDS] + MANY)
    report = desk.publish("2021/22")
    assert "from 180 to 180" in report.words


# -- periods and areas ----------------------------------------------------------------------------------------
@pytest.mark.parametrize("period", ["2021-04..2022-02", "2021", "2021-07..2022-06", "2021/22Q1", "2021-06"])
def test_the_public_learns_of_whole_financial_years_only(desk: Desk, period: str) -> None:
    """A year less its first eleven months would be March alone."""
    desk.load([("2021-05", w, "Car", 20) for w in WARDS] + [("2022-03", WARDS[3], "Car", 1)])
    report = desk.publish(period)
    assert report.counts == {}
    assert "partners' data is published by financial year only" in report.words


@pytest.mark.parametrize("area", [WARDS[0], FORCE, "E01010000"])
def test_the_public_learns_of_districts_and_partnerships_only(desk: Desk, area: str) -> None:
    desk.load(MANY)
    report = desk.publish("2021/22", area)
    assert report.counts == {}
    assert "districts and community safety partnerships only" in report.words


def test_partnership_reads_any_period_and_area(desk: Desk) -> None:
    desk.load(MANY)
    assert desk.publish("2021-05", audience="partnership").counts[f"{TOTAL}:2021-05"] == 180


def test_partnership_less_one_district_does_not_tell_the_other(desk: Desk) -> None:
    """Two fires in the one district: 182 of both less 180 of the other would tell them."""
    desk.load([*MANY, ("2021-05", FAR_WARDS[0], "Car", 2)])
    values = {a: desk.publish("2021/22", a).counts[f"partner_fires_count:{a}:2021/22"] for a in (HERE, BESIDE, BOTH)}
    assert values[BESIDE] is None
    assert None in (values[HERE], values[BOTH])


# -- what was published before --------------------------------------------------------------------------------
def test_same_data_published_again_shows_the_same(desk: Desk) -> None:
    desk.load([*MANY, ("2021-07", WARDS[1], "Bin", 3)])
    first = desk.publish("2021/22")
    assert first.counts[f"{TOTAL}:2021/22"] == 183
    assert desk.publish("2021/22").counts == first.counts
    assert desk.publish("2021-04..2022-03").counts[f"{TOTAL}:2021-04..2022-03"] == 183


def test_correction_by_one_is_not_published_beside_the_first_report(desk: Desk) -> None:
    desk.load(MANY)
    assert desk.publish("2021/22").counts[f"{TOTAL}:2021/22"] == 180
    desk.load([*MANY, ("2021-05", WARDS[0], "Car", 1)])
    second = desk.publish("2021/22")
    assert second.counts == {}
    assert "an earlier report for the public" in second.words
    assert f"{HERE}.json" in second.words
    both = desk.publish("2021/22", BOTH)
    assert both.counts == {}


def test_last_years_total_is_not_told_after_a_small_correction(desk: Desk) -> None:
    early = [("2020-05", w, "Car", 20) for w in WARDS]
    desk.load(early + MANY)
    desk.publish("2020/21")
    desk.load([*early, ("2020-06", WARDS[0], "Car", 1), *MANY])
    report = desk.publish("2021/22")
    assert report.counts[f"{TOTAL}:2021/22"] == 180
    assert report.counts.get(f"{TOTAL}:2020/21") is None
    assert "181" not in report.words


def test_large_correction_is_published_where_nothing_is_withheld(desk: Desk) -> None:
    desk.load(MANY)
    desk.publish("2021/22")
    desk.load([*MANY, ("2021-05", WARDS[0], "Car", 50)])
    assert desk.publish("2021/22").counts[f"{TOTAL}:2021/22"] == 230


def test_large_correction_stays_back_where_something_is_withheld(desk: Desk) -> None:
    """Which of the withheld cells grew would follow from those that did not."""
    small = ("2021-07", WARDS[1], "Bin", 3)
    desk.load([*MANY[2:], small])
    desk.publish("2021/22")
    desk.load([*MANY[2:], small, ("2021-05", WARDS[5], "Car", 50)])
    assert desk.publish("2021/22").counts == {}


def test_report_of_other_months_on_record_keeps_the_year_back(desk: Desk) -> None:
    """Such reports were once written; the year less their months would tell the rest."""
    desk.load(MANY)
    rows = [{"id": f"{TOTAL}:2021-04..2022-02", "value": 179, "state": "actual"}]
    put_record(desk, {"audience": "public", "figures": rows})
    report = desk.publish("2021/22")
    assert report.counts == {}
    assert "old.json" in report.words


def test_report_for_the_partnership_on_record_keeps_nothing_back(desk: Desk) -> None:
    desk.load(MANY)
    desk.publish("2021-05", audience="partnership")
    assert desk.publish("2021/22").counts[f"{TOTAL}:2021/22"] == 180


def test_record_that_cannot_be_read_stops_the_report(desk: Desk) -> None:
    desk.load(MANY)
    put_record(desk, {"audience": "public"})
    with pytest.raises(UnreadableInputError, match=r"old\.json"):
        desk.publish("2021/22")


def put_record(desk: Desk, body: dict[str, Any]) -> None:
    folder = desk.folder / "store" / "published"
    folder.mkdir(exist_ok=True)
    (folder / "old.json").write_text(json.dumps(body))


# -- files and categories -------------------------------------------------------------------------------------
def test_the_public_learns_nothing_of_a_partners_files(desk: Desk) -> None:
    desk.load([*MANY, ("2021-07", WARDS[1], "Bin", 3)])
    report = desk.publish("2021/22")
    partner = [one for one in report.body["loads"] if one["source"] == "partner"]
    assert [one["files"] for one in partner] == ["withheld"]
    assert {f["rows"] for f in report.body["figures"] if f["source"] == "partner"} == {None}
    assert "secret-file" not in report.page + json.dumps(report.body)
    (manifest,) = [m for m in open_store(desk.folder / "store").snapshot().manifests if m.source == "partner"]
    assert not any(f.sha256 in report.page + json.dumps(report.body) for f in manifest.inputs)
    assert "withheld" in report.page.split("The loads that this report was made from")[1]


def test_the_partnership_keeps_every_file_and_checksum(desk: Desk) -> None:
    desk.load(MANY)
    report = desk.publish("2021/22", audience="partnership")
    (files,) = [one["files"] for one in report.body["loads"] if one["source"] == "partner"]
    assert files[0]["rows_in"] == len(MANY)
    assert len(files[0]["sha256"]) == 64


def test_values_that_no_mapping_lists_are_never_printed_for_the_public(desk: Desk) -> None:
    desk.load([("2021-05", w, k, 10) for w in WARDS for k in ("near zebedee", "Bin")], MAPPING)
    report = desk.publish("2021/22")
    assert report.counts[f"{TOTAL}:2021/22"] == 180
    assert "zebedee" not in report.page
    assert "not broken down by category" in report.words
    assert "zebedee" in desk.publish("2021/22", audience="partnership").page


# -- a dataset inside another ---------------------------------------------------------------------------------
@pytest.mark.parametrize("part_of", ["", "part_of: fires\n"])
def test_all_but_two_of_a_larger_dataset_do_not_tell_the_two(desk: Desk, part_of: str) -> None:
    """180 fires, 178 of them deliberate: the difference is told unless the mapping says that they overlap."""
    desk.load(MANY)
    desk.load([*MANY[:-1], (*MANY[-1][:3], 8)], LISTED.replace("dataset: fires", "dataset: arson") + part_of)
    counts = desk.publish("2021/22").counts
    ward = f":{HERE}:2021/22:ward={WARDS[-1]}"
    for cell in (f":{HERE}:2021/22", ward):
        told = None not in (counts[f"partner_fires_count{cell}"], counts[f"partner_arson_count{cell}"])
        assert told is (part_of == "")
