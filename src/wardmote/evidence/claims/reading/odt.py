"""What does an OpenDocument text say? Straight from its XML: what is printed, in reading order."""

from collections.abc import Iterator
from typing import Any

from wardmote.evidence.claims.reading.archive import Archive
from wardmote.evidence.claims.reading.building import MOST_DEPTH, PartsBuilder
from wardmote.evidence.claims.reading.characters import join_pieces, read_raised
from wardmote.evidence.claims.reading.grids import MOST_COLUMNS, RawCell, RawTable
from wardmote.evidence.claims.text import BlockKind
from wardmote.evidence.model.errors import UnreadableInputError

_NAMESPACE = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
OFFICE, TEXT, TABLE = (_NAMESPACE % name for name in ("office", "text", "table"))
DRAW, STYLE = _NAMESPACE % "drawing", _NAMESPACE % "style"
MANIFEST = _NAMESPACE % "manifest"
_BOXES = frozenset({DRAW + "text-box", DRAW + "custom-shape"})
_WRAPPERS = frozenset(
    {TEXT + "section", TEXT + "index-body", TEXT + "table-of-content", DRAW + "text-box", DRAW + "frame"}
)
_UNPRINTED = frozenset(
    {TEXT + "tracked-changes", OFFICE + "annotation", OFFICE + "annotation-end", TEXT + "hidden-text",
     TEXT + "hidden-paragraph", TEXT + "ruby-text", DRAW + "frame", DRAW + "custom-shape"}
)  # fmt: skip
_MOST_NESTING = 60


def read_odt(builder: PartsBuilder, content: bytes) -> None:
    """Hand an OpenDocument text's parts to the builder: notes and text boxes too.

    Deleted and hidden text is left out, inserted text kept.
    """
    archive = Archive(content, name=builder.file)
    _refuse_encrypted(archive)
    root = archive.read_xml("content.xml")
    trees = [root] + ([archive.read_xml("styles.xml")] if "styles.xml" in archive.names else [])
    text = root.find(f"{OFFICE}body/{OFFICE}text")
    if text is not None:
        _OdtReader(builder, _Styles(trees)).read_body(text)


def _refuse_encrypted(archive: Archive) -> None:
    part = "META-INF/manifest.xml"
    if part in archive.names and next(archive.read_xml(part).iter(MANIFEST + "encryption-data"), None) is not None:
        raise UnreadableInputError(
            "the file is protected by a password",
            where=archive.name,
            to_do="Open it, save it without a password and try again.",
        )


class _Styles:
    """Which styles hide and which raise their text?"""

    def __init__(self, trees: list[Any]) -> None:
        self.raised: set[str] = set()
        self.hidden: set[str] = set()
        for tree in trees:
            for style in tree.iter(STYLE + "style"):
                properties = style.find(STYLE + "text-properties")
                if properties is None:
                    continue
                name = style.get(STYLE + "name") or ""
                if (properties.get(STYLE + "text-position") or "").startswith(("super", "3", "5")):
                    self.raised.add(name)
                if properties.get(TEXT + "display") == "none":
                    self.hidden.add(name)


class _OdtReader:
    def __init__(self, builder: PartsBuilder, styles: _Styles) -> None:
        self.builder = builder
        self.styles = styles
        self.notes: list[Any] = []

    def read_body(self, body: Any) -> None:
        """Read the blocks; the notes of the text come at its end."""
        self._read_blocks(body, "paragraph", 0, 0)
        for note in self.notes:
            text = " ".join(self.read_text(p) for p in note.iter(TEXT + "p"))
            self.builder.add_block("note", join_pieces([(text, None)]))

    def _read_blocks(self, parent: Any, kind: BlockKind, level: int, depth: int) -> None:
        if depth > _MOST_NESTING:
            return
        for child in parent:
            if child.tag == TEXT + "h":
                depth_text = child.get(TEXT + "outline-level") or "1"
                self._add(child, "heading", int(depth_text[:2]) if depth_text[:2].isdecimal() else 1, depth)
            elif child.tag == TEXT + "p":
                self._add(child, kind, level, depth)
            elif child.tag == TABLE + "table":
                self.builder.add_table(self._read_table(child))
            elif child.tag == TEXT + "list":
                self._read_blocks(child, "item", level + 1, depth + 1)
            elif child.tag in _WRAPPERS or child.tag in {TEXT + "list-item", TEXT + "list-header"}:
                self._read_blocks(child, kind, level, depth + 1)

    def _add(self, element: Any, kind: BlockKind, level: int, depth: int) -> None:
        """A paragraph, and after it the boxes that are anchored in it."""
        self.builder.add_block(kind, join_pieces([(self.read_text(element), None)]), level=level)
        for box in element.iter(DRAW + "text-box", DRAW + "custom-shape"):
            anchor = next(
                a for a in box.iterancestors() if a is element or a.tag in {DRAW + "text-box", DRAW + "custom-shape"}
            )
            if anchor is element:
                self._read_blocks(box, "paragraph", 0, depth + 1)

    def read_text(self, element: Any) -> str:
        """What does this print?"""
        parts: list[str] = []
        self._gather(element, parts, 0)
        return "".join(parts)

    def _gather(self, element: Any, parts: list[str], depth: int) -> None:
        parts.append(element.text or "")
        for child in element:
            if isinstance(child.tag, str) and depth < _MOST_NESTING:
                self._gather_child(child, parts, depth)
            parts.append(child.tail or "")

    def _gather_child(self, child: Any, parts: list[str], depth: int) -> None:
        if child.tag == TEXT + "s" or child.tag == TEXT + "tab":
            parts.append(" ")
        elif child.tag == TEXT + "line-break":
            parts.append("\n")
        elif child.tag == TEXT + "note":
            self.notes += child.findall(TEXT + "note-body")
        elif child.tag not in _UNPRINTED and child.get(TEXT + "style-name") not in self.styles.hidden:
            before, inner = "".join(parts[-2:]), list[str]()
            self._gather(child, inner, depth + 1)
            raised = child.get(TEXT + "style-name") in self.styles.raised
            parts += [read_raised("".join(inner), before)] if raised else inner

    def _read_table(self, table: Any, depth: int = 0) -> RawTable:
        rows: list[list[RawCell]] = []
        header = 0
        for row, is_head in _list_rows(table):
            cells = self._read_row(row, depth)
            rows.append(cells)
            header += is_head and header == len(rows) - 1
        while rows and not any(cell.text.text or cell.tables for cell in rows[-1]):
            rows.pop()
        return RawTable(rows, header_rows=header or None)

    def _read_row(self, row: Any, depth: int) -> list[RawCell]:
        """The row's own cells; the slots that a merged cell covers are laid out later."""
        cells: list[RawCell] = []
        for element in row:
            if element.tag != TABLE + "table-cell":
                continue
            # An empty cell may be written once for the hundreds of columns to the sheet's edge.
            most = MOST_COLUMNS if len(element) else 64
            for _ in range(min(_number(element, "number-columns-repeated"), most)):
                cells.append(self._read_cell(element, depth))
        return cells

    def _read_cell(self, element: Any, depth: int) -> RawCell:
        pieces: list[tuple[str, int | None]] = []
        tables: list[RawTable] = []
        for block in _list_cell_blocks(element):
            if block.tag == TABLE + "table":
                tables += [self._read_table(block, depth + 1)] if depth < MOST_DEPTH else []
            else:
                pieces += [(part, None) for part in self.read_text(block).split("\n")]
        rows, columns = _number(element, "number-rows-spanned"), _number(element, "number-columns-spanned")
        return RawCell(join_pieces(pieces, "\n"), rows, columns, tables)


def _list_cell_blocks(parent: Any, depth: int = 0) -> Iterator[Any]:
    for child in parent:
        if child.tag in {TEXT + "p", TEXT + "h", TABLE + "table"}:
            yield child
        elif isinstance(child.tag, str) and child.tag not in _UNPRINTED and depth < _MOST_NESTING:
            yield from _list_cell_blocks(child, depth + 1)


def _list_rows(table: Any) -> Iterator[tuple[Any, bool]]:
    for child in table:
        if child.tag == TABLE + "table-row":
            yield child, False
        elif child.tag == TABLE + "table-header-rows":
            yield from ((row, True) for row in child if row.tag == TABLE + "table-row")
        elif child.tag in {TABLE + "table-rows", TABLE + "table-row-group"}:
            yield from ((row, False) for row in child.iter(TABLE + "table-row"))


def _number(element: Any, name: str) -> int:
    value = element.get(TABLE + name) or "1"
    return max(1, min(int(value[:5]), 10_000)) if value[:5].isdecimal() else 1
