"""Small charts of the measures that have enough values for a line to say something."""

from collections.abc import Sequence
from datetime import date
from itertools import batched

from wardmote.evidence.reports.charts.frame import REPORT, SMALL, ChartSize
from wardmote.evidence.reports.charts.states import PointState
from wardmote.evidence.reports.charts.trend import TrendPoint, annual_trend
from wardmote.evidence.reports.document import Block, Cell, Chart, Column, Pair, Table
from wardmote.evidence.reports.performance.rows import Row
from wardmote.evidence.reports.performance.words import write_value
from wardmote.evidence.targets.plan import Value

#: Below so many values a table says as much.
FEWEST_VALUES = 4


def draw_runs(rows: Sequence[Row], chart_id: str) -> list[Block]:
    """The run of each measure with at least four values of one basis, two side by side."""
    runs = [(row, run) for row in rows if len(run := list_run(row)) >= FEWEST_VALUES]
    blocks: list[Block] = []
    for place, pair in enumerate(batched(runs, 2)):
        size = SMALL if len(pair) == 2 else REPORT
        charts = [_draw(row, run, f"{chart_id}-{2 * place + side}", size) for side, (row, run) in enumerate(pair, 1)]
        blocks.append(Pair((charts[0], charts[1])) if len(charts) == 2 else charts[0])
    return blocks


def list_run(row: Row) -> list[Value]:
    """The reported values of the basis that the latest has, oldest first, one for each period."""
    if row.value is None:
        return []
    alike = [v for v in row.indicator.values if v.basis == row.value.basis and v.measure == row.value.measure]
    told = [v for v in alike if v.best is not None and v.state in ("actual", "provisional", "derived")]
    by_period = {v.period: v for v in sorted(told, key=lambda v: v.end or date.min)}
    return list(by_period.values())


def _draw(row: Row, run: Sequence[Value], chart_id: str, size: ChartSize) -> Chart:
    title, unit = row.indicator.title, "Percent" if row.is_percent else row.indicator.unit.capitalize() or "Number"
    states: list[PointState] = ["provisional" if v.state == "provisional" else "actual" for v in run]
    points = [TrendPoint(v.period, v.best, v.low, v.high, s) for v, s in zip(run, states, strict=True)]
    drawn = annual_trend(points, unit=unit, title=title, size=size)
    cells = [(Cell(v.period), Cell(write_value(v.best, is_percent=row.is_percent), value=v.best)) for v in run]
    columns = (Column("Period", row_header=True), Column(unit, "right"))
    return Chart(chart_id, title, drawn.spec, drawn.alt, Table(f"{chart_id}-data", title, columns, tuple(cells)))
