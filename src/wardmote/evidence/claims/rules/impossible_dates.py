"""Can this date be, and can what it dates have come before it?

"31 June 2019" is no day. Figures for the year ending September 2018 cannot have been published in January 2018.
"""

import re
from collections import Counter
from collections.abc import Iterator

from wardmote.evidence.claims.contract import Corpus, Finding, Rule
from wardmote.evidence.claims.model import Claim, Quantity
from wardmote.evidence.claims.wording.periods import PeriodMention, find_periods
from wardmote.evidence.claims.wording.scan import Scanned, Sentence

NAME = "impossible_dates"
_DAYS = {
    "jan": 31,
    "feb": 29,
    "mar": 31,
    "apr": 30,
    "may": 31,
    "jun": 30,
    "jul": 31,
    "aug": 31,
    "sep": 30,
    "oct": 31,
    "nov": 30,
    "dec": 31,
}
_DAY = re.compile(
    r"(?<![\d.,/-])(\d{1,2})(?:st|nd|rd|th)?\s(?:of\s)?(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b",
    re.I,
)
_PUBLISHED = re.compile(r"^\s?[,;]?\s?\(\s?(?:published\s(?:in\s)?|released\s(?:in\s)?)?$", re.I)
_CITED = re.compile(r"[^()]*\(([^()]*)\)")


def find(corpus: Corpus) -> Iterator[Claim]:
    """Yield a claim for every day that no calendar has, and every source dated before its own period ends."""
    for document, sentence in corpus.sentences():
        yield from _find_days(sentence)
        yield from _find_sources(document, sentence)


def _find_days(sentence: Sentence) -> Iterator[Claim]:
    for match in _DAY.finditer(sentence.text):
        day, month = int(match[1]), match[2][:3].lower()
        if day > _DAYS[month] and 29 <= day <= 39:
            why = f"There is no {match.group()}: the month has {_DAYS[month]} days."
            yield Finding(sentence, start=match.start(), end=match.end()).claim(
                NAME, "period", "wrong", why, claimed=[Quantity(float(day), "day", "day")]
            )


def _find_sources(document: Scanned, sentence: Sentence) -> Iterator[Claim]:
    """A cited source, "... year ending September 2018 (January 2018)"."""
    for ending in sentence.periods:
        if ending.kind != "year_ending" or ending.last is None:
            continue
        cited = _CITED.match(sentence.text, ending.end)
        for published in find_periods(cited[1]) if cited else ():
            if (
                cited
                and published.kind == "month"
                and _PUBLISHED.match(sentence.text[cited.start(1) - 1 : cited.start(1)])
            ):
                yield _judge(document, sentence, ending, published, cited.start(1))


def _judge(
    document: Scanned, sentence: Sentence, ending: PeriodMention, published: PeriodMention, offset: int
) -> Claim:
    start, end = offset + published.start, offset + published.end
    at = published.first or 0
    holds = at > (ending.last or 0)
    elsewhere = _find_elsewhere(document, ending, published)
    why = (
        f"Published after the {ending.text} had ended."
        if holds
        else f"Figures for the {ending.text} cannot have been published in {published.text}, before that year ended."
        + (f" Elsewhere the same source is dated {elsewhere[1]}." if elsewhere else "")
    )
    return Finding(sentence, start=start, end=end).claim(
        NAME, "period", "ok" if holds else "wrong", why,
        claimed=[Quantity(_as_number(at), "year-month", "published")],
        inputs=[Quantity(_as_number(ending.last or 0), "year-month", "period ends")],
        recomputed=[Quantity(_as_number(elsewhere[0]), "year-month", "published elsewhere")] if elsewhere else [],
    )  # fmt: skip


def _as_number(month: int) -> float:
    """A month as yyyymm, which a reader can see through: 201809."""
    return float(month // 12 * 100 + month % 12 + 1)


def _find_elsewhere(document: Scanned, ending: PeriodMention, published: PeriodMention) -> tuple[int, str] | None:
    """The date that the same document most often gives the same source."""
    dates: Counter[tuple[int, str]] = Counter()
    for other in document.sentences:
        for period in other.periods:
            if period.kind == "year_ending" and period.last == ending.last:
                cited = _CITED.match(other.text, period.end)
                for found in find_periods(cited[1]) if cited else ():
                    if found.kind == "month" and found.first and found.first != published.first:
                        dates[(found.first, found.text)] += 1
    return dates.most_common(1)[0][0] if dates else None


RULE = Rule(
    name=NAME,
    family="period",
    asks="Can this date be, and can what it dates have come before it?",
    holds="Crime in England and Wales: year ending September 2018 (January 2019).",
    fails="Crime in England and Wales: year ending September 2018 (January 2018).",
    find=find,
    rank=10,
)
