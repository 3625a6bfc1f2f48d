"""Figures to take along: CSV, JSON and XLSX, each with what they are, where they come from, and under which licence."""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import xlsxwriter

from wardmote.evidence.interface import describe_figures, find_source
from wardmote.evidence.model.errors import UsageError
from wardmote.evidence.model.figures import Figure, FigureTable
from wardmote.web.foundation.table_files import disarm_cell
from wardmote.web.observatory.evidence.questions import Asked

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

Facts = Sequence[tuple[str, str]]
Row = Sequence[str | float | None]


def write_file(
    kind: str, asked: Asked, figures: Sequence[Figure], table: FigureTable | None, *, now: datetime
) -> bytes:
    """The file's bytes. `figures` are what it tells, `table` names their places and categories."""
    facts = describe_question(asked, figures, now=now)
    if kind == "json":
        return _write_json(asked, figures, table, facts)
    head, rows = list_rows(figures, table)
    return write_csv(facts, head, rows) if kind == "csv" else _write_xlsx(facts, head, rows)


def describe_question(asked: Asked, figures: Sequence[Figure], *, now: datetime) -> list[tuple[str, str]]:
    """What the file is: the definition and its version, where, when, the loads, the licence, who publishes."""
    indicator, snapshot = asked.indicator, asked.evidence.snapshot
    loads = [m for m in (snapshot.find_manifest(i) for i in sorted({i for f in figures for i in f.loads})) if m]
    facts = [
        ("Indicator", indicator.id), ("Title", indicator.title), ("Question", indicator.question),
        ("Definition version", indicator.version), ("Unit", indicator.unit),
        ("Area", f"{asked.area.title} ({asked.area.code})" if asked.area else ""),
        ("Period", asked.period.title if asked.period else ""), ("Split by", asked.by or "nothing"),
        ("As at", now.isoformat(timespec="seconds")),
        ("Caveats", " ".join(indicator.caveats)),
    ]  # fmt: skip
    facts += _describe_source(asked)
    for load in loads:
        words = f"{load.publisher}; {load.licence}; loaded {load.loaded_at.isoformat(timespec='seconds')}"
        facts.append((f"Load {load.id}", words))
    facts.append(("Marks", "A figure without value is not zero: its state and reason stand beside it."))
    if indicator.numerator.source == "partner":
        facts.append(("Handling", "For the partnership only: small numbers are marked and must not be published."))
    return facts


def _describe_source(asked: Asked) -> Facts:
    try:
        source = find_source(asked.evidence, asked.indicator)
    except UsageError:
        return [("Source", asked.indicator.numerator.source)]
    attribution = [("Attribution", source.attribution)] if source.attribution else []
    return [
        ("Source", source.title), ("Publisher", source.publisher), ("Licence", source.licence), *attribution,
        ("Home page", source.homepage),
    ]  # fmt: skip


def list_rows(figures: Iterable[Figure], table: FigureTable | None) -> tuple[list[str], list[Row]]:
    """A row for each figure. The columns say their unit where it is always the same."""
    names = table.breakdown if table else ()
    head = [*(part for name in names for part in (name, f"{name}_title")), "value", "unit", "low_95pct", "high_95pct"]
    head += ["numerator_count", "denominator", "denominator_year", "state", "reason", "notes", "figure_id"]
    return head, [_make_row(figure, names, table) for figure in figures]


def _make_row(figure: Figure, names: Sequence[str], table: FigureTable | None) -> Row:
    dimensions, per, limits = dict(figure.dimensions), figure.denominator, figure.interval
    heads = [part for n in names for part in (dimensions[n], table.title_of(n, dimensions[n]) if table else "")]
    high = None if limits is None or limits.high == float("inf") else limits.high
    return [
        *heads, figure.value, figure.unit, limits.low if limits else None, high, figure.numerator,
        per.value if per else None, per.year if per else None, figure.state,
        figure.missing.why if figure.missing else "", "; ".join(figure.notes), figure.id,
    ]  # fmt: skip


def write_csv(facts: Facts, head: Sequence[str], rows: Iterable[Row]) -> bytes:
    """The facts as lines that begin with a mark of their own, then the table. UTF-8 with the mark that Excel needs."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    for name, words in facts:
        writer.writerow([f"# {name}", disarm_cell(words)])
    writer.writerow(head)
    for row in rows:
        writer.writerow([disarm_cell(cell) for cell in row])
    return stream.getvalue().encode("utf-8-sig")


def _write_json(asked: Asked, figures: Sequence[Figure], table: FigureTable | None, facts: Facts) -> bytes:
    told = FigureTable(asked.indicator.id, table.breakdown if table else (), tuple(figures))
    body: Mapping[str, Any] = {
        "schema": "evidence-1", "about": dict(facts), "titles": table.titles if table else {},
        "figures": describe_figures(asked.evidence, told),
    }  # fmt: skip
    return (json.dumps(body, ensure_ascii=False, indent=1) + "\n").encode()


def _write_xlsx(facts: Facts, head: Sequence[str], rows: Sequence[Row]) -> bytes:
    stream = io.BytesIO()
    plain = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(stream, plain) as book:
        bold = book.add_format({"bold": True})
        sheet = book.add_worksheet("Figures")
        sheet.write_row(0, 0, head, bold)
        for number, row in enumerate(rows, start=1):
            sheet.write_row(number, 0, [disarm_cell(cell) for cell in row])
        sheet.freeze_panes(1, 0)
        sheet.autofit()
        about = book.add_worksheet("About")
        for number, (name, words) in enumerate(facts):
            about.write_string(number, 0, name, bold)
            about.write_string(number, 1, str(disarm_cell(words)))
        about.set_column(0, 0, 24)
        about.set_column(1, 1, 100)
    return stream.getvalue()
