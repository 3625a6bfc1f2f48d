"""Which headings, paragraphs, items and tables do lines of text make (txt, md)?"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from wardmote.evidence.claims.reading.building import PartsBuilder
from wardmote.evidence.claims.reading.characters import BULLET_SIGNS, RAISED_DIGITS, RawText, join_pieces
from wardmote.evidence.claims.reading.grids import RawTable
from wardmote.evidence.claims.reading.headings import is_title
from wardmote.evidence.claims.reading.markdown import (
    find_closing_fence,
    is_pipe_table,
    read_pipe_table,
    split_heading,
    strip_inline,
)  # fmt: skip
from wardmote.evidence.claims.reading.markup import HAS_TAG, Segment, add_flow, read_fragment
from wardmote.evidence.claims.reading.tabular import read_rows, read_stacked
from wardmote.evidence.claims.text import BlockKind

BULLET = re.compile(
    rf"(\s*)(?:[-–—*+·{BULLET_SIGNS}](?=\s)|[\uf0b7\uf0a7\u2022]|o(?=\s+[A-Z])|\(?\d{{1,2}}[.)](?=\s)|\(?[a-z]{{1,3}}\)(?=\s)"
    rf"|[a-z]\.(?=\s))\s*(?=\S)"
)
_PARAGRAPH_NUMBER = re.compile(r"\s*\d{1,2}(?:\.\d{1,2}){1,3}\.?\s+(?=[A-Z*][A-Za-z*]|A )")
_NOTE = re.compile(rf"\s*(?:[{RAISED_DIGITS}]+\s*(?=\S)|\[\^?\d{{1,3}}\]:?\s+|<sup>\s*\d{{1,3}}\s*</sup>\s*|\*\s?\[)")
CLOSED = re.compile(r"[.!?:;][\"'”’)\]*_]*$")
# What no sentence ends with: the words after it are its rest, be they written with a capital or figures.
AWAITS = re.compile(
    r"(?:,|\b(?:a|an|and|as|at|by|for|from|in|is|of|on|or|that|the|their|this|to|was|were|which|with))$", re.I
)
GOES_ON = re.compile(r"[\"'“‘(]?[a-z]|[&/]\s")
LEADER = re.compile(r"(?<![.\s])\s*+(?:\.\s?){4,}+\s*+\d{1,3}\s*$|(?<![…\s])\s*+…{2,}+\s*+\d{1,3}\s*$")
_RULE = re.compile(r"\s*(?:[-_*=]\s*){3,}$")
_TABLE_START = re.compile(r"<table\b", re.I)
_TABLE_END = re.compile(r"</table\s*>", re.I)
_BLOCK_TAG = re.compile(r"<(?:p|div|ul|ol|li|table|h[1-6]|blockquote|section|dl)\b", re.I)
_CONTENTS = re.compile(r"(?:table of )?contents$", re.I)
#: A paragraph that a page's end cut is long; a short line without a stop is a title or a name.
CUT_LENGTH = 50
_HYPHEN = re.compile(r"[a-z]{2}-$")


@dataclass(slots=True)
class Pending:
    """The block that is being gathered."""

    kind: BlockKind
    level: int
    pieces: list[tuple[str, int | None]] = field(default_factory=list)

    @property
    def last(self) -> str:
        return self.pieces[-1][0].rstrip()


class LineReader:
    """Reads lines one by one and hands finished parts to the builder."""

    def __init__(self, builder: PartsBuilder, lines: list[str], *, markdown: bool) -> None:
        self.builder = builder
        self.lines = lines
        self.markdown = markdown
        self.wrapped = markdown or is_wrapped(lines)
        self.pending: Pending | None = None
        self.blank = True
        self.caption = ""

    def read(self) -> None:
        """Read every line."""
        at = _skip_front_matter(self.lines) if self.markdown else 0
        while at < len(self.lines):
            at = self._read_at(at)
        self._flush()

    def _read_at(self, at: int) -> int:
        """Read what begins at a line; where does the next thing begin?"""
        line = self.lines[at]
        if not line.strip() and "\t" not in line:
            self.blank = True
            return at + 1
        if self.markdown and (end := find_closing_fence(self.lines, at)):
            self._flush()
            return end  # a listing of a program, not the report's words
        if "\t" in line.strip("\r\n") and not (self.markdown and "\t" not in line.strip()):
            after = self._read_tabs(at)
            if after > at:
                return after
        if is_pipe_table(self.lines, at):
            self._flush()
            table, end = read_pipe_table(self.lines, at)
            self._add_table(table)
            return end
        if _TABLE_START.search(line) or (HAS_TAG.search(line) and _BLOCK_TAG.search(line)):
            return self._read_markup(at)
        self._read_line(line, at)
        return at + 1

    def _read_tabs(self, at: int) -> int:
        """A run of lines with tabs: stacked cells, rows, or no table at all (an indented line)."""
        end = _find_stack_end(self.lines, at)
        if end > at:
            self._flush()
            self._add_table(read_stacked([(text, at + n + 1) for n, text in enumerate(self.lines[at:end])]))
            return end
        end = _find_rows_end(self.lines, at)
        if end == at:
            return at
        self._flush()
        title = ""
        for part in read_rows([(text, at + n + 1) for n, text in enumerate(self.lines[at:end])]):
            if isinstance(part, RawText):
                self.builder.add_block("heading", part, level=3)
                title = part.text
            else:
                part.caption = part.caption or title
                self._add_table(part)
        return end

    def _add_table(self, table: RawTable) -> None:
        table.caption = table.caption or self.caption
        self.builder.add_table(table)
        self.caption = ""
        self.blank = True

    def _read_markup(self, at: int) -> int:
        """A line with tags that make blocks; a table written over several lines is read whole."""
        end, depth = at, 0
        while end < len(self.lines):
            depth += len(_TABLE_START.findall(self.lines[end])) - len(_TABLE_END.findall(self.lines[end]))
            end += 1
            if depth <= 0:
                break
        self._flush()
        flow = read_fragment("\n".join(self.lines[at:end]), at + 1, spans_lines=True)
        add_flow(self.builder, flow)
        return end

    def _read_line(self, line: str, at: int) -> None:
        text, number = line.strip(), at + 1
        heading = split_heading(self.lines, at)
        if _RULE.match(text):
            self.blank = True
        elif heading:
            self._flush()
            self._open("heading", heading[0], [(strip_paragraph_number(strip_inline(heading[1])), number)])
            self._flush()
        elif _NOTE.match(text) and not BULLET.match(text):
            self._flush()
            self._open("note", 0, [(_NOTE.sub("", text, count=1), number)])
        elif (bullet := BULLET.match(line)) and not self._goes_on_with_number(text):
            self._flush()
            level = 1 + len(bullet[1].expandtabs(4)) // 2
            self._open("item", level, [(self._strip(line[bullet.end() :]), number)])
        else:
            self._read_words(text, number, at)
        self.blank = False

    def _goes_on_with_number(self, text: str) -> bool:
        """Is "20. Burglary fell" the rest of "… up from March 2019 to"? A list does not begin in mid-sentence."""
        return (
            text[:1].isdigit()
            and not self.blank
            and self.pending is not None
            and bool(AWAITS.search(self.pending.last))
        )

    def _read_words(self, text: str, number: int, at: int) -> None:
        words = self._strip(text)
        if self.pending is not None and self._joins(words, self.pending):
            self.pending.pieces.append((words, number))
            return
        self._flush()
        leaderless = LEADER.sub("", words)
        if leaderless != words:
            self._open("item", 1, [(leaderless, number)])
        elif is_title(words) and not self._is_begun(at, words):
            self._open("heading", 1 if words.isupper() else 2, [(words, number)])
            self._flush()
        else:
            self._open("paragraph", 0, [(words, number)])

    def _is_begun(self, at: int, words: str) -> bool:
        """Does the next line go on with this one?"""
        following = self.lines[at + 1].strip() if at + 1 < len(self.lines) else ""
        if not following or BULLET.match(following):
            return False
        return bool(GOES_ON.match(following)) or (self.wrapped and len(words) >= CUT_LENGTH) or self.markdown

    def _joins(self, words: str, before: Pending) -> bool:
        """Does this line go on with the block before it?"""
        if not words:
            return False
        if self.markdown and not self.blank:
            return True
        if CLOSED.search(before.last):
            return self.wrapped and not self.blank and len(before.last) >= CUT_LENGTH
        if not self.blank:
            awaited = bool(AWAITS.search(before.last)) or (self.wrapped and len(before.last) >= CUT_LENGTH)
            return awaited or bool(GOES_ON.match(words)) or (words[:1].isdigit() and len(before.last) >= CUT_LENGTH)
        if before.kind == "note" or len(before.last) < CUT_LENGTH:
            return False
        return bool(GOES_ON.match(words)) or bool(AWAITS.search(before.last))

    def _strip(self, text: str) -> str:
        return strip_inline(strip_paragraph_number(text), emphasis=self.markdown)

    def _open(self, kind: BlockKind, level: int, pieces: list[tuple[str, int | None]]) -> None:
        self.pending = Pending(kind, level, pieces)

    def _flush(self) -> None:
        """Hand the gathered block over."""
        pending, self.pending = self.pending, None
        if pending is None:
            return
        raw = join_lines(pending.pieces)
        self.caption = raw.text if pending.kind == "heading" and _CONTENTS.match(raw.text) else ""
        self.builder.add_block(pending.kind, raw, level=pending.level)


def join_lines(pieces: list[tuple[str, int | None]]) -> RawText:
    """The text of a block's lines; tags that stand inside a line are read."""
    plain = []
    for text, line in pieces:
        if "<" in text and HAS_TAG.search(text):
            found = read_fragment(text, line).found
            text = " ".join(part.raw.text for part in found if isinstance(part, Segment))  # noqa: PLW2901
        plain.append((text, line))
    return join_pieces(plain)


def is_wrapped(lines: list[str]) -> bool:
    """Are the paragraphs broken into lines of one width, as in a mail?"""
    lengths = [len(line) for line in lines if line.strip() and "\t" not in line]
    long = sum(length > 110 for length in lengths)
    middling = sum(CUT_LENGTH <= length <= 110 for length in lengths)
    return len(lengths) >= 3 and long * 50 <= len(lengths) and middling * 10 >= len(lengths) * 4


def strip_paragraph_number(text: str) -> str:
    """A paragraph's number is no figure of the report."""
    return _PARAGRAPH_NUMBER.sub("", text, count=1) if text[:1].isdigit() else text


def _skip_front_matter(lines: list[str]) -> int:
    if not lines or lines[0].strip() != "---":
        return 0
    return next((n + 1 for n in range(1, min(len(lines), 200)) if lines[n].strip() in {"---", "..."}), 0)


def _find_rows_end(lines: list[str], at: int) -> int:
    """Where does the run of rows that begins here end? Blank lines belong to it when rows follow them."""
    if "\t" not in lines[at].strip(" \r\n"):
        return at
    if not lines[at].strip():
        return at + 1
    end = last = at
    while end < len(lines) and ("\t" in lines[end] or not lines[end].strip()):
        end += 1
        if end <= len(lines) and lines[end - 1].strip():
            last = end
    return last if _is_rows(lines[at:last]) else at


def _is_rows(lines: list[str]) -> bool:
    """One indented line is no table; two cells in a line, or two lines, are."""
    return any("\t" in line.strip() for line in lines) or sum(bool(line.strip()) for line in lines) >= 2


def _find_stack_end(lines: list[str], at: int) -> int:
    """Where do stacked cells end, each begun by a tab of its own? `at` where these are no stacked cells."""
    if not _is_stacked(lines, at):
        return at
    end, in_row = at, True
    while end < len(lines):
        line = lines[end]
        if not line.strip() and "\t" not in line:
            in_row = False
        elif line.startswith("\t") and "\t" not in line.rstrip("\r\n")[1:]:
            in_row = True
        elif not in_row or "\t" in line:
            break
        end += 1
    while end > at and not lines[end - 1].strip() and "\t" not in lines[end - 1]:
        end -= 1
    return end


def _is_stacked(lines: list[str], at: int) -> bool:
    """Do at least two cells begin here, each with a tab of its own, before the row's end?"""
    starts = 0
    for line in lines[at : at + 12]:
        if not line.strip() and "\t" not in line:
            break
        if line.startswith("\t"):
            if "\t" in line.rstrip("\r\n")[1:]:
                return False
            starts += 1
        elif "\t" in line:
            return False
    return starts >= 2


def iterate_lines(text: str) -> Iterator[str]:
    """The lines of a text, counted as every editor counts them."""
    return iter(re.split(r"\r\n|[\n\r]", text))
