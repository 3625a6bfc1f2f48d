"""Two quarters with a base each make a half-year with a base: was the change of the half-year good enough?

Each quarter's own base is what was printed, or what its printed change implies: value / (1 + change / 100).
"""

import re
from collections import Counter
from dataclasses import replace
from datetime import date
from itertools import pairwise

from wardmote.evidence.targets.kinds import Base, RelativeChange
from wardmote.evidence.targets.plan import Value
from wardmote.evidence.targets.status.bases import find_base, find_printed_change
from wardmote.evidence.targets.status.case import Case

_QUARTER = re.compile(r"(?P<year>.*\S)\s*Q(?P<no>[1-4])")
_OF_LAST_YEAR = ("same_period_last_year", "same_point_last_year", "previous_year", "not_stated")


def find_halves(cases: list[Case], target: RelativeChange) -> list[Value]:
    """Which half-years can be put together from consecutive quarters? Each as a value with its base beside it."""
    if target.base.kind not in _OF_LAST_YEAR:
        return []
    known = {case.value.period for case in cases}
    quarters = [case for case in cases if _is_quarter(case)]
    told = Counter((case.value.period, case.value.measure) for case in quarters)
    single = [case for case in quarters if told[case.value.period, case.value.measure] == 1]  # else nobody knows which
    ordered = sorted(single, key=lambda case: (case.value.end or date.min, case.value.period))
    halves = [_join(first, second, target.base) for first, second in pairwise(ordered)]
    return [half for half in halves if half is not None and half.period not in known]


def _is_quarter(case: Case) -> bool:
    value = case.value
    has_count = value.shape == "count" and value.number is not None and value.is_scored
    is_real = value.state in ("actual", "provisional", "derived")
    return has_count and is_real and value.basis == "quarter" and bool(_QUARTER.fullmatch(value.period))


def _join(first: Case, second: Case, base: Base) -> Value | None:
    """The half-year of two quarters, where both belong to it and each has its base."""
    one, two = _QUARTER.fullmatch(first.value.period), _QUARTER.fullmatch(second.value.period)
    if one is None or two is None or one["year"] != two["year"] or one["no"] + two["no"] not in ("12", "34"):
        return None
    bases = (find_own_base(first, base), find_own_base(second, base))
    if None in bases or first.value.measure != second.value.measure:
        return None
    period = f"{one['year']} H{1 if one['no'] == '1' else 2}"
    return replace(
        second.value,
        period=period,
        start=first.value.start,
        basis="half_year",
        number=sum(case.value.number or 0.0 for case in (first, second)),
        base=base.by_period.get(period, sum(found or 0.0 for found in bases)),
        change_pct=None,
        change_base="the same quarters last year, as far as printed or implied by printed changes",
        note="put together from two quarters",
    )


def find_own_base(case: Case, base: Base) -> float | None:
    """Which count did this quarter's change start from: the printed one, else the one its printed change implies?"""
    found = find_base(case, base)
    if found is not None:
        return found.value
    change, number = find_printed_change(case, base), case.value.number
    if change is None or number is None or change <= -100:
        return None
    return number / (1 + change / 100)
