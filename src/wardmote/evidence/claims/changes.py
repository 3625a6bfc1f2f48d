"""Which figures of a sentence are an earlier value, a later value, and the change between them?

The sentence is rewritten with a mark for each number ("from «c0» reports to «c1» reports, «q2» fewer"), and a short
list of patterns reads the marks. Where the two ends carry periods that are known, time orders them; otherwise the
words do ("from a to b", "b compared with a").
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from wardmote.evidence.claims.wording.numbers import Number
from wardmote.evidence.claims.wording.periods import PeriodMention
from wardmote.evidence.claims.wording.scan import Scanned, Sentence
from wardmote.evidence.claims.wording.sentences import QUARTER_LABEL
from wardmote.evidence.claims.wording.words import Direction, find_directions

#: Between two marks: anything but a clause end or another value.
_ANY = r"(?:[^«»;]|«[dq]\d+»)"
_END = r"«c(\d+)»"
_MOVED = (
    r"(?:reduced|reducing|increased|increasing|rising|rose|risen|falling|fell|fallen|decreased|decreasing|dropped|"
    r"dropping|declined|declining|grew|growing|grown|up|down|went)"
)
_TO_FROM = re.compile(
    rf"\bto (?:[\w-]+ ){{0,3}}{_END}{_ANY}{{0,60}}?\bfrom (?:[\w-]+ ){{0,3}}{_END}(?! (?:[\w-]+ ){{0,3}}to )",
    re.IGNORECASE,
)
#: Between the ends of one movement no other begins.
_OTHER_CLAUSE = re.compile(r"\b(?:while|whilst|whereas|but)\b", re.IGNORECASE)
_INTO = r"(?:(?!from\b)[\w-]+ ){0,4}"
_FROM_TO = re.compile(rf"\bfrom (?:[\w-]+ ){{0,3}}{_END}{_ANY}{{0,90}}?\bto {_INTO}{_END}", re.IGNORECASE)
_BETWEEN = re.compile(rf"\bbetween (?:[\w-]+ ){{0,3}}{_END}{_ANY}{{0,90}}?\band {_INTO}{_END}", re.IGNORECASE)
_MOVED_TO = re.compile(rf"{_END}(?: [^\W\d«]+){{0,4}} \(?{_MOVED} to (?:[\w-]+ ){{0,2}}{_END}", re.IGNORECASE)
_STAYED = re.compile(
    rf"\b(?:unchanged|the same|no change|stable|static|constant|level),? (?:at|with) {_END} in "
    rf"[\w/–-]+(?: [\w/–-]+)? and {_END} in ",
    re.IGNORECASE,
)
_AGAINST = re.compile(
    rf"{_END}{_ANY}{{0,160}}?\b(?:compared (?:to|with)|against|versus|vs\.?|up on|down on|up from|"
    r"down from|whilst|while|whereas|higher than|lower than|more than the|fewer than the|"
    r"(?:on|over|from|than) (?:last|the previous|the prior))\b"
    rf"(?:(?!\sand\s){_ANY}){{0,70}}?{_END}",
    re.IGNORECASE,
)
#: "72%, up 4 points from 66%", "3,214 incidents, a fall of 6% on 2018/19 when there were 3,420".
_BY_FROM = re.compile(
    rf"{_END}{_ANY}{{0,100}}?\b(?:up|down|(?:rise|increase|growth|fall|decrease|reduction|drop)(?: of)?)(?: by)? "
    rf"«[dq]\d+» (?:from|on) (?:(?!\band\b)[^«»;,.]){{0,40}}{_END}",
    re.IGNORECASE,
)
#: "1,040 incidents last year and 1,144 this year": both values dated, one behind the other, of one noun.
_WHEN = r"(?:in |for |during )?(?:last year|this year|(?:19|20)\d\d(?:[/–-]\d\d(?:\d\d)?)?)(?![\w/–-])"
_LISTED = re.compile(
    rf"{_END}(?P<noun>(?: (?!in\b|for\b|last\b|this\b)[^\W\d]+){{0,3}}) (?P<one>{_WHEN}),? and "
    rf"«c(?P<later>\d+)»(?:(?P=noun))? (?P<two>{_WHEN})(?=\s?[,.;)]|$)",
    re.IGNORECASE,
)
_PATTERNS = (
    (_TO_FROM, False), (_FROM_TO, True), (_BETWEEN, True), (_MOVED_TO, True), (_STAYED, True),
    (_BY_FROM, False), (_AGAINST, False), (_LISTED, True),
)  # fmt: skip
_CHANGE_AFTER = re.compile(r"^\s(?:more|fewer|less|additional|extra)\b", re.IGNORECASE)
_CHANGE_BEFORE = re.compile(
    r"\b(?:increas(?:e|es|ed|ing)|decreas(?:e|es|ed|ing)|reduc(?:tion|ed|ing)|rise|rose|risen|fall|fell|fallen|drop|"
    r"dropped|decline|declined|grew|growth|up|down|went up|went down|uplift|jumped|change)"
    r"(?:\sin\s(?:[\w-]+\s){1,4})?\s?(?:of|by|is|was|:|-|–)?\s?"
    r"(?:about|around|approximately|approx\.?|over|just over|just under|nearly|almost|some|a|an|further|total of|"
    r"roughly|to be|only|\s)*\(?[+−-]?\s?$",
    re.IGNORECASE,
)
#: "have fallen (493 in 2014/15 compared to …": a bracket that gives the values, not the change.
_LEVEL_AFTER = re.compile(r"\s(?:[\w-]+\s){0,2}?(?:in|compared|against|to|last|this)\s", re.IGNORECASE)
_LEVEL_BEFORE = re.compile(
    r"\b(?:to|at|from|now|stands at|remains?|stays?"
    r" at)\s(?:about|around|approximately|over|just|under|nearly|almost|some|\s)*$",
    re.IGNORECASE,
)
_OPENS_QUARTER = re.compile(r"(?:Q|Quarter\s)[1-4]\s?[:–-]?\s?", re.IGNORECASE)
#: "5.71% reduction per year" is a pace, not the change between two printed values.
_PACE_AFTER = re.compile(
    r"^(?:\s\w+){0,3}?\s(?:per|a|each|every)\s(?:year|annum|quarter|month)\b|"
    r"^(?:\s\w+){0,2}?\sannually",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Pair:
    """An earlier and a later value of one thing; not `is_ordered` where only a loose wording tells which is which."""

    prior: Number
    current: Number
    is_ordered: bool
    is_listed: bool = False  # "100 in 2020 and 190 in 2021": two values side by side, with no word of movement


@dataclass(frozen=True)
class Moved:
    """A printed change: a percentage or a difference, with the word that says which way."""

    number: Number
    direction: Direction | None


@dataclass(frozen=True)
class Changes:
    """What one sentence says about change."""

    sentence: Sentence
    pairs: tuple[Pair, ...] = ()
    percents: tuple[Moved, ...] = ()
    differences: tuple[Moved, ...] = ()
    loose: tuple[Number, ...] = field(default=())  # counts that are neither end nor change


def read_changes(sentence: Sentence) -> Changes:
    """Read a sentence for pairs of values and printed changes."""
    if not sentence.numbers:
        return Changes(sentence)
    percents = tuple(_find_percents(sentence))
    differences = tuple(_find_differences(sentence))
    pairs = tuple(_find_pairs(sentence, percents, differences))
    used = {id(end) for pair in pairs for end in (pair.prior, pair.current)} | {
        id(moved.number) for moved in differences
    }
    loose = tuple(number for number in sentence.numbers if number.kind == "count" and id(number) not in used)
    return Changes(sentence, pairs, percents, differences, loose)


def _find_percents(sentence: Sentence) -> Iterator[Moved]:
    """Percentages and points that a word of direction turns into a change, and not into a level ("rose to 8%")."""
    for number in sentence.numbers:
        if number.kind in ("percent", "points"):
            direction = find_direction(sentence, number)
            before = sentence.text[max(0, number.start - 30) : number.start]
            is_level = _LEVEL_BEFORE.search(before) or _PACE_AFTER.match(sentence.text[number.end : number.end + 40])
            if direction is not None and direction.told and not is_level:
                yield Moved(number, direction)
            elif number.has_sign and before.rstrip().endswith("("):
                yield Moved(number, None)
            elif (
                direction is None
                and not sentence.directions
                and _OPENS_QUARTER.fullmatch(sentence.text[: number.start])
            ):
                yield from _find_change_of_row(sentence, number)


def _find_change_of_row(sentence: Sentence, number: Number) -> Iterator[Moved]:
    """A quarter's percentage in a row that is named a reduction or an increase, set against last year in words."""
    words = find_directions(sentence.label)
    if len(words) == 1 and words[0].way != "same" and _LAST_YEAR.search(sentence.text):
        yield Moved(number, words[0])


def _find_differences(sentence: Sentence) -> Iterator[Moved]:
    """Counts that a word turns into a change: "8,151 fewer", "an increase of 991", "up 1,225"."""
    for number in sentence.numbers:
        if number.kind not in ("count", "money"):
            continue
        before = sentence.text[max(0, number.start - 60) : number.start]
        after = sentence.text[number.end : number.end + 40]
        is_level = before.endswith("(") and _LEVEL_AFTER.match(after)
        if _CHANGE_AFTER.match(after) or (_CHANGE_BEFORE.search(before) and not is_level):
            direction = find_direction(sentence, number)
            if direction is not None and direction.told:
                yield Moved(number, direction)


#: "72% felt safe, up 4 points from 68%": the word is of the number after it.
_OPENS_NEXT = re.compile(r"\s(?:by\s|from\s)?(?:about\s|over\s|nearly\s)?[£(]?\d", re.IGNORECASE)


def find_direction(sentence: Sentence, number: Number, reach: int = 34) -> Direction | None:
    """The word of direction that belongs to a number: the nearest, with no other number or clause end between."""
    best: tuple[int, Direction] | None = None
    for direction in sentence.directions:
        if direction.way == "same":
            continue
        low, high = (direction.end, number.start) if direction.end <= number.start else (number.end, direction.start)
        between = sentence.text[low:high]
        if direction.start > number.start and "," in between and _OPENS_NEXT.match(sentence.text, direction.end):
            continue
        if low <= high and len(between) <= reach and not _is_cut(between, sentence, low, high):
            distance = len(between) + (6 if direction.start > number.start and "," in between else 0)
            if best is None or distance < best[0]:
                best = (distance, direction)
    return best[1] if best else None


def _is_cut(between: str, sentence: Sentence, low: int, high: int) -> bool:
    if re.search(r"[;:]|\.\s|\n|\band\b.*\band\b|\bcompared\b", between):
        return True
    return any(low <= number.start < high and number.is_measured for number in sentence.numbers)


def _find_pairs(sentence: Sentence, percents: tuple[Moved, ...], differences: tuple[Moved, ...]) -> Iterator[Pair]:
    if len(sentence.numbers) < 2:
        return
    marked, ends = _mark(sentence, percents, differences)
    taken: set[int] = set()
    text = sentence.text
    for pattern, prior_first in _PATTERNS:
        for match in pattern.finditer(marked):
            first, second = int(match[1]), int(match["later"] if pattern is _LISTED else match[2])
            if taken & {first, second} or (pattern is not _AGAINST and _OTHER_CLAUSE.search(match.group())):
                continue
            one, two = ends[first], ends[second]
            if are_alike(one, two) and (pattern not in (_FROM_TO, _BETWEEN) or _is_moving(text, one, two)):
                taken |= {first, second}
                if pattern is _LISTED:
                    yield from _order_listed(one, two, match["one"].lower(), match["two"].lower())
                else:
                    is_dated = pattern not in (_FROM_TO, _TO_FROM) or _are_dated_each(sentence, one, two)
                    yield _order(sentence, one, two, prior_first, is_dated=is_dated, is_loose=pattern is _AGAINST)


def _is_moving(text: str, one: Number, two: Number) -> bool:
    """Whether "from a to b" tells of a movement and not of a range: a word of direction stands close by."""
    before = text[max(0, one.start - 90) : one.start]
    after = re.split(r"\sand\s|[;.]\s", text[two.end : two.end + 60])[0]
    return any(_WAY.search(part) for part in (before, text[one.end : two.start], after)) or one.value >= 1000


_WAY = re.compile(
    r"\b(?:increas\w*|decreas\w*|reduc\w*|ris\w+|rose|fall\w*|fell|grew|grow\w*|declin\w*|drop\w*|chang\w+|went|mov\w+|up|"
    r"down|climb\w*|improv\w*|worsen\w*|jump\w*|more|fewer|less)\b|[+−-]\d",
    re.IGNORECASE,
)


def are_alike(one: Number, two: Number) -> bool:
    """Whether two numbers can be two values of one thing: same kind, and no factor of fifty between them."""
    if one.kind != two.kind or min(one.value, two.value) < 0 or one.per != two.per:
        return False
    small, large = sorted((one.value, two.value))
    return small == 0 or large / small < 50


def _mark(
    sentence: Sentence, percents: tuple[Moved, ...], differences: tuple[Moved, ...]
) -> tuple[str, dict[int, Number]]:
    """The sentence with «cN» for values, «dN» for differences, «qN» for other numbers; labels stay as they are."""
    changes = {id(moved.number) for moved in (*percents, *differences)}
    parts: list[str] = []
    ends: dict[int, Number] = {}
    at = 0
    for index, number in enumerate(sentence.numbers):
        if number.start < at or not number.is_measured:
            continue
        parts.append(sentence.text[at : number.start])
        is_value = number.kind in ("count", "money", "rate", "percent") and id(number) not in changes
        mark = "c" if is_value else "d" if id(number) in changes else "q"
        ends[index] = number
        parts.append(f"«{mark}{index}»")
        at = number.end
    return "".join(parts) + sentence.text[at:], ends


def _order_listed(one: Number, two: Number, when: str, then: str) -> Iterator[Pair]:
    """Two values that only their dates put in order: nothing where the dates cannot be compared."""
    first, second = (re.sub(r"^(?:in|for|during) ", "", words) for words in (when, then))
    relative = {"last year", "this year"}
    if first != second and ({first, second} == relative or not {first, second} & relative):
        yield Pair(one, two, True, True) if first < second else Pair(two, one, True, True)


def _are_dated_each(sentence: Sentence, one: Number, two: Number) -> bool:
    """Whether the period behind each value is its own: no comma or other number between."""
    periods = [(number, find_period_of(sentence, number)) for number in (one, two)]
    return all(
        period is not None and period.start >= number.end and "," not in sentence.text[number.end : period.start]
        for number, period in periods
    )


def _order(sentence: Sentence, one: Number, two: Number, prior_first: bool, *, is_dated: bool, is_loose: bool) -> Pair:
    first, second = find_period_of(sentence, one), find_period_of(sentence, two)
    begun, then = (period.first if period and is_dated else None for period in (first, second))
    if begun is not None and then is not None and begun != then:
        return Pair(one, two, True) if begun < then else Pair(two, one, True)
    prior, current = (one, two) if prior_first else (two, one)
    return Pair(prior, current, not is_loose or _speaks_of_before(sentence, prior, second if prior is two else first))


def _speaks_of_before(sentence: Sentence, prior: Number, period: PeriodMention | None) -> bool:
    """Whether the words beside the supposed earlier value say that it is the earlier one."""
    if period is not None and period.offset < 0:
        return True
    around = sentence.text[max(0, prior.start - 40) : prior.end + 60]
    return re.search(r"\b(?:previous|prior|last|earlier|before|preceding)\b", around, re.IGNORECASE) is not None


#: "... and then to 300", "and were back at 110", "before falling to 50": the movement goes on.
_GOES_ON = re.compile(
    r"(?!.*(?:;|:|\(|\b(?:while|whilst|whereas|but)\b)).{0,60}\b(?:to|at|then|was|by)\s$", re.IGNORECASE
)


def find_chain(sentence: Sentence, pair: Pair) -> tuple[Number, ...]:
    """The values that carry a movement on beyond its pair, in order: 300 in "from 500 to 400 and then to 300".

    Parameters are a sentence and one of its pairs; the result is empty where the movement ends with the pair.
    """
    at, found = max(pair.prior.end, pair.current.end), list[Number]()
    for number in sentence.measured:
        if number.start >= at and are_alike(pair.current, number):
            if _GOES_ON.fullmatch(sentence.text[at : number.start]) is None:
                break
            found.append(number)
            at = number.end
    return tuple(found)


def find_period_of(sentence: Sentence, number: Number) -> PeriodMention | None:
    """The period that a number belongs to: the first after it before the next value, else the last before it."""
    values = [other for other in sentence.measured if other is not number and other.kind != "percent"]
    next_start = min((other.start for other in values if other.start > number.start), default=len(sentence.text))
    last_end = max((other.end for other in values if other.end <= number.start), default=0)
    after = [period for period in sentence.periods if number.end <= period.start < next_start]
    before = [period for period in sentence.periods if last_end <= period.start < number.start]
    gap = sentence.text[before[-1].end : number.start] if before else ""
    if before and (not after or (len(gap) <= 4 and gap.strip() not in ("to", "and"))):
        return before[-1]
    if before and re.search(r"[,;]\s", sentence.text[number.end : after[0].start]):
        return before[-1]  # the later mention opens another clause: "in 2017 there were 400, so 2018 saw …"
    return after[0] if after else None


_PREVIOUS_QUARTER = re.compile(r"\b(?:previous|last|preceding)\squarter\b(?!\slast\syear)", re.IGNORECASE)
_LAST_YEAR = re.compile(r"\b(?:last year|the year before|a year ago|previous year)\b", re.IGNORECASE)
_NOW = re.compile(r"\b(?:currently|now|this year|at present|today)\b", re.IGNORECASE)


def find_pairs_nearby(document: Scanned, sentence: Sentence) -> Iterator[Pair]:
    """Pairs told in two statements of one block: this quarter and the one before, last year and now."""
    own = QUARTER_LABEL.match(sentence.text)
    if own and _PREVIOUS_QUARTER.search(sentence.text):
        for near in document.near(sentence, before=4, after=0):
            label = QUARTER_LABEL.match(near.text)
            if label and int(label[1]) == int(own[1]) - 1:
                yield from _pair_single(near, sentence)
    for near in document.near(sentence, before=0, after=1):
        if _LAST_YEAR.search(sentence.text) and _NOW.search(near.text):
            yield from _pair_single(sentence, near)


def _pair_single(earlier: Sentence, later: Sentence) -> Iterator[Pair]:
    prior, current = _find_single(earlier), _find_single(later)
    if prior is not None and current is not None and are_alike(prior, current):
        yield Pair(prior, current, True)


def _find_single(sentence: Sentence) -> Number | None:
    """The one count of a statement that is no change; of several the first, where it opens the quarter."""
    loose = read_changes(sentence).loose
    return loose[0] if len(loose) == 1 else None
