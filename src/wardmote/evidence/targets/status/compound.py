"""A target, or a value, in several named parts: the worst part governs, and all are named."""

from collections.abc import Callable
from dataclasses import replace

from wardmote.evidence.targets.kinds import Compound, Simple
from wardmote.evidence.targets.plan import Value
from wardmote.evidence.targets.status.case import Case, change_why, find_worst, make_grey
from wardmote.evidence.targets.status.words import is_percent
from wardmote.evidence.targets.statuses import PeriodStatus

Judge = Callable[[Case, Simple], PeriodStatus]


def judge_compound(case: Case, target: Compound, judge: Judge) -> PeriodStatus:
    """Score each named part against its own target."""
    if not case.value.parts:
        return _judge_undivided(case, target, judge)
    numbers = {name.strip().casefold(): number for name, number in case.value.parts}
    named: list[tuple[str, PeriodStatus]] = []
    for name, simple in target.parts:
        number = numbers.get(name.strip().casefold())
        if number is None:
            named.append((name, make_grey(case, "no_data", f"no figure was reported for {name}")))
        else:
            named.append((name, judge(_take_part(case, number), simple)))
    return _govern(named)


def _judge_undivided(case: Case, target: Compound, judge: Judge) -> PeriodStatus:
    """One figure for a target in parts is an answer only where every part's limit gives it the same colour."""
    named = [(name, judge(case, simple)) for name, simple in target.parts]
    if len({status.status for _, status in named}) == 1:
        return _govern(named)
    return make_grey(case, "definition", "one figure was reported for a target in parts, and the parts would differ")


def judge_split_value(case: Case, target: Simple, judge: Judge) -> PeriodStatus:
    """Score a value in parts against one target that says nothing of parts: the worst part governs."""
    status = _govern([(name, judge(_take_part(case, number), target)) for name, number in case.value.parts])
    return change_why(status, f"{status.why}; the target does not say which part it means")


def is_split(value: Value) -> bool:
    """Whether a value is several measures in one, and not the shares of one whole."""
    return bool(value.parts) and value.shape != "breakdown" and value.part is None


def _take_part(case: Case, number: float) -> Case:
    shape = case.value.shape
    if shape == "parts":
        shape = "count" if case.unit and not is_percent(case.unit) else "percent"
    return replace(case, value=replace(case.value, shape=shape, number=number, parts=(), part=None, whole=None))


def _govern(named: list[tuple[str, PeriodStatus]]) -> PeriodStatus:
    worst = find_worst([status for _, status in named])
    name = next(name for name, status in named if status is worst)
    rest = [f"{other} {_say(status)}" for other, status in named if status is not worst]
    beside = f"; besides {', '.join(rest)}" if rest else ""
    return change_why(worst, f"the worst part governs, {name}: {worst.why}{beside}", "worst_part")


def _say(status: PeriodStatus) -> str:
    return f"{status.shown_value} ({status.status})" if status.shown_value else status.status
