"""What a cell of a published table says: a text, a number, or a marker that stands where a number would.

Publishers write numbers for readers ('27,321 '), break their headings over lines and put signs such as [u], [x] or ':'
where a number is missing. A marker is never a number and never a zero: it comes back as itself.
"""

import math
import re
from dataclasses import dataclass
from datetime import date, time, timedelta

type Cell = str | int | float | bool | date | time | timedelta | None

_NOTE = re.compile(r"\[\s*notes?\b[^\]]*\]|\(\s*notes?\s*\d[^)]*\)", re.IGNORECASE)
_BRACKETED = re.compile(r"\[\s*([a-z]{1,4}\d{0,2})\s*\]", re.IGNORECASE)
_NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+)?(?:e[+-]?\d+)?", re.IGNORECASE)
# Signs that a publisher writes in a cell of their own. 'No data' is the ONS' way of filling a blank for screen readers.
_SIGNS = frozenset({":", ".", "..", "...", "-", "--", "–", "—", "*", "**", "~", "#", "n/a", "na", "no data", "x", "z"})
_FINANCIAL_YEAR = re.compile(r"((?:19|20)\d\d)\s*[-/_]\s*(\d{4}|\d\d)")
_SHEET_ERRORS = frozenset({"#DIV/0!", "#N/A", "#REF!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!"})


@dataclass(frozen=True, slots=True)
class Number:
    """What stands in a cell for numbers.

    `value` is None where there is none; `marker` is the publisher's sign in one spelling ('[u]', ':'), which may also
    stand beside a value ('1,204 [r]'). `problem` is set when the cell is neither number nor marker.
    """

    value: float | None
    marker: str = ""
    problem: str = ""


def clean_text(cell: Cell) -> str:
    """What does this cell say, on one line and without blanks around it?

    >>> clean_text('Community Safety\\nPartnership  code ')
    'Community Safety Partnership code'
    >>> clean_text(2021.0)
    '2021'
    """
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return " ".join(str(cell).replace("\ufeff", "").split())


def show_text(text: str, longest: int = 60) -> str:
    r"""A text of a file as a message may show it: signs that cannot be printed spelled out, cut where it is long.

    >>> show_text('PK\x03\x04'), show_text('a' * 9, 5)
    ('PK\\x03\\x04', 'aaaa…')
    """
    shown = text[: longest + 1]
    if not shown.isprintable():
        shown = "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in shown)
    return shown if len(shown) <= longest else shown[: longest - 1] + "…"


def clean_label(cell: Cell) -> str:
    """What is this heading called, without marks that point to notes?

    >>> clean_label('Residential burglary\\n [note 7]')
    'Residential burglary'
    """
    return clean_text(_NOTE.sub(" ", clean_text(cell)))


def parse_financial_year(cell: Cell) -> int | None:
    """In which calendar year does the financial year in this cell begin? None where it is no financial year.

    >>> [parse_financial_year(t) for t in ('2019/20', '2012-13', '2019_2020', '2019/21', '2019')]
    [2019, 2012, 2019, None, None]
    """
    match = _FINANCIAL_YEAR.fullmatch(clean_text(cell))
    if match is None or (int(match[1]) + 1) % 100 != int(match[2]) % 100:
        return None
    return int(match[1])


def parse_number(cell: Cell) -> Number:
    """Which number, or which marker in place of one, does this cell hold?

    Takes a number, a text with thousands commas and blanks, a text ending in '%' (the number before it), a marker, or a
    number followed by a bracketed marker. An empty cell has no value and no marker. Never raises: what is
    neither comes back with `problem` set, so that a reader can gather faults.

    >>> parse_number('27,321 ').value
    27321.0
    >>> parse_number('[ U ]')
    Number(value=None, marker='[u]', problem='')
    >>> parse_number('1,204 [r]')
    Number(value=1204.0, marker='[r]', problem='')
    >>> parse_number('12,34').problem
    "'12,34' is not a number"
    """
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return Number(float(cell)) if math.isfinite(cell) else Number(None, problem=f"{cell} is not a number")
    if cell is None or isinstance(cell, str):
        return _parse_written(clean_text(cell))
    return Number(None, problem=f"'{cell}' is not a number")


def _parse_written(text: str) -> Number:
    if not text:
        return Number(None)
    if text.lower() in _SIGNS or text in _SHEET_ERRORS:
        return Number(None, marker=text)
    bracketed = _BRACKETED.search(text)
    marker = f"[{bracketed[1].lower()}]" if bracketed else ""
    bare = _BRACKETED.sub("", text).strip() if bracketed else text
    if not bare and marker:
        return Number(None, marker=marker)
    digits = bare.replace("−", "-").lstrip("£").removesuffix("%").strip()
    if any(c.isdigit() for c in digits) and _NUMBER.fullmatch(digits):
        value = float(digits.replace(",", ""))
        if math.isfinite(value):  # 1e400 is written like a number and is none that can be kept
            return Number(value, marker=marker)
    return Number(None, problem=f"'{show_text(text)}' is not a number")
