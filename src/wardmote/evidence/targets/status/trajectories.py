"""From a baseline to a level by a year: what is allowed in between?

The straight line starts in the middle of the baseline years (2006 for the mean of 2004 to 2008) and ends in the end
year. Where the text names a yearly step, the path that walks back from the end by that step is read too; where the two
readings would colour a value differently, the sentence says so.
"""

import re
from dataclasses import dataclass
from datetime import date

from wardmote.evidence.targets.kinds import Operator, Trajectory
from wardmote.evidence.targets.plan import Value
from wardmote.evidence.targets.status.case import Case, make_grey
from wardmote.evidence.targets.status.levels import find_colour, score_level
from wardmote.evidence.targets.status.projections import find_so_far, is_decided, is_projected
from wardmote.evidence.targets.status.spans import find_months, is_part_year
from wardmote.evidence.targets.status.words import show_limit, show_measure, show_number
from wardmote.evidence.targets.statuses import PeriodStatus

_YEAR = re.compile(r"\b((?:19|20)\d\d)(?:\s*[-–/]\s*(\d\d)(?!\d))?")
_LAST_MONTH = 3  # of a financial year


@dataclass(frozen=True, slots=True)
class _Path:
    """The level allowed in one year, which way it bounds, and the level of the step-wise reading."""

    operator: Operator
    level: float
    year: int
    stepwise: float | None


def judge_trajectory(case: Case, target: Trajectory) -> PeriodStatus:
    """Score a value against the level its year allows."""
    year = _find_year(case.value, is_financial=bool(target.end_period))
    middle = find_middle(target)
    if year is None or middle is None:
        lack = "which year it is" if year is None else "in which years the baseline lies"
        return make_grey(case, "no_baseline", f"the path cannot be drawn, since nobody says {lack}{case.doubts}")
    operator: Operator = "<=" if target.end_value <= target.baseline else ">="
    path = _Path(operator, find_allowed(target, year, middle), year, find_stepwise(target, year))
    if is_projected(case.value):
        return _judge_foretold(case, path)
    if is_part_year(case.value) and not case.is_share and case.value.shape != "rate":
        return _judge_running(case, path)
    tail = f"; the path allows this in {year}{_add_steps(case, path, case.value.best or 0.0)}"
    return score_level(case, operator, path.level, why_code="trajectory", tail=tail)


def _find_year(value: Value, *, is_financial: bool = False) -> int | None:
    """The year in which the middle of the value's period lies; of a financial year the one in which it ends."""
    if value.end is None:
        found = _YEAR.search(value.period)
        return None if found is None else int(found[1]) + (is_financial and found[2] is not None)
    start = value.start or value.end
    middle = date.fromordinal((start.toordinal() + value.end.toordinal()) // 2)
    return middle.year + (is_financial and middle.month > _LAST_MONTH)


def find_middle(target: Trajectory) -> float | None:
    """In which year does the baseline lie: the middle of its years? None where no year is named.

    >>> find_middle(Trajectory(85.2, "2004-2008 mean", 2020, 51.12))
    2006.0
    """
    first, last = target.baseline_start, target.baseline_end
    if first is None:
        is_financial = bool(target.end_period)
        named = [int(m[1]) + (is_financial and m[2] is not None) for m in _YEAR.finditer(target.baseline_period)]
        if not named:
            return None
        first, last = min(named), max(named)
    return (first + (last if last is not None else first)) / 2


def find_allowed(target: Trajectory, year: int, middle: float) -> float:
    """Which level does the path allow in a year?

    Parameters: the calendar year; `middle`, the year in which the baseline lies. Returns the level in the measure's
    unit: the baseline before the path starts, the end value from the end year on.

    >>> round(find_allowed(Trajectory(85.2, "2004-2008 mean", 2020, 51.12), 2014, 2006), 1)
    65.7
    """
    if year >= target.end_year:
        return target.end_value
    if target.shape == "steps" and target.steps:
        reached = [step for step in target.steps if step <= year]
        return target.steps[max(reached)] if reached else target.baseline
    if year <= middle:
        return target.baseline
    gone = (year - middle) / (target.end_year - middle)
    if target.shape == "compound" and target.baseline > 0 and target.end_value > 0:
        return float(target.baseline * (target.end_value / target.baseline) ** gone)
    return target.baseline + (target.end_value - target.baseline) * gone


def find_stepwise(target: Trajectory, year: int) -> float | None:
    """Which level do the named yearly steps allow, walked back from the end? Never beyond the baseline."""
    if not target.annual_step:
        return None
    step = abs(target.annual_step) if target.end_value > target.baseline else -abs(target.annual_step)
    level = target.end_value - step * max(target.end_year - year, 0)
    return max(level, target.baseline) if step > 0 else min(level, target.baseline)


def _add_steps(case: Case, path: _Path, value: float) -> str:
    if path.stepwise is None:
        return ""
    within = case.settings.amber_within_pct
    by_line = find_colour(value, path.operator, path.level, within)
    by_steps = find_colour(value, path.operator, path.stepwise, within)
    same = "which gives the same colour" if by_line == by_steps else f"which would be {by_steps}"
    return f"; read in yearly steps it allows {show_number(path.stepwise)}, {same}"


def _judge_running(case: Case, path: _Path) -> PeriodStatus:
    """A part of a year: settled by it already, else held against its share of the year's level."""
    if case.value.basis == "cumulative" and is_decided(case.value.best or 0.0, path.operator, path.level):
        tail = f"; the whole of {path.year} is settled by it"
        tail += _add_steps(case, path, case.value.best or 0.0)
        return score_level(case, path.operator, path.level, why_code="already_past", tail=tail)
    months = find_months(case.value)
    if case.value.basis != "cumulative" or months is None:
        return _wait_for_year(case, path, f"in part of {path.year}")
    share = months / 12
    stepwise = None if path.stepwise is None else path.stepwise * share
    tail = f"; that is the share for {months} of 12 months of the {show_number(path.level)} allowed in {path.year}"
    tail += _add_steps(case, _Path(path.operator, path.level * share, path.year, stepwise), case.value.best or 0.0)
    return score_level(case, path.operator, path.level * share, why_code="pro_rata", tail=tail)


def _wait_for_year(case: Case, path: _Path, how: str) -> PeriodStatus:
    unit = case.shown_unit
    why = (
        f"{show_measure(case.value.best or 0.0, unit)} {how}, to be held against "
        f"{show_limit(path.operator, path.level, unit)} when the year is over{case.doubts}"
    )
    return make_grey(case, "not_due", why, target=path.level)


def _judge_foretold(case: Case, path: _Path) -> PeriodStatus:
    """A foretold year is scored only where the count so far already settles it, whatever was foretold."""
    so_far = find_so_far(case)
    foretold = case.value.best
    if so_far is None or so_far.best is None or not is_decided(so_far.best, path.operator, path.level):
        return _wait_for_year(case, path, f"is foretold for {path.year}")
    number = _find_milder(so_far.best, foretold, path)
    beside = "" if foretold is None else f" and {show_number(foretold)} is foretold for the whole"
    tail = f"; {so_far.period} already reports {show_number(so_far.best)}{beside}, so the year is settled"
    tail += _add_steps(case, path, number)
    return score_level(case, path.operator, path.level, number=number, why_code="trajectory", tail=tail)


def _find_milder(so_far: float, foretold: float | None, path: _Path) -> float:
    """Of two figures that contradict each other but both settle the year, the one that accuses less."""
    if foretold is None or not is_decided(foretold, path.operator, path.level):
        return so_far
    return min(so_far, foretold) if path.operator == "<=" else max(so_far, foretold)
