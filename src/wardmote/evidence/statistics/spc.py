"""Control charts for single values (XmR): is this month more than common cause?"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import ArrayLike

from wardmote.evidence.statistics.arrays import (
    BoolArray,
    FloatArray,
    as_floats,
    check_dimensions,
    check_whole,
    freeze,
)
from wardmote.evidence.statistics.errors import StatisticsError

# Three standard deviations over the 1.128 standard deviations that two neighbours differ by on average.
LIMIT_IN_RANGES = 2.66
# The same for moving ranges themselves: the largest that common cause gives, in mean moving ranges.
LARGEST_RANGE = 3.267
RUN_LENGTH = 7
ADVISED_POINTS = 13

Rule = Literal["outside_limits", "seven_point_trend", "two_of_three_near_limit", "seven_on_one_side"]
# In the order in which a point that breaks several is described.
RULES: tuple[Rule, ...] = (
    "outside_limits",
    "seven_point_trend",
    "two_of_three_near_limit",
    "seven_on_one_side",
)


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class XmrChart:
    """Centre, limits and the four flags of every point. `first_rule` names the first rule each point breaks.

    `starts` are the positions at which the limits are computed anew; `short_segments` those of the segments that
    have fewer than the advised 13 known points, whose limits are provisional.
    """

    values: FloatArray
    starts: tuple[int, ...]
    fix_after: int | None
    screens_outliers: bool
    mean: FloatArray
    low: FloatArray
    high: FloatArray
    near_low: FloatArray
    near_high: FloatArray
    outside_limits: BoolArray
    seven_point_trend: BoolArray
    two_of_three_near_limit: BoolArray
    seven_on_one_side: BoolArray
    is_special_cause: BoolArray
    first_rule: tuple[Rule | None, ...]
    short_segments: tuple[int, ...]


def xmr_chart(
    values: ArrayLike,
    *,
    rebase: Sequence[int] = (),
    fix_after: int | None = None,
    screen_outliers: bool = True,
) -> XmrChart:
    """Which points of this series are more than its common variation?

    Parameters
    ----------
    values : one value a period in order; nan for a missing one. Never rolling sums: they are not independent.
    rebase : positions at which the process is known to have changed; limits and rules start anew there.
    fix_after : take limits from the first so many points of each segment, and hold later ones against them.
    screen_outliers : leave moving ranges of 3.267 times their mean or more out of the limits, once.

    Returns
    -------
    XmrChart : mean, limits (mean +/- 2.66 mean moving range), near limits (two thirds of that), and for every point
        four flags. Each member of a run is flagged, not only the last.

    Raises
    ------
    StatisticsError : not one row, a rebase outside the series, fix_after not a whole number of at least 2.

    Notes
    -----
    The rules: outside the limits; seven points strictly rising or falling (a tie ends it); two of three between near
    limit and limit with all three on that side of the mean; seven on one side (a point on the mean ends it). A missing
    value has no flag, ends every run, and gives no moving range. The lower limit is not cut off at 0. If nothing ever
    varies the limits lie on the mean. Fewer than 13 points: see `short_segments`.

    References
    ----------
    Shewhart (1931); Wheeler and Chambers (1992), Understanding Statistical Process Control; NHS England, Making Data
    Count; NHSRplotthedots 0.2.2.

    Examples
    --------
    >>> chart = xmr_chart([10, 12, 11, 9, 10, 11, 12, 10, 9, 11, 10, 12, 30])
    >>> chart.first_rule[-1], chart.short_segments
    ('outside_limits', ())
    """
    points = as_floats(values, name="values")
    check_dimensions(points, 1, name="values")
    if fix_after is not None:
        check_whole(fix_after, name="fix_after", least=2)
    starts = _read_starts(rebase, points.size)
    lines = np.full((5, points.size), np.nan)
    flags = np.zeros((4, points.size), dtype=np.bool_)
    short: list[int] = []
    for start, stop in zip(starts, (*starts[1:], points.size), strict=True):
        segment = points[start:stop]
        lines[:, start:stop] = _compute_lines(segment[:fix_after], screen_outliers)[:, None]
        flags[:, start:stop] = _apply_rules(segment, lines[:, start:stop])
        if (~np.isnan(segment)).sum() < ADVISED_POINTS:
            short.append(start)
    mean, low, high, near_low, near_high = (freeze(line.copy()) for line in lines)
    outside, trend, two_of_three, one_side = (freeze(flag.copy()) for flag in flags)
    return XmrChart(
        values=points,
        starts=starts,
        fix_after=fix_after,
        screens_outliers=screen_outliers,
        mean=mean,
        low=low,
        high=high,
        near_low=near_low,
        near_high=near_high,
        outside_limits=outside,
        seven_point_trend=trend,
        two_of_three_near_limit=two_of_three,
        seven_on_one_side=one_side,
        is_special_cause=freeze(flags.any(axis=0)),
        first_rule=tuple(_name_first_rule(column) for column in flags.T),
        short_segments=tuple(short),
    )


def _compute_lines(points: FloatArray, screen_outliers: bool) -> FloatArray:
    """Return mean, low, high, near low and near high of one segment."""
    mean = _mean_of_known(points)
    ranges = np.abs(np.diff(points))
    mean_range = _mean_of_known(ranges)
    if screen_outliers and mean_range > 0:
        mean_range = _mean_of_known(ranges[ranges < LARGEST_RANGE * mean_range])
    reach = LIMIT_IN_RANGES * mean_range
    near = reach * 2 / 3
    return np.array([mean, mean - reach, mean + reach, mean - near, mean + near])


def _apply_rules(points: FloatArray, lines: FloatArray) -> BoolArray:
    mean, low, high, near_low, near_high = lines
    outside = (points < low) | (points > high)
    near = ~outside & ((points < near_low) | (points > near_high))
    side = np.nan_to_num(np.sign(points - mean))
    return np.array([outside, _find_trends(points), _find_two_of_three(near, side), _find_one_side(side)])


def _find_trends(points: FloatArray) -> BoolArray:
    """Flag every member of seven points whose six steps all go the same way."""
    steps = np.nan_to_num(np.sign(np.diff(points)))
    return _flag_members(np.abs(_sum_windows(steps, RUN_LENGTH - 1)) == RUN_LENGTH - 1, RUN_LENGTH, points.size)


def _find_one_side(side: FloatArray) -> BoolArray:
    return _flag_members(np.abs(_sum_windows(side, RUN_LENGTH)) == RUN_LENGTH, RUN_LENGTH, side.size)


def _find_two_of_three(near: BoolArray, side: FloatArray) -> BoolArray:
    """Flag the points near the limit in every three of which two are near it and all lie on one side."""
    crowded = _sum_windows(near.astype(np.float64), 3) >= 2
    return near & _flag_members(crowded & (np.abs(_sum_windows(side, 3)) == 3), 3, near.size)


def _sum_windows(values: FloatArray, width: int) -> FloatArray:
    if values.size < width:
        return np.empty(0)
    return sliding_window_view(values, width).sum(axis=1)


def _flag_members(hits: BoolArray, width: int, size: int) -> BoolArray:
    """Return the points that belong to any window that is a hit; `hits` are the windows' first points."""
    flags = np.zeros(size, dtype=np.bool_)
    for start in np.flatnonzero(hits):
        flags[start : start + width] = True
    return flags


def _mean_of_known(values: FloatArray) -> float:
    known = values[~np.isnan(values)]
    return float(known.mean()) if known.size else float("nan")


def _name_first_rule(broken: BoolArray) -> Rule | None:
    return RULES[int(np.argmax(broken))] if broken.any() else None


def _read_starts(rebase: Sequence[int], length: int) -> tuple[int, ...]:
    starts = tuple(sorted({0, *(int(position) for position in rebase)}))
    if starts[0] < 0 or (length and starts[-1] >= length):
        raise StatisticsError(
            f"a rebase at position {starts[-1] if starts[0] == 0 else starts[0]} of {length} points",
            expected=f"1 to {length - 1}, the first point of the changed process",
        )
    return starts
