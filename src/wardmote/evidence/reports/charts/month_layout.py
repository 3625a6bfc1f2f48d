"""Months side by side: where each lies, and how one that is not held is drawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from wardmote.evidence.reports.charts.drawing import Stroke, draw_labels, draw_strokes, hatch_box, outline_box
from wardmote.evidence.reports.charts.frame import ChartSize, Frame, ValueScale
from wardmote.evidence.reports.charts.lettering import Box, Label, fit_text, measure_text
from wardmote.evidence.reports.charts.readings import Reading, Readings
from wardmote.evidence.reports.charts.states import STATE_WORDS, PointState, say_absence
from wardmote.evidence.reports.charts.theme import ChartTheme, Spec

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
