"""Charts whose rows are things with names: where each row lies, and where its words go.

On a report's column names stand to the left; on a narrow sheet they stand above the mark, since a long ward name
beside it would leave the data no room.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from wardmote.evidence.reports.charts.drawing import Stroke
from wardmote.evidence.reports.charts.frame import ChartSize, Frame, ValueScale, measure_ticks
from wardmote.evidence.reports.charts.lettering import Label, fit_text, measure_text
from wardmote.evidence.reports.charts.theme import ChartTheme

#: The share of the sheet that names may take before they are wrapped.
NAME_SHARE = 0.36
#: Sheets narrower than this stack names above the marks.
STACKED_BELOW = 480
MARK_HEIGHT = 17.0


@dataclass(frozen=True, slots=True)
class RowName:
    """What is written for a row: its name, the words of its right-hand column, and whether both are bold."""

    label: str
    column: str = ""
    bold: bool = False


@dataclass(frozen=True, slots=True)
class RowLayout:
    """The sheet, the middle of each row's mark in pixels from the top, and the rows' words."""

    frame: Frame
    centres: tuple[float, ...]
    labels: tuple[Label, ...]


def lay_out_rows(
    rows: Sequence[RowName],
    *,
    theme: ChartTheme,
    size: ChartSize,
    end_room: float = 0.0,
    ticks: Sequence[float] = (),
    head_lines: int = 1,
) -> RowLayout:
    """Return where everything goes.

    Parameters: `end_room` is what the words at the end of a mark need to the right of the plot, in pixels; `ticks`
    those of the value axis, if it has labels; `head_lines` the lines of words above the plot.
    """
    stacked = size.width < STACKED_BELOW
    rows = [replace(row, column=fit_text(row.column, size.width * 0.36, size.note, lines=1)[0]) for row in rows]
    column = max(measure_text(row.column, size.note) for row in rows)
    tick_room = measure_ticks(ticks, size) / 2 + 2 if ticks else 0.0
    names = max(measure_text(row.label, size.note) for row in rows)
    left = max(4.0, tick_room) if stacked else min(names, size.width * NAME_SHARE) + 12
    right = max(end_room, tick_room, 4.0 if stacked or not column else column + 14)
    room = size.width - column - 14 if stacked else left - 12
    wrapped = [fit_text(row.label, room, size.note, lines=3) for row in rows]
    line = size.note * 1.2
    heights = [
        line * len(lines) + MARK_HEIGHT + 9 if stacked else max(MARK_HEIGHT + 8, line * len(lines) + 7)
        for lines in wrapped
    ]
    top, bottom = head_lines * line + 10, (line + 8 if ticks else 4.0)
    frame = Frame(size.width, sum(heights) + top + bottom, left, right, top, bottom)
    tops = [sum(heights[:index]) for index in range(len(rows))]
    centres = tuple(
        start + (height - MARK_HEIGHT / 2 - 5 if stacked else height / 2)
        for start, height in zip(tops, heights, strict=True)
    )
    place = _stack_words if stacked else _put_words_beside
    labels = [
        label
        for row, lines, start, centre in zip(rows, wrapped, tops, centres, strict=True)
        for label in place(row, lines, start=start, centre=centre, frame=frame, theme=theme, size=size)
    ]
    return RowLayout(frame, centres, tuple(labels))


def _put_words_beside(
    row: RowName,
    lines: tuple[str, ...],
    *,
    start: float,  # noqa: ARG001 - both placements are called alike
    centre: float,
    frame: Frame,
    theme: ChartTheme,
    size: ChartSize,
) -> list[Label]:
    ink = theme.ink
    labels = [Label(-12, centre, lines, size.note, "right", bold=row.bold, colour=ink)]
    if row.column:
        x = frame.plot_width + 14
        labels.append(Label(x, centre, row.column, size.note, "left", bold=row.bold, colour=ink))
    return labels


def _stack_words(
    row: RowName,
    lines: tuple[str, ...],
    *,
    start: float,
    centre: float,  # noqa: ARG001 - both placements are called alike
    frame: Frame,
    theme: ChartTheme,
    size: ChartSize,
) -> list[Label]:
    ink, top = theme.ink, start + 3
    labels = [Label(-frame.left, top, lines, size.note, "left", "top", bold=row.bold, colour=ink)]
    if row.column:
        x = frame.plot_width + frame.right
        labels.append(Label(x, top, row.column, size.note, "right", "top", bold=row.bold, colour=ink))
    return labels


def draw_row_whisker(
    scale: ValueScale, centre: float, low: float | None, high: float | None, colour: str, *, cap: float = 3.5
) -> list[Stroke]:
    """Return an interval as a line with an end at each limit; a limit beyond the scale has no end there."""
    if low is None or high is None:
        return []
    start, end = max(low, scale.low), min(high, scale.high)
    strokes = [Stroke(scale.pixel(start), centre, scale.pixel(end), centre, colour, 1.3)]
    for limit in (low, high):
        if scale.low <= limit <= scale.high:
            x = scale.pixel(limit)
            strokes.append(Stroke(x, centre - cap, x, centre + cap, colour, 1.3))
    return strokes
