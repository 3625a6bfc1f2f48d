"""What a change is measured from, as the words say it."""

from dataclasses import dataclass, field

from wardmote.evidence.targets.grammar.lexicon import DOWN_WORDS, MULTIPLES, UP_WORDS
from wardmote.evidence.targets.grammar.row import Row
from wardmote.evidence.targets.grammar.understanding import ASK_BASE, ASK_BASE_VALUE, Question
from wardmote.evidence.targets.kinds import Base, BaseKind

#: Tried in this order: the longer way of saying it stands before the shorter one that it holds.
PHRASES: tuple[tuple[BaseKind, str, tuple[str, ...]], ...] = (
    ("same_period_last_year", "quarter", ("same quarter last year", "same quarter of last year")),
    ("same_period_last_year", "quarter", ("same quarter the previous year", "same quarter in the previous year")),
    ("same_period_last_year", "quarter", ("same quarter of the previous year", "same quarter previous year")),
    ("same_period_last_year", "month", ("same month last year", "same month of the previous year")),
    ("same_period_last_year", "", ("same period last year", "same period of last year", "same period")),
    ("same_point_last_year", "", ("same point last year", "same time last year", "same point", "same time")),
    (
        "previous_year_total",
        "",
        ("last year's total", "previous year's total", "total for last year", "last year total"),
    ),
    ("previous_year_total", "", ("total last year", "total for the previous year", "total of last year")),
    ("previous_period", "quarter", ("previous quarter", "last quarter")),
    ("previous_period", "month", ("previous month", "last month")),
    ("previous_period", "", ("previous period", "last period")),
    (
        "previous_year",
        "",
        ("previous year", "last year", "prior year", "last year's", "previous year's", "year before"),
    ),
    ("previous_year", "", ("year on year", "year-on-year", "yoy")),
    ("outturn", "", ("out-turn", "outturn", "out turn", "actual")),
    ("baseline", "", ("baseline", "base line", "base")),
)
BASE_PREPOSITIONS = frozenset({"on", "against", "from", "with", "versus", "v", "vs", "since", "than", "below", "above",
                               "under", "over"})  # fmt: skip
COMPARING_WORDS = frozenset({"compared", "comparison", "relative", "equal", "similar", "reference"})
#: Words before a year that says when something is to be reached, and never from what it is measured.
BEFORE_AN_END = frozenset({"by", "until", "till", "to", "before", "end", "during", "for"})
BEFORE_A_VALUE = frozenset({"of", "(", "=", ":", "at", "was", "is"})


@dataclass(slots=True)
class FoundBase:
    """A base with the places of its words and the question that it leaves open."""

    base: Base
    places: set[int] = field(default_factory=set)
    questions: tuple[Question, ...] = ()


def find_base(row: Row, *, start: int = 0) -> FoundBase:
    """What does the text measure its change from? The base "not_stated", with its question, where it does not say."""
    kind, period, places = _find_kind(row, start)
    years = _find_years(row, start, kind=kind, places=places)
    if years is not None:
        places.add(years)
        period = row.tokens[years].norm if not period or kind in {"outturn", "baseline"} else period
        kind = "baseline" if kind == "not_stated" else kind
    value_at = _find_value(row, max(places)) if places else None
    if value_at is None and kind in {"not_stated", "baseline", "outturn"}:
        value_at = _find_start_value(row, start)
        kind = "baseline" if kind == "not_stated" and value_at is not None else kind
        period, year_places = (period, set()) if value_at is None or period else _find_year_behind(row, value_at)
        places |= year_places
    if not places and value_at is None:
        return FoundBase(Base("not_stated"), set(), (ASK_BASE,))
    if value_at is None:
        return FoundBase(Base(kind, period=period), places)
    token = row.tokens[value_at]
    unit = "percent" if token.kind == "percent" else token.norm if token.kind == "rate" else ""
    return FoundBase(Base(kind, token.value, period, unit), places | {value_at, value_at - 1})


def ask_base(found: FoundBase) -> tuple[Question, ...]:
    """What is open about a base: what it is, or the value of a named one."""
    if found.questions or found.base.value is not None or found.base.kind not in {"outturn", "baseline"}:
        return found.questions
    return (ASK_BASE_VALUE,)


def _find_kind(row: Row, start: int) -> tuple[BaseKind, str, set[int]]:
    for kind, period, phrases in PHRASES:
        found = row.find_phrase(*phrases)
        if found is not None and found.start >= start:
            return kind, period, set(found)
    return "not_stated", "", set()


def _find_years(row: Row, start: int, *, kind: BaseKind, places: set[int]) -> int | None:
    """The year of the base: behind a word of comparison, else the year of a named base; never the year of the end."""
    years = [at for at in range(start, len(row.tokens)) if row.tokens[at].kind in {"years", "year"}]
    compared = next((at for at in years if _is_compared(row, at)), None)
    if compared is not None or not places:
        return compared
    is_one_year = kind not in {"outturn", "baseline", "not_stated"}  # "on last year" names its year: only right behind
    furthest = max(places) + 2 if is_one_year else len(row.tokens)
    return next((at for at in years if at <= furthest and _look_before(row, at) not in BEFORE_AN_END), None)


def _look_before(row: Row, at: int) -> str:
    return row.norm(at - 2) if row.norm(at - 1) == "the" else row.norm(at - 1)


def _is_compared(row: Row, at: int) -> bool:
    before = _look_before(row, at)
    is_multiplied = row.norm(at - 1) in MULTIPLES or before in MULTIPLES  # "double the 2019 figure"
    to_at = at - 2 if row.norm(at - 1) == "the" else at - 1
    is_compared_to = before == "to" and row.norm(to_at - 1) in COMPARING_WORDS
    return is_multiplied or is_compared_to or before in BASE_PREPOSITIONS


def _find_start_value(row: Row, start: int) -> int | None:
    """The amount that a change starts from: "halve from 100", but not "from 100 to 50" or "from 3 estates"."""
    for at in range(max(start, 1), len(row.tokens)):
        is_start = row.norm(at - 1) == "from" and row.tokens[at].kind in {"percent", "number", "rate"}
        is_end = at + 1 == len(row.tokens) or row.tokens[at + 1].kind == "mark" or row.norm(at + 1) in {"in", "by"}
        if is_start and is_end:
            return at
    return None


def _find_year_behind(row: Row, at: int) -> tuple[str, set[int]]:
    """ "from 100 in 2019": the year of an amount that a change starts from."""
    is_year = row.norm(at + 1) == "in" and at + 2 < len(row.tokens) and row.tokens[at + 2].kind in {"year", "years"}
    return (row.norm(at + 2), {at + 1, at + 2}) if is_year else ("", set())


def _find_value(row: Row, last: int) -> int | None:
    """An amount right behind the base's words: "baseline of 6.2%", "out-turn (13%)"."""
    for at in range(last + 1, min(last + 4, len(row.tokens))):
        token = row.tokens[at]
        if token.kind in {"percent", "number", "rate"}:
            return at if row.norm(at - 1) in BEFORE_A_VALUE or at == last + 1 else None
        if (token.kind == "mark" and token.norm != "(") or token.norm in UP_WORDS | DOWN_WORDS:
            return None
    return None
