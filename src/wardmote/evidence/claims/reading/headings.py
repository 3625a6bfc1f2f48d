"""Which rows and columns of a table name the others, and which lines of a text are titles?"""

import re
from collections.abc import Sequence

from wardmote.evidence.claims.wording.labels import MONTH

_PERIOD = re.compile(
    rf"\b(?:fy\s*|q[1-4]\s*)?(?:19|20)\d\d(?:\s*[-/–]\s*(?:(?:19|20)?\d\d))?\b|\b\d\d/\d\d\b|\bq[1-4]\b"
    rf"|\b(?:\d{{1,2}}(?:st|nd|rd|th)?\s+)?{MONTH}(?:[\s'’-]*\d{{2,4}})?\b",
    re.I,
)
_FIGURE = re.compile(
    r"^\W*[£$€<>≤≥~+-]?\s*\d[\d,]*(?:\.\d+)?(?!\d*(?:st|nd|rd|th|[ -]?(?:year|month|week|day|hour)))|\d\s?%"
)
# "95% interval" names a column, "1. Northward" a row.
_LABEL_NUMBER = re.compile(
    r"^\d{1,2}[.)]\s+(?=[A-Za-z])|\d\d(?:\.\d)?%\s+(?:confidence\s+)?(?:intervals?|limits?|CI)\b", re.I
)
_HEADER_WORDS = re.compile(
    r"^(?:indicators?|targets?|measures?|actions?|progress|priorit(?:y|ies)|item|page|period|month|year|quarter|"
    r"categor(?:y|ies)|types?|numbers?|count|total|rate|rank|change|value|status|comments?|updates?|description|"
    r"risk|outcomes?|objectives?|offences?|crime|area|ward|force|percentage|term|meaning|abbreviation|acronym|"
    r"definition|owner|lead|baseline|actual|current|previous|rag|source|name|date|notes?)s?\b",
    re.I,
)
_END = re.compile(r"[.!?:;,][\"'”’)\]]*$")
_NUMBERING = re.compile(
    r"^(?:\(?\d{1,2}(?:\.\d{1,2}){0,3}[.)]?|[A-Z]\."
    r"|(?:appendix|annex|part|section|chapter|priority|table|figure)\s+\w{1,4}\b[.:]?)\s*",
    re.I,
)
_SOURCE = re.compile(r"(?:source|note|key)s?\s*:", re.I)
TITLE_WORDS = 14
TITLE_LENGTH = 100


def count_header_rows(rows: Sequence[Sequence[str]]) -> int:
    """How many of the first rows name columns, where the format does not say? None, one or two.

    A first row names columns when it holds words or periods and no figures, and when the rows below differ from it:
    they have figures, or its words are those of headings, or there are three columns and more. Rows of two columns of
    words without such words are labels with their texts (a glossary).
    """
    if len(rows) < 2 or not _names_columns(rows[0]):
        return 0
    first, below = [text for text in rows[0] if text], rows[1:]
    worded = sum(bool(_HEADER_WORDS.match(text)) for text in first)
    figures = any(_is_figure(text) for row in below for text in row[1:])
    if not (figures or worded * 2 >= len(first) or len(first) >= 3):
        return 0
    spans = len(set(first)) < len(first)
    return 2 if spans and len(rows) > 2 and _names_columns(rows[1]) else 1


def _names_columns(row: Sequence[str]) -> bool:
    named = [text for text in row if text]
    enough = len(named) >= 2 or (len(row) == 1 and bool(named))
    return enough and all(len(text) <= 120 and not _is_figure(text) for text in named)


def _is_figure(text: str) -> bool:
    """Is this a cell that gives a number rather than naming something? A year names."""
    without = _PERIOD.sub(" ", _LABEL_NUMBER.sub(" ", text))
    return bool(_FIGURE.search(without.strip())) if any(ch.isdigit() for ch in without) else False


def count_header_columns(body: Sequence[Sequence[str]]) -> int:
    """Does the first column name the rows? 1 when most of its cells are words or periods, 0 when they are figures."""
    if not body or len(body[0]) < 2:
        return 0
    named = [row[0] for row in body if row[0]]
    figures = sum(_is_figure(text) for text in named)
    return int(bool(named) and figures * 2 <= len(named))


def is_title(text: str) -> bool:
    """Is this short line a title? It begins with a capital, ends without a stop and gives no figure."""
    if (
        not text
        or _SOURCE.match(text)
        or len(text) > TITLE_LENGTH
        or _END.search(text)
        or text.count(" ") >= TITLE_WORDS
    ):
        return False
    bare = _PERIOD.sub("", _NUMBERING.sub("", text)).strip()
    begins = next((ch for ch in text if ch.isalpha()), "")
    worded = sum(ch.isalpha() for ch in text) >= 3
    return worded and begins.isupper() and not any(ch.isdigit() for ch in bare)
