"""Is a stretch of time as long as its two ends say, and does it end after it begins?

"The two-year plan 2016 to 2020", "over the 25 years from 1995 to 2018", "from 17 May 2020 to 14 April 2020".
"""

import re
from collections.abc import Iterator
from datetime import date

from wardmote.evidence.claims.contract import Corpus, Finding, Rule
from wardmote.evidence.claims.model import Claim, Quantity
from wardmote.evidence.claims.wording.scan import Sentence
from wardmote.evidence.claims.wording.spelled import SPELLED, SPELLED_PATTERN
from wardmote.evidence.model.periods import find_month_number

NAME = "durations"
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?"
)
_COUNT = rf"(?P<count>\d{{1,2}}|{SPELLED_PATTERN})"
_YEAR = r"(?:19|20)\d\d"
#: "2016", "2016/17": of a financial year the first part is kept, at either end.
_ENDS = (
    rf"(?P<first>{_YEAR})(?P<fy>[/–-]\d\d)?\s?(?P<to>to|until|till|through|and|-|–)\s?"
    rf"(?P<last>{_YEAR})(?P<fy2>[/–-]\d\d)?(?![\d/%])"
)
_LINK = r"(?:,?\s(?:from|between|of|for|covering|running from)\s|,?\s|\s?\()"
_THINGS = r"(?:plan|strategy|programme|period|project|scheme|agreement|contract|framework|term|action plan|pilot)"
#: "Every three years", "a three-year average", "a sentence of three years" are no stretches between two years.
_OVER_THE = (
    rf"\b(?:over|in|during|across|for|within|throughout) the (?:last |past |previous |next |following )?{_COUNT}[\s-]"
)
_SPELLED_YEARS = (
    re.compile(rf"{_OVER_THE}years?{_LINK}{_ENDS}", re.IGNORECASE),
    re.compile(rf"\b{_COUNT}[\s-]years?\s(?:[a-z]+\s){{0,2}}?{_THINGS}{_LINK}{_ENDS}", re.IGNORECASE),
)
_SPELLED_MONTHS = re.compile(
    rf"{_OVER_THE}months?{_LINK}(?P<m1>{_MONTH})(?:\s(?P<y1>{_YEAR}))?\s?(?:to|until|and|-|–)\s?(?P<m2>{_MONTH})\s(?P<y2>{_YEAR})",
    re.IGNORECASE,
)
#: Several lengths in one breath: an average, or one length within another.
_ROLLING = re.compile(r"\b(?:average|averages|rolling|moving|every|each|extend\w*|extension)\b", re.IGNORECASE)
_DATE = rf"(?:(\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?)?({_MONTH})\s({_YEAR})"
_RAN = re.compile(
    rf"\b(?:from|between)\s(?:the\s)?{_DATE}\s(?:to|until|and|till)\s(?:the\s)?(?P<end>{_DATE})\b", re.IGNORECASE
)
#: A date that was changed goes from the later to the earlier by right, and a comparison may look back.
_CHANGED = re.compile(
    r"\b(?:brought|forward|mov\w+|chang\w+|amend\w+|revis\w+|reschedul\w+|correct\w+|shift\w+|alter\w+|updat\w+|renam\w+|"
    r"deadline|due|compar\w+|backdat\w+|differ\w+|gap|fell|fall\w*|rose|ris\w+|increas\w+|decreas\w+|reduc\w+|drop\w*)\b",
    re.IGNORECASE,
)


def find(corpus: Corpus) -> Iterator[Claim]:
    """Yield a claim for every stretch of time printed with its length and both its ends, or with two dated ends."""
    for _, sentence in corpus.sentences():
        if sentence.numbers:  # years are numbers of the kind "label": most sentences have none
            yield from _judge_years(sentence)
        yield from _judge_months(sentence)
        yield from _judge_order(sentence)


def _judge_years(sentence: Sentence) -> Iterator[Claim]:
    for pattern in _SPELLED_YEARS:
        for match in pattern.finditer(sentence.text):
            first, last = int(match["first"]), int(match["last"])
            is_plain = not _ROLLING.search(sentence.text, max(0, match.start() - 40), match.end() + 20)
            is_run = match["to"].lower() != "and" or "between" in match.group().lower()  # "the two years 2010 and 2015"
            if is_plain and is_run and last > first and bool(match["fy"]) == bool(match["fy2"]):
                yield _judge_length(sentence, match, last - first, "years")


def _judge_months(sentence: Sentence) -> Iterator[Claim]:
    for match in _SPELLED_MONTHS.finditer(sentence.text):
        first, last = _find_month(match["m1"]), _find_month(match["m2"])
        years = int(match["y2"]) - int(match["y1"]) if match["y1"] else int(last < first)
        length = years * 12 + last - first
        if length > 0 and not _ROLLING.search(sentence.text, max(0, match.start() - 40), match.end() + 20):
            yield _judge_length(sentence, match, length, "months")


def _judge_length(sentence: Sentence, match: re.Match[str], between: int, unit: str) -> Claim:
    """Both ends may be counted or one of them: 2014 to 2018 is four years or five."""
    printed = match["count"].lower()
    claimed = int(printed) if printed.isdigit() else int(SPELLED[re.sub(r"\s", " ", printed)])
    holds = claimed in (between, between + 1)
    ends = match.group()[match.group().index(match["first"] if unit == "years" else match["m1"]) :].rstrip(")")
    says = f"{ends} is {between} {unit}, or {between + 1} with both ends counted"
    why = f"{says}, as printed." if holds else f"{says}, not {claimed}: the length or an end is wrong."
    return Finding(sentence, start=match.start("count"), end=match.end()).claim(
        NAME, "period", "ok" if holds else "inconsistent", why,
        claimed=[Quantity(float(claimed), unit, "length")],
        recomputed=[Quantity(float(between), unit, "length"), Quantity(float(between + 1), unit, "length")],
    )  # fmt: skip


def _judge_order(sentence: Sentence) -> Iterator[Claim]:
    """Two dated ends of something that ran: the second must not lie before the first."""
    for match in _RAN.finditer(sentence.text):
        first, last = _read_date(match, 1), _read_date(match, 5)
        if first is None or last is None or _CHANGED.search(sentence.text):
            continue
        if last < first:
            why = f"{match['end']} lies before the beginning: it would end before it began. One of the dates is wrong."
            yield Finding(sentence, start=match.start("end"), end=match.end("end")).claim(
                NAME, "period", "inconsistent", why,
                claimed=[Quantity(float(f"{last:%Y%m}"), "year-month", "end")],
                inputs=[Quantity(float(f"{first:%Y%m}"), "year-month", "beginning")],
            )  # fmt: skip


def _read_date(match: re.Match[str], group: int) -> date | None:
    """The day of a date; the first of the month where no day is named; None for a day that is not."""
    try:
        return date(int(match[group + 2]), _find_month(match[group + 1]) + 1, int(match[group] or 1))
    except ValueError:
        return None


def _find_month(name: str) -> int:
    return find_month_number(name) - 1


RULE = Rule(
    name=NAME,
    family="period",
    asks="Is a stretch of time as long as its two ends say, and does it end after it begins?",
    holds="The four-year plan 2016 to 2020 was adopted. The pilot ran from 17 May 2020 to 14 June 2020.",
    fails="The two-year plan 2016 to 2020 was adopted.",
    find=find,
    rank=15,
)
