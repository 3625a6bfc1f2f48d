"""The year's usual shape, month by month."""

from collections.abc import Sequence

from wardmote.evidence.model.errors import UsageError
from wardmote.evidence.reports.charts.drawing import Stroke, draw_labels, draw_strokes, layer
from wardmote.evidence.reports.charts.drawn import DrawnChart
from wardmote.evidence.reports.charts.frame import (
    REPORT,
    ChartSize,
    Frame,
    ValueScale,
    encode_values,
    make_spec,
    scale_from_zero,
)
from wardmote.evidence.reports.charts.lettering import Label, measure_text
from wardmote.evidence.reports.charts.month_layout import (
    BAR_SHARE,
    MONTH_NAMES,
    MonthLayout,
    MonthPoint,
    draw_absences,
    has_key,
)
from wardmote.evidence.reports.charts.numbers import check_values, choose_decimals, write_number
from wardmote.evidence.reports.charts.readings import Reading, Readings
from wardmote.evidence.reports.charts.theme import DEFAULT_THEME, PAPER, ChartTheme, Spec
from wardmote.evidence.reports.charts.words import join_sentences

UNIT = "Average month = 100 (dashed line); dark bars are at or above it"


def month_profile(
    indexes: Sequence[float | None],
    counts: Sequence[float | None] = (),
    *,
    first_month: int = 1,
    title: str = "",
    theme: ChartTheme = DEFAULT_THEME,
    size: ChartSize = REPORT,
) -> DrawnChart:
    """Which months of the year usually lie above or below the average month?

    Parameters: `indexes` are 12 values with the average month = 100, from `first_month` (1 January, 4 April);
    `counts`, if given, are the 12 average counts, written below the names.
    Returns bars from zero against a line at 100. Raises UsageError unless there are 12.
    """
    if len(indexes) != 12 or len(counts) not in (0, 12):
        raise UsageError(
            f"{len(indexes)} indexes and {len(counts)} counts were given",
            where="month profile",
            expected="12 indexes, and 12 counts or none",
            to_do="Give None for a month that is not held",
        )
    check_values("month profile", indexes)
    months = [MONTH_NAMES[(first_month - 1 + place) % 12] for place in range(12)]
    layout = _lay_out_profile(indexes, theme=theme, size=size)
    layers = [
        *_draw_profile_bars(layout, months, indexes),
        *draw_absences(layout),
        *_draw_average(layout),
        *draw_labels(_name_indexes(layout, indexes), halo=True),
        *draw_labels(_name_profile_months(layout, months, counts)),
    ]
    spec = make_spec(layout.frame, layers, unit=UNIT, theme=theme, size=size)
    readings = Readings([Reading(month, value) for month, value in zip(months, indexes, strict=True)])
    span = f"The year's usual shape from {months[0]} to {months[-1]}, average month = 100"
    return DrawnChart(spec, join_sentences([title, span, readings.say_extremes(), readings.say_gaps()]))


def _lay_out_profile(indexes: Sequence[float | None], *, theme: ChartTheme, size: ChartSize) -> MonthLayout:
    points = [
        MonthPoint(f"0000-{place + 1:02d}", value, "missing" if value is None else "actual")
        for place, value in enumerate(indexes)
    ]
    ticks = scale_from_zero([100, *indexes])
    line = size.note * 1.2
    top = line * (1 + has_key(points)) + 24
    frame = Frame(size.width, 150 + top + 2 * line + 14, 4, 4, top, 2 * line + 14)
    return MonthLayout(points, theme, size, frame, ValueScale(ticks, 150))


def _draw_profile_bars(layout: MonthLayout, months: Sequence[str], indexes: Sequence[float | None]) -> list[Spec]:
    rows = [{"month": month, "index": value} for month, value in zip(months, indexes, strict=True) if value is not None]
    encoding = {
        "x": {
            "field": "month",
            "type": "ordinal",
            "axis": None,
            "scale": {"domain": list(months), "type": "band", "paddingInner": 0, "paddingOuter": 0},
        },
        "y": encode_values("index", layout.scale, theme=layout.theme, size=layout.size, axis=False),
        "color": {
            "condition": {"test": "datum.index >= 100", "value": layout.theme.primary},
            "value": layout.theme.pale,
        },
    }
    return [layer({"type": "bar", "width": {"band": BAR_SHARE}}, rows, encoding)]


def _draw_average(layout: MonthLayout) -> list[Spec]:
    y = layout.scale.pixel(100)
    width = layout.frame.plot_width
    return draw_strokes(
        [
            Stroke(0, y, width, y, PAPER, 3),
            Stroke(0, y, width, y, layout.theme.ink, 1.2, (5, 3)),
            Stroke(0, layout.scale.pixel(0), width, layout.scale.pixel(0), layout.theme.muted, 1),
        ]
    )


def _name_indexes(layout: MonthLayout, indexes: Sequence[float | None]) -> list[Label]:
    """Write each index above its bar, or above the line where the bar ends just below it."""
    labels = []
    for place, value in enumerate(indexes):
        if value is not None:
            bar, line = layout.scale.pixel(value), layout.scale.pixel(100)
            top = min(bar, line) if line - 2 < bar < line + 18 else bar
            words = write_number(round(value))
            labels.append(Label(layout.middle(place), top - 4, words, layout.size.note, "center", "bottom", bold=True))
    return labels


def _name_profile_months(layout: MonthLayout, months: Sequence[str], counts: Sequence[float | None]) -> list[Label]:
    size = layout.size.note
    y = layout.frame.plot_height + 6
    whole = layout.step >= measure_text("Mar", size) + 1
    labels = [
        Label(layout.middle(place), y, month if whole else month[0], size, "center", "top")
        for place, month in enumerate(months)
    ]
    held = [count for count in counts if count is not None]
    decimals = choose_decimals(held) if held and max(held) < 100 else 0
    words = ["" if count is None else write_number(count, decimals) for count in counts]
    if all(measure_text(word, size) < layout.step for word in words):
        labels += [
            Label(layout.middle(place), y + size * 1.2, word, size, "center", "top", colour=layout.theme.muted)
            for place, word in enumerate(words)
            if word
        ]
    return labels
