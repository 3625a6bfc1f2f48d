"""What the sources of official tables have in common: file after file, faults gathered, parts put together.

A source says how one file is read (`read_file`); this module finds the files, counts their rows, keeps faults from
stopping the other files, and joins what the files gave into one table of the store.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from wardmote.evidence.model.errors import Fault, UnreadableInputError
from wardmote.evidence.model.periods import Month
from wardmote.evidence.sources.cells import Cell, clean_text, show_text
from wardmote.evidence.sources.contract import KEYS, TABLES, LoadOptions, Reading
from wardmote.evidence.sources.inputs import FoundFile, describe_input, find_input_files
from wardmote.evidence.sources.sheets import HeaderMatch, Sheet, SheetStream, is_table_file, open_sheets, read_sheets
from wardmote.evidence.store.staging import Staging

_LONGEST_REASON, _LONGEST_KEPT = 400, 10_000


def find_ragged(row: Sequence[Cell], labels: Sequence[str]) -> str:
    """What is wrong with the number of cells of a csv's row; '' for nothing. Empty cells at the end are no fault.

    A row of one cell is a note below the table.

    >>> find_ragged(['a', '1', 'x'], ['Code', 'Count']), find_ragged(['a', '1', ''], ['Code', 'Count'])
    ('3 cells stand where there are 2 columns', '')
    """
    filled = [i for i, cell in enumerate(row) if clean_text(cell)]
    named = [i for i, label in enumerate(labels) if label]
    if len(filled) < 2 or not named:
        return ""
    if filled[-1] >= len(labels):
        return f"{filled[-1] + 1} cells stand where there are {len(labels)} columns"
    return f"{len(row)} cells stand where there are {named[-1] + 1} columns" if len(row) <= named[-1] else ""


@dataclass(frozen=True, slots=True)
class Part:
    """Rows of one table from one file, all of one key. Of two parts with one key the higher `rank` is the newer."""

    key: tuple[str, ...]
    table: pa.Table
    file: str
    rank: str = ""


@dataclass(slots=True)
class FileReader:
    """One file being read: collects its parts, its counts and its faults."""

    found: FoundFile
    options: LoadOptions
    staging: Staging
    parts: list[Part] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    months: set[Month] = field(default_factory=set)
    rows_in: int = 0
    rows_refused: int = 0
    keeps_text: bool = True  # may what stands in a refused line be kept aside?
    _refusals: dict[str, tuple[str, int]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.found.name

    def setting(self, key: str) -> str:
        """What the user said under this key, or ''."""
        return self.options.settings.get(key, "").strip()

    def open_sheets(self, wanted: Callable[[str], bool] = lambda _title: True) -> Iterator[SheetStream]:
        """The file's sheets one after another, lines that are no row set aside."""
        return open_sheets(self.found.path, name=self.name, wanted=wanted, refuse=self._refuse_line)

    def read_sheets(self, wanted: Callable[[str], bool] = lambda _title: True) -> list[Sheet]:
        """The file's sheets whole, lines that are no row set aside."""
        return read_sheets(self.found.path, name=self.name, wanted=wanted, refuse=self._refuse_line)

    def _refuse_line(self, line: int, text: str, reason: str) -> None:
        self.rows_in += 1
        self.refuse(line, [text[:_LONGEST_KEPT]] if self.keeps_text else [], reason, where=f"{self.name}, row {line}")

    def drop_ragged(self, sheet: Sheet, header: HeaderMatch) -> Sheet:
        """The sheet without the rows that have more or fewer cells than headings, which are refused.

        Only a csv can have them: a comma lost or gained moves every figure behind it under another heading.
        """
        if sheet.name:
            return sheet
        rows, lines = sheet.rows[: header.index + 1], list(sheet.lines[: header.index + 1])
        for line, row in zip(sheet.lines[header.index + 1 :], sheet.rows[header.index + 1 :], strict=True):
            reason = find_ragged(row, header.labels)
            if reason:
                self.rows_in += 1
                self.refuse(line, row if self.keeps_text else [], reason, where=sheet.where(line))
            else:
                rows.append(row)
                lines.append(line)
        return Sheet(sheet.file, sheet.name, rows, lines)

    def refuse(self, line: int, row: Sequence[object], reason: str, *, where: str) -> None:
        """Keep a row aside. Equal reasons become one fault with the number of rows and the place of the first."""
        self.rows_refused += 1
        reason = show_text(reason, _LONGEST_REASON)
        self.staging.refuse(file=self.name, line=line, reason=reason, row=list(row))
        first, count = self._refusals.get(reason, (where, 0))
        self._refusals[reason] = (first, count + 1)

    def complain(self, found: str, *, where: str = "", expected: str = "", to_do: str = "") -> None:
        """Something of the file is lost."""
        found = show_text(found, _LONGEST_REASON)
        self.faults.append(Fault(found, where=where or self.name, expected=expected, to_do=to_do))

    def warn(self, found: str, *, where: str = "", to_do: str = "", rows: int = 0, code: str = "") -> None:
        """Nothing is lost, but it should be read."""
        where = where or self.name
        self.faults.append(Fault(found, where=where, to_do=to_do, severity="warning", rows=rows, code=code))

    def complain_of_repeated(self, repeated: Sequence[str], where: str) -> None:
        """Headings that stand twice: two columns of one name cannot both be it."""
        for heading in repeated:
            self.complain(
                f"the heading '{heading}' stands more than once; its first column was taken",
                where=where,
                to_do="Remove or rename the others, and load the file again",
            )

    def list_faults(self) -> list[Fault]:
        refusals = [
            Fault(
                f"{reason} ({count} row{'s' if count > 1 else ''} refused, the first is named)", where=place, rows=count
            )
            for reason, (place, count) in self._refusals.items()
        ]
        return self.faults + refusals


def read_table_files(
    paths: Sequence[Path],
    staging: Staging,
    options: LoadOptions,
    *,
    table: str,
    read_file: Callable[[FileReader], None],
    area_column: str = "",
    complete: Callable[[Sequence[Part]], Sequence[Part]] = lambda _: (),
) -> Reading:
    """Read each file with `read_file` and write `table`, with what `complete` finds lacking in the parts of all files.

    Parts with one key from several files: with `area_column`, files may complete one another (counties of one edition)
    and a newer part takes the place of an older one area by area; without it the newest part stands alone.
    """
    reading = Reading()
    found = find_input_files(paths, is_table_file, scratch=staging.scratch)
    reading.faults += found.faults
    parts: list[Part] = []
    for number, file in enumerate(found.files):
        options.progress(file.name, number, len(found.files))
        reader = FileReader(file, options, staging)
        parts += _read_one(reader, read_file)
        reading.inputs.append(
            describe_input(
                file,
                rows_in=reader.rows_in,
                rows_kept=reader.rows_in - reader.rows_refused,
                rows_refused=reader.rows_refused,
            )
        )
        reading.faults += reader.list_faults()
        reading.months |= reader.months
    parts += complete(parts)
    rows, faults = join_parts(parts, schema=TABLES[table], area_column=area_column)
    reading.faults += faults
    staging.write_table(table, rows, key=KEYS[table])
    return reading


def _read_one(reader: FileReader, read_file: Callable[[FileReader], None]) -> list[Part]:
    try:
        read_file(reader)
    except UnreadableInputError as error:
        # A file that breaks off gives nothing: half a table would take the place of a whole one.
        reader.parts.clear()
        reader.months.clear()
        reader.rows_in = reader.rows_refused
        reader.faults.append(error.fault)
        reader.faults += error.faults
    return reader.parts


def join_parts(parts: Sequence[Part], *, schema: pa.Schema, area_column: str) -> tuple[pa.Table, list[Fault]]:
    """One table of all parts, in which no area stands twice under one key."""
    faults: list[Fault] = []
    kept: dict[tuple[str, ...], list[Part]] = {}
    for part in sorted(parts, key=lambda p: p.rank):
        older = kept.setdefault(part.key, [])
        kept[part.key] = [*_replace_older(older, part, area_column, faults), part]
    tables = [p.table for group in kept.values() for p in group]
    return pa.concat_tables(tables) if tables else schema.empty_table(), faults


def _replace_older(older: list[Part], newer: Part, area_column: str, faults: list[Fault]) -> list[Part]:
    remaining = []
    for part in older:
        rest = _without_areas_of(part.table, newer.table, area_column) if area_column else part.table.slice(0, 0)
        replaced = part.table.num_rows - rest.num_rows
        if replaced:
            faults.append(_describe_replacement(part, newer, replaced))
        if rest.num_rows:
            remaining.append(Part(part.key, rest, part.file, part.rank))
    return remaining


def _without_areas_of(table: pa.Table, other: pa.Table, area_column: str) -> pa.Table:
    areas = pc.unique(other[area_column])
    return table.filter(pc.invert(pc.is_in(table[area_column], value_set=areas)))


def _describe_replacement(part: Part, newer: Part, rows: int) -> Fault:
    return Fault(
        f"gives the same figures ({', '.join(k for k in part.key if k)}) as {newer.file}; the latter's were taken",
        where=part.file,
        to_do="Nothing is to be done where the later file is meant to count",
        severity="warning",
        rows=rows,
        code="given_twice",
    )
