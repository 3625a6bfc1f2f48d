"""Something that happens at least so often: "a quarterly discussion", "meet twice a year"."""

from wardmote.evidence.targets.grammar.lexicon import FREQUENCIES, TIMES
from wardmote.evidence.targets.grammar.row import Row
from wardmote.evidence.targets.grammar.understanding import Draft
from wardmote.evidence.targets.kinds import CountPerPeriod, Frequency

ARTICLES = frozenset({"a", "an", "the"})
#: Acts that name no thing of their own: "meet quarterly".
BARE_ACTS = (["meet"], ["met"], ["report"], ["review"], ["reviewed"], ["held"], ["to", "meet"])
PER_YEAR = {"days": 365, "weeks": 52, "months": 12, "years": 1}
FLOORS = ("at least", "not less than", "no less than", "a minimum of", "minimum of", "minimum")
CEILINGS = ("no more than", "not more than", "at most", "a maximum of", "maximum of", "maximum")


def parse_frequency(row: Row) -> Draft | None:
    """A word of frequency, or a stretch without a number before it, and no amount anywhere."""
    if (spaced := _parse_spacing(row)) is not None:
        return spaced
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


def _parse_spacing(row: Row) -> Draft | None:
    """ "every six months", "every 2 weeks"; a spacing of years is no frequency within one."""
    at = row.first({"duration"})
    per_year = None if at is None else PER_YEAR.get(row.tokens[at].norm)
    if at is None or per_year is None or row.norm(at - 1) != "every" or row.tokens[at].value <= 0:
        return None
    times = per_year / row.tokens[at].value
    if times < 1:
        return Draft(None, {at - 1, at}, why=f"{row.words([at - 1, at])} is less than once a year")
    return Draft(Frequency(round(times, 2), _name_before(row, at - 1), "financial_year"), _use_all(row))


def _use_all(row: Row) -> set[int]:
    """Every place, but what stands behind "by" and is a last day of its own."""
    by_at = row.find_word({"by", "until", "before"})
    return set(range(len(row.tokens) if by_at is None else by_at))


def _parse_word(row: Row) -> Draft | None:
    at = row.find_word(FREQUENCIES)
    if at is None:
        return None
    times, span = FREQUENCIES[row.norm(at)]
    is_multiplied = row.norm(at - 1) in TIMES
    times *= TIMES.get(row.norm(at - 1), 1)
    behind = row.name_from(at + 1)
    thing = row.words(behind) or _name_before(row, at - is_multiplied)
    return Draft(Frequency(times, thing, span), _use_all(row))


def _name_before(row: Row, at: int) -> str:
    bound = row.find_phrase(*CEILINGS, *FLOORS) or range(0)
    places = [place for place in range(max(0, at - 6), at) if row.tokens[place].kind == "word"]
    named = [place for place in places if row.norm(place) not in ARTICLES and place not in bound]
    return "" if [row.norm(place) for place in named] in BARE_ACTS else row.words(named)


def _parse_times(row: Row) -> Draft | None:
    at = row.find_word(TIMES)
    if at is None or at + 1 >= len(row.tokens) or row.tokens[at + 1].kind != "span":
        return None
    span = row.tokens[at + 1].norm
    thing = _name_before(row, at) or row.words(row.name_from(at + 2))
    target = Frequency(TIMES[row.norm(at)], thing, span)  # type: ignore[arg-type]
    return Draft(target, _use_all(row))


def _parse_each(row: Row) -> Draft | None:
    """ "a discussion each quarter"."""
    at = row.first({"span"})
    if at is None or not _name_before(row, at):
        return None
    return Draft(Frequency(1, _name_before(row, at), row.tokens[at].norm), _use_all(row))  # type: ignore[arg-type]
