"""What does a PDF say? Its text page by page, lines made into paragraphs and aligned runs into tables."""

import itertools
import re
from collections import Counter

from wardmote.evidence.claims.reading.building import PartsBuilder
from wardmote.evidence.claims.reading.characters import RawText, join_pieces
from wardmote.evidence.claims.reading.grids import RawCell, RawTable
from wardmote.evidence.claims.reading.headings import is_title
from wardmote.evidence.claims.reading.pdf_charts import drop_twins, has_labels, is_period, is_tick
from wardmote.evidence.claims.reading.pdf_layout import Stack, find_tables, gather_rows, gather_stacks
from wardmote.evidence.claims.reading.pdf_pages import Fragment, PdfPages
from wardmote.evidence.claims.reading.pdf_running import find_running
from wardmote.evidence.claims.reading.pdf_unread import note_unread
from wardmote.evidence.claims.reading.plain import (
    AWAITS,
    BULLET,
    CLOSED,
    CUT_LENGTH,
    GOES_ON,
    LEADER,
    strip_paragraph_number,
)
from wardmote.evidence.claims.text import BlockKind
from wardmote.evidence.model.errors import UnreadableInputError

#: What tells whether a sentence has ended stands in so many letters: a stop with its quotation marks, or a short word.
_LONGEST_END = 12
_HYPHENED = re.compile(r"[^\W\d_]+-[^\W\d_]+")
_CUT_WORD = re.compile(r"([^\W\d_]+)\ufffe([^\W\d_]+)")
_CUT_MARKS = ("\ufffe", "\x02", "\u00ad", "-")
#: A heading's letters are at least an eighth larger than the text's.
HEADING_RATIO = 1.12


def read_pdf(builder: PartsBuilder, content: bytes) -> None:
    """Hand a PDF's parts to the builder, each with its page; running heads, feet and page numbers left out.

    Raises:
        UnreadableInputError: it is damaged, protected by a password, or holds pictures of pages and no text.
    """
    with PdfPages(content, name=builder.file) as source:
        pages = [list(fragments) for fragments in source]
    if not any(pages):
        raise UnreadableInputError(
            "the file holds pictures of pages and no text",
            where=builder.file,
            expected="a PDF whose words can be marked and copied",
            to_do="Ask for the document it was printed from, or have the text recognised first.",
        )
    mend_cut_words(pages)
    body_size = find_body_size(pages)
    running = find_running(pages, body_size * HEADING_RATIO)
    reader = _PdfReader(builder, body_size)
    for number, page in enumerate(pages, start=1):
        reader.read_page([fragment for fragment in page if id(fragment) not in running], number)
    reader.close()


def mend_cut_words(pages: list[list[Fragment]]) -> None:
    """Make words whole that a line's end cut: with their hyphen where the document writes them so elsewhere."""
    if not any("\ufffe" in fragment.text for page in pages for fragment in page):
        return
    hyphened = {
        word.lower() for page in pages for fragment in page for word in _HYPHENED.findall(fragment.text)
    }  # fmt: skip

    def mend(cut: re.Match[str]) -> str:
        return f"{cut[1]}-{cut[2]}" if f"{cut[1]}-{cut[2]}".lower() in hyphened else cut[1] + cut[2]

    for page in pages:
        page[:] = [fragment._replace(text=_CUT_WORD.sub(mend, fragment.text)) for fragment in page]


def find_body_size(pages: list[list[Fragment]]) -> float:
    """How large are the letters that most of the text is in?"""
    letters = Counter[float]()
    for page in pages:
        for fragment in page:
            letters[round(fragment.letters, 1)] += len(fragment.text)
    middle = letters.total() / 2
    passed = itertools.accumulate(letters[size] for size in sorted(letters))
    return next(size for size, count in zip(sorted(letters), passed, strict=True) if count >= middle)


class _PdfReader:
    """Makes blocks of stacks of lines; a paragraph that a page's end cuts waits for its rest."""

    def __init__(self, builder: PartsBuilder, body_size: float) -> None:
        self.builder = builder
        self.body_size = body_size
        self.waiting: tuple[BlockKind, list[str], int] | None = None

    def read_page(self, fragments: list[Fragment], page: int) -> None:
        drawn = list(drop_twins(fragments))
        in_tables: set[int] = set()
        for part in find_tables(gather_rows(gather_stacks(drawn))):
            if isinstance(part, Stack):
                self._read_stack(part, page)
            elif self._read_grid(part, page):
                in_tables |= {id(line) for row in part for stack in row if stack is not None for line in stack.lines}
        self.builder.notes += note_unread(page, drawn, in_tables)

    def _read_grid(self, grid: list[list[Stack | None]], page: int) -> bool:
        """A table, when its rows say what their figures are; else stacks that happen to stand in line."""
        cells = [[_cell_text(stack) for stack in row] for row in grid]
        if has_labels([[cell.text for cell in row] for row in cells]):
            self.close()
            self.builder.add_table(RawTable([[RawCell(cell) for cell in row] for row in cells], page=page))
            return True
        for stack in (stack for row in grid for stack in row if stack is not None):
            self._read_stack(stack, page)
        return False

    def _read_stack(self, stack: Stack, page: int) -> None:
        """A stack of lines: a heading, or paragraphs and items that its bullets part."""
        lines = [fragment.text for fragment in stack.lines]
        text = join_wrapped(lines)
        if is_tick(text) and not self._goes_on(text) and not (self._is_large(stack) and is_period(text)):
            self.close()
            self.waiting = ("note", lines, page)
            self.close()
            return
        if self._is_heading(stack, text):
            self.close()
            self.waiting = ("heading", lines, page)
            self.close(level=1 if stack.letters > self.body_size * 1.5 else 2)
            return
        for number, (kind, run) in enumerate(_split_items(lines)):
            if number == 0 and kind == "paragraph" and self._goes_on(run[0]):
                if self.waiting is not None:
                    self.waiting[1].extend(run)
                continue
            self.close()
            self.waiting = (kind, run, page)

    def _is_heading(self, stack: Stack, text: str) -> bool:
        if len(stack.lines) > 3 or BULLET.match(text):
            return False
        if self._is_large(stack) and len(text) <= 150 and not text.endswith((".", ";", ",")):
            return True
        return len(stack.lines) == 1 and is_title(text) and not self._goes_on(text)

    def _is_large(self, stack: Stack) -> bool:
        return stack.letters >= self.body_size * HEADING_RATIO

    def _goes_on(self, text: str) -> bool:
        """Is this the rest of the paragraph before?"""
        if self.waiting is None or self.waiting[0] == "heading":
            return False
        lines = self.waiting[1]
        end = lines[-1].rstrip()[-_LONGEST_END:]
        if CLOSED.search(end):
            return False
        return bool(AWAITS.search(end)) or (sum(map(len, lines)) >= CUT_LENGTH and bool(GOES_ON.match(text)))

    def close(self, level: int = 0) -> None:
        """Hand over what waits."""
        waiting, self.waiting = self.waiting, None
        if waiting is not None:
            kind, lines, page = waiting
            text = strip_paragraph_number(join_wrapped(lines))
            self.builder.add_block(kind, join_pieces([(text, None)]), level=level or int(kind == "item"), page=page)


def _split_items(lines: list[str]) -> list[tuple[BlockKind, list[str]]]:
    runs: list[tuple[BlockKind, list[str]]] = []
    for line in lines:
        bullet, leader = BULLET.match(line), LEADER.sub("", line) if line[-1:].isdigit() else line
        if bullet:
            runs.append(("item", [line[bullet.end() :]]))
        elif leader != line:
            runs.append(("item", [leader]))
        elif runs:
            runs[-1][1].append(line)
        else:
            runs.append(("paragraph", [line]))
    return runs


def join_wrapped(lines: list[str]) -> str:
    """The lines as one text; a word that a line's end cut is made whole.

    >>> join_wrapped(["Shop-", "lifting rose in the neigh\\ufffe", "bourhood."])
    'Shop-lifting rose in the neighbourhood.'
    """
    if not any(line.rstrip().endswith(_CUT_MARKS) for line in lines):
        return " ".join(line.strip() for line in lines)
    text = ""
    for line in (line.strip() for line in lines):
        if text.endswith(_CUT_MARKS[:3]):
            text = text[:-1] + line
        elif text.endswith("-") and text[-2:-1].isalpha() and line[:1].islower():
            text += line
        else:
            text = f"{text} {line}" if text else line
    return text


def _cell_text(stack: Stack | None) -> RawText:
    return RawText("") if stack is None else join_pieces([(join_wrapped([part.text for part in stack.lines]), None)])
