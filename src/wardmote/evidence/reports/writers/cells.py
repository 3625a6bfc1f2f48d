"""What a cell's text says about its number: its decimals, its sign, and whether it is a percentage."""

import re
from dataclasses import dataclass

from wardmote.evidence.model.figures import MISSING_MARK, SUPPRESSED_MARK
from wardmote.evidence.reports.document import Table

#: A shown number: sign, pounds, digits with or without commas, decimals, percent sign.
_SHOWN = re.compile(r"([+−-]?)(£?)(\d[\d,]*)(?:\.(\d+))?(%?)")
_MARKERS = {
    SUPPRESSED_MARK: f"{SUPPRESSED_MARK} withheld to protect people; it does not mean zero.",
    MISSING_MARK: f"{MISSING_MARK} not available; it does not mean zero.",
}


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """A number for a workbook, and the format that shows it as the document does."""

    value: float
    format: str


def find_number_format(text: str, value: float) -> NumberFormat:
    """How must a workbook show a number so that it reads as in the document?

    Parameters: `text` as the document shows it ("1,234", "+4.2%"), `value` the number itself. A percentage whose value
    is in percent (4.2) and not a share (0.042) is divided by 100, since a workbook multiplies by 100 to show it. Text
    that is no number gives the format "General"; a unit behind a number ("28 people") stays behind it.

    >>> find_number_format("1,234", 1234.0)
    NumberFormat(value=1234.0, format='#,##0')
    >>> find_number_format("+4.2%", 4.2).format
    '+0.0%;−0.0%;0.0%'
    >>> find_number_format("4.2%", 4.2).value, find_number_format("4.2%", 0.042).value
    (0.042, 0.042)
    >>> find_number_format("28 people", 28.0).format
    '#,##0" people"'
    """
    number, _, unit = text.strip().partition(" ")
    if unit and _SHOWN.fullmatch(number) and '"' not in unit and _says(number, value):
        bare = find_number_format(number, value)
        return NumberFormat(bare.value, ";".join(f'{part}" {unit}"' for part in bare.format.split(";")))
    shown = _SHOWN.fullmatch(text.strip())
    if shown is None:
        return NumberFormat(value, "General")
    sign, pound, digits, decimals, percent = shown.groups(default="")
    whole = "#,##0" if "," in digits or not (decimals or percent) else "0"
    plain = f"{pound}{whole}" + (f".{'0' * len(decimals)}" if decimals else "") + percent
    places = f"{plain};−{plain};{plain}"
    form = f"+{places}" if sign == "+" else places if sign else plain
    return NumberFormat(_as_share(text, value) if percent else value, form)


def _says(number: str, value: float) -> bool:
    """Whether a shown number is the value itself, as far as its decimals go."""
    decimals = len(number.partition(".")[2])
    said = float(re.sub(r"[^\d.]", "", number))
    return abs(abs(value) - said) <= 0.5 / float(10**decimals) + 1e-9


def _as_share(text: str, value: float) -> float:
    """Return a percentage as a share of 1, whichever of the two the caller holds."""
    said = float(re.sub(r"[^\d.]", "", text))
    is_percent = abs(abs(value) - said) <= abs(abs(value) * 100 - said)
    return round(value / 100, 12) if is_percent else value


def explain_markers(table: Table) -> list[str]:
    """Return a line for each marker that the table shows and its own note does not explain."""
    shown = {cell.text for row in table.rows for cell in row}
    return [line for mark, line in _MARKERS.items() if mark in shown and mark not in table.note]
