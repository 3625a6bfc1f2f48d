"""Up or down by a share of a base: "5% reduction", "halve", "reduce by 10% against the 2013/14 out-turn"."""

from dataclasses import replace

from wardmote.evidence.targets.grammar.bases import FoundBase, ask_base, find_base
from wardmote.evidence.targets.grammar.describe import describe_target
from wardmote.evidence.targets.grammar.forms.amounts import read_operator, read_unit
from wardmote.evidence.targets.grammar.forms.movement import (
    OPPOSITE,
    YEARLY_WORDS,
    find_from_to,
    find_result,
    find_yearly,
    read_direction,
)
from wardmote.evidence.targets.grammar.row import Direction, Row
from wardmote.evidence.targets.grammar.understanding import (
    ASK_BASE,
    ASK_BY_WHEN,
    ASK_DIRECTION,
    ASK_EXACTLY,
    ASK_GOVERNS,
    ASK_HOW_MUCH,
    ASK_POINTS,
    Draft,
    Question,
)
from wardmote.evidence.targets.kinds import Base, NoChange, RelativeChange, Target, Threshold

SHARES = frozenset({"percent", "ratio", "multiple"})
LEVELS = frozenset({"percent", "number", "rate", "money", "duration"})
LONGEST_BARE = 8
NAMES_OF_CHANGE = frozenset({"fewer", "more", "less", "reduction", "increase", "decrease"})
WHY_NO_BASE = "a change by a number of things, and the level that it starts from is not said"


def parse_change(row: Row) -> Draft | None:
    """The forms of a change, from the most to the least said."""
    return _parse_from_to(row) or _parse_to_level(row) or _parse_share(row) or _parse_amount(row) or _parse_bare(row)


def _parse_share(row: Row) -> Draft | None:
    found = find_base(row)
    at = next((at for at, token in enumerate(row.tokens) if token.kind in SHARES and at not in found.places), None)
    if at is None:
        return None
    direction, places, asked = _direction_of_share(row, at)
    if direction is None:
        return None
    found = _yearly(row, found)
    target = _target_of_share(row, at, direction, found.base)
    operator_places = read_operator(row, at)[1]
    also, also_places = _find_also(row, {at, *found.places}, direction)
    asked += (ASK_EXACTLY,) if _is_up_to(row, at) else ()
    questions = (*asked, *ask_base(found), *_ask_points(row, at, found.base), *_ask_governs(target, also))
    return Draft(target, {at, *places, *operator_places, *found.places, *also_places}, also, questions)


def _direction_of_share(row: Row, at: int) -> tuple[Direction | None, set[int], tuple[Question, ...]]:
    """As the text says; else, where the measure is no percentage itself, as the title does or the good way is."""
    direction, places = read_direction(row, at)
    if direction is not None:
        return direction, places, ()
    if row.is_share or row.tokens[at].kind != "percent" or read_operator(row, at)[0] is not None:
        return None, set(), ()
    if row.title_direction:
        return row.title_direction, set(), ()
    if not row.is_count or row.norm(at + 1) == "of":
        return None, set(), ()
    return ("decrease" if row.good_way == "lower" else "increase"), set(), () if row.good_way else (ASK_DIRECTION,)


def _target_of_share(row: Row, at: int, direction: Direction, base: Base) -> Target:
    """A ceiling on a change ("no more than a 5% increase") is no change with a tolerance."""
    if read_operator(row, at)[0] in {"<=", "<"} and not _is_up_to(row, at):
        relation = "no_increase" if direction == "increase" else "no_decrease"
        return NoChange(relation, base, row.tokens[at].value)  # type: ignore[arg-type]
    return RelativeChange(direction, row.tokens[at].value, base)


def _is_up_to(row: Row, at: int) -> bool:
    """ "up to 10% reduction": neither a ceiling on the change nor a promise of it."""
    return at > 0 and row.tokens[at - 1].text.lower() == "up to"


def _yearly(row: Row, found: FoundBase) -> FoundBase:
    """A change "per year" is measured from the year before, where nothing else is said."""
    at = find_yearly(row)
    if found.base.kind != "not_stated" or at is None:
        return found
    return FoundBase(Base("previous_year"), {at})


def _ask_points(row: Row, at: int, base: Base) -> tuple[Question, ...]:
    is_open = row.tokens[at].kind == "percent" and (row.is_share or base.unit == "percent")
    return (ASK_POINTS,) if is_open else ()


def _find_also(row: Row, used: set[int], direction: Direction) -> tuple[tuple[Target, ...], set[int]]:
    """A second form of the same promise: a level with its own operator, or behind "to" or "i.e."."""
    for at, token in enumerate(row.tokens):
        if token.kind in LEVELS and at not in used:
            operator, places = read_operator(row, at)
            if operator is not None:
                return (Threshold(operator, token.value, read_unit(row, at)),), {at, *places}
    result = find_result(row, max(used) + 1, LEVELS - {"percent"})
    if result is None:
        return (), set()
    level = Threshold("<=" if direction == "decrease" else ">=", row.tokens[result].value, read_unit(row, result))
    return (level,), {result - 1, result}


def _ask_governs(target: Target, also: tuple[Target, ...]) -> tuple[Question, ...]:
    if not also:
        return ()
    return (replace(ASK_GOVERNS, options=(*(describe_target(each) for each in (target, *also)), "both")),)


def _parse_to_level(row: Row) -> Draft | None:
    """ "reduce to 100", "increase to 40%": a level, with the operator that the direction gives."""
    if row.text_direction is None:
        return None
    direction, verb_at = row.text_direction
    at = find_result(row, verb_at, LEVELS)
    if at is None or any(row.tokens[before].is_amount for before in range(at)):
        return None
    operator, places = read_operator(row, at)
    target = Threshold(
        operator or ("<=" if direction == "decrease" else ">="), row.tokens[at].value, read_unit(row, at)
    )
    return Draft(target, {verb_at, at - 1, at, *places})


def _parse_from_to(row: Row) -> Draft | None:
    """ "from 120 to 100": the level to reach, and beside it the change that it is."""
    ends = find_from_to(row, frozenset({"number", "rate", "money", "duration"}))
    if ends is None:
        return None
    start, end = (row.tokens[at].value for at in ends)
    if start == end or start <= 0:
        return None
    direction: Direction = "increase" if end > start else "decrease"
    unit = read_unit(row, ends[1])
    change = RelativeChange(direction, round(abs(end - start) / start * 100, 10), Base("baseline", start, unit=unit))
    places = set(range(ends[0] - 1, ends[1] + 1)) | ({row.text_direction[1]} if row.text_direction else set())
    if row.text_direction and row.text_direction[0] == OPPOSITE[direction]:
        return Draft(
            None, places, why=f"the words say {row.text_direction[0]}, the figures {start:g} to {end:g} do not"
        )
    level = Threshold("<=" if direction == "decrease" else ">=", end, unit)
    return Draft(level, places, (change,), (ASK_BY_WHEN,))


def _parse_amount(row: Row) -> Draft | None:
    """ "a reduction of 5 casualties": a level, where the base's value is known; otherwise it cannot be typed."""
    found = find_base(row)
    at = next((at for at, token in enumerate(row.tokens) if token.kind == "number" and at not in found.places), None)
    if at is None or not _is_amount_of_change(row, at):
        return None
    direction, places = read_direction(row, at)
    used = {at, *places, *found.places, *row.name_from(at + 1)}
    if direction is None or found.base.value is None:
        return Draft(None, used, questions=(ASK_BASE,), why=WHY_NO_BASE)
    step = row.tokens[at].value if direction == "increase" else -row.tokens[at].value
    operator = ">=" if direction == "increase" else "<="
    return Draft(Threshold(operator, found.base.value + step, found.base.unit or "count"), used)  # type: ignore[arg-type]


def _is_amount_of_change(row: Row, at: int) -> bool:
    """Whether the number says how much: behind "by", "reduction of", "10 fewer"; not "10 workshops to reduce ..."."""
    before = row.norm(at - 1)
    if row.text_direction is None:
        return bool(row.tokens[at].sign)
    verb_at = row.text_direction[1]
    is_behind_verb = verb_at < at and (before in {"by", "of"} or verb_at == at - 1 or at - 2 == verb_at)
    return is_behind_verb or (1 <= verb_at - at <= 2 and row.norm(verb_at) in NAMES_OF_CHANGE)


def _parse_bare(row: Row) -> Draft | None:
    """A direction without an amount: "year on year reduction", "Reduce"."""
    if row.text_direction is None or row.has_amount or len(row.tokens) > LONGEST_BARE:
        return None
    direction, at = row.text_direction
    found, is_yearly = find_base(row), row.find_word(YEARLY_WORDS) is not None
    found = _yearly(row, found) if is_yearly else found
    is_plain = len(row.tokens) <= 2 or bool(found.places)
    if not is_plain:
        return None
    return Draft(
        RelativeChange(direction, 0.0, found.base), {at, *found.places}, questions=(ASK_HOW_MUCH, *found.questions)
    )
