"""Months side by side: where each lies, and how one that is not held is drawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from wardmote.evidence.model.errors import UsageError
from wardmote.evidence.reports.charts.drawing import Stroke, draw_labels, draw_strokes, hatch_box, outline_box
from wardmote.evidence.reports.charts.frame import ChartSize, Frame, ValueScale
from wardmote.evidence.reports.charts.lettering import Align, Box, Label, fit_text, keep_clear, measure_text
from wardmote.evidence.reports.charts.readings import Reading, Readings
from wardmote.evidence.reports.charts.states import STATE_WORDS, PointState, say_absence
from wardmote.evidence.reports.charts.theme import ChartTheme, Spec
from wardmote.evidence.reports.charts.trend import BreakMark

BAR_SHARE = 0.76
MONTH_NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
UNSURE = ("provisional", "projected", "incomplete")


@dataclass(frozen=True, slots=True)
class MonthPoint:
    """One month: "2021-04", its value (None where there is none), its state, and a note that says why."""

    month: str
    value: float | None
    state: PointState = "actual"
    note: str = ""

    @property
    def year(self) -> str:
        return self.month[:4]

    @property
    def name(self) -> str:
        return MONTH_NAMES[int(self.month[5:7]) - 1]

    @property
    def full_name(self) -> str:
        return f"{self.name} {self.year}"


@dataclass(frozen=True, slots=True)
class MonthLayout:
    points: Sequence[MonthPoint]
    theme: ChartTheme
    size: ChartSize
    frame: Frame
    scale: ValueScale

    @property
    def step(self) -> float:
        return self.frame.plot_width / len(self.points)

    def middle(self, index: int) -> float:
        return self.step * (index + 0.5)


def read_months(points: Sequence[MonthPoint]) -> Readings:
    """Return the months as they are said."""
    return Readings([Reading(one.full_name, one.value, state=one.state, note=one.note) for one in points])


def has_key(points: Sequence[MonthPoint]) -> bool:
    return any(point.value is None or point.state in UNSURE for point in points)


def draw_absences(layout: MonthLayout) -> list[Spec]:
    """Hatch each run of months that have no value as one block, with its words where they have room."""
    strokes: list[Stroke] = []
    labels: list[Label] = []
    for words, first, last in _find_absences(layout.points):
        box = Box(layout.step * first + 1, 0, layout.step * (last + 1) - 1, layout.frame.plot_height)
        strokes += hatch_box(box, layout.theme.grid) + outline_box(box, layout.theme.grid)
        if box.right - box.left >= layout.size.note * 1.2:
            upright = measure_text(words, layout.size.note) > box.right - box.left
            middle = (box.left + box.right) / 2
            labels.append(
                Label(
                    middle,
                    layout.frame.plot_height / 2,
                    fit_text(words, max(box.right - box.left, box.bottom - 8), layout.size.note, lines=1)[0],
                    layout.size.note,
                    "center",
                    colour=layout.theme.ink,
                    upright=upright,
                )
            )
    return [*draw_strokes(strokes), *draw_labels(labels, halo=True), *_draw_key(layout)]


def _find_absences(points: Sequence[MonthPoint]) -> list[tuple[str, int, int]]:
    """Return each run of months without a value and with the same reason: words, first and last place."""
    marked = [
        (say_absence(point.state, point.note) if point.value is None else "", index)
        for index, point in enumerate(points)
    ]
    runs = [(words, [index for _, index in run]) for words, run in groupby(marked, key=lambda pair: pair[0])]
    return [(words, places[0], places[-1]) for words, places in runs if words]


def _draw_key(layout: MonthLayout) -> list[Spec]:
    """Say below the unit what hatching means: pale over the whole height, dark on a bar."""
    absent = sorted({words for words, _, _ in _find_absences(layout.points)})
    unsure = sorted({STATE_WORDS[point.state] for point in layout.points if point.state in UNSURE and point.value})
    entries = [(", ".join(absent), layout.theme.muted)] if absent else []
    entries += [(", ".join(unsure), layout.theme.primary)] if unsure else []
    line = layout.size.note * 1.2
    x, y = -layout.frame.left, -layout.frame.top + line + 4
    strokes: list[Stroke] = []
    labels: list[Label] = []
    for words, colour in entries:
        box = Box(x, y + 2, x + 18, y + line - 1)
        strokes += hatch_box(box, colour, spacing=5) + outline_box(box, colour)
        room = layout.frame.width / len(entries) - 42
        lines = fit_text(words, room, layout.size.note, lines=1)
        labels.append(Label(x + 24, y, lines, layout.size.note, baseline="top", colour=layout.theme.ink))
        x = labels[-1].box.right + 16
    return [*draw_strokes(strokes), *draw_labels(labels)]


def place_breaks(layout: MonthLayout, breaks: Sequence[BreakMark]) -> list[tuple[float, Label]]:
    """Return where each break's rule stands, and its label on a line of its own above the plot."""
    places = {point.month: layout.step * (index + 1) for index, point in enumerate(layout.points)}
    placed = []
    for row, mark in enumerate(breaks):
        if mark.after_label not in places:
            raise UsageError(
                f"A break is marked after {mark.after_label!r}, which is not drawn",
                where="months",
                expected=f"a month from {layout.points[0].month} to {layout.points[-1].month}",
                to_do="Leave the break out or draw the month",
            )
        words = fit_text(mark.label, layout.frame.plot_width * 0.48, layout.size.note, lines=1)[0]
        x, foot = places[mark.after_label], -6 - row * layout.size.note * 1.2
        to_left = x + measure_text(words, layout.size.note) + 4 > layout.frame.plot_width
        side: Align = "right" if to_left else "left"
        label = Label(x + (-4 if to_left else 4), foot, words, layout.size.note, side, "bottom")
        placed.append((x, label))
    return placed


def draw_breaks(layout: MonthLayout, placed: Sequence[tuple[float, Label]]) -> list[Spec]:
    ink, foot = layout.theme.ink, layout.frame.plot_height
    strokes = [Stroke(x, label.box.top, x, foot, ink, 1.2, (4, 3)) for x, label in placed]
    return [*draw_strokes(strokes), *draw_labels([label for _, label in placed], halo=True)]


def part_years(layout: MonthLayout) -> list[Stroke]:
    """A short rule below the plot wherever a calendar year begins."""
    foot = layout.frame.plot_height
    return [
        Stroke(layout.step * index, foot + 2, layout.step * index, foot + layout.frame.bottom - 4, layout.theme.grid)
        for index, (before, point) in enumerate(pairwise(layout.points), start=1)
        if before.year != point.year
    ]


def name_months(layout: MonthLayout) -> list[Label]:
    """Write month names, or their first letters, and below them the calendar years."""
    size, ink = layout.size.note, layout.theme.ink
    labels: list[Label] = []
    if layout.step >= measure_text("m", size):
        whole = layout.step >= measure_text("Mar", size) + 4
        labels += [
            Label(
                layout.middle(index),
                layout.frame.plot_height + 6,
                point.name if whole else point.name[0],
                size,
                "center",
                "top",
            )
            for index, point in enumerate(layout.points)
        ]
    y = layout.frame.plot_height + 8 + (size * 1.2 if labels else 0)
    years = groupby(enumerate(layout.points), key=lambda pair: pair[1].year)
    spans = [(year, [index for index, _ in run]) for year, run in years]
    candidates = [
        [Label((layout.middle(places[0]) + layout.middle(places[-1])) / 2, y, year, size, "center", "top", colour=ink)]
        for year, places in sorted(spans, key=lambda span: -len(span[1]))
    ]
    return labels + keep_clear(candidates, gap=6)
