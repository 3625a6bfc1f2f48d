"""Where a document prints a result: the lines that name the indicator and say the value, or its status."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

#: A line of a document: its place in words, and its text, in cells where it is the row of a table.
Line = tuple[str, tuple[str, ...]]
LETTERS = {"red": "R", "amber": "A", "green": "G", "grey": "–"}
_MOST_PLACES = 12
#: What may stand before a value in its cell: the status by letter, shape and word, and the period.
_MARKS = r"(?:[RAG–][\s▲■●◆]*)?(?:(?:red|amber|green|grey)\b:?\s*)?"


@dataclass(frozen=True, slots=True)
class Printed:
    """The places that print a result, each with its words; whether any says the value, and whether any the status."""

    places: tuple[tuple[str, str], ...]
    has_value: bool
    has_status: bool


def find_printed(lines: Sequence[Line], told: Mapping[str, Any]) -> Printed:
    """Where the document prints it. `told` has "ref", "title", "period", "shown", "status" and "is_latest"."""
    named = [line for line in lines if _names(line, told)]
    values = [line for line in named if any(_says_value(cell, told, len(line[1])) for cell in line[1])]
    statuses = [line for line in named if line not in values and _says_status_alone(line, told)]
    has_status = bool(statuses) or any(_says_status(cell, told["status"]) for _, cells in values for cell in cells)
    places = tuple((say_place(where), _join(cells)) for where, cells in [*values, *statuses][:_MOST_PLACES])
    return Printed(places, bool(values), has_status)


def say_place(where: str) -> str:
    """A place as a reader finds it: a row without its column; a line of a web page's source is no place.

    >>> say_place("page 3, table 2, row 4, column 1"), say_place("line 233")
    ('page 3, table 2, row 4', '')
    """
    return "" if where.startswith("line ") else re.sub(r", column \d+$", "", where)


def _names(line: Line, told: Mapping[str, Any]) -> bool:
    """Whether the line is of this indicator: by its number, or by its whole title."""
    text = _join(line[1])
    number = rf"(?<![\w.]){re.escape(told['ref'])}(?!\w|\.\d|-\w)"
    return bool(re.search(number, text)) or _fold(told["title"]) in _fold(text)


def _says_value(cell: str, told: Mapping[str, Any], width: int) -> bool:
    """In running text anywhere; in a cell of a table where it begins it: what follows "at least" is a target."""
    shown = rf"{re.escape(_fold(told['shown']))}(?!\w|[.,]\d)"
    if width == 1:
        return bool(re.search(rf"(?<![\w.,]){shown}", _fold(cell)))
    period = rf"(?:{re.escape(_fold(told['period']))}:?\s*)?"
    return bool(re.match(rf"{_MARKS}{period}{shown}", _fold(cell), flags=re.IGNORECASE))


def _says_status(cell: str, status: str) -> bool:
    return bool(re.match(rf"(?:{LETTERS[status]}\b|{LETTERS[status]}\s)", cell.strip() + " ")) or bool(
        re.search(rf"\b{status}\b", cell.casefold())
    )


def _says_status_alone(line: Line, told: Mapping[str, Any]) -> bool:
    """A sentence that gives the row's status without its value; a table's row says the status of other periods, too."""
    is_sentence = len(line[1]) == 1
    return is_sentence and told["is_latest"] and bool(re.search(rf"\b{told['status']}\b", line[1][0].casefold()))


def _join(cells: Sequence[str]) -> str:
    return " | ".join(" ".join(cell.split()) for cell in dict.fromkeys(cells) if cell.strip())


def _fold(text: str) -> str:
    return " ".join(text.split()).casefold()
