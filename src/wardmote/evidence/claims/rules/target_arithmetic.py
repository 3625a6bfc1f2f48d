"""Does a target agree with the figures that it names itself?

"Increase by 2% from 6.2%, i.e. 8.2%" adds two points, and 2% of 6.2 is 0.1; "a 40% reduction on the average of 85, to
48" asks for 51.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from wardmote.evidence.claims.contract import Corpus, Finding, Rule, quantity
from wardmote.evidence.claims.model import Claim, Quantity, Verdict
from wardmote.evidence.claims.spans import Span
from wardmote.evidence.claims.wording.numbers import Number
from wardmote.evidence.claims.wording.scan import Sentence

NAME = "target_arithmetic"
_CHANGE = r"(?P<verb>increas\w+|rais\w+|improv\w+|grow\w*|ris\w+|reduc\w+|decreas\w+|cut\w*|lower\w*|fall\w*)"
_AIM = re.compile(r"\b(?:targets?|aims?|goals?|by (?:the end of )?20\d\d)\b", re.IGNORECASE)
#: After the change: "from a baseline of", "on the 2004/08 average of", "based on".
_FROM = re.compile(
    r"^\W{0,3}(?:reduction|increase|decrease|cut|rise|fall)?[^.;«»]{0,60}?\b(?:from|on|against|of|based on)\b"
    r"[^.;%]{0,70}?$",
    re.IGNORECASE,
)
_TO = re.compile(
    r"^[^.;%]{0,60}?(?:\bi\.?e\.?,?|=|\(|\bto|\bmeaning|\bthat is,?|→)\s?(?:[a-z]+\s){0,2}$", re.IGNORECASE
)
_BEFORE = re.compile(rf"\b{_CHANGE}\b(?:\s[\w'’()-]+){{0,8}}?\s(?:by|of|a|an)?\s?$", re.IGNORECASE)
_NOUN_AFTER = re.compile(r"^\s(?P<verb>reduction|increase|decrease|rise|fall|cut)\b", re.IGNORECASE)
#: "5% a year" is a pace: over more than one year it says nothing of the level, except which way it lies.
_PACE = re.compile(r"\b(?:per|a|each|every) (?:year|annum|quarter|month)\b|\bannual", re.IGNORECASE)
_DOWN = re.compile(r"reduc|decreas|cut|lower|fall", re.IGNORECASE)


@dataclass(frozen=True)
class Aim:
    """A promised change with the base and the level that are printed with it."""

    change: Number
    base: Number
    level: Number
    sign: int
    is_pace: bool = False


def find(corpus: Corpus) -> Iterator[Claim]:
    """Yield a claim for every target that prints its change, its base and its level."""
    for _, sentence in corpus.sentences():
        if len(sentence.measured) >= 3 and (_AIM.search(sentence.text) or _AIM.search(sentence.head)):
            for change, base, level in zip(
                sentence.measured, sentence.measured[1:], sentence.measured[2:], strict=False
            ):
                aim = _read(sentence, change, base, level)
                if aim is not None:
                    yield from _judge_pace(sentence, aim) if aim.is_pace else [_judge(sentence, aim)]


def _read(sentence: Sentence, change: Number, base: Number, level: Number) -> Aim | None:
    if change.kind != "percent" or base.kind != level.kind or base.kind not in ("percent", "count", "rate"):
        return None
    text = sentence.text
    if not (_FROM.match(text[change.end : base.start]) and _TO.match(text[base.end : level.start])):
        return None
    verb = _NOUN_AFTER.match(text[change.end :]) or _BEFORE.search(text[: change.start])
    if verb is None or base.value <= 0:
        return None
    is_pace = _PACE.search(text[change.end : base.start]) is not None
    return Aim(change, base, level, -1 if _DOWN.match(verb["verb"]) else 1, is_pace)


def _judge_pace(sentence: Sentence, aim: Aim) -> Iterator[Claim]:
    """A pace is accused only where the level lies on the other side of the base."""
    if (aim.level.value - aim.base.value) * aim.sign < 0:
        base, level = aim.base.text.strip(), aim.level.text.strip()
        way, told = ("up", "down") if aim.sign < 0 else ("down", "up")
        why = f"From {base} to {level} is {way}; the target is {aim.change.text.strip()} {told}. Mend one of them."
        yield Finding(sentence, aim.level, related=(sentence.place(aim.change),)).claim(
            NAME, "target", "contradicts", why,
            claimed=[quantity(aim.change, "change")], inputs=[quantity(aim.base, "base"), quantity(aim.level, "level")],
            recomputed=[Quantity(aim.level.value - aim.base.value, aim.level.unit, "change")],
        )  # fmt: skip


def _judge(sentence: Sentence, aim: Aim) -> Claim:
    relative = _widen(aim.base).scaled(1 + aim.sign * aim.change.value / 100)
    points = _widen(aim.base) + Span.exactly(aim.sign * aim.change.value)
    level = _widen(aim.level)
    fits, adds = level.meets(relative), aim.base.kind == "percent" and level.meets(points)
    verdict: Verdict = "ok" if fits else "imprecise" if adds else "inconsistent"
    base, change, printed = aim.base.text.strip(), aim.change.text.strip(), aim.level.text.strip()
    way = "off" if aim.sign < 0 else "more on"
    why = f"{change} {way} {base} is {relative.middle:,.4g}"
    why += {
        "ok": ", as printed.",
        "imprecise": f"; {printed} is {aim.change.value:g} percentage points {way} {base}. Write points.",
        "inconsistent": f"; {printed} is printed. Say which of the three is the target.",
    }[verdict]
    number = aim.change if verdict == "imprecise" else aim.level
    return Finding(sentence, number, related=(sentence.place(aim.base),)).claim(
        NAME, "target", verdict, why,
        claimed=[quantity(aim.change, "change"), quantity(aim.level, "level")],
        inputs=[quantity(aim.base, "base"), quantity(aim.change, "change")],
        recomputed=[Quantity(relative.middle, aim.level.unit, "level")],
    )  # fmt: skip


def _widen(number: Number) -> Span:
    """A printed level with its rounding; a whole number may be rounded either way, as people cannot be halved."""
    half = max(number.step / 2, 1.0 if number.kind == "count" and not number.value % 1 else 0.0)
    return Span(number.value - half, number.value + half)


RULE = Rule(
    name=NAME,
    family="target",
    asks="Does a target agree with the base and the level that it names itself?",
    holds="The target is a 40% reduction on the average of 80 casualties, to 48 by 2020.",
    fails="The target is a 40% reduction on the average of 85 casualties, to 48 by 2020.",
    find=find,
    rank=25,
)
