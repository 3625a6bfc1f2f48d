"""How far can a sheet of an xlsx reach at most? A quick upper bound over plain bytes, a million cells at a time.

Every place where a cell's tag could begin is looked at, in whatever order the cells stand and whatever the sheet says
of its dimension; what stands in comments or texts counts too, which only makes the bound larger. Where anything is
written in another way than spreadsheet programs write it, the bound is not certain, and the cells are followed.
"""

from typing import Any

import numpy as np

type _Array = np.ndarray[Any, Any]

_SHEET_MARK = b"sheetData"
_LONGEST_TAG_BYTES = 1 << 16
_PAD = bytes(32)  # so that what follows a tag at the very end can be looked at
_LT, _C, _BLANK, _R, _EQUALS, _QUOTE, _ZERO, _A, _Z = b'<c r="0AZ'
_COLON = ord(":")
_MOST_DIGITS = 7


class SheetScan:
    """Is fed a part's bytes. `rows` and `columns` bound every cell if `is_certain`; `cells` bounds their number."""

    def __init__(self) -> None:
        self.rows = self.columns = self.cells = 0
        self.is_sheet = False
        self.is_certain = True
        self._rest = b""

    def feed(self, chunk: bytes) -> None:
        text = self._rest + chunk if self._rest else chunk
        self.is_sheet = self.is_sheet or _SHEET_MARK in text
        cut = max(text.rfind(b"<", 0, max(len(text) - len(_PAD), 0)), 0)
        self._search(text, cut)
        self._rest = text[cut:]
        if len(self._rest) > _LONGEST_TAG_BYTES:  # no spreadsheet program writes one
            self._rest, self.is_certain = self._rest[-len(_SHEET_MARK) :], False

    def close(self) -> None:
        self._search(self._rest + _PAD, len(self._rest))

    def _search(self, text: bytes, cut: int) -> None:
        """Look at the tags that begin before `cut`, after which come as many bytes as a place can have."""
        if b"!" in text and b"<!" in text:
            self.is_certain = False
        signs = np.frombuffer(text, np.uint8)
        colons = np.flatnonzero(signs[:cut] == _COLON)
        if prefixed := np.count_nonzero(signs[colons + 1] == _C):
            self.cells, self.is_certain = self.cells + int(prefixed), False
        starts = np.flatnonzero((signs[:cut] == _LT) & (signs[1 : cut + 1] == _C))
        self.cells += len(starts)
        if self.is_certain and len(starts):
            self._take_places(signs, starts)

    def _take_places(self, signs: _Array, starts: _Array) -> None:
        cells = _keep_cells(signs, starts)
        found = _read_places(signs, cells + 6) if cells is not None and len(cells) else (0, 0)
        if cells is None or found is None:
            self.is_certain = False
            return
        self.rows, self.columns = max(self.rows, found[0]), max(self.columns, found[1])


def _keep_cells(signs: _Array, starts: _Array) -> _Array | None:
    """Where cells begin among all tags that begin with c; None unless each of them says its place first."""
    after = signs[starts + 2]
    is_cell = after == _BLANK
    if not is_cell.all():
        others = after[~is_cell] | 32  # a letter in either case: another element, such as <cols> or <conditional…>
        if not ((others >= _C - 2) & (others <= _C + 23)).all():
            return None
        starts = starts[is_cell]
    is_said = (signs[starts + 3] == _R) & (signs[starts + 4] == _EQUALS) & (signs[starts + 5] == _QUOTE)
    return starts if is_said.all() else None


def _read_places(signs: _Array, at: _Array) -> tuple[int, int] | None:
    """The greatest row and column of places such as XFD1048576 that begin at `at`; None where one is written oddly."""
    columns, at = _read_letters(signs, at)
    rows = np.zeros(len(at), np.int32)
    is_open = np.ones(len(at), bool)
    for _ in range(_MOST_DIGITS):
        digit = signs[at] - np.uint8(_ZERO)  # what stands before the nought in the alphabet becomes large
        is_open = digit < 10
        if is_open.all():
            rows, at = rows * 10 + digit, at + 1
        elif is_open.any():
            rows, at = np.where(is_open, rows * 10 + digit, rows), at + is_open
        else:
            break
    if not (signs[at] == _QUOTE).all() or not columns.all() or not rows.all():
        return None
    return int(rows.max()), int(columns.max())


def _read_letters(signs: _Array, at: _Array) -> tuple[_Array, _Array]:
    """Each place's column from 1, 0 where it does not begin with a letter, and where its digits begin."""
    columns = np.zeros(len(at), np.int32)
    for _ in range(3):
        sign = signs[at]
        is_letter = (sign >= _A) & (sign <= _Z)
        if not is_letter.any():
            break
        columns = np.where(is_letter, columns * 26 + (sign.astype(np.int32) - (_A - 1)), columns)
        at = at + is_letter
    return columns, at
