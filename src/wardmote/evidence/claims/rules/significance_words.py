"""Is a change that is called significant more than noise, by the counts printed beside the word?

Two counts are tested as in `evidence.statistics.change`: given their sum, is the later one further from half than
chance takes it? Recorded crime varies more than chance alone does, so a change that fails this test surely fails.
"""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

from wardmote.evidence.claims.changes import are_alike, read_changes
from wardmote.evidence.claims.contract import Corpus, Finding, Rule, quantity
from wardmote.evidence.claims.model import Claim, Quantity, Verdict
from wardmote.evidence.claims.rules.x_of_y import find_pairs
from wardmote.evidence.claims.wording.numbers import Number
from wardmote.evidence.claims.wording.scan import Sentence
from wardmote.evidence.claims.wording.words import find_directions
from wardmote.evidence.statistics.change import CountChange, compare_counts, describe_direction

NAME = "significance_words"
_MOVED = r"(?:increased|decreased|reduced|rose|risen|fell|fallen|dropped|declined|grew|grown|changed)"
_NOUNS = "increases?|decreases?|reductions?|rises?|falls?|drops?|declines?"
_PHRASE = re.compile(
    r"\b(?:(?P<no>no |not a |not |without (?:any |a )?)(?:statistically )?significant "
    rf"(?:{_NOUNS}|changes?|differences?)"
    rf"|(?:statistically )?significant (?:{_NOUNS})"
    rf"|(?P<not>not |never )?{_MOVED} (?:statistically )?significantly"
    rf"|(?P<nor>not |never )?(?:statistically )?significantly (?:{_MOVED}|higher|lower|more|fewer))\b",
    re.IGNORECASE,
)
_HOPED = re.compile(
    r"\b(?:to|will|would|could|may|might|should|if|aims?|hopes?|targets?)\s(?:\w+\s){0,2}$", re.IGNORECASE
)
_YEAR_AFTER = re.compile(r"^\s(?:\w+\s){0,4}?in (?:the )?(?:\w+ ){0,2}?(?:19|20)\d\d", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Phrase:
    """The words, and whether they deny."""

    text: str
    start: int
    end: int
    denies: bool


def find(corpus: Corpus) -> Iterator[Claim]:
    """Yield a claim for every change that is called significant, or said not to be."""
    for _, sentence in corpus.sentences():
        match = _PHRASE.search(sentence.text) if "ignificant" in sentence.text else None
        if match and not _HOPED.search(sentence.text[: match.start()]):
            phrase = Phrase(
                match.group(), match.start(), match.end(), bool(match["no"] or match["not"] or match["nor"])
            )
            yield _judge(sentence, phrase, corpus.level)


def _judge(sentence: Sentence, phrase: Phrase, level: float) -> Claim:
    shares = [pair for pair in find_pairs(sentence) if pair[0].start > phrase.end]
    if len(shares) == 2:
        return _judge_shares(sentence, phrase, shares, level)
    pair = _find_counts(sentence, phrase)
    if pair is None:
        return Finding(sentence, None, phrase.start, phrase.end).claim(
            NAME, "significance", "not_checkable",
            "The two counts behind this are not printed with it, so nobody can tell whether it is more than noise.",
            claimed=[Quantity(0.0 if phrase.denies else 1.0, "", "significant")],
        )  # fmt: skip
    change = compare_counts(pair[1].value, pair[0].value, level=level)
    return _judge_counts(sentence, phrase, pair, change)


def _find_counts(sentence: Sentence, phrase: Phrase) -> tuple[Number, Number] | None:
    """The two counts that the phrase is about: the sentence's only ordered pair, or its only two counts by year."""
    pairs = [(pair.prior, pair.current) for pair in read_changes(sentence).pairs]
    pairs = [pair for pair in pairs if min(pair[0].start, pair[1].start) > phrase.start - 60]
    if not pairs:
        numbers = [number for number in sentence.measured if number.start > phrase.end]
        dated = all(_YEAR_AFTER.match(sentence.text[number.end :]) for number in numbers)
        pairs = [(numbers[0], numbers[1])] if len(numbers) == 2 and dated and are_alike(*numbers) else []
    if len(pairs) != 1 or not all(_is_whole_count(number) for number in pairs[0]):
        return None
    return pairs[0]


def _is_whole_count(number: Number) -> bool:
    return (
        number.kind == "count" and not number.step and not number.bound and number.value % 1 == 0 and number.value >= 0
    )


def _judge_counts(sentence: Sentence, phrase: Phrase, pair: tuple[Number, Number], change: CountChange) -> Claim:
    is_more = change.current + change.previous > 0 and describe_direction(change) != "similar"
    prior, current = pair
    verdict: Verdict = "ok" if is_more != phrase.denies or _denies_other_way(phrase, change) else "contradicts"
    says = f"{prior.value:,.0f} and {current.value:,.0f} differ by {'more' if is_more else 'no more'} than chance"
    why = f"{says} at the {change.level:.0%} level (p = {change.p_value:.2g})"
    if is_more:
        why += ", though police counts vary more than chance alone."
    else:
        why += ", and police counts vary more than chance alone."
    if verdict == "contradicts":
        why += f" “{phrase.text}” says otherwise."
    inputs = [quantity(prior, "prior"), quantity(current, "current")]
    return _claim(sentence, phrase, verdict, why=why, inputs=inputs, p_value=change.p_value)


def _denies_other_way(phrase: Phrase, change: CountChange) -> bool:
    """ "No significant increase" holds of a fall."""
    ways = {word.way for word in find_directions(phrase.text)}
    went = "up" if change.current > change.previous else "down"
    return phrase.denies and len(ways) == 1 and went not in ways


def _judge_shares(sentence: Sentence, phrase: Phrase, shares: list[tuple[Number, Number]], level: float) -> Claim:
    """Two shares with their counts: compared by the normal test of two proportions."""
    (a, m), (b, n) = shares
    pooled = (a.value + b.value) / (m.value + n.value)
    error = (pooled * (1 - pooled) * (1 / m.value + 1 / n.value)) ** 0.5 if m.value and n.value else 0.0
    gap = abs(a.value / m.value - b.value / n.value) if error else 0.0
    p_value = math.erfc(gap / error / math.sqrt(2)) if error else 1.0
    is_more = p_value < 1 - level
    verdict: Verdict = "ok" if is_more != phrase.denies else "contradicts"
    why = f"The two shares differ by {'more' if is_more else 'no more'} than chance"
    why += f" at the {level:.0%} level (p = {p_value:.2g})."
    inputs = [quantity(number, role) for number, role in ((a, "part"), (m, "whole"), (b, "part"), (n, "whole"))]
    return _claim(sentence, phrase, verdict, why=why, inputs=inputs, p_value=p_value)


def _claim(
    sentence: Sentence, phrase: Phrase, verdict: Verdict, *, why: str, inputs: list[Quantity], p_value: float
) -> Claim:
    return Finding(sentence, None, phrase.start, phrase.end).claim(
        NAME, "significance", verdict, why,
        claimed=[Quantity(0.0 if phrase.denies else 1.0, "", "significant")],
        inputs=inputs,
        recomputed=[Quantity(p_value, "", "p_value")],
    )  # fmt: skip


RULE = Rule(
    name=NAME,
    family="significance",
    asks="Is a change that is called significant more than noise, by the counts printed beside the word?",
    holds="Thefts fell significantly, from 612 to 470.",
    fails="There was a significant increase in robbery, from 100 offences to 110.",
    find=find,
)
