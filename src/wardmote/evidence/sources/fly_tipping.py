"""Fly-tipping incidents and actions by council and financial year, from Defra's tables.

A workbook has one sheet of incidents and one of actions; which is which is told by the heading of its total. Headings
stand on the second of two rows, the first names groups of columns. Rows of totals carry '*Total' where a council's code
would stand: they are kept without a code, so that no sum over councils counts them. England has two totals in 2018/19,
one by the old method and one by the new.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa

from wardmote.evidence.model.errors import UnreadableInputError
from wardmote.evidence.model.periods import Period
from wardmote.evidence.sources.cells import (
    Cell,
    Number,
    clean_label,
    clean_text,
    parse_financial_year,
    parse_number,
)
from wardmote.evidence.sources.contract import TABLES, LoadOptions, Reading
from wardmote.evidence.sources.sheets import HeaderMatch, Sheet, find_header
from wardmote.evidence.sources.table_files import FileReader, Part, read_table_files
from wardmote.evidence.store.staging import Staging

_YEAR = ("Year", "Financial Year")
_CODE = ("ONS Code", "LA Code", "Local Authority code", "Area Code")
_NAME = ("LA Name", "Local Authority", "Local Authority Name")
_REGION = ("Region", "Region Name")
_TOTALS = {
    "incidents": re.compile(r"^total( fly-?tipping)? incidents$", re.IGNORECASE),
    "actions": re.compile(r"^total( fly-?tipping)? actions$", re.IGNORECASE),
}
_EXPECTED = "the headings 'Year', 'ONS Code', 'LA Name' and 'Total Incidents' or 'Total Actions'"
# Columns of words among the figures: on what basis a council counts. The words are kept as the cell's marker.
_WORDS = re.compile(r"\b(basis|comments?|notes?)\b", re.IGNORECASE)
_LARGEST = 1_000_000_000
_GSS = re.compile(r"[A-Z]\d{8}")
_TOTAL_ROW = re.compile(r"^\*?\s*total\b\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Layout:
    """Which sheet this is and where its columns stand."""

    kind: str
    header: HeaderMatch
    region: int | None
    measures: tuple[tuple[int, str], ...]


@dataclass(slots=True)
class _Rows:
    """The columns of one sheet's year as they fill."""

    codes: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    measures: list[str] = field(default_factory=list)
    values: list[float | None] = field(default_factory=list)
    markers: list[str] = field(default_factory=list)
    seen: set[tuple[str, str]] = field(default_factory=set)

    def add(self, area: tuple[str, str], measure: str, number: Number) -> None:
        self.codes.append(area[0])
        self.names.append(area[1])
        self.measures.append(measure)
        self.values.append(number.value)
        self.markers.append(number.marker)


def read(paths: Sequence[Path], staging: Staging, options: LoadOptions) -> Reading:
    """Read the sheets of incidents and actions into `fly_tipping`."""
    return read_table_files(paths, staging, options, table="fly_tipping", read_file=_read_file)


def _read_file(reader: FileReader) -> None:
    sheets = reader.read_sheets()
    tables = [(sheet, layout) for sheet in sheets if (layout := _find_layout(sheet))]
    found = [(layout.kind, _collect_years(reader, sheet, layout)) for sheet, layout in tables]
    for sheet in sheets:
        if not any(sheet is s for s, _ in tables):
            _complain_of_table(reader, sheet)
    if not tables and not reader.faults:
        raise UnreadableInputError(
            "this file has no table of fly-tipping by council",
            where=reader.name,
            expected=f"a sheet or csv with {_EXPECTED}",
            to_do="Take Defra's 'Fly-tipping incidents and actions reported by local authorities' workbook",
        )
    newest = max((year for _, years in found for year in years), default=0)
    for kind, years in found:
        for year, rows in sorted(years.items()):
            _add_part(reader, kind, year, rows, rank=f"{newest} {reader.name}")


def _find_layout(sheet: Sheet) -> _Layout | None:
    for kind, total in _TOTALS.items():
        header = find_header(sheet, [_YEAR, _CODE, _NAME, total])
        if header:
            region = header.find(_REGION)
            known = {*header.columns[:3], region}
            return _Layout(kind, header, region, header.list_others(known))
    return None


def _complain_of_table(reader: FileReader, sheet: Sheet) -> None:
    """A sheet that is called after incidents or actions, or has a council's column, should have been a table."""
    has_code = find_header(sheet, [_YEAR, _CODE]) or find_header(
        sheet, [_CODE, _NAME, re.compile("^total", re.IGNORECASE)]
    )
    if has_code or re.search(r"incidents|actions", sheet.name, re.IGNORECASE):
        reader.complain(
            "the headings of this table are not the publisher's",
            where=sheet.where(),
            expected=f"{_EXPECTED} in one row",
            to_do="Name the columns as the publisher does, or take the file as it was published",
        )


# -- rows -------------------------------------------------------------------------------------------------------
def _collect_years(reader: FileReader, sheet: Sheet, layout: _Layout) -> dict[int, _Rows]:
    reader.complain_of_repeated(layout.header.list_repeated(), sheet.where(layout.header.line))
    sheet = reader.drop_ragged(sheet, layout.header)
    years: dict[int, _Rows] = {}
    for line, row in sheet.rows_below(layout.header):
        if sum(bool(clean_text(c)) for c in row) < 2:  # a note below the table
            continue
        reader.rows_in += 1
        reason = _take_row(row, layout, years)
        if reason:
            reader.refuse(line, row, reason, where=sheet.where(line))
    return years


def _take_row(row: Sequence[Cell], layout: _Layout, years: dict[int, _Rows]) -> str:
    """Take one council's year, or say why it cannot be used."""
    year = parse_financial_year(row[layout.header.columns[0]])
    area = _name_area(row, layout)
    cells = [(label, _read_cell(label, row[i])) for i, label in layout.measures]
    bad = next((label for label, number in cells if number.problem), "")
    if year is None:
        return "the year is not a financial year such as 2012-13"
    if area is None:
        return "the row has no code of a council and is no total"
    if bad:
        return f"column '{bad}' is not a number"
    if wrong := next((label for label, n in cells if n.value is not None and not 0 <= n.value <= _LARGEST), ""):
        return f"column '{wrong}' is not a number from 0 to {_LARGEST:,}"
    rows = years.setdefault(year, _Rows())
    if area in rows.seen:
        return "the council stands in the year a second time"
    rows.seen.add(area)
    for label, number in cells:
        if number.value is not None or number.marker:  # a blank cell says nothing, not even that it is missing
            rows.add(area, label, number)
    return ""


def _name_area(row: Sequence[Cell], layout: _Layout) -> tuple[str, str] | None:
    """Code and name of the row's council; of a total no code and the name of the region or country."""
    code, name = clean_text(row[layout.header.columns[1]]), clean_label(row[layout.header.columns[2]])
    if _GSS.fullmatch(code):
        return code, name
    if not _TOTAL_ROW.match(code) and not _TOTAL_ROW.match(name):
        return None
    region = clean_label(row[layout.region]) if layout.region is not None else name
    return "", _TOTAL_ROW.sub("", region) or "England"


def _read_cell(label: str, cell: Cell) -> Number:
    number = parse_number(cell)
    return Number(None, marker=clean_text(cell)) if number.problem and _WORDS.search(label) else number


# -- the year as a part of the store's table --------------------------------------------------------------------
def _add_part(reader: FileReader, kind: str, year: int, rows: _Rows, *, rank: str) -> None:
    count = len(rows.values)
    columns = {
        "year_first": pa.repeat(pa.scalar(year, pa.int32()), count),
        "area_code": rows.codes,
        "area_name": rows.names,
        "sheet": pa.repeat(kind, count),
        "measure": rows.measures,
        "value": rows.values,
        "marker": rows.markers,
    }
    table = pa.table(columns, schema=TABLES["fly_tipping"])
    reader.parts.append(Part((str(year), kind), table, reader.name, rank))
    reader.months.update(Period.financial_year(year).months)
