"""Police recorded crime by partnership, offence code and quarter, from the Home Office's open data tables.

A workbook has a sheet for each financial year ('2019_20', before 2015 '2002-03') beside sheets of notes. The real files
hold a million rows and more, so rows are read one by one and kept as numbers into lists of areas and offences.

Counts may be below zero: a force moves or cancels crimes of earlier quarters. They stay, or the year's sum would be
wrong. A year of the publication is replaced as a whole by the same year of a later one.
"""

import math
import re
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain, islice
from pathlib import Path

import numpy as np
import pyarrow as pa

from wardmote.evidence.model.errors import UnreadableInputError
from wardmote.evidence.model.periods import Period
from wardmote.evidence.sources.cells import Cell, clean_label, clean_text, parse_financial_year, parse_number
from wardmote.evidence.sources.contract import TABLES, LoadOptions, Reading
from wardmote.evidence.sources.sheets import HeaderMatch, Sheet, SheetStream, find_header
from wardmote.evidence.sources.table_files import FileReader, Part, find_ragged, read_table_files
from wardmote.evidence.store.staging import Staging

# The headings under the names that the publisher gave them over the years.
_HEADINGS: tuple[tuple[str, ...], ...] = (
    ("Financial Year",),
    ("Financial Quarter", "Quarter"),
    ("Force Name", "Police Force", "Police Force Name", "Force"),
    ("CSP Name", "Community Safety Partnership", "Community Safety Partnership Name"),
    ("Offence Description",),
    ("Offence Group",),
    ("Offence Subgroup", "Offence Sub-group", "Offence Sub Group"),
    ("Offence Code",),
    ("Number of Offences", "Offence Count", "Offences"),
)
_CSP_CODE = ("ONS Code", "CSP Code", "CSP ONS Code", "Community Safety Partnership code")
_QUARTER = re.compile(r"(?:q|quarter)?\s*([1-4])", re.IGNORECASE)
_CODE = re.compile(r"[A-Z]\d{8}")
# Bodies that record for the whole country: their rows belong to no partnership.
_NATIONAL = re.compile(
    r"british transport|action fraud|cifas|uk finance|financial fraud action|national fraud", re.IGNORECASE
)
_PUBLISHED = re.compile(r"(\d\d)(\d\d)(\d\d)(?=\.)")  # day, month, year at the end of the file's name
_HEADER_ROWS = 60


@dataclass(frozen=True, slots=True)
class _Layout:
    """Where the columns of a sheet stand, in the order of `_HEADINGS`, and the code's column or None."""

    header: HeaderMatch
    code: int | None

    @property
    def count_title(self) -> str:
        return self.header.labels[self.header.columns[8]]


@dataclass(slots=True)
class _Year:
    """One financial year's rows as they fill: numbers into the lists of areas and offences."""

    quarters: array[int] = field(default_factory=lambda: array("b"))
    areas: array[int] = field(default_factory=lambda: array("q"))
    offences: array[int] = field(default_factory=lambda: array("q"))
    values: array[float] = field(default_factory=lambda: array("d"))  # not a number where a marker stands
    markers: dict[int, str] = field(default_factory=dict)  # by the row's position; they are rare
    seen: set[int] = field(default_factory=set)

    def add(self, quarter: int, area: int, offence: int, *, value: float | None, marker: str) -> bool:
        """Take a row; False where the same area, offence and quarter stand here already."""
        key = (area << 40) | (offence << 8) | quarter  # one whole number: a tuple would take four times the room
        if key in self.seen:
            return False
        self.seen.add(key)
        self.quarters.append(quarter)
        self.areas.append(area)
        self.offences.append(offence)
        if marker:
            self.markers[len(self.values)] = marker
        self.values.append(math.nan if value is None else value)
        return True

    def list_markers(self) -> pa.Array:
        return pa.array([self.markers.get(i, "") for i in range(len(self.values))], pa.string())


@dataclass(slots=True)
class _Collected:
    """What a file gave: its years, and each area and offence once."""

    years: dict[int, _Year] = field(default_factory=dict)
    areas: dict[tuple[str, str, str, str], int] = field(default_factory=dict)
    offences: dict[tuple[str, str, str, str], int] = field(default_factory=dict)
    raw_areas: dict[tuple[Cell, ...], int | str] = field(default_factory=dict)
    raw_offences: dict[tuple[Cell, ...], int | str] = field(default_factory=dict)
    raw_periods: dict[tuple[Cell, ...], tuple[int, int] | str] = field(default_factory=dict)
    below_zero: int = 0
    tables: int = 0


def read(paths: Sequence[Path], staging: Staging, options: LoadOptions) -> Reading:
    """Read the quarterly tables of the workbooks and csv files into `recorded_crime`."""
    return read_table_files(paths, staging, options, table="recorded_crime", read_file=_read_file)


def _read_file(reader: FileReader) -> None:
    found = _Collected()
    for stream in reader.open_sheets():
        _read_sheet(reader, stream, found)
    if not found.tables and not any(f.severity == "error" for f in reader.faults):
        raise UnreadableInputError(
            "this file has no table of quarterly crime by community safety partnership",
            where=reader.name,
            expected="a sheet or csv with the headings " + ", ".join(f"'{h[0]}'" for h in _HEADINGS),
            to_do="Take the Home Office's 'Police recorded crime Community Safety Partnership open data' tables",
        )
    if found.below_zero:
        reader.warn(
            f"{found.below_zero} counts are below zero: forces moved or cancelled crimes of earlier quarters",
            rows=found.below_zero,
            code="below_zero",
        )
    rank = _rank_file(reader.name, found)
    for year in sorted(found.years):
        _add_part(reader, found, year, rank)


# -- sheets -----------------------------------------------------------------------------------------------------
def _read_sheet(reader: FileReader, stream: SheetStream, found: _Collected) -> None:
    head = list(islice(stream.numbered_rows, _HEADER_ROWS))
    top = Sheet(stream.file, stream.name, [row for _, row in head], [line for line, _ in head])
    header = find_header(top, _HEADINGS)
    if header is None:
        _pass_over(reader, top, chain(head, stream.numbered_rows))
        return
    found.tables += 1
    layout = _Layout(header, header.find(_CSP_CODE))
    reader.complain_of_repeated(_list_repeated(layout), top.where(header.line))
    _read_rows(reader, top, layout, chain(head[header.index + 1 :], stream.numbered_rows), found)


def _list_repeated(layout: _Layout) -> list[str]:
    """Headings of columns that are read and that stand more than once."""
    read = {layout.header.labels[i] for i in (*layout.header.columns, layout.code) if i is not None}
    return [label for label in layout.header.list_repeated() if label in read]


def _pass_over(reader: FileReader, top: Sheet, rows: Iterator[tuple[int, list[Cell]]]) -> None:
    """A sheet without the table's headings: a fault where there should be a table, else notes."""
    if top.name and parse_financial_year(top.name) is None:
        _tell_force_notes(reader, top, rows)
        return
    best = max(top.rows, key=_count_headings, default=[])
    labels = {clean_label(c).casefold() for c in best}
    lacking = [h[0] for h in _HEADINGS if not labels & {n.casefold() for n in h}]
    if top.name or len(lacking) < len(_HEADINGS):
        reader.complain(
            "the heading"
            + ("s " if len(lacking) > 1 else " ")
            + ", ".join(f"'{h}'" for h in lacking)
            + " cannot be found",
            where=top.where(),
            expected="the headings of the Home Office's table in one of the first 60 rows",
            to_do="Name the columns as the publisher does, or take the file as it was published",
        )


def _count_headings(row: Sequence[Cell]) -> int:
    labels = {clean_label(c).casefold() for c in row}
    return sum(bool(labels & {n.casefold() for n in heading}) for heading in _HEADINGS)


def _tell_force_notes(reader: FileReader, top: Sheet, rows: Iterator[tuple[int, list[Cell]]]) -> None:
    """Pass on notes that a force's crimes stand under 'unassigned': its partnerships' counts are too low then."""
    is_about_forces = False
    for line, row in rows:
        text = " ".join(filter(None, map(clean_text, row)))
        is_about_forces = (is_about_forces or text.startswith("Force Notes")) and not text.startswith("Additional")
        if is_about_forces and "unassigned" in text.lower():
            reader.warn(f"the publisher notes: {text}", where=top.where(line), code="publisher_note")


# -- rows -------------------------------------------------------------------------------------------------------
def _read_rows(
    reader: FileReader, sheet: Sheet, layout: _Layout, rows: Iterator[tuple[int, list[Cell]]], found: _Collected
) -> None:
    only_year = parse_financial_year(sheet.name)
    width = len(layout.header.labels)
    for line, row in rows:
        filled = sum(c is not None and c != "" for c in row)
        if filled < 2:  # blank, or a note below the table
            continue
        reader.rows_in += 1
        ragged = "" if sheet.name or len(row) == width else find_ragged(row, layout.header.labels)
        whole = row if len(row) >= width else row + [None] * (width - len(row))
        fault = ragged or _take_row(whole, layout, only_year, found)
        if fault:
            reader.refuse(line, row, fault, where=sheet.where(line))


def _take_row(row: list[Cell], layout: _Layout, only_year: int | None, found: _Collected) -> str:
    """Take one row, or say why it cannot be used."""
    at = layout.header.columns
    when = _find_period((row[at[0]], row[at[1]]), found)
    if isinstance(when, str):
        return when
    if only_year is not None and when[0] != only_year:
        return "the row's financial year is not the sheet's"
    code = row[layout.code] if layout.code is not None else None
    area = _number_area((row[at[2]], row[at[3]], code), found)
    offence = _number_offence((row[at[4]], row[at[5]], row[at[6]], row[at[7]]), found)
    if isinstance(area, str) or isinstance(offence, str):
        return area if isinstance(area, str) else str(offence)
    return _take_count(row[at[8]], layout, found, when=when, area=area, offence=offence)


def _take_count(
    cell: Cell, layout: _Layout, found: _Collected, *, when: tuple[int, int], area: int, offence: int
) -> str:
    number = parse_number(cell)
    if number.problem or (number.value is None and not number.marker):
        return f"column '{layout.count_title}' is " + ("not a number" if number.problem else "empty")
    if number.value is not None and not number.value.is_integer():
        return f"column '{layout.count_title}' is not a whole number"
    rows = found.years.setdefault(when[0], _Year())
    if not rows.add(when[1], area, offence, value=number.value, marker=number.marker):
        return "the partnership's offence and quarter stand in the file a second time"
    found.below_zero += number.value is not None and number.value < 0
    return ""


# -- cells: each distinct text is looked at once ----------------------------------------------------------------
def _find_period(cells: tuple[Cell, Cell], found: _Collected) -> tuple[int, int] | str:
    """The year in which the financial year starts and the quarter, or what is wrong with them."""
    if cells not in found.raw_periods:
        found.raw_periods[cells] = _parse_period(clean_text(cells[0]), clean_text(cells[1]))
    return found.raw_periods[cells]


def _parse_period(year: str, quarter: str) -> tuple[int, int] | str:
    first, part = parse_financial_year(year), _QUARTER.fullmatch(quarter)
    if first is None:
        return f"'{year}' is not a financial year such as 2019/20"
    if part is None:
        return f"'{quarter}' is not a quarter from 1 to 4"
    return first, int(part[1])


def _number_area(cells: tuple[Cell, Cell, Cell], found: _Collected) -> int | str:
    """The number of the row's area, or what is wrong with it."""
    if cells not in found.raw_areas:
        area = _name_area(*cells)
        found.raw_areas[cells] = area if isinstance(area, str) else found.areas.setdefault(area, len(found.areas))
    return found.raw_areas[cells]


def _name_area(force_cell: Cell, csp_cell: Cell, code_cell: Cell) -> tuple[str, str, str, str] | str:
    """Force, code, name and kind of the area that a row is about."""
    force, name, code = clean_label(force_cell), clean_label(csp_cell), clean_text(code_cell)
    if _NATIONAL.search(force) or _NATIONAL.search(name):
        return force, "", name or force, "unassigned"
    if not name:
        return "the row names no partnership"
    if name.casefold().startswith("unassigned"):
        return force, "", name, "unassigned"
    return force, code if _CODE.fullmatch(code) else "", name, "csp"


def _number_offence(cells: tuple[Cell, Cell, Cell, Cell], found: _Collected) -> int | str:
    """The number of the row's offence (description, group, subgroup, code), or what is wrong with it."""
    if cells not in found.raw_offences:
        offence = (clean_label(cells[0]), clean_label(cells[1]), clean_label(cells[2]), clean_text(cells[3]))
        whole = all(offence[:3])
        found.raw_offences[cells] = (
            found.offences.setdefault(offence, len(found.offences)) if whole else "the row does not name its offence"
        )
    return found.raw_offences[cells]


# -- the year as a part of the store's table --------------------------------------------------------------------
def _rank_file(name: str, found: _Collected) -> str:
    """Of two files with the same year the later published is the newer; a name without a date tells nothing."""
    published = _PUBLISHED.findall(name)
    day = "{2}{1}{0}".format(*published[-1]) if published else ""
    newest = max((f"{y}{max(rows.quarters)}" for y, rows in found.years.items()), default="")
    return f"{day:0>6} {newest} {name}"


def _add_part(reader: FileReader, found: _Collected, year: int, rank: str) -> None:
    release = f"home-office-csp:{Period.financial_year(year)}"
    rows = found.years.pop(year)
    table = _build_table(found, rows, year=year, release=release, file=reader.name)
    reader.parts.append(Part((release,), table, reader.name, rank))
    reader.months.update(m for q in set(rows.quarters) for m in Period.financial_quarter(year, q).months)


def _build_table(found: _Collected, rows: _Year, *, year: int, release: str, file: str) -> pa.Table:
    quarters = {q: Period.financial_quarter(year, q) for q in (1, 2, 3, 4)}
    firsts = [date(p.first.year, p.first.number, 1) for p in quarters.values()]
    lasts = [date(p.last.year, p.last.number, 1) for p in quarters.values()]
    area, offence = (pa.array(np.frombuffer(n, np.int64)) for n in (rows.areas, rows.offences))
    codes, names, kinds = (pa.array([a[i] for a in found.areas], pa.string()).take(area) for i in (1, 2, 3))
    texts = [pa.array([o[i] for o in found.offences], pa.string()).take(offence) for i in range(4)]
    count = len(rows.values)
    quarter = pa.array(np.frombuffer(rows.quarters, np.int8) - 1)
    columns = {
        "release": pa.repeat(release, count),
        "area_code": codes,
        "area_name": names,
        "area_kind": kinds,
        "period_first": pa.array(firsts, pa.date32()).take(quarter),
        "period_last": pa.array(lasts, pa.date32()).take(quarter),
        "offence": texts[0],
        "offence_group": texts[1],
        "offence_subgroup": texts[2],
        "offence_code": texts[3],
        "measure": pa.repeat("count", count),
        "value": pa.array(np.frombuffer(rows.values), pa.float64(), from_pandas=True),  # not a number becomes null
        "marker": rows.list_markers(),
        "publisher_file": pa.repeat(file, count),
    }
    return pa.table(columns, schema=TABLES["recorded_crime"])
