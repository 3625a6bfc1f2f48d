"""The map: all places as a table, shades that are no zero, boundaries kept as long as the store stands."""

import csv
import gzip
import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponse

from support.small_county import HERE, NEW, OLD
from support.street_store import Row, put_street
from support.web.world import World, make_world
from wardmote.evidence.indicators.readings.ranking import RankedPlace, Ranking
from wardmote.evidence.model.periods import Period
from wardmote.web.observatory.places.maps import Measure, list_measures, read_map
from wardmote.web.observatory.places.questions import name_state
from wardmote.web.partnerships.states import Role

Ask = Callable[..., HttpResponse]
MAP = "burglary_rate/map/"


def _read_data(page: HttpResponse) -> dict[str, Any]:
    found = re.search(r'id="map-data">(.*?)</script>', page.content.decode(), re.DOTALL)
    assert found is not None
    data: dict[str, Any] = json.loads(found[1])
    return data


def _ranking(*rows: RankedPlace) -> Ranking:
    return Ranking("burglary_rate", "burglary_count", Period.parse("2021/22"), "Here", "per 1,000", rows)


# -- the page ---------------------------------------------------------------------------------------------------
def test_map_names_its_vintage_and_lists_every_place(ask: Ask) -> None:
    page = ask(MAP, period="2021/22")
    text = page.content.decode()
    assert page.status_code == 200
    assert "wards of 2017" in text
    assert [code for code in (OLD[1], OLD[2]) if f'data-area="{code}"' in text] == [OLD[1], OLD[2]]
    assert set(_read_data(page)["areas"]) == {OLD[1], OLD[2]}


def test_later_period_has_the_wards_of_then(ask: Ask) -> None:
    assert 'value="ward@2024"' in ask(MAP, period="2021/22").content.decode()  # may be chosen
    page = ask(MAP, period="2021/22", by="ward@2024")
    assert "wards of 2024" in page.content.decode()
    assert NEW[1] in _read_data(page)["areas"]


def test_place_without_residents_is_marked_and_no_zero(ask: Ask) -> None:
    page = ask(MAP, period="2021/22", by="ward@2024", show="rate")
    areas = _read_data(page)["areas"]
    assert areas[NEW[2]]["shade"] == "missing"
    assert "no value" in areas[NEW[2]]["words"]
    assert "No value: not held" in page.content.decode()
    assert areas[NEW[1]]["shade"] == "0"


@pytest.mark.parametrize(("sort", "first"), [("value", OLD[2]), ("name", OLD[1]), ("count", OLD[1])])
def test_table_is_sorted_as_asked_without_scripts(ask: Ask, sort: str, first: str) -> None:
    text = ask(MAP, period="2021/22", sort=sort).content.decode()
    assert re.findall(r'data-area="(\w+)"', text)[0] == first
    assert f'aria-sort="{"ascending" if sort == "name" else "descending"}"' in text


def test_place_chosen_by_its_link_is_marked(ask: Ask) -> None:
    text = ask(MAP, period="2021/22", chosen=OLD[2]).content.decode()
    assert re.search(rf'data-area="{OLD[2]}" aria-current="true"', text)


def test_share_that_lies_nowhere_is_said(ask: Ask) -> None:
    text = ask(MAP, period="2021/22").content.decode()
    assert re.search(r"Of all rows of the police force in this period \d+\.\d% carry no place at all", text)


def test_what_is_asked_in_vain_is_said_and_something_shown(ask: Ask) -> None:
    text = ask(MAP, period="2021-22-23", by="ward@1999", show="luck", area="Atlantis").content.decode()
    assert text.count("Not as asked:") == 4
    assert "map-data" in text


def test_indicator_without_places_says_so_and_one_that_is_not_there_is_not_found(ask: Ask) -> None:
    assert "There is nothing to show." in ask("official_burglary_rate/map/").content.decode()
    assert ask("luck_rate/map/").status_code == 404


def test_partnership_without_evidence_or_area_is_told(ask: Ask, world: World, settings: Any, tmp_path: Path) -> None:
    bare = make_world("bare")
    assert b"has no area yet" in bare.sign_in(Role.ANALYST).get(f"/p/bare/evidence/{MAP}").content
    settings.STORE = tmp_path / "none"
    assert b"No evidence is loaded yet" in ask(MAP).content


def test_partners_figures_are_not_for_readers(ask: Ask) -> None:
    assert ask("partner_lights_count/map/", role=Role.READER).status_code == 403
    assert ask("partner_lights_count/map/", role=Role.ANALYST).status_code == 200


# -- boundaries, picture, file ------------------------------------------------------------------------------------
def test_boundaries_are_packed_and_kept_until_the_store_changes(ask: Ask, world: World) -> None:
    address = _read_data(ask(MAP, period="2021/22"))["shapes"]
    client = world.sign_in(Role.READER)
    answer = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert answer["Content-Encoding"] == "gzip"
    assert "immutable" in answer["Cache-Control"]
    features = json.loads(gzip.decompress(answer.content))["features"]
    assert {f["properties"]["code"] for f in features} == {OLD[1], OLD[2]}
    assert json.loads(client.get(address).content)["features"] == features
    stale = address.replace(name_state(world.partnership), "0" * 16)
    assert client.get(stale)["Cache-Control"] == "no-store"


def test_mark_of_the_state_changes_with_a_load(world: World, tmp_path: Path, settings: Any) -> None:
    settings.STORE = tmp_path
    put_street(tmp_path, [Row("2021-04")])
    before = name_state(world.partnership)
    put_street(tmp_path, [Row("2021-05")])
    assert name_state(world.partnership) != before


def test_picture_needs_no_script(ask: Ask) -> None:
    picture = ask("burglary_rate/map/picture/", period="2021/22")
    assert picture["Content-Type"] == "image/svg+xml"
    assert picture.content.startswith(b"<svg")
    assert b"<script" not in picture.content


def test_file_says_what_it_is_of_before_its_table(ask: Ask) -> None:
    answer = ask("burglary_rate/map/download/", period="2021/22")
    lines = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    facts = {line[0]: line[1] for line in lines if line[0].startswith("# ")}
    table = lines[len(facts) :]
    assert facts["# Area"] == f"Here ({HERE})"
    assert any(name.startswith("# Load ") for name in facts)
    assert table[0][:3] == ["code", "name", "count"]
    assert {row[0]: row[2] for row in table[1:]} == {OLD[1]: "240.0", OLD[2]: "120.0"}


# -- shades -----------------------------------------------------------------------------------------------------
def test_withheld_and_missing_places_have_signs_of_their_own() -> None:
    ranking = _ranking(
        RankedPlace("a", "Ash", 9, 100, 90.0, 41.0, 171.0), RankedPlace("b", "Birch", 0, 100, 0.0, 0.0, 37.0),
        RankedPlace("c", "Cedar", None, is_suppressed=True, why="withheld"),
        RankedPlace("d", "Dogwood", None, why="not held"),
    )  # fmt: skip
    found = read_map(ranking, "rate", sort="name", count_unit="offences")
    assert [(row.shown, row.shade) for row in found.rows] == [
        ("90.0", "1"), ("0.00", "0"), ("[c]", "suppressed"), ("[x]", "missing"),
    ]  # fmt: skip
    assert [shade.sign for shade in found.key] == ["B", "A", "missing", "suppressed"]


@pytest.mark.parametrize("measure", ["rate", "steadied"])
def test_printed_value_lies_in_the_printed_class(measure: Measure) -> None:
    rates = (98.84, 98.86, 98.94, 110.0, 142.56, 142.58, 142.62, 142.64, 150.04, 151.0)
    rows = [RankedPlace(str(at), str(at), 9, 100, rate, steadied=rate) for at, rate in enumerate(rates)]
    reading = read_map(_ranking(*rows), measure, sort="value", count_unit="offences")
    lowest = {shade.sign: float(shade.text.split()[0]) for shade in reading.key if shade.text[0].isdigit()}
    for row in reading.rows:
        above = [limit for sign, limit in lowest.items() if sign > row.letter]
        assert lowest.get(row.letter, 0.0) <= float(row.shown) < min(above, default=1e9)
    assert len({row.letter for row in reading.rows if row.shown == "142.6"}) == 1


def test_counts_are_shown_where_most_places_have_no_rate() -> None:
    rated = RankedPlace("a", "Ash", 9, 100, 90.0, 41.0, 171.0)
    assert list_measures(_ranking(rated, rated)) == ("rate", "count")
    bare = RankedPlace("b", "Birch", 5)
    assert list_measures(_ranking(rated, bare, bare)) == ("count",)
