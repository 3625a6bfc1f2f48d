"""A plain paper of headings, paragraphs, lists and tables: an agenda, minutes, a notice; in every format."""

import re
from collections.abc import Sequence
from datetime import date, datetime, time
from pathlib import Path

from wardmote.evidence.model.errors import UsageError
from wardmote.evidence.model.papers import PaperPart, PaperTable
from wardmote.evidence.reports.document import (
    Block,
    BulletList,
    Callout,
    Cell,
    Column,
    Document,
    Paragraph,
    Section,
    Strong,
    Table,
    Text,
    inline,
)
from wardmote.evidence.reports.governance.workbook import write_workbook
from wardmote.evidence.reports.look import DEFAULT_LOOK, Look
from wardmote.evidence.reports.writers.write import WRITERS


def build_paper(
    title: str,
    parts: Sequence[PaperPart],
    *,
    as_at: date,
    publisher: str,
    subtitle: str = "",
    period: str = "",
    audience: str = "",
    marking: str = "",
    look: Look = DEFAULT_LOOK,
) -> Document:
    """How does a plain paper look as a document? Its parts are sections.

    `as_at` is the day that it speaks from, `marking` what is printed on every page ("Draft", "Restricted").
    Raises UsageError for a paper without a title or parts, or a table whose rows are not as wide as its head.
    """
    if not title.strip() or not parts:
        raise UsageError("the paper is empty", expected="a title and at least one part")
    _check_tables(parts)
    return Document(
        title=title,
        subtitle=subtitle,
        area_name="",
        period_title=period,
        publisher=publisher,
        as_at=datetime.combine(as_at, time()),
        audience=audience[:1].upper() + audience[1:],
        sections=tuple(_build_section(part, f"part-{place}") for place, part in enumerate(parts, start=1)),
        marking=marking or None,
        look=look,
        has_contents=False,
        dated="Dated",
    )


def _check_tables(parts: Sequence[PaperPart]) -> None:
    for part in parts:
        table = part.table
        if table is not None and any(len(row) != len(table.columns) for row in table.rows):
            raise UsageError(
                "a row of a table is not as wide as its head", where=part.title, expected=f"{len(table.columns)} cells"
            )
        _check_tables(part.parts)


def _build_section(part: PaperPart, section_id: str) -> Section:
    blocks: list[Block] = [Paragraph((Strong((Text(f"{name}: "),)), Text(said))) for name, said in part.facts if said]
    blocks += [Paragraph(inline(words)) for text in part.paragraphs for words in _split(text)]
    if part.items:
        blocks.append(BulletList(tuple(inline(item) for item in part.items), ordered=part.is_numbered))
    if part.table is not None and part.table.rows:
        blocks.append(_build_table(part.table, f"{section_id}-table"))
    if part.note:
        blocks.append(Callout("note", inline(part.note)))
    inner = (_build_section(one, f"{section_id}-{place}") for place, one in enumerate(part.parts, start=1))
    return Section(section_id, part.title, (*blocks, *inner), part.begins_page)


def _split(text: str) -> list[str]:
    """The paragraphs of a typed text: an empty line parts them."""
    return [" ".join(one.split()) for one in re.split(r"\n\s*\n", text) if one.strip()]


def _build_table(table: PaperTable, table_id: str) -> Table:
    """The table without columns in which nothing stands: an empty column reads as if something were missing."""
    widths = table.widths or (None,) * len(table.columns)
    filled = [at for at in range(len(table.columns)) if at == 0 or any(row[at].strip() for row in table.rows)]
    columns = tuple(Column(table.columns[at], width=widths[at], row_header=at == 0) for at in filled)
    rows = tuple(tuple(Cell(row[at]) for at in filled) for row in table.rows)
    return Table(table_id, table.caption, columns, rows, cards=True)


def write_document(document: Document, outs: Sequence[Path]) -> None:
    """Write a paper of governance to each path, in the form that its ending names.

    Raises UsageError for an ending without a form, before anything is written.
    """
    forms = [out.suffix.lower().removeprefix(".") for out in outs]
    for out, form in zip(outs, forms, strict=True):
        if form not in WRITERS:
            known = ", ".join(f".{name}" for name in WRITERS)
            raise UsageError(f"{out.name} is of no known form", expected=f"one of {known}", to_do="Change the ending")
    for out, form in zip(outs, forms, strict=True):
        out.parent.mkdir(parents=True, exist_ok=True)
        write_workbook(document, out) if form == "xlsx" else WRITERS[form](document, out)


def write_paper(
    title: str,
    parts: Sequence[PaperPart],
    outs: Sequence[Path],
    *,
    as_at: date,
    publisher: str,
    subtitle: str = "",
    period: str = "",
    audience: str = "",
    marking: str = "",
) -> None:
    """Write a plain paper to each path: html, docx, odt, pdf or xlsx, as `build_paper` makes it."""
    document = build_paper(
        title, parts, as_at=as_at, publisher=publisher, subtitle=subtitle, period=period, audience=audience,
        marking=marking,
    )  # fmt: skip
    write_document(document, outs)
