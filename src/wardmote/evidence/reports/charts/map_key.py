"""The key of a map: what each shade and each hatching means, how many areas have it, and the numbered places."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from wardmote.evidence.reports.charts.classes import ValueClasses
from wardmote.evidence.reports.charts.drawing import (
    Patch,
    Stroke,
    draw_labels,
    draw_patches,
    draw_strokes,
    hatch_box,
    outline_box,
)
from wardmote.evidence.reports.charts.frame import ChartSize
from wardmote.evidence.reports.charts.lettering import Box, Label, fit_text, measure_text
from wardmote.evidence.reports.charts.map_area import MapArea, count_ties
from wardmote.evidence.reports.charts.month_layout import UNSURE
from wardmote.evidence.reports.charts.numbers import choose_decimals, write_number
from wardmote.evidence.reports.charts.theme import ChartTheme, Spec
from wardmote.evidence.reports.charts.words import count_things

SWATCH_WIDTH, SWATCH_HEIGHT, SWATCH_GAP = 22.0, 13.0, 8.0


@dataclass(frozen=True, slots=True)
class KeyRow:
    """One line of the key: a sign, its words, and what is written at its right-hand end.

    `fill` is a shade; without one `sign` is drawn: hatching ("rising" or "falling"), a heavy line, or a number.
    """

    words: tuple[str, ...]
    column: str = ""
    fill: str = ""
    sign: str = ""
    bold: bool = False
    gap_before: float = 0.0


def write_key(
    areas: Sequence[MapArea],
    classes: ValueClasses | None,
    *,
    ranked: Sequence[tuple[MapArea, float]],
    top: int,
    highlight: str,
    width: float,
    theme: ChartTheme,
    size: ChartSize,
) -> list[KeyRow]:
    """Return the lines of the key, highest class first, then what has no value, then the places by name."""
    decimals = choose_decimals(area.value for area in areas)
    rows = [KeyRow((), "Areas")]
    if classes is not None:
        shades = theme.ramp(len(classes.counts))
        lines = zip(shades, classes.titles, classes.counts, strict=True)
        rows += [KeyRow((words,), write_number(count), fill=shade) for shade, words, count in reversed(list(lines))]
    rows += _explain_absences(areas, width - SWATCH_WIDTH - SWATCH_GAP - 40, size)
    if highlight:
        rows.append(KeyRow(fit_text(highlight, width - SWATCH_WIDTH - SWATCH_GAP, size.note), sign="line"))
    return rows + _list_places(ranked, top, width=width, decimals=decimals, size=size)


def _list_places(
    ranked: Sequence[tuple[MapArea, float]], top: int, *, width: float, decimals: int, size: ChartSize
) -> list[KeyRow]:
    """Name the highest places by their numbers, and say if others are as high as the last of them."""
    rows = [KeyRow(("Highest",), bold=True, gap_before=10)] if ranked[:top] else []
    for place, (area, value) in enumerate(ranked[:top], start=1):
        column = write_number(value, decimals)
        room = width - SWATCH_WIDTH - SWATCH_GAP - measure_text(column, size.note) - 10
        rows.append(KeyRow(fit_text(area.title, room, size.note), column, sign=str(place)))
    ties = count_ties(ranked, top)
    if ties:
        rows.append(KeyRow((f"and {count_things(ties, 'other')}",), write_number(ranked[top - 1][1], decimals)))
    return rows


def _explain_absences(areas: Sequence[MapArea], room: float, size: ChartSize) -> list[KeyRow]:
    absent = Counter((area.absence, find_hatching(area)) for area in areas if area.absence)
    rows = [
        KeyRow(fit_text(words, room, size.note), write_number(count), sign=hatching)
        for (words, hatching), count in sorted(absent.items())
    ]
    unsure = Counter(area.state for area in areas if area.value is not None and area.state in UNSURE)
    rows += [KeyRow((f"{state}, shaded",), write_number(count)) for state, count in sorted(unsure.items())]
    unplaced = sum(area.geometry is None for area in areas)
    if unplaced:
        rows.append(KeyRow(fit_text("no boundary, not drawn", room, size.note), write_number(unplaced)))
    return rows


def find_hatching(area: MapArea) -> str:
    """Which way do the lines of an area without a value run? Withheld is not the same as not known."""
    return "falling" if area.state == "suppressed" else "rising"


def measure_key(rows: Sequence[KeyRow], size: ChartSize) -> float:
    """How high is the key, in pixels?"""
    return sum(_row_height(row, size) for row in rows)


def _row_height(row: KeyRow, size: ChartSize) -> float:
    return row.gap_before + max(1, len(row.words)) * size.note * 1.2 + 5


def draw_key(rows: Sequence[KeyRow], box: Box, *, theme: ChartTheme, size: ChartSize) -> list[Spec]:
    """Draw the key into the box, whose width the rows were written for."""
    patches: list[Patch] = []
    strokes: list[Stroke] = []
    labels: list[Label] = []
    top = box.top
    for row in rows:
        start = top + row.gap_before
        swatch = Box(box.left, start - 1, box.left + SWATCH_WIDTH, start - 1 + SWATCH_HEIGHT)
        patches += [Patch(swatch, row.fill, theme.muted)] if row.fill else []
        strokes += _draw_sign(row.sign, swatch, theme)
        labels += _write_row(row, start, box, theme=theme, size=size)
        top += _row_height(row, size)
    return [*draw_patches(patches), *draw_strokes(strokes), *draw_labels(labels)]


def _draw_sign(sign: str, swatch: Box, theme: ChartTheme) -> list[Stroke]:
    if sign in ("rising", "falling"):
        strokes = hatch_box(swatch, theme.muted, spacing=5)
        if sign == "falling":
            turn = swatch.left + swatch.right
            strokes = [Stroke(turn - one.x, one.y, turn - one.x2, one.y2, one.colour, one.width) for one in strokes]
        return strokes + outline_box(swatch, theme.muted)
    if sign == "line":
        return [Stroke(one.x, one.y, one.x2, one.y2, theme.ink, 2.2) for one in outline_box(swatch, theme.ink)]
    return []


def _write_row(row: KeyRow, top: float, box: Box, *, theme: ChartTheme, size: ChartSize) -> list[Label]:
    labels = []
    indent = 0.0 if row.bold else SWATCH_WIDTH + SWATCH_GAP
    if row.words:
        x = box.left + indent
        labels.append(Label(x, top, row.words, size.note, "left", "top", bold=row.bold, colour=theme.ink))
    if row.column:
        muted = not row.words
        colour = theme.muted if muted else theme.ink
        labels.append(Label(box.right, top, row.column, size.note, "right", "top", colour=colour))
    if row.sign.isdigit():
        middle = box.left + SWATCH_WIDTH / 2
        labels.append(Label(middle, top, row.sign, size.note, "center", "top", bold=True, colour=theme.ink))
    return labels
