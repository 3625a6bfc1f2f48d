"""A store filled row by row: police rows drawn as tuples, and any other table as dictionaries."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa

from wardmote.evidence.indicators.compute import Evidence
from wardmote.evidence.sources.contract import KEYS, TABLES
from wardmote.evidence.store.manifest import Manifest
from wardmote.evidence.store.store import Store, open_store

NOW = datetime(2026, 1, 15, 9, tzinfo=UTC)
UNDER = "Under investigation"
ASB = "Anti-social behaviour"


class Row(NamedTuple):
    """One row as the police publish it. `lsoa` and `point` are empty where they give none."""

    month: str
    crime_type: str = "Burglary"
    lsoa: str = ""
    point: tuple[float, float] | None = None
    force: str = "kent"
    outcome: str = UNDER


def open_evidence(folder: Path) -> Evidence:
    """The evidence of the store in `folder` as it stands."""
    return Evidence.of(open_store(folder).snapshot())


def put_tables(folder: Path, tables: Mapping[str, Sequence[Mapping[str, object]]]) -> Store:
    """Add one load of these tables; columns that a row does not name are null."""
    store = open_store(folder, create=True)
    with store.stage("test", by="test") as staging:
        for name, rows in tables.items():
            filled = [dict.fromkeys(TABLES[name].names) | dict(row) for row in rows]
            staging.write_table(name, pa.Table.from_pylist(filled, TABLES[name]), key=KEYS[name])
        store.commit(staging, Manifest(staging.load_id, "test", NOW, "test", inputs=(), tables=tuple(staging.tables)))
    return store


def put_street(folder: Path, rows: Iterable[Row]) -> Store:
    """Add one load of police rows, with the cube that the loader counts from them."""
    listed = list(rows)
    counted = Counter((r.force, r.month, r.crime_type, r.lsoa, _outcome(r)) for r in listed)
    cube = [_street_count(key, number) for key, number in counted.items()]
    return put_tables(folder, {"street_rows": [_street_row(r) for r in listed], "street_counts": cube})


def _outcome(row: Row) -> str:
    return "" if row.crime_type == ASB else row.outcome


def first_day(month: str) -> date:
    return date.fromisoformat(f"{month}-01")


def _street_row(row: Row) -> dict[str, object]:
    longitude, latitude = row.point or (None, None)
    return {
        "force": row.force, "month": first_day(row.month), "crime_type": row.crime_type, "lsoa_code": row.lsoa or None,
        "longitude": longitude, "latitude": latitude, "last_outcome": _outcome(row) or None, "file_number": 0,
    }  # fmt: skip


def _street_count(key: tuple[str, ...], number: int) -> dict[str, object]:
    force, month, crime_type, lsoa, outcome = key
    return {"force": force, "month": first_day(month), "crime_type": crime_type, "lsoa_code": lsoa,
            "last_outcome": outcome, "offences_count": number}  # fmt: skip


# -- rows of other tables -----------------------------------------------------------------------------------
def link(child: tuple[str, str], parent: tuple[str, str], change: str = "", name: str = "") -> dict[str, object]:
    """One line of a look-up: (set, code) of the smaller area and of the larger, whose name is `name`."""
    return {"edition": f"{child[0]}>{parent[0]}", "child_set": child[0], "parent_set": parent[0],
            "child_code": child[1], "child_name": "", "parent_code": parent[1], "parent_name": name,
            "change": change, "scope": "all"}  # fmt: skip


def shape(area_set: str, code: str, geometry: Any) -> dict[str, object]:
    """The boundary of an area, a Shapely geometry."""
    return {"area_set": area_set, "scope": "all", "area_code": code, "area_name": "", "geometry": geometry.wkb}


def residents(
    code: str, value: float, *, year: int = 2021, area_set: str = "district@2023", vintage: str = "MYE"
) -> dict[str, object]:
    """The mid-year estimate of an area."""
    return {"vintage": vintage, "area_set": area_set, "year": year, "area_code": code, "area_name": "",
            "what": "residents", "sex": "persons", "value": value}  # fmt: skip


def official(
    code: str, last: str, offence: str, value: float | None, *, marker: str = "", name: str = ""
) -> dict[str, object]:
    """One cell of the ONS tables: the year that ends with the month `last`."""
    year, number = int(last[:4]), int(last[5:])
    first = f"{year - 1 if number < 12 else year}-{number % 12 + 1:02d}"
    return {"release": f"ons-csp-tables:{last}", "area_code": code, "area_name": name or code, "area_kind": "csp",
            "period_first": first_day(first), "period_last": first_day(last), "offence": offence, "offence_group": "",
            "offence_subgroup": "", "offence_code": "", "measure": "count", "value": value, "marker": marker,
            "publisher_file": "t.xlsx"}  # fmt: skip


def decile(lsoa: str, number: int, *, edition: str = "IMD 2019", area_set: str = "lsoa@2011") -> dict[str, object]:
    """The overall decile of deprivation of a small area, 1 the most deprived."""
    return {"edition": edition, "area_set": area_set, "lsoa_code": lsoa, "domain": "imd", "decile": number}
