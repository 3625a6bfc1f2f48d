"""Did a year's own figure meet its target? The status of a year is its last period's, and may say otherwise."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from wardmote.evidence.reports.performance.rows import Row
from wardmote.evidence.targets.comparable import shift_year
from wardmote.evidence.targets.kinds import Base, NoChange, Operator, RelativeChange, Target, Threshold
from wardmote.evidence.targets.plan import Value
from wardmote.evidence.targets.status.levels import is_met
from wardmote.evidence.targets.versions import find_version_in_force


@dataclass(frozen=True, slots=True)
class YearFigure:
    """What a year came to, and how that was found: "sum of 4 quarters". None: nothing was reported."""

    value: float | None
    how: str
    is_whole: bool = True  # False where parts of the year are missing, or one part stands for the year


type FindFigure = Callable[[Sequence[Value], date, date], YearFigure]


def find_year_met(row: Row, starts_on: date, ends_on: date, *, find_figure: FindFigure) -> bool | None:
    """Did the year's figure meet the target in force at its end?

    Answered of percentages against a level, and of what is held against the same period last year: of the whole years
    then. None where nobody can say: a year of which parts are missing, or a target for each quarter, such as "at most
    24 in a quarter".
    """
    held = find_version_in_force(row.indicator, ends_on)
    year = find_figure(row.indicator.values, starts_on, ends_on)
    if held is None or year.value is None or not year.is_whole:
        return None
    if isinstance(held.target, Threshold):
        is_share = row.value is not None and row.value.shape in ("percent", "x_of_y")
        return is_met(year.value, held.target.operator, held.target.value) if is_share else None
    change = _read_change(held.target)
    if change is None:
        return None
    operator, signed_pct = change
    before = find_figure(row.indicator.values, shift_year(starts_on, -1), shift_year(ends_on, -1))
    if before.value is None or not before.is_whole:
        return None
    return is_met(year.value, operator, before.value * (1 + signed_pct / 100))


def _read_change(target: Target) -> tuple[Operator, float] | None:
    """Which way, and by how many percent, a target lets a year differ from the one before; None for any other."""
    if isinstance(target, RelativeChange) and _is_last_year(target.base):
        return ("<=", -target.percent) if target.direction == "decrease" else (">=", target.percent)
    if isinstance(target, NoChange) and _is_last_year(target.base) and target.relation != "maintain":
        rises = target.relation == "no_increase"
        return ("<=", target.tolerance_pct) if rises else (">=", -target.tolerance_pct)
    return None


def _is_last_year(base: Base) -> bool:
    return base.kind == "same_period_last_year" and base.value is None
