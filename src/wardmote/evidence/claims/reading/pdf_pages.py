"""Which runs of letters stand where on the pages of a PDF?"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Self

from wardmote.evidence.model.errors import UnreadableInputError

#: A gap wider than this many letter heights parts columns; a space between words has a quarter of one.
COLUMN_GAP = 1.0
_NUMBER = re.compile(r"\d+")
_WORD = re.compile(r"\S+")
_BULLET_ONLY = re.compile(r"[•▪■□◦●○‣·–\uf0b7\uf0a7o-]$")
MOST_PAGES = 2_000


@dataclass(frozen=True, slots=True)
class Fragment:
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
        for number in range(self._count):
            try:
                page = self._document[number]
                text_page = page.get_textpage()
            except self._error:
                yield iter(())
                continue
            try:
                yield iter(list(_Letters(text_page).list_fragments()))
            finally:
                text_page.close()
                page.close()


class _Letters:
    """Asks where letters stand, of as few letters as will do."""

    def __init__(self, text_page: Any) -> None:
        import ctypes

        from pypdfium2 import raw

        self._handle = text_page.raw
        self._count = text_page.count_chars()
        self.text: str = text_page.get_text_range() if self._count > 0 else ""
        self._exact = len(self.text) == self._count
        self._box = raw.FS_RECTF()
        self._reference = ctypes.byref(self._box)
        self._get_box = raw.FPDFText_GetLooseCharBox
        self._get_size = raw.FPDFText_GetFontSize
        self._get_index = raw.FPDFText_GetCharIndexFromTextIndex

    def box(self, at: int) -> tuple[float, float, float, float]:
        """Left, right, bottom and top of a letter."""
        self._get_box(self._handle, self._index(at), self._reference)
        box = self._box
        return box.left, box.right, min(box.bottom, box.top), max(box.bottom, box.top)

    def size(self, at: int) -> float:
        return float(self._get_size(self._handle, self._index(at)))

    def _index(self, at: int) -> int:
        return at if self._exact else int(self._get_index(self._handle, at))

    def list_fragments(self) -> Iterator[Fragment]:
        """The page's lines, parted where a wide gap stands in them."""
        begin = 0
        for line in re.split(r"(\r\n|\n|\r)", self.text):
            if line.strip():
                yield from self._part_line(begin, line)
            begin += len(line)

    def _part_line(self, begin: int, line: str) -> Iterator[Fragment]:
        line = self._blank_marks(begin, line)
        run: list[str] = []
        left = right = bottom = top = 0.0
        for word in _WORD.finditer(line):
            first = self.box(begin + word.start())
            last = self.box(begin + word.end() - 1) if word.end() - word.start() > 1 else first
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
            run.append(word.group())
            right = max(right, last[1]) if len(run) > 1 else last[1]
        if run:
            yield Fragment(" ".join(run), left, right, bottom, top)

    def _blank_marks(self, begin: int, line: str) -> str:
        """The line without raised numbers: they mark notes. Only numbers that touch something can be such marks."""
        for number in reversed(list(_NUMBER.finditer(line))):
            start, end = number.span()
            touches = start > 0 and not line[start - 1].isspace()
            if not touches and end - start < 2:
                continue
            before = self.size(begin + start - 1) if touches else self.size(begin + start)
            cut = end
            while cut > start and self.size(begin + cut - 1) < 0.8 * before:
                cut -= 1
            if cut < end and end - cut <= 3:
                line = line[:cut] + " " * (end - cut) + line[end:]
        return line
