"""Which stretches of time does a sentence name?

A mention is kept as first and last month where that can be known, so that two mentions can be told apart, found
equal, or found overlapping.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from wardmote.evidence.model.periods import find_month_number

PeriodKind = Literal["financial", "calendar", "quarter", "month", "run", "year_ending", "relative"]
_M = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_Y = r"(?:(20\d\d|19\d\d)|['’‘]?(\d\d))"


@dataclass(frozen=True, slots=True)
class PeriodMention:
    """A named stretch of time. `first` and `last` count months since year 0 (year x 12 + month - 1); None if unknown.

    `offset` is set on relative mentions: -1 for "the previous year", "last year".
    """

    kind: PeriodKind
    text: str
    start: int
    end: int
    first: int | None = None
    last: int | None = None
    offset: int = 0

    @property
    def length(self) -> int | None:
        """In months."""
        return None if self.first is None or self.last is None else self.last - self.first + 1

    def overlaps(self, other: "PeriodMention") -> bool:
        if None in (self.first, self.last, other.first, other.last):
            return False
        return self.first <= other.last and other.first <= self.last  # type: ignore[operator]


def find_periods(text: str) -> tuple[PeriodMention, ...]:
    """Find every period a sentence names, in order; longer readings win over shorter ones inside them.

    >>> [(p.text, p.length) for p in find_periods("from 2017/18 to April 2018 - March 2019 and in 2020")]
    [('2017/18', 12), ('April 2018 - March 2019', 12), ('2020', 12)]
    """
    found: list[PeriodMention] = []
    for pattern, read in _READERS:
        for match in pattern.finditer(text):
            if not any(other.start < match.end() and match.start() < other.end for other in found):
                mention = read(match)
                if mention is not None:
                    found.append(mention)
    return tuple(sorted(found, key=lambda mention: mention.start))


def _year(full: str | None, short: str | None) -> int:
    return int(full) if full else 2000 + int(short or 0)


def _month(name: str) -> int:
    return find_month_number(name) - 1


def _mention(
    kind: PeriodKind, match: re.Match[str], first: int | None, last: int | None, offset: int = 0
) -> PeriodMention:
    return PeriodMention(kind, match.group().strip(), match.start(), match.end(), first, last, offset)


def _read_run(match: re.Match[str]) -> PeriodMention | None:
    """April 2018 - March 2019, Feb 18 to Jan 19, Jan-Dec 2018."""
    from_month, from_full, from_short, to_month, to_full, to_short = match.groups()
    last = _year(to_full, to_short) * 12 + _month(to_month)
    if from_full or from_short:
        first = _year(from_full, from_short) * 12 + _month(from_month)
    else:
        first = _year(to_full, to_short) * 12 + _month(from_month)
        first -= 12 if first > last else 0
    return _mention("run", match, first, last) if first <= last else None


def _read_between(match: re.Match[str]) -> PeriodMention | None:
    """Between April 2018 and March 2019: whole years only, other months are rather two points that are compared."""
    run = _read_run(match)
    return run if run is not None and (run.length or 1) % 12 == 0 else None


def _read_ending(match: re.Match[str]) -> PeriodMention:
    """The year ending September 2018, the rolling year to January 2019, twelve months to March 2019."""
    last = _year(match[2], match[3]) * 12 + _month(match[1])
    return _mention("year_ending", match, last - 11, last)


def _read_quarter(match: re.Match[str]) -> PeriodMention | None:
    quarter = int(match[1])
    if match[2] is None:
        return _mention("quarter", match, None, None)
    first = int(match[2]) * 12 + 3 + (quarter - 1) * 3
    return _mention("quarter", match, first, first + 2)


def _read_financial(match: re.Match[str]) -> PeriodMention | None:
    start = int(match[1])
    if (start + 1) % 100 != int(match[2][-2:]):
        end = int(match[2]) if len(match[2]) == 4 else start // 100 * 100 + int(match[2])
        return _mention("run", match, start * 12, end * 12 + 11) if end > start else None
    return _mention("financial", match, start * 12 + 3, start * 12 + 14)


def _read_month(match: re.Match[str]) -> PeriodMention:
    at = _year(match[2], match[3]) * 12 + _month(match[1])
    return _mention("month", match, at, at)


def _read_year(match: re.Match[str]) -> PeriodMention:
    return _mention("calendar", match, int(match[1]) * 12, int(match[1]) * 12 + 11)


def _read_relative(match: re.Match[str]) -> PeriodMention:
    return _mention("relative", match, None, None, -1)


_YEAR_TO = r"(?:year|twelve months|12 months|rolling year|12-month period)\s(?:to|ending|ended|end)\s(?:the end of\s)?"
_EARLIER = (
    r"\b(?:the )?(?:previous|prior|preceding|last|same) (?:\w+ )?"
    r"(?:year|quarter|month|period|12 months|12-month period|time last year)s?\b(?: last year| in the previous year)?"
    r"|\byear before\b|\ba year earlier\b|\bpreviously\b"
)
_Reader = Callable[[re.Match[str]], PeriodMention | None]
_READERS: tuple[tuple[re.Pattern[str], _Reader], ...] = (
    (re.compile(rf"\b{_YEAR_TO}(?:\d\d?(?:st|nd|rd|th)?\s)?{_M}\s?{_Y}\b", re.I), _read_ending),
    (re.compile(rf"\b{_M}\s?{_Y}?\s?(?:-|–|to|until)\s?{_M}\s?{_Y}\b", re.I), _read_run),
    (re.compile(rf"\bbetween {_M}\s(20\d\d)()\sand\s{_M}\s(20\d\d)()\b", re.I), _read_between),
    (re.compile(r"\b(?:Q|quarter )([1-4])\b(?:\s?(?:of\s)?(20\d\d)(?:[/–-]\d\d(?:\d\d)?)?)?", re.I), _read_quarter),
    (re.compile(r"(?<![\d,.£/])((?:19|20)\d\d)\s?[/–-]\s?((?:20)?\d\d)(?![\d/%]|,\d)"), _read_financial),
    (re.compile(rf"\b{_M}\s{_Y}\b(?!%)", re.I), _read_month),
    (re.compile(r"(?<![\d,.£/–-])((?:19[5-9]|20[0-9])\d)(?![\d/%]|,\d|\.\d)"), _read_year),
    (re.compile(_EARLIER, re.I), _read_relative),
)  # fmt: skip


def iterate_years(mentions: tuple[PeriodMention, ...]) -> Iterator[PeriodMention]:
    """The mentions that are whole years."""
    yield from (mention for mention in mentions if mention.length == 12)
