"""Which series over time do a report's tables print?

A column whose rows are years or months, or a row whose columns are.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from wardmote.evidence.claims.columns import list_runs, name_row, read_cell, read_period
from wardmote.evidence.claims.text import Block, Table
from wardmote.evidence.claims.wording.numbers import Number
from wardmote.evidence.claims.wording.periods import PeriodMention
from wardmote.evidence.claims.wording.scan import Scanned


@dataclass(frozen=True, slots=True)
class Point:
    """One value of a series, with its period and its cell."""

    period: PeriodMention
    number: Number
    cell: Block

    @property
    def value(self) -> float:
        return self.number.value


@dataclass(frozen=True, slots=True)
class Series:
    """Values of one measure in the order of time; `name` is the row's or column's, `is_row` where it is a row."""

    name: str
    points: tuple[Point, ...]
    table: Table
    is_row: bool = False

    def since(self, first: int) -> "Series":
        """The part from a month on."""
        return replace(self, points=tuple(point for point in self.points if (point.period.last or 0) >= first))

    def tail(self, count: int) -> "Series":
        return replace(self, points=self.points[-count:])


def list_series(scanned: Scanned, table: Table) -> Iterator[Series]:
    """Yield every series of at least two points that a table prints, earliest value first."""
    for run in list_runs(scanned, table):
        rows = [pair for pair in zip(run.items, run.periods, strict=True) if not pair[0].is_total]
        points = [
            Point(period, item.number, item.cell)
            for item, period in rows
            if period is not None and period.first is not None
        ]
        if len(points) == len(rows):
            yield from _make(run.head.text if run.head else table.caption, points, table, is_row=False)
    yield from _list_rows(table)


def _list_rows(table: Table) -> Iterator[Series]:
    heads = {column: read_period(head) for column, head in enumerate(table.header)} if table.header_rows else {}
    dated = {column: period for column, period in heads.items() if period is not None and period.first is not None}
    for row in table.body:
        points = []
        for column, period in dated.items():
            number = read_cell(row[column])
            if number is not None:
                points.append(Point(period, number, row[column]))
        if len(points) == len(dated) >= 2:
            yield from _make(name_row(row, min(dated)), points, table, is_row=True)


def _make(name: str, points: list[Point], table: Table, *, is_row: bool) -> Iterator[Series]:
    """A series, if its points are of one kind and length and follow one another without a gap or an overlap."""
    points = sorted(points, key=lambda point: point.period.first or 0)
    spans = [(point.period.first or 0, point.period.last or 0) for point in points]
    even = all(after[0] == before[1] + 1 for before, after in pairwise(spans))
    if len(points) >= 2 and even and len({point.number.kind for point in points}) == 1:
        yield Series(name, tuple(points), table, is_row)
