"""Road collisions and casualties: the Department for Transport's STATS19 open data.

Collisions and casualties come in files of their own, in any order and of any years. They are read row by row into the
scratch folder, since the whole series has nine million collisions, and put together by the engine: rows given twice,
casualties without a collision, adjusted severities that are published apart.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from wardmote.evidence.model.errors import UnreadableInputError
from wardmote.evidence.model.periods import Month
from wardmote.evidence.sources.cells import Cell, clean_text, show_text
from wardmote.evidence.sources.contract import TABLES, LoadOptions, Reading
from wardmote.evidence.sources.inputs import FoundFile, describe_input, find_input_files
from wardmote.evidence.sources.sheets import is_table_file
from wardmote.evidence.sources.stats19_columns import RoadColumns, RoadFile, find_road_columns
from wardmote.evidence.sources.stats19_joining import join_road_tables
from wardmote.evidence.sources.stats19_rows import (
    BadRowError,
    Cells,
    Row,
    parse_adjustment,
    parse_casualty,
    parse_collision,
)
from wardmote.evidence.sources.table_files import FileReader, find_ragged
from wardmote.evidence.store.manifest import InputFile
from wardmote.evidence.store.staging import Staging

_BATCH_ROWS = 20_000
_HEADER_WITHIN = 10
_PLACE = [("file_number", pa.int32()), ("line", pa.int64())]
_ADJUSTMENTS = ("year", "collision_id", "casualty_number", "adjusted_serious", "adjusted_slight")
_SCHEMAS: dict[RoadFile, pa.Schema] = {
    "collisions": pa.schema([*TABLES["collisions"], *_PLACE]),
    "casualties": pa.schema([*TABLES["casualties"], *_PLACE]),
    "adjustments": pa.schema([*(TABLES["casualties"].field(n) for n in _ADJUSTMENTS), *_PLACE]),
}
_PARSERS: dict[RoadFile, Callable[[Cells], Row]] = {
    "collisions": parse_collision,
    "casualties": parse_casualty,
    "adjustments": parse_adjustment,
}


@dataclass(slots=True)
class _Batch:
    """Rows on their way to the scratch folder; one Parquet file each kind and input file."""

    schema: pa.Schema
    writer: pq.ParquetWriter
    rows: list[Row] = field(default_factory=list)

    def add(self, row: Row) -> None:
        self.rows.append(row)
        if len(self.rows) >= _BATCH_ROWS:
            self.flush()

    def flush(self) -> None:
        if self.rows:
            self.writer.write_table(pa.Table.from_pylist(self.rows, schema=self.schema))
            self.rows = []


def read(paths: Sequence[Path], staging: Staging, options: LoadOptions) -> Reading:
    """Read collisions, casualties and adjusted severities into `collisions` and `casualties`."""
    reading = Reading()
    found = find_input_files(paths, is_table_file, scratch=staging.scratch)
    reading.faults += found.faults
    folder = staging.scratch / "roads"
    folder.mkdir()
    readers = [FileReader(file, options, staging) for file in found.files]
    for number, reader in enumerate(readers):
        options.progress(reader.name, number, len(readers))
        _read_file(reader, folder, number)
    _join(reading, staging, folder, readers)
    for reader in readers:
        reading.faults += reader.list_faults()
        reading.inputs.append(_describe(reader.found, reader.rows_in, reader.rows_refused))
    return reading


def _describe(found: FoundFile, rows_in: int, rows_refused: int) -> InputFile:
    return describe_input(found, rows_in=rows_in, rows_kept=rows_in - rows_refused, rows_refused=rows_refused)


def _join(reading: Reading, staging: Staging, folder: Path, readers: Sequence[FileReader]) -> None:
    joined = join_road_tables(folder, staging)
    for refusal in joined.refusals:
        reader = readers[refusal.file_number]
        reader.refuse(refusal.line, refusal.row, refusal.reason, where=f"{reader.name}, row {refusal.line}")
    reading.faults += joined.faults
    reading.months |= {Month.parse(str(day)[:7]) for day in joined.months}


# -- one file -------------------------------------------------------------------------------------------------
def _read_file(reader: FileReader, folder: Path, number: int) -> None:
    try:
        for sheet in reader.open_sheets():
            rows = iter(sheet.numbered_rows)
            columns, labels = _find_header(reader, rows)
            if columns.kind == "vehicles":
                reader.warn("this is the file of vehicles, of which nothing is read; it was passed over")
                return
            _check_repeated(reader, columns, labels)
            target = folder / f"{columns.kind}-{number}.parquet"
            _read_rows(reader, rows, columns, labels=labels, number=number, target=target)
    except UnreadableInputError as error:
        reader.faults.append(error.fault)


def _find_header(reader: FileReader, rows: Iterator[tuple[int, list[Cell]]]) -> tuple[RoadColumns, list[str]]:
    first: list[str] = []
    for line, row in rows:
        labels = [clean_text(cell) for cell in row]
        first = first or [label for label in labels if label]
        columns = find_road_columns(labels)
        if columns is not None:
            _check_complete(reader, columns)
            return columns, labels
        if line >= _HEADER_WITHIN:
            break
    shown = ", ".join(f"'{show_text(label)}'" for label in first[:8])
    raise UnreadableInputError(
        f"this is no STATS19 file (its headings are {shown})" if shown else "this file is empty",
        where=reader.name,
        expected="the department's collision, casualty or casualty adjustment csv, with headings collision_index, "
        "collision_severity or casualty_severity (before 2024 accident_index, accident_severity)",
    )


def _check_complete(reader: FileReader, columns: RoadColumns) -> None:
    if columns.missing:
        raise UnreadableInputError(
            f"the columns {', '.join(columns.missing)} of the file of {columns.kind} are not there",
            where=reader.name,
            expected="the headings as the department publishes them, of this year or of before 2024",
            to_do="Look for a renamed heading; files from before 2021 have no ONS district, take the re-issued ones",
        )


def _check_repeated(reader: FileReader, columns: RoadColumns, labels: Sequence[str]) -> None:
    read = {labels[at] for at in columns.positions.values()}
    reader.complain_of_repeated([label for label in sorted(read) if labels.count(label) > 1], reader.name)


def _read_rows(
    reader: FileReader,
    rows: Iterator[tuple[int, list[Cell]]],
    columns: RoadColumns,
    *,
    labels: Sequence[str],
    number: int,
    target: Path,
) -> None:
    schema, parse = _SCHEMAS[columns.kind], _PARSERS[columns.kind]
    with pq.ParquetWriter(target, schema) as writer:
        batch = _Batch(schema, writer)
        for line, row in rows:
            if not any(row):
                continue
            reader.rows_in += 1
            try:
                if reason := "" if len(row) == len(labels) else find_ragged(row, labels):
                    raise BadRowError(reason)
                batch.add(parse(Cells(row, columns.positions)) | {"file_number": number, "line": line})
            except BadRowError as error:
                reader.refuse(line, row, str(error), where=f"{reader.name}, row {line}")
        batch.flush()
