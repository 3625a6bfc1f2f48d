"""A whole plan judged: every row's status, its movement, its prospects, and what is odd about it."""

import logging
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from wardmote.evidence.statistics.errors import StatisticsError
from wardmote.evidence.targets.comparable import drop_unreal, gather_history
from wardmote.evidence.targets.forecasts import forecast_target
from wardmote.evidence.targets.noise import judge_signal
from wardmote.evidence.targets.plan import Indicator, Plan, Value
from wardmote.evidence.targets.status import find_target, judge_indicator, leave_unjudged
from wardmote.evidence.targets.status.periods import choose_values
from wardmote.evidence.targets.status.versions import find_versions
from wardmote.evidence.targets.statuses import (
    DEFAULT_SETTINGS,
    Forecast,
    IndicatorStatus,
    PeriodStatus,
    RowWarning,
    Settings,
    Signal,
)
from wardmote.evidence.targets.warnings import find_warnings

PlanPeriod = tuple[str, date | None, date | None]

_SHARES = ("percent", "x_of_y")
#: What figures can bring about that no rule foresaw: a sum without an answer, one too large, a day no calendar has.
_UNFORESEEN = (StatisticsError, ArithmeticError, ValueError, MemoryError)
_TOO_LARGE = (OverflowError, MemoryError)

_log = logging.getLogger(__name__)
_log.addHandler(logging.NullHandler())  # who runs a server reads it; at a terminal the row says enough


def assess_plan(
    plan: Plan, *, settings: Settings = DEFAULT_SETTINGS, as_at: date | None = None
) -> tuple[IndicatorStatus, ...]:
    """What may honestly be said of every row of a plan?

    Parameters
    ----------
    plan : the rows as they were read; rows of one `series_key` are each other's past.
    settings : the partnership's tolerances.
    as_at : the day the question is asked, by which an action may be overdue; None where nobody said.

    Returns
    -------
    One IndicatorStatus for every row, in the plan's order. A row without values is answered for the period its own
    plan reports on. Warnings of one period stand at that period, the others at the row. A row whose figures or dates
    cannot be reckoned with is grey and says so; the others are judged.
    """
    plan = replace(plan, indicators=tuple(_drop_unreal(row) for row in plan.indicators))
    periods = {name: find_plan_period(rows) for name, rows in _group_by_plan(plan).items()}
    return tuple(
        _assess_or_explain(_Row(plan, row, settings), as_at=as_at, plan_period=periods[row.plan])
        for row in plan.indicators
    )


def find_plan_period(indicators: Iterable[Indicator]) -> PlanPeriod | None:
    """Which period do these rows mostly report on: label, first and last day?

    The latest label of each row votes, so that a plan which shows two quarters is about the second; a tie goes to the
    later one, then to the first named. None where no row has a value. Give it the rows of one plan.
    """
    votes: Counter[PlanPeriod] = Counter()
    for indicator in indicators:
        latest = max(indicator.values, key=lambda value: value.end or date.min, default=None)
        if latest is not None:
            votes[latest.period, latest.start, latest.end] += 1
    if not votes:
        return None
    most = max(votes.values())
    return max((period for period in votes if votes[period] == most), key=lambda period: period[2] or date.min)


@dataclass(frozen=True, slots=True)
class _Row:
    """One row with what everything said of it needs."""

    plan: Plan
    indicator: Indicator
    settings: Settings


def _drop_unreal(row: Indicator) -> Indicator:
    return replace(row, values=tuple(drop_unreal(value) for value in row.values))


def _group_by_plan(plan: Plan) -> dict[str, list[Indicator]]:
    groups: dict[str, list[Indicator]] = {}
    for row in plan.indicators:
        groups.setdefault(row.plan, []).append(row)
    return groups


def _assess_or_explain(row: _Row, *, as_at: date | None, plan_period: PlanPeriod | None) -> IndicatorStatus:
    """Judge a row so that what is wrong with its figures costs its own colour, and not the whole plan."""
    try:
        return _assess_row(row, as_at=as_at, plan_period=plan_period)
    except _UNFORESEEN as error:
        _log.warning("a row could not be judged", exc_info=True)
        return leave_unjudged(row.indicator, _explain_failure(error), plan_period=plan_period)


def _explain_failure(error: Exception) -> str:
    """Say why a row could not be judged, and what is to be done."""
    if isinstance(error, StatisticsError):
        cause = error.fault.found
    elif isinstance(error, _TOO_LARGE):
        cause = "a figure or a date of the row is too large to be reckoned with"
    else:
        cause = "the figures and dates of the row lead to a sum that has no answer"
    return f"it could not be judged: {cause}; look at them where they came from and put right what is wrong"


def _assess_row(row: _Row, *, as_at: date | None, plan_period: PlanPeriod | None) -> IndicatorStatus:
    status = judge_indicator(row.indicator, settings=row.settings, as_at=as_at, plan_period=plan_period)
    history = gather_history(row.plan, row.indicator)
    found = find_warnings(row.plan, row.indicator, row.settings)
    periods = tuple(_add_to_period(row, period, history, found) for period in status.periods)
    labels = {period.period for period in periods}
    of_row = tuple(warning for warning in found if warning.period not in labels)
    return replace(status, periods=periods, warnings=(*status.warnings, *of_row))


def _add_to_period(
    row: _Row, status: PeriodStatus, history: tuple[Value, ...], found: tuple[RowWarning, ...]
) -> PeriodStatus:
    value = _find_value(row.indicator, status)
    mine = tuple(warning for warning in found if warning.period == status.period)
    return replace(
        status,
        signal=_find_signal(row, value, status, history),
        forecast=_find_forecast(row, value, status, history),
        warnings=(*status.warnings, *mine),
    )


def _find_value(indicator: Indicator, status: PeriodStatus) -> Value | None:
    """Find the value that a status speaks of: the one with its number, of those that count in its period."""
    same = [value for value in indicator.values if value.period == status.period]
    if not same:
        return None
    chosen = choose_values(same)
    return next((value for value in chosen if status.value is not None and value.best == status.value), chosen[0])


def _find_signal(row: _Row, value: Value | None, status: PeriodStatus, history: tuple[Value, ...]) -> Signal:
    if value is None:
        return Signal("not_tested", f"Not tested: {_explain_absence(status)}.")
    is_held_to = value.shape in _SHARES and status.value == value.best
    return judge_signal(value, history, target=status.target if is_held_to else None, settings=row.settings)


def _find_forecast(row: _Row, value: Value | None, status: PeriodStatus, history: tuple[Value, ...]) -> Forecast:
    if value is None and status.value is not None:
        return Forecast(None, f"No forecast: {_explain_absence(status)}.")
    if len(find_versions(row.indicator, value or Value(status.period))) > 1 and status.reason_code == "definition":
        return Forecast(None, "No forecast: nobody has said which target holds.")
    value = value or Value(status.period, state="missing")
    return forecast_target(
        find_target(row.indicator, value), value, history, level=status.target, settings=row.settings
    )


def _explain_absence(status: PeriodStatus) -> str:
    return "nothing was reported" if status.value is None else "the figure is made of other periods' figures"
