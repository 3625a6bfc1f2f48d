"""Dates, numbers and counts as a reader in Britain writes them."""

import datetime as dt
from decimal import Decimal

from django.utils import timezone

NO_VALUE = "–"
#: Below it two decimals would show nought.
_LEAST_ROUNDED = 0.005


def say_date(day: dt.date | dt.datetime | None) -> str:
    """21 November 2026; a moment is put into the reader's time zone first."""
    if day is None:
        return NO_VALUE
    local = localise(day) if isinstance(day, dt.datetime) else day
    return f"{local.day} {local:%B %Y}"


def say_time(moment: dt.datetime | None) -> str:
    """10:42, by the twenty-four hour clock."""
    return NO_VALUE if moment is None else f"{localise(moment):%H:%M}"


def say_date_time(moment: dt.datetime | None) -> str:
    """21 November 2026 at 10:42."""
    return NO_VALUE if moment is None else f"{say_date(moment)} at {say_time(moment)}"


def localise(moment: dt.datetime) -> dt.datetime:
    """The same moment in the time zone of the settings; a moment without a zone is taken as it stands."""
    return timezone.localtime(moment) if timezone.is_aware(moment) else moment


def say_number(value: float | Decimal | None, decimals: int | None = None) -> str:
    """1,234 or 1,234.5, with two decimals at most; with `decimals`, always that many.

    The minus sign is a true one, so that it cannot be lost at a wrap.
    """
    if value is None:
        return NO_VALUE
    text = f"{value:,.{decimals}f}" if decimals is not None else say_shortest(value)
    return text.replace("-", "−")


def say_shortest(value: float | Decimal) -> str:
    """Two decimals at most, and none for a whole one; of what two would show as nought, its first two digits.

    A Decimal was written by somebody, and stands as it was written.
    """
    if value == int(value):
        return f"{int(value):,}"
    if isinstance(value, Decimal):
        return f"{value:,}"
    if abs(value) < _LEAST_ROUNDED:
        return f"{Decimal(f'{value:.2g}'):f}"
    text = f"{value:,.2f}"
    return text.rstrip("0").rstrip(".")


def say_percent(value_pct: float | Decimal | None, decimals: int | None = None) -> str:
    """12.5% of a value that is a percentage already."""
    return NO_VALUE if value_pct is None else f"{say_number(value_pct, decimals)}%"


def say_unit(unit: str) -> str:
    """A measure's unit in words: the plan's own, but one word for percentages."""
    return "per cent" if unit.strip().casefold() in ("percent", "%", "percentage") else unit


def say_period(label: object) -> str:
    """A period's label as it is written everywhere else: 2026/27Q2 is not to be made prettier on one page."""
    return NO_VALUE if label is None else str(label)


def say_count(count: int, one: str, many: str | None = None) -> str:
    """1 return, 3 returns, 2 people (with `many`)."""
    return f"{say_number(count)} {one if count == 1 else many or one + 's'}"


def begin_sentence(text: object) -> str:
    """A text with a capital at its beginning: a refusal, which the core words so that it may follow a place."""
    words = str(text)
    return words[:1].upper() + words[1:]
