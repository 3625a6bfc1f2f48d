"""Which estimate is a rate per?"""

from pathlib import Path

import pyarrow as pa
import pytest

from support.official_tables import NOW, load
from wardmote.evidence.indicators.denominators import Denominators, choose_year
from wardmote.evidence.indicators.places import Places
from wardmote.evidence.model.periods import Period
from wardmote.evidence.sources.contract import KEYS, TABLES
from wardmote.evidence.store.manifest import Manifest
from wardmote.evidence.store.staging import Staging
from wardmote.evidence.store.store import Store, open_store


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(tmp_path / "store", create=True)


def _put(store: Store, table: str, rows: list[dict[str, object]]) -> None:
    with store.stage("test", by="test") as staging:
        filled = [dict.fromkeys(TABLES[table].names) | row for row in rows]
        staging.write_table(table, pa.Table.from_pylist(filled, TABLES[table]), key=KEYS[table])
        store.commit(staging, _manifest(staging))


def _manifest(staging: Staging) -> Manifest:
    return Manifest(staging.load_id, "test", NOW, "test", inputs=(), tables=tuple(staging.tables))


def _estimate(vintage: str, area_set: str, year: int, code: str, value: float) -> dict[str, object]:
    return {"vintage": vintage, "area_set": area_set, "year": year, "area_code": code, "area_name": "",
            "what": "residents", "sex": "persons", "value": value}  # fmt: skip


def _link(child: str, child_set: str, parent: str, parent_set: str, change: str = "") -> dict[str, object]:
    return {"edition": f"{child_set}>{parent_set}", "child_set": child_set, "parent_set": parent_set,
            "child_code": child, "child_name": "", "parent_code": parent, "parent_name": "", "change": change,
            "scope": "all"}  # fmt: skip


def _find(store: Store, code: str, period: str = "2021/22") -> tuple[float, int, str] | None:
    snapshot = store.snapshot()
    found = Denominators(snapshot, Places(snapshot)).find(code, Period.parse(period))
    return (found.value, found.year, found.note) if found else None


MEDWAY = "E06000035"
OLD, SAME, NEW_A, NEW_B = "E01016036", "E01016016", "E01035286", "E01035287"
WARD = "E05014449"


@pytest.mark.parametrize(("period", "year"), [("2021/22", 2021), ("2022-01", 2021), ("2021-06", 2021), ("2020", 2020)])
def test_year_is_that_of_the_june_in_the_period_or_its_financial_year(period: str, year: int) -> None:
    assert choose_year(Period.parse(period)) == year


def test_newer_edition_counts_for_the_same_year(store: Store) -> None:
    _put(store, "population", [_estimate("MYE 2011-2023", "district@2023", 2020, MEDWAY, 280_364)])
    _put(store, "population", [_estimate("MYE 2020", "district@2020", 2020, MEDWAY, 279_142)])
    # One edition ends in 2023 only when it holds that year
    _put(store, "population", [_estimate("MYE 2011-2023", "district@2023", 2023, MEDWAY, 286_800)])
    assert _find(store, MEDWAY, "2020/21") == (280_364, 2020, "")


def test_nearest_year_stands_in_and_of_two_the_earlier(store: Store) -> None:
    _put(store, "population", [_estimate("MYE 2020-2022", "district@2023", y, MEDWAY, y) for y in (2020, 2022)])
    assert _find(store, MEDWAY) == (2020, 2020, "no estimate for mid-2021 is loaded")
    assert _find(store, MEDWAY, "2025/26") == (2022, 2022, "no estimate for mid-2025 is loaded")
    assert _find(store, MEDWAY, "2026/27") is None


def test_of_two_equal_editions_the_later_load_counts(store: Store) -> None:
    _put(store, "population", [_estimate("A", "district@2023", 2021, MEDWAY, 1)])
    _put(store, "population", [_estimate("B", "district@2023", 2021, MEDWAY, 2)])
    assert _find(store, MEDWAY) == (2, 2021, "")


def _ward_links() -> list[dict[str, object]]:
    return [
        _link(SAME, "lsoa@2011", SAME, "lsoa@2021", "U"), _link(OLD, "lsoa@2011", NEW_A, "lsoa@2021", "S"),
        _link(OLD, "lsoa@2011", NEW_B, "lsoa@2021", "S"), _link(SAME, "lsoa@2021", WARD, "ward@2024"),
        _link(NEW_A, "lsoa@2021", WARD, "ward@2024"),
    ]  # fmt: skip


def test_ward_is_summed_from_small_areas_of_one_vintage_each_once(store: Store) -> None:
    _put(store, "area_links", [*_ward_links(), _link(NEW_B, "lsoa@2021", WARD, "ward@2024")])
    old = [
        _estimate("LSOA mid-2020", "lsoa@2011", 2020, SAME, 1000),
        _estimate("LSOA mid-2020", "lsoa@2011", 2020, OLD, 900),
    ]
    new = [_estimate("LSOA mid-2022", "lsoa@2021", 2022, c, v) for c, v in ((SAME, 1010), (NEW_A, 500), (NEW_B, 450))]
    _put(store, "population", old + new)
    assert _find(store, WARD, "2020/21") == (1900, 2020, "sum of its small areas")
    assert _find(store, WARD, "2022/23") == (1960, 2022, "sum of its small areas")
    # mid-2021 lies between: the earlier edition stands in whole, never a mixture of both
    assert _find(store, WARD) == (1900, 2020, "sum of its small areas; no estimate for mid-2021 is loaded")


def test_ward_that_cuts_an_old_small_area_is_summed_from_the_new_ones_only(store: Store) -> None:
    _put(store, "area_links", _ward_links())
    _put(store, "population", [_estimate("LSOA mid-2020", "lsoa@2011", 2020, c, 900) for c in (SAME, OLD)])
    assert _find(store, WARD, "2020/21") is None
    _put(store, "population", [_estimate("LSOA mid-2022", "lsoa@2021", 2022, c, 500) for c in (SAME, NEW_A)])
    assert _find(store, WARD, "2020/21") == (1000, 2022, "sum of its small areas; no estimate for mid-2020 is loaded")


def test_loads_of_a_denominator_are_those_of_its_own_areas(store: Store) -> None:
    def list_loads(code: str) -> tuple[str, ...]:
        snapshot = store.snapshot()
        denominators = Denominators(snapshot, Places(snapshot))
        found = denominators.find(code, Period.parse("2020/21"))
        assert found
        return denominators.list_loads(code, found)

    _put(store, "area_links", [*_ward_links(), _link(NEW_B, "lsoa@2021", WARD, "ward@2024")])
    for code, scope in ((SAME, "a"), (OLD, "b"), ("E01021200", "elsewhere"), (OLD, "again")):
        _put(store, "population", [_estimate("LSOA mid-2020", "lsoa@2011", 2020, code, 900) | {"scope": scope}])
    assert list_loads(SAME) == ("0002-test",)
    assert list_loads(OLD) == ("0005-test",)
    assert list_loads(WARD) == ("0002-test", "0005-test")


@pytest.mark.realdata
def test_real_medway_has_the_estimate_of_each_year(tmp_path: Path, shared_data: Path) -> None:
    loaded = load("ons-population", shared_data / "population", tmp_path)
    found = {p: _find(loaded.store, MEDWAY, p) for p in ("2015/16", "2021/22", "2024/25")}
    assert found == {
        "2015/16": (276_037, 2015, ""),
        "2021/22": (279_903, 2021, ""),
        "2024/25": (286_800, 2023, "no estimate for mid-2024 is loaded"),
    }


def test_area_where_nobody_lives_has_no_denominator(store: Store) -> None:
    _put(store, "population", [_estimate("MYE", "district@2023", 2021, MEDWAY, 0.0)])
    assert _find(store, MEDWAY) is None
