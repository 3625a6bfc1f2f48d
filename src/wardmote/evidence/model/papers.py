"""A plain paper as values: what an agenda, minutes or a notice say, before any format."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PaperTable:
    """A table of words: titles of the columns, and as many cells in each row. `widths` are shares of the whole."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class PaperPart:
    """A part under a heading, in this order: facts, paragraphs, a list, a table, a note, parts below it.

    `facts` are pairs ("Present", "…") that stand as a line each. `is_numbered`: the order of the list is part of what
    is said. `begins_page`: it stands at the top of a page.
    """

    title: str
    paragraphs: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    is_numbered: bool = False
    table: PaperTable | None = None
    facts: tuple[tuple[str, str], ...] = ()
    note: str = ""
    parts: tuple["PaperPart", ...] = ()
    begins_page: bool = False
