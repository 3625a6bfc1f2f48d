"""Which runs of letters stand where on the pages of a PDF?"""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple, Self

import numpy as np

from wardmote.evidence.claims.reading.pdf_letters import LetterBoxes, PageWords, find_plain_lines, measure_words
from wardmote.evidence.model.errors import UnreadableInputError

#: A gap wider than this many letter heights parts columns; a space between words has a quarter of one.
COLUMN_GAP = 1.0
_NUMBER = re.compile(r"\d+")
_BULLET_ONLY = re.compile(r"[•▪■□◦●○‣·–\uf0b7\uf0a7o-]$")
MOST_PAGES = 2_000


class Fragment(NamedTuple):
    """A run of letters on one line with no wide gap in it; measures in points from the page's lower left."""

    text: str
    left: float
    right: float
    bottom: float
    top: float

    @property
    def size(self) -> float:
        return self.top - self.bottom


class PdfPages:
    """The fragments of each page, in the order in which the file draws them."""

    def __init__(self, content: bytes, *, name: str) -> None:
        import pypdfium2

        self.name = name
        self._error = pypdfium2.PdfiumError
        try:
            self._document = pypdfium2.PdfDocument(content)
            self._count = len(self._document)
        except pypdfium2.PdfiumError as error:
            locked = "password" in str(error).lower()
            raise UnreadableInputError(
                "the file is protected by a password" if locked else "this is no PDF, or it is damaged",
                where=name,
                expected="a PDF that opens",
                to_do="Save it without a password and try again." if locked else "Ask for the file again.",
            ) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._document.close()

    def __iter__(self) -> Iterator[Iterator[Fragment]]:
        if self._count > MOST_PAGES:
            raise UnreadableInputError(
                f"the file has {self._count:,} pages",
                where=self.name,
                expected=f"a report of at most {MOST_PAGES:,} pages",
                to_do="Take out the pages of the report.",
            )
        boxes = LetterBoxes()
        for number in range(self._count):
            try:
                page = self._document[number]
                text_page = page.get_textpage()
            except self._error:
                yield iter(())
                continue
            try:
                yield iter(_Letters(text_page, boxes).list_fragments())
            finally:
                text_page.close()
                page.close()


class _Word(NamedTuple):
    """A word of a line: its text, and the boxes of its first and last letters (left, right, bottom, top)."""

    text: str
    first: list[float]
    last: list[float]


class _Letters:
    """The lines of a page, parted where a wide gap stands in them. Only odd lines are looked at word by word."""

    def __init__(self, text_page: Any, boxes: LetterBoxes) -> None:
        from pypdfium2 import raw

        self._page = text_page
        self._boxes = boxes
        count = text_page.count_chars()
        self.text: str = text_page.get_text_range() if count > 0 else ""
        self._exact = len(self.text) == count
        self._get_size = raw.FPDFText_GetFontSize
        self._get_index = raw.FPDFText_GetCharIndexFromTextIndex

    def list_fragments(self) -> list[Fragment]:
        words = measure_words(self._boxes, self._page, self.text, exact=self._exact)
        if not len(words.begins):
            return []
        plain = find_plain_lines(words, COLUMN_GAP).tolist()
        limits = [*words.line_begins.tolist(), len(words.begins)]
        fragments: list[Fragment] = []
        for is_plain, begin, end in zip(plain, limits, limits[1:], strict=False):
            if is_plain:
                fragments.append(self._join_line(words, begin, end))
            else:
                fragments += _part_line(self._list_words(words, begin, end))
        return fragments

    def _join_line(self, words: PageWords, begin: int, end: int) -> Fragment:
        left, _, bottom, top = words.first[begin].tolist()
        text = self.text[words.begins[begin] : words.ends[end - 1]]
        return Fragment(" ".join(text.split()), left, float(words.last[begin:end, 1].max()), bottom, top)

    def _list_words(self, words: PageWords, begin: int, end: int) -> list[_Word]:
        """The words of a line, note marks taken off."""
        firsts, lasts = words.first[begin:end].tolist(), words.last[begin:end].tolist()
        found: list[_Word] = []
        for at, (first, last) in enumerate(zip(firsts, lasts, strict=True), start=begin):
            start, text = int(words.begins[at]), self.text[words.begins[at] : words.ends[at]]
            kept = self._blank_marks(start, text) if words.is_lowered[at] else text
            if kept == text:
                found.append(_Word(text, first, last))
            else:
                found += self._measure_parts(start, kept)
        return found

    def _measure_parts(self, begin: int, text: str) -> list[_Word]:
        """The words that are left of a word without its marks."""
        spans = [part.span() for part in re.finditer(r"\S+", text)]
        letters = np.array([(begin + start, begin + end - 1) for start, end in spans], dtype=np.intp).reshape(-1)
        boxes = self._boxes.measure(self._page, letters, exact=self._exact).tolist()
        return [_Word(text[slice(*span)], *boxes[2 * n : 2 * n + 2]) for n, span in enumerate(spans)]

    def _size(self, at: int) -> float:
        return float(self._get_size(self._page.raw, at if self._exact else self._get_index(self._page.raw, at)))

    def _blank_marks(self, begin: int, word: str) -> str:
        """The word without raised numbers: they mark notes. Only numbers that touch something can be such marks."""
        for number in reversed(list(_NUMBER.finditer(word))):
            start, end = number.span()
            if start == 0 and end < 2:
                continue
            before = self._size(begin + start - 1) if start > 0 else self._size(begin)
            cut = end
            while cut > start and self._size(begin + cut - 1) < 0.8 * before:
                cut -= 1
            if cut < end and end - cut <= 3:
                word = word[:cut] + " " * (end - cut) + word[end:]
        return word


def _part_line(words: list[_Word]) -> Iterator[Fragment]:
    """The runs of words with no wide gap in them."""
    run: list[str] = []
    left = right = bottom = top = 0.0
    for text, first, last in words:
        alone = len(run) == 1 and bool(_BULLET_ONLY.match(run[0]))
        far = (
            first[0] - right > (4 if alone else COLUMN_GAP) * (top - bottom)
            or first[0] < left - 1
            or top - first[3] > 0.6 * (top - bottom)
        )
        if run and far:
            yield Fragment(" ".join(run), left, right, bottom, top)
            run = []
        if not run:
            left, _, bottom, top = first
        run.append(text)
        right = max(right, last[1]) if len(run) > 1 else last[1]
    if run:
        yield Fragment(" ".join(run), left, right, bottom, top)
