"""Has what already happened decided a promise that is foretold but not yet due?

A projection never colours the actual. But a ceiling that is already passed cannot be kept any more, and a floor that
is already reached cannot be missed; for these two nothing need be foretold.
"""

from datetime import date

from wardmote.evidence.targets.kinds import Operator, Span
from wardmote.evidence.targets.plan import Value
from wardmote.evidence.targets.status.case import Case, make_grey
from wardmote.evidence.targets.status.levels import is_floor, is_met, score_level
from wardmote.evidence.targets.status.spans import count_months, find_span
from wardmote.evidence.targets.status.words import show_limit, show_measure, show_number
from wardmote.evidence.targets.statuses import PeriodStatus

_UNSEEN = ("missing", "not_due", "discontinued", "suppressed", "projected", "proxy")


def is_projected(value: Value) -> bool:
    """Whether a value foretells the whole from a part."""
    return value.state == "projected" or value.basis == "projected_year"


def is_decided(number: float, operator: Operator, level: float) -> bool:
    """Whether a figure that can only grow settles the matter: past a ceiling, or at a floor."""
    return is_met(number, operator, level) == is_floor(operator)


def find_so_far(case: Case) -> Value | None:
    """Which actual count since the year's start lies within the foretold year? The latest, or None."""
    value = case.value
    if value.end is None:
        return None
    start = value.start if value.basis == "calendar_year" and value.start else _find_year_start(value.end, value)
    inside = [
        other
        for other in case.others
        if other.basis == "cumulative" and other.state not in _UNSEEN and other.is_scored
        and other.best is not None and other.measure == value.measure
        and other.end is not None and start <= other.end <= value.end
    ]  # fmt: skip
    return max(inside, key=lambda other: other.end or start, default=None)


def _find_year_start(end: date, value: Value) -> date:
    span: Span = "calendar_year" if value.basis == "calendar_year" else "financial_year"
    return find_span(end, span)[0]


def judge_projection(case: Case, operator: Operator, level: float) -> PeriodStatus:
    """Score a foretold value by what has already happened, or say that it is not due."""
    so_far = find_so_far(case)
    if so_far is not None and so_far.best is not None and is_decided(so_far.best, operator, level):
        lead = f"already decided by {so_far.period}: "
        return score_level(case, operator, level, number=so_far.best, why_code="already_past", lead=lead)
    elapsed = _find_elapsed(case.value)
    if elapsed is not None and is_decided(elapsed[1], operator, level):
        return _judge_elapsed(case, operator, level, elapsed=elapsed)
    return _refuse_projection(case, operator, level)


def _find_elapsed(value: Value) -> tuple[int, float] | None:
    """Months gone of the year and the rate that they alone hold, where a yearly rate was foretold from them."""
    number = value.best
    if value.shape != "rate" or number is None or value.end is None:
        return None
    months = count_months(_find_year_start(value.end, value), value.end)
    return (months, number * months / 12) if months < 12 else None


def _judge_elapsed(case: Case, operator: Operator, level: float, *, elapsed: tuple[int, float]) -> PeriodStatus:
    months, share = elapsed
    foretold = show_number(case.value.best or 0.0)
    lead = f"a year's rate of {foretold} foretold from {months} months means that these alone hold "
    return score_level(case, operator, level, number=share, why_code="already_past", lead=lead)


def _refuse_projection(case: Case, operator: Operator, level: float) -> PeriodStatus:
    unit = case.shown_unit
    number = case.value.best
    figure = "the figure" if number is None else show_measure(number, unit)
    limit = show_limit(operator, level, unit)
    why = f"{figure} is foretold for the year, to be held against {limit} when the year is over{case.doubts}"
    return make_grey(case, "not_due", why, target=level)
