"""Not up, not down, or held: "no increase on the 2014-15 out-turn (426 per 100k)"."""

from wardmote.evidence.targets.grammar.bases import FoundBase, ask_base, find_base
from wardmote.evidence.targets.grammar.forms.amounts import read_operator, read_unit
from wardmote.evidence.targets.grammar.row import Row
from wardmote.evidence.targets.grammar.understanding import ASK_DIRECTION, Draft, Question
from wardmote.evidence.targets.kinds import Base, NoChange, Threshold

NO_INCREASE = ("at or below", "no higher than", "not above",
               "no increase", "not increase", "no rise", "not to increase", "prevent an increase", "avoid an increase",
               "maintain or reduce", "maintain or decrease", "no worse")  # fmt: skip
NO_DECREASE = ("at or above", "no lower than", "not below",
               "no decrease", "no reduction", "not decrease", "no fall", "no drop", "not to decrease",
               "maintain or increase", "maintain or improve", "maintain and improve")  # fmt: skip
HELD = ("maintain", "maintained", "maintaining", "maintenance", "no change", "remain", "remains", "sustain",
        "sustained", "hold", "held", "keep", "stay", "retain", "same as", "the same as")  # fmt: skip
RELATIONS = (("no_increase", NO_INCREASE), ("no_decrease", NO_DECREASE), ("maintain", HELD))
LONGEST_BARE = 4


def parse_nochange(row: Row) -> Draft | None:
    """Words of holding, with a base; "maintain 95%" names a level and is a threshold."""
    if (tolerated := _parse_tolerance(row)) is not None:
        return tolerated
    for relation, phrases in RELATIONS:
        found = row.find_phrase(*phrases)
        if found is None:
            continue
        if relation == "maintain" and found.start > 1:
            return None
        base = _find_year_held(row, found.stop) or find_base(row, start=found.stop)
        if found[0] in _places_of_bounds(row) and not base.places:
            continue  # "at or below 350": a level
        level = row.first({"percent", "rate", "number", "ratio"})
        if relation == "maintain" and level is not None and level not in base.places:
            return _hold_level(row, found, level)
        if relation == "maintain" and not base.places and len(row.tokens) > LONGEST_BARE:
            return None
        target = NoChange(relation, base.base)  # type: ignore[arg-type]
        return Draft(target, {*found, *base.places}, questions=ask_base(base))
    return None


def _places_of_bounds(row: Row) -> range:
    """Where words stand that bound a level as well as a base."""
    return row.find_phrase(*NO_INCREASE[:3], *NO_DECREASE[:3]) or range(0)


def _find_year_held(row: Row, start: int) -> FoundBase | None:
    """ "Maintain 2025/26 levels", "at or below the 2024/25 level": the year right behind the words."""
    at = next((at for at in range(start, start + 3) if row.norm(at) not in {"at", "the"}), start)
    if at >= len(row.tokens) or row.tokens[at].kind not in {"year", "years"}:
        return None
    behind = {at + 1} if row.norm(at + 1) in {"level", "levels", "figure", "total", "rate"} else set()
    return FoundBase(Base("baseline", period=row.norm(at)), {at, *behind})


def _parse_tolerance(row: Row) -> Draft | None:
    """ "+/- 5%", "±5% of last year", "within 5% of the previous year": held, with a tolerance."""
    at = row.first({"percent"})
    if at is None:
        return None
    is_both_ways = row.norm(at - 1) == "±" or (row.norm(at - 1), row.norm(at - 2)) in {("-", "/"), ("/", "+")}
    is_within = row.norm(at + 1) == "of" and at > 0 and row.tokens[at - 1].text.lower() == "within"
    if not is_both_ways and not is_within:
        return None
    base = find_base(row, start=at)
    start = max(0, at - 3) if is_both_ways else at - 1
    used = {*range(start, at + 1), *base.places}
    return Draft(NoChange("maintain", base.base, row.tokens[at].value), used, questions=ask_base(base))


def _hold_level(row: Row, found: range, level: int) -> Draft | None:
    unit = read_unit(row, level)
    if unit == "count" and row.name_from(level + 1):
        return None  # "Maintain 10 patrols a week": a count of things
    operator, places = read_operator(row, level)
    questions: tuple[Question, ...] = ()
    if operator is None:
        operator = "<=" if row.good_way == "lower" else ">="
        questions = () if row.good_way else (ASK_DIRECTION,)
    return Draft(Threshold(operator, row.tokens[level].value, unit), {*found, level, *places}, questions=questions)
