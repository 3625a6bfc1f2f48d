"""At least, more than, at most, below: a level that every value is held against."""

from wardmote.evidence.targets.kinds import Threshold
from wardmote.evidence.targets.status.case import Case, make_grey
from wardmote.evidence.targets.status.levels import score_level
from wardmote.evidence.targets.status.projections import is_projected, judge_projection
from wardmote.evidence.targets.status.words import is_percent
from wardmote.evidence.targets.statuses import PeriodStatus


def judge_threshold(case: Case, target: Threshold) -> PeriodStatus:
    """Score a value against a level, in the level's own unit."""
    mismatch = find_mismatch(case, target.unit)
    if mismatch:
        return make_grey(case, "unit_mismatch", mismatch, target=target.value)
    if is_projected(case.value):
        return judge_projection(case, target.operator, target.value)
    unit = "percent" if case.is_share or is_percent(target.unit) else target.unit or case.shown_unit
    return score_level(case, target.operator, target.value, unit=unit)


def find_mismatch(case: Case, unit: str) -> str:
    """Why a value cannot be held against a figure in this unit; "" where it can, or where the unit is not said."""
    if case.value.shape == "percent_change":
        return "a change was reported, and the target is a level"
    if not unit or unit == "none" or "point" in unit:
        return ""
    if is_percent(unit) and not case.is_share and case.value.shape in ("count", "rate", "money"):
        return f"a {case.value.shape} was reported, and the target is a percentage"
    if not is_percent(unit) and case.is_share:
        return f"a percentage was reported, and the target is in {unit}"
    return ""
