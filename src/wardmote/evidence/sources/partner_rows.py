"""One row of a partner's file: what it says, and what a row that cannot be used still says.

A row that is refused counts nowhere. So that its month does not pass for whole, its month, area and kind are kept as
far as they can be read, and nothing else of it.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime

from wardmote.evidence.model.areas import kind_of_code
from wardmote.evidence.model.errors import WardmoteError
from wardmote.evidence.model.periods import Month
from wardmote.evidence.sources.cells import Cell, clean_text, parse_number
from wardmote.evidence.sources.partner_mapping import QUARTER, PartnerMapping

_QUARTER = re.compile(r"(?:Q([1-4])\s*)?(20\d\d)\s*[/-]\s*(?:20)?(\d\d)\s*(?:Q([1-4]))?", re.IGNORECASE)
_WITHHELD = re.compile(r"[<≤]\s*\d+|fewer than \d+|less than \d+|suppressed|withheld|\*+|c|\[c\]", re.IGNORECASE)
_BOX = (-11.0, 49.0, 4.0, 61.5)  # the United Kingdom, in degrees
#: Residents that no area of a kind has more of, with room to spare; a region and a country stand for all others.
_MOST_RESIDENTS = {"lsoa": 10_000, "msoa": 40_000, "ward": 60_000, "district": 1_500_000, "csp": 1_500_000}
_RESIDENTS_ELSEWHERE = 10_000_000
#: More items in a month for each resident than this are a slip of the hand.
_MOST_PER_RESIDENT = 100
#: A line of sums is not counted and nothing of its month is lost without it.
_SUMS = re.compile(r"(grand |sub-?)?totals?|all( areas| wards| districts)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PartnerRow:
    """A row as it is understood. `count` is None where the partner withheld it."""

    line: int
    month: Month
    area: str
    point: tuple[float, float] | None
    category: str
    count: float | None


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """What can be told of a row that counts nowhere: None and '' for what it does not say."""

    line: int
    month: Month | None
    area: str = ""
    category: str = ""


def read_row(line: int, row: dict[str, Cell], mapping: PartnerMapping) -> PartnerRow:
    """Raises ValueError that says what is wrong without saying what stands there."""
    month = _read_month(row[mapping.date], mapping)
    code, point = _read_place(row, mapping)
    category = _read_categories(row, mapping)
    count = 1.0 if not mapping.count else _read_count(row[mapping.count], mapping)
    return PartnerRow(line, month, code, point, category, count)


def read_remains(line: int, row: dict[str, Cell], mapping: PartnerMapping) -> RefusedRow | None:
    """What a refused row still says; None where no figure lacks it: a line of sums, a month that is not covered."""
    found = read_refused_month(line, row[mapping.date], mapping)
    if found is None or any(_SUMS.fullmatch(clean_text(row[c])) for c in mapping.area.columns):
        return None
    area = _try(lambda: _read_place(row, mapping)[0])
    return replace(found, area=area, category=_try(lambda: _read_categories(row, mapping)))


def read_refused_month(line: int, cell: Cell, mapping: PartnerMapping) -> RefusedRow | None:
    """The same where nothing but the month can be believed."""
    month = _find_month(cell, mapping)
    is_outside = month is not None and mapping.covers is not None and month not in mapping.covers
    return None if is_outside or _SUMS.fullmatch(clean_text(cell)) else RefusedRow(line, month)


def _try(read: Callable[[], str]) -> str:
    try:
        return read()
    except ValueError:
        return ""


def _find_month(cell: Cell, mapping: PartnerMapping) -> Month | None:
    return _parse_quarter(cell) if mapping.step == QUARTER else _parse_date(cell, mapping.date_format)


def _read_month(cell: Cell, mapping: PartnerMapping) -> Month:
    month = _find_month(cell, mapping)
    if month is None:
        raise ValueError(f"column '{mapping.date}' does not hold a date of the form {mapping.date_format}")
    if mapping.covers and month not in mapping.covers:
        raise ValueError(f"the date lies outside {mapping.covers}, which the mapping file says the data covers")
    return month


def _parse_date(cell: Cell, date_format: str) -> Month | None:
    try:
        found = cell if isinstance(cell, (date, datetime)) else datetime.strptime(clean_text(cell), date_format)  # noqa: DTZ007
        return Month(found.year, found.month)
    except (ValueError, WardmoteError):
        return None


def _parse_quarter(cell: Cell) -> Month | None:
    """The first month of a financial quarter: '2021/22 Q3' and 'Q3 2021-22' are October 2021."""
    match = _QUARTER.fullmatch(clean_text(cell))
    if match is None or bool(match[1]) == bool(match[4]) or (int(match[2]) + 1) % 100 != int(match[3]):
        return None
    return Month(int(match[2]), 4) + 3 * (int(match[1] or match[4]) - 1)


def _read_place(row: dict[str, Cell], mapping: PartnerMapping) -> tuple[str, tuple[float, float] | None]:
    area = mapping.area
    if not area.code:
        longitude, latitude = (parse_number(row[c]).value for c in (area.longitude, area.latitude))
        west, south, east, north = _BOX
        if longitude is None or latitude is None or not (west <= longitude <= east and south <= latitude <= north):
            raise ValueError("the row has no longitude and latitude in the United Kingdom")
        return "", (longitude, latitude)
    code = clean_text(row[area.code])
    if not code or kind_of_code(code) != area.area_set.kind:
        raise ValueError(f"column '{area.code}' does not hold a code of a {area.area_set.kind}")
    return code, None


def _read_categories(row: dict[str, Cell], mapping: PartnerMapping) -> str:
    return "; ".join(f"{c.name}={_read_category(row[c.column], c.values, c.column)}" for c in mapping.categories)


def _read_category(cell: Cell, values: dict[str, str], column: str) -> str:
    text = clean_text(cell)
    if values:
        if text.casefold() not in values:
            raise ValueError(f"column '{column}' holds something that the mapping file gives no value for")
        text = values[text.casefold()]
    return text.replace(";", ",").replace("=", ":")  # the signs that part names from values in the stored category


def _read_count(cell: Cell, mapping: PartnerMapping) -> float | None:
    text = clean_text(cell)
    if _WITHHELD.fullmatch(text):
        return None
    number = parse_number(cell)
    if number.marker and number.value is None:
        return None
    if number.value is None or number.value < 0 or not number.value.is_integer():
        raise ValueError(f"column '{mapping.count}' does not hold a count")
    kind = mapping.area.area_set.kind
    if number.value > _MOST_PER_RESIDENT * _MOST_RESIDENTS.get(kind, _RESIDENTS_ELSEWHERE):
        raise ValueError(
            f"column '{mapping.count}' holds more than {_MOST_PER_RESIDENT} items for each resident of any {kind}"
        )
    return number.value
