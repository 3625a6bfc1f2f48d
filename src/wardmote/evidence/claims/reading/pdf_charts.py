"""Which words of a page are a chart's own: ticks of its axes, figures at its bars, words drawn twice?"""

import re
from collections.abc import Iterable, Iterator, Sequence

from wardmote.evidence.claims.reading.pdf_pages import Fragment
from wardmote.evidence.claims.wording.labels import MONTH

_PERIOD_TICK = rf"(?:19|20)\d\d(?:[-/–]\d\d(?:\d\d)?)?|{MONTH}(?:['’]?\d\d(?:\d\d)?)?|Q[1-4]|\d\d/\d\d"
_PERIODS = re.compile(rf"(?:(?:{_PERIOD_TICK})\s*)+$", re.I)
_TICKS = re.compile(
    rf"(?:(?:{_PERIOD_TICK}|[A-Z]|[-+−–±<>≤≥~]?\s?[£$€]?\d[\d,.]*(?:%|k|m|bn)?)(?:\s+|$))+$",
    re.I,
)


def is_tick(text: str) -> bool:
    """Does a run of words hold nothing but figures, periods and initials, as the axes and bars of a chart do?

    >>> [is_tick(text) for text in ("1,500", "Apr May Jun", "2025/26", "J", "+3.9%", "12 offences", "Total")]
    [True, True, True, True, True, False, False]
    """
    return len(text) <= 200 and bool(_TICKS.match(text))


def is_period(text: str) -> bool:
    """Does it name periods only? In large letters that is a heading."""
    return bool(_PERIODS.match(text))


def has_labels(rows: Sequence[Sequence[str]]) -> bool:
    """Do most rows begin with words that say what their figures are? Rows of a chart's labels do not.

    The first row may name columns, and a number may stand before the label.

    >>> has_labels([["Ward", "2024/25"], ["Alder", "12"]]), has_labels([["", "97.6", "98.5"], ["2021", "2022", "2023"]])
    (True, False)
    """
    body = rows[1:]
    labelled = sum(any(text and not is_tick(text) for text in row[:2]) or _is_dated(row) for row in body)
    return labelled * 2 > len(body)


def _is_dated(row: Sequence[str]) -> bool:
    """A period, and figures that are none."""
    return is_period(row[0]) and any(text and not is_period(text) for text in row[1:])


def drop_twins(fragments: Iterable[Fragment]) -> Iterator[Fragment]:
    """The fragments without those drawn again on the same spot, as light edges under a chart's letters are."""
    seen = set()
    for fragment in fragments:
        spot = fragment.text, round(fragment.left), round(fragment.bottom)
        if spot not in seen:
            seen.add(spot)
            yield fragment
