"""Can this date be, and can what it dates have come before it?

"31 June 2019" is no day. Figures for the year ending September 2018 cannot have been published in January 2018.
"""

import calendar
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from wardmote.evidence.claims.contract import Corpus, Finding, Rule
from wardmote.evidence.claims.model import Claim, Quantity
from wardmote.evidence.claims.wording.periods import PeriodMention, find_periods
from wardmote.evidence.claims.wording.scan import Scanned, Sentence
from wardmote.evidence.model.periods import find_month_number

NAME = "impossible_dates"
_LONGEST = (0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
#: Months are written out or cut to three or four letters, with a capital: "31 may be late" and "32 juniors" are none.
_NAMES = (
    r"(January|February|March|April|May|June|July|August|September|October|November|December|"
    r"Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)"
)
_DAY = re.compile(
    rf"(?:\b(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? (?:the )?)?(?<![\d.,/£-])\b(\d{{1,2}})(st|nd|rd|th)?\s(?:of\s)?"
    rf"{_NAMES}\b\.?,?(?:\s((?:19|20)\d\d)\b(?![/%]))?(?=(.?))"
)
_WEEKDAYS = ("Mon", "Tues", "Wednes", "Thurs", "Fri", "Satur", "Sun")
#: What stands between a year and its date of publication: nothing, or the words for what was published.
_PUBLISHED = re.compile(
    r"\s?,?\s?(?:(?:statistical|bulletin|release|report|edition|statistics|tables?|was|were)\s){0,3}"
    r"(?:\(\s?(?:published|released)?\s?(?:in\s|on\s)?([^()]{4,24})\)|"
    r"\(?(?:published|released|issued)\s(?:in\s|on\s)?((?:\d\d?(?:st|nd|rd|th)?\s)?[A-Z][a-z]{2,8}\s\d{4})\b)"
)


def find(corpus: Corpus) -> Iterator[Claim]:
    """Yield a claim for every day that no calendar has, and every source dated before its own period ends."""
    for document in corpus.documents:
        dates = _count_dates(document)
        for sentence in document.sentences:
            yield from _find_days(sentence)
            yield from _find_sources(sentence, dates)


def _find_days(sentence: Sentence) -> Iterator[Claim]:
    for match in _DAY.finditer(sentence.text):
        day, month = int(match[2]), find_month_number(match[4])
        year = int(match[5]) if match[5] else None
        if day > _count_days(month, year):
            if _is_date(match, day):
                yield _refuse_day(sentence, match, month, year)
        elif match[1] and year and day:
            yield _judge_weekday(sentence, match, date(year, month, day))


def _count_days(month: int, year: int | None) -> int:
    """The days of a month; of a February without a year the most it can have."""
    return calendar.monthrange(year, month)[1] if year else _LONGEST[month]


def _is_date(match: re.Match[str], day: int) -> bool:
    """Whether it reads as a date and not as a count ("all 31 June referrals", "the 45 March visits")."""
    is_closed = match[6] in ("", ",", ".", ";", ")", ":")
    return bool(match[3] or match[5] or match[1]) if day > 31 else bool(match[3] or match[5] or is_closed)


def _refuse_day(sentence: Sentence, match: re.Match[str], month: int, year: int | None) -> Claim:
    in_year = f" in {year}" if year and month == 2 else ""
    why = f"There is no {match.group().rstrip(',.')}: {match[4]} has {_count_days(month, year)} days{in_year}."
    return Finding(sentence, start=match.start(), end=match.end()).claim(
        NAME, "period", "wrong", why, claimed=[Quantity(float(match[2]), "day", "day")]
    )


def _judge_weekday(sentence: Sentence, match: re.Match[str], day: date) -> Claim:
    """Whether the day of the week is the date's own."""
    named, found = _WEEKDAYS.index(match[1]), day.weekday()
    is_right = named == found
    said = f"{day.day} {match[4]} {day.year} {'is' if is_right else 'was not'} a {calendar.day_name[named]}"
    why = f"{said}, as printed." if is_right else f"{said} but a {calendar.day_name[found]}: one of the two is wrong."
    return Finding(sentence, start=match.start(), end=match.end()).claim(
        NAME, "period", "ok" if is_right else "inconsistent", why,
        claimed=[Quantity(float(named + 1), "weekday", "weekday")],
        recomputed=[Quantity(float(found + 1), "weekday", "weekday")],
    )  # fmt: skip


def _find_sources(sentence: Sentence, dates: Mapping[int, Counter[PeriodMention]]) -> Iterator[Claim]:
    """A cited source, "... year ending September 2018 (January 2018)"."""
    for ending in sentence.periods:
        if ending.kind == "year_ending" and ending.last is not None:
            published = _find_published(sentence, ending)
            if published is not None:
                elsewhere = _find_elsewhere(dates[ending.last], published[0])
                yield _judge(sentence, ending, *published, elsewhere)


def _find_published(sentence: Sentence, ending: PeriodMention) -> tuple[PeriodMention, int] | None:
    """The month of publication that follows a year, and where its words begin; None where none is said.

    A month a whole number of years away is as likely the earlier year that this one is compared with.
    """
    cited = _PUBLISHED.match(sentence.text, ending.end)
    if cited is None:
        return None
    group = 1 if cited[1] else 2
    months = find_periods(cited[group])
    if len(months) != 1 or months[0].kind != "month" or months[0].first is None:
        return None
    rest = cited[group].replace(months[0].text, "").strip(" ,.")
    is_month = re.fullmatch(r"(?:\d\d?(?:st|nd|rd|th)?)?", rest) is not None
    is_other_year = ((ending.last or 0) - months[0].first) % 12 == 0
    return None if not is_month or is_other_year else (months[0], cited.start(group))


def _judge(
    sentence: Sentence, ending: PeriodMention, published: PeriodMention, offset: int, elsewhere: PeriodMention | None
) -> Claim:
    at = published.first or 0
    holds = at > (ending.last or 0)
    why = (
        f"Published after the {ending.text} had ended."
        if holds
        else f"Figures for the {ending.text} cannot have been published in {published.text}, before that year ended."
        + (f" Elsewhere the same source is dated {elsewhere.text}." if elsewhere else "")
    )
    return Finding(sentence, start=offset + published.start, end=offset + published.end).claim(
        NAME, "period", "ok" if holds else "wrong", why,
        claimed=[Quantity(_as_number(at), "year-month", "published")],
        inputs=[Quantity(_as_number(ending.last or 0), "year-month", "period ends")],
        recomputed=[
            Quantity(_as_number(month.first or 0), "year-month", "published elsewhere")
            for month in (elsewhere,)
            if month is not None
        ],
    )  # fmt: skip


def _as_number(month: int) -> float:
    """A month as yyyymm, which a reader can see through: 201809."""
    return float(month // 12 * 100 + month % 12 + 1)


def _count_dates(document: Scanned) -> Mapping[int, Counter[PeriodMention]]:
    """The months at which a document says each year's figures were published, by the year's last month."""
    dates: defaultdict[int, Counter[PeriodMention]] = defaultdict(Counter)
    for sentence in document.sentences:
        for ending in sentence.periods:
            if ending.kind == "year_ending" and ending.last is not None:
                found = _find_published(sentence, ending)
                if found is not None:
                    dates[ending.last][replace(found[0], start=0, end=0)] += 1
    return dates


def _find_elsewhere(dates: Counter[PeriodMention], published: PeriodMention) -> PeriodMention | None:
    """The other month that a document most often gives the same source; None where it gives none."""
    others = [month for month, _ in dates.most_common() if month.first != published.first]
    return others[0] if others else None


RULE = Rule(
    name=NAME,
    family="period",
    asks="Can this date be, and can what it dates have come before it?",
    holds="Theft statistics: year ending September 2018 (January 2019).",
    fails="Theft statistics: year ending September 2018 (January 2018).",
    find=find,
    rank=10,
)
