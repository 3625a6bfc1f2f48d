"""Not up, not down, or held."""

from wardmote.evidence.targets.kinds import NoChange, Operator
from wardmote.evidence.targets.status.bases import FoundBase, explain_no_base, find_base
from wardmote.evidence.targets.status.case import Case, make_grey
from wardmote.evidence.targets.status.changes import judge_from_base
from wardmote.evidence.targets.status.levels import find_colour, score_level
from wardmote.evidence.targets.status.projections import is_projected
from wardmote.evidence.targets.status.words import show_gap, show_measure
from wardmote.evidence.targets.statuses import PeriodStatus


def judge_nochange(case: Case, target: NoChange) -> PeriodStatus:
    """Score a value against a base that must not be passed; "maintain" lets a value move only the good way."""
    operator = _find_operator(case, target)
    if operator is not None:
        signed = target.tolerance_pct if operator == "<=" else -target.tolerance_pct
        return judge_from_base(case, target.base, operator=operator, signed_pct=signed)
    found = find_base(case, target.base)
    if found is None or case.value.best is None:
        return make_grey(case, "no_baseline", explain_no_base(case, target.base) + case.doubts)
    if is_projected(case.value):
        return make_grey(case, "not_due", f"the figure for {case.value.period} is foretold{case.doubts}")
    return _judge_held(case, target, found)


def _find_operator(case: Case, target: NoChange) -> Operator | None:
    """The limit meant; None where a move either way would break the promise."""
    if target.relation == "no_increase":
        return "<="
    if target.relation == "no_decrease":
        return ">="
    good: dict[str, Operator] = {"higher": ">=", "lower": "<="}
    return good.get(case.polarity)


def _judge_held(case: Case, target: NoChange, found: FoundBase) -> PeriodStatus:
    """Score a value that may move neither way: beyond the tolerance, the distance is what is missed by."""
    value = case.value.best or 0.0
    room = abs(found.value) * target.tolerance_pct / 100
    operator: Operator = "<=" if value > found.value else ">="
    edge = found.value + room if operator == "<=" else found.value - room
    status = score_level(case, operator, edge)
    unit = case.shown_unit
    colour = find_colour(value, operator, edge, case.settings.amber_within_pct)
    verdict = "held" if colour == "green" else f"moved by {show_gap(abs(value - found.value), unit)}"
    why = f"{show_measure(value, unit)} against {show_measure(found.value, unit)} to be held: {verdict}{case.caveats}"
    return PeriodStatus(
        status.period, colour, why, value=value, target=found.value,
        shown_value=status.shown_value, shown_target=show_measure(found.value, unit),
    )  # fmt: skip
