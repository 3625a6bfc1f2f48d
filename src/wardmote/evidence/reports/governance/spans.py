"""Stretches of time as a reader says them: "July to September 2026", "the first half of 2026/27"."""

import re
from datetime import date

_ACADEMIC = re.compile(r"AY(\d{4}/\d{2})")
_HALF = re.compile(r"(\d{4}/\d{2}) H([12])")


def say_period(label: str) -> str:
    """How is a period's label read out? Quarters and years stay as they are.

    >>> say_period("AY2024/25"), say_period("2026/27 H1"), say_period("2026/27Q2")
    ('school year 2024/25', 'first half of 2026/27', '2026/27Q2')
    """
    if found := _ACADEMIC.fullmatch(label):
        return f"school year {found[1]}"
    if found := _HALF.fullmatch(label):
        return f"{'first' if found[2] == '1' else 'second'} half of {found[1]}"
    return label


def find_half_end(label: str) -> date | None:
    """Which is the last day of a half of a financial year? None for any other label.

    >>> find_half_end("2025/26 H1"), find_half_end("2025/26 H2"), find_half_end("2025/26Q1")
    (datetime.date(2025, 9, 30), datetime.date(2026, 3, 31), None)
    """
    found = _HALF.fullmatch(label)
    if not found:
        return None
    year = int(label[:4])
    return date(year, 9, 30) if found[2] == "1" else date(year + 1, 3, 31)


def explain_quarters(day: date) -> str:
    """How are the quarters' short names to be read, by the example of the year of `day`?

    >>> explain_quarters(date(2027, 2, 1))[:62]
    'Years run from April to March: 2026/27Q1 is April to June 2026'
    """
    year = day.year if day.month >= 4 else day.year - 1
    return (
        f"Years run from April to March: {year}/{(year + 1) % 100:02}Q1 is April to June {year}, Q2 July to September,"
        f" Q3 October to December, Q4 January to March {year + 1}."
    )


def say_span(starts_on: date, ends_on: date) -> str:
    """Which months does a stretch take, from its first day to its last?

    >>> say_span(date(2026, 7, 1), date(2026, 9, 30)), say_span(date(2026, 4, 1), date(2027, 3, 31))
    ('July to September 2026', 'April 2026 to March 2027')
    """
    first = f"{starts_on:%B}" if starts_on.year == ends_on.year else f"{starts_on:%B %Y}"
    if (starts_on.year, starts_on.month) == (ends_on.year, ends_on.month):
        return f"{ends_on:%B %Y}"
    return f"{first} to {ends_on:%B %Y}"
