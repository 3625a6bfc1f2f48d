"""Files of several regions, loaded one after the other: nothing that was loaded may be lost without a word."""

import time
from datetime import timedelta
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.official_tables import NOW, Loaded, load
from wardmote.evidence.indicators.denominators import Denominators
from wardmote.evidence.indicators.places import Places
from wardmote.evidence.model.periods import Period
from wardmote.evidence.sources.contract import TABLES
from wardmote.evidence.sources.scopes import find_scopes
from wardmote.evidence.store.manifest import Manifest
from wardmote.evidence.store.store import Store, open_store

KENT, KENT_TOO, ESSEX = "E01016016", "E01016017", "E01021200"
RESIDENTS = "SELECT area_code, value FROM population WHERE sex = 'persons' AND age_from IS NULL ORDER BY ALL"
DECILES = "SELECT lsoa_code, domain, decile FROM deprivation ORDER BY ALL"
#: How a file may say where its areas lie: the heading, and the cells for an area of Medway and one of Basildon.
WHEREABOUTS = {
    "code": ("lad21_code", "E06000035", "E07000066"),
    "district": ("lad21_name", "Medway", "Basildon"),
    "name": ("lsoa11_name", "Medway 015A", "Basildon 001A"),
    "nothing": ("note", "x", "x"),
}


def _write(folder: Path, name: str, heading: str, *rows: str) -> Path:
    (folder / name).write_text("\n".join([heading, *rows]) + "\n")
    return folder / name


def _estimates(folder: Path, said: str, region: str, *values: int) -> Path:
    heading, medway, basildon = WHEREABOUTS[said]
    codes, where = ((KENT, KENT_TOO), medway) if region == "kent" else ((ESSEX,), basildon)
    rows = [f"{c},{where},{v}" for c, v in zip(codes, values, strict=False)]
    return _write(folder, f"population20_{region}.csv", f"lsoa11_code,{heading},total_population", *rows)


@pytest.mark.parametrize("said", WHEREABOUTS)
def test_estimates_of_two_counties_stay_and_a_new_file_of_one_replaces_its_own(tmp_path: Path, said: str) -> None:
    load("ons-population", _estimates(tmp_path, said, "kent", 1000, 2000), tmp_path)
    loaded = load("ons-population", _estimates(tmp_path, said, "essex", 3000), tmp_path)
    assert loaded.ask(RESIDENTS) == [(KENT, 1000), (KENT_TOO, 2000), (ESSEX, 3000)]
    again = load("ons-population", _estimates(tmp_path, said, "kent", 1001, 2001), tmp_path)
    assert again.ask(RESIDENTS) == [(KENT, 1001), (KENT_TOO, 2001), (ESSEX, 3000)]
    again.store.undo(again.report.manifest.id, now=NOW + timedelta(hours=1), by="test")
    assert again.ask(RESIDENTS) == [(KENT, 1000), (KENT_TOO, 2000), (ESSEX, 3000)]


@pytest.mark.parametrize("said", WHEREABOUTS)
def test_deprivation_of_two_counties_stays_and_a_new_file_of_one_replaces_its_own(tmp_path: Path, said: str) -> None:
    def load_ranks(code: str, where: str, rank: int) -> Loaded:
        path = _write(tmp_path, "imd2019.csv", f"lsoa11_code,{WHEREABOUTS[said][0]},IMD_rank", f"{code},{where},{rank}")
        return load("imd", path, tmp_path)

    _, medway, basildon = WHEREABOUTS[said]
    load_ranks(KENT, medway, 1)
    assert load_ranks(ESSEX, basildon, 32_000).ask(DECILES) == [(KENT, "imd", 1), (ESSEX, "imd", 10)]
    again = load_ranks(KENT, medway, 4_000)
    assert again.ask(DECILES) == [(KENT, "imd", 2), (ESSEX, "imd", 10)]
    again.store.undo(again.report.manifest.id, now=NOW + timedelta(hours=1), by="test")
    assert again.ask(DECILES) == [(KENT, "imd", 1), (ESSEX, "imd", 10)]


def test_domains_of_one_index_complete_each_other_over_two_loads(tmp_path: Path) -> None:
    load("imd", _write(tmp_path, "imd2019.csv", "lsoa11_code,IMD_rank", f"{KENT},6597"), tmp_path)
    loaded = load("imd", _write(tmp_path, "imd2019.csv", "lsoa11_code,Crime_rank", f"{KENT},1851"), tmp_path)
    assert loaded.ask(DECILES) == [(KENT, "crime", 1), (KENT, "imd", 3)]


def test_series_of_one_district_leaves_those_of_the_others(tmp_path: Path) -> None:
    heading = "ladcode23,laname23,population_2022,population_2023"
    load(
        "ons-population", _write(tmp_path, "a.csv", heading, "E06000035,Medway,1,2", "E07000105,Ashford,3,4"), tmp_path
    )
    loaded = load("ons-population", _write(tmp_path, "b.csv", heading, "E06000035,Medway,5,6"), tmp_path)
    assert loaded.ask(RESIDENTS) == [("E06000035", 5), ("E06000035", 6), ("E07000105", 3), ("E07000105", 4)]


# -- areas that two loads in force both hold ------------------------------------------------------------------
def _put_as_before(store: Store, code: str, value: float) -> None:
    """A load as it was made before the column `scope` came."""
    schema = pa.schema([f for f in TABLES["population"] if f.name != "scope"])
    row = {"vintage": "LSOA mid-2020 (2011 census series)", "area_set": "lsoa@2011", "year": 2020, "area_code": code,
           "area_name": "", "what": "residents", "sex": "persons", "value": value}  # fmt: skip
    table = pa.Table.from_pylist([dict.fromkeys(schema.names) | row], schema)
    with store.stage("ons-population", by="test") as staging:
        staging.write_table("population", table, key=("vintage", "area_set", "year", "what"))
        tables = tuple(staging.tables)
        store.commit(staging, Manifest(staging.load_id, "ons-population", NOW, "test", inputs=(), tables=tables))


def _find(store: Store, code: str) -> float | None:
    snapshot = store.snapshot()
    found = Denominators(snapshot, Places(snapshot)).find(code, Period.parse("2020/21"))
    return found.value if found else None


def test_store_made_before_scopes_is_read_alone_and_beside_a_new_load(tmp_path: Path) -> None:
    store = open_store(tmp_path / "store", create=True)
    _put_as_before(store, KENT, 900)
    assert _find(store, KENT) == 900
    load("ons-population", _estimates(tmp_path, "code", "essex", 3000), tmp_path)
    assert (_find(store, KENT), _find(store, ESSEX)) == (900, 3000)
    load("ons-population", _estimates(tmp_path, "code", "kent", 1000), tmp_path)
    assert (_find(store, KENT), _find(store, ESSEX)) == (1000, 3000)


@pytest.mark.parametrize("order", [("code", "name"), ("name", "code")])
def test_sum_takes_an_area_that_two_loads_hold_once_and_from_the_later(tmp_path: Path, order: tuple[str, str]) -> None:
    lookup = _write(tmp_path, "l.csv", "lsoa11_code,ltla21_code", f"{KENT},E06000035", f"{KENT_TOO},E06000035")
    load("ons-lookups", lookup, tmp_path)
    load("ons-population", _estimates(tmp_path, order[0], "kent", 1000, 2000), tmp_path)
    loaded = load("ons-population", _estimates(tmp_path, order[1], "kent", 1001, 2001), tmp_path)
    assert len(loaded.ask(RESIDENTS)) == 4
    assert _find(loaded.store, "E06000035") == 3002


# -- scopes -----------------------------------------------------------------------------------------------------
@given(st.sets(st.text("0123456789", min_size=8, max_size=8), min_size=1), st.data())
def test_areas_without_a_district_share_a_scope_that_no_other_set_of_them_has(
    codes: set[str], data: st.DataObject
) -> None:
    scopes = find_scopes(data.draw(st.permutations(sorted(codes))))
    assert scopes.keys() == codes
    assert set(scopes.values()) == set(find_scopes(sorted(codes)).values())
    fewer = codes - {data.draw(st.sampled_from(sorted(codes)))}
    assert not set(scopes.values()) & set(find_scopes(fewer).values())


@pytest.mark.realdata
def test_real_estimates_stay_quick_when_a_part_of_them_is_replaced(tmp_path: Path, shared_data: Path) -> None:
    load("ons-population", shared_data / "population", tmp_path)
    loaded = load("ons-population", shared_data / "population/households21_ltla21.csv", tmp_path)
    start = time.process_time()
    (count,) = loaded.ask("SELECT count(*) FROM population")[0]
    assert count > 300_000
    assert time.process_time() - start < 2  # with every key compared with every row it took 3.8 s and more
