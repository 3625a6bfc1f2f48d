"""Where do the words of a PDF's page stand? PDFium is asked for whole pages at once, not letter by letter."""

import ctypes
import math
import re
from collections import deque
from dataclasses import dataclass
from itertools import repeat
from typing import Any

import numpy as np
from numpy.typing import NDArray

#: As many letters are asked for in one go.
_BATCH = 1_024
#: A letter lower than this share of its word's first letter may be a note mark.
_LOWER = 0.95
#: A figure narrower than this share of its line is condensed or raised.
_SLIM = 0.38
_LAST_SPACE = 0x3000
_IS_SPACE = np.array([chr(code).isspace() for code in range(_LAST_SPACE + 1)] + [False])
_NUMBER_WITHIN = re.compile(r"\d(?=[^\d\s])")


class LetterBoxes:
    """Asks for boxes of letters. One for a document: its room is used again for each page.

    The functions of pypdfium2 check the type of each argument at each call, which takes longer than the answer. The
    same functions are called here by their addresses, over whole lists.
    """

    def __init__(self) -> None:
        from pypdfium2 import raw

        self._room = (ctypes.c_float * (4 * _BATCH))()
        self._values = np.frombuffer(self._room, dtype=np.float32).reshape(-1, 4)
        self._slots = [ctypes.byref(self._room, 16 * at) for at in range(_BATCH)]
        self._ask_box = _call_by_address(raw.FPDFText_GetLooseCharBox)
        self._ask_size = _call_by_address(raw.FPDFText_GetFontSize, ctypes.c_double)
        self._ask_matrix = _call_by_address(raw.FPDFText_GetMatrix)
        self._matrix = (ctypes.c_float * 6)()
        self._ask_index = _call_by_address(raw.FPDFText_GetCharIndexFromTextIndex)

    def find_indices(self, text_page: Any, text: str) -> NDArray[np.intp]:
        """Which of PDFium's letters is each letter of the text? It counts those past the first plane twice."""
        astral = _list_codes(text) > 0xFFFF
        units = np.arange(len(text)) + np.cumsum(astral) - astral
        if len(text) + int(astral.sum()) == text_page.count_chars():
            return units
        handle = ctypes.cast(text_page.raw, ctypes.c_void_p)
        return np.array(list(map(self._ask_index, repeat(handle), units.tolist())), dtype=np.intp)

    def measure_size(self, text_page: Any, letter: int) -> float:
        """How large is a letter printed, in points? A box's height depends on the font too."""
        handle = ctypes.cast(text_page.raw, ctypes.c_void_p)
        size = self._ask_size(handle, letter)
        if not self._ask_matrix(handle, letter, self._matrix):
            return float(size)
        return float(size * math.hypot(self._matrix[1], self._matrix[3]))

    def measure(self, text_page: Any, letters: NDArray[np.intp]) -> NDArray[np.float32]:
        """Left, right, bottom and top of each of PDFium's letters; zeros where it knows none."""
        handle = ctypes.cast(text_page.raw, ctypes.c_void_p)
        parts = [np.zeros((0, 4), np.float32)]
        for begin in range(0, len(letters), _BATCH):
            asked = letters[begin : begin + _BATCH].tolist()
            self._values[:] = 0
            deque(map(self._ask_box, repeat(handle), asked, self._slots), maxlen=0)
            parts.append(self._values[: len(asked)].copy())
        left, top, right, bottom = np.concatenate(parts).T
        return np.stack([left, right, np.minimum(bottom, top), np.maximum(bottom, top)], axis=1)


def _call_by_address(function: Any, answer: Any = ctypes.c_int) -> Any:
    return ctypes.PYFUNCTYPE(answer)(ctypes.cast(function, ctypes.c_void_p).value or 0)


@dataclass(frozen=True, slots=True)
class PageWords:
    """The words of a page: where in its text they begin and end, and the boxes of their first and last letters.

    `line_begins` holds the number of the first word of each line, `is_marked` whether the word may hold a note mark.
    """

    begins: NDArray[np.intp]
    ends: NDArray[np.intp]
    first: NDArray[np.float32]
    last: NDArray[np.float32]
    is_marked: NDArray[np.bool_]
    line_begins: NDArray[np.intp]


def measure_words(boxes: LetterBoxes, text_page: Any, text: str, indices: NDArray[np.intp]) -> PageWords:
    """Where do the words of a page's text stand? The last figure of each number within a word is looked at too."""
    codes = _list_codes(text)
    edges = np.diff(~_IS_SPACE[np.minimum(codes, _LAST_SPACE + 1)], prepend=False, append=False).nonzero()[0]
    begins, ends = edges[::2], edges[1::2]
    # In the order of the text: PDFium answers a third faster.
    around = boxes.measure(text_page, indices[edges - np.arange(len(edges)) % 2])
    first, last = around[::2], around[1::2]
    within = np.array([found.start() for found in _NUMBER_WITHIN.finditer(text)], dtype=np.intp)
    inner = boxes.measure(text_page, indices[within])
    lines = np.cumsum((codes == 10) | (codes == 13))[begins] if len(begins) else begins
    is_figure = (codes[ends - 1] >= 48) & (codes[ends - 1] <= 57)
    is_marked = _may_be_mark(last, first) & (is_figure | (_heights(last) < _LOWER * _heights(first)))
    owners = np.searchsorted(begins, within, side="right") - 1
    is_marked[owners[_may_be_mark(inner, first[owners])]] = True
    return PageWords(begins, ends, first, last, is_marked, np.diff(lines, prepend=-1).nonzero()[0])


def _may_be_mark(figures: NDArray[np.float32], first: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Is a figure lower than its word's first letter, or as slim as a raised figure that the font itself holds?"""
    slim = figures[:, 1] - figures[:, 0] < _SLIM * _heights(figures)
    return slim | (_heights(figures) < _LOWER * _heights(first))


def find_plain_lines(words: PageWords, column_gap: float) -> NDArray[np.bool_]:
    """Which lines are one run of words of one height with no gap of `column_gap` letter heights and no mark in it?"""
    lengths = np.diff(words.line_begins, append=len(words.begins))
    left, _, bottom, top = np.repeat(words.first[words.line_begins], lengths, axis=0).T
    height = top - bottom
    gaps = words.first[1:, 0] - words.last[:-1, 1]
    odd = words.is_marked | (words.first[:, 0] < left - 1) | (abs(words.first[:, 3] - top) > 0.1 * height)
    odd |= abs(_heights(words.first) - height) > 0.1 * height
    after = np.append(False, gaps > 0.95 * column_gap * height[1:])
    after[words.line_begins] = False
    return ~np.logical_or.reduceat(odd | after, words.line_begins)


def _list_codes(text: str) -> NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


def _heights(found: NDArray[np.float32]) -> NDArray[np.float32]:
    return found[:, 3] - found[:, 2]
