"""Which numbers does a sentence print, what kind is each, and what may it stand for?

Numbers that measure nothing (years, dates, section numbers, telephone numbers, "Q1", "24/7", a law's year) are found
too and given the kind "label", so that no rule reckons with them by mistake.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from wardmote.evidence.claims.spans import ABOUT, Span, above, below
from wardmote.evidence.claims.wording.labels import find_labels
from wardmote.evidence.claims.wording.spelled import SPELLED, SPELLED_PATTERN

Kind = Literal["percent", "points", "count", "money", "rate", "ordinal", "multiple", "label"]
Bound = Literal["", "about", "over", "under", "at_least", "at_most"]

_SCALES = {
    "k": 1e3, "thousand": 1e3, "m": 1e6, "mn": 1e6, "million": 1e6, "bn": 1e9, "b": 1e9, "billion": 1e9, "hundred": 100,
}  # fmt: skip
_NUMBER = re.compile(
    r"(?<![\w.,/])(?P<sign>[+−-]|(?<=\s)–(?=\d))?(?P<money>£\s?)?"
    r"(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"(?P<scale>\s?(?:k|m|mn|bn|b)\b(?!\s?[²2])|\s(?:hundred|thousand|million|billion)\b)?"
    r"(?P<ordinal>\s?(?:st|nd|rd|th)\b)?"
    r"(?P<percent>\s?%|\s?per\s?cent\b(?:age)?|\s?percent\b(?:age)?)?"
    r"(?P<points>\s?(?:percentage\s)?points?\b)?"
    r"(?P<times>\s?(?:times\b|x\b|-?fold\b))?",
    re.IGNORECASE,
)
_SPELLED_NUMBER = re.compile(
    rf"\b(?P<word>{SPELLED_PATTERN})\b(?P<scale>\s(?:hundred|thousand|million|billion)\b)?"
    r"(?P<percent>\s?per\s?cent\b|\s?percent\b)?(?P<times>\s?times\b|-fold\b)?",
    re.IGNORECASE,
)
_RATE = re.compile(
    r"\s?(?:\w{1,30}\s){0,3}?per\s(?P<per>(?:1,?000|10,?000|100,?000|100k|1k|10k|million|1,?000,?000)\b)\s?(?P<of>[a-z]+)?",
    re.IGNORECASE,
)
_PER = {"1k": 1e3, "10k": 1e4, "100k": 1e5, "million": 1e6}
#: What stands straight before a number and says how near it is.
_BOUNDS: tuple[tuple[Bound, str], ...] = (
    ("about", r"about|around|approximately|approx\.?|circa|c\.|nearly|almost|roughly|some|an estimated|estimated|~|"
              r"in the region of|close to|just under|just over|or so"),
    ("at_least", r"at least|a minimum of|minimum of|no (?:less|fewer) than|not less than|≥|>="),
    ("at_most", r"at most|a maximum of|maximum of|no more than|not more than|up to|≤|<="),
    ("over", r"over|more than|in excess of|greater than|above|upwards of|exceeding|>"),
    ("under", r"under|less than|fewer than|below|<"),
)  # fmt: skip
_BEFORE = [
    (
        bound,
        re.compile(
            rf"(?:\b|(?<=\s)|^)(?:{words})\s?{'(?:a |the )?' if bound == 'about' else '(?:a )?'}$", re.IGNORECASE
        ),
    )
    for bound, words in _BOUNDS
]
#: "5% more than 12,015", "92 fewer than 400": a comparison with a number, no bound on it.
_COMPARED = re.compile(
    r"(?:\d|%|\bper\s?cent|\bpoints?|\btimes)\s(?:more|less|fewer|greater|above|below|over|under)(?:\sthan)?(?:\sa)?\s?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Number:
    """One printed number.

    `value` is in the unit of its kind: percent 42.0, money in pounds, a rate per `per` people. `step` is one unit of
    its last printed place (1 for "42%", 100,000 for "1.3 million", 0 for a whole count printed in full). `after` is
    the noun that follows, as printed ("ASB reports").
    """

    value: float
    kind: Kind
    text: str
    start: int
    end: int
    step: float = 0.0
    bound: Bound = ""
    per: float | None = None
    of: str = ""
    after: str = ""
    is_spelled: bool = False
    has_sign: bool = False
    scale: float = 1.0  # what a printed word or letter multiplies by: 1,000,000 in "1.3 million"

    @property
    def span(self) -> Span:
        """All values that would be printed like this."""
        if self.bound in ("over", "at_least"):
            return above(self.value) if self.bound == "over" else Span(self.value, float("inf"))
        if self.bound in ("under", "at_most"):
            return below(self.value) if self.bound == "under" else Span(0.0, self.value)
        half = self.step / 2
        if self.bound == "about":
            half = max(half, abs(self.value) * ABOUT)
        return Span(self.value - half, self.value + half)

    @property
    def is_measured(self) -> bool:
        return self.kind not in ("label", "ordinal")

    @property
    def unit(self) -> str:
        """The unit for a reader and for machines: "%", "points", "£", "per 1,000 residents", the noun, or ""."""
        if self.kind == "rate":
            return f"per {self.per:,.0f} {self.of}".strip()
        return {"percent": "%", "points": "points", "money": "£", "multiple": "times"}.get(self.kind, self.after)


@lru_cache(maxsize=32_768)
def find_numbers(text: str) -> tuple[Number, ...]:
    """Find every number of a sentence, in order, each once.

    >>> [(n.value, n.kind) for n in find_numbers("a 17.1% increase, approximately 29,120 more crimes, in 2018/19")]
    [(17.1, 'percent'), (29120.0, 'count'), (2018.0, 'label')]
    """
    labels = _cover(text, find_labels(text))
    found: list[Number] = []
    for match in _NUMBER.finditer(text):
        if not found or match.start() >= found[-1].end:  # the 1,000 of "per 1,000" belongs to its rate
            found.append(_read(text, match, labels))
    taken = _cover(text, ((number.start, number.end) for number in found), labels)
    found += [
        _read_spelled(text, match)
        for match in _SPELLED_NUMBER.finditer(text)
        if not any(taken[match.start() : match.end()])
    ]
    found.sort(key=lambda number: number.start)
    named = (replace(number, after=find_noun_after(text, number.end)) for number in found)
    return tuple(_set_rows_apart(text, list(named)))


def _set_rows_apart(text: str, found: list[Number]) -> Iterator[Number]:
    """Three numbers or more with nothing between them are a row of a table, or an axis, that lost its columns.

    What each of them measures is gone, so no sentence may be made of them.
    """
    first = 0
    for index, number in enumerate(found):
        ends = index + 1 == len(found) or text[number.end : found[index + 1].start].strip()
        if ends:
            is_row = index - first >= 2
            yield from (replace(one, kind="label") if is_row else one for one in found[first : index + 1])
            first = index + 1


def _cover(text: str, stretches: Iterable[tuple[int, int]], covered: bytearray | None = None) -> bytearray:
    """Which letters of a text lie in one of the stretches, or were covered already: one byte for each."""
    marks = bytearray(covered or len(text))
    for start, end in stretches:
        marks[start:end] = b"\x01" * (end - start)
    return marks


def _read(text: str, match: re.Match[str], labels: bytearray) -> Number:
    digits = match["digits"].replace(",", "")
    scale = _SCALES.get((match["scale"] or "").strip().lower(), 1.0)
    decimals = len(digits.partition(".")[2])
    value = float(digits) * scale * (-1 if match["sign"] in ("-", "−", "–") else 1)
    end = match.end()
    number = Number(
        value=value, kind=_name_kind(match), text=text[match.start() : end], start=match.start(), end=end,
        bound=_find_bound(text, match.start()), has_sign=bool(match["sign"]),
        step=_find_step(match, decimals, scale), scale=scale,
    )  # fmt: skip
    if labels[match.start("digits")]:
        return replace(number, kind="label")
    return _read_rate(text, number, decimals) if number.kind == "count" else number


def _name_kind(match: re.Match[str]) -> Kind:
    if match["ordinal"]:
        return "ordinal"
    if match["percent"]:
        return "points" if match["points"] else "percent"
    if match["points"]:
        return "points"
    if match["times"]:
        return "multiple"
    return "money" if match["money"] else "count"


def _find_step(match: re.Match[str], decimals: int, scale: float) -> float:
    """One unit of the last printed place; 0 for a whole number of things printed in full."""
    if decimals == 0 and scale == 1.0 and not (match["percent"] or match["points"] or match["times"]):
        return 0.0
    unit = float(scale * 10.0**-decimals)
    return max(unit, find_grain(float(match["digits"].replace(",", "")) * scale)) if scale > 1 else unit


def find_grain(value: float) -> float:
    """The place of a whole number's last digit that is not nought: 18,000 -> 1,000, 16,500 -> 100, 20,285 -> 1.

    A coarse grain in a long number tells that it was rounded, or read off a chart.
    """
    grain = 1.0
    while value and value % (grain * 10) == 0:
        grain *= 10
    return grain


def _read_rate(text: str, number: Number, decimals: int) -> Number:
    """A count followed by "per 1,000 residents" is a rate, rounded to its last printed place."""
    match = _RATE.match(text, number.end)
    if match is None:
        return number
    printed = match["per"].lower().replace(",", "")
    per = _PER.get(printed) or float(printed)
    end = match.end()
    return replace(
        number, kind="rate", per=per, of=(match["of"] or "").lower(), end=end, text=text[number.start : end],
        step=float(10.0**-decimals),
    )  # fmt: skip


def _read_spelled(text: str, match: re.Match[str]) -> Number:
    scale = _SCALES.get((match["scale"] or "").strip().lower(), 1.0)
    kind: Kind = "percent" if match["percent"] else "multiple" if match["times"] else "count"
    return Number(
        value=SPELLED[match["word"].lower()] * scale, scale=scale, kind=kind, text=match.group(), start=match.start(),
        end=match.end(), step=1.0 if kind == "percent" else 0.0 if scale == 1.0 else scale,
        bound=_find_bound(text, match.start()), is_spelled=True,
    )  # fmt: skip


def _find_bound(text: str, start: int) -> Bound:
    before = text[max(0, start - 24) : start]
    for bound, pattern in _BEFORE:
        if pattern.search(before):
            is_compared = bound in ("over", "under") and _COMPARED.search(text[max(0, start - 34) : start])
            return "" if is_compared else bound
    return ""


_NO_NOUN = (
    r"\d|(?:and|or|in|of|to|from|for|on|at|by|with|which|that|who|out|were|was|are|is|have|has|had|the|a|an|compared|than|"
    r"per|but|as|during|since|between|over|under|being|will|this|these|their|its)\b"
)
_NOUN = re.compile(rf"[\s(\[]{{0,3}}((?:(?!{_NO_NOUN})[A-Za-z][\w'’&/-]*[ ]?){{1,4}})", re.IGNORECASE)


def find_noun_after(text: str, end: int) -> str:
    """The run of at most four words after a number that may name what it counts; "" where none follows.

    >>> find_noun_after("8,151 fewer ASB reports than", 5)
    'fewer ASB reports'
    """
    match = _NOUN.match(text, end)
    return match.group(1).strip() if match else ""
