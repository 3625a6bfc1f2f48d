"""How numbers are written for readers: one way for counts, rates, percentages, intervals and signs."""

import math

from wardmote.evidence.model.figures import MISSING_MARK, SUPPRESSED_MARK, Figure

MINUS = "\N{MINUS SIGN}"


def write_count(value: float) -> str:
    """31,389; halves and other fractions keep one decimal."""
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.1f}"


def write_rate(value: float) -> str:
    """112.1; below 10 two decimals, so that small rates can be told apart."""
    return f"{value:,.2f}" if abs(value) < 10 else f"{value:,.1f}"


def write_pct(value: float) -> str:
    """12.3%."""
    return f"{_sign(value, '')}{abs(value):,.1f}%"


def write_change(value: float, decimals: int = 1) -> str:
    """+5.2% or a true minus sign: the sign is part of what is said."""
    if math.isinf(value):
        return "no upper limit"
    return f"{_sign(value, '+', decimals)}{abs(value):,.{decimals}f}%"


def write_change_limits(low: float, high: float) -> str:
    """The limits of a change in per cent, with as many decimals as keep them apart from the nought that they leave out.

    >>> write_change_limits(-11.2, -0.03), write_change_limits(-11.2, 0.03)
    ('−11.20% to −0.03%', '−11.2% to 0.0%')
    """
    decimals = next((d for d in range(1, 5) if low <= 0 <= high or (round(low, d) and round(high, d))), 5)
    return " to ".join(write_change(one, decimals) for one in (low, high))


def _sign(value: float, plus: str, decimals: int = 1) -> str:
    rounded = round(value, decimals)
    return MINUS if rounded < 0 else plus if rounded > 0 else ""


def write_figure(figure: Figure) -> str:
    """The figure's value in its own unit, or the mark that says why there is none."""
    if figure.value is None:
        return SUPPRESSED_MARK if figure.state == "suppressed" else MISSING_MARK
    measure = dict(figure.dimensions).get("measure", "")
    if measure in ("change_pct", "trend_pct"):
        return write_change(figure.value)
    if figure.unit.startswith("%"):
        return write_pct(figure.value)
    if measure == "rank":
        return f"{figure.value:.0f} {figure.unit}"
    if measure == "generalised_gini":
        return f"{figure.value:.2f}"
    return write_rate(figure.value) if " per " in figure.unit else write_count(figure.value)


def write_interval(figure: Figure) -> str:
    """'110.9 to 113.4', in the figure's unit; empty where it has no interval."""
    if figure.interval is None:
        return ""
    low, high = figure.interval.low, figure.interval.high
    measure = dict(figure.dimensions).get("measure", "")
    if measure in ("change_pct", "trend_pct"):
        return write_change_limits(low, high)
    if measure == "rank":
        return f"{low:.0f} to {high:.0f}"
    if figure.unit.startswith("%"):
        return f"{write_pct(low)} to {write_pct(high)}"
    return f"{write_rate(low)} to {write_rate(high)}"
