"""Does a percentage agree with the two counts printed beside it?

"6% (2 out of 31)", "117 of 144 (81%)", "15 of 43 young people, 35%".
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from wardmote.evidence.claims.changes import find_direction
from wardmote.evidence.claims.contract import Corpus, Finding, Rule, quantity
from wardmote.evidence.claims.model import Claim, Quantity
from wardmote.evidence.claims.overlap import holds_several, may_overlap
from wardmote.evidence.claims.spans import Span, find_share_pct, judge_span, name_slip
from wardmote.evidence.claims.wording.numbers import Number, find_numbers
from wardmote.evidence.claims.wording.scan import Sentence

NAME = "x_of_y"
_OF = re.compile(
    r"^\s?(?:(?!(?:against|compared|versus|average|mean|median|target|than|from|total|peak|high|low|instead|because)\b)"
    r"[a-z’'-]+\s){0,3}?(?:out\s)?of\s(?:the\s|our\s|all\s|these\s|those\s|a total of\s)?$",
    re.IGNORECASE,
)
#: "14 out of 12": nothing but "of" between, so that "14 cases of 12 or more" is no such pair.
_STRAIGHT_OF = re.compile(r"^\s(?:out\s)?of\s(?:the\s|our\s|all\s|these\s|those\s)?$", re.IGNORECASE)
#: "Of the 40 cases referred, 44 were accepted."
_OF_FIRST = re.compile(r"(?:^|[;(]\s?)of\s(?:the|these|those|our|all)\s$", re.IGNORECASE)
_VERB_AFTER = re.compile(r"^\s(?:were|was|had|have|are|did)\b", re.IGNORECASE)
#: What each of a whole does once, so that no more than all of them can.
_DID = re.compile(
    r"^\s(?:took part|responded|replied|agreed|attended|completed|signed|joined|returned)\b", re.IGNORECASE
)
#: A whole this many times exceeded is no slip: the two count different things.
_FAR = 2.0
#: "3 out of 5 residents (61%)": so small a whole is a way of speaking, as round as "three fifths".
_HAND, _ROUND_POINTS = 10.0, 5.0
#: "61% of 288 asked": a share of its own whole.
_OWN_WHOLE = re.compile(r"\sof\s(?:the\s|all\s|those\s)?\d")
#: "60 actions, 45 complete (85%)".
_TASKS = re.compile(
    r"^\s(?:actions|targets|recommendations|objectives|milestones|projects|tasks|measures)\b[^\d.;:,()]{0,30},\s"
    r"(?:with\s|of which\s)?$", re.IGNORECASE)  # fmt: skip
_DONE = re.compile(
    r"^\s(?:(?:are|were|is|was|have been|now)\s){0,2}(?:complete|completed|closed|delivered|achieved|met|on track|"
    r"finished|implemented)\s\($", re.IGNORECASE)  # fmt: skip
#: How far the percentage may stand from the pair, in characters, and what must not lie between.
_REACH = 40
_PERCENT = re.compile(r"\d+(?:\.\d+)?\s?%")
_CUT = re.compile(r"[.;:]\s|\n|\d")
#: A percentage that is of something else: a goal, another time or place, or a change.
_APART = re.compile(
    r"\b(?:targets?|goal|aim|compared|against|than|versus|vs|national\w*|average|last|previous|baseline|up|down|from|to|"
    r"increas\w+|decreas\w+|reduc\w+|rise|rose|fall|fell|drop\w*|change|rest|remain\w+|others?|while|whilst|whereas|but)\b",
    re.IGNORECASE,
)


def find(corpus: Corpus) -> Iterator[Claim]:
    """Yield a claim for every percentage that stands beside "x of y", and every part larger than its whole."""
    for _, sentence in corpus.sentences():
        for part, whole in find_pairs(sentence):
            yield from _judge_pair(sentence, part, whole)
        yield from _judge_done(sentence)
        for part, whole in _find_oversized(sentence):
            yield _refuse(sentence, part, whole)


def find_pairs(sentence: Sentence) -> Iterator[tuple[Number, Number]]:
    """The pairs of counts that read "x of y", in order."""
    counts = [number for number in sentence.numbers if number.kind == "count"]
    for part, whole in pairwise(counts):
        if _OF.match(sentence.text[part.end : whole.start]) and part.value <= whole.value:
            yield part, whole


def _find_oversized(sentence: Sentence) -> Iterator[tuple[Number, Number]]:
    """The pairs that read "x of y" or "of the y …, x were" with x larger than y, but not beyond all measure."""
    counts = [number for number in sentence.numbers if number.kind == "count" and not number.bound]
    for one, two in pairwise(counts):
        between = sentence.text[one.end : two.start]
        if two.value < one.value <= _FAR * two.value and _STRAIGHT_OF.match(between):
            yield one, two
        if one.value < two.value <= _FAR * one.value and _OF_FIRST.search(sentence.text[: one.start]):
            is_part = re.fullmatch(r"[^,;:.()]{1,80},\s(?:only\s|just\s)?", between)
            if is_part and _can_each(sentence, one, two):
                yield two, one


def _can_each(sentence: Sentence, whole: Number, part: Number) -> bool:
    after = sentence.text[part.end :]
    is_once = _DID.match(after) is not None and not holds_several(whole) and not may_overlap(sentence)
    return is_once or _VERB_AFTER.match(after) is not None


def _judge_done(sentence: Sentence) -> Iterator[Claim]:
    """ "60 actions, 45 complete (85%)": where no other count nearby is the whole of that share."""
    measured, text = sentence.measured, sentence.text
    for whole, part, percent in zip(measured, measured[1:], measured[2:], strict=False):
        kinds = (whole.kind, part.kind, percent.kind) == ("count", "count", "percent")
        if (
            not kinds
            or part.value > whole.value
            or whole.bound
            or part.bound
            or text[percent.end : percent.end + 1] != ")"
        ):
            continue
        others = [n for n in find_numbers(sentence.block.text) if n.kind in ("count", "label") and n.value > 0]
        if _TASKS.match(text[whole.end : part.start]) and _DONE.match(text[part.end : percent.start]):
            claim = _judge(sentence, part, whole, percent)
            if claim.verdict == "ok" or not any(_judge(sentence, part, n, percent).verdict == "ok" for n in others):
                yield claim


def _refuse(sentence: Sentence, part: Number, whole: Number) -> Claim:
    says = f"{part.value:,.0f} cannot be part of {whole.value:,.0f}"
    why = f"{says}. One of the two is wrong, or they count different things."
    return Finding(sentence, part, related=(sentence.place(whole),)).claim(
        NAME, "percentage_of_counts", "wrong", why,
        claimed=[quantity(part, "part")],
        inputs=[quantity(whole, "whole")],
    )  # fmt: skip


def _judge_pair(sentence: Sentence, part: Number, whole: Number) -> Iterator[Claim]:
    """The percentage that agrees with the pair, if one nearby does; else the nearest, if it is surely the pair's."""
    claims = [
        (apart, _judge(sentence, part, whole, percent)) for apart, percent in _list_percents(sentence, part, whole)
    ]
    agreeing = [claim for _, claim in claims if claim.verdict == "ok"]
    if agreeing:
        yield agreeing[0]
    elif claims and not claims[0][0] and not _is_way_of_speaking(part, whole, claims[0][1]):
        yield claims[0][1]


def _is_way_of_speaking(part: Number, whole: Number, claim: Claim) -> bool:
    """Whether "nine out of ten" may be a round word for the percentage beside it."""
    near = abs(claim.claimed[0].value - part.value / whole.value * 100) <= _ROUND_POINTS
    return whole.value <= _HAND and near


def _list_percents(sentence: Sentence, part: Number, whole: Number) -> list[tuple[bool, Number]]:
    """The percentages near a pair, nearest first, each with whether it may be of something else."""
    nearby: list[tuple[int, bool, Number]] = []
    for number in sentence.numbers:
        if number.kind == "percent":
            is_before = number.end <= part.start
            between = sentence.text[number.end : part.start] if is_before else sentence.text[whole.end : number.start]
            if len(between) <= _REACH and not _CUT.search(_PERCENT.sub("", between)):
                nearby.append((len(between), _is_apart(sentence, number, between), number))
    return [(apart, number) for _, apart, number in sorted(nearby, key=lambda found: found[0])]


def _is_apart(sentence: Sentence, percent: Number, between: str) -> bool:
    before = sentence.text[max(0, percent.start - 25) : percent.start]
    if _OWN_WHOLE.match(sentence.text, percent.end):
        return True
    word = find_direction(sentence, percent)
    if word is not None and word.told:
        return True
    is_told_apart = _APART.search(between) or _APART.search(before.rpartition(",")[2]) or percent.has_sign
    return bool(is_told_apart or re.search(r"\brespectively\b", sentence.text, re.IGNORECASE))


def _judge(sentence: Sentence, part: Number, whole: Number, percent: Number) -> Claim:
    share = find_share_pct(part.span, whole.span) or Span.exactly(float("nan"))
    verdict = judge_span(percent.span, share, percent.step or 1.0)
    found = share.middle
    says = f"{part.value:,.0f} of {whole.value:,.0f} is {found:.1f}%"
    why = {
        "ok": f"{says}, as printed.",
        "imprecise": f"{says}; {percent.text.strip()} is {name_slip(percent.value, found)}.",
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
