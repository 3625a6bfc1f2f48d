"""Does a percentage agree with the two counts printed beside it?

"6% (2 out of 31)", "117 of 144 (81%)", "15 of 43 young people, 35%".
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from wardmote.evidence.claims.contract import Corpus, Finding, Rule, quantity
from wardmote.evidence.claims.model import Claim, Quantity
from wardmote.evidence.claims.spans import Span, find_share_pct, judge_span
from wardmote.evidence.claims.wording.numbers import Number
from wardmote.evidence.claims.wording.scan import Sentence

NAME = "x_of_y"
_OF = re.compile(
    r"^\s?(?:[a-z’'-]+\s){0,3}?(?:out\s)?of\s(?:the\s|our\s|all\s|these\s|those\s|a total of\s)?$", re.IGNORECASE
)
#: How far the percentage may stand from the pair, in characters, and what must not lie between.
_REACH = 40
_CUT = re.compile(r"[.;:]\s|\n|\d")


def find(corpus: Corpus) -> Iterator[Claim]:
    """Yield a claim for every percentage that stands beside "x of y"."""
    for _, sentence in corpus.sentences():
        for part, whole in find_pairs(sentence):
            percent = _find_percent(sentence, part, whole)
            if percent is not None:
                yield _judge(sentence, part, whole, percent)


def find_pairs(sentence: Sentence) -> Iterator[tuple[Number, Number]]:
    """The pairs of counts that read "x of y", in order."""
    counts = [number for number in sentence.numbers if number.kind == "count"]
    for part, whole in pairwise(counts):
        if _OF.match(sentence.text[part.end : whole.start]) and part.value <= whole.value:
            yield part, whole


def _find_percent(sentence: Sentence, part: Number, whole: Number) -> Number | None:
    """The percentage nearest to the pair, with nothing numeric and no clause end between."""
    nearby: list[tuple[int, Number]] = []
    for number in sentence.numbers:
        if number.kind == "percent":
            between = (
                sentence.text[number.end : part.start]
                if number.end <= part.start
                else sentence.text[whole.end : number.start]
            )
            if len(between) <= _REACH and not _CUT.search(between):
                nearby.append((len(between), number))
    return min(nearby, key=lambda pair: pair[0])[1] if nearby else None


def _judge(sentence: Sentence, part: Number, whole: Number, percent: Number) -> Claim:
    share = find_share_pct(part.span, whole.span) or Span.exactly(float("nan"))
    verdict = judge_span(percent.span, share, percent.step or 1.0)
    found = share.middle
    says = f"{part.value:,.0f} of {whole.value:,.0f} is {found:.1f}%"
    why = {
        "ok": f"{says}, as printed.",
        "imprecise": f"{says}; {percent.text.strip()} is cut off instead of rounded.",
        "wrong": f"{says}, not {percent.text.strip()}. One of the three numbers is wrong: ask which.",
    }[verdict]
    return Finding(sentence, percent).claim(
        NAME, "percentage_of_counts", verdict, why,
        claimed=[quantity(percent, "share")],
        inputs=[quantity(part, "part"), quantity(whole, "whole")],
        recomputed=[Quantity(found, "%", "share")],
    )  # fmt: skip


RULE = Rule(
    name=NAME,
    family="percentage_of_counts",
    asks="Does a percentage agree with the two counts printed beside it?",
    holds="35% (15 of 43 young people) re-offended.",
    fails="19% (15 of 52 young people) re-offended.",
    find=find,
    rank=10,
)
