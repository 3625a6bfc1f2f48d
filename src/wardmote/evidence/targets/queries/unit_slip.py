"""A number in another unit than the ones before: 0.85 for 85%, pounds for thousands, minutes for hours."""

import math
import re
from collections.abc import Iterator

from wardmote.evidence.targets.bounds import find_level
from wardmote.evidence.targets.expected import list_past
from wardmote.evidence.targets.queries.case import Case, Query
from wardmote.evidence.targets.versions import find_version_in_force
from wardmote.evidence.targets.wording import write_number

CODE = "unit_slip"
QUESTION = "Is the number 60, 100 or 1,000 times what it usually is, or that part of it?"
EXAMPLE = "0.85 is about a hundredth of the usual: the last 4 values run from 82 to 88. 85 may be meant."

_FACTORS = {100: "a hundredth", 1000: "a thousandth", 60: "a sixtieth"}
_TIME = re.compile(r"\b(?:sec(?:ond)?|min(?:ute)?|h(?:ou)?r)s?\b", re.IGNORECASE)
_THOUSANDS = re.compile(r"\bthousands?\b|\b000s?\b|[£$€]", re.IGNORECASE)
_LEAST_VALUES = 3
#: Values that differ more than this among themselves say nothing about their unit.
_LARGEST_SPREAD = 5.0
_FAR = 2.0  # so many times beyond the values before
_NEAR = 1.25  # and, in the other unit, no further from them than this
#: Below it a percentage held to a level of ten or more is taken for a share of one.
_LEAST_LEVEL = 10.0


def find(case: Case) -> Iterator[Query]:
    value = case.value
    number = value.number
    if (
        number is None
        or number <= 0
        or value.part is not None
        or value.shape not in ("percent", "count", "rate", "money")
    ):
        return
    past = [old.best or 0.0 for old in list_past(case.history, value)]
    sentence = _compare(number, past, case) if len(past) >= _LEAST_VALUES else ""
    if not past and value.shape == "percent" and number < 1 and _is_held_to_more(case):
        sentence = (
            f"{write_number(number)} is less than 1%, and the target is far above: "
            f"{write_number(number * 100)} may be meant."
        )
    if sentence:
        asks = "Give the number in the unit of the values before, or confirm that it changed so much."
        yield Query(CODE, "unlikely", sentence, asks, "number")


def _choose_factors(case: Case) -> tuple[int, ...]:
    """By what a number of this measure can slip: people are not typed in hours, nor minutes in per cent."""
    if case.value.shape in ("percent", "rate"):
        return (100, 1000) if case.value.shape == "rate" else (100,)
    if _TIME.search(f"{case.indicator.unit} {case.indicator.title}"):
        return (60,)
    return (1000,)


def _is_meant(meant: float, case: Case) -> bool:
    """Whether a number could have been typed so: people, crimes and places come whole, thousands and time do not."""
    words = f"{case.indicator.unit} {case.indicator.title}"
    is_whole = case.value.shape == "count" and not _TIME.search(words) and not _THOUSANDS.search(words)
    return not is_whole or math.isclose(meant, round(meant), rel_tol=1e-9)


def _compare(number: float, past: list[float], case: Case) -> str:
    low, high = min(past), max(past)
    if low <= 0 or high > low * _LARGEST_SPREAD or low / _FAR <= number <= high * _FAR:
        return ""
    usual = f"the last {len(past)} values run from {write_number(low)} to {write_number(high)}"
    shown = write_number(number)
    is_slip = case.value.shape != "count" or number != round(number)  # a whole count may fall that low
    for factor in _choose_factors(case):
        less, more = number / factor, number * factor
        if _is_near(less, low, high) and _is_meant(less, case):
            return f"{shown} is about {factor:,} times the usual: {usual}. {write_number(less)} may be meant."
        if is_slip and _is_near(more, low, high) and _is_meant(more, case):
            return f"{shown} is about {_FACTORS[factor]} of the usual: {usual}. {write_number(more)} may be meant."
    return ""


def _is_near(number: float, low: float, high: float) -> bool:
    return low / _NEAR <= number <= high * _NEAR


def _is_held_to_more(case: Case) -> bool:
    version = find_version_in_force(case.indicator, case.value.end)
    bound = find_level(version.target) if version is not None else None
    return bound is not None and bound.unit == "percent" and bound.level >= _LEAST_LEVEL
