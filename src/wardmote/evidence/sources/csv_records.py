"""Which rows does a csv hold, and which of its lines cannot be trusted?

A quotation mark that is never closed makes a csv reader take every line up to the next mark, or up to the end of the
file, for one cell. Headings of official tables break over lines by right, so a line break inside a cell is no fault in
itself: it is one when what follows it looks like rows, when other words stand behind the closing mark, or when the mark
is never closed. Then the first line alone is set aside, and reading goes on with the one after it.
"""

import csv
import re
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator

#: Told of each line that cannot be used: its number, its text, what is wrong with it.
type Refuse = Callable[[int, str, str], None]
_SAMPLE_ROWS = 60
_DELIMITERS = (",", ";", "\t", "|")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_LONGEST_CELL = 1 << 24  # the ONS' look-ups have cells longer than Python's 128 KiB default in their notes
csv.field_size_limit(_LONGEST_CELL)


def iterate_records(lines: Iterable[str], refuse: Refuse) -> Iterator[tuple[int, list[str]]]:
    """Each row with the number of the line on which it begins (the first is 1); what is no row goes to `refuse`."""
    source = _Lines(lines)
    delimiter, width = detect_dialect(source.look_ahead(_SAMPLE_ROWS))
    source.delimiter = delimiter
    while (record := source.take_record()) is not None:
        line, taken, cells = record
        reason = _find_fault(taken, cells, delimiter, width, at_end=source.is_at_end())
        if reason or cells is None:
            refuse(line, taken[0].rstrip("\r\n"), reason)
            source.put_back(taken[1:])
        elif sign := next((c for text in taken if (c := find_control(text))), ""):
            refuse(line, "".join(taken).rstrip("\r\n"), f"the row holds the control sign {sign}")
        else:
            yield line, cells


def find_control(text: str) -> str:
    """The first sign that no text of a table has, such as a NUL, in letters that can be shown; '' for none.

    >>> find_control('Kent\\x07'), find_control('two\\nlines')
    ('U+0007', '')
    """
    match = _CONTROL.search(text)
    return f"U+{ord(match[0]):04X}" if match else ""


def detect_dialect(sample: list[str]) -> tuple[str, int]:
    """The sign by which most of the first rows fall into equally many cells, two or more, and how many these are.

    Note lines above a table have few cells and texts hold commas, so agreement counts first and width second.
    """
    best, best_score = ",", (0, 0)
    for delimiter in _DELIMITERS:
        score = max(((rows, width) for width, rows in _count_widths(sample, delimiter) if width > 1), default=(0, 0))
        if score > best_score:
            best, best_score = delimiter, score
    alone = Counter(len(_split(text, best)) for text in sample)
    return best, max(best_score[1], max(alone, key=lambda w: (alone[w], w), default=0), 2)


def _count_widths(sample: list[str], delimiter: str) -> list[tuple[int, int]]:
    widths = Counter[int]()
    try:
        widths.update(len(row) for row in csv.reader(sample, delimiter=delimiter))
    except csv.Error:  # a cell of the sample is too long: what was read before it decides
        return list(widths.items())
    return list(widths.items())


def _split(text: str, delimiter: str) -> list[str]:
    """The cells of one line by itself."""
    try:
        return next(csv.reader([text], delimiter=delimiter), [])
    except csv.Error:
        return []


class _Lines:
    """Lines of a text that can be put back."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._coming = iter(lines)
        self._waiting: deque[str] = deque()
        self._number = 0
        self._taken: list[str] = []
        self._reader: Iterator[list[str]] | None = None
        self.delimiter = ","

    def look_ahead(self, count: int) -> list[str]:
        while len(self._waiting) < count and (text := next(self._coming, None)) is not None:
            self._waiting.append(text)
        return list(self._waiting)[:count]

    def put_back(self, lines: list[str]) -> None:
        self._waiting.extendleft(reversed(lines))
        self._number -= len(lines)
        self._reader = None

    def is_at_end(self) -> bool:
        return not self._waiting and not self.look_ahead(1)

    def take_record(self) -> tuple[int, list[str], list[str] | None] | None:
        """The next row: its number, its lines as they stand, its cells (None for none to be had). None at the end."""
        self._taken, first = [], self._number + 1
        self._reader = self._reader or csv.reader(self._feed(), delimiter=self.delimiter)
        try:
            cells = next(self._reader, None)
        except csv.Error:
            return first, self._taken, None
        return None if cells is None else (first, self._taken, cells)

    def _feed(self) -> Iterator[str]:
        while True:
            text = self._waiting.popleft() if self._waiting else next(self._coming, None)
            if text is None:
                return
            self._number += 1
            self._taken.append(text)
            yield text


def _find_fault(taken: list[str], cells: list[str] | None, delimiter: str, width: int, *, at_end: bool) -> str:
    """What is wrong with the quotation marks of a row; '' for nothing."""
    if cells is None:
        return f"a cell is longer than {_LONGEST_CELL:,} letters, or a quotation mark is not closed"
    if len(taken) == 1 and not at_end:
        return ""
    try:
        next(csv.reader(taken, delimiter=delimiter, strict=True), None)
    except csv.Error as error:
        if len(taken) > 1 or "unexpected end" in str(error):
            return "a quotation mark is not closed"
    broken = (text for cell in cells if "\n" in cell for text in cell.splitlines()[1:])
    return "a quotation mark is not closed" if any(len(_split(t, delimiter)) >= width for t in broken) else ""
