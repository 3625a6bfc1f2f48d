"""What a ranking shows: places by rate with how sure each place is, as rows and as a drawing of the intervals."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlencode

from markupsafe import Markup

from wardmote.web.foundation.design.charts import Scale
from wardmote.web.foundation.design.run_charts import choose_ticks
from wardmote.web.foundation.design.words import say_number
from wardmote.web.observatory.places.numbers import (
    MISSING,
    SUPPRESSED,
    say_place,
    write_count,
    write_limits,
    write_rate,
)

if TYPE_CHECKING:
    from wardmote.evidence.interface import RankedPlace, Ranking

#: From a value to its place along the axis.
Across = Callable[[float], float]
#: More rows than this are a table, and the drawing holds the highest of them.
MOST_DRAWN = 30
#: More rows than this are shown when asked for, or a county's small areas would take long to come.
MOST_ROWS = 250


@dataclass(frozen=True, slots=True)
class RankRow:
    """One line of the table, as it is read."""

    code: str
    name: str
    place: str
    rate: str
    limits: str
    steadied: str
    count: str
    is_small: bool
    is_own: bool
    why: str
    traced: str = ""


def read_rows(ranking: "Ranking", *, small_number: float, tracing: str) -> tuple[RankRow, ...]:
    """The table's lines; counts below the partnership's small number are marked.

    `tracing` is the address of the page that traces a figure.
    """
    rows = (_read_row(row, ranking, small_number) for row in ranking.rows)
    return tuple(
        replace(row, traced=f"{tracing}?{urlencode({'id': place.figure_id})}" if tracing and place.figure_id else "")
        for row, place in zip(rows, ranking.rows, strict=True)
    )


def _read_row(row: "RankedPlace", ranking: "Ranking", small_number: float) -> RankRow:
    mark = SUPPRESSED if row.is_suppressed else MISSING
    has_place = row.rank is not None and row.rank_low is not None and row.rank_high is not None
    return RankRow(
        row.code, row.name,
        say_place(row.rank or 0, row.rank_low or 0, row.rank_high or 0) if has_place else "no place",
        mark if row.rate is None else write_rate(row.rate), write_limits(row.low, row.high),
        "" if row.steadied is None else write_rate(row.steadied), mark if row.count is None else write_count(row.count),
        row.count is not None and row.count < small_number, row.code == ranking.own, row.why,
    )  # fmt: skip


def say_own_place(ranking: "Ranking") -> str:
    """Where the area itself stands among its peers."""
    own = next((row for row in ranking.ranked if row.code == ranking.own), None)
    if own is None or own.rate is None:
        return ""
    place = say_place(own.rank or 0, own.rank_low or 0, own.rank_high or 0)
    return f"{own.name} is {place} of {len(ranking.ranked)} ({write_rate(own.rate)} {ranking.unit})."


def count_clear(ranking: "Ranking") -> tuple[int, int]:
    """How many places lie surely above the median of all, and how many surely below, by their own intervals?"""
    median = ranking.median
    if median is None:
        return 0, 0
    above = sum(1 for row in ranking.rows if row.low is not None and row.low > median)
    below = sum(1 for row in ranking.rows if row.high is not None and row.high < median)
    return above, below


# -- the drawing ------------------------------------------------------------------------------------------------
class Sheet(NamedTuple):
    """How wide a drawing is, where its axis runs, and whether names stand above the marks."""

    width: int
    left: int
    right: int
    row: int
    is_stacked: bool


WIDE = Sheet(760, 250, 690, 26, is_stacked=False)
NARROW = Sheet(320, 8, 306, 44, is_stacked=True)
TOP, FOOT = 34, 30


def draw_ranking(ranking: "Ranking") -> Markup:
    """The rates with their intervals, highest first, in a drawing for a desk and one for a phone."""
    rows = choose_drawn(ranking)
    if not rows:
        return Markup("")
    words = describe_ranking(ranking)
    return Markup(
        '<div class="wm-ranking"><div class="wm-ranking__wide">{}</div><div class="wm-ranking__narrow">{}</div></div>'
    ).format(_draw(rows, ranking, WIDE, words), _draw(rows, ranking, NARROW, words))


def choose_drawn(ranking: "Ranking") -> "list[RankedPlace]":
    """The highest, and the area itself where it is not among them."""
    known = [row for row in ranking.rows if row.rate is not None]
    own = [row for row in known[MOST_DRAWN:] if row.code == ranking.own]
    return known[: MOST_DRAWN - len(own)] + own


def describe_ranking(ranking: "Ranking") -> str:
    """The drawing in words."""
    known = [row for row in ranking.rows if row.rate is not None]
    highest = "; ".join(f"{row.name} {write_rate(row.rate or 0)}" for row in known[:3])
    lowest = f" Lowest: {known[-1].name} {write_rate(known[-1].rate or 0)}." if len(known) > 3 else ""
    return f"{ranking.title}, {ranking.unit}. Highest: {highest}.{lowest} All values stand in the table."


def _draw(rows: "list[RankedPlace]", ranking: "Ranking", sheet: Sheet, words: str) -> Markup:
    tops = [value for row in rows for value in (row.rate, row.high) if value is not None]
    ticks = choose_ticks(0, max([*tops, ranking.median or 0, 1e-6]), 4)
    scale = Scale(0, 1, sheet.left, sheet.right, 0, 1, 2)
    height = TOP + sheet.row * len(rows) + FOOT

    def across(value: float) -> float:
        return round(scale.x(value / ticks[-1]), 1)

    parts = [_draw_axis(ticks, across, sheet, height), _draw_median(ranking.median, across, height, sheet)]
    parts += [_draw_row(row, at, across, sheet, is_own=row.code == ranking.own) for at, row in enumerate(rows)]
    svg = Markup('<svg class="wm-rank" role="img" aria-label="{}" viewBox="0 0 {} {}">{}</svg>')
    return svg.format(words, sheet.width, height, Markup("").join(parts))


def _draw_axis(ticks: list[float], across: Across, sheet: Sheet, height: int) -> Markup:
    decimals = max(len(f"{tick:.10f}".rstrip("0").partition(".")[2]) for tick in ticks)
    line = Markup(
        '<path class="wm-grid" d="M{x} {top}V{foot}"/><text x="{x}" y="{y}" text-anchor="{anchor}">{t}</text>'
    )
    parts = []
    for number, tick in enumerate(ticks):
        x = across(tick)
        anchor = "start" if number == 0 and sheet.is_stacked else "end" if tick == ticks[-1] else "middle"
        parts.append(
            line.format(
                x=x, top=TOP - 4, foot=height - FOOT, y=height - 10, anchor=anchor, t=say_number(tick, decimals)
            )
        )
    return Markup("").join(parts)


def _draw_median(median: float | None, across: Across, height: int, sheet: Sheet) -> Markup:
    if median is None:
        return Markup("")
    x = across(median)
    anchor = "start" if x < (sheet.left + sheet.right) / 2 else "end"
    return Markup(
        '<path class="wm-median" d="M{x} {top}V{foot}"/>'
        '<text x="{x}" y="{y}" text-anchor="{anchor}">Median {words}</text>'
    ).format(x=x, top=TOP - 10, foot=height - FOOT, y=TOP - 15, anchor=anchor, words=write_rate(median))


def _draw_row(row: "RankedPlace", at: int, across: Across, sheet: Sheet, *, is_own: bool) -> Markup:
    middle = TOP + sheet.row * at + (sheet.row - 12 if sheet.is_stacked else sheet.row / 2)
    label = _shorten(f"{row.rank}. {row.name}" if row.rank else row.name, 34 if not sheet.is_stacked else 32)
    name_at = (4, middle - 14, "start") if sheet.is_stacked else (sheet.left - 14, middle + 5, "end")
    text = Markup('<text x="{}" y="{}" text-anchor="{}"{}>{}</text>')
    bold = Markup(' class="wm-rank__own"') if is_own else ""
    value_at = (sheet.width - 6, name_at[1]) if sheet.is_stacked else (sheet.width - 6, middle + 5)
    x = across(row.rate or 0.0)
    whisker = Markup("")
    if row.low is not None and row.high is not None:
        low, high = across(row.low), across(row.high)
        whisker = Markup('<path class="wm-whisker" d="M{l} {m}H{h}M{l} {a}V{b}M{h} {a}V{b}"/>').format(
            l=low, h=high, m=middle, a=middle - 4, b=middle + 4
        )
    dot = f'<path class="wm-rank__mark" d="M{x} {middle - 8}l8 8l-8 8l-8 -8Z"/>' if is_own else (
        f'<circle class="wm-rank__dot" cx="{x}" cy="{middle}" r="5"/>'
    )  # fmt: skip
    return (
        text.format(*name_at, bold, label)
        + whisker
        + Markup(dot)  # noqa: S704 - numbers of our own
        + text.format(*value_at, "end", bold, write_rate(row.rate or 0))
    )


def _shorten(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "\N{HORIZONTAL ELLIPSIS}"
