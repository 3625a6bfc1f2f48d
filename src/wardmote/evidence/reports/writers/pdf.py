"""The assessment on paper: PDF/UA-1, which Typst enforces while it compiles.

The document goes to a Typst template as JSON, so no word of it is ever read as markup.
"""

import json
import re
from collections.abc import Iterable
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from wardmote.evidence.model.errors import WardmoteError
from wardmote.evidence.reports.document import (
    Block,
    BulletList,
    Callout,
    Cell,
    Chart,
    Document,
    FigureRef,
    Inline,
    KeyFigures,
    Link,
    Pair,
    Paragraph,
    Section,
    Strong,
    Table,
    Text,
    number_elements,
)
from wardmote.evidence.reports.writers.callouts import CALLOUT_TITLES
from wardmote.evidence.reports.writers.columns import count_characters, share_page, share_widths
from wardmote.evidence.reports.writers.files import ASSETS, FONTS, in_utc, read_family, say_date, write_whole
from wardmote.evidence.reports.writers.pictures import draw_svg, measure_svg

#: Where the printed body says that the figures' sources are.
POINTER = (
    "Every figure is traced to its definition, counts and files in the web page and in figures.json of this edition."
)
#: Tables of up to this many rows are kept on one page.
WHOLE_TABLE_ROWS = 14
#: A table that is wider than this many characters gets a page of its own that lies on its side.
UPRIGHT_CHARACTERS = 165
_LONG_WORD, _PIECES = re.compile(r"\S{25,}"), re.compile(r".{1,10}")
#: Contents of up to this many lines are not parted between pages.
WHOLE_CONTENTS = 40


def write_pdf(document: Document, path: Path) -> None:
    """Write the document as tagged PDF (PDF/UA-1).

    Raises WardmoteError where the compiler refuses it, with what the compiler says.
    """
    write_whole(path, compile_typst(_describe(document), document, format="pdf"))


def compile_typst(data: dict[str, Any], document: Document, *, format: str) -> bytes:  # noqa: A002 - typst's own word
    """Return what the report template makes of `data`, with the bundled fonts and nothing else.

    Parameters: `format` is "pdf" (PDF/UA-1), "svg" or "png".
    """
    import typst

    template = (ASSETS / "pdf" / "report.typ").read_bytes()
    standards: Any = ["ua-1"] if format == "pdf" else []
    try:
        compiled, warnings = typst.compile_with_warnings(
            template,
            font_paths=_fonts(),
            ignore_system_fonts=True,
            format=format,  # type: ignore[call-overload]
            ppi=220.0,
            sys_inputs={"report": json.dumps(data, ensure_ascii=False)},
            pdf_standards=standards,
            timestamp=int(in_utc(document.as_at).timestamp()),
        )
    except typst.TypstError as error:
        raise _explain(error) from error
    if warnings:
        raise WardmoteError(f"The PDF cannot be made as it should be: {warnings[0].message}")
    return bytes(compiled[0] if isinstance(compiled, list) else compiled)


@cache
def _fonts() -> Any:
    import typst

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])


def _explain(error: Any) -> WardmoteError:
    """Say what the compiler refused; most often a sign that the bundled font cannot draw."""
    sign = re.search(r"`(\\u\{[0-9a-fA-F]+\}|.+?)`.*(?:font|glyph)|(?:glyph|character|display).*`(.+?)`", error.message)
    if sign:
        found = next(part for part in sign.groups() if part)
        return WardmoteError(
            f"The PDF's font has no sign for {found}",
            expected="letters and signs of European languages",
            to_do="Replace it in the commentary or in the partner's names",
        )
    return WardmoteError("The PDF was refused by the compiler: " + "; ".join([error.message, *error.hints]))


def describe_look(document: Document) -> dict[str, Any]:
    """Return what the template needs besides the words: colours, font, running lines."""
    day = in_utc(document.as_at)
    return {
        "title": document.title, "subtitle": document.subtitle, "publisher": document.publisher,
        "marking": document.marking or "", "family": read_family(),
        "language": document.language.partition("-")[0], "region": document.language.partition("-")[2],
        "primary": document.look.primary, "accent": document.look.accent,
        "year": day.year, "month": day.month, "day": day.day,
    }  # fmt: skip


def _describe(document: Document) -> dict[str, Any]:
    labels = number_elements(document)
    facts = [("Area", document.area_name), ("Period", document.period_title)]
    facts += [(document.dated, say_date(document.as_at)), ("For", document.audience)]
    facts = [fact for fact in facts if fact[1]]
    parts = [*([Section("summary", "Summary", document.summary)] if document.summary else []), *document.sections]
    return describe_look(document) | {
        "has_contents": document.has_contents,
        "dense": document.is_dense,
        "contents_whole": _count_headings(parts, 2) <= WHOLE_CONTENTS,
        "alone": False,
        "landscape": document.landscape,
        "logo": _describe_logo(document),
        "facts": facts,
        "summary": [describe_block(block, labels) for block in document.summary],
        "sections": [describe_block(section, labels) for section in document.sections],
    }


def _count_headings(blocks: Iterable[Block], depth: int) -> int:
    """Return how many lines the contents have: sections, and the sections in them to `depth` levels."""
    sections = [block for block in blocks if isinstance(block, Section)]
    inner = sum(_count_headings(section.blocks, depth - 1) for section in sections) if depth > 1 else 0
    return len(sections) + inner


def _describe_logo(document: Document) -> dict[str, Any] | None:
    logo = document.look.logo
    if logo is None:
        return None
    form = {".jpeg": "jpg"}.get(logo.suffix.lower(), logo.suffix.lower()[1:])
    return {"bytes": list(logo.read_bytes()), "format": form, "alt": document.look.logo_alt}


def describe_block(block: Block, labels: dict[str, str]) -> dict[str, Any]:  # noqa: C901, PLR0911 - one for each kind
    """Return a block as the template reads it."""
    match block:
        case Section():
            inner = _describe_inner(block, labels)
            named = {"kind": "section", "id": block.id, "title": block.title}
            return named | {"blocks": inner, "begins_page": block.begins_page}
        case Paragraph():
            return {"kind": "paragraph", "words": _words(block.children), "sticky": False}
        case BulletList():
            return {"kind": "list", "ordered": block.ordered, "items": [_words(item) for item in block.items]}
        case KeyFigures():
            items = [{"label": i.label, "value": i.value, "detail": i.detail, "tone": i.tone} for i in block.items]
            return {"kind": "tiles", "items": items}
        case Table():
            return _describe_table(block, labels.get(block.id, ""))
        case Chart():
            return _describe_chart(block, labels.get(block.id, ""))
        case Pair():
            return {"kind": "pair", "charts": [describe_block(chart, labels) for chart in block.charts]}
        case Callout():
            title = CALLOUT_TITLES[block.kind]
            return {"kind": "callout", "tone": block.kind, "title": title, "words": _words(block.children)}
    return {"kind": "paragraph", "words": [{"kind": "text", "text": POINTER}], "sticky": False}


def _describe_inner(section: Section, labels: dict[str, str]) -> list[dict[str, Any]]:
    """Return a section's blocks; a paragraph that leads to a picture or to tiles goes to the next page with them."""
    inner = [describe_block(child, labels) for child in section.blocks]
    for here, following in pairwise(range(len(inner))):
        if inner[here]["kind"] == "paragraph" and inner[following]["kind"] in ("chart", "pair", "tiles"):
            inner[here]["sticky"] = True
    return inner


def _describe_table(table: Table, label: str) -> dict[str, Any]:
    characters = count_characters(table)
    lying = characters > UPRIGHT_CHARACTERS and not table.cards  # the cells of cards are made to wrap
    return {
        "kind": "table", "label": label, "caption": table.caption, "note": table.note, "source": table.source,
        "columns": [{"title": column.title, "right": column.align == "right"} for column in table.columns],
        "widths": share_widths(table), "characters": characters, "lying": lying,
        "share": share_page(table), "cards": table.cards,
        "whole": len(table.rows) <= WHOLE_TABLE_ROWS,
        "rows": [[_describe_cell(cell) for cell in row] for row in table.rows],
    }  # fmt: skip


def _describe_cell(cell: Cell) -> dict[str, str]:
    return {"text": _allow_breaks(cell.text), "state": cell.state, "detail": _allow_breaks(cell.detail)}


def _allow_breaks(text: str) -> str:
    """Return words in which a very long one may be broken: else it would run over the next column."""
    return _LONG_WORD.sub(lambda found: "\u200b".join(_PIECES.findall(found[0])), text)


def _describe_chart(chart: Chart, label: str) -> dict[str, Any]:
    svg = draw_svg(chart)
    return {
        "kind": "chart", "label": label, "title": chart.title, "alt": chart.alt, "svg": svg,
        "width": measure_svg(svg)[0], "note": chart.note, "source": chart.source,
    }  # fmt: skip


def _words(children: tuple[Inline, ...]) -> list[dict[str, Any]]:
    return [_describe_inline(child) for child in children]


def _describe_inline(child: Inline) -> dict[str, Any]:
    if isinstance(child, Text | FigureRef):
        return {"kind": "text", "text": child.text}
    if isinstance(child, Link):
        return {"kind": "link", "href": child.href, "words": _words(child.children)}
    return {"kind": "strong" if isinstance(child, Strong) else "emphasis", "words": _words(child.children)}
