"""So many of a thing in a stretch of time: "10 per year", "Two programmes delivered"."""

from wardmote.evidence.targets.grammar.forms.amounts import read_operator, read_source
from wardmote.evidence.targets.grammar.lexicon import BAD_WORDS, DONE_WORDS, HARM_WORDS, NAME_STOPS
from wardmote.evidence.targets.grammar.row import Row
from wardmote.evidence.targets.grammar.tokens import Token
from wardmote.evidence.targets.grammar.understanding import ASK_SPAN, Draft, Question
from wardmote.evidence.targets.kinds import CountPerPeriod, Operator, Span

THING_STOPS = NAME_STOPS | (DONE_WORDS - {"place"})
YEAR_WORDS: dict[str, Span] = {"annually": "financial_year", "yearly": "financial_year", "annual": "financial_year"}


def parse_count(row: Row) -> Draft | None:
    """A whole or bare number with its thing, its stretch and, from the title, when in the year."""
    at = row.first({"number"})
    if at is None:
        return None
    operator, places = read_operator(row, at)
    asked: tuple[Question, ...] = ()
    thing = row.name_from(at + 1, stops=THING_STOPS)
    if operator is None:
        operator, asked = _assume_operator(row, thing)
    span, span_places = _read_span(row)
    window, window_places = _read_window(row)
    source_places = set() if thing else read_source(row, at)[1]
    target = CountPerPeriod(operator, row.tokens[at].value, row.words(thing), span or "financial_year", window)
    used = {at, *places, *thing, *span_places, *window_places, *source_places, *_verb_places(row)}
    return Draft(target, used, questions=asked + (() if span else (ASK_SPAN,)))


def _assume_operator(row: Row, thing: range) -> tuple[Operator, tuple[Question, ...]]:
    """A thing to be done is done at least so often, a harm at most; a bare number follows the way that is good."""
    if not thing:
        return row.assume_operator()
    is_harm = any(row.norm(at) in BAD_WORDS | HARM_WORDS for at in thing)
    return ("<=", ()) if is_harm else (">=", ())


def _read_span(row: Row) -> tuple[Span | None, set[int]]:
    at = row.first({"span"})
    if at is not None:
        return row.tokens[at].norm, {at}  # type: ignore[return-value]
    at = row.find_word(YEAR_WORDS)
    return (None, set()) if at is None else (YEAR_WORDS[row.norm(at)], {at})


def _read_window(row: Row) -> tuple[str, set[int]]:
    at = row.first({"window"})
    if at is not None:
        return row.tokens[at].norm, {at}
    in_title: Token | None = next((token for token in row.title if token.kind == "window"), None)
    return (in_title.norm if in_title else ""), set()


def _verb_places(row: Row) -> set[int]:
    """All plain words, where a word says that something is done: they say what is counted."""
    if not any(token.norm in DONE_WORDS for token in row.tokens):
        return set()
    return {at for at, token in enumerate(row.tokens) if token.kind in {"word", "mark"}}
