"""Collisions and casualties put together by the engine, from the Parquet files that reading them left behind."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import duckdb
import pyarrow.parquet as pq

from wardmote.evidence.model.errors import Fault
from wardmote.evidence.sources.contract import KEYS, TABLES
from wardmote.evidence.store.engine import connect, quote_text
from wardmote.evidence.store.manifest import TableRecord
from wardmote.evidence.store.staging import Staging

_KEYS = {
    "collisions": "year, collision_id",
    "casualties": "year, collision_id, casualty_number",
    "adjustments": "year, collision_id, casualty_number",
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row that was read but has no place among the others."""

    file_number: int
    line: int
    row: list[object]
    reason: str


@dataclass(slots=True)
class JoinedRoads:
    """What came of putting the files together, beside the tables in the staging folder."""

    refusals: list[Refusal] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    months: list[date] = field(default_factory=list)


def join_road_tables(folder: Path, staging: Staging) -> JoinedRoads:
    """Write `collisions` and `casualties` from the rows in `folder`.

    Of a row given by two files the later file's counts; given twice by one file, the second is refused. A casualty
    whose collision is not among those of its year is refused; where no collision of that year was read it is kept, with
    a warning, for its collisions may be in the store already.
    """
    joined = JoinedRoads()
    with connect(spill_folder=folder) as engine:
        for kind in _KEYS:
            _gather(engine, folder, kind, joined)
        _refuse_orphans(engine, joined)
        _warn_of_halves(engine, joined)
        _warn_of_gaps(engine, joined)
        _adjust_casualties(engine, joined)
        _write(engine, staging, "collisions", "SELECT * FROM collisions")
        _write(engine, staging, "casualties", "SELECT * FROM adjusted")
        months = engine.execute("SELECT DISTINCT month FROM collisions ORDER BY 1").fetchall()
    joined.months = [month for (month,) in months]
    return joined


def _gather(engine: duckdb.DuckDBPyConnection, folder: Path, kind: str, joined: JoinedRoads) -> None:
    """Make a table of all rows of a kind, each once."""
    files = sorted(str(p) for p in folder.glob(f"{kind}-*.parquet"))
    if not files:
        columns = ", ".join(_list_columns(kind))
        engine.execute(f"CREATE TABLE {kind} AS SELECT {columns}, 0 AS file_number, 0::BIGINT AS line LIMIT 0")
        return
    key = _KEYS[kind]
    engine.execute(
        f"CREATE TABLE ranked AS SELECT *, "
        f"row_number() OVER (PARTITION BY {key}, file_number ORDER BY line) AS place_in_file, "
        f"max(file_number) OVER (PARTITION BY {key}) AS last_file "
        f"FROM read_parquet([{', '.join(map(quote_text, files))}])"
    )
    engine.execute(
        f"CREATE TABLE {kind} AS SELECT * EXCLUDE (place_in_file, last_file) FROM ranked "
        "WHERE place_in_file = 1 AND file_number = last_file"
    )
    what = kind.removesuffix("s").replace("casualtie", "casualty")
    twice = f"SELECT file_number, line, {key} FROM ranked WHERE place_in_file > 1 AND file_number = last_file"
    _refuse(engine, twice, f"the {what} stands in this file a second time", joined)
    replaced = _one(engine, "SELECT count(*) FROM ranked WHERE file_number < last_file")
    if replaced:
        joined.faults.append(
            Fault(
                f"{replaced} {kind} stand in several of these files; the last file's were taken",
                severity="warning",
                rows=replaced,
                code="given_twice",
            )
        )
    engine.execute("DROP TABLE ranked")


def _list_columns(kind: str) -> Iterator[str]:
    """Typed empty columns, for a kind of which there is no file."""
    names = {"string": "VARCHAR", "int32": "INTEGER", "double": "DOUBLE", "date32[day]": "DATE"}
    table = "casualties" if kind == "adjustments" else kind
    for column in TABLES[table]:
        yield f"NULL::{names[str(column.type)]} AS {column.name}"


def _refuse(engine: duckdb.DuckDBPyConnection, sql: str, reason: str, joined: JoinedRoads) -> None:
    for number, line, *row in engine.execute(f"{sql} ORDER BY 1, 2").fetchall():
        joined.refusals.append(Refusal(number, line, list(row), reason))


def _one(engine: duckdb.DuckDBPyConnection, sql: str) -> int:
    row = engine.execute(sql).fetchone()
    return int(row[0]) if row else 0


def _refuse_orphans(engine: duckdb.DuckDBPyConnection, joined: JoinedRoads) -> None:
    orphan = (
        "FROM casualties k WHERE k.year IN (SELECT DISTINCT year FROM collisions) AND NOT EXISTS "
        "(SELECT 1 FROM collisions c WHERE c.year = k.year AND c.collision_id = k.collision_id)"
    )
    reason = "the casualty belongs to no collision that was read and kept"
    _refuse(engine, f"SELECT file_number, line, year, collision_id, casualty_number {orphan}", reason, joined)
    engine.execute(f"DELETE {orphan}")


def _warn_of_halves(engine: duckdb.DuckDBPyConnection, joined: JoinedRoads) -> None:
    """Say which years have one of the two files only."""
    for have, lack, words in (
        ("casualties", "collisions", "were not checked against their collisions and count only once those are loaded"),
        ("collisions", "casualties", "have no casualties beside them; people hurt cannot be counted yet"),
    ):
        years = engine.execute(f"SELECT DISTINCT year FROM {have} EXCEPT SELECT year FROM {lack} ORDER BY 1").fetchall()
        if years:
            listed = ", ".join(str(year) for (year,) in years)
            joined.faults.append(
                Fault(
                    f"the {have} of {listed} {words}",
                    to_do=f"Load the file of {lack} for the same years",
                    severity="warning",
                    code=f"no_{lack}",
                )
            )


def _warn_of_gaps(engine: duckdb.DuckDBPyConnection, joined: JoinedRoads) -> None:
    """Say where the files disagree or keep silent."""
    differing = _one(
        engine,
        "SELECT count(*) FROM collisions c LEFT JOIN "
        "(SELECT year, collision_id, count(*) AS hurt FROM casualties GROUP BY ALL) k USING (year, collision_id) "
        "WHERE c.casualties_count <> coalesce(k.hurt, 0) AND c.year IN (SELECT DISTINCT year FROM casualties)",
    )
    silent = {
        kind: _one(engine, f"SELECT count(*) FROM {kind} WHERE severity IS NULL")
        for kind in ("collisions", "casualties")
    }
    unplaced = _one(engine, "SELECT count(*) FROM collisions WHERE district_code IS NULL")
    notes = [
        (differing, "collisions name another number of casualties than the file of casualties has"),
        (silent["collisions"], "collisions have no severity (code -1)"),
        (silent["casualties"], "casualties have no severity (code -1) and count as neither killed nor serious"),
        (unplaced, "collisions have no district (code -1) and count for none"),
    ]
    joined.faults += [Fault(f"{n} {words}", severity="warning", rows=n) for n, words in notes if n]


def _adjust_casualties(engine: duckdb.DuckDBPyConnection, joined: JoinedRoads) -> None:
    """Make `adjusted`: the casualties, with the severities of the adjustment file where one was read."""
    engine.execute(
        "CREATE TABLE adjusted AS SELECT k.* REPLACE ("
        "coalesce(a.adjusted_serious, k.adjusted_serious) AS adjusted_serious, "
        "coalesce(a.adjusted_slight, k.adjusted_slight) AS adjusted_slight) "
        "FROM casualties k LEFT JOIN adjustments a USING (year, collision_id, casualty_number)"
    )
    unused = (
        "SELECT a.file_number, a.line, a.year, a.collision_id, a.casualty_number FROM adjustments a "
        "ANTI JOIN casualties k USING (year, collision_id, casualty_number)"
    )
    _refuse(engine, unused, "the adjusted severity belongs to no casualty that was read and kept", joined)


def _write(engine: duckdb.DuckDBPyConnection, staging: Staging, table: str, sql: str) -> None:
    """Write a table of the store in a fixed order, so that the same files give the same bytes; none if it is empty."""
    years = engine.execute(f"SELECT DISTINCT year FROM ({sql}) ORDER BY 1").fetchall()
    if not years:
        return
    schema = TABLES[table]
    columns = ", ".join(schema.names)
    rows = engine.execute(f"SELECT {columns} FROM ({sql}) ORDER BY {_KEYS[table]}").to_arrow_reader(100_000)
    count = 0
    with pq.ParquetWriter(staging.table_path(table), schema, compression="zstd") as writer:
        for batch in rows:
            writer.write_batch(batch.cast(schema))
            count += batch.num_rows
    staging.add_table(TableRecord(table, KEYS[table], tuple((str(year),) for (year,) in years), count))
