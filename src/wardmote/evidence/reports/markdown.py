"""The analyst's own words: CommonMark with references to figures, turned into blocks of a document.

A reference is written `{{ figure-id }}` or `{{ figure-id | format }}` on one line; `\\{{` is printed as it stands.
A figure from outside the evidence is written `{{ said: 312 | source: Residents' survey 2025, page 4 }}`.
What a document cannot carry (raw HTML, pictures, code, tables) is refused, so that nothing is silently dropped.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, cast, get_args

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from wardmote.evidence.model.errors import Fault, TextNotBorneOutError, WardmoteError
from wardmote.evidence.reports.document import (
    Block,
    BulletList,
    Callout,
    Emphasis,
    Inline,
    Link,
    Paragraph,
    Section,
    Strong,
    Text,
    plain_text,
)
from wardmote.evidence.reports.said import SAID_FORM, SAID_TO_DO, Said, is_said, read_said

Format = Literal["value", "count", "rate", "pct", "interval", "change", "period", "area"]
FORMATS: tuple[str, ...] = get_args(Format)
Resolve = Callable[[str, Format], Inline]

#: A reference stands in the text as its number between two private-use signs while CommonMark is read: the stars
#: and underscores of an id are no emphasis.
_OPEN, _CLOSE = "\ue000", "\ue001"
_MARK = re.compile(f"{_OPEN}([0-9]+){_CLOSE}")
_REFERENCE = re.compile(r"(?<!\\)\{\{([^{}\n]*)\}\}")
_STRAY = re.compile(r"(?<!\\)\{\{|(?<!\\)\}\}")
_ADDRESS = re.compile(r"https?://\S+|mailto:\S+@\S+|#\S+")

#: What a document cannot carry: what it is called, and what to do instead.
_REFUSED = {
    "html_block": ("raw HTML", "Write it in Markdown"),
    "html_inline": ("raw HTML", "Write it in Markdown; a lone < is written \\<"),
    "image": ("a picture", "Charts come from figures: remove it"),
    "code_block": ("a block of code", "Begin the lines without four spaces"),
    "fence": ("a block of code", "Remove the fence"),
    "code_inline": ("code", "Remove the backquotes"),
    "hr": ("a rule across the page", "Use a heading instead"),
    "table": ("a table", "Tables come from figures: write a list instead"),
}


@dataclass(frozen=True, slots=True)
class Reference:
    """One reference to a figure, with the place where it is written (both counted from 1)."""

    figure_id: str
    format: Format
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of the commentary.

    `text` is as written, references included; in `words` each reference is replaced by `#`, so that a search for words
    of direction never finds one in a figure's id, and each figure from outside by `\u2026`. `line` is counted from 1.
    """

    line: int
    text: str
    words: str
    references: tuple[Reference, ...]

    @property
    def figure_ids(self) -> tuple[str, ...]:
        """The figures that the sentence speaks of, each once, in order."""
        return tuple(dict.fromkeys(reference.figure_id for reference in self.references))


def parse_markdown(text: str, where: str, resolve: Resolve) -> tuple[Block, ...]:
    """What does a file of commentary say, as blocks of a document?

    Parameters: `text` of the file; `where`, its name for messages; `resolve(figure_id, format)` gives what is shown
    for a reference, and may raise any WardmoteError where there is no such figure or nothing to show.
    Headings become sections (ids begin with the file's stem), a quotation becomes a note. Raises TextNotBorneOutError
    with every fault of the file, each as `file:line:column`.

    >>> parse_markdown("Crime fell to **{{ crime }}**.", "a.md", lambda figure_id, _: Text("12"))[0].children[1]
    Strong(children=(Text(text='12'),))
    """
    prepared, references = _prepare(text)
    reading = _Reading(_clean(text).split("\n"), references, where, resolve)
    reading.find_loose_marks()
    blocks = _nest(list(reading.blocks(_tree(prepared))))
    if reading.faults:
        faults = sorted(reading.faults, key=lambda fault: [int(part) for part in fault.where.rsplit(":", 2)[1:]])
        raise TextNotBorneOutError("The commentary cannot be used", where=where, faults=faults)
    return blocks


def iterate_sentences(text: str) -> Iterator[Sentence]:
    """Which sentences does a file of commentary hold, and which figures does each speak of?

    Headings and list items count as sentences of their own. Nothing is resolved and no fault is raised here: call
    parse_markdown for that.

    >>> [(s.line, s.figure_ids) for s in iterate_sentences("Theft fell to {{ a }}.\\nIt rose in St. Anne's.")]
    [(1, ('a',)), (2, ())]
    """
    prepared, references = _prepare(text)
    for node in _tree(prepared).walk():
        if node.type == "inline" and node.map:
            yield from _split_block(_visible(node), node.map[0] + 1, references)


@dataclass
class _Reading:
    """One file being read: what is left to say about it, and what is wrong with it."""

    lines: list[str]
    references: list[Reference]
    where: str
    resolve: Resolve
    faults: list[Fault] = field(default_factory=list)
    taken: dict[str, int] = field(default_factory=dict)

    def blocks(self, parent: SyntaxTreeNode) -> Iterator[Block | tuple[int, Section]]:
        """Yield the blocks in a row; a heading as its level with its still empty section."""
        for node in parent.children:
            if node.type in _REFUSED:
                self.refuse(node, node)
            else:
                yield from _READERS[node.type](self, node)

    def heading(self, node: SyntaxTreeNode) -> Iterator[tuple[int, Section]]:
        title = plain_text(self.words(node)).strip()
        yield int(node.tag[1:]), Section(self.name(title), title, ())

    def paragraph(self, node: SyntaxTreeNode) -> Iterator[Block]:
        children = self.words(node)
        if children:
            yield Paragraph(children)

    def listing(self, node: SyntaxTreeNode) -> Iterator[Block]:
        items = tuple(self.item(item) for item in node.children)
        yield BulletList(items, ordered=node.type == "ordered_list")

    def item(self, node: SyntaxTreeNode) -> tuple[Inline, ...]:
        """Return an item's words; its paragraphs run on, as an item of a document has only one."""
        words: list[Inline] = []
        for child in node.children:
            if child.type == "paragraph":
                words += [*([Text(" ")] if words else []), *self.words(child)]
            else:
                found, to_do = _REFUSED.get(child.type, ("a list or heading inside a list", "Write one flat list"))
                self.add_fault(child, "", found, to_do)
        return tuple(words)

    def quotation(self, node: SyntaxTreeNode) -> Iterator[Block]:
        for child in node.children:
            if child.type == "paragraph":
                yield Callout("note", self.words(child))
            else:
                found, to_do = _REFUSED.get(child.type, ("more than words in a quotation", "Write it outside"))
                self.add_fault(child, "", found, to_do)

    def words(self, node: SyntaxTreeNode) -> tuple[Inline, ...]:
        """Return the inlines of a paragraph or heading."""
        return tuple(inline for part in node.children for inline in self.inlines(part, part))

    def inlines(self, parent: SyntaxTreeNode, block: SyntaxTreeNode) -> Iterator[Inline]:
        for node in parent.children:
            if node.type == "text":
                yield from self.resolved(node.content)
            elif node.type in {"softbreak", "hardbreak"}:
                yield Text(" ")
            elif node.type in {"strong", "em"}:
                kind = Strong if node.type == "strong" else Emphasis
                yield kind(tuple(self.inlines(node, block)))
            elif node.type == "link":
                yield self.link(node, block)
            else:
                self.refuse(node, block)

    def resolved(self, words: str) -> Iterator[Inline]:
        """Yield words and, in the place of each reference, what it resolves to."""
        for at, part in enumerate(_MARK.split(words)):
            if at % 2:
                yield from self.resolve_one(self.references[int(part)])
            elif part:
                yield Text(part)

    def resolve_one(self, reference: Reference) -> Iterator[Inline]:
        place = f"{self.where}:{reference.line}:{reference.column}"
        if is_said(reference.figure_id):
            yield from self.say(reference, place)
            return
        if not reference.figure_id or reference.format not in FORMATS:
            self.faults.append(_explain_reference(reference, place))
            return
        try:
            yield self.resolve(reference.figure_id, reference.format)
        except WardmoteError as error:
            causes = error.faults or (error.fault,)
            self.faults += [replace(fault, where=place) for fault in causes]

    def say(self, reference: Reference, place: str) -> Iterator[Inline]:
        """Print a figure from outside with its source in brackets."""
        said = read_said(reference.figure_id, reference.format)
        if said is None:
            self.faults.append(Fault("a figure from outside that is not told whole", place, SAID_FORM, SAID_TO_DO))
        else:
            yield Text(said.words)

    def link(self, node: SyntaxTreeNode, block: SyntaxTreeNode) -> Link:
        href = str(node.attrs.get("href", ""))
        if not _ADDRESS.fullmatch(href) or _MARK.search(href):
            shown = _restore(href, self.references)
            self.add_fault(block, href, f"a link to {shown!r}", "Link to https://…, mailto:… or #section")
        return Link(href, tuple(self.inlines(node, block)))

    def refuse(self, node: SyntaxTreeNode, block: SyntaxTreeNode) -> None:
        found, to_do = _REFUSED.get(node.type, (node.type, "Remove it"))
        self.add_fault(block, node.content if node.type.startswith("html") else "", found, to_do)

    def add_fault(self, block: SyntaxTreeNode, content: str, found: str, to_do: str) -> None:
        line, column = self.locate(block, content)
        place = f"{self.where}:{line}:{column}"
        self.faults.append(Fault(found, place, "words, lists, emphasis, links and figures", to_do))

    def locate(self, block: SyntaxTreeNode, content: str) -> tuple[int, int]:
        """Return where content begins in a block (line and column from 1); the block's start if it is not found.

        CommonMark tells lines of blocks only; a second occurrence in one block is reported at the first one's place.
        """
        first, last = block.map or (0, 1)
        wanted = _MARK.split(content.split("\n", 1)[0], maxsplit=1)[0].strip()
        for number, line in enumerate(self.lines[first:last], start=first + 1):
            if wanted and wanted in line:
                return number, line.index(wanted) + 1
        line = self.lines[first]
        return first + 1, len(line) - len(line.lstrip()) + 1

    def find_loose_marks(self) -> None:
        """Report braces that are no reference: one that is never closed, or that goes over the end of a line."""
        for number, line in enumerate(self.lines, start=1):
            for stray in _STRAY.finditer(_REFERENCE.sub(lambda found: " " * len(found[0]), line)):
                place = f"{self.where}:{number}:{stray.start() + 1}"
                to_do = "Close it on the same line, or write \\{{ to print the braces"
                self.faults.append(Fault(f"a lone {stray[0]}", place, "`{{ figure-id }}` on one line", to_do))

    def name(self, title: str) -> str:
        """Return a section's id: the file's stem and the title, numbered where it comes again."""
        stem = self.where.replace("\\", "/").rsplit("/", 1)[-1].rsplit(".", 1)[0]
        base = re.sub(r"[^a-z0-9]+", "-", f"{stem} {title}".lower()).strip("-") or "section"
        self.taken[base] = self.taken.get(base, 0) + 1
        return base if self.taken[base] == 1 else f"{base}-{self.taken[base]}"


def list_said(text: str) -> tuple[Said, ...]:
    """Every figure from outside the evidence in a file of commentary, in order.

    >>> [one.words for one in list_said("Of them {{ said: 62% | source: Residents' survey 2025 }} felt safe.")]
    ["62% (Residents' survey 2025)"]
    """
    _, references = _prepare(text)
    found = (read_said(one.figure_id, one.format) for one in references if is_said(one.figure_id))
    return tuple(one for one in found if one is not None)


_Reader = Callable[[_Reading, SyntaxTreeNode], Iterator[Block | tuple[int, Section]]]
_READERS: Mapping[str, _Reader] = {
    "heading": _Reading.heading,
    "paragraph": _Reading.paragraph,
    "bullet_list": _Reading.listing,
    "ordered_list": _Reading.listing,
    "blockquote": _Reading.quotation,
}


def _clean(text: str) -> str:
    """Return text with one kind of line end, no byte-order mark and none of our own signs."""
    plain = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return plain.replace(_OPEN, "").replace(_CLOSE, "")


def _prepare(text: str) -> tuple[str, list[Reference]]:
    """Return the text with its references numbered, and the references."""
    references: list[Reference] = []

    def number(found: re.Match[str]) -> str:
        before = found.string[: found.start()]
        figure_id, _, format_name = (part.strip() for part in found[1].partition("|"))
        column = found.start() - (before.rfind("\n") + 1) + 1
        kind = cast(Format, format_name or "value")
        references.append(Reference(figure_id, kind, before.count("\n") + 1, column))
        return f"{_OPEN}{len(references) - 1}{_CLOSE}"

    return _REFERENCE.sub(number, _clean(text)), references


def _restore(words: str, references: list[Reference]) -> str:
    return _MARK.sub(lambda found: _write_reference(references[int(found[1])]), words)


def _write_reference(reference: Reference) -> str:
    ending = "" if reference.format == "value" else f" | {reference.format}"
    return f"{{{{ {reference.figure_id}{ending} }}}}"


def _tree(prepared: str) -> SyntaxTreeNode:
    parser = MarkdownIt("commonmark").enable("table")
    # Addresses are kept as written and judged by us; the parser would print a bad one as if it were words.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]  # noqa: ARG005
    parser.normalizeLink = lambda url: url  # type: ignore[method-assign]
    return SyntaxTreeNode(parser.parse(prepared))


def _explain_reference(reference: Reference, place: str) -> Fault:
    if not reference.figure_id:
        return Fault("a reference without a figure", place, "`{{ figure-id }}`", "Write the figure's id")
    known = ", ".join(FORMATS)
    return Fault(f"unknown format {reference.format!r}", place, f"one of {known}", "Correct it or leave it out")


def _nest(row: list[Block | tuple[int, Section]]) -> tuple[Block, ...]:
    """Return blocks with each section holding all that follows it, until a heading as high as its own."""
    blocks: list[Block] = []
    while row:
        head, row = row[0], row[1:]
        if not isinstance(head, tuple):
            blocks.append(head)
            continue
        level, section = head
        ends = (at for at, item in enumerate(row) if isinstance(item, tuple) and item[0] <= level)
        end = next(ends, len(row))
        blocks.append(replace(section, blocks=_nest(row[:end])))
        row = row[end:]
    return tuple(blocks)


def _visible(node: SyntaxTreeNode) -> str:
    """Return the words a reader will see, with the line ends of the file."""
    if node.type == "text":
        return node.content
    if node.type in {"softbreak", "hardbreak"}:
        return "\n"
    return "".join(_visible(child) for child in node.children)


#: A stop after these ends no sentence.
_SHORT = re.compile(r"(?<![\w'’])(?:e\.g|i\.e|cf|vs|approx|paras?|pp?|Nos?|Figs?|St|Mr|Mrs|Ms|Dr|Prof|Rev|Ch|[A-Z])\.$")
_END = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s+[\"'“‘(\[]*[A-ZÀ-ÞŴŶ0-9\ue000])")


def _split_block(words: str, first_line: int, references: list[Reference]) -> Iterator[Sentence]:
    start = 0
    for end in [*(found.end() for found in _END.finditer(words)), len(words)]:
        part = words[start:end]
        if end < len(words) and _SHORT.search(part):
            continue
        if part.strip():
            begin = start + len(part) - len(part.lstrip())
            yield _make_sentence(part, first_line + words.count("\n", 0, begin), references)
        start = end


def _make_sentence(part: str, line: int, references: list[Reference]) -> Sentence:
    flat = " ".join(part.split())
    named = [references[int(found)] for found in _MARK.findall(flat)]
    own = tuple(one for one in named if not is_said(one.figure_id))
    words = _MARK.sub(lambda found: "#" if references[int(found[1])] in own else "\u2026", flat)
    return Sentence(line, _restore(flat, references), words, own)
