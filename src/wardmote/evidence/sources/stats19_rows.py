"""One row of the Department for Transport's road files, checked and turned into one of ours.

Numbers stand for words there: 1 is fatal, -1 is missing. A row that cannot be placed in time or whose codes are none of
the publisher's is refused with the reason; a missing code stays missing.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from wardmote.evidence.sources.cells import Cell, clean_text

_MISSING = frozenset({"", "-1", "null", "none", "na", "nan"})
_SEVERITY = {"1": "fatal", "2": "serious", "3": "slight"}
_AGE_BANDS = {
    "1": "0-5", "2": "6-10", "3": "11-15", "4": "16-20", "5": "21-25", "6": "26-35", "7": "36-45", "8": "46-55",
    "9": "56-65", "10": "66-75", "11": "over 75",
}  # fmt: skip
_BAND_ENDS = (
    (5, "1"),
    (10, "2"),
    (15, "3"),
    (20, "4"),
    (25, "5"),
    (35, "6"),
    (45, "7"),
    (55, "8"),
    (65, "9"),
    (75, "10"),
)
# Codes from 103 on are those of the years before 2005. Taxis and private hire cars are cars.
_ROAD_USERS = {
    "0": "pedestrian", "1": "cyclist",
    **dict.fromkeys(("2", "3", "4", "5", "23", "97", "103", "104", "105", "106"), "motorcyclist"),
    **dict.fromkeys(("8", "9", "108", "109"), "car"),
}  # fmt: skip
_PEDESTRIAN_CLASS = "3"
#: Heathrow has a code of the department's own; it is no district's.
_DISTRICT = re.compile(r"[A-Z]\d{8}|EHEATHROW")
_SMALL_AREA = re.compile(r"[A-Z]\d{8}")
_WEST, _SOUTH, _EAST, _NORTH = -9.5, 49.0, 4.0, 61.5

type Row = dict[str, object]


@dataclass(frozen=True, slots=True)
class Cells:
    """The cells of a row by our names of the columns."""

    row: Sequence[Cell]
    positions: dict[str, int]

    def get(self, name: str) -> str:
        """The cell's text, '' where it is missing or coded as missing."""
        text = self.get_written(name)
        return "" if text.casefold() in _MISSING else text

    def get_written(self, name: str) -> str:
        """The cell's text as it stands, -1 included."""
        position = self.positions.get(name)
        return clean_text(self.row[position]) if position is not None and position < len(self.row) else ""


class BadRowError(Exception):
    """Why a row is refused; caught by the reader of the file."""


def parse_collision(cells: Cells) -> Row:
    """A row of `collisions`. Raises BadRowError."""
    index, day = _get_index(cells), _parse_day(cells.get("date"))
    year = _parse_year(cells.get("year"), index, day.year)
    district, small_area = cells.get("district"), cells.get("lsoa")
    if district and not _DISTRICT.fullmatch(district):
        raise BadRowError("the district is no ONS code")
    if small_area and not _SMALL_AREA.fullmatch(small_area):
        raise BadRowError("the small area is no ONS code")
    longitude, latitude = _parse_point(cells)
    return {
        "year": year,
        "collision_id": index,
        "month": date(year, day.month, 1),
        "district_code": district or None,
        "lsoa_code": small_area or None,
        "severity": _parse_severity(cells.get("severity")),
        "longitude": longitude,
        "latitude": latitude,
        "casualties_count": _parse_whole(cells.get("casualties"), "number of casualties"),
        "force_number": _parse_whole(cells.get("force"), "police force"),
    }


def parse_casualty(cells: Cells) -> Row:
    """A row of `casualties`. Raises BadRowError."""
    index = _get_index(cells)
    return {
        "year": _parse_year(cells.get("year"), index, None),
        "collision_id": index,
        "casualty_number": _get_number(cells),
        "severity": _parse_severity(cells.get("severity")),
        "road_user": _find_road_user(cells.get("type"), cells.get("class")),
        "age_band": _find_age_band(cells.get("age_band"), cells.get("age")),
        "adjusted_serious": _parse_share(cells.get("serious")),
        "adjusted_slight": _parse_share(cells.get("slight")),
    }


def parse_adjustment(cells: Cells) -> Row:
    """A row of the file that gives the adjusted severities apart. Raises BadRowError."""
    index = _get_index(cells)
    return {
        "year": _parse_year(cells.get("year"), index, None),
        "collision_id": index,
        "casualty_number": _get_number(cells),
        "adjusted_serious": _parse_share(cells.get("serious")),
        "adjusted_slight": _parse_share(cells.get("slight")),
    }


def _get_index(cells: Cells) -> str:
    index = cells.get("index")
    if not index:
        raise BadRowError("the row has no collision index")
    return index


def _get_number(cells: Cells) -> int:
    number = _parse_whole(cells.get("number"), "casualty reference")
    if number is None:
        raise BadRowError("the row has no casualty reference")
    return number


def _parse_day(text: str) -> date:
    for form in ("%d/%m/%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no time zone
        except ValueError:
            continue
    raise BadRowError("the date is not a day of the calendar, written day/month/year")


def _parse_year(text: str, index: str, year_of_day: int | None) -> int:
    """The year column, else the date's, else the four figures with which an index begins."""
    year = _parse_whole(text, "year")
    if year is None and year_of_day is None:
        if not re.match(r"(19|20)\d\d", index):
            raise BadRowError("neither a column nor the collision index says the year")
        year = int(index[:4])
    if year is not None and year_of_day is not None and year != year_of_day:
        raise BadRowError("the year and the date disagree")
    return year if year is not None else year_of_day or 0


def _parse_severity(text: str) -> str | None:
    if text and text not in _SEVERITY:
        raise BadRowError("the severity is none of 1 (fatal), 2 (serious) and 3 (slight)")
    return _SEVERITY.get(text)


def _parse_whole(text: str, what: str) -> int | None:
    if not text:
        return None
    if not re.fullmatch(r"\d{1,9}(\.0+)?", text):
        raise BadRowError(f"the {what} is not a whole number")
    return int(float(text))


def _parse_share(text: str) -> float | None:
    if not text:
        return None
    try:
        share = float(text)
    except ValueError:
        share = math.nan
    if not 0 <= share <= 1:
        raise BadRowError("an adjusted severity is not a probability between 0 and 1")
    return share


def _parse_point(cells: Cells) -> tuple[float | None, float | None]:
    """The point where it is one in or around Great Britain; some rows have none, some an impossible one."""
    # A longitude of -1 is a real place (it runs through Nottingham): only both together are missing.
    try:
        longitude, latitude = float(cells.get_written("longitude")), float(cells.get("latitude"))
    except ValueError:
        return None, None
    inside = _WEST <= longitude <= _EAST and _SOUTH <= latitude <= _NORTH
    return (longitude, latitude) if inside else (None, None)


def _find_road_user(kind: str, role: str) -> str | None:
    if not kind:
        return "pedestrian" if role == _PEDESTRIAN_CLASS else None
    return _ROAD_USERS.get(kind, "other")


def _find_age_band(band: str, age: str) -> str | None:
    if band in _AGE_BANDS:
        return _AGE_BANDS[band]
    years = _parse_whole(age, "age")
    if years is None:
        return None
    return _AGE_BANDS[next((number for end, number in _BAND_ENDS if years <= end), "11")]
