"""Something that happens at least so often: "a quarterly discussion", "meet twice a year"."""

from wardmote.evidence.targets.grammar.lexicon import FREQUENCIES, TIMES
from wardmote.evidence.targets.grammar.row import Row
from wardmote.evidence.targets.grammar.understanding import Draft
from wardmote.evidence.targets.kinds import Frequency

ARTICLES = frozenset({"a", "an", "the"})


def parse_frequency(row: Row) -> Draft | None:
    """A word of frequency, or a stretch without a number before it, and no amount anywhere."""
    if row.text_direction or row.has_amount:
        return None
    return _parse_word(row) or _parse_times(row) or _parse_each(row)


def _parse_word(row: Row) -> Draft | None:
    at = row.find_word(FREQUENCIES)
    if at is None:
        return None
    times, span = FREQUENCIES[row.norm(at)]
    behind = row.name_from(at + 1)
    thing = row.words(behind) or _name_before(row, at)
    return Draft(Frequency(times, thing, span), set(range(len(row.tokens))))


def _name_before(row: Row, at: int) -> str:
    places = [place for place in range(max(0, at - 6), at) if row.tokens[place].kind == "word"]
    return row.words(place for place in places if row.norm(place) not in ARTICLES)


def _parse_times(row: Row) -> Draft | None:
    at = row.find_word(TIMES)
    if at is None or at + 1 >= len(row.tokens) or row.tokens[at + 1].kind != "span":
        return None
    span = row.tokens[at + 1].norm
    target = Frequency(TIMES[row.norm(at)], _name_before(row, at), span)  # type: ignore[arg-type]
    return Draft(target, set(range(len(row.tokens))))


def _parse_each(row: Row) -> Draft | None:
    """ "a discussion each quarter"."""
    at = row.first({"span"})
    if at is None or not _name_before(row, at):
        return None
    return Draft(Frequency(1, _name_before(row, at), row.tokens[at].norm), set(range(len(row.tokens))))  # type: ignore[arg-type]
