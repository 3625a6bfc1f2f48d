"""Do the parts that a sentence lists make the total that it gives?

"2.0 million adults (1.3 million women, 695,000 men)", "Of 733 referrals 310 were closed and the remaining 423 passed
on", "A total of 27 are managed, 12 in the community and 15 in custody". A list is only held to its total where it says
that it is complete, or where it misses it so narrowly that completeness was meant.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from wardmote.evidence.claims.contract import Corpus, Finding, Rule, quantity
from wardmote.evidence.claims.model import Claim, Quantity
from wardmote.evidence.claims.overlap import holds_several, may_overlap
from wardmote.evidence.claims.spans import Span
from wardmote.evidence.claims.text import Place
from wardmote.evidence.claims.wording.numbers import Number
from wardmote.evidence.claims.wording.scan import Scanned, Sentence

NAME = "parts_in_prose"
#: A list that misses its total by no more than this share was meant to be complete.
NARROW = 0.01
#: Two groups that make everybody, and miss the total by no more than this, are parts of it; else of something else.
MISPRINT = 0.15
#: A list after a colon that passes its total by no more than this, or a sum of money that misses it, was meant to
#: be complete; one that falls short may leave out what is small.
SMALL = 0.04
_NOT_LISTED = re.compile(
    r"\b(?:compared|than|versus|vs|up|down|of (?:which|whom)|includ\w+|e\.?g|such as|average|target|per|last|previous|"
    r"mainly|among|top|largest|highest|increas\w+|decreas\w+|rise|fall)\b", re.IGNORECASE)  # fmt: skip
_OTHERS = re.compile(r"\b(?:others?|remaining|rest|remainder|unknown|not known)\b", re.IGNORECASE)
_SEVERAL = re.compile(
    r"\b(?:more than one|several|multiple|could (?:choose|be)|overlap\w*|both|at least one)\b", re.IGNORECASE
)
_BRACKET = re.compile(r"\(([^()]*)\)")
_NOT_PARTS = re.compile(
    r"\b(?:from|to|compared|versus|vs|than|up|down|increas\w+|decreas\w+|rise|fall|target|per|includ\w+|e\.?g|such as|"
    r"of (?:which|whom|these|those)|average|max\w*|min\w*|about|aged?|or)\b|%|/", re.IGNORECASE)  # fmt: skip
_PAIR = re.compile(
    r"\b(?:wom[ae]n\b.*\bm[ae]n|m[ae]n\b.*\bwom[ae]n|fe?males?\b.*\bmales?|males?\b.*\bfemales?|boys?\b.*\bgirls?|"
    r"girls?\b.*\bboys?|adults?\b.*\bchildren|children\b.*\badults?)\b", re.IGNORECASE)  # fmt: skip
_IN_ALL = re.compile(r"^[^\d.;]{0,30}\b(?:in all|in total|altogether|combined|overall)\b", re.IGNORECASE)
_TOTAL_OF = re.compile(r"\ba total of (?:about |around |approximately )?$", re.IGNORECASE)
_OF_TOTAL = re.compile(
    r"(?:^|[,;:(.]\s?)\W?of (?:the |these |those |our |all |a total of |the total )?$", re.IGNORECASE
)
_OF_THOSE = re.compile(r"^\W*of (?:these|those|them)\b", re.IGNORECASE)
_REST = re.compile(
    r"(?:\b(?:and|while|with|but)|,|;)\s(?:the|a)\s(?:remaining|other|rest,?|remainder,?)\s\(?$", re.IGNORECASE
)
_IN_MONTH = re.compile(
    r"^\s(?:\w+\s)?in (?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
)
_INNER = re.compile(r"\b(?:with|includ\w+|of which|of whom|among (?:whom|which)|compared|than|from)\b", re.IGNORECASE)
_PREPOSITION = re.compile(r"^\s(?:\w+\s){0,2}?(in|at|from|by|on)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Listing:
    """A total with its parts; `is_complete` where the text says that there are no others."""

    sentence: Sentence
    at: Number
    total: Number
    parts: tuple[Number, ...]
    is_complete: bool
    where: Place

    @property
    def found(self) -> Span:
        span = Span.exactly(0.0)
        for part in self.parts:
            span += part.span
        return span


def find(corpus: Corpus) -> Iterator[Claim]:
    """Yield a claim for every total whose parts are listed beside it."""
    for scanned, sentence in corpus.sentences():
        for listing in _list_listings(scanned, sentence):
            yield from _judge(listing)


def _list_listings(scanned: Scanned, sentence: Sentence) -> Iterator[Listing]:
    counts = [number for number in sentence.measured if number.kind == "count"]
    yield from _read_colon(sentence)
    yield from _read_two_halves(sentence)
    if len(counts) >= 2:
        yield from _read_brackets(sentence, counts)
        yield from _read_in_all(sentence, counts)
        yield from _read_total_of(sentence, counts)
        yield from _read_rest(scanned, sentence, counts)
        yield from _read_of_those(scanned, sentence, counts)


def _read_brackets(sentence: Sentence, counts: Sequence[Number]) -> Iterator[Listing]:
    """ "2.0 million adults (1.3 million women, 695,000 men)"."""
    for match in _BRACKET.finditer(sentence.text):
        parts = [number for number in counts if match.start() < number.start < match.end()]
        before = [number for number in sentence.numbers if number.end <= match.start() and number.kind == "count"]
        is_list = len(parts) >= 2 and parts[0].start - match.start() <= 2 and not _NOT_PARTS.search(match[1])
        if is_list and before and not before[-1].bound.startswith("at_") and _is_joined(sentence.text, parts):
            total = before[-1]
            near = abs(sum(part.value for part in parts) - total.value) <= MISPRINT * total.value
            is_pair = len(parts) == 2 and near and _PAIR.search(match[1]) is not None
            if is_pair or total.value >= max(part.value for part in parts):
                yield Listing(sentence, total, total, tuple(parts), is_pair, sentence.place(total))


def _is_joined(text: str, parts: Sequence[Number]) -> bool:
    """Whether the numbers follow each other with a few words, a comma or "and" between."""
    return all(re.match(r"^[^\d.:]{1,40}$", text[a.end : b.start]) for a, b in pairwise(parts))


def _read_in_all(sentence: Sentence, counts: Sequence[Number]) -> Iterator[Listing]:
    """ "1.3 million women and 695,000 men, 2.0 million people in all"."""
    for (first, second), (_, total) in pairwise(pairwise(counts)):
        between = sentence.text[first.end : second.start]
        closes = _IN_ALL.match(sentence.text[total.end :]) and sentence.text[second.end : total.start].count(",") == 1
        if closes and re.match(r"^[^\d.;]{0,40}\b(?:and|plus)\s$", between) and not _NOT_PARTS.search(between):
            whole = (*_list_joined_before(sentence.text, counts, first), first, second)
            runs = [
                Listing(sentence, total, total, whole[at:], True, sentence.place(total)) for at in range(len(whole) - 1)
            ]
            fitting = [run for run in runs if run.found.meets(total.span)]
            if fitting or abs(runs[0].found.middle - total.value) <= MISPRINT * total.value:
                yield (fitting or runs)[0]


def _list_joined_before(text: str, counts: Sequence[Number], first: Number) -> list[Number]:
    """The counts before the last two that the same list names: "4,210, 3,870, 3,540 and 2,690 crimes, … in all"."""
    found: list[Number] = []
    head = first
    for number in reversed(counts[: counts.index(first)]):
        if not re.fullmatch(r"[^\d.;:]{0,40},\s(?:[^\d.;:,]{0,20}\s)?", text[number.end : head.start]):
            break
        found.insert(0, number)
        head = number
    return found


def _read_colon(sentence: Sentence) -> Iterator[Listing]:
    """ "812 referrals: 402 from police, 211 from health, 96 of themselves and 103 other"."""
    text, at = sentence.text, sentence.text.find(": ")
    figures = [n for n in sentence.measured if n.kind != "percent" and not n.is_spelled]
    before, parts = [n for n in figures if n.end <= at], [n for n in figures if n.start > at]
    if len(before) != 1 or len(parts) < 3 or before[0].bound or before[0].kind not in ("count", "money"):
        return
    total = before[0]
    if any(part.kind != total.kind or part.bound for part in parts) or _NOT_LISTED.search(text):
        return
    if text[total.end : at].count(",") or not _are_listed(text, parts) or _SEVERAL.search(sentence.block.text):
        return
    gap = sum(part.value for part in parts) - total.value
    reach = _find_reach(sentence, total, parts, gap)
    if abs(gap) <= reach * total.value and total.value >= max(part.value for part in parts):
        yield Listing(sentence, total, total, tuple(parts), True, sentence.place(total))


def _find_reach(sentence: Sentence, total: Number, parts: Sequence[Number], gap: float) -> float:
    """How far the parts may miss a total that they were yet meant to make."""
    text, is_money = sentence.text, total.kind == "money"  # one pound is in one part only
    if _OTHERS.search(text[total.end :]) or (is_money and gap > 0) or _is_timed(sentence, total, parts):
        return MISPRINT
    return SMALL if gap > 0 or is_money else NARROW


def _is_timed(sentence: Sentence, total: Number, parts: Sequence[Number]) -> bool:
    """ "A total of 500 came: 200 in May, 150 in June and 100 in July": neither an overlap nor a small rest."""
    text = sentence.text
    is_each = all(_IN_MONTH.match(text[part.end :]) for part in parts)
    return (
        is_each
        and _TOTAL_OF.search(text[: total.start]) is not None
        and bool(re.search(r"\band\s$", text[: parts[-1].start]))
    )


def _read_two_halves(sentence: Sentence) -> Iterator[Listing]:
    """ "100 referrals: 60 men and 50 women": together more than there were."""
    text, at = sentence.text, sentence.text.find(": ")
    figures = sentence.measured
    if at < 0 or len(figures) != 3 or any(n.kind != "count" or n.bound or n.is_spelled for n in figures):
        return
    total, first, second = figures
    is_list = total.end <= at < first.start and re.fullmatch(r"\s[a-z]+ and ", text[first.end : second.start])
    is_pair = re.fullmatch(r"\s(?:wom[ae]n|m[ae]n|fe?males?|boys|girls)[.]?", text[second.end :].rstrip()) is not None
    if not (is_list and is_pair and _PAIR.search(text[first.end :])) or _NOT_LISTED.search(text) or total.value < 5:
        return
    if holds_several(total) or may_overlap(sentence) or text[total.end : at].count(","):
        return
    if 0 <= first.value + second.value - total.value <= MISPRINT * total.value:
        yield Listing(sentence, total, total, (first, second), True, sentence.place(total))


def _are_listed(text: str, parts: Sequence[Number]) -> bool:
    """Whether each part is parted from the next by a comma, a semicolon or "and", shares in brackets aside."""
    between = [re.sub(r"\([^()]*%\)", "", text[a.end : b.start]) for a, b in pairwise(parts)]
    return all(re.fullmatch(r"[^.:\d]{0,60}(?:[,;]\s|\band\s)[^.:\d,;]{0,50}", gap) for gap in between)


def _read_total_of(sentence: Sentence, counts: Sequence[Number]) -> Iterator[Listing]:
    """ "A total of 27 are managed, 12 in the community and 15 in custody"."""
    text = sentence.text
    if len(counts) != 3 or len(sentence.measured) != 3 or not _TOTAL_OF.search(text[: counts[0].start]):
        return
    total, first, second = counts
    same = [_PREPOSITION.match(text[part.end :]) for part in (first, second)]
    follows = re.search(r"[,:;–-]\s$", text[total.end : first.start]) and re.search(r"\band\s$", text[: second.start])
    if follows and same[0] and same[1] and same[0][1].lower() == same[1][1].lower():
        gap = abs(first.value + second.value - total.value)
        if gap <= MISPRINT * total.value and not _INNER.search(text[total.end :]):
            yield Listing(sentence, total, total, (first, second), True, sentence.place(total))


def _read_rest(scanned: Scanned, sentence: Sentence, counts: Sequence[Number]) -> Iterator[Listing]:
    """ "Of 733 referrals 310 were closed, 290 were passed on and the remaining 131 went to panel"."""
    text = sentence.text
    last = next((number for number in counts if _REST.search(text[: number.start])), None)
    if last is None or any(number.bound for number in counts):
        return
    first = counts[0]
    if _OF_TOTAL.search(text[: first.start]):
        total, parts, where = first, counts[1 : counts.index(last) + 1], sentence.place(first)
    else:
        found = _find_total_before(scanned, sentence) if _OF_THOSE.match(text) else None
        if found is None:
            return
        (total, where), parts = found, counts[: counts.index(last) + 1]
    if len(parts) >= 2 and not _INNER.search(text[first.end : last.start]):
        yield Listing(sentence, last, total, tuple(parts), True, where)


def _find_total_before(scanned: Scanned, sentence: Sentence) -> tuple[Number, Place] | None:
    for other in scanned.near(sentence, before=1, after=0):
        counts = [number for number in other.measured if number.kind == "count"]
        if len(counts) == 1 and not counts[0].bound:
            return counts[0], other.place(counts[0])
    return None


def _read_of_those(scanned: Scanned, sentence: Sentence, counts: Sequence[Number]) -> Iterator[Listing]:
    """ "7,318 were referred. Of those 3,096 ..., 2,902 ... and 1,314 ... with 394 receiving support"."""
    if not _OF_THOSE.match(sentence.text) or any(_REST.search(sentence.text[: n.start]) for n in counts):
        return
    stop = _INNER.search(sentence.text, counts[0].end)
    parts = [n for n in counts if not n.is_spelled and not n.bound and (stop is None or n.end <= stop.start())]
    found = sum(part.value for part in parts)
    totals = [
        (number, other)
        for other in scanned.near(sentence, before=1, after=0)
        for number in other.measured
        if number.kind == "count" and not number.is_spelled and not number.bound
    ]
    near = [pair for pair in totals if abs(pair[0].value - found) <= NARROW * pair[0].value]
    if len(parts) >= 3 and len(near) == 1:
        total, other = near[0]
        yield Listing(other, total, total, tuple(parts), False, sentence.place(parts[0]))


def _judge(listing: Listing) -> Iterator[Claim]:
    total, found = listing.total, listing.found
    gap = found.middle - total.value
    if found.meets(total.span):
        verdict = "ok"
    elif listing.is_complete or abs(gap) <= NARROW * total.value:
        verdict = "inconsistent"
    else:
        return
    claim = Finding(listing.sentence, listing.at, related=(listing.where,)).claim(
        NAME, "sum", "ok" if verdict == "ok" else "inconsistent", _explain(listing, gap, verdict),
        claimed=[quantity(listing.at, "total" if listing.at is total else "rest")],
        inputs=[quantity(part, "part") for part in listing.parts],
        recomputed=[Quantity(found.middle, total.unit, "sum"), Quantity(gap, total.unit, "difference")],
    )  # fmt: skip
    yield claim


def _explain(listing: Listing, gap: float, verdict: str) -> str:
    says = f"The {len(listing.parts)} parts make {listing.found.middle:,.10g} of {listing.total.value:,.10g}"
    if verdict == "ok":
        return f"{says}, as far as they are rounded." if gap else f"{says}."
    missing = f"{abs(gap):,.10g} {'are unaccounted for' if gap < 0 else 'too many'}"
    return f"{says}: {missing}. Ask which number is wrong, or what was left out."


RULE = Rule(
    name=NAME,
    family="sum",
    asks="Do the parts that a sentence lists make the total that it gives?",
    holds="Of 733 referrals 310 were closed, 290 were passed on and the remaining 133 went to panel.",
    fails="Of 733 referrals 310 were closed, 290 were passed on and the remaining 131 went to panel.",
    find=find,
    rank=40,
)
