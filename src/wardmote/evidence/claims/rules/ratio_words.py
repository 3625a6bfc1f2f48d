"""Do words such as "doubled", "a fifth", "twice as likely" or "the majority" agree with the figures beside them?

A word without a qualifier is a round one: "a fifth" holds for 19% and 22%, "doubled" for 1.9 and 2.3 times. "More
than" and "less than" are held to what they say, as far as the figures' own rounding allows.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import inf

from wardmote.evidence.claims.contract import Corpus, Finding, Rule, quantity
from wardmote.evidence.claims.model import Claim, Quantity, Verdict
from wardmote.evidence.claims.rules.x_of_y import find_pairs
from wardmote.evidence.claims.spans import Span, find_share_pct
from wardmote.evidence.claims.wording.numbers import Number
from wardmote.evidence.claims.wording.scan import Sentence
from wardmote.evidence.claims.wording.spelled import SPELLED

NAME = "ratio_words"
_OVER = r"over|more than|well over|just over|in excess of|at least|greater than"
_UNDER = r"under|less than|fewer than|just under|below"
_ABOUT = r"about|around|almost|nearly|approximately|roughly|close to|some"
_MODIFIER = rf"(?:(?P<over>{_OVER})|(?P<under>{_UNDER})|(?P<about>{_ABOUT}))?\s?"
_GROWTH = re.compile(rf"\b{_MODIFIER}\b(?P<word>doubled|trebled|tripled|quadrupled|halved)\b", re.IGNORECASE)
_FACTORS = {"doubled": 2.0, "trebled": 3.0, "tripled": 3.0, "quadrupled": 4.0, "halved": 0.5}
_NOT_TOLD = re.compile(
    r"\b(?:not|never|be|being|to|will|would|could|may|might|should|if|hasn[’']t)\s(?:\w+\s)?$", re.IGNORECASE
)
_HOPED = re.compile(r"\b(?:aims?|wants?|hopes?|targets?|plans?|would|ambition|goal)\b", re.IGNORECASE)
_PARTS = {"third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}
_MANY = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "nine": 9, "seven": 7}
_FRACTION = re.compile(
    rf"\b{_MODIFIER}\b(?:(?P<many>a|one|two|three|four|seven|nine)[\s-]"
    r"(?P<part>thirds?|quarters?|fifths?|sixth|eighth|tenths?)|(?P<half>half))"
    r"(?=\sof\b(?!\s(?:the |a |this |last )?(?:year|term|month|week|20\d\d|day|time))|\s?\()",
    re.IGNORECASE)  # fmt: skip
_ORDINAL = re.compile(r"\b(?:first|second|last|next|previous|this|each|every|final|latter|former)\s$", re.IGNORECASE)
_ONE_IN = re.compile(
    rf"\b{_MODIFIER}\b(?P<many>one|[1-9]|two|three|four|five|six|seven|eight|nine) in (?:every )?"
    r"(?P<of>\d{1,3}|two|three|four|five|six|seven|eight|nine|ten|twenty)\b(?!,\d)", re.IGNORECASE)  # fmt: skip
_MAJORITY = re.compile(r"\b(?:the|a) (?:vast |great |large |clear |overwhelming )?majority\b", re.IGNORECASE)
_TIMES = re.compile(
    rf"\b{_MODIFIER}\b(?:(?P<twice>twice)|(?P<n>\d+(?:\.\d+)?|three|four|five|six|seven|eight|nine|ten) times)"
    r" (?P<as>as|the|more|higher) ?(?:\w+)?", re.IGNORECASE)  # fmt: skip
_TO = re.compile(r"^[^.;\d]{0,60}(?:\bin (?:19|20)\d\d(?:[/-]\d\d)?)?\s?,?\sto\s(?:\w+\s){0,2}$", re.IGNORECASE)
_COMPARED = re.compile(
    r"\b(?:compared (?:to|with)|against|versus|than|as (?:in|for|many))\b|\bas\b.*\($", re.IGNORECASE
)
_BEFORE_PAIR = re.compile(r"^[^.;:\d]{0,40}[,(]\s?$")
_SHARE_AFTER = re.compile(r"^[^().;:\d%]{0,70}\(\s?$")
#: How far a round word may stray from the figure before it is imprecise, and before it is against it.
ROUND, FAR = 0.12, 0.25


@dataclass(frozen=True, slots=True)
class Words:
    """A ratio in words: where it stands and the values that it holds for."""

    text: str
    start: int
    end: int
    value: float
    held: Span
    is_round: bool


def find(corpus: Corpus) -> Iterator[Claim]:
    """Yield a claim for every ratio in words whose two figures, or whose percentage, stand beside it."""
    for _, sentence in corpus.sentences():
        if sentence.measured:
            yield from _judge_growth(sentence)
            yield from _judge_shares(sentence)
            yield from _judge_times(sentence)


def _judge_growth(sentence: Sentence) -> Iterator[Claim]:
    for match in _GROWTH.finditer(sentence.text):
        pair = _find_from_to(sentence, match.end())
        before = sentence.text[: match.start("word")]
        if pair and not _NOT_TOLD.search(before) and not _HOPED.search(before):
            prior, current = pair
            ratio = current.span.per(prior.span)
            factor = _FACTORS[match["word"].lower()]
            if ratio is not None:
                yield _make(sentence, _read(match, factor, at_least=True), ratio, (prior, current), "times")


def _find_from_to(sentence: Sentence, after: int) -> tuple[Number, Number] | None:
    """The figures of "from 40 to 81" after the word."""
    numbers = [n for n in sentence.measured if n.start >= after and n.kind in ("count", "percent", "money", "rate")]
    text = sentence.text
    for prior, current in pairwise(numbers):
        before = re.search(r"\bfrom\s(?:\w+\s){0,3}$", text[after : prior.start])
        if (
            before
            and _TO.match(text[prior.end : current.start])
            and prior.kind == current.kind
            and prior.start - after < 80
            and prior.value > 0
        ):
            goes_on = re.match(r"^[^.;]{0,40}?(?:,|\band|\bthen)\s(?:\w+\s){0,3}\d", text[current.end :])
            return None if goes_on else (prior, current)
    return None


def _judge_shares(sentence: Sentence) -> Iterator[Claim]:
    for match in _FRACTION.finditer(sentence.text):
        if not _ORDINAL.search(sentence.text[: match.start()]):
            yield from _judge_share(sentence, _read(match, _read_fraction(match)))
    for match in _ONE_IN.finditer(sentence.text):
        of = match["of"].lower()
        base, many = _count_times(of), _count_times(match["many"].lower())
        if base >= 2 and many < base:
            words = _read(match, 100 * many / base)
            yield from list(_judge_share(sentence, words)) or ([_leave_open(sentence, words)] if many == 1 else [])
    for match in _MAJORITY.finditer(sentence.text):
        words = Words(match.group(), match.start(), match.end(), 50.0, Span(50.0 + 1e-9, 100.0), False)
        yield from _judge_share(sentence, words)


def _read_fraction(match: re.Match[str]) -> float:
    """What a fraction in words is in per cent."""
    if match["half"]:
        return 50.0
    return 100 * _MANY[match["many"].lower()] / _PARTS[match["part"].lower().removesuffix("s")]


def _leave_open(sentence: Sentence, words: Words) -> Claim:
    """ "1 in 5" is a figure in itself: listed, though nothing beside it lets it be checked."""
    return Finding(sentence, None, words.start, words.start + len(words.text)).claim(
        NAME, "ratio", "not_checkable", "The counts, or the percentage, behind this are not printed with it.",
        claimed=[Quantity(words.value, "%", "ratio")],
    )  # fmt: skip


def _judge_share(sentence: Sentence, words: Words) -> Iterator[Claim]:
    for number in sentence.numbers:
        if number.kind == "percent" and not number.bound and number.start >= words.end:
            closes = sentence.text[number.end : number.end + 2].lstrip().startswith(")")
            if closes and _SHARE_AFTER.match(sentence.text[words.end : number.start]):
                yield _make(sentence, words, number.span, (number,), "%")
            return
    for part, whole in find_pairs(sentence):
        share = find_share_pct(part.span, whole.span)
        if share and part.start >= words.end and _BEFORE_PAIR.match(sentence.text[words.end : part.start]):
            yield _make(sentence, words, share, (part, whole), "%")
            return


def _judge_times(sentence: Sentence) -> Iterator[Claim]:
    for match in _TIMES.finditer(sentence.text):
        if match["as"].lower() != "as":
            continue  # "three times more" is three or four times, as you like
        kinds_held = ("percent", "rate") if "likely" in match.group().lower() else ("percent", "count", "rate")
        figures = [n for n in sentence.measured if n.kind in kinds_held and n.start >= match.end()]
        kinds = {n.kind for n in figures}
        if len(figures) == 2 and len(kinds) == 1 and _are_compared(sentence, *figures):
            ratio = figures[0].span.per(figures[1].span)
            value = 2.0 if match["twice"] else _count_times(match["n"].lower())
            if ratio is not None:
                yield _make(sentence, _read(match, value, at_least=True), ratio, (figures[1], figures[0]), "times")


def _are_compared(sentence: Sentence, first: Number, second: Number) -> bool:
    return _COMPARED.search(sentence.text[first.end : second.start]) is not None


def _count_times(text: str) -> float:
    return float(text) if text[0].isdigit() else float(SPELLED[text])


def _read(match: re.Match[str], value: float, *, at_least: bool = False) -> Words:
    """The values that the words hold for. `at_least`: what grew beyond the word still grew by it."""
    beyond = match["under"] if value < 1 else match["over"]  # "more than halved" is below a half
    short = match["over"] if value < 1 else match["under"]
    if beyond:
        held = Span(value * (1 + 1e-9) if "least" not in beyond.lower() else value, inf)
    elif short:
        held = Span(0.0, value * (1 - 1e-9))
    else:
        reach = 2 * ROUND if match["about"] else ROUND
        grown = 1 + max(reach, 0.25 if at_least else 0.0)
        held = Span(value / grown, value * (1 + reach)) if value < 1 else Span(value * (1 - reach), value * grown)
    is_round = not (match["over"] or match["under"])
    text = match.group()
    start = match.start() + len(text) - len(text.lstrip())
    return Words(text.strip(), start, match.end(), value, held, is_round)


def _judge_words(words: Words, found: Span) -> Verdict:
    if found.meets(words.held):
        return "ok"
    if not words.is_round:
        return "contradicts"
    return "contradicts" if found.gap_to(Span.exactly(words.value)) > FAR * words.value else "imprecise"


def _make(sentence: Sentence, words: Words, found: Span, figures: tuple[Number, ...], unit: str) -> Claim:
    verdict = _judge_words(words, found)
    middle = found.middle
    printed = f"{middle:.1f}%" if unit == "%" else f"{middle:.2f} times"
    why = f"The figures beside “{words.text}” give {printed}"
    why += ", as said." if verdict == "ok" else ". Say what they show, or correct them."
    return Finding(sentence, None, words.start, words.start + len(words.text)).claim(
        NAME, "ratio", verdict, why,
        claimed=[Quantity(words.value, unit, "ratio")],
        inputs=[quantity(number, role) for number, role in zip(figures, ("first", "second"), strict=False)],
        recomputed=[Quantity(middle, unit, "ratio")],
    )  # fmt: skip


RULE = Rule(
    name=NAME,
    family="ratio",
    asks="Do words such as “doubled”, “a fifth” or “twice as likely” agree with the figures beside them?",
    holds="Hate crime more than doubled, from 4,225 to 9,409.",
    fails="Hate crime more than doubled, from 40 to 76.",
    find=find,
)
