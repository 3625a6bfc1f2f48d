"""Met, nearly, missed, or not to be said: the status of an indicator in each period.

The target in force in the value's period x the way that is good x the value x its state -> green, amber, red or grey,
always with a sentence that shows the figures, and with a reason code where the answer is grey.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from math import isfinite
from typing import Any

from wardmote.evidence.targets.kinds import (
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
    Simple,
    Target,
    Threshold,
    Trajectory,
)
from wardmote.evidence.targets.plan import Indicator, Override, Value
from wardmote.evidence.targets.status.benchmarks import judge_benchmark
from wardmote.evidence.targets.status.case import Case, change_why, make_grey
from wardmote.evidence.targets.status.changes import judge_change
from wardmote.evidence.targets.status.cohorts import judge_cohort
from wardmote.evidence.targets.status.compound import is_split, judge_compound, judge_split_value
from wardmote.evidence.targets.status.counts import judge_count
from wardmote.evidence.targets.status.frequencies import judge_frequency
from wardmote.evidence.targets.status.halves import find_halves
from wardmote.evidence.targets.status.impossible import explain_impossible
from wardmote.evidence.targets.status.milestones import judge_milestone
from wardmote.evidence.targets.status.nochange import judge_nochange
from wardmote.evidence.targets.status.periods import agree, choose_values, group_periods
from wardmote.evidence.targets.status.points import judge_points
from wardmote.evidence.targets.status.small import is_small
from wardmote.evidence.targets.status.states import judge_state
from wardmote.evidence.targets.status.thresholds import judge_threshold
from wardmote.evidence.targets.status.trajectories import judge_trajectory
from wardmote.evidence.targets.status.versions import agree_versions, find_versions
from wardmote.evidence.targets.status.words import show_number
from wardmote.evidence.targets.statuses import DEFAULT_SETTINGS, IndicatorStatus, PeriodStatus, Settings

PlanPeriod = tuple[str, date | None, date | None]

_JUDGES: dict[type, Callable[[Case, Any], PeriodStatus]] = {
    Threshold: judge_threshold,
    CountPerPeriod: judge_count,
    RelativeChange: judge_change,
    PointsChange: judge_points,
    Benchmark: judge_benchmark,
    CohortShare: judge_cohort,
    Milestone: judge_milestone,
    Trajectory: judge_trajectory,
    Frequency: judge_frequency,
    NoChange: judge_nochange,
}
#: Kinds that are answered by words, which no missing number makes unanswerable.
_WORDED = (Milestone, Frequency)


@dataclass(frozen=True, slots=True)
class _Row:
    """An indicator with what every judgement of it needs."""

    indicator: Indicator
    settings: Settings
    as_at: date | None
    values: tuple[Value, ...]


def judge_indicator(
    indicator: Indicator,
    *,
    settings: Settings = DEFAULT_SETTINGS,
    as_at: date | None = None,
    plan_period: PlanPeriod | None = None,
) -> IndicatorStatus:
    """Is this indicator's promise kept, in each period reported?

    Parameters: the indicator; the partnership's tolerances; `as_at`, the day the question is asked, by which an
    action may be overdue; `plan_period`, label and days of the period the plan reports on, which a row without any
    value is answered for. Returns one status per period, oldest first. Raises nothing: what cannot be scored is grey
    and says why.
    """
    row = _Row(indicator, settings, as_at, _list_values(indicator, plan_period))
    groups = group_periods(row.values + _find_half_years(row))
    latest = groups[-1][0].period if groups else ""
    periods = [_judge_period(row, group, is_latest=group[0].period == latest) for group in groups]
    return IndicatorStatus(indicator.id, tuple(_apply_overrides(periods, indicator.overrides)))


def leave_unjudged(indicator: Indicator, why: str, *, plan_period: PlanPeriod | None = None) -> IndicatorStatus:
    """What is said of a row that could not be judged: grey in each of its periods, with the reason.

    What a person has set stands all the same.
    """
    row = _Row(indicator, DEFAULT_SETTINGS, None, _list_values(indicator, plan_period))
    groups = group_periods(row.values)
    periods = [make_grey(_make_case(row, group[0]), "definition", why) for group in groups]
    return IndicatorStatus(indicator.id, tuple(_apply_overrides(periods, indicator.overrides)))


def _list_values(indicator: Indicator, plan_period: PlanPeriod | None) -> tuple[Value, ...]:
    """The row's values; where nothing was reported, or nothing since the measure ended, the plan's own period."""
    if plan_period is None:
        return indicator.values
    label, start, end = plan_period
    is_known = any(value.period == label for value in indicator.values)
    has_ended = indicator.discontinued_on is not None and end is not None and end > indicator.discontinued_on
    if indicator.values and (is_known or not has_ended):
        return indicator.values
    return (*indicator.values, Value(label, start, end, basis="year_total", state="missing", shape="text"))


def _judge_period(row: _Row, group: list[Value], *, is_latest: bool) -> PeriodStatus:
    """One period's answer from the values that speak for it, by every target that was then in force."""
    chosen = choose_values(group)
    cases = [replace(_make_case(row, value), is_latest=is_latest) for value in chosen]
    versions = find_versions(row.indicator, chosen[0])
    statuses = [_judge_by_target(row, cases, version.target) for version in versions]
    if not statuses:
        return _judge_by_target(row, cases, NoTarget("no target was in force"))
    return agree_versions(cases[0], versions, statuses)


def _judge_by_target(row: _Row, cases: list[Case], target: Target) -> PeriodStatus:
    if isinstance(target, NoTarget):
        return make_grey(cases[0], "no_target", _explain_no_target(target) + cases[0].doubts)
    return agree(cases, [_judge_readings(row, case, target) for case in cases])


def find_target(indicator: Indicator, value: Value) -> Target:
    """Which target held in a value's period: on its last day, else on its first; for an undated value the newest."""
    held = find_versions(indicator, value)
    return held[-1].target if held else NoTarget("no target was in force")


def _explain_no_target(target: NoTarget) -> str:
    state = target.state.strip()
    is_plain = state.casefold() in ("", "not set", "none")
    return "no target is set" if is_plain else f"there is no target to be met or missed: {state}"


def _make_case(row: _Row, value: Value) -> Case:
    others = tuple(other for other in row.values if other is not value)
    settings = row.settings.choose_for(value.end)
    return Case(value, row.indicator.polarity, settings, others, row.indicator.unit, row.as_at)


def _judge_readings(row: _Row, case: Case, target: Target) -> PeriodStatus:
    """Judge a value with each denominator that its source allows; where they differ, nobody can say."""
    kept = judge_state(case, target, row.indicator.discontinued_on)
    if kept is not None:
        return kept
    status = judge_target(case, target)
    value = case.value
    if not value.whole_alternative or value.part is None or status.reason_code == "definition":
        return status
    other_value = replace(value, whole=value.whole_alternative, whole_alternative=None)
    other = judge_target(replace(case, value=other_value), target)
    wholes = f"{show_number(value.whole or 0.0)} and {show_number(value.whole_alternative)}"
    if other.status == status.status:
        return change_why(status, f"{status.why}; the source gives two totals, {wholes}, and the colour is the same")
    shown = f"{status.shown_value} or {other.shown_value}"
    why = f"{shown}: the source gives two totals, {wholes}, and the colour depends on which"
    return make_grey(case, "denominator", why, target=status.target)


def judge_target(case: Case, target: Target) -> PeriodStatus:
    """Hold one value against one target of any kind."""
    if isinstance(target, Compound):
        status = judge_compound(case, target, judge_simple)
    elif is_split(case.value) and not isinstance(target, _WORDED):
        status = judge_split_value(case, target, judge_simple)
    else:
        status = judge_simple(case, target)
    return replace(status, is_small=is_small(case, target))


def judge_simple(case: Case, target: Simple) -> PeriodStatus:
    """Hold one undivided value against one undivided target."""
    if isinstance(target, NoTarget):
        return make_grey(case, "no_target", _explain_no_target(target))
    is_change = isinstance(target, RelativeChange | NoChange)
    numbers = [case.value.best] + ([case.value.change_pct] if is_change else [])
    known = [number for number in numbers if number is not None]
    if not isinstance(target, _WORDED) and not (known and all(map(isfinite, known))):
        return make_grey(case, "no_data", f"words and no figure were reported for {case.value.period}")
    impossible = "" if isinstance(target, _WORDED) else explain_impossible(case, target)
    if impossible:
        return make_grey(case, "definition", impossible + case.doubts)
    return _JUDGES[type(target)](case, target)


def _find_half_years(row: _Row) -> tuple[Value, ...]:
    """Half-years that two quarters' changes on last year make up."""
    found: list[Value] = []
    for version in row.indicator.targets:
        target = version.target
        if isinstance(target, RelativeChange):
            cases = [_make_case(row, value) for value in row.values if find_target(row.indicator, value) is target]
            found += find_halves(cases, target)
    return tuple(found)


def _apply_overrides(periods: list[PeriodStatus], overrides: tuple[Override, ...]) -> list[PeriodStatus]:
    """Replace what a person has set, and keep what the machine had found."""
    by_period = {override.period: override for override in overrides}
    known = {status.period for status in periods}
    set_alone = [PeriodStatus(period, "grey", "", "no_data") for period in by_period if period not in known]
    return [_override(status, by_period.get(status.period)) for status in periods + set_alone]


def _override(status: PeriodStatus, override: Override | None) -> PeriodStatus:
    if override is None:
        return status
    code = (status.reason_code or "definition") if override.status == "grey" else None
    day = "" if override.on is None else f" on {override.on.day} {override.on:%B %Y}"
    computed = f"; computed: {status.status}, {status.why}" if status.why else ""
    return replace(
        status,
        status=override.status,
        reason_code=code,
        why_code="override",
        why=f"set by {override.by}{day}: {override.reason}{computed}",
        computed=status.status if status.why else None,
    )
