"""A district among its neighbours as a picture: one line of values, the county upright, the funnel behind."""

from collections import Counter

from markupsafe import Markup

from wardmote.evidence.targets.standing import Standing
from wardmote.web.foundation.design.run_charts import choose_ticks
from wardmote.web.foundation.design.words import say_number

_WIDTH, _LEFT, _RIGHT, _TOP, _FOOT, _HEIGHT = 320, 14, 306, 24, 104, 128
_RINGS, _OWN = 62, 88  # how far down the neighbours and the district lie
_STEP = 9  # two neighbours of one value stand one above the other
_OUTER, _INNER, _INK = "#e8eef0", "#c5d3d8", "#2b3436"


def draw_standing(standing: Standing, unit: str = "") -> Markup:
    """The picture; nothing where there is nothing to tell. The table beside it says the same."""
    own = standing.own
    if own is None or own.value is None or standing.pooled is None:
        return Markup("")
    scale = _Scale(_list_values(standing))
    parts = [
        *(_draw_band(scale, limits, colour) for limits, colour in ((standing.outer, _OUTER), (standing.inner, _INNER))),
        _draw_axis(scale), _draw_county(scale, standing.pooled, unit), *_draw_neighbours(scale, standing),
        _draw_own(scale, own.value, own.low, own.high),
    ]  # fmt: skip
    svg = Markup(
        '<svg class="wm-chart__svg wm-chart__svg--narrow" role="img" aria-label="{}" viewBox="0 0 {} {}">{}</svg>'
    )
    return svg.format(_describe(standing, unit), _WIDTH, _HEIGHT, Markup("").join(parts))


class _Scale:
    """From values to places across the drawing, between round numbers."""

    def __init__(self, values: list[float]) -> None:
        self.ticks = choose_ticks(min(values), max(values), 4)

    def x(self, value: float) -> str:
        share = (value - self.ticks[0]) / (self.ticks[-1] - self.ticks[0])
        return f"{_LEFT + (_RIGHT - _LEFT) * share:.1f}"


def _list_values(standing: Standing) -> list[float]:
    own, bounds = standing.own, (*(standing.outer or ()), *(standing.inner or ()))
    singles = [standing.pooled, own.value, own.low, own.high] if own else []
    return [one for one in (*singles, *bounds, *(row.value for row in standing.neighbours)) if one is not None]


def _draw_band(scale: _Scale, limits: tuple[float, float] | None, colour: str) -> Markup:
    if limits is None:
        return Markup("")
    left, right = scale.x(limits[0]), scale.x(limits[1])
    band = Markup('<rect x="{}" y="{}" width="{:.1f}" height="{}" fill="{}"/>')
    return band.format(left, _TOP, float(right) - float(left), _FOOT - _TOP, colour)


def _draw_axis(scale: _Scale) -> Markup:
    line = Markup('<path d="M{} {}H{}" stroke="{}"/>').format(_LEFT, _FOOT, _RIGHT, _INK)
    label = Markup('<text x="{}" y="{}" text-anchor="middle">{}</text>')
    ticks = [scale.ticks[0], scale.ticks[len(scale.ticks) // 2], scale.ticks[-1]]
    return line + Markup("").join(label.format(scale.x(one), _FOOT + 18, say_number(one)) for one in ticks)


def _draw_county(scale: _Scale, pooled: float, unit: str) -> Markup:
    x = scale.x(pooled)
    anchor = "start" if float(x) < _WIDTH / 3 else "end" if float(x) > _WIDTH * 2 / 3 else "middle"
    line = Markup('<path d="M{} {}V{}" stroke="{}" stroke-width="2"/>').format(x, _TOP - 4, _FOOT, _INK)
    words = Markup('<text x="{}" y="15" text-anchor="{}">County {}{}</text>')
    return line + words.format(x, anchor, say_number(round(pooled, 1)), unit)


def _draw_neighbours(scale: _Scale, standing: Standing) -> list[Markup]:
    """A ring for each; those of one value stand one above the other."""
    ring = Markup('<circle cx="{}" cy="{}" r="4" fill="#fff" stroke="{}" stroke-width="1.5"/>')
    seen: Counter[float] = Counter()
    drawn = []
    for row in standing.neighbours:
        drawn.append(ring.format(scale.x(row.value), _RINGS - _STEP * min(seen[row.value], 3), _INK))
        seen[row.value] += 1
    return drawn


def _draw_own(scale: _Scale, value: float, low: float | None, high: float | None) -> Markup:
    dot = Markup('<circle cx="{}" cy="{}" r="6"/>').format(scale.x(value), _OWN)
    if low is None or high is None:
        return dot
    whisker = Markup('<path d="M{} {}H{}" stroke="{}" stroke-width="2"/>')
    return whisker.format(scale.x(low), _OWN, scale.x(high), _INK) + dot


def _describe(standing: Standing, unit: str) -> str:
    """The picture in words."""
    own, others = standing.own, standing.neighbours
    you, county = (f"{say_number(round(one or 0.0, 1))}{unit}" for one in (own.value if own else None, standing.pooled))
    spread = f"{say_number(others[-1].value)} to {say_number(others[0].value)}{unit}"
    return f"You {you}, the county {county}, {len(others)} neighbours from {spread}"
