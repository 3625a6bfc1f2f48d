"""The words of a commentary alone, as a page shows them while they are written."""

from collections.abc import Sequence
from html import escape

from wardmote.evidence.reports.document import (
    Block,
    BulletList,
    Callout,
    Emphasis,
    FigureRef,
    Inline,
    Link,
    Paragraph,
    Section,
    Strong,
    Text,
)
from wardmote.evidence.reports.writers.callouts import CALLOUT_TITLES

_LOWEST_HEADING = 6


def render_words(blocks: Sequence[Block], *, level: int = 3) -> str:
    """Blocks of a commentary as HTML: paragraphs, lists, notes and headings from `level` down; figures are marked.

    >>> render_words([Paragraph((Text("Burglary: "), FigureRef("burglary_count:X:2021/22", "1,007")))])
    '<p>Burglary: <span class="figure" title="burglary_count:X:2021/22">1,007</span></p>'
    """
    return "\n".join(_render_block(block, level) for block in blocks)


def _render_block(block: Block, level: int) -> str:
    if isinstance(block, Section):
        inner = render_words(block.blocks, level=min(level + 1, _LOWEST_HEADING))
        return f"<h{level}>{escape(block.title)}</h{level}>\n{inner}"
    if isinstance(block, BulletList):
        tag = "ol" if block.ordered else "ul"
        return f"<{tag}>" + "".join(f"<li>{_render_inlines(item)}</li>" for item in block.items) + f"</{tag}>"
    if isinstance(block, Callout):
        return f"<p><strong>{escape(CALLOUT_TITLES[block.kind])}</strong> {_render_inlines(block.children)}</p>"
    if isinstance(block, Paragraph):
        return f"<p>{_render_inlines(block.children)}</p>"
    raise TypeError(f"a commentary holds no {type(block).__name__}")


def _render_inlines(children: Sequence[Inline]) -> str:
    return "".join(_render_inline(child) for child in children)


def _render_inline(child: Inline) -> str:
    if isinstance(child, Text):
        return escape(child.text)
    if isinstance(child, FigureRef):
        return f'<span class="figure" title="{escape(child.figure_id)}">{escape(child.text)}</span>'
    if isinstance(child, Link):
        return f'<a href="{escape(child.href)}">{_render_inlines(child.children)}</a>'
    tag = {Strong: "strong", Emphasis: "em"}[type(child)]
    return f"<{tag}>{_render_inlines(child.children)}</{tag}>"
