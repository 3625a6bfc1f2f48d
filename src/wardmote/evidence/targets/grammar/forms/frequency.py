"""Something that happens at least so often: "a quarterly discussion", "meet twice a year"."""

from wardmote.evidence.targets.grammar.lexicon import FREQUENCIES, TIMES
from wardmote.evidence.targets.grammar.row import Row
from wardmote.evidence.targets.grammar.understanding import Draft
from wardmote.evidence.targets.kinds import CountPerPeriod, Frequency

ARTICLES = frozenset({"a", "an", "the"})
FLOORS = ("at least", "not less than", "no less than", "a minimum of", "minimum of", "minimum")
CEILINGS = ("no more than", "not more than", "at most", "a maximum of", "maximum of", "maximum")


def parse_frequency(row: Row) -> Draft | None:
    """A word of frequency, or a stretch without a number before it, and no amount anywhere."""
    if row.has_amount or (row.text_direction and not _find_ceiling(row)):
        return None
    draft = _parse_word(row) or _parse_times(row) or _parse_each(row)
    return draft if draft is None or not _find_ceiling(row) else _bound_above(draft)


def _find_ceiling(row: Row) -> range | None:
    return row.find_phrase(*CEILINGS)


def _bound_above(draft: Draft) -> Draft:
    """ "no more than twice a year" is a ceiling, which a frequency is not."""
    often = draft.target
    if not isinstance(often, Frequency):
        return draft
    return Draft(CountPerPeriod("<=", often.times, often.thing, often.span), draft.used)


def _parse_word(row: Row) -> Draft | None:
    at = row.find_word(FREQUENCIES)
    if at is None:
        return None
    times, span = FREQUENCIES[row.norm(at)]
    behind = row.name_from(at + 1)
    thing = row.words(behind) or _name_before(row, at)
    return Draft(Frequency(times, thing, span), set(range(len(row.tokens))))


def _name_before(row: Row, at: int) -> str:
    bound = row.find_phrase(*CEILINGS, *FLOORS) or range(0)
    places = [place for place in range(max(0, at - 6), at) if row.tokens[place].kind == "word"]
    return row.words(place for place in places if row.norm(place) not in ARTICLES and place not in bound)


def _parse_times(row: Row) -> Draft | None:
    at = row.find_word(TIMES)
    if at is None or at + 1 >= len(row.tokens) or row.tokens[at + 1].kind != "span":
        return None
    span = row.tokens[at + 1].norm
    thing = _name_before(row, at) or row.words(row.name_from(at + 2))
    target = Frequency(TIMES[row.norm(at)], thing, span)  # type: ignore[arg-type]
    return Draft(target, set(range(len(row.tokens))))


def _parse_each(row: Row) -> Draft | None:
    """ "a discussion each quarter"."""
    at = row.first({"span"})
    if at is None or not _name_before(row, at):
        return None
    return Draft(Frequency(1, _name_before(row, at), row.tokens[at].norm), set(range(len(row.tokens))))  # type: ignore[arg-type]
