"""Up or down by percentage points: 6.2% and 2 points more is 8.2%."""

from wardmote.evidence.targets.kinds import Operator, PointsChange
from wardmote.evidence.targets.status.bases import explain_no_base, find_base
from wardmote.evidence.targets.status.case import Case, make_grey
from wardmote.evidence.targets.status.levels import score_level
from wardmote.evidence.targets.status.projections import is_projected, judge_projection
from wardmote.evidence.targets.statuses import PeriodStatus


def judge_points(case: Case, target: PointsChange) -> PeriodStatus:
    """Score a percentage against its base moved by points, or against the level that the text itself works out."""
    if not case.is_share:
        shape = case.value.shape.replace("_", " ")
        return make_grey(case, "unit_mismatch", f"a {shape} was reported, and the target moves a percentage by points")
    found = find_base(case, target.base)
    level = target.resulting if found is None else found.value + target.points
    if level is None:
        return make_grey(case, "no_baseline", explain_no_base(case, target.base) + case.doubts)
    operator: Operator = ">=" if target.points >= 0 else "<="
    if is_projected(case.value):
        return judge_projection(case, operator, level)
    tail = "" if found is None else f", from {found.value:g}% and {target.points:+g} points"
    return score_level(case, operator, level, tail=tail)
