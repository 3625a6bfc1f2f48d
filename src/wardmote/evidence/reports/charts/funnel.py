"""Areas of all sizes against what chance alone would show."""

from collections.abc import Sequence
from dataclasses import dataclass

from wardmote.evidence.reports.charts.drawing import (
    Stroke,
    draw_labels,
    draw_strokes,
    draw_symbols,
    layer,
    place,
)
from wardmote.evidence.reports.charts.drawn import DrawnChart
from wardmote.evidence.reports.charts.frame import (
    REPORT,
    ChartSize,
    Frame,
    ValueScale,
    encode_values,
    make_spec,
    measure_ticks,
    scale_from_zero,
)
from wardmote.evidence.reports.charts.lettering import Box, Label, fit_text, keep_clear
from wardmote.evidence.reports.charts.numbers import check_values, choose_decimals, nice_ticks, write_number
from wardmote.evidence.reports.charts.peers import draw_area
from wardmote.evidence.reports.charts.theme import DEFAULT_THEME, ChartTheme, Spec
from wardmote.evidence.reports.charts.words import join_sentences, say_name


@dataclass(frozen=True, slots=True)
class FunnelRow:
    """One area: how many its rate is per (residents), and its rate in the chart's unit."""

    name: str
    population: float
    rate: float
    is_self: bool = False


@dataclass(frozen=True, slots=True)
class FunnelLimit:
    """At one population, the rates between which chance alone keeps 95% and 99.8% of areas."""

    population: float
    low_95: float
    high_95: float
    low_998: float
    high_998: float


def funnel(
    rows: Sequence[FunnelRow],
    limits: Sequence[FunnelLimit],
    *,
    average: float,
    unit: str,
    title: str = "",
    population_unit: str = "Residents",
    theme: ChartTheme = DEFAULT_THEME,
    size: ChartSize = REPORT,
) -> DrawnChart:
    """Which areas differ from the average by more than chance at their size would make them?

    Parameters: `limits` in order of population, covering that of every row; `average` is the rate that they stand
    round. The area itself is named, and every area outside the outer limits where there is room for its name.
    Raises UsageError on no rows or limits, or a value that is not finite.
    Reference: Spiegelhalter (2005), Funnel plots for comparing institutional performance, Stat Med 24:1185-1202.
    """
    check_values("funnel", [value for row in rows for value in (row.population, row.rate)])
    check_values("funnel limits", [value for limit in limits for value in (limit.low_998, limit.high_998)])
    plot = _lay_out_funnel(rows, limits, size)
    layers = [
        _draw_funnel_axes(rows, plot, theme=theme, size=size),
        *_draw_limits(limits, plot, theme, average),
        *draw_symbols(
            draw_area(plot.across.pixel(row.population), plot.up.pixel(row.rate), row.is_self, theme)
            for row in sorted(rows, key=lambda row: row.is_self)
        ),
        *draw_labels(_name_areas(rows, limits, plot, theme=theme, size=size), halo=True),
        *draw_labels(_name_funnel(plot, population_unit, theme=theme, size=size)),
        *draw_strokes(_draw_funnel_key(plot, theme, size)),
    ]
    spec = make_spec(plot.frame, layers, unit=unit, theme=theme, size=size)
    return DrawnChart(spec, _say_funnel(rows, limits, average=average, unit=unit, title=title))


def _say_funnel(
    rows: Sequence[FunnelRow], limits: Sequence[FunnelLimit], *, average: float, unit: str, title: str
) -> str:
    """Return where the area itself lies, and which areas chance does not explain."""
    decimals = choose_decimals([average, *(row.rate for row in rows)])
    own = [
        f"{say_name(row.name)}, {write_number(row.rate, decimals)}, {_say_position(row, limits)}"
        for row in rows
        if row.is_self
    ]
    outside = [
        f"{say_name(row.name)}, {write_number(row.rate, decimals)} ({'above' if row.rate > average else 'below'})"
        for row in _find_outside(rows, limits)
    ]
    span = f"{unit}, {len(rows)} areas by size, round an average of {write_number(average, decimals)}"
    beyond = f"Outside the 99.8% limits: {'; '.join(outside)}" if outside else "No area is outside the 99.8% limits"
    return join_sentences([title, span, *own, beyond])


def _say_position(row: FunnelRow, limits: Sequence[FunnelLimit]) -> str:
    limit = _nearest_limit(row, limits)
    if limit.low_95 <= row.rate <= limit.high_95:
        return "within the 95% limits"
    side = "above" if row.rate > limit.high_95 else "below"
    outer = row.rate > limit.high_998 or row.rate < limit.low_998
    return f"{side} the {'99.8%' if outer else '95%'} limits"


@dataclass(frozen=True, slots=True)
class _FunnelPlot:
    frame: Frame
    across: ValueScale
    up: ValueScale


def _lay_out_funnel(rows: Sequence[FunnelRow], limits: Sequence[FunnelLimit], size: ChartSize) -> _FunnelPlot:
    # The outer limits of the very smallest places run off any paper; the axis follows the areas and the inner ones.
    highest = max([row.rate for row in rows] + [limit.high_95 for limit in limits])
    ticks = scale_from_zero([highest])
    line = size.note * 1.2
    left = measure_ticks(ticks, size) + 10
    frame = Frame(size.width, 250 + 2 * line + 14 + 2 * line + 14, left, 10, 2 * line + 14, 2 * line + 14)
    populations = [row.population for row in rows] + [limit.population for limit in limits]
    count = 6 if size.width > 480 else 3
    across = ValueScale(nice_ticks(min(populations), max(populations), count), frame.plot_width, upwards=False)
    return _FunnelPlot(frame, across, ValueScale(ticks, frame.plot_height))


def _draw_funnel_axes(rows: Sequence[FunnelRow], plot: _FunnelPlot, *, theme: ChartTheme, size: ChartSize) -> Spec:
    data = [{"area": row.name, "population": row.population, "rate": row.rate} for row in rows]
    across = encode_values("population", plot.across, theme=theme, size=size)
    across["axis"] = {**across["axis"], "grid": False, "labelFlush": True}
    encoding = {"x": across, "y": encode_values("rate", plot.up, theme=theme, size=size)}
    return layer({"type": "point", "size": 4, "color": theme.primary}, data, encoding)


def _draw_limits(limits: Sequence[FunnelLimit], plot: _FunnelPlot, theme: ChartTheme, average: float) -> list[Spec]:
    """Four curves, dashed for 95% and unbroken for 99.8%, and the average."""
    y = plot.up.pixel(average)
    layers = draw_strokes([Stroke(0, y, plot.frame.plot_width, y, theme.ink, 1)])
    for low, high, dash in (("low_95", "high_95", [5, 3]), ("low_998", "high_998", [])):
        for side in (low, high):
            data = [
                {"x": plot.across.pixel(limit.population), "y": plot.up.pixel(getattr(limit, side))}
                for limit in limits
                if plot.up.low <= getattr(limit, side) <= plot.up.high
            ]
            mark = {"type": "line", "color": theme.muted, "strokeWidth": 1.3, "strokeDash": dash}
            layers.append(layer(mark, data, {"x": place("x"), "y": place("y")}))
    return layers


def _find_outside(rows: Sequence[FunnelRow], limits: Sequence[FunnelLimit]) -> list[FunnelRow]:
    """Which areas lie outside the outer limits drawn for the nearest population?"""
    pairs = [(row, _nearest_limit(row, limits)) for row in rows]
    return [row for row, limit in pairs if not limit.low_998 <= row.rate <= limit.high_998]


def _nearest_limit(row: FunnelRow, limits: Sequence[FunnelLimit]) -> FunnelLimit:
    return min(limits, key=lambda limit: abs(limit.population - row.population))


def _name_areas(
    rows: Sequence[FunnelRow],
    limits: Sequence[FunnelLimit],
    plot: _FunnelPlot,
    *,
    theme: ChartTheme,
    size: ChartSize,
) -> list[Label]:
    chosen = [row for row in rows if row.is_self]
    chosen += [row for row in _find_outside(rows, limits) if not row.is_self]
    spots = [(plot.across.pixel(row.population), plot.up.pixel(row.rate)) for row in rows]
    dots = [Box(x - 4, y - 4, x + 4, y + 4) for x, y in spots]
    within = Box(2, 2, plot.frame.plot_width + plot.frame.right, plot.frame.plot_height - 2)
    return keep_clear([_area_places(row, plot, theme, size) for row in chosen], taken=dots, within=within)


def _area_places(row: FunnelRow, plot: _FunnelPlot, theme: ChartTheme, size: ChartSize) -> list[Label]:
    x, y = plot.across.pixel(row.population), plot.up.pixel(row.rate)

    def write(dx: float, dy: float, align: str, baseline: str) -> Label:
        return Label(
            x + dx,
            y + dy,
            fit_text(row.name, plot.frame.width * 0.4, size.note, lines=2),
            size.note,
            "left" if align == "left" else "right" if align == "right" else "center",
            "bottom" if baseline == "bottom" else "top" if baseline == "top" else "middle",
            bold=row.is_self,
            colour=theme.ink,
        )

    return [
        write(9, 0, "left", "middle"),
        write(-9, 0, "right", "middle"),
        write(0, -9, "center", "bottom"),
        write(0, 9, "center", "top"),
    ]


def _name_funnel(plot: _FunnelPlot, population_unit: str, *, theme: ChartTheme, size: ChartSize) -> list[Label]:
    frame = plot.frame
    foot = Label(
        frame.plot_width + frame.right,
        frame.plot_height + frame.bottom - 2,
        fit_text(population_unit, frame.width, size.note, lines=1)[0],
        size.note,
        "right",
        "bottom",
        colour=theme.muted,
    )
    y = -frame.top + size.note * 1.2 + 4
    inner = Label(-frame.left + 30, y, "95% limits", size.note, baseline="top", colour=theme.ink)
    outer = Label(inner.box.right + 46, y, "99.8% limits", size.note, baseline="top", colour=theme.ink)
    return [foot, inner, outer]


def _draw_funnel_key(plot: _FunnelPlot, theme: ChartTheme, size: ChartSize) -> list[Stroke]:
    _, inner, outer = _name_funnel(plot, "", theme=theme, size=size)
    y = inner.y + size.note * 0.6
    return [
        Stroke(inner.x - 30, y, inner.x - 6, y, theme.muted, 1.3, (5, 3)),
        Stroke(outer.x - 30, y, outer.x - 6, y, theme.muted, 1.3),
    ]
