"""Does a printed change stand in one clause with its two values, and is it of them and of nothing else?

"Crime fell from 5,000 to 4,500, against a national fall of 4%": the percentage is somebody else's. An accusation needs
a clause that holds nothing but the two values, the change, and plain words of change; any other word may be another
base, place, subject, time or kind of average.
"""

import re

from wardmote.evidence.claims.wording.numbers import Number
from wardmote.evidence.claims.wording.periods import PeriodMention
from wardmote.evidence.claims.wording.scan import Sentence, find_keywords

#: A change that two printed values do not give by division: another base, a pace, a forecast, a corrected figure.
_OTHERWISE = re.compile(
    r"\b(?:averag\w+|mean|median|annually|"
    r"annual(?! (?:total|number|count|figure|report|assessment|survey|review|change))|"
    r"annuali[sz]ed|yearly|year[- ]on[- ]year|"
    r"month[- ]on[- ]month|"
    r"(?:a|per|each|every) (?:year|annum|month|quarter|week|day)(?! (?:ago|earlier|before|later|to)\b)|"
    r"compound\w*|in each of|real terms|in cash|cash terms|inflation|prices|seasonal\w*|adjust\w+|exclud\w+|except\w*|"
    r"apart from|leaving out|like[- ]for[- ]like|pro rata|index|indices|(?:un)?weight\w+|standardi[sz]ed|per capita|"
    r"of which|cumulativ\w+|revis\w+|correct(?:ed|ion)|restated|provisional\w*|rolling|rank\w*|margin of error|"
    r"expected|forecasts?|predicted|projected|projections?|hoped|planned|promised|budgeted|modelled|true|underlying|"
    r"estimates?|change in (?:recording|counting|definition))\b",
    re.IGNORECASE,
)
_PER_HEAD = re.compile(r"\bper (?:resident|head|person|household|patrol|officer|\d)", re.IGNORECASE)
#: Words that carry no subject, place or time of their own.
_PLAIN_WORDS = """
    a an the of by or in on to from at with is was were are be been being it its this that these which there has have
    had represents represented representing equates equated equating equal equals equivalent equivalently amounts
    amounted amounting meaning means giving gives gave making makes marking marks showing shows constituting i.e ie eg
    namely just about around approximately approx roughly nearly almost over some only exactly more less fewer lower
    higher than additional extra further total overall altogether number numbers figure figures up down increase
    increased increases increasing decrease decreased decreases decreasing reduction reduced reducing reductions rise
    rises rose risen rising fall falls fell fallen falling drop drops dropped dropping decline declined declining growth
    grew grown growing change changes changed difference uplift jump jumped cut went percentage per cent percent points
    point significant significantly slight slightly small large sharp sharply steep steeply welcome considerable
    substantial dramatic marked modest year quarter period compared versus against previous last prior same before
    earlier ago while not so also again then when
"""
_PLAIN = frozenset(_PLAIN_WORDS.split())
_WORD = re.compile(r"[^\W\d_][\w'’.-]*")
_ANOTHER = re.compile(r"\b(?:after|following|despite|thanks|owing|because|once|when|including|until)\b", re.IGNORECASE)
_SET_AGAINST = re.compile(r"\b(?:on|than|since|compared|against|over|from(?!\s*$))\b", re.IGNORECASE)
_NUMBERS = re.compile(r"\b(?:numbers?|counts?)\b", re.IGNORECASE)
#: Before the change: it is set beside another, or is one already spoken of ("the 15% fall of the year before").
_BASE = re.compile(
    r"\b(?:compared|versus|vs|against|while|not|previous|prior|last|before|earlier|further|total)\b|\bthe\s*$",
    re.IGNORECASE,
)
_RELATIVE = re.compile(r"\b(?:previous|last|prior|before|earlier|ago|same)\b", re.IGNORECASE)
_SHORT_TIME = re.compile(
    r"\b(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\b|\b(?:months?|quarters?|Q[1-4]|weeks?)\b",
    re.IGNORECASE,
)
_TAIL_ENDS = re.compile(r"[,;:.)](?=\s|$)|\s[–-]\s|$")
_IN_ALL = re.compile(r"\bin (?:all|total)\b(?=\W*$)", re.IGNORECASE)


def is_reckoned_otherwise(text: str) -> bool:
    """Whether a sentence has a word of a change that its printed values do not give (an average, real terms, …)?"""
    return _OTHERWISE.search(text) is not None


def is_plainly_of(sentence: Sentence, change: Number, ends: tuple[Number, Number], known: tuple[Number, ...]) -> bool:
    """Whether a change and two values stand in one clause, with plain words of change alone between.

    `known` are other numbers that may stand between: further changes of the same two values.
    """
    text = sentence.text
    if any(number not in sentence.numbers for number in (change, *ends)):
        return not is_reckoned_otherwise(text)
    if is_reckoned_otherwise(text) or (ends[0].kind != "rate" and _PER_HEAD.search(text)):
        return False
    if ends[0].kind == "rate" and _NUMBERS.search(text):
        return False
    first, last = sorted(ends, key=lambda number: number.start)
    if change.start < first.start:
        return _is_plain_before(sentence, change, first, known) and not _goes_on(sentence, last)
    if change.start < last.start:
        return _is_plain_between(sentence, change, (first, last), known)
    return _is_plain_after(sentence, change, (first, last), known)


def are_side_by_side(sentence: Sentence, one: Number, two: Number, level: Number) -> bool:
    """Whether two changes of one level stand together, with plain words alone between them and behind them."""
    text = sentence.text
    if is_reckoned_otherwise(text) or _PER_HEAD.search(text):
        return False
    first, last = sorted((one, two), key=lambda number: number.start)
    told = find_keywords(f"{text[: first.start]} {level.after}")
    return _is_plain(_blank_periods(sentence, first.end, last.start), told) and is_plain_tail(sentence, last, told)


def is_plain_tail(sentence: Sentence, number: Number, told: frozenset[str]) -> bool:
    """Whether plain words, or words told before, fill the clause behind a number."""
    ends = _TAIL_ENDS.search(sentence.text, number.end)
    return _is_plain(_blank_periods(sentence, number.end, ends.start() if ends else len(sentence.text)), told)


def _goes_on(sentence: Sentence, last: Number) -> bool:
    """Whether a further value of the same kind follows: a chain, whose last value may be the one meant."""
    after = [number for number in sentence.measured if number.start >= last.end and number.kind == last.kind]
    return bool(after) and after[0].start - last.end <= 80


def _is_plain_before(sentence: Sentence, change: Number, first: Number, known: tuple[Number, ...]) -> bool:
    """The change comes first: what changed may be named before a comma, nothing but plain words after it."""
    between = sentence.text[change.end : first.start]
    if _has_other_number(sentence, change.end, first.start, known) or re.search(r";|:(?!\s*$)|\band\b", between):
        return False
    named, comma, _ = between.partition(",")
    turns = [turn for turn in sentence.directions if change.end <= turn.start < change.end + len(named)]
    if len(turns) > 1 or any(turn.start > change.end + 20 for turn in turns):
        return False  # "a 20% increase in patrols saw thefts fall from …"
    if not _has_base_of(sentence, (change.end, first.start)):
        return False
    if comma and re.search(r"\bthan\b|\b(?:among|at|for|per|as)\b", named, re.IGNORECASE):
        return False
    told = find_keywords(sentence.text[: change.start] + " " + named)
    return not comma or _is_plain(_blank_periods(sentence, change.end + len(named) + 1, first.start), told)


def _is_plain_after(sentence: Sentence, change: Number, ends: tuple[Number, Number], known: tuple[Number, ...]) -> bool:
    """The change comes last: all between it and the values, and after it to the end of its clause, is plain."""
    text, last = sentence.text, ends[1]
    tail_ends = _TAIL_ENDS.search(text, change.end)
    stop = tail_ends.start() if tail_ends else len(text)
    if _has_other_number(sentence, last.end, change.start, known) or _has_other_number(sentence, change.end, stop, ()):
        return False
    told = find_keywords(f"{text[: last.end]} {_name_noun(text, last)}")
    gap = _blank_periods(sentence, last.end, change.start)
    tail = _IN_ALL.sub("", _blank_periods(sentence, change.end, stop))
    apposed = text[last.end : change.start].partition(",")[2]
    if _BASE.search(gap) or _BASE.search(apposed) or not _has_own_base(sentence, (change.end, stop), ends):
        return False
    return _is_plain(gap, told) and _is_plain(tail, told)


def _is_plain_between(
    sentence: Sentence, change: Number, ends: tuple[Number, Number], known: tuple[Number, ...]
) -> bool:
    """The change stands between its values: plain words on both sides, and no second thing it is set beside."""
    first, last = ends
    if _goes_on(sentence, last) or re.search(r"\b(?:and|but)\b", sentence.text[change.end : last.start]):
        return False
    return not _has_other_number(sentence, first.end, last.start, (*known, change))


def _name_noun(text: str, number: Number) -> str:
    """The noun straight after a number: not one in brackets, nor one that another clause brings."""
    is_apart = text[number.end : number.end + 2].strip()[:1] in ("(", "[") or _ANOTHER.search(number.after)
    return "" if is_apart else number.after


def _has_base_of(sentence: Sentence, stretch: tuple[int, int]) -> bool:
    """Whether the year that a leading change is set against is one of those its values carry, if they carry any."""
    start, stop = stretch
    if _SET_AGAINST.search(sentence.text[start:stop]) is None:
        return True
    here = [period.first for period in sentence.periods if start <= period.start < stop and period.first is not None]
    carried = {period.first for period in sentence.periods if period.start >= stop}
    return not carried or all(first in carried for first in here)


def is_plain_stretch(sentence: Sentence, start: int, stop: int) -> bool:
    """Whether a stretch of a sentence holds plain words alone, or words that stand before it."""
    return _is_plain(_blank_periods(sentence, start, stop), find_keywords(sentence.text[:start]))


def _has_other_number(sentence: Sentence, start: int, stop: int, known: tuple[Number, ...]) -> bool:
    return any(start <= number.start < stop and number not in known for number in sentence.measured)


def _has_own_base(sentence: Sentence, stretch: tuple[int, int], ends: tuple[Number, Number]) -> bool:
    """Whether a period that the change is set against ("on 2018", "than last year") can be that of the values."""
    start, stop = stretch
    inside = sentence.text[ends[0].start : ends[1].end + 25]
    before = [period for period in sentence.periods if period.start < start]
    here = [period for period in sentence.periods if start <= period.start < stop]
    dated = {period.first for period in before if period.first is not None}
    is_set = _SET_AGAINST.search(sentence.text, start, stop) is not None
    if any(period.first is not None and (dated or is_set) and period.first not in dated for period in here):
        return False
    is_relative = _RELATIVE.search(sentence.text, start, stop) is not None
    return not (is_relative and _SHORT_TIME.search(inside) and not _SHORT_TIME.search(sentence.text, start, stop))


def _blank_periods(sentence: Sentence, start: int, stop: int) -> str:
    """A stretch of a sentence without its numbers and the periods it names."""
    cut: list[tuple[int, int]] = [(number.start, number.end) for number in sentence.numbers]
    cut += [_reach(period) for period in sentence.periods]
    text = sentence.text
    kept = [letter if not any(low <= at < high for low, high in cut) else " " for at, letter in enumerate(text)]
    return "".join(kept[start:stop])


def _reach(period: PeriodMention) -> tuple[int, int]:
    return period.start, period.end


def _is_plain(text: str, told: frozenset[str]) -> bool:
    """Whether every word is plain, or was told before of the values themselves."""
    words = [word.rstrip(".").lower() for word in _WORD.findall(text)]
    return all(word in _PLAIN or frozenset() < find_keywords(word) <= told for word in words)
