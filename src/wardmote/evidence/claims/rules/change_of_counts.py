"""Does a printed change agree with the two values printed beside it?

"a 20.7% decrease from 39,355 to 31,204, 8,151 fewer reports": the percentage and the difference are both reckoned.
"""

from collections.abc import Iterator

from wardmote.evidence.claims.changes import Changes, Moved, Pair, read_changes
from wardmote.evidence.claims.contract import Corpus, Finding, Rule, quantity
from wardmote.evidence.claims.model import Claim, Quantity, Verdict
from wardmote.evidence.claims.spans import Span, find_change_pct, judge_span
from wardmote.evidence.claims.wording.scan import Scanned, Sentence, find_keywords

NAME = "change_of_counts"


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
    pairs = _find_pairs(document, changes)
    judged = [(pair, *_reckon(pair, moved, is_percent)) for _, pair in pairs]
    kept = ("ok", "imprecise") if changes.pairs else ("ok",)  # a neighbour's figures may bear out, never accuse
    agreeing = [found for found in judged if found[2] in kept]
    if agreeing:
        yield _explain(
            changes.sentence, moved, *min(agreeing, key=lambda found: found[2] != "ok"), is_percent=is_percent
        )
    elif len(judged) == 1 and changes.pairs and len(changes.percents if is_percent else changes.differences) == 1:
        pair, found, verdict = judged[0]
        if pair.is_ordered:
            yield _explain(changes.sentence, moved, pair, found, verdict, is_percent=is_percent)


def _find_pairs(document: Scanned, changes: Changes) -> list[tuple[Sentence, Pair]]:
    """The pairs of this sentence, or else of its neighbours in the same paragraph."""
    pairs = [(changes.sentence, pair) for pair in changes.pairs]
    if not pairs:
        words = find_keywords(changes.sentence.text)
        for near in document.near(changes.sentence):
            if len(words & find_keywords(near.text)) >= 2:
                pairs += [(near, pair) for pair in read_changes(near).pairs]
    return pairs


def _reckon(pair: Pair, moved: Moved, is_percent: bool) -> tuple[Span, Verdict]:
    """What the pair gives, and how the printed change stands to it. A change the other way contradicts."""
    found = find_change_pct(pair.prior.span, pair.current.span) if is_percent else pair.current.span - pair.prior.span
    if found is None:
        return Span.exactly(float("nan")), "not_checkable"
    way = moved.direction.way if moved.direction else "down" if moved.number.value < 0 else "up"
    size = moved.number.span.abs()
    verdict = judge_span(size, found if way == "up" else found.scaled(-1), moved.number.step or 1.0)
    if verdict == "wrong" and judge_span(size, found.abs(), moved.number.step or 1.0) == "ok":
        verdict = "contradicts"
    return found, verdict


def _explain(sentence: Sentence, moved: Moved, pair: Pair, found: Span, verdict: Verdict, *, is_percent: bool) -> Claim:
    unit = "%" if is_percent else pair.current.after
    value = found.middle
    shown = f"{value:+,.1f}%" if is_percent else f"{value:+,.0f}"
    says = f"From {pair.prior.value:,.0f} to {pair.current.value:,.0f} is {shown}"
    printed = moved.number.text.strip()
    why = {
        "ok": f"{says}, as printed.",
        "imprecise": f"{says}; {printed} is cut off instead of rounded.",
        "wrong": f"{says}, not {printed}. One of the three numbers is wrong: ask which.",
        "contradicts": f"{says}, but the text says it went {'up' if value < 0 else 'down'}.",
        "not_checkable": "The earlier value is nought, so no percentage can be reckoned.",
    }[verdict]
    return Finding(sentence, moved.number).claim(
        NAME, "change", verdict, why,
        claimed=[quantity(moved.number, "change")],
        inputs=[quantity(pair.prior, "prior"), quantity(pair.current, "current")],
        recomputed=[Quantity(value, unit, "change")],
    )  # fmt: skip


RULE = Rule(
    name=NAME,
    family="change",
    asks="Does a printed change agree with the two values printed beside it?",
    holds="Reports fell by 20.7%, from 39,355 in 2017 to 31,204 in 2018.",
    fails="Reports fell by 27.1%, from 39,355 in 2017 to 31,204 in 2018.",
    find=find,
    rank=10,
)
