"""The usual shape of a year drawn as bars on the server, in the colours of the other charts."""

from collections.abc import Sequence

from markupsafe import Markup

from wardmote.evidence.model.periods import MONTH_NAMES

_WIDTH, _HEIGHT, _TOP, _FOOT = 760, 264, 60, 228
_STEP, _BAR = 62, 46
_DARK, _PALE, _LINE, _INK = "#17557a", "#9fb4c2", "#4a5658", "#0b0c0c"


def describe_profile(indexes: Sequence[float]) -> str:
    """The drawing in one sentence."""
    ranked = sorted(range(12), key=lambda month: indexes[month])
    low, high = ranked[0], ranked[-1]
    return (
        f"The usual year, average month = 100. Highest: {MONTH_NAMES[high]}, {indexes[high]:.0f}; "
        f"lowest: {MONTH_NAMES[low]}, {indexes[low]:.0f}. All values follow as a table."
    )


def draw_profile(indexes: Sequence[float]) -> Markup:
    """Twelve bars from nought, January first; those at or above the average are dark, a dashed line is the average.

    `indexes` are 12 numbers with the average month = 100.
    """
    scale = (_FOOT - _TOP) / max(*indexes, 100)
    bars = "".join(_draw_bar(month, index, scale) for month, index in enumerate(indexes))
    y = _find_average(scale)
    line = f'<path d="M8 {y:.1f}H{_WIDTH - 8}" stroke="{_LINE}" stroke-width="1.5" stroke-dasharray="6 4"/>'
    label = f'<text x="8" y="16" fill="{_INK}">Index, average month = 100 (dashed line)</text>'
    drawing = Markup(label + bars + line)  # noqa: S704 - numbers and colours of our own
    svg = Markup('<svg class="wm-chart__svg" role="img" aria-label="{}" viewBox="0 0 {} {}">{}</svg>')
    return svg.format(describe_profile(indexes), _WIDTH, _HEIGHT, drawing)


def _find_average(scale: float) -> float:
    return _FOOT - 100 * scale


def _draw_bar(month: int, index: float, scale: float) -> str:
    x, height = 12 + month * _STEP, index * scale
    colour = _DARK if index >= 100 else _PALE
    middle, above = x + _BAR / 2, min(_FOOT - height, _find_average(scale))  # the line must not strike a number out
    return (
        f'<rect x="{x}" y="{_FOOT - height:.1f}" width="{_BAR}" height="{height:.1f}" fill="{colour}"/>'
        f'<text x="{middle}" y="{above - 8:.1f}" text-anchor="middle" fill="{_INK}">{index:.0f}</text>'
        f'<text x="{middle}" y="{_FOOT + 24}" text-anchor="middle" fill="{_INK}">{MONTH_NAMES[month][:3]}</text>'
    )
