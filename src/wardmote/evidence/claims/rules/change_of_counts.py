"""Does a printed change agree with the two values printed beside it?

"a 20.7% decrease from 39,355 to 31,204, 8,151 fewer reports": the percentage and the difference are both reckoned.
"""

import re
from collections.abc import Iterator

from wardmote.evidence.claims.changes import Changes, Moved, Pair, find_chain, find_pairs_nearby, read_changes
from wardmote.evidence.claims.clauses import is_plainly_of
from wardmote.evidence.claims.contract import Corpus, Finding, Rule, quantity
from wardmote.evidence.claims.model import Claim, Quantity, Verdict
from wardmote.evidence.claims.spans import Span, find_change_pct, judge_span, name_slip
from wardmote.evidence.claims.wording.numbers import Number
from wardmote.evidence.claims.wording.scan import Scanned, Sentence, find_keywords

NAME = "change_of_counts"
_OVERALL = re.compile(r"\b(?:overall|altogether|in all|in total)\b", re.IGNORECASE)
_CLAUSE = re.compile(r";\s|,\s(?:while|whilst|whereas|but|although|though)\b", re.IGNORECASE)


def find(corpus: Corpus) -> Iterator[Claim]:
    """Yield a claim for every printed change whose two ends are printed in the sentence or the one before it."""
    for document in corpus.documents:
        for sentence in document.sentences:
            changes = read_changes(sentence)
            for moved in changes.percents:
                yield from _judge(document, changes, moved, is_percent=True)
            for moved in changes.differences:
                yield from _judge(document, changes, moved, is_percent=False)


def _judge(document: Scanned, changes: Changes, moved: Moved, *, is_percent: bool) -> Iterator[Claim]:
    own = [*_list_pairs(changes), *find_pairs_nearby(document, changes.sentence)]
    judged = [(pair, *_reckon(pair, moved, is_percent)) for pair in own or _find_neighbours(document, changes)]
    kept = ("ok", "imprecise") if own else ("ok",)  # a neighbour's figures may bear out, never accuse
    agreeing = [found for found in judged if found[2] in kept]
    is_alone = len(changes.percents if is_percent else changes.differences) == 1
    if agreeing:
        best = min(agreeing, key=lambda found: found[2] != "ok")
        yield _explain(changes.sentence, moved, best[0], best[2], is_percent=is_percent)
    elif is_alone:
        meant = _find_meant(changes, moved, own)
        if meant is not None and meant.is_ordered and _is_of_one_clause(changes, moved, meant):
            yield _explain(changes.sentence, moved, meant, _reckon(meant, moved, is_percent)[1], is_percent=is_percent)


def _list_pairs(changes: Changes) -> Iterator[Pair]:
    """Every pair, and for a chain ("from 500 to 400 and then to 300") each later value against the first and last."""
    for pair in changes.pairs:
        yield pair
        before = [pair.prior, pair.current]
        for number in find_chain(changes.sentence, pair):
            yield from (Pair(earlier, number, pair.is_ordered) for earlier in (before[0], before[-1]))
            before.append(number)


def _find_meant(changes: Changes, moved: Moved, own: list[Pair]) -> Pair | None:
    """The one pair that a change must be of; of a chain its first and last, where the change is said to be overall."""
    if len(own) == 1:
        return own[0]
    chain = find_chain(changes.sentence, changes.pairs[0]) if len(changes.pairs) == 1 else ()
    around = changes.sentence.text[max(0, moved.number.start - 25) : moved.number.end + 25]
    if chain and _OVERALL.search(around):
        return Pair(changes.pairs[0].prior, chain[-1], changes.pairs[0].is_ordered)
    return None


def _is_of_one_clause(changes: Changes, moved: Moved, pair: Pair) -> bool:
    """Whether no other subject begins between the change and its two values ("rose by 8%, while in … it fell")."""
    sentence = changes.sentence
    known = tuple(other.number for other in (*changes.percents, *changes.differences))
    if not is_plainly_of(sentence, moved.number, (pair.prior, pair.current), known):
        return False
    ends = (moved.number, pair.prior, pair.current)
    first, last = min(number.start for number in ends), max(number.end for number in ends)
    cut = _CLAUSE.search(sentence.text, first, last)
    return cut is None or (first != moved.number.start and last != moved.number.end)


def _find_neighbours(document: Scanned, changes: Changes) -> list[Pair]:
    """The pairs of the neighbouring statements that share two words or more with this one."""
    words = find_keywords(changes.sentence.text)
    near = (other for other in document.near(changes.sentence) if len(words & find_keywords(other.text)) >= 2)
    return [pair for other in near for pair in read_changes(other).pairs]


def _reckon(pair: Pair, moved: Moved, is_percent: bool) -> tuple[Span, Verdict]:
    """What the pair gives, and how the printed change stands to it.

    A change the other way contradicts; percentage points printed as a percentage are imprecise; a change from nought
    has no percentage.
    """
    difference = pair.current.span - pair.prior.span
    is_points = moved.number.kind == "points" or not is_percent
    found = difference if is_points else find_change_pct(pair.prior.span, pair.current.span)
    if found is None:
        return difference, "unsupported"
    step = moved.number.step or (1.0 if is_percent else 0.0)
    way = moved.direction.way if moved.direction else "down" if moved.number.value < 0 else "up"
    size = moved.number.span.abs()
    verdict = judge_span(size, found if way == "up" else found.scaled(-1), step)
    if verdict == "wrong" and judge_span(size, found.scaled(-1) if way == "up" else found, step) == "ok":
        verdict = "contradicts"
    elif verdict == "wrong" and pair.prior.kind == "percent" and judge_span(size, difference.abs(), step) == "ok":
        verdict = "imprecise"
    return found, verdict


def _explain(sentence: Sentence, moved: Moved, pair: Pair, verdict: Verdict, *, is_percent: bool) -> Claim:
    is_points = moved.number.kind == "points"
    unit = "points" if is_points else "%" if is_percent else pair.current.after
    value = _reckon_printed(pair, is_points or not is_percent)
    shown = f"{value:+,.1f} points" if is_points else f"{value:+,.1f}%" if is_percent else f"{value:+,.0f}"
    says = f"From {_show(pair.prior)} to {_show(pair.current)} is {shown}"
    printed = moved.number.text.strip()
    why = {
        "ok": f"{says}, as printed.",
        "imprecise": f"{says}; {printed} is {name_slip(moved.number.value, value)}.",
        "wrong": f"{says}, not {printed}. One of the three numbers is wrong: ask which.",
        "contradicts": f"{says}, but the text says it went {'up' if value < 0 else 'down'}.",
        "unsupported": f"A change from nought has no percentage; {printed} cannot be reckoned from it.",
    }[verdict]
    if verdict == "imprecise" and is_points and is_percent:
        why = f"{says}; {printed} is further off than rounding explains."
    elif verdict == "imprecise" and pair.prior.kind == "percent":
        why = f"{says}; {printed} is the difference in percentage points. Write points."
    return Finding(sentence, moved.number).claim(
        NAME, "change", verdict, why,
        claimed=[quantity(moved.number, "change")],
        inputs=[quantity(pair.prior, "prior"), quantity(pair.current, "current")],
        recomputed=[Quantity(value, unit, "change")],
    )  # fmt: skip


def _reckon_printed(pair: Pair, is_difference: bool) -> float:
    """What the printed values give, for showing: the middle of two roundings is a number nobody printed."""
    difference = pair.current.value - pair.prior.value
    return difference if is_difference or not pair.prior.value else difference / pair.prior.value * 100


def _show(number: Number) -> str:
    return f"{number.value:g}%" if number.kind == "percent" else f"{number.value:,.10g}"


RULE = Rule(
    name=NAME,
    family="change",
    asks="Does a printed change agree with the two values printed beside it?",
    holds="Reports fell by 20.7%, from 39,355 in 2017 to 31,204 in 2018.",
    fails="Reports fell by 27.1%, from 39,355 in 2017 to 31,204 in 2018.",
    find=find,
    rank=10,
)
