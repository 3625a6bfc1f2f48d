"""How many people or households live in an area, from the ONS' estimates for districts, wards and small areas.

Read are the workbooks and csv files of the mid-year estimates (MYE2, MYE4, MYE5, MYEB1), of the small-area and ward
estimates of either census, and plain tables with an area code and a count. The year, the sex and the boundaries are
taken from headings, sheet names, titles and, last, the file's name; an estimate whose year nothing says is not guessed.
"""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pyarrow as pa

from wardmote.evidence.model.areas import kind_of_code
from wardmote.evidence.model.errors import UnreadableInputError
from wardmote.evidence.model.periods import Month
from wardmote.evidence.sources.cells import Cell, clean_label, clean_text, parse_number
from wardmote.evidence.sources.contract import LoadOptions, Reading
from wardmote.evidence.sources.ons_population_estimates import Ages, Estimates, Numbers, build_table
from wardmote.evidence.sources.ons_population_headings import (
    Layout,
    find_layout,
    parse_age,
    parse_sex,
    title_of,
)
from wardmote.evidence.sources.sheets import Sheet, SheetStream
from wardmote.evidence.sources.table_files import FileReader, Part, read_table_files
from wardmote.evidence.store.staging import Staging

_MID_YEAR = re.compile(r"mid[-_ ]?((?:19|20)\d\d)", re.IGNORECASE)
_NAMED_YEAR = re.compile(r"(?:population|pop|households?|mye|census)[-_ ]?((?:19|20)\d\d|\d\d)(?!\d)", re.IGNORECASE)
_SEX = re.compile(r"(?<![a-z])(females|males|persons)(?![a-z])", re.IGNORECASE)
_BOUNDARIES = re.compile(
    r"boundaries (?:in place )?as (?:of|at) (?:\w+ )?(20\d\d)|\bas of April (20\d\d)"
    r"|\((20\d\d) (?:geography|boundaries)\)",
    re.IGNORECASE,
)
_GSS = re.compile(r"[A-Z]\d{8}")
_IS_TOTAL = re.compile(r"(\S+ )?(grand )?total\b", re.IGNORECASE)
_LARGER = {"district": ("district", "region", "country")}
_MOST_PEOPLE = 1e9
_ORDER = ("lsoa", "msoa", "ward", "district", "region", "country")


@dataclass(slots=True)
class _File:
    """What is gathered from one file's tables."""

    reader: FileReader
    estimates: dict[tuple[str, str, int], Estimates] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    districts: dict[str, str] = field(default_factory=dict)  # of smaller areas, where a table says it
    boundary_year: int | None = None
    tables_seen: int = 0
    passed_over: dict[str, int] = field(default_factory=dict)  # by sheet: rows about areas that are not kept

    def find(self, area_set: str, what: str, year: int) -> Estimates:
        return self.estimates.setdefault((area_set, what, year), Estimates(area_set, what, year))


@dataclass(slots=True)
class _Rows:
    """A table's usable rows, column by column. `kinds` tell districts from regions in one table."""

    codes: list[str] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    numbers: list[Numbers] = field(default_factory=list)  # one for each measure of the layout, NaN for none
    sexes: list[str] = field(default_factory=list)  # of tables with one row for each sex and age
    ages: list[Ages] = field(default_factory=list)


def read(paths: Sequence[Path], staging: Staging, options: LoadOptions) -> Reading:
    """Read estimates of residents and households into `population`."""
    return read_table_files(paths, staging, options, table="population", read_file=_read_file, area_column="area_code")


def _read_file(reader: FileReader) -> None:
    file = _File(reader)
    for stream in reader.open_sheets():
        sheet = _read_sheet(stream)
        layout = find_layout(sheet)
        if layout is None:
            file.boundary_year = file.boundary_year or _find_boundary_year(_texts(sheet.rows))
        else:
            file.tables_seen += 1
            _read_table(file, sheet, layout)
    if not file.tables_seen:
        raise UnreadableInputError(
            "this file has no table of residents or households by area",
            where=reader.name,
            expected="headings that name an area code and a count, a year ('Mid-2023') or ages (0, 1, 2 …)",
            to_do="Take the ONS' estimates for local authorities, wards or LSOAs as workbook or csv",
        )
    _hand_over(file)


def _read_sheet(stream: SheetStream) -> Sheet:
    numbered = list(stream.numbered_rows)
    return Sheet(stream.file, stream.name, [row for _, row in numbered], [line for line, _ in numbered])


def _texts(rows: Sequence[Sequence[Cell]]) -> Iterator[str]:
    return (cell for row in rows for cell in row if isinstance(cell, str))


def _find_boundary_year(texts: Iterator[str]) -> int | None:
    match = next((m for text in texts if (m := _BOUNDARIES.search(text))), None)
    return int(next(g for g in match.groups() if g)) if match else None


# -- one table --------------------------------------------------------------------------------------------------
def _read_table(file: _File, sheet: Sheet, layout: Layout) -> None:
    title = title_of(sheet, layout.header)
    year = _find_year(file.reader, title)
    if year is None and any(m.year is None for m in layout.measures):
        file.reader.complain(
            "nothing says for which year these estimates are",
            where=sheet.where(layout.header.line),
            expected="'mid-2020' in the sheet's name, its title or the file's name",
            to_do="Put the year into the file's name, such as population-mid-2020.csv",
        )
        return
    file.reader.complain_of_repeated(_list_repeated(layout), sheet.where(layout.header.line))
    sheet = file.reader.drop_ragged(sheet, layout.header)
    rows = _collect_rows(file, sheet, layout)
    boundary_year = layout.boundary_year or file.boundary_year or _find_boundary_year(iter([title]))
    for kind in sorted(set(rows.kinds)):
        _add_kind(file, rows, layout, kind=kind, year=year, boundary_year=boundary_year, sex=_find_sex(file, title))


def _list_repeated(layout: Layout) -> list[str]:
    """Headings of columns that are read and that stand more than once."""
    read = {m.label for m in layout.measures} | {layout.header.labels[layout.code]}
    return [label for label in layout.header.list_repeated() if label in read]


def _find_year(reader: FileReader, title: str) -> int | None:
    if said := reader.setting("year"):
        return int(said) if said.isdigit() else None
    match = _MID_YEAR.search(title) or _MID_YEAR.search(reader.name) or _NAMED_YEAR.search(Path(reader.name).name)
    if match is None:
        return None
    return int(match[1]) if len(match[1]) == 4 else 2000 + int(match[1])


def _find_sex(file: _File, title: str) -> str:
    sheet_name, _, rest = title.partition(" | ")
    for text in (sheet_name, Path(file.reader.name).name.replace("_", " "), rest):
        if match := _SEX.search(text):
            return match[1].lower()
    return "persons"


def _collect_rows(file: _File, sheet: Sheet, layout: Layout) -> _Rows:
    """Rows with a usable code and numbers; a table of small areas leaves out the districts it repeats."""
    reader, rows, seen = file.reader, _Rows(), set[str]()
    kept_kinds = _choose_kinds(sheet, layout)
    for line, row in sheet.rows_below(layout.header):
        code = clean_text(row[layout.code])
        if not _is_data_row(row, layout):
            continue
        if _is_other_area(code, row, kept_kinds):
            file.passed_over[sheet.name] = file.passed_over.get(sheet.name, 0) + 1
            continue
        reader.rows_in += 1
        try:
            _keep(file, rows, row, code=code, layout=layout, seen=seen)
        except ValueError as fault:
            reader.refuse(line, row, str(fault), where=sheet.where(line))
    return rows


def _keep(file: _File, rows: _Rows, row: list[Cell], *, code: str, layout: Layout, seen: set[str]) -> None:
    """Take a row. Raises ValueError that says why it cannot be taken."""
    if not _GSS.fullmatch(code):
        raise ValueError("the row has no area code of nine characters")
    numbers = np.array([_read_number(row[m.position], m.label) for m in layout.measures])
    key = code
    if layout.sex is not None and layout.age is not None:
        sex, ages = parse_sex(row[layout.sex]), parse_age(row[layout.age])
        if not sex or ages is None:
            raise ValueError("the row does not say which sex and age it is about")
        key = f"{code} {sex} {ages}"
    if key in seen:
        raise ValueError("the area stands in the table a second time")
    seen.add(key)
    if layout.sex is not None and ages is not None:
        rows.sexes.append(sex)
        rows.ages.append(ages)
    rows.codes.append(code)
    rows.kinds.append(kind_of_code(code))
    rows.numbers.append(numbers)
    if layout.name is not None and (name := clean_label(row[layout.name])):
        file.names[code] = name
    if layout.district is not None and (district := clean_label(row[layout.district])):
        file.districts[code] = district


def _read_number(cell: Cell, label: str) -> float:
    """A number of people, NaN for none. Raises ValueError for anything else."""
    if isinstance(cell, str) and cell.isdecimal() and len(cell) < 10:
        return float(cell)  # nearly every cell of files with millions of them
    number = parse_number(cell)
    if number.problem or (number.value is not None and not 0 <= number.value <= _MOST_PEOPLE):
        raise ValueError(f"column '{label}' is not a number of people")
    return math.nan if number.value is None else number.value


def _is_data_row(row: Sequence[Cell], layout: Layout) -> bool:
    """Notes below a table fill one or two cells of text; a row of it has something in a column that counts."""
    return any(clean_text(row[m.position]) for m in layout.measures)


def _choose_kinds(sheet: Sheet, layout: Layout) -> tuple[str, ...]:
    if layout.kind:
        return _LARGER.get(layout.kind, (layout.kind,))
    present = {kind_of_code(clean_text(row[layout.code])) for _, row in sheet.rows_below(layout.header)}
    smallest = next((k for k in _ORDER if k in present), "district")
    return _LARGER.get(smallest, (smallest,))


def _is_other_area(code: str, row: Sequence[Cell], kept: tuple[str, ...]) -> bool:
    """Is this row about a county, another country, or a total below the table?"""
    if _GSS.fullmatch(code):
        return kind_of_code(code) not in kept
    return not code and any(_IS_TOTAL.match(clean_text(c)) for c in row if isinstance(c, str))


# -- into estimates ---------------------------------------------------------------------------------------------
def _add_kind(
    file: _File,
    rows: _Rows,
    layout: Layout,
    *,
    kind: str,
    year: int | None,
    boundary_year: int | None,
    sex: str,
) -> None:
    mine = [i for i, k in enumerate(rows.kinds) if k == kind]
    codes = pa.array([rows.codes[i] for i in mine], pa.string())
    numbers = np.vstack([rows.numbers[i] for i in mine])
    last = max((m.year or year or 0) for m in layout.measures)
    area_set = _name_set(kind, boundary_year, last)
    columns = [(m.what, m.year or year or 0, m.sex or sex, (m.age_from, m.age_to)) for m in layout.measures]
    for position, (what, of_year, of_sex, ages) in enumerate(columns):
        estimates = file.find(area_set, what, of_year)
        if layout.sex is None:
            estimates.add(codes, numbers[:, position], sex=of_sex, ages=ages)
        else:
            sexes, row_ages = [rows.sexes[i] for i in mine], [rows.ages[i] for i in mine]
            estimates.add_rows(codes, numbers[:, position], sexes=sexes, ages=row_ages)


def _name_set(kind: str, boundary_year: int | None, last_year: int) -> str:
    """The set of areas. LSOAs exist in the vintages of the censuses; those of 2011 were in use up to mid-2020."""
    if kind in ("region", "country"):
        return kind
    if kind in ("lsoa", "msoa"):
        return f"{kind}@{boundary_year if boundary_year in (2001, 2011, 2021) else 2011 if last_year <= 2020 else 2021}"
    return f"{kind}@{boundary_year or last_year}"


# -- what the file gives ----------------------------------------------------------------------------------------
def _hand_over(file: _File) -> None:
    if file.passed_over:
        file.reader.warn(
            "rows about areas that no figure is given for (counties, Scotland, Northern Ireland, totals below a table) "
            f"were passed over: {sum(file.passed_over.values())}",
            code="other_areas",
        )
    for (area_set, what, year), estimates in sorted(file.estimates.items()):
        years = [e.year for e in file.estimates.values() if (e.area_set, e.what) == (area_set, what)]
        vintage = name_vintage(area_set, what, min(years), max(years))
        facts = estimates.settle()
        if estimates.disagreements:
            file.reader.warn(
                f"two tables of this file differ on {estimates.disagreements} figures for {area_set} in {year}; "
                "the larger was taken",
                code="tables_differ",
            )
        table = build_table(facts, estimates, vintage=vintage, names=file.names, districts=file.districts)
        if table.num_rows:
            file.reader.parts.append(Part((vintage, area_set, str(year), what), table, file.reader.name))
            file.reader.months.add(Month(year, 6))


def name_vintage(area_set: str, what: str, first: int, last: int) -> str:
    """What is this edition of the estimates called?

    Small-area and ward estimates made before the census of 2021 were not rebased to it when it came; those for
    districts were, so two editions differ for one year and the newer one counts.

    >>> name_vintage('district@2023', 'residents', 2011, 2023)
    'MYE 2011-2023'
    >>> name_vintage('lsoa@2011', 'residents', 2020, 2020)
    'LSOA mid-2020 (2011 census series)'
    """
    kind, _, boundaries = area_set.partition("@")
    span = str(last) if first == last else f"{first}-{last}"
    if what == "households":
        return f"Households {span}"
    if kind in ("district", "region", "country"):
        return f"MYE {span}"
    is_small = kind in ("lsoa", "msoa")
    census = int(boundaries) if is_small and boundaries.isdigit() else 2021 if last > 2020 else 2011
    title = kind.upper() if is_small else kind.capitalize()
    return f"{title} mid-{span.replace('-', ' to mid-')} ({census} census series)"
