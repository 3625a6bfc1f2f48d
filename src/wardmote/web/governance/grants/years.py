"""Financial years: 2026 is the one that begins on 1 April 2026."""

from datetime import date

_APRIL = 4


def find_year(day: date) -> int:
    """The financial year of a day.

    >>> find_year(date(2027, 3, 31)), find_year(date(2027, 4, 1))
    (2026, 2027)
    """
    return day.year if day.month >= _APRIL else day.year - 1


def say_year(year: int) -> str:
    """
    >>> say_year(2026), say_year(1999)
    ('2026/27', '1999/00')
    """
    return f"{year}/{(year + 1) % 100:02d}"


def list_years(first: date, last: date) -> list[int]:
    """The financial years that a stretch of days touches."""
    return list(range(find_year(first), find_year(last) + 1))
