"""The blocks that sections are made of: paragraphs, remarks, tables, and charts with their numbers beside them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from wardmote.evidence.definitions.sources import get_source
from wardmote.evidence.model.figures import Figure
from wardmote.evidence.reports.assessment.context import Context
from wardmote.evidence.reports.charts.drawn import DrawnChart
from wardmote.evidence.reports.charts.frame import SMALL
from wardmote.evidence.reports.document import (
    Block,
    BulletList,
    Callout,
    CalloutKind,
    Cell,
    Chart,
    ChartKind,
    Column,
    InlineLike,
    Pair,
    Paragraph,
    Table,
    inline,
)


def say(*words: InlineLike) -> Paragraph:
    """A paragraph from words and references."""
    return Paragraph(tuple(part for piece in words for part in inline(piece)))


def remark(kind: CalloutKind, *words: InlineLike) -> Callout:
    """A remark set apart."""
    return Callout(kind, tuple(part for piece in words for part in inline(piece)))


def lack(what: str, why: str) -> Callout:
    """One line that says what is missing and why; never silence."""
    return remark("missing", f"{what}: {why.rstrip('.')}.")


def join_words(words: Sequence[str]) -> str:
    """'a', 'a and b', 'a, b and c'."""
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def list_points(items: Iterable[InlineLike]) -> BulletList:
    return BulletList(tuple(inline(item) for item in items))


def numbers(title: str, width: float | None = None) -> Column:
    """A column of numbers."""
    return Column(title, "right", width)


def names(title: str, width: float | None = None) -> Column:
    """The column that names the rows."""
    return Column(title, "left", width, row_header=True)


def text_cell(text: str) -> Cell:
    return Cell(text)


def count_cell(value: float, text: str = "") -> Cell:
    """A plain number that is no figure of an indicator, such as a number of places."""
    return Cell(text or f"{value:,.0f}", value=value)


def make_chart(
    drawn: DrawnChart, table: Table, *, title: str, note: str = "", source: str = "", kind: ChartKind = "chart"
) -> Chart:
    """A drawn chart with its words and numbers."""
    return Chart(table.id.removesuffix("-data"), title, drawn.spec, drawn.alt, table, note, source, kind)


def make_table(
    table_id: str,
    caption: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Cell]],
    *,
    note: str = "",
    source: str = "",
) -> Table:
    return Table(table_id, caption, tuple(columns), tuple(tuple(row) for row in rows), note, source)


def pair_charts(
    context: Context, left: Callable[[Context], list[Block]], right: Callable[[Context], list[Block]]
) -> list[Block]:
    """Two drawings side by side where both can be drawn; else each at full width, or its line of words.

    What each says besides its chart follows the pair.
    """
    narrow = replace(context, size=SMALL)
    one, two = left(narrow), right(narrow)
    if one and two and isinstance(one[0], Chart) and isinstance(two[0], Chart):
        return [Pair((one[0], two[0])), *one[1:], *two[1:]]
    return [*left(context), *right(context)]


def name_source(*figures: Figure) -> str:
    """'Kent Police through data.police.uk; Office for National Statistics': whose data these figures are."""
    sources = dict.fromkeys(f.source for f in figures if f.source)
    return "; ".join(get_source(name).title for name in sources)


def figure_table(
    context: Context, table_id: str, caption: str, head: str, figures: Sequence[tuple[str, Figure]]
) -> Table:
    """Label and value, one row a figure: the numbers behind a simple chart."""
    unit = figures[0][1].unit if figures else ""
    rows = [(text_cell(label), context.ledger.cell(figure)) for label, figure in figures]
    return make_table(table_id, caption, (names(head), numbers(unit[:1].upper() + unit[1:])), rows)
