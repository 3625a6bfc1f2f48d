"""How deprived is each small area? The English indices of deprivation of 2015, 2019 and 2025.

Read are the publisher's File 1 (the index), File 2 (domains), File 5 (scores) and File 7 (all of them), and copies
with short headings. Which index a file is comes from its headings ('LSOA code (2021)'), sheet or name.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa

from wardmote.evidence.model.errors import UnreadableInputError
from wardmote.evidence.sources.cells import Cell, clean_label, clean_text, parse_number
from wardmote.evidence.sources.contract import TABLES, LoadOptions, Reading
from wardmote.evidence.sources.scopes import find_scopes
from wardmote.evidence.sources.sheets import HeaderMatch, Sheet, find_header
from wardmote.evidence.sources.table_files import FileReader, Part, read_table_files
from wardmote.evidence.store.staging import Staging

#: Small areas that each index ranks, and the census whose small areas they are.
AREAS_RANKED = {2015: 32_844, 2019: 32_844, 2025: 33_755}
VINTAGES = {2015: 2011, 2019: 2011, 2025: 2021}

_LSOA_CODE = re.compile(r"^(lsoa|lower (layer )?super output area).*(code|cd\b)", re.IGNORECASE)
_DISTRICT_CODE = re.compile(r"^(ltla|lad|local authority|la\b|district).*(code|cd\b)", re.IGNORECASE)
_DISTRICT_NAME = re.compile(r"^(ltla|lad|local authority|la\b|district).*(name|nm\b)", re.IGNORECASE)
_LSOA_NAME = re.compile(r"^(lsoa|lower (layer )?super output area).*(name|nm\b)", re.IGNORECASE)
_DOMAINS = {
    "imd": r"imd|index of multiple deprivation",
    "income": r"income",
    "employment": r"employment",
    "education": r"education(, skills and training)?",
    "health": r"health( deprivation and disability| and disability)?",
    "crime": r"crime",
    "housing": r"(barriers to )?housing( and (services|access))?",
    "environment": r"(living )?environment",
}
_COLUMN = re.compile(
    rf"({'|'.join(f'(?P<{name}>{pattern})' for name, pattern in _DOMAINS.items())}) (?P<measure>score|rank|decile)",
    re.IGNORECASE,
)
_EDITION = re.compile(
    r"(?:imd|iod|id|indices of deprivation|index of multiple deprivation)[ _-]*(20\d\d)", re.IGNORECASE
)
_CODE_YEAR = re.compile(r"(?<!\d)(20\d\d|\d\d)(?!\d)")
#: Districts are named as at a year of their own, which tells 2015 from 2019 where nothing else does.
_DISTRICT_YEARS = {2013: 2015, 2019: 2019, 2024: 2025}
_LSOA = re.compile(r"[EX]01\d{6}")


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where a domain's rank, decile and score stand, each where the file has it."""

    domain: str
    positions: dict[str, int]


@dataclass(slots=True)
class _Domain:
    """One domain's rows as they fill."""

    codes: list[str] = field(default_factory=list)
    ranks: list[int | None] = field(default_factory=list)
    deciles: list[int | None] = field(default_factory=list)
    scores: list[float | None] = field(default_factory=list)


def read(paths: Sequence[Path], staging: Staging, options: LoadOptions) -> Reading:
    """Read indices of deprivation into `deprivation`."""
    return read_table_files(paths, staging, options, table="deprivation", read_file=_read_file, area_column="lsoa_code")


def _read_file(reader: FileReader) -> None:
    seen = 0
    for sheet in reader.read_sheets():
        header = find_header(sheet, [_LSOA_CODE])
        columns = _find_columns(header) if header else ()
        if header and columns:
            seen += 1
            _read_table(reader, sheet, header, columns)
    if not seen:
        raise UnreadableInputError(
            "this file has no ranks, deciles or scores of deprivation by small area",
            where=reader.name,
            expected="headings such as 'LSOA code (2021)' and 'Index of Multiple Deprivation (IMD) Decile'",
            to_do="Take File 1 or File 7 of the English indices of deprivation",
        )


def _find_columns(header: HeaderMatch) -> tuple[_Columns, ...]:
    found: dict[str, dict[str, int]] = {}
    for position, label in enumerate(header.labels):
        if parsed := parse_heading(label):
            domain, measure = parsed
            found.setdefault(domain, {}).setdefault(measure, position)
    return tuple(_Columns(domain, positions) for domain, positions in found.items())


def parse_heading(label: str) -> tuple[str, str] | None:
    """Which domain and which of rank, decile and score does a column hold? None for sub-domains and other columns.

    >>> parse_heading('Education, Skills and Training Rank (where 1 is most deprived)')
    ('education', 'rank')
    >>> parse_heading('Housing_and_Access_decile')
    ('housing', 'decile')
    >>> parse_heading('Income Deprivation Affecting Children Index (IDACI) Rank (where 1 is most deprived)')
    """
    bare = clean_label(re.sub(r"\([^)]*\)", " ", label).replace("_", " "))
    match = _COLUMN.fullmatch(bare)
    if match is None:
        return None
    return next(name for name in _DOMAINS if match[name]), match["measure"].lower()


# -- which index ------------------------------------------------------------------------------------------------
def _find_edition(reader: FileReader, sheet: Sheet, header: HeaderMatch) -> int | None:
    """The year of the index: as the user said, as a title or name says, or as the vintage of the codes decides."""
    for text in (reader.setting("edition"), *_titles(reader, sheet, header)):
        match = _EDITION.search(text) or re.fullmatch(r"()?(20\d\d)", text)
        if match and int(match[match.lastindex or 1]) in AREAS_RANKED:
            return int(match[match.lastindex or 1])
    if _read_vintage(header.labels[header.columns[0]]) == 2021:
        return 2025
    return next((_DISTRICT_YEARS[y] for y in _district_years(header) if y in _DISTRICT_YEARS), None)


def _titles(reader: FileReader, sheet: Sheet, header: HeaderMatch) -> Iterator[str]:
    yield sheet.name
    yield from (t for row in sheet.rows[: header.index] for c in row if (t := clean_label(c)))
    yield from reversed(reader.name.split("/"))


def _district_years(header: HeaderMatch) -> Iterator[int]:
    for label in header.labels:
        if re.match(r"(lad|local authority|la\b)", label, re.IGNORECASE) and (year := _read_vintage(label)):
            yield year


def _read_vintage(label: str) -> int | None:
    match = _CODE_YEAR.search(label)
    return None if match is None else int(match[1]) if len(match[1]) == 4 else 2000 + int(match[1])


# -- one table --------------------------------------------------------------------------------------------------
def _read_table(reader: FileReader, sheet: Sheet, header: HeaderMatch, columns: tuple[_Columns, ...]) -> None:
    edition = _find_edition(reader, sheet, header)
    if edition is None:
        reader.complain(
            "nothing says which index of deprivation this is",
            where=sheet.where(header.line),
            expected="'IMD2015', 'IMD2019' or 'IMD2025' in the sheet's or the file's name",
            to_do="Put the year into the file's name, such as imd2019.csv",
        )
        return
    reader.complain_of_repeated(_list_repeated(header, columns), sheet.where(header.line))
    sheet = reader.drop_ragged(sheet, header)
    domains: dict[str, _Domain] = {c.domain: _Domain() for c in columns}
    seen, districts, names = set[str](), dict[str, str](), dict[str, str]()
    district, name = _find_first(header, (_DISTRICT_CODE, _DISTRICT_NAME)), _find_first(header, (_LSOA_NAME,))
    for line, row in sheet.rows_below(header):
        code = clean_text(row[header.columns[0]])
        if sum(bool(clean_text(c)) for c in row) < 2:  # a note below the table
            continue
        reader.rows_in += 1
        reason = _find_fault(code, row, columns, edition) or ("the area stands twice" if code in seen else "")
        if reason:
            reader.refuse(line, row, reason, where=sheet.where(line))
            continue
        seen.add(code)
        _note_text(districts, code, row, district)
        _note_text(names, code, row, name)
        for c in columns:
            _keep(domains[c.domain], code, row, c, edition)
    _hand_over(reader, domains, edition, find_scopes(seen, districts=districts, names=names))


def _list_repeated(header: HeaderMatch, columns: tuple[_Columns, ...]) -> list[str]:
    """Headings of columns that are read and that stand more than once."""
    read = {header.labels[p] for c in columns for p in c.positions.values()} | {header.labels[header.columns[0]]}
    return [label for label in header.list_repeated() if label in read]


def _find_first(header: HeaderMatch, patterns: Sequence[re.Pattern[str]]) -> int | None:
    """The first column whose heading is of the first form that any has."""
    return next((i for pattern in patterns for i, label in enumerate(header.labels) if pattern.match(label)), None)


def _note_text(notes: dict[str, str], code: str, row: Sequence[Cell], position: int | None) -> None:
    if position is not None and (text := clean_label(row[position])):
        notes[code] = text


def _find_fault(code: str, row: Sequence[Cell], columns: tuple[_Columns, ...], edition: int) -> str:
    if not _LSOA.fullmatch(code):
        return "the row has no code of an English small area (E01…)"
    for c in columns:
        for measure, position in c.positions.items():
            number = parse_number(row[position])
            if number.problem or not _is_possible(measure, number.value, edition):
                return f"the {measure} of '{c.domain}' is not one of the index of {edition}"
    return ""


def _is_possible(measure: str, value: float | None, edition: int) -> bool:
    if value is None or measure == "score":
        return True
    highest = 10 if measure == "decile" else AREAS_RANKED[edition]
    return value.is_integer() and 1 <= value <= highest


def _keep(domain: _Domain, code: str, row: Sequence[Cell], columns: _Columns, edition: int) -> None:
    value = {m: parse_number(row[p]).value for m, p in columns.positions.items()}
    rank, decile = value.get("rank"), value.get("decile")
    domain.codes.append(code)
    domain.ranks.append(None if rank is None else int(rank))
    domain.deciles.append(
        int(decile) if decile is not None else None if rank is None else decile_of(int(rank), edition)
    )
    domain.scores.append(value.get("score"))


def decile_of(rank: int, edition: int) -> int:
    """In which tenth of the ranked small areas does this rank lie? 1 holds the most deprived.

    Areas are cut into ten groups as even as can be: rank 3,284 of 32,844 is in the first, 3,285 in the second.

    >>> decile_of(3284, 2019), decile_of(3285, 2019), decile_of(32844, 2019)
    (1, 2, 10)
    """
    return min((rank * 10 - 1) // AREAS_RANKED[edition] + 1, 10)


def _hand_over(reader: FileReader, domains: dict[str, _Domain], edition: int, scopes: dict[str, str]) -> None:
    """One part for each domain, so that File 1 and File 2 of one index complete each other."""
    name, area_set = f"IMD {edition}", f"lsoa@{VINTAGES[edition]}"
    for domain, rows in domains.items():
        count = len(rows.codes)
        _check_deciles(reader, domain, rows, edition)
        columns = {
            "edition": pa.repeat(name, count),
            "area_set": pa.repeat(area_set, count),
            "lsoa_code": rows.codes,
            "domain": pa.repeat(domain, count),
            "decile": rows.deciles,
            "rank": rows.ranks,
            "score": rows.scores,
            "scope": [scopes[c] for c in rows.codes],
        }
        table = pa.table(columns, schema=TABLES["deprivation"])
        if count:
            reader.parts.append(Part((name, area_set, domain), table, reader.name, _rank(domains)))


def _check_deciles(reader: FileReader, name: str, rows: _Domain, edition: int) -> None:
    """A file whose deciles run the other way (10 for the most deprived) looks right and says the opposite."""
    pairs = [(r, d) for r, d in zip(rows.ranks, rows.deciles, strict=True) if r is not None and d is not None]
    wrong = sum(abs(decile_of(rank, edition) - decile) > 1 for rank, decile in pairs)
    if wrong:
        reader.complain(
            f"{wrong} deciles of '{name}' are not those of their ranks",
            expected="1 for the most deprived tenth of England",
            to_do="Check that the deciles were not turned round, or take the publisher's own file",
        )


def _rank(domains: dict[str, _Domain]) -> str:
    """Of two files about one domain the fuller counts: File 7 has scores besides ranks."""
    return str(sum(any(s is not None for s in d.scores) for d in domains.values()) + len(domains)).zfill(3)
