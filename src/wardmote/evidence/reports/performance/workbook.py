"""The performance report as a workbook: a sheet for each section, to filter, and every period's status in one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil
from pathlib import Path

from wardmote.evidence.reports.document import BulletList, Cell, Document, Section, plain_text
from wardmote.evidence.reports.performance.changes import NO_REASON
from wardmote.evidence.reports.performance.lapses import LAPSE_WORDS
from wardmote.evidence.reports.performance.misses import say_since
from wardmote.evidence.reports.performance.notes import build_notes
from wardmote.evidence.reports.performance.rows import Row
from wardmote.evidence.reports.performance.sections import PlanReport
from wardmote.evidence.reports.performance.tables import show_movement
from wardmote.evidence.reports.performance.words import (
    MARKS,
    end_sentence,
    explain_grey,
    name_rule,
    say_outlook,
)
from wardmote.evidence.reports.writers.files import write_whole
from wardmote.evidence.reports.writers.xlsx import Book
from wardmote.evidence.targets.codes import SIGNALS
from wardmote.evidence.targets.grammar import describe_target
from wardmote.evidence.targets.statuses import PeriodStatus

#: The height of a line, in points.
LINE_HEIGHT = 13.5
#: Widths in characters; longer text wraps.
NARROW, WIDE = 11, 44


@dataclass(frozen=True, slots=True)
class _Sheet:
    name: str
    title: str
    columns: tuple[tuple[str, int], ...]
    rows: Sequence[tuple[Cell, ...]]


def write_workbook(document: Document, reports: Sequence[PlanReport], path: Path) -> None:
    """Write the sheets: what to raise, counts, exceptions, all measures, changes, lapses, odd values, all periods."""
    book = Book(document)
    makers: tuple[Callable[[Sequence[PlanReport]], _Sheet], ...] = (
        _list_raised, _count, _list_exceptions, _list_measures, _list_changes, _list_lapses, _list_oddities,
        _list_periods,
    )  # fmt: skip
    sheets = [make(reports) for make in makers]
    sheets.append(_list_notes(build_notes(reports[0].settings)))
    for sheet in sheets:
        _write(book, sheet)
    write_whole(path, book.close())


def _write(book: Book, listed: _Sheet) -> None:
    """Write one sheet: head frozen and repeated, filters over all columns, long text wrapped."""
    sheet, top = book.start(listed.name, listed.title)
    book.write_head(sheet, top, [(title, False) for title, _ in listed.columns])
    for at, cells in enumerate(listed.rows, start=top + 1):
        sheet.set_row(at, LINE_HEIGHT * _count_lines(cells, listed.columns))
        for place, cell in enumerate(cells):
            book.write_cell(sheet, at, place, cell, right=False, wrap=True)
    if listed.rows:
        sheet.autofilter(top, 0, top + len(listed.rows), len(listed.columns) - 1)
    for place, (_, width) in enumerate(listed.columns):
        sheet.set_column(place, place, width)


def _count_lines(cells: Sequence[Cell], columns: Sequence[tuple[str, int]]) -> int:
    """How many lines the longest cell takes in its column; not every reader works it out on opening."""
    return max(ceil(max(len(cell.text), 1) / width) for cell, (_, width) in zip(cells, columns, strict=True))


def _of_row(report: PlanReport, row: Row) -> tuple[Cell, ...]:
    """The columns that every sheet begins with, so that all can be filtered alike."""
    one = row.indicator
    return (Cell(report.part.name), Cell(_name_priority(row)), Cell(one.id), Cell(one.title), Cell(one.owner))


_ROW_COLUMNS = (("Plan", 20), ("Priority", 24), ("Id", NARROW), ("Measure", 38), ("Owner", 18))


def _name_priority(row: Row) -> str:
    number, title = row.indicator.priority_no, row.indicator.priority_title
    return f"{number}. {title}" if number and title else title or (f"{number}" if number else "")


def _status(period: PeriodStatus | None) -> tuple[Cell, Cell, Cell]:
    """Mark, name and reason of a status, each in a column of its own."""
    colour = "grey" if period is None else period.status
    reason = explain_grey(period) if colour == "grey" else ""
    return Cell(MARKS[colour].sign, state=colour), Cell(MARKS[colour].name), Cell(reason)


_STATUS_COLUMNS = (("Mark", 7), ("Status", NARROW), ("Why grey", 24))


def _number(value: float | None) -> Cell:
    return Cell("") if value is None else Cell("", value=round(value, 6))


def _list_raised(reports: Sequence[PlanReport]) -> _Sheet:
    rows = [
        (Cell(report.part.name), Cell(f"{place}", value=place), Cell(plain_text(line)))
        for report in reports
        for place, line in enumerate(report.lines, start=1)
    ]
    return _Sheet("Raise", "Raise at the meeting", (("Plan", 20), ("No", 6), ("What to raise", 120)), rows)


def _count(reports: Sequence[PlanReport]) -> _Sheet:
    rows = [
        (Cell(report.part.name), Cell(title), *_count_colours(rows))
        for report in reports
        for title, rows in report.part.priorities
    ]
    heads = tuple((mark.label, NARROW) for mark in MARKS.values())
    columns = (("Plan", 20), ("Priority", 34), *heads, ("Measures", NARROW))
    return _Sheet("Counts", "Measures by status and priority", columns, rows)


def _count_colours(rows: Sequence[Row]) -> list[Cell]:
    counts = [*(sum(row.colour == colour for row in rows) for colour in MARKS), len(rows)]
    return [Cell(f"{count}", value=count) for count in counts]


def _list_exceptions(reports: Sequence[PlanReport]) -> _Sheet:
    rows = [
        (*_of_row(report, miss.row), *_status(miss.row.latest), *_figures(miss.row.latest), _number(miss.gap),
         _number(miss.share_pct), Cell(say_since(miss.row)), _why(miss.row.latest))
        for report in reports
        for miss in report.misses
    ]  # fmt: skip
    more = (("Gap", NARROW), ("Gap, % of target", 12), ("Since", 24), ("Why", WIDE))
    columns = (*_ROW_COLUMNS, *_STATUS_COLUMNS, *_FIGURE_COLUMNS, *more)
    return _Sheet("Exceptions", "Every missed target, the largest miss first", columns, rows)


def _list_measures(reports: Sequence[PlanReport]) -> _Sheet:
    rows = [
        (*_of_row(report, row), *_status(row.latest), Cell(_target_of(row)), *_figures(row.latest),
         *_list_movement(row), Cell(say_outlook(row.latest)), _why(row.latest))
        for report in reports
        for row in report.part.rows
    ]  # fmt: skip
    moved = (("Before", NARROW), ("Before: period", 14), ("Movement", 16), ("Noise", 18), ("Test", WIDE))
    columns = (
        *_ROW_COLUMNS, *_STATUS_COLUMNS, ("Target in words", 30), *_FIGURE_COLUMNS, *moved, ("Outlook", 22),
        ("Why", WIDE),
    )  # fmt: skip
    return _Sheet("Measures", "Every measure at its latest", columns, rows)


def _list_movement(row: Row) -> tuple[Cell, ...]:
    signal = None if row.latest is None else row.latest.signal
    before = row.previous
    return (
        _number(None if before is None else before.best), Cell("" if before is None else before.period),
        Cell(show_movement(row).text), Cell("" if signal is None else SIGNALS[signal.code]),
        Cell("" if signal is None else signal.sentence),
    )  # fmt: skip


def _target_of(row: Row) -> str:
    return "" if row.target is None else describe_target(row.target.target)


def _list_changes(reports: Sequence[PlanReport]) -> _Sheet:
    rows = [
        (*_of_row(report, change.row), Cell(change.before), Cell(change.after), Cell(change.when), Cell(change.effect),
         Cell(change.reason or ("first target set" if change.is_first else NO_REASON)))
        for report in reports
        for change in report.changes
    ]  # fmt: skip
    columns = (*_ROW_COLUMNS, ("From", 34), ("To", 34), ("When", 18), ("Made", NARROW), ("Reason", WIDE))
    return _Sheet("Targets changed", "Targets that changed", columns, rows)


def _list_lapses(reports: Sequence[PlanReport]) -> _Sheet:
    rows = [
        (*_of_row(report, one.row), Cell(LAPSE_WORDS[one.kind]), Cell(one.since), Cell(one.reason))
        for report in reports
        for one in report.lapses
    ]
    columns = (*_ROW_COLUMNS, ("What happened", 20), ("Since", 22), ("Reason", 60))
    return _Sheet("Not reported", "Measures that stopped or that nobody reported", columns, rows)


def _list_oddities(reports: Sequence[PlanReport]) -> _Sheet:
    rows = [
        (*_of_row(report, one.row), Cell("cannot be right" if one.is_impossible else "read with care"),
         Cell(name_rule(one.rule)), Cell(one.period), Cell(one.sentence))
        for report in reports
        for one in report.oddities
    ]  # fmt: skip
    columns = (*_ROW_COLUMNS, ("Verdict", 16), ("Check", 30), ("Period", 16), ("What was found", 80))
    return _Sheet("Cannot be right", "Values that cannot be right", columns, rows)


def _list_periods(reports: Sequence[PlanReport]) -> _Sheet:
    """The flat sheet: one row for each measure and period."""
    rows = [
        (*_of_row(report, row), *_status(period), *_figures(period), *_counts(row, period),
         Cell(period.computed or ""), Cell("yes" if period.is_small else ""), Cell(SIGNALS[period.signal.code]),
         _why(period))
        for report in reports
        for row in report.part.rows
        for period in row.status.periods
    ]  # fmt: skip
    more = (
        ("x", 9), ("of y", 9), ("Computed, where set by a person", 14), ("Small numbers", NARROW), ("Noise", 18),
        ("Why", 60),
    )  # fmt: skip
    columns = (*_ROW_COLUMNS, *_STATUS_COLUMNS, *_FIGURE_COLUMNS, *more)
    return _Sheet("All periods", "Every period's status", columns, rows)


def _counts(row: Row, period: PeriodStatus) -> tuple[Cell, Cell]:
    """The counts behind the value, where the value is theirs and no sum."""
    value = next((v for v in row.indicator.values if v.period == period.period and v.best == period.value), None)
    return (_number(value.part), _number(value.whole)) if value else (Cell(""), Cell(""))


_FIGURE_COLUMNS = (("Period", 14), ("Value", NARROW), ("Shown", 18), ("Target", NARROW), ("Target shown", 18))


def _figures(period: PeriodStatus | None) -> tuple[Cell, ...]:
    if period is None:
        return (Cell(""),) * len(_FIGURE_COLUMNS)
    return (
        Cell(period.period), _number(period.value), Cell(period.shown_value), _number(period.target),
        Cell(period.shown_target),
    )  # fmt: skip


def _why(period: PeriodStatus | None) -> Cell:
    return Cell("" if period is None else end_sentence(period.why))


def _list_notes(section: Section) -> _Sheet:
    items = [item for block in section.blocks if isinstance(block, BulletList) for item in block.items]
    return _Sheet("Notes", section.title, (("Note", 140),), [(Cell(plain_text(item)),) for item in items])
