"""Lines of values drawn as SVG on the server: a sparkline for a row, a run chart for a page."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from markupsafe import Markup, escape

from wardmote.web.foundation.design.words import say_number

Values = Sequence[float | None]

SPARK_WIDTH, SPARK_HEIGHT, SPARK_PAD = 132, 36, 5


class Scale(NamedTuple):
    """From values to places on the drawing."""

    low: float
    high: float
    left: float
    right: float
    top: float
    bottom: float
    points: int

    def x(self, index: float) -> float:
        """The place of a point along the line; a single one stands at the right end."""
        return self.right if self.points < 2 else self.left + (self.right - self.left) * index / (self.points - 1)

    def y(self, value: float) -> float:
        """The height of a value; a flat line stands in the middle."""
        if self.high == self.low:
            return (self.top + self.bottom) / 2
        return self.bottom - (self.bottom - self.top) * (value - self.low) / (self.high - self.low)

    def place(self, index: float, value: float) -> str:
        return f"{self.x(index):.1f} {self.y(value):.1f}"


def list_known(*rows: Values) -> list[float]:
    """All values of all rows that are there."""
    return [value for row in rows for value in row if value is not None]


def list_runs(points: Values, breaks: Iterable[int] = ()) -> Iterator[list[tuple[int, float]]]:
    """The stretches to be joined by a line: a missing value and a break in the series both end one."""
    run: list[tuple[int, float]] = []
    starts = set(breaks)
    for index, value in enumerate(points):
        if run and (value is None or index in starts):
            yield run
            run = []
        if value is not None:
            run.append((index, value))
    if run:
        yield run


def draw_runs(scale: Scale, points: Values, breaks: Iterable[int], radius: float) -> str:
    """The line itself; a value alone between two gaps is a dot, or it would not be seen."""
    parts = []
    for run in list_runs(points, breaks):
        if len(run) == 1:
            parts.append(f'<circle cx="{scale.x(run[0][0]):.1f}" cy="{scale.y(run[0][1]):.1f}" r="{radius}"/>')
        else:
            parts.append(f'<path class="wm-line" d="M{"L".join(scale.place(*point) for point in run)}"/>')
    return "".join(parts)


def draw_target(scale: Scale, targets: Values, restarts: Iterable[int] = ()) -> str:
    """The target as a dashed line of steps: each holds for its own period and jumps to the next.

    It breaks off where a count begins anew.
    """
    parts = []
    for run in list_runs(targets, restarts):
        moves = [f"M{scale.place(max(run[0][0] - 0.5, 0), run[0][1])}"]
        for (_, before), (index, value) in pairwise(run):
            if value != before:
                moves.append(f"H{scale.x(index - 0.5):.1f}V{scale.y(value):.1f}")
        moves.append(f"H{scale.x(min(run[-1][0] + 0.5, scale.points - 1)):.1f}")
        parts.append(f'<path class="wm-target" d="{"".join(moves)}"/>')
    return "".join(parts)


def describe_line(points: Values, targets: Values, unit: str) -> str:
    """The sparkline in words: how many values, from which to which, and the last target."""
    known = list_known(points)
    if not known:
        return "No values yet"
    missing = len(points) - len(known)
    text = f"{len(known)} values, from {say_number(known[0])} to {say_number(known[-1])}{unit}"
    if len(known) == 1:
        text = f"One value, {say_number(known[0])}{unit}"
    aims = list_known(targets)
    aim = f"; target {say_number(aims[-1])}{unit}" if aims else ""
    return f"{text}{aim}{f'; {missing} missing' if missing else ''}"


def draw_sparkline(
    points: Values,
    target_points: Values = (),
    *,
    breaks: Iterable[int] = (),
    label: str | None = None,
    unit: str = "",
    absence: str = "No values yet",
) -> Markup:
    """A row's values as a small line: gaps where there is none, broken at breaks, the target dashed, the last marked.

    `breaks` holds the index of each first value after a break; `unit` follows numbers in the description; `absence`
    stands where there is no number to draw.
    """
    known = list_known(points, target_points)
    words = escape(label or describe_line(points, target_points, unit))
    if not list_known(points):
        return Markup('<span class="wm-spark wm-spark--empty">{}</span>').format(absence)
    pad = SPARK_PAD
    count = max(len(points), len(target_points))
    scale = Scale(min(known), max(known), pad, SPARK_WIDTH - pad, pad, SPARK_HEIGHT - pad, count)
    last = max(index for index, value in enumerate(points) if value is not None)
    return Markup(  # noqa: S704 - numbers of our own and words escaped above
        f'<svg class="wm-spark" role="img" aria-label="{words}" viewBox="0 0 {SPARK_WIDTH} {SPARK_HEIGHT}"'
        f' width="{SPARK_WIDTH}" height="{SPARK_HEIGHT}">{draw_target(scale, target_points)}'
        f"{draw_runs(scale, points, breaks, 1.5)}"
        f'<circle class="wm-last" cx="{scale.x(last):.1f}" cy="{scale.y(points[last] or 0):.1f}" r="3.5"/></svg>'
    )
