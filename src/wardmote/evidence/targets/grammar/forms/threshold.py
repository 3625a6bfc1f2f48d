"""At least, more than, at most or less than a level: "85%", "below 28% of a benchmark", "within 20 working days"."""

from wardmote.evidence.targets.grammar.forms.amounts import read_operator, read_source, read_unit
from wardmote.evidence.targets.grammar.row import Row
from wardmote.evidence.targets.grammar.understanding import ASK_DIRECTION, ASK_LEVEL, Draft, Question
from wardmote.evidence.targets.kinds import Operator, Threshold

LEVEL_KINDS = frozenset({"percent", "ratio", "rate", "money", "duration"})
#: Units of which a bare number is a level: £10, 10 days, 10 per 1,000.
UNITS_OF_LEVELS = frozenset({"money", "days", "rate"})
#: A percentage below it, behind a title that promises a change of a percentage, may be either.
SMALL_PERCENT = 20.0


def parse_threshold(row: Row) -> Draft | None:
    """An amount that is a level by its unit, by its operator, or because the measure is a percentage."""
    at = _find_level(row)
    if at is None:
        return None
    operator, places = read_operator(row, at)
    source, source_places = read_source(row, at)
    questions: tuple[Question, ...] = ()
    if operator is None:
        operator, questions = _assume_operator(row, at)
    target = Threshold(operator, row.tokens[at].value, read_unit(row, at), source, bool(row.split))
    return Draft(target, {at, *places, *source_places}, questions=questions + row.ask_part())


def _find_level(row: Row) -> int | None:
    at, number_at = row.first(LEVEL_KINDS), row.first({"number"})
    is_aside = at is not None and row.tokens[at].kind == "duration" and number_at is not None and number_at < at
    if at is not None and not is_aside:  # "30 a year for three years" is no level of three years
        return at
    at = number_at
    if at is None:
        return None
    is_bare = not row.name_from(at + 1, stops=frozenset({"or", "per"})) and row.first({"span"}) is None
    has_operator = read_operator(row, at)[0] is not None
    is_zero = row.tokens[at].value == 0
    return at if is_zero or (is_bare and (has_operator or row.is_share or row.unit_hint in UNITS_OF_LEVELS)) else None


def _assume_operator(row: Row, at: int) -> tuple[Operator, tuple[Question, ...]]:
    token = row.tokens[at]
    if token.value == 0 or token.kind == "duration":
        return "<=", ()
    operator, questions = row.assume_operator()
    could_be_change = token.kind == "percent" and token.value < SMALL_PERCENT
    if could_be_change and (row.title_direction or not row.title):
        return operator, (ASK_LEVEL, *questions)
    return operator, () if token.value == 100 and questions == (ASK_DIRECTION,) else questions
