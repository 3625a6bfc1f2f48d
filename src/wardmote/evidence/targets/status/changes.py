"""Up or down by a share of a base: "5% fewer than in the same quarter last year"."""

from wardmote.evidence.targets.kinds import Base, Operator, RelativeChange
from wardmote.evidence.targets.status.bases import (
    FoundBase,
    explain_no_base,
    find_base,
    find_other_measure,
    find_printed_change,
)
from wardmote.evidence.targets.status.case import Case, make_grey
from wardmote.evidence.targets.status.levels import find_colour, is_met, score_level
from wardmote.evidence.targets.status.projections import is_projected, judge_projection
from wardmote.evidence.targets.status.thresholds import find_mismatch
from wardmote.evidence.targets.status.words import show_change, show_measure, show_number
from wardmote.evidence.targets.statuses import PeriodStatus


def judge_change(case: Case, target: RelativeChange) -> PeriodStatus:
    """Score a value against its base moved by the promised share; failing a base, a change printed on that base."""
    operator: Operator = "<=" if target.direction == "decrease" else ">="
    signed = -target.percent if target.direction == "decrease" else target.percent
    return judge_from_base(case, target.base, operator=operator, signed_pct=signed)


def judge_from_base(case: Case, base: Base, *, operator: Operator, signed_pct: float) -> PeriodStatus:
    """Score a value against a base changed by `signed_pct` percent (-5 for a cut of 5%)."""
    has_level = case.value.best is not None and case.value.shape != "percent_change"
    found = find_base(case, base) if has_level else None
    if found is None:
        return _judge_printed(case, base, operator=operator, signed_pct=signed_pct)
    mismatch = find_mismatch(case, base.unit)
    if mismatch:
        return make_grey(case, "unit_mismatch", mismatch.replace("target", "base"))
    level = found.value * (1 + signed_pct / 100)
    if is_projected(case.value):
        return judge_projection(case, operator, level)
    return score_level(case, operator, level, tail=_describe_move(case, found, signed_pct))


def _describe_move(case: Case, found: FoundBase, signed_pct: float) -> str:
    """From what the value moved, by how much, and what was promised."""
    start = found.describe(show_measure(found.value, case.shown_unit))
    promised = f"{signed_pct:+g}% was promised" if signed_pct else "no change was promised"
    if not found.value:
        return f"; the base is {start}, and {promised}"
    change = ((case.value.best or 0.0) / found.value - 1) * 100
    return f"; that is {show_change(change, signed_pct)} on {start}, where {promised}"


def _judge_printed(case: Case, base: Base, *, operator: Operator, signed_pct: float) -> PeriodStatus:
    change = find_printed_change(case, base)
    if change is None:
        other = find_other_measure(case, base.kind)
        if other:
            return make_grey(case, "definition", other + case.doubts)
        return make_grey(case, "no_baseline", explain_no_base(case, base) + case.doubts)
    if is_projected(case.value):
        return make_grey(case, "not_due", f"the change of {change:+g}% is foretold for the year{case.doubts}")
    # A change is scored as the level it leads to: 100 - 24 against 100 - 5. So 4% short means the same everywhere.
    reached, level = 100 + change, 100 + signed_pct
    colour = find_colour(reached, operator, level, case.settings.amber_within_pct)
    return PeriodStatus(
        case.value.period,
        colour,
        _describe_printed(change, operator, signed_pct=signed_pct, caveats=case.caveats),
        why_code="change_printed",
        value=case.value.best,
        target=None,
        shown_value=f"{change:+g}%",
        shown_target=f"{signed_pct:+g}%",
    )


def _describe_printed(change: float, operator: Operator, *, signed_pct: float, caveats: str) -> str:
    promised = f"{signed_pct:+g}%" if signed_pct else "no change"
    if is_met(100 + change, operator, 100 + signed_pct):
        verdict = "met"
    else:
        verdict = f"missed by {show_number(abs(change - signed_pct))} points of change"
    return f"a printed change of {change:+g}% against {promised}: {verdict}{caveats}"
