"""Whether a target fits the measure that it is set for: its unit, and which way is good."""

from dataclasses import replace

from wardmote.evidence.targets.grammar.describe import describe_target, write_amount
from wardmote.evidence.targets.grammar.lexicon import DURATION_UNITS
from wardmote.evidence.targets.grammar.row import Row
from wardmote.evidence.targets.grammar.understanding import ASK_DIRECTION, Draft, Question
from wardmote.evidence.targets.kinds import (
    CohortShare,
    Compound,
    CountPerPeriod,
    NoChange,
    PointsChange,
    RelativeChange,
    Target,
    Threshold,
    Trajectory,
)

#: How the measure's unit is said.
MEASURED: dict[str, str] = {
    "percent": "in per cent", "points": "in per cent", "%": "in per cent", "count": "as a number of things",
    "rate": "as a rate", "money": "in money", "days": "in days",
}  # fmt: skip
#: What a unit's measure can be held against. A rate may be printed in per cent.
FITTING: dict[str, frozenset[str]] = {
    "percent": frozenset({"percent"}), "points": frozenset({"percent"}), "%": frozenset({"percent"}),
    "count": frozenset({"count"}), "rate": frozenset({"rate", "percent"}), "money": frozenset({"money"}),
    "days": frozenset({"days"}),
}  # fmt: skip
SHOWN = {"percent": "a percentage", "count": "a number of things", "rate": "a rate", "money": "money", "days": "time"}
_DURATIONS = frozenset(DURATION_UNITS.values())


def settle_fit(row: Row, draft: Draft) -> Draft:
    """The draft, refused where its unit is not the measure's, and with a question where it goes the wrong way."""
    if draft.target is None:
        return draft
    misfit = _find_misfit(row, draft.target)
    if misfit:
        return Draft(None, draft.used, why=f"the indicator is measured {MEASURED[row.unit_hint]}; {misfit}")
    contrary = _ask_way(row, draft.target)
    if contrary is None:
        return draft
    kept = tuple(question for question in draft.questions if question != ASK_DIRECTION)
    return replace(draft, questions=(*kept, contrary))


def _find_misfit(row: Row, target: Target) -> str:
    """What of the target has another unit than the measure, in words; "" where all fits or the unit is not known."""
    allowed = FITTING.get(row.unit_hint)
    if allowed is None:
        return ""
    parts = [part for _, part in target.parts] if isinstance(target, Compound) else [target]
    for part in parts:
        found = _name_unit(part, row.unit_hint)
        if found and found not in allowed:
            return f"{_say_amount(part)} is {SHOWN[found]}"
    return ""


def _name_unit(target: Target, hint: str) -> str:
    """The family of a level's unit; "" where the target holds no level or its number takes the measure's unit."""
    if isinstance(target, CountPerPeriod):
        is_bare = not target.thing and target.span in {"financial_year", "once"}
        return "" if is_bare and hint != "percent" else "count"
    if not isinstance(target, Threshold | Trajectory) or target.unit in {"", hint}:
        return ""
    unit = target.unit
    if unit.startswith("per "):
        return "rate"
    is_time = unit in _DURATIONS or unit.rpartition(" ")[2] in _DURATIONS
    return "days" if is_time else unit if unit in SHOWN else ""


def _say_amount(target: Target) -> str:
    if isinstance(target, Threshold):
        return write_amount(target.value, target.unit)
    if isinstance(target, Trajectory):
        return write_amount(target.end_value, target.unit)
    return describe_target(target)


def _ask_way(row: Row, target: Target) -> Question | None:
    """The question where the plan says which way is good and the target asks for the other."""
    way = _find_way(target)
    if way is None or row.polarity not in {"higher", "lower"} or row.polarity == way:
        return None
    words = f"A {row.polarity} value is better by the plan, and the words ask for {describe_target(target)}."
    return Question("higher_or_lower", f"{words} Which is meant?", (way, row.polarity))


def _find_way(target: Target) -> str | None:
    """Which values a target asks for, "higher" or "lower"; None where it bounds both sides or neither."""
    match target:
        case Threshold() | CountPerPeriod() | CohortShare():
            return "higher" if target.operator in (">=", ">") else "lower"
        case RelativeChange():
            return "higher" if target.direction == "increase" else "lower"
        case PointsChange():
            return "higher" if target.points >= 0 else "lower"
        case NoChange():
            return {"no_increase": "lower", "no_decrease": "higher"}.get(target.relation)
        case Trajectory():
            return "higher" if target.end_value > target.baseline else "lower"
    return None
