"""The chance of meeting a target by its end. It never colours anything: a colour is for what happened."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from types import NoneType
from typing import Any

from wardmote.evidence.targets.comparable import YEARLY, is_same_measure, list_reported
from wardmote.evidence.targets.kinds import (
    Benchmark,
    CohortShare,
    Compound,
    CountPerPeriod,
    Frequency,
    Milestone,
    NoChange,
    NoTarget,
    Operator,
    PointsChange,
    RelativeChange,
    Span,
    Target,
    Threshold,
    Trajectory,
)
from wardmote.evidence.targets.plan import Value, ValueState
from wardmote.evidence.targets.prediction import Prediction, predict_share, predict_total
from wardmote.evidence.targets.status.spans import count_months, find_span
from wardmote.evidence.targets.statuses import DEFAULT_SETTINGS, Forecast, Settings
from wardmote.evidence.targets.wording import write_chance, write_number

#: Bases that speak of a whole year before: what is promised on them is a year's total.
_YEAR_BASES = ("previous_year", "previous_year_total", "outturn", "baseline")
#: Fewer than this many of a thing in a year are one-off events, which come when they are arranged.
_ONE_OFF_BELOW = 4
_BOUND: dict[Operator, str] = {">=": "at least", ">": "more than", "<=": "at most", "<": "fewer than"}


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a forecast is made from: the value it is made at, its history, and the settings.

    `level` is the level that the row's status was judged by, for a path through years.
    """

    value: Value
    history: tuple[Value, ...] = ()
    settings: Settings = DEFAULT_SETTINGS
    level: float | None = None


def forecast_target(
    target: Target | None,
    value: Value,
    history: Sequence[Value] = (),
    *,
    level: float | None = None,
    settings: Settings = DEFAULT_SETTINGS,
) -> Forecast:
    """How likely is the target to be met by its end, judged at this value?

    Parameters
    ----------
    target : the promise in force, or None.
    value : the latest value known at the time; later ones in `history` are not looked at.
    history : what was reported of the same measure (`gather_history`).
    level : the level promised for the value's own year, where the target is a path through years.
    settings : `level` of the limits in the sentence.

    Returns
    -------
    Forecast : chance 0..1, or None with a sentence that says why there is none.

    Notes
    -----
    Counts: `predict_total` for the months left. Shares of counts: `predict_share` for the financial year's quarters
    that are not reported, each as large as those that are. A projection printed by the source is named, not used.
    """
    if target is None or type(target) in _NEVER:
        return _refuse(_NEVER[type(target)])
    unfit = _UNFIT.get(value.state, "")
    if unfit or (value.best is None and not value.parts):
        return _refuse(unfit or "nothing was reported to judge by")
    return _RULES[type(target)](target, Outlook(value, tuple(history), settings, level))


def _forecast_count(target: CountPerPeriod, outlook: Outlook) -> Forecast:
    if target.pro_rata == "none" or target.window or target.span in ("once", "month", "quarter"):
        return _refuse("one-off events do not come at a steady pace")
    if target.pro_rata == "by_size" and target.value < _ONE_OFF_BELOW:
        return _refuse("so few events come when they are arranged, not at a steady pace")
    return _forecast_total(outlook, target.span, target.operator, target.value)


def _forecast_threshold(target: Threshold, outlook: Outlook) -> Forecast:
    if outlook.value.shape == "x_of_y":
        return _forecast_share(outlook, target.operator, target.value)
    if outlook.value.shape == "count":
        return _refuse("the target names no stretch of time that could still be open")
    return _refuse("no counts were printed behind the figure")


def _forecast_cohort(target: CohortShare, outlook: Outlook) -> Forecast:
    if outlook.value.shape == "x_of_y":
        return _forecast_share(outlook, target.operator, target.percent)
    return _refuse("no counts were printed behind the figure")


def _forecast_relative(target: RelativeChange, outlook: Outlook) -> Forecast:
    if target.base.kind not in _YEAR_BASES:
        return _refuse("each period is held against its own base, and is over when it is reported")
    if target.base.value is None:
        return _refuse("no base was given")
    falls = target.direction == "decrease"
    level = target.base.value * (1 + (-1 if falls else 1) * target.percent / 100)
    return _forecast_level(outlook, "<=" if falls else ">=", level, unit=target.base.unit)


def _forecast_points(target: PointsChange, outlook: Outlook) -> Forecast:
    base = target.base.value
    level = target.resulting if target.resulting is not None or base is None else base + target.points
    if level is None:
        return _refuse("no base was given")
    return _forecast_level(outlook, ">=" if target.points >= 0 else "<=", level, unit="percent")


def _forecast_no_change(target: NoChange, outlook: Outlook) -> Forecast:
    if target.relation == "maintain":
        return _refuse("holding a level has no one side to end on")
    if target.base.value is None or target.base.kind not in _YEAR_BASES:
        return _refuse("no base for the whole year was given")
    rising = target.relation == "no_decrease"
    slack = 1 + (-1 if rising else 1) * target.tolerance_pct / 100
    return _forecast_level(outlook, ">=" if rising else "<=", target.base.value * slack, unit=target.base.unit)


def _forecast_level(outlook: Outlook, operator: Operator, level: float, *, unit: str) -> Forecast:
    """Foretell a year's figure in whichever way the value was counted."""
    if outlook.value.shape == "x_of_y":
        return _forecast_share(outlook, operator, level)
    if outlook.value.shape != "count" or unit not in ("", "count", "none"):
        return _refuse("no counts were printed behind the figure")
    return _forecast_total(outlook, "financial_year", operator, level)


def _forecast_path(target: Trajectory, outlook: Outlook) -> Forecast:
    if outlook.level is None or outlook.value.shape != "count":
        return _refuse("the path's level for the year is not known")
    falls = target.end_value < target.baseline
    return _forecast_total(outlook, "calendar_year", "<=" if falls else ">=", outlook.level)


def _forecast_compound(_target: Compound, _outlook: Outlook) -> Forecast:
    return _refuse("the parts were printed without counts")


_RULES: dict[type, Callable[[Any, Outlook], Forecast]] = {
    CountPerPeriod: _forecast_count,
    Threshold: _forecast_threshold,
    CohortShare: _forecast_cohort,
    RelativeChange: _forecast_relative,
    PointsChange: _forecast_points,
    NoChange: _forecast_no_change,
    Trajectory: _forecast_path,
    Compound: _forecast_compound,
}


_NEVER: dict[type, str] = {
    NoneType: "there is no target to meet",
    NoTarget: "there is no target to meet",
    Benchmark: "the other's figure moves, and nobody knows where to",
    Milestone: "a thing is done or not done",
    Frequency: "each occurrence is arranged",
}
_UNFIT: dict[ValueState, str] = {
    "projected": "the value is itself a projection",
    "proxy": "another measure stands in for this one",
    "suspect": "the source contradicts itself about this value",
    "missing": "nothing was reported to judge by",
    "not_due": "nothing is due yet",
    "discontinued": "the measure has ended",
    "suppressed": "the value is suppressed",
}


def _forecast_total(outlook: Outlook, span: Span, operator: Operator, level: float) -> Forecast:
    day = outlook.value.end
    if day is None:
        return _refuse("the value is not dated")
    first, last = find_span(day, span)
    if day >= last or outlook.value.basis in YEARLY:
        return _refuse("the year is over")
    seen, until = _add_up(outlook, first)
    decided = _decide(operator, level, seen, outlook)
    if decided:
        return decided
    if until is None or until < day:
        return _refuse(f"not all of the time since {first:%B %Y} is reported")
    months, left = count_months(first, until), count_months(until + timedelta(days=1), last)
    if seen != round(seen):
        return _refuse("the figures are not whole counts")
    confidence = outlook.settings.level
    found = predict_total(seen, months, left, operator=operator, level=level, confidence=confidence)
    reached = f"{write_number(seen)} in {_months(months)}, and {left} more at that pace"
    promised = f"{_BOUND[operator]} {write_number(level)} by {last:%B %Y}"
    return _tell(found, outlook, reached=reached, promised=promised, unit="", span=(first, last))


def _decide(operator: Operator, level: float, seen: float, outlook: Outlook) -> Forecast | None:
    """Say that a count which can only grow has reached its floor, or passed its ceiling."""
    so_far = f"{write_number(seen)} {_caution(outlook.value)}against {_BOUND[operator]} {write_number(level)}"
    if (operator == ">=" and seen >= level) or (operator == ">" and seen > level):
        return Forecast(1.0, f"Already met: {so_far}.")
    if (operator == "<=" and seen > level) or (operator == "<" and seen >= level):
        return Forecast(0.0, f"Can no longer be met: {so_far}.")
    return None


def _add_up(outlook: Outlook, first: date) -> tuple[float, date | None]:
    """Return the events known since the first day, and the day until which none is missing (None: from the start).

    The larger of the latest running total and the separate stretches added up; what is counted twice is left out.
    """
    values = [value for value in _list_known(outlook) if value.start and value.start >= first]
    running = [value for value in values if value.basis == "cumulative" and value.start == first]
    total, until = (running[-1].best or 0.0, running[-1].end) if running else (0.0, None)
    added, reach = 0.0, first - timedelta(days=1)
    covered = None
    for value in values:
        if value.basis != outlook.value.basis or value.basis == "cumulative":
            continue
        added += value.best or 0.0
        if value.start == reach + timedelta(days=1) and value.end:
            covered = reach = value.end
    if covered and (until is None or covered >= until):
        return added, covered
    return max(total, added), until


def _list_known(outlook: Outlook) -> list[Value]:
    """List what was known of the same measure when the value was reported."""
    day = outlook.value.end or date.max
    known = {id(value): value for value in (*outlook.history, outlook.value)}
    same = [value for value in known.values() if is_same_measure(value, outlook.value)]
    return [value for value in list_reported(same) if (value.end or day) <= day and value.start != value.end]


def _forecast_share(outlook: Outlook, operator: Operator, level: float) -> Forecast:
    value = outlook.value
    if value.end is None or value.part is None or not value.whole or value.basis not in ("quarter", "cumulative"):
        return _refuse("only a quarter's or a running share of counts is foretold")
    first, last = find_span(value.end, "financial_year")
    if value.end >= last:
        return _refuse("the year is over")
    part, whole, quarters = _add_shares(outlook, first)
    if part > whole or part < 0 or quarters <= 0:
        return _refuse("a part is larger than its whole")
    left = max(1, round(whole / quarters * (4 - quarters)))
    found = predict_share(part, whole, left, operator=operator, level=level, confidence=outlook.settings.level)
    reached = f"{part:g} of {whole:g} so far, and about {left} cases not reported yet"
    promised = f"{_BOUND[operator].replace('fewer', 'less')} {write_number(level)}% of the year's cases by {last:%B %Y}"
    return _tell(found, outlook, reached=reached, promised=promised, unit="%", span=(first, last))


def _add_shares(outlook: Outlook, first: date) -> tuple[float, float, float]:
    """Return the cases with the property, all cases, and how many quarters they cover."""
    value = outlook.value
    if value.basis == "cumulative" and value.end:
        months = count_months(value.start or first, value.end)
        return value.part or 0.0, value.whole or 0.0, months / 3
    alike = [other for other in _list_known(outlook) if other.basis == "quarter" and other.part is not None]
    year = {other.start: other for other in alike if other.start and other.start >= first and other.whole}
    parts, wholes = [v.part or 0.0 for v in year.values()], [v.whole or 0.0 for v in year.values()]
    return sum(parts), sum(wholes), float(len(year))


def _tell(
    found: Prediction, outlook: Outlook, *, reached: str, promised: str, unit: str, span: tuple[date, date]
) -> Forecast:
    limits = f"{write_number(round(found.low, 1))}{unit} to {write_number(round(found.high, 1))}{unit}"
    sure = f"{outlook.settings.level * 100:g}%"
    sentence = (
        f"The chance of {promised} is {write_chance(found.chance)}: {reached} {_caution(outlook.value)}"
        f"lead to {limits} ({sure} interval; steady pace, no season)."
    )
    return Forecast(found.chance, f"{sentence}{_name_projection(outlook, span)}")


def _caution(value: Value) -> str:
    return "(provisional) " if value.state == "provisional" else ""


def _name_projection(outlook: Outlook, span: tuple[date, date]) -> str:
    """Name what the source itself foretells for the same stretch, which is not used."""
    projected = [
        value
        for value in outlook.history
        if value.state == "projected" and value.best is not None and (value.start, value.end) == span
    ]
    if not projected:
        return ""
    figures = " and ".join(write_number(value.best) for value in projected)
    return f" The source itself foretells {figures}, which is not used here."


def _months(number: int) -> str:
    return f"{number} month{'' if number == 1 else 's'}"


def _refuse(reason: str) -> Forecast:
    return Forecast(None, f"No forecast: {reason}.")
