"""Police recorded crime by community safety partnership, from the ONS' police force area tables (sheets C1 to C5).

A table says in its title what it counts and for which year; its number says nothing reliable. Total rows of a force
have no partnership; 'Unassigned' rows have no code. Both stay, told apart by `area_kind`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pyarrow as pa

from wardmote.evidence.model.errors import UnreadableInputError
from wardmote.evidence.model.periods import MONTH_NAMES, Month, Period
from wardmote.evidence.sources.cells import Cell, Number, clean_label, clean_text, parse_number
from wardmote.evidence.sources.contract import TABLES, LoadOptions, Reading
from wardmote.evidence.sources.sheets import HeaderMatch, Sheet, find_header
from wardmote.evidence.sources.table_files import FileReader, Part, read_table_files
from wardmote.evidence.store.staging import Staging

_FORCE_CODE = ("Police Force Area code", "Area code", "Police force code")
_FORCE_NAME = ("Police Force Area name", "Area name", "Police force name")
_CSP_CODE = ("Community Safety Partnership code", "CSP code")
_CSP_NAME = ("Community Safety Partnership name", "CSP name", "Community Safety Partnership")
_DISTRICT_CODE = ("Local Authority code", "LA code")
_DISTRICT_NAME = ("Local Authority name", "LA name")
_YEAR_ENDING = re.compile(rf"({'|'.join(MONTH_NAMES)})\s+(\d{{4}})", re.IGNORECASE)
_MEASURES = (("percentage change", "change_pct"), ("rate per 1,000", "rate_per_1000"), ("number of", "count"))
_GSS = re.compile(r"[A-Z]\d{8}")
# Table C4 stands its denominators among the rates; they are not offences.
_DENOMINATOR = re.compile(r"^(population|household|dwelling)s?\b", re.IGNORECASE)


@dataclass(slots=True)
class _Rows:
    """The columns of one table of the publication as they fill."""

    codes: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    offences: list[str] = field(default_factory=list)
    values: list[float | None] = field(default_factory=list)
    markers: list[str] = field(default_factory=list)

    def add(self, area: tuple[str, str, str], offence: str, number: Number) -> None:
        code, name, kind = area
        self.codes.append(code)
        self.names.append(name)
        self.kinds.append(kind)
        self.offences.append(offence)
        self.values.append(number.value)
        self.markers.append(number.marker)


@dataclass(frozen=True, slots=True)
class _Layout:
    """Where the columns of a sheet stand."""

    header: HeaderMatch
    force: tuple[int, int]
    csp: tuple[int, int]
    offences: tuple[tuple[int, str], ...]


def read(paths: Sequence[Path], staging: Staging, options: LoadOptions) -> Reading:
    """Read the partnership tables of the workbooks and csv files into `recorded_crime`."""
    return read_table_files(paths, staging, options, table="recorded_crime", read_file=_read_file)


def _read_file(reader: FileReader) -> None:
    sheets = reader.read_sheets(_may_be_partnership_table)
    combined = _list_combined_names(sheets)
    tables = [(sheet, layout) for sheet in sheets if (layout := _find_layout(sheet))]
    for sheet in sheets:
        if not any(sheet is s for s, _ in tables):
            _complain_of_headings(reader, sheet)
    if not tables and not reader.faults:
        raise UnreadableInputError(
            "this file has no table by community safety partnership",
            where=reader.name,
            expected="a sheet or csv with the headings 'Community Safety Partnership code' and '… name'",
            to_do="Take the ONS' 'Police force area data tables' workbook, or its Table C2 saved as csv",
        )
    newest = max((p.last for s, t in tables if (p := _find_year(s, t.header))), default=None)
    for sheet, layout in tables:
        _read_table(reader, sheet, layout, combined, rank=f"{newest} {reader.name}")


def _may_be_partnership_table(title: str) -> bool:
    return bool(re.match(r"(table\s*)?c\s*\d", title, re.IGNORECASE)) or not title


def _list_combined_names(sheets: Sequence[Sheet]) -> frozenset[str]:
    """Names of partnerships that table C1 lists because they do not match one district each."""
    for sheet in sheets:
        if header := _find_district_list(sheet):
            position = header.columns[0]
            return frozenset(clean_label(row[position]).casefold() for _, row in sheet.rows_below(header)) - {""}
    return frozenset()


def _find_district_list(sheet: Sheet) -> HeaderMatch | None:
    """The headings of table C1: names and codes of areas, and no figures."""
    header = find_header(sheet, [_CSP_NAME, _DISTRICT_CODE])
    known = {
        n.casefold() for names in (_FORCE_CODE, _FORCE_NAME, _CSP_NAME, _DISTRICT_CODE, _DISTRICT_NAME) for n in names
    }
    return header if header and {label.casefold() for label in header.labels} <= {*known, ""} else None


def _find_layout(sheet: Sheet) -> _Layout | None:
    header = find_header(sheet, [_FORCE_CODE, _FORCE_NAME, _CSP_CODE, _CSP_NAME])
    if header is None:
        return None
    known = {*header.columns, header.find(_DISTRICT_CODE), header.find(_DISTRICT_NAME)}
    offences = tuple((i, label) for i, label in header.list_others(known) if not _DENOMINATOR.search(label))
    force_code, force_name, csp_code, csp_name = header.columns
    return _Layout(header, (force_code, force_name), (csp_code, csp_name), offences)


def _complain_of_headings(reader: FileReader, sheet: Sheet) -> None:
    """Every sheet C is a table by partnership but C1, which lists districts; a csv says nothing by its name."""
    if sheet.name and not _find_district_list(sheet):
        reader.complain(
            "the headings of this table are not the publisher's",
            where=sheet.where(),
            expected="the codes and names of the police force area and of the community safety partnership in one row",
            to_do="Name the columns as the publisher does, or take the workbook as it was published",
        )


def _find_title(sheet: Sheet, header: HeaderMatch) -> str:
    texts = [clean_label(cell) for row in sheet.rows[: header.index] for cell in row]
    return next((t for t in texts if _YEAR_ENDING.search(t) and "ending" in t.lower()), "")


def _find_year(sheet: Sheet, header: HeaderMatch) -> Period | None:
    """The year that the title names; of two (a change from one to the other) the later."""
    months = [
        Month(int(year), [m.lower() for m in MONTH_NAMES].index(name.lower()) + 1)
        for name, year in _YEAR_ENDING.findall(_find_title(sheet, header))
    ]
    return Period.rolling_year(max(months)) if months else None


def _read_table(reader: FileReader, sheet: Sheet, layout: _Layout, combined: frozenset[str], *, rank: str) -> None:
    title = _find_title(sheet, layout.header)
    period = _find_year(sheet, layout.header)
    measure = next((name for words, name in _MEASURES if words in title.lower()), "")
    if period is None or not measure:
        reader.complain(
            "the title does not say what this table counts and for which year",
            where=sheet.where(1),
            expected="a title such as 'Number of police recorded crimes … year ending December 2024'",
            to_do="Keep the lines above the headings when saving a sheet as csv",
        )
        return
    reader.complain_of_repeated(layout.header.list_repeated(), sheet.where(layout.header.line))
    sheet = reader.drop_ragged(sheet, layout.header)
    rows = _collect_rows(reader, sheet, layout, combined)
    if measure == "count":
        _check_sums(reader, sheet, layout)
    release = f"ons-csp-tables:{period.last}:{measure}"
    table = _build_table(rows, release=release, period=period, measure=measure, file=reader.name)
    reader.parts.append(Part((release,), table, reader.name, rank))
    reader.months.update(period.months)


def _collect_rows(reader: FileReader, sheet: Sheet, layout: _Layout, combined: frozenset[str]) -> _Rows:
    codes = _map_names_to_codes(sheet, layout)
    rows, seen = _Rows(), set[tuple[str, str]]()
    for line, row in sheet.rows_below(layout.header):
        if not _is_data_row(row, layout):
            continue
        reader.rows_in += 1
        area = _name_area(row, layout, codes, combined)
        numbers = [(offence, parse_number(row[i])) for i, offence in layout.offences]
        reason = _find_fault(area, numbers, seen)
        if reason:
            reader.refuse(line, row, reason, where=sheet.where(line))
            continue
        seen.add(area[:2])
        for offence, number in numbers:
            if number.value is not None or number.marker:  # a blank cell says nothing, not even that it is missing
                rows.add(area, offence, number)
    return rows


def _check_sums(reader: FileReader, sheet: Sheet, layout: _Layout) -> None:
    """Partnerships and 'Unassigned' come to the force's total in every release: a table cut short does not."""
    if not layout.offences:
        return
    position, offence = layout.offences[0]
    totals, sums = dict[str, float](), dict[str, float]()
    for _, row in sheet.rows_below(layout.header):
        force, value = clean_label(row[layout.force[1]]), parse_number(row[position]).value
        if value is None:
            continue
        if clean_text(row[layout.csp[0]]) or clean_text(row[layout.csp[1]]):
            sums[force] = sums.get(force, 0) + value
        else:
            totals[force] = value
    for force, total in totals.items():
        if sums.get(force) != total:
            reader.warn(
                f"the partnerships of {force} come to {sums.get(force, 0):,.0f} ({offence}), its total is {total:,.0f}",
                where=sheet.where(),
                to_do="Compare the file with the published one: rows may have been lost",
                code="sum_differs",
            )


def _is_data_row(row: Sequence[Cell], layout: _Layout) -> bool:
    """Notes below the table fill one cell; a row of the table names a force and a partnership or a figure."""
    named = clean_text(row[layout.force[1]]) or clean_text(row[layout.csp[1]])
    return bool(named) and sum(bool(clean_text(c)) for c in row) > 1


def _map_names_to_codes(sheet: Sheet, layout: _Layout) -> dict[str, str]:
    """Partnership codes by name, as the sheet itself pairs them somewhere."""
    code, name = layout.csp
    pairs = ((clean_label(row[name]).casefold(), clean_text(row[code])) for _, row in sheet.rows_below(layout.header))
    return {name: code for name, code in pairs if name and _GSS.fullmatch(code)}


def _name_area(
    row: Sequence[Cell], layout: _Layout, codes: dict[str, str], combined: frozenset[str]
) -> tuple[str, str, str]:
    """Code, name and kind of the area that a row is about."""
    code, name = (clean_text(row[layout.csp[0]]), clean_label(row[layout.csp[1]]))
    if not name and not code:
        force_code, force_name = clean_text(row[layout.force[0]]), clean_label(row[layout.force[1]])
        return force_code, force_name, "country" if force_code[:3] in ("K04", "E92", "W92") else "force"
    if not _GSS.fullmatch(code):
        code = codes.get(name.casefold(), "")
    if code:
        return code, name, "csp"
    return "", name, "combined" if name.casefold() in combined else "unassigned"


def _find_fault(area: tuple[str, str, str], numbers: Sequence[tuple[str, Number]], seen: set[tuple[str, str]]) -> str:
    bad = next((f"column '{offence}' is not a number" for offence, n in numbers if n.problem), "")
    if bad:
        return bad
    if area[2] in ("force", "country") and not _GSS.fullmatch(area[0]):
        return "the row names no partnership and its force has no code"
    return "the area stands in the table a second time" if area[:2] in seen else ""


def _build_table(rows: _Rows, *, release: str, period: Period, measure: str, file: str) -> pa.Table:
    count = len(rows.values)
    first, last = (date(m.year, m.number, 1) for m in (period.first, period.last))
    columns = {
        "release": pa.repeat(release, count),
        "area_code": rows.codes,
        "area_name": rows.names,
        "area_kind": rows.kinds,
        "period_first": pa.repeat(pa.scalar(first), count),
        "period_last": pa.repeat(pa.scalar(last), count),
        "offence": rows.offences,
        "offence_group": pa.repeat("", count),
        "offence_subgroup": pa.repeat("", count),
        "offence_code": pa.repeat("", count),
        "measure": pa.repeat(measure, count),
        "value": rows.values,
        "marker": rows.markers,
        "publisher_file": pa.repeat(file, count),
    }
    return pa.table(columns, schema=TABLES["recorded_crime"])
