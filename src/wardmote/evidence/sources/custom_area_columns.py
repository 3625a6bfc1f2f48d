"""Which columns of a list say the small area, and which the area that it belongs to."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from wardmote.evidence.model.areas import kind_of_code
from wardmote.evidence.sources.cells import clean_label, clean_text
from wardmote.evidence.sources.sheets import HeaderMatch, Sheet

_CODE = re.compile(r"\b(code|id|ref|reference|no|number|cd)$", re.IGNORECASE)
_SMALL = re.compile(r"lsoa|lower (layer )?super", re.IGNORECASE)
_VINTAGE = re.compile(r"(?<!\d)(?:20)?(11|21)(?!\d)")
_LOOKED_AT = 50


@dataclass(frozen=True, slots=True)
class ListColumns:
    """Positions in a list. `code` or `name` is None where there is none, never both."""

    header: HeaderMatch
    small: int
    code: int | None
    name: int | None
    vintage: int | None  # 2011 or 2021 where the heading says it


def find_list_columns(sheet: Sheet, *, code: str = "", name: str = "") -> ListColumns | None:
    """The columns of a list; `code` and `name` are headings that the user named. None where the sheet is no list."""
    for index, row in enumerate(sheet.rows[:20]):
        small = _find_small(sheet, index)
        if small is None:
            continue
        labels = tuple(clean_label(c) for c in row)
        header = HeaderMatch(index, sheet.lines[index], labels, ())
        chosen = _find_area_columns(labels, small, code, name)
        return ListColumns(header, small, *chosen, _read_vintage(labels[small])) if any_of(chosen) else None
    return None


def any_of(positions: Sequence[int | None]) -> bool:
    """Is at least one of the positions there?"""
    return any(p is not None for p in positions)


def _find_small(sheet: Sheet, index: int) -> int | None:
    """The column under this row in which the codes of small areas stand."""
    below = sheet.rows[index + 1 : index + 1 + _LOOKED_AT]
    for position, label in enumerate(sheet.rows[index]):
        cells = [t for row in below if position < len(row) and (t := clean_text(row[position]))]
        fitting = sum(kind_of_code(c) == "lsoa" for c in cells)
        if clean_label(label) and kind_of_code(clean_text(label)) != "lsoa" and 2 * fitting > len(cells):
            return position
    return None


def _find_area_columns(labels: Sequence[str], small: int, code: str, name: str) -> tuple[int | None, int | None]:
    others = [i for i, label in enumerate(labels) if label and i != small and not _SMALL.search(label)]
    if code or name:
        folded = {labels[i].casefold(): i for i in others}
        return folded.get(code.casefold()), folded.get(name.casefold())
    codes = [i for i in others if _CODE.search(_split_words(labels[i]))]
    names = [i for i in others if i not in codes]
    named = next((i for i in names if re.search(r"name|nm$", labels[i], re.IGNORECASE)), names[0] if names else None)
    return (codes[0] if codes else None), named


def _split_words(label: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])|_", " ", label)


def _read_vintage(label: str) -> int | None:
    match = _VINTAGE.search(label)
    return 2000 + int(match[1]) if match else None


def make_code(name: str) -> str:
    """A code for an area that has only a name.

    >>> make_code('Town Centre & Quays')
    'TOWN-CENTRE-QUAYS'
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Z0-9]+", "-", plain.upper()).strip("-")
