"""Do a percentage change and a difference agree with each other, and with the level printed beside them?

"8% increase, 1,531 additional crimes" under a level of 20,285: the level less the difference is the earlier value, of
which the difference must be 8%. Where no level is printed the two imply one, which is said.
"""

from collections.abc import Iterator

from wardmote.evidence.claims.changes import Changes, Moved, find_period_of, read_changes
from wardmote.evidence.claims.clauses import are_side_by_side, is_plain_tail, is_reckoned_otherwise
from wardmote.evidence.claims.contract import Corpus, Finding, Rule, quantity
from wardmote.evidence.claims.model import Claim, Quantity
from wardmote.evidence.claims.spans import Span, find_share_pct, judge_span
from wardmote.evidence.claims.text import Table
from wardmote.evidence.claims.wording.numbers import Number
from wardmote.evidence.claims.wording.scan import Scanned, Sentence, find_keywords

NAME = "change_of_headline"
#: How many cells above a change its level may stand.
_ABOVE = 40


def find(corpus: Corpus) -> Iterator[Claim]:
    """Yield a claim for every percentage with its difference whose two ends are not both printed."""
    for document in corpus.documents:
        for place, statement in enumerate(document.sentences):
            found = _read_both(document, place, statement)
            if found is not None:
                yield from _judge(document, *found)


def _read_both(document: Scanned, place: int, sentence: Sentence) -> tuple[Changes, Moved, Changes, Moved] | None:
    """One percentage and one difference, in this sentence or in this and the next of the same block; no pair."""
    here = read_changes(sentence)
    if here.pairs or len(here.percents) != 1:
        return None
    if len(here.differences) == 1:
        return here, here.percents[0], here, here.differences[0]
    follows = document.sentences[place + 1] if place + 1 < len(document.sentences) else None
    if here.differences or follows is None or follows.block is not sentence.block:
        return None
    after = read_changes(follows)
    if after.pairs or after.percents or len(after.differences) != 1:
        return None
    return here, here.percents[0], after, after.differences[0]


def _judge(document: Scanned, here: Changes, percent: Moved, after: Changes, difference: Moved) -> Iterator[Claim]:
    ways = {moved.direction.way for moved in (percent, difference) if moved.direction}
    if len(ways) != 1:
        return
    level = _find_level(document, here, after, difference)
    if level is None:
        yield _explain_implied(here.sentence, percent.number, difference.number)
        return
    claims = _compare_with(here, percent, after, difference, level)
    is_plain = _is_of_one_thing(here, percent, after, difference, level)
    yield from (claim for claim in claims if is_plain or not claim.accuses)


def _compare_with(here: Changes, percent: Moved, after: Changes, difference: Moved, level: Number) -> Iterator[Claim]:
    if level.bound:
        yield from _compare_open(here if level in here.loose else after, percent, difference, level)
        return
    share = find_share_pct(difference.number.span, level.span - difference.number.span.scaled(_sign(difference)))
    if share is not None:
        yield _compare(here.sentence, percent, difference, level, share)


def _is_of_one_thing(here: Changes, percent: Moved, after: Changes, difference: Moved, level: Number) -> bool:
    """Whether percentage and difference are changes of one thing: no other subject, base or average is named."""
    if any(is_reckoned_otherwise(changes.sentence.text) for changes in (here, after)):
        return False
    if here.sentence.table is not None:
        return True
    if here is after:
        return are_side_by_side(here.sentence, percent.number, difference.number, level)
    return is_plain_tail(after.sentence, difference.number, find_keywords(f"{here.sentence.text} {level.after}"))


def _sign(moved: Moved) -> float:
    return -1.0 if moved.direction and moved.direction.way == "down" else 1.0


def _find_level(document: Scanned, here: Changes, after: Changes, difference: Moved) -> Number | None:
    """The level that the change belongs to: a loose count of the sentence, else the first count of the same table."""
    size = difference.number.value
    least = size if _sign(difference) > 0 else 0.0  # after a fall less may be left than was lost
    told = (*here.loose, *(after.loose if after is not here else ()))
    loose = [number for number in told if number.value > least and not number.is_spelled]
    if loose:
        return loose[0] if len(loose) == 1 else None
    table = here.sentence.table
    if table is None or table.header_columns == 0:
        return None
    counts = next(_list_counts_above(document, here.sentence, table), [])
    return counts[0] if counts and counts[0].value > size else None


def _list_counts_above(document: Scanned, sentence: Sentence, table: Table) -> Iterator[list[Number]]:
    """The counts of the cells above a sentence in its table, the first cell first; of a long table the nearest rows."""
    first = sentence.index
    while first and document.sentences[first - 1].table is table and sentence.index - first < _ABOVE:
        first -= 1
    for other in document.sentences[first : sentence.index]:
        if other.row is not None and other.row < (sentence.row or 0) and other.column:
            counts = [number for number in other.measured if number.kind == "count"]
            if counts:
                yield counts


def _is_earlier(sentence: Sentence, level: Number) -> bool:
    """Whether the level is dated before another period of its sentence ("10,400 in 2017, so 2018 saw …")."""
    own = find_period_of(sentence, level) if level in sentence.numbers else None
    dated = [period.first for period in sentence.periods if period.first is not None]
    return own is not None and own.first is not None and own.first < max(dated)


def _compare(sentence: Sentence, percent: Moved, difference: Moved, level: Number, share: Span) -> Claim:
    step = percent.number.step or 1.0
    verdict = judge_span(percent.number.span.abs(), share, step)
    sign, size = _sign(difference), difference.number.value
    prior = level.value - sign * size
    of_level = find_share_pct(difference.number.span, level.span) if _is_earlier(sentence, level) else None
    if verdict != "ok" and of_level and judge_span(percent.number.span.abs(), of_level, step) == "ok":
        verdict, share, prior = "ok", of_level, level.value  # the level printed is the earlier one
    word = "more" if sign > 0 else "fewer"
    says = f"{size:,.0f} {word} than {prior:,.0f}"
    says += "" if prior == level.value else f" (a level of {level.value:,.0f})"
    says += f" is {share.middle:.1f}%"
    why = f"{says}, as printed." if verdict == "ok" else f"{says}; {percent.number.text.strip()} is printed."
    return Finding(sentence, percent.number).claim(
        NAME, "change", "inconsistent" if verdict == "wrong" else verdict, why,
        claimed=[quantity(percent.number, "change")],
        inputs=[quantity(level, "current"), quantity(difference.number, "difference"), Quantity(prior, "", "prior")],
        recomputed=[Quantity(share.middle, "%", "change")],
    )  # fmt: skip


def _compare_open(changes: Changes, percent: Moved, difference: Moved, level: Number) -> Iterator[Claim]:
    """A level printed as "over 5,000": the two changes imply the level, which must lie there."""
    prior = difference.number.span.scaled(100).per(percent.number.span.abs())
    if prior is None:
        return
    current = prior + difference.number.span.scaled(_sign(difference))
    verdict = judge_span(level.span, current, level.step or 1.0)
    why = (
        f"{difference.number.value:,.0f} being {percent.number.text.strip()} implies {prior.middle:,.0f} before and"
        f" {current.middle:,.0f} now, {'as' if verdict == 'ok' else 'not'} “{level.bound.replace('_', ' ')}"
        f" {level.value:,.0f}”."
    )
    yield Finding(changes.sentence, level).claim(
        NAME, "change", "inconsistent" if verdict == "wrong" else verdict, why,
        claimed=[quantity(level, "current")],
        inputs=[quantity(percent.number, "change"), quantity(difference.number, "difference")],
        recomputed=[Quantity(prior.middle, "", "prior"), Quantity(current.middle, level.after, "current")],
    )  # fmt: skip


def _explain_implied(sentence: Sentence, percent: Number, difference: Number) -> Claim:
    base = difference.value / abs(percent.value) * 100 if percent.value else float("nan")
    why = (
        f"Neither the earlier nor the later value is printed. {difference.value:,.0f} being {percent.text.strip()} "
        f"implies an earlier value of about {base:,.0f}."
    )
    return Finding(sentence, percent).claim(
        NAME, "change", "not_checkable", why,
        claimed=[quantity(percent, "change"), quantity(difference, "difference")],
        inputs=[quantity(difference, "difference")],
        recomputed=[Quantity(base, "", "prior implied")],
    )  # fmt: skip


RULE = Rule(
    name=NAME,
    family="change",
    asks="Do a percentage change and a difference agree with each other, and with the level printed beside them?",
    holds="In the year there were 20,285 crimes, an increase of 8% (1,531 more).",
    fails="In the year there were 20,285 crimes, an increase of 12% (1,531 more).",
    find=find,
    rank=20,
)
