"""From csv to Parquet: the SQL by which the engine reads police files, refuses rows and counts the rest.

Rows stay as they came: the files in one fixed order, each in its own. So the same files give the same bytes in whatever
order they were named, without the cost of sorting them. The counts are sorted, and hang on the rows alone.
"""

import errno
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from wardmote.evidence.model.periods import Month
from wardmote.evidence.sources.contract import KEYS
from wardmote.evidence.sources.police_forces import names_of, slugs_by_name
from wardmote.evidence.sources.police_kinds import DOWNLOAD_AGAIN, Check, PoliceKind
from wardmote.evidence.sources.police_survey import Survey
from wardmote.evidence.store.engine import connect, quote_list, quote_name, quote_text
from wardmote.evidence.store.manifest import TableRecord
from wardmote.evidence.store.staging import Staging

# Identifiers do not compress: the lowest level makes files as small as the usual one in a fifth less time.
_ROWS_FORMAT = "(FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1)"
_NO_ROOM = ("No space left on device", "Disk quota exceeded", "File too large", "max_temp_directory_size")
_DIALECT = "auto_detect=false, compression='none', delim=',', quote='\"', escape='\"'"
_SEPARATOR = "chr(31)"
_LEAST_THREADS = 2

#: What is said of rows refused for what every police file shares; a kind's own checks follow.
MONTH_CHECK = Check("month", "", "a month such as 2022-03", DOWNLOAD_AGAIN)
OTHER_MONTH = Check(
    "other_month", "", "rows of the month in the file's name", "Give the file the name of the month that its rows have"
)
FORCE_CHECK = Check(
    "force",
    "",
    "a force as data.police.uk names it",
    "Check the name of the force in the row; where the publisher has a new force or name, tell those who maintain the "
    "catalogue of forces",
)
OTHER_FORCE = Check(
    "other_force", "", "rows of the force in the file's name", "Give the file the name of the force that its rows have"
)
COLUMNS_CHECK = Check(
    "columns", "", "as many cells as columns, and quotation marks round a value with a comma", "Mend the line, or "
    "download the file again",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Readable:
    """A surveyed file with its place among the manifest's inputs.

    `mended` is set when it was read line by line; `lost` are the forces and months for which another file answers.
    """

    number: int
    survey: Survey
    mended: Path | None = None
    lost: tuple[tuple[str, str], ...] = ()


def open_engine(staging: Staging) -> duckdb.DuckDBPyConnection:
    """An engine that keeps rows in the order of the files and knows no time zone but UTC.

    One thread alone would part the rows otherwise into groups than several do, and so give other bytes.
    """
    connection = connect(spill_folder=staging.scratch, threads=max(os.cpu_count() or 1, _LEAST_THREADS))
    connection.execute("SET preserve_insertion_order=true")
    connection.execute("SET TimeZone='UTC'")
    return connection


@contextmanager
def explain_engine() -> Iterator[None]:
    """Turn the engine's word for a full disk into the system's, which the store explains."""
    try:
        yield
    except (duckdb.IOException, duckdb.OutOfMemoryException) as error:
        if any(sign in str(error) for sign in _NO_ROOM):
            raise OSError(errno.ENOSPC, "No space left on device") from error
        raise


def list_checks(kind: PoliceKind) -> dict[str, Check]:
    """Every check that may refuse a row of the kind, by code."""
    shared = (MONTH_CHECK, OTHER_MONTH, FORCE_CHECK, OTHER_FORCE, COLUMNS_CHECK)
    return {check.code: check for check in (*shared, *kind.checks)}


# -- reading ------------------------------------------------------------------------------------------------
def build_labelled(files: Sequence[Readable], kind: PoliceKind) -> str:
    """SQL for all rows of the files with their force, month and, where they are refused, code and reason.

    There is no join in it and there must be none: after a join the engine no longer keeps the order of the rows.
    """
    force = f"coalesce(f.own_force, {_slug_of(kind)})" if kind.reporter else "f.own_force"
    month = f"coalesce(f.own_month, TRY_CAST(({kind.month}) || '-01' AS DATE))"
    return (
        f"SELECT f.*, {force} AS row_force, {month} AS row_month, {_build_reason(kind)} AS refusal "
        f"FROM ({_build_raw(files, kind)}) f"
    )


def _build_raw(files: Sequence[Readable], kind: PoliceKind) -> str:
    """All files under the kind's own column names; files with the same first line are read together."""
    shapes: dict[tuple[int | None, ...], list[Readable]] = {}
    for file in (f for f in files if not f.mended):
        shape = (len(file.survey.header), *(file.survey.positions[c] for c in kind.columns))
        shapes.setdefault(shape, []).append(file)
    parts = [_read_shape(shape, group, kind) for shape, group in shapes.items()]
    mended = [f for f in files if f.mended]
    return " UNION ALL ".join([*parts, _read_mended(mended, kind)] if mended else parts)


def _read_shape(shape: tuple[int | None, ...], files: Sequence[Readable], kind: PoliceKind) -> str:
    names = [
        f"{'NULL::VARCHAR' if at is None else f'c{at}'} AS {quote_name(column)}"
        for column, at in zip(kind.columns, shape[1:], strict=True)
    ]
    columns = ", ".join(f"'c{i}': 'VARCHAR'" for i in range(shape[0] or 0))
    paths = quote_list([str(f.survey.text) for f in files])
    return (
        f"SELECT NULL::BIGINT AS line, {', '.join(names)}, {_label(files)} FROM read_csv({paths}, {_DIALECT}, "
        f"header=true, ignore_errors=true, columns={{{columns}}})"
    )


def _read_mended(files: Sequence[Readable], kind: PoliceKind) -> str:
    columns = ", ".join(f"{quote_text(c)}: 'VARCHAR'" for c in kind.columns)
    names = ", ".join(quote_name(c) for c in kind.columns)
    paths = quote_list([str(f.mended) for f in files])
    return (
        f"SELECT line, {names}, {_label(files)} FROM read_csv({paths}, {_DIALECT}, header=false, "
        f"columns={{'line': 'BIGINT', {columns}}})"
    )


def _label(files: Sequence[Readable]) -> str:
    """SQL for what is known of the file of a row: a list of each, asked by the file's place among those read."""
    labels = [f.survey.file.label for f in files]
    months = [str(label.month) if label.month else None for label in labels]
    own: dict[str, tuple[str, Sequence[str | None]]] = {
        "file_number": ("INTEGER", [str(f.number) for f in files]),
        "file_name": ("VARCHAR", [f.survey.where for f in files]),
        "own_force": ("VARCHAR", [label.force or None for label in labels]),
        "own_reporter": ("VARCHAR", [names_of(label.force) if label.force else None for label in labels]),
        "own_month_text": ("VARCHAR", months),
        "own_month": ("DATE", [month and f"{month}-01" for month in months]),
    }
    return ", ".join(
        f"CAST([{', '.join('NULL' if v is None else quote_text(v) for v in values)}] AS {kind}[])"
        f"[CAST(file_index AS BIGINT) + 1] AS {name}"
        for name, (kind, values) in own.items()
    )


# -- refusing -----------------------------------------------------------------------------------------------
def _build_reason(kind: PoliceKind) -> str:
    """SQL for 'code, separator, reason' of the first check that a row fails; null for a good row."""
    parts = [_check_month(kind)]
    if kind.reporter:
        parts.append(_check_force(kind))
    parts += [f"'{c.code}' || {_SEPARATOR} || ({c.reason})" for c in kind.checks]
    return f"coalesce({', '.join(parts)})"


def _check_month(kind: PoliceKind) -> str:
    """The plain comparison comes first, so that the pattern is asked only of the few rows that fail it."""
    own, column = f"({kind.month})", quote_name(kind.month_column)
    near = f"WHEN f.own_month IS NOT NULL AND ({kind.near_month}) THEN NULL " if kind.near_month else ""
    return (
        f"CASE WHEN {own} = f.own_month_text THEN NULL "
        f"WHEN {own} IS NULL THEN 'month' || {_SEPARATOR} || '''' || coalesce({column}, '') || ''' is not a "
        f"{'month' if column == quote_name('Month') else 'date'}' "
        f"{near}WHEN f.own_month_text IS NOT NULL THEN 'other_month' || {_SEPARATOR} || 'the file''s name says ' || "
        f"f.own_month_text || ', the row says ' || {own} END"
    )


def _check_force(kind: PoliceKind) -> str:
    """A name that is unknown here is believed where the file's own name says whose it is."""
    column = quote_name(kind.reporter)
    return (
        f"CASE WHEN {column} = f.own_reporter THEN NULL "
        f"WHEN f.own_force IS NULL AND {_slug_of(kind)} IS NULL THEN 'force' || {_SEPARATOR} || "
        f"'no force is known by the name ''' || coalesce({column}, '') || '''' "
        f"WHEN {_slug_of(kind)} <> f.own_force THEN 'other_force' || {_SEPARATOR} || 'the file''s name says ' || "
        f"f.own_force || ', the row says ' || {column} END"
    )


def _slug_of(kind: PoliceKind) -> str:
    pairs = ", ".join(f"{quote_text(n)}: {quote_text(s)}" for n, s in slugs_by_name().items())
    return f"(MAP {{{pairs}}})[{quote_name(kind.reporter)}]"


def write_refused_rows(
    connection: duckdb.DuckDBPyConnection, files: Sequence[Readable], kind: PoliceKind, bad_lines: Sequence[Path]
) -> None:
    """Gather the refused rows of the mended files, and the lines that could not be parted into cells."""
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE refused "
        "(file_number INTEGER, file VARCHAR, line BIGINT, code VARCHAR, reason VARCHAR, row VARCHAR)"
    )  # fmt: skip
    mended = [f for f in files if f.mended]
    if not mended:
        return
    cells = ", ".join(quote_name(c) for c in kind.columns)
    connection.execute(
        f"INSERT INTO refused SELECT file_number, file_name, line, split_part(refusal, {_SEPARATOR}, 1), "
        f"split_part(refusal, {_SEPARATOR}, 2), CAST(to_json([{cells}]) AS VARCHAR) "
        f"FROM ({build_labelled(mended, kind)}) WHERE refusal IS NOT NULL"
    )
    connection.execute(
        f"INSERT INTO refused SELECT * FROM read_csv({quote_list([str(p) for p in bad_lines])}, auto_detect=false, "
        "delim=',', quote='\"', escape='\"', header=false, columns={'n': 'INTEGER', 'file': 'VARCHAR', "
        "'line': 'BIGINT', 'code': 'VARCHAR', 'reason': 'VARCHAR', 'row': 'VARCHAR'})"
    )


# -- writing ------------------------------------------------------------------------------------------------
def write_rows(
    connection: duckdb.DuckDBPyConnection, files: Sequence[Readable], kind: PoliceKind, target: Path
) -> dict[int, int]:
    """Write the rows table; return how many rows of each file, by number, were kept."""
    values = ", ".join(f"{sql} AS {quote_name(name)}" for name, sql in kind.values.items())
    connection.execute(
        f"COPY (SELECT row_force AS force, row_month AS month, {values}, file_number "
        f"FROM ({build_labelled(files, kind)}) good WHERE refusal IS NULL{_leave_lost(files)}) "
        f"TO {quote_text(str(target))} {_ROWS_FORMAT}"
    )
    counted = connection.execute(f"SELECT file_number, count(*) FROM {_parquet(target)} GROUP BY ALL").fetchall()
    return {int(number): int(rows) for number, rows in counted}


def _leave_lost(files: Sequence[Readable]) -> str:
    """SQL that leaves out a month for which another file answers. Only a file without a name can hold several."""
    lost = [f"{file.number} {force} {month}-01" for file in files for force, month in file.lost]
    listed = f"list_contains({quote_list(lost)}, concat_ws(' ', file_number, row_force, row_month))"
    return f" AND NOT {listed}" if lost else ""


def write_counts(connection: duckdb.DuckDBPyConnection, kind: PoliceKind, rows: Path, target: Path) -> int:
    """Count the rows into the cube; return how many cells it has."""
    columns = ", ".join(f"coalesce({c}, '') AS {c}" for c in kind.counts_columns)
    connection.execute(
        f"COPY (SELECT force, month, {columns}, count(*)::BIGINT AS {kind.counts_value} FROM {_parquet(rows)} "
        f"GROUP BY ALL ORDER BY ALL) TO {quote_text(str(target))} (FORMAT parquet, COMPRESSION zstd)"
    )
    return count_rows(connection, target)


def count_rows(connection: duckdb.DuckDBPyConnection, path: Path) -> int:
    """How many rows a Parquet file has."""
    row = connection.execute(f"SELECT count(*) FROM {_parquet(path)}").fetchone()
    return int(row[0]) if row else 0


def record_table(connection: duckdb.DuckDBPyConnection, name: str, path: Path, *, counted: Path) -> TableRecord:
    """The record of a table: which forces and months it covers, asked of the smallest table that says it."""
    covers = connection.execute(
        f"SELECT DISTINCT force, CAST(month AS VARCHAR) FROM {_parquet(counted)} ORDER BY ALL"
    ).fetchall()
    return TableRecord(name, KEYS[name], tuple((str(f), str(m)) for f, m in covers), count_rows(connection, path))


def count_months(
    connection: duckdb.DuckDBPyConnection, kind: PoliceKind, counted: Path
) -> dict[tuple[str, str], dict[Month, int]]:
    """Rows by month for each (force, category), from the counts where the kind has them."""
    category = kind.category or "''"
    rows = f"sum({kind.counts_value})" if kind.counts_table else "count(*)"
    found = connection.execute(
        f"SELECT force, {category}, CAST(month AS VARCHAR), {rows} FROM {_parquet(counted)} GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    series: dict[tuple[str, str], dict[Month, int]] = {}
    for force, name, month, number in found:
        series.setdefault((force, name or ""), {})[Month.parse(month[:7])] = int(number)
    return series


def find_claims(
    connection: duckdb.DuckDBPyConnection, files: Sequence[Readable], kind: PoliceKind
) -> dict[int, set[tuple[str, str]]]:
    """Which (force, month) does each file hold, by its rows? Asked of files whose names do not say."""
    claims: dict[int, set[tuple[str, str]]] = {}
    if files:
        sql = (
            "SELECT DISTINCT file_number, row_force, CAST(row_month AS VARCHAR) "
            f"FROM ({build_labelled(files, kind)}) WHERE refusal IS NULL"
        )
        for number, force, month in connection.execute(sql).fetchall():
            claims.setdefault(int(number), set()).add((str(force), str(month)[:7]))
    return claims


def _parquet(path: Path) -> str:
    return f"read_parquet({quote_text(str(path))})"
