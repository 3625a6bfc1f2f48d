"""A change in percentage points: "+2 points", "from 40% to 50%", "by 2% from a baseline of 6.2%, i.e. 8.2%"."""

import math

from wardmote.evidence.targets.grammar.bases import FoundBase, ask_base, find_base
from wardmote.evidence.targets.grammar.deadlines import find_deadline
from wardmote.evidence.targets.grammar.forms.movement import find_from_to, find_result, read_direction
from wardmote.evidence.targets.grammar.row import Direction, Row
from wardmote.evidence.targets.grammar.understanding import ASK_DIRECTION, ASK_POINTS, Draft, Question
from wardmote.evidence.targets.kinds import Base, PointsChange, RelativeChange, Threshold

PERCENTS = frozenset({"percent"})


def parse_points(row: Row) -> Draft | None:
    """Points by name, or a percentage whose base and result prove what it is."""
    return _parse_named(row) or _parse_proven(row) or _parse_from_to(row)


def _parse_named(row: Row) -> Draft | None:
    at = row.first({"points"})
    if at is None:
        return None
    direction, places = read_direction(row, at)
    questions: tuple[Question, ...] = ()
    if direction is None:
        direction = row.title_direction or ("decrease" if row.good_way == "lower" else "increase")
        questions = () if row.title_direction or row.good_way else (ASK_DIRECTION,)
    if row.norm(at - 1) == "to" and row.text_direction and row.first({"percent", "points"}) == at:
        level = Threshold("<=" if direction == "decrease" else ">=", row.tokens[at].value, "points")
        return Draft(level, {at - 1, at, *places})  # "reduce the gap to 5 points"
    ends = find_from_to(row, PERCENTS)
    found = find_base(row) if ends is None else _base_of(row, ends[0])
    result = find_result(row, at + 1, PERCENTS)
    target = PointsChange(
        _signed(row.tokens[at].value, direction), found.base, None if result is None else row.tokens[result].value
    )
    return Draft(target, {at, *places, *found.places, *_place(result)}, questions=questions + ask_base(found))


def _base_of(row: Row, at: int) -> FoundBase:
    return FoundBase(Base("baseline", row.tokens[at].value, unit="percent"), {at - 1, at})


def _place(at: int | None) -> set[int]:
    return set() if at is None else {at - 1, at}


def _signed(value: float, direction: Direction) -> float:
    return value if direction == "increase" else -value


def _parse_proven(row: Row) -> Draft | None:
    """A percentage, its base and its result: the sum tells whether points or a share of the base are meant."""
    found = find_base(row)
    at = next((at for at, token in enumerate(row.tokens) if token.kind == "percent" and at not in found.places), None)
    if at is None or found.base.unit != "percent" or found.base.value is None:
        return None
    result = find_result(row, max(found.places | {at}) + 1, PERCENTS)
    direction, places = read_direction(row, at)
    if result is None or direction is None:
        return None
    change, base, level = _signed(row.tokens[at].value, direction), found.base.value, row.tokens[result].value
    used = {at, *places, *found.places, *_place(result)}
    if math.isclose(base + change, level, abs_tol=0.051):
        return Draft(PointsChange(change, found.base, level), used)
    if math.isclose(base * (1 + change / 100), level, abs_tol=0.051):
        return Draft(RelativeChange(direction, row.tokens[at].value, found.base), used)
    return Draft(PointsChange(change, found.base, level), used, questions=(_ask_sum(change, base, level), ASK_POINTS))


def _ask_sum(change: float, base: float, level: float) -> Question:
    words = f"{base:g}% changed by {change:+g}% is neither as points nor as a share the {level:g}% that is named."
    return Question("contradiction", f"{words} Which figure holds?", ("the level", "the change"))


def _parse_from_to(row: Row) -> Draft | None:
    ends = find_from_to(row, PERCENTS)
    if ends is None or find_deadline(row) is not None:
        return None  # with a year to reach it by, it is a path
    start, end = row.tokens[ends[0]].value, row.tokens[ends[1]].value
    direction = row.text_direction
    used = set(range(ends[0] - 1, ends[1] + 1)) | ({direction[1]} if direction else set())
    target = PointsChange(round(end - start, 10), Base("baseline", start, unit="percent"), end)
    is_contrary = direction is not None and (direction[0] == "increase") != (end > start)
    return Draft(target, used, questions=(ask_contrary(direction[0], start, end),) if is_contrary and direction else ())


def ask_contrary(direction: str, start: float, end: float) -> Question:
    """The question where the verb goes one way and the figures the other."""
    return Question(
        "contradiction",
        f"The words say {direction}; {start:g} to {end:g} is {'a rise' if end > start else 'no rise'}. Which holds?",
        ("the words", "the figures"),
    )
