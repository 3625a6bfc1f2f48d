"""A typed target as plain English, for statuses and reports."""

import re
from functools import singledispatch

from wardmote.evidence.targets.kinds import (
    Base,
    Benchmark,
    CohortShare,
    Compound,
    CountPerPeriod,
    Frequency,
    Milestone,
    NoChange,
    NoTarget,
    PointsChange,
    RelativeChange,
    Span,
    Target,
    Threshold,
    Trajectory,
)

FINANCIAL_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)-(\d\d)(?!\d)")
OPERATOR_WORDS = {">=": "at least", ">": "more than", "<=": "at most", "<": "below"}
SPAN_WORDS: dict[Span, str] = {
    "financial_year": "a financial year",
    "calendar_year": "a calendar year",
    "academic_year": "an academic year",
    "quarter": "a quarter",
    "month": "a month",
    "once": "",
}
EVERY_WORDS: dict[Span, str] = {
    "financial_year": "every year",
    "calendar_year": "every calendar year",
    "academic_year": "every academic year",
    "quarter": "every quarter",
    "month": "every month",
    "once": "once",
}
BASE_WORDS = {
    "previous_year": "the previous year",
    "previous_year_total": "the previous year's total",
    "same_point_last_year": "the same point last year",
    "previous_period": "the previous period",
    "outturn": "the out-turn",
    "baseline": "the baseline",
    "not_stated": "a base that is not stated",
}
BENCHMARK_WORDS = {
    "similar": "similar to",
    "better": "better than",
    "at_or_below": "no higher than",
    "at_or_above": "no lower than",
}
SHAPE_WORDS = {"linear": "in a straight line", "compound": "by the same share each year", "steps": "in steps"}
TIMES_WORDS: dict[float, str] = {1: "once", 2: "twice"}
NO_CHANGE_WORDS = {"maintain": "no change from", "no_increase": "no increase on", "no_decrease": "no decrease on"}


def describe_target(target: Target) -> str:
    """What does this target ask, in words that a councillor reads?

    Without a capital or a full stop, so that it may stand in a cell or inside a sentence.

    >>> describe_target(Threshold(">=", 85, "percent"))
    'at least 85%'
    >>> describe_target(RelativeChange("decrease", 5, Base("same_period_last_year", period="quarter")))
    'down 5% on the same quarter last year'
    >>> describe_target(PointsChange(2, Base("baseline", 6.2, "2013-14", "percent"), resulting=8.2))
    'up 2 percentage points on the baseline of 2013/14 (6.2%), to 8.2%'
    """
    return _describe(target)


def write_amount(value: float, unit: str = "") -> str:
    """A number in its unit: 85%, £50,000, 275 per 100k. Never in powers of ten below a million million.

    >>> write_amount(50000, "money"), write_amount(426, "per 100k"), write_amount(6.2, "percent")
    ('£50,000', '426 per 100k', '6.2%')
    """
    number = f"{value:,.12g}"
    if unit in {"percent", "%"}:
        return f"{round(value, 2):,.12g}%"  # a third is 33.33%
    if unit in {"money", "GBP", "£"}:
        return f"-£{number[1:]}" if value < 0 else f"£{number}"
    if unit == "points":
        return f"{number} percentage point{'' if abs(value) == 1 else 's'}"
    return number if unit in {"", "count", "none"} else f"{number} {unit}"


def say_years(period: str) -> str:
    """A period as it is read out: a financial year with its stroke, "2024/25"; calendar years stay 2004-2008."""
    return FINANCIAL_YEAR.sub(r"\1/\2", period)


def describe_base(base: Base) -> str:
    """What a change is measured from, in words: "the out-turn of 2013/14 (13%)"."""
    if base.kind == "same_period_last_year":
        is_quarter = re.search(r"quarter|Q[1-4]", base.period) is not None
        words = f"the same {'quarter' if is_quarter else 'period'} last year"
    else:
        words = BASE_WORDS[base.kind] + (f" of {say_years(base.period)}" if base.period else "")
    if base.value is not None and base.moved_on is not None:
        day = f"{base.moved_on.day} {base.moved_on:%B %Y}"
        return f"the base of {write_amount(base.value, base.unit)} set on {day} (moved from {words})"
    return words if base.value is None else f"{words} ({write_amount(base.value, base.unit)})"


@singledispatch
def _describe(target: object) -> str:
    raise TypeError(f"{type(target).__name__} is no kind of target; the kinds are listed in wardmote.evidence.targets")


@_describe.register
def _(target: Threshold) -> str:
    words = f"{OPERATOR_WORDS[target.operator]} {write_amount(target.value, target.unit)}"
    source = f" ({target.source})" if target.source else ""
    return words + source + (" (of which part is not said)" if target.is_split_unstated else "")


@_describe.register
def _(target: CountPerPeriod) -> str:
    thing = f" {target.thing}" if target.thing else ""
    span = f" in {SPAN_WORDS[target.span]}" if SPAN_WORDS[target.span] else ""
    window = f" ({target.window})" if target.window else ""
    return f"{OPERATOR_WORDS[target.operator]} {write_amount(target.value)}{thing}{span}{window}"


@_describe.register
def _(target: RelativeChange) -> str:
    direction = "up" if target.direction == "increase" else "down"
    share = f" {write_amount(target.percent, 'percent')}" if target.percent else ""
    return f"{direction}{share} on {describe_base(target.base)}"


@_describe.register
def _(target: PointsChange) -> str:
    direction = "up" if target.points >= 0 else "down"
    resulting = "" if target.resulting is None else f", to {write_amount(target.resulting, 'percent')}"
    return f"{direction} {write_amount(abs(target.points), 'points')} on {describe_base(target.base)}{resulting}"


@_describe.register
def _(target: Benchmark) -> str:
    value = "" if target.comparator_value is None else f" ({write_amount(target.comparator_value)})"
    return f"{BENCHMARK_WORDS[target.relation]} {target.comparator}{value}"


@_describe.register
def _(target: CohortShare) -> str:
    return f"{OPERATOR_WORDS[target.operator]} {write_amount(target.percent, 'percent')} of {target.cohort}"


@_describe.register
def _(target: Milestone) -> str:
    done_when = target.done_when or " and ".join(target.parts) or "not said"
    due = f", by {target.due.day} {target.due:%B %Y}" if target.due else ""
    return f"done when: {done_when}{due}"


@_describe.register
def _(target: Trajectory) -> str:
    period = f" ({say_years(target.baseline_period)})" if target.baseline_period else ""
    start, end = write_amount(target.baseline, target.unit), write_amount(target.end_value, target.unit)
    end_year = say_years(target.end_period) or target.end_year
    return f"from {start}{period} to {end} by {end_year}, {SHAPE_WORDS[target.shape]}"


@_describe.register
def _(target: Frequency) -> str:
    often = TIMES_WORDS.get(target.times, f"{write_amount(target.times)} times")
    what = f"{write_amount(target.times)} {target.thing}" if target.thing else often
    return f"at least {what} {EVERY_WORDS[target.span]}"


@_describe.register
def _(target: NoChange) -> str:
    tolerance = f", within {write_amount(target.tolerance_pct, 'percent')}" if target.tolerance_pct else ""
    return f"{NO_CHANGE_WORDS[target.relation]} {describe_base(target.base)}{tolerance}"


@_describe.register
def _(target: NoTarget) -> str:
    return "no target" + (f" ({target.state.replace('_', ' ')})" if target.state else "")


@_describe.register
def _(target: Compound) -> str:
    return "; ".join(f"{name}: {_describe(part)}" for name, part in target.parts)
