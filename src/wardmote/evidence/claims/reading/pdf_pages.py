"""Which runs of letters stand where on the pages of a PDF?"""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple, Self

from wardmote.evidence.claims.reading.pdf_letters import LetterBoxes, PageWords, find_plain_lines, measure_words
from wardmote.evidence.model.errors import UnreadableInputError

#: A gap wider than this many letter heights parts columns: cells stand 10 points apart, words a quarter of a height.
COLUMN_GAP = 0.8
_NUMBER = re.compile(r"\d+")
_SPACE_BEFORE_STOP = re.compile(r" (?=[,.;:!?)\]](?:\s|$))")
_WORDED = re.compile(r"[^\W\d_]{2}")
_STOP = re.compile(r"[,.;:!?)\]]")
_BULLET_ONLY = re.compile(r"[•▪■□◦●○‣·–\uf0b7\uf0a7o-]$")
MOST_PAGES = 2_000


class Fragment(NamedTuple):
    """A run of letters on one line with no wide gap in it; measures in points from the page's lower left.

    `letters` is how large the letters are that its line begins with.
    """

    text: str
    left: float
    right: float
    bottom: float
    top: float
    letters: float = 0.0

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
        self._indices = boxes.find_indices(text_page, self.text)
        self._get_size = raw.FPDFText_GetFontSize

    def list_fragments(self) -> list[Fragment]:
        words = measure_words(self._boxes, self._page, self.text, self._indices)
        if not len(words.begins):
            return []
        plain = find_plain_lines(words, COLUMN_GAP).tolist()
        limits = [*words.line_begins.tolist(), len(words.begins)]
        fragments: list[Fragment] = []
        for is_plain, begin, end in zip(plain, limits, limits[1:], strict=False):
            letter = int(self._indices[words.begins[begin]])
            size = self._boxes.measure_size(self._page, letter)
            if is_plain:
                fragments.append(self._join_line(words, begin, end, size))
            else:
                fragments += _part_line(self._list_words(words, begin, end), size)
        return list(_join_neighbours(fragments))

    def _join_line(self, words: PageWords, begin: int, end: int, size: float) -> Fragment:
        left, _, bottom, top = words.first[begin].tolist()
        text = self.text[words.begins[begin] : words.ends[end - 1]]
        return Fragment(" ".join(text.split()), left, float(words.last[begin:end, 1].max()), bottom, top, size)

    def _list_words(self, words: PageWords, begin: int, end: int) -> list[_Word]:
        """The words of a line, note marks taken off."""
        firsts, lasts = words.first[begin:end].tolist(), words.last[begin:end].tolist()
        found: list[_Word] = []
        for at, (first, last) in enumerate(zip(firsts, lasts, strict=True), start=begin):
            start, text = int(words.begins[at]), self.text[words.begins[at] : words.ends[at]]
            kept = self._blank_marks(start, text) if words.is_marked[at] else text
            if kept == text:
                found.append(_Word(text, first, last))
            elif kept.strip():
                found.append(self._measure_rest(start, kept))
        return found

    def _measure_rest(self, begin: int, text: str) -> _Word:
        """What is left of a word without its marks."""
        ends = [begin + len(text) - len(text.lstrip()), begin + len(text.rstrip()) - 1]
        first, last = self._boxes.measure(self._page, self._indices[ends]).tolist()
        return _Word(_join_words(text.split()), first, last)

    def _size(self, at: int) -> float:
        return float(self._get_size(self._page.raw, int(self._indices[at])))

    def _is_raised(self, at: int, size: float) -> bool:
        """Is a figure smaller than the letters before it, or drawn in the upper half of its line?"""
        if self._size(at) < 0.8 * size:
            return True
        _, foot, _, head = self._page.get_charbox(int(self._indices[at]))
        _, bottom, _, top = self._page.get_charbox(int(self._indices[at]), loose=True)
        return bool(foot - bottom > 0.45 * (top - bottom) and head > foot)

    def _blank_marks(self, begin: int, word: str) -> str:
        """The word without raised numbers: they mark notes. Only numbers that touch something can be such marks."""
        for number in reversed(list(_NUMBER.finditer(word))):
            start, end = number.span()
            if start == 0 and end < 2:
                continue
            before = self._size(begin + start - 1) if start > 0 else self._size(begin)
            cut = end
            while cut > start and self._is_raised(begin + cut - 1, before):
                cut -= 1
            if cut < end and end - cut <= 3:
                word = word[:cut] + " " * (end - cut) + word[end:]
        return word


def _part_line(words: list[_Word], size: float) -> Iterator[Fragment]:
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
            yield Fragment(" ".join(run), left, right, bottom, top, size)
            run = []
        if not run:
            left, _, bottom, top = first
        run.append(text)
        right = max(right, last[1]) if len(run) > 1 else last[1]
    if run:
        yield Fragment(" ".join(run), left, right, bottom, top, size)


def _join_neighbours(fragments: list[Fragment]) -> Iterator[Fragment]:
    """Runs that a raised mark parted are one again: PDFium ends a line at letters of another height."""
    waiting: Fragment | None = None
    for fragment in fragments:
        if waiting is not None and _is_neighbour(waiting, fragment):
            text = _join_words([waiting.text, fragment.text])
            waiting = waiting._replace(text=text, right=fragment.right)
            continue
        if waiting is not None:
            yield waiting
        waiting = fragment
    if waiting is not None:
        yield waiting


def _is_neighbour(before: Fragment, fragment: Fragment) -> bool:
    size = before.top - before.bottom
    return (
        abs(fragment.bottom - before.bottom) < 0.1 * size
        and abs(fragment.top - before.top) < 0.1 * size
        and -0.1 * size < fragment.left - before.right < COLUMN_GAP * size
        and not _BULLET_ONLY.match(before.text)
        and bool(_WORDED.search(before.text) and (_WORDED.search(fragment.text) or _STOP.match(fragment.text)))
    )


def _join_words(words: list[str]) -> str:
    """The words with spaces between them; a stop stands at its word.

    >>> _join_words(["by 12%", ", then", "."])
    'by 12%, then.'
    """
    return _SPACE_BEFORE_STOP.sub("", " ".join(words))
