"""Do words such as nearing, met, on target or exceeded fit the value and the target printed with them?

"25.4%, nearing the target of less than 25%": missed by 0.4 points, 1.6% of the target, so nearing is right and met
would not be.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from wardmote.evidence.claims.contract import Corpus, Finding, Rule, quantity
from wardmote.evidence.claims.model import Claim, Quantity, Verdict
from wardmote.evidence.claims.wording.numbers import Number
from wardmote.evidence.claims.wording.scan import Scanned, Sentence

NAME = "target_words"
Kind = Literal["near", "met", "beyond", "missed"]
_WORDS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("missed", re.compile(r"\b(?:not (?:yet )?(?:on|met|meeting|achiev\w+|reach\w+)\b[^.;]{0,20}?target|miss(?:ed|ing) (?:the|its|our|their|this) (?:\w+ )?target|below (?:the |its |our )?target|short of (?:the |its |our )?target)", re.I)),  # noqa: E501
    ("near", re.compile(r"\b(?:near(?:ing|ly)?|approaching|close to|almost at|just short of)\b[^.;]{0,40}?\btarget", re.I)),  # noqa: E501
    ("beyond", re.compile(r"\b(?:exceed(?:s|ed|ing)?|surpass(?:es|ed|ing)?|ahead of|better than|well above)\b[^.;]{0,40}?\b(?:target|goal)", re.I)),  # noqa: E501
    ("met", re.compile(r"\b(?:(?:met|meets|meeting|achiev(?:ed|es|ing)|hit|reached|within|remains? within) (?:the |its |our |their |this )?(?:\w+ )?target|on target(?! to\b)|target (?:was |has been |is )?(?:met|achieved|reached))\b", re.I)),  # noqa: E501
)  # fmt: skip
_TARGET_NUMBER = re.compile(
    r"\b(?:target|goal|aim)\b(?:\s(?:of|is|was|for|to be|set at|figure|level|[a-z]+ing|\w+)){0,14}?[\s:–=-]*"
    r"(?P<op>[<>≤≥]=?|below|under|less than|at most|no more than|above|over|more than|at least)?\s?(?:the\s|a\s)?$",
    re.IGNORECASE,
)
_CEILING = re.compile(
    r"<|≤|\b(?:below|under|less than|at most|no more than|fewer than|reduc\w+|lower)\b", re.IGNORECASE
)
#: Misses up to this share of the target may still be called near.
_NEAR = 0.10


@dataclass(frozen=True)
class Told:
    """A word of achievement and what it says."""

    kind: Kind
    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Aim:
    """A target with the number that stands for it."""

    number: Number
    is_ceiling: bool
    is_strict: bool


def find(corpus: Corpus) -> Iterator[Claim]:
    """Yield a claim for every word of achievement with one target and one value in its sentence or the next."""
    for document, sentence in corpus.sentences():
        for kind, pattern in _WORDS:
            word = pattern.search(sentence.text)
            if word is not None:
                yield from _judge_word(document, sentence, kind, word)
                break


def _judge_word(document: Scanned, sentence: Sentence, kind: Kind, word: re.Match[str]) -> Iterator[Claim]:
    for around in (sentence, *document.near(sentence, before=0, after=1)):
        aims = list(_find_aims(around))
        if len(aims) == 1:
            values = [n for n in around.measured if n.kind == aims[0].number.kind and n is not aims[0].number]
            if len(values) > 1 and around is sentence:
                values = [n for n in values if n.end <= word.start()][
                    -1:
                ]  # "Q4 - 33 ... 264 for the year, surpassing ..."
            if len(values) == 1:
                yield _judge(sentence, around, Told(kind, word.start(), word.end(), word.group()), aims[0], values[0])
            return


def _find_aims(sentence: Sentence) -> Iterator[Aim]:
    for number in sentence.measured:
        before = sentence.text[max(0, number.start - 110) : number.start]
        target = _TARGET_NUMBER.search(before)
        if target is not None:
            is_ceiling = _CEILING.search(before[target.start() :]) is not None
            yield Aim(
                number, is_ceiling, target["op"] not in ("≤", "<=", "≥", ">=", "at most", "at least", "no more than")
            )


def _judge(sentence: Sentence, around: Sentence, told: Told, aim: Aim, value: Number) -> Claim:
    gap = value.value - aim.number.value if aim.is_ceiling else aim.number.value - value.value
    is_met = gap < 0 or (gap == 0 and not (aim.is_strict and aim.is_ceiling))
    share = abs(gap) / aim.number.value if aim.number.value else 0.0
    verdict = _choose_verdict(told.kind, is_met, gap, share)
    state = "meets" if is_met else f"misses by {abs(gap):g} ({share:.1%} of the target)"
    bound = "at most" if aim.is_ceiling else "at least"
    why = f"{value.text.strip()} {state} the target of {bound} {aim.number.text.strip()}; “{told.text}” "
    why += {"ok": "fits.", "contradicts": "does not fit.", "imprecise": "is not quite it."}[verdict]
    finding = Finding(sentence, start=told.start, end=told.end, related=(around.place(value), around.place(aim.number)))
    return finding.claim(
        NAME, "target", verdict, why,
        claimed=[quantity(value, "value"), quantity(aim.number, "target")],
        inputs=[quantity(value, "value"), quantity(aim.number, "target")],
        recomputed=[Quantity(gap, value.unit, "gap"), Quantity(share * 100, "%", "gap of target")],
    )  # fmt: skip


def _choose_verdict(told: Kind, is_met: bool, gap: float, share: float) -> Verdict:
    if told == "near":
        return "ok" if is_met or share <= _NEAR else "contradicts"
    if told == "missed":
        return "contradicts" if is_met else "ok"
    if not is_met:
        return "contradicts"
    return "imprecise" if told == "beyond" and gap == 0 else "ok"


RULE = Rule(
    name=NAME,
    family="target",
    asks="Do words such as nearing, met or exceeded fit the value and the target printed with them?",
    holds="Repeat victimisation stands at 25.4%, nearing the target of less than 25%.",
    fails="Repeat victimisation stands at 25.4%, within the target of less than 25%.",
    find=find,
    rank=10,
)
