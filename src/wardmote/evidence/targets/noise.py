"""Is a movement more than noise? One sentence with the numbers, for every value a plan reports."""

import math
import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from scipy.special import chdtrc

from wardmote.evidence.statistics.change import CountChange, compare_counts, compare_counts_overdispersed
from wardmote.evidence.statistics.proportions import wilson_interval
from wardmote.evidence.statistics.spc import Rule, xmr_chart
from wardmote.evidence.targets.comparable import find_comparable, is_same_measure, is_year_before, list_earlier
from wardmote.evidence.targets.plan import Value
from wardmote.evidence.targets.statuses import DEFAULT_SETTINGS, Settings, Signal
from wardmote.evidence.targets.wording import write_number, write_percent

#: From so many values on, a control chart says more than any pair of them.
CHART_FROM = 12
#: So many earlier values tell how much a count varies of itself; fewer do not.
DISPERSION_FROM = 8

_UNTESTED_STATES = {
    "provisional": "Not tested: the value is provisional.",
    "projected": "Not tested: the value is a projection, not what happened.",
    "proxy": "Not tested: another measure stands in for this one.",
    "suspect": "Not tested: the source contradicts itself about this value.",
    "suppressed": "Not tested: the value is suppressed.",
}
_NOTHING_EARLIER = "One value only: nothing earlier on the same basis."
_LAST_YEAR = re.compile(r"\bsame[ _](quarter|period|point|month|time)[ _]last[ _]year\b", re.IGNORECASE)
_RULES: dict[Rule, str] = {
    "outside_limits": "outside the limits of common variation",
    "seven_point_trend": "part of seven values running one way",
    "two_of_three_near_limit": "one of two in three near a limit",
    "seven_on_one_side": "part of seven values on one side of the mean",
}


def judge_signal(
    value: Value,
    history: Sequence[Value] = (),
    *,
    target: float | None = None,
    settings: Settings = DEFAULT_SETTINGS,
) -> Signal:
    """Is the movement to this value from the comparable earlier one more than noise?

    Parameters
    ----------
    value : the value to judge; only what happened is tested, never a provisional or projected number.
    history : what was reported of the same measure, oldest first (`gather_history`); the value itself may be in it.
    target : the level the value is held to, in its own unit; a share of counts is then also held against it.
    settings : `level` of every interval; below `small_number` events in both periods together nothing is tested.

    Returns
    -------
    Signal : a code and one plain sentence with the numbers.

    Notes
    -----
    Twelve values or more: an XmR chart, with new limits where the measure changed. Shares of counts: Newcombe's
    interval of the difference. Counts: the exact conditional test of two Poisson counts; with eight earlier values that
    vary more than Poisson, the test widened by that. The same stretch last year goes before the previous one.

    References
    ----------
    Newcombe (1998), Stat. Med. 17, p. 873, method 10; Przyborowski and Wilenski (1940), Biometrika 31, p. 313.

    Examples
    --------
    >>> judge_signal(Value("2015-16 Q2", shape="x_of_y", part=25, whole=33), target=70).sentence
    'One value only: nothing earlier on the same basis. 25 of 33 is 75.8%: its 95% interval, 59% to 87%, includes the \
target of 70%.'
    """
    untested = _explain_untested(value)
    if untested:
        return Signal("not_tested", untested)
    charted = _judge_by_chart(value, history)
    signal = charted or _judge_pair(value, history, settings)
    beside = _describe_beside_target(value, target, settings.level)
    return Signal(signal.code, f"{signal.sentence} {beside}".strip())


def interval_of_difference(
    current: tuple[float, float], previous: tuple[float, float], level: float = 0.95
) -> tuple[float, float]:
    """Between which two values does the difference of two shares lie?

    Parameters
    ----------
    current, previous : (x, n) with 0 <= x <= n and n above 0.
    level : confidence level, strictly between 0 and 1.

    Returns
    -------
    low, high : limits of current share minus previous share, fractions from -1 to 1.

    Raises
    ------
    StatisticsError : x is larger than n, or something is negative.

    Notes
    -----
    The two Wilson intervals combined ("square and add"), so that it keeps a width when x is 0 or n.

    References
    ----------
    Newcombe (1998), Stat. Med. 17, p. 873, method 10.

    Examples
    --------
    Newcombe's first example, 56 of 70 against 48 of 80 (0.0524 to 0.3339):

    >>> low, high = interval_of_difference((56, 70), (48, 80))
    >>> round(low, 4), round(high, 4)
    (0.0524, 0.3339)
    """
    lows, highs = wilson_interval([current[0], previous[0]], [current[1], previous[1]], level)
    first, second = current[0] / current[1], previous[0] / previous[1]
    down = math.hypot(first - float(lows[0]), float(highs[1]) - second)
    up = math.hypot(float(highs[0]) - first, second - float(lows[1]))
    return first - second - down, first - second + up


def _explain_untested(value: Value) -> str:
    if value.state in _UNTESTED_STATES:
        return _UNTESTED_STATES[value.state]
    if value.state not in ("actual", "derived") or (value.best is None and not value.parts):
        return "Not tested: no number was reported."
    if value.shape in ("parts", "breakdown", "percent_change", "money"):
        return "Not tested: no counts printed."
    return ""


def _judge_by_chart(value: Value, history: Sequence[Value]) -> Signal | None:
    """Judge the value within its series, where that is long enough."""
    series = _draw_series(value, history)
    if len(series) < CHART_FROM or value not in series:
        return None
    breaks = [n for n in range(1, len(series)) if series[n].measure != series[n - 1].measure]
    chart = xmr_chart([other.best or 0.0 for other in series], rebase=breaks)
    place = series.index(value)
    rule = chart.first_rule[place]
    number, mean = write_number(value.best), write_number(float(chart.mean[place]))
    limits = f"{write_number(float(chart.low[place]))} to {write_number(float(chart.high[place]))}"
    words = f"is {_RULES[rule]}" if rule else "shows only common variation"
    since = len(series) - max((start for start in chart.starts if start <= place), default=0)
    sentence = f"On a control chart of {since} values, {number} {words} (mean {mean}, limits {limits})."
    return Signal("more_than_noise" if rule else "within_noise", sentence)


def _draw_series(value: Value, history: Sequence[Value]) -> list[Value]:
    """List the points of the value's series, up to it. A measure renamed goes on; measures side by side are apart."""
    known = [other for other in history if other.end and value.end and other.end <= value.end]
    series = [other for other in known if _belongs_on_chart(other, value)]
    if len({other.start for other in series}) < len(series):
        return [other for other in series if is_same_measure(other, value)]
    return series


def _belongs_on_chart(other: Value, value: Value) -> bool:
    alike = other.basis == value.basis and other.shape == value.shape
    separate = value.basis not in ("cumulative", "rolling12", "projected_year")
    return alike and separate and other.state in ("actual", "derived") and other.best is not None


def _judge_pair(value: Value, history: Sequence[Value], settings: Settings) -> Signal:
    earlier = find_comparable(history, value)
    printed = _read_printed_base(value)
    if printed is not None and (earlier is None or not is_year_before(earlier, value)):
        return _judge_counts(value, printed, [], settings)
    if earlier is None:
        return Signal("one_value", _NOTHING_EARLIER)
    if value.part is not None and value.whole and earlier.part is not None and earlier.whole:
        return _judge_shares(value, earlier, settings)
    if value.shape == "count":
        return _judge_counts(value, earlier, list_earlier(history, value), settings)
    return Signal("not_tested", "Not tested: no counts printed.")


def _read_printed_base(value: Value) -> Value | None:
    """Read last year's count from what is printed beside a value: the count itself, or the change on it."""
    if value.shape != "count" or value.number is None:
        return None
    if value.base is not None:
        return replace(value, period="the base printed beside it", number=value.base)
    if value.change_pct is None or value.change_pct <= -100 or not _LAST_YEAR.search(value.change_base):
        return None
    base = round(value.number / (1 + value.change_pct / 100))
    return replace(value, period=f"the same period last year (from the printed {value.change_pct:+g}%)", number=base)


def _judge_shares(value: Value, earlier: Value, settings: Settings) -> Signal:
    now, then = (value.part or 0.0, value.whole or 0.0), (earlier.part or 0.0, earlier.whole or 0.0)
    compared = f"{_write_share(*now)} after {_write_share(*then)} in {earlier.period}"
    if _is_impossible(*now) or _is_impossible(*then):
        return Signal("not_tested", "Not tested: a part is larger than its whole.")
    if now[0] + then[0] < settings.small_number:
        return Signal("too_few", f"{compared}: fewer than {settings.small_number:g} cases, too few to tell.")
    low, high = interval_of_difference(now, then, settings.level)
    limits = f"{_level(settings)} interval of the difference {_points(low)} to {_points(high)} points"
    if low > 0 or high < 0:
        return Signal("more_than_noise", f"{compared}: more than noise ({limits}).")
    return Signal("within_noise", f"{compared}: within noise ({limits}).")


def _judge_counts(value: Value, earlier: Value, before: Sequence[Value], settings: Settings) -> Signal:
    now, then = value.best or 0.0, earlier.best or 0.0
    compared = f"{write_number(now)} after {write_number(then)} in {earlier.period}"
    if now != round(now) or then != round(then) or min(now, then) < 0:
        return Signal("not_tested", "Not tested: not whole counts.")
    if now + then < settings.small_number:
        return Signal("too_few", f"{compared}: fewer than {settings.small_number:g} events, too few to tell.")
    change, how = _compare(now, then, [other.best or 0.0 for other in before], settings.level)
    ratio = f"{_level(settings)} interval of the ratio {_ratio(change.ratio_low)} to {_ratio(change.ratio_high)}; {how}"
    if change.ratio_low > 1 or change.ratio_high < 1:
        return Signal("more_than_noise", f"{compared}: more than noise ({ratio}).")
    return Signal("within_noise", f"{compared}: within noise ({ratio}).")


def _compare(now: float, then: float, before: Sequence[float], level: float) -> tuple[CountChange, str]:
    """Compare two counts by what the earlier values tell of their spread, and say which test it was."""
    if len(before) < DISPERSION_FROM:
        return compare_counts(now, then, level=level), "chance alone, taking events as independent"
    spread = _measure_dispersion(before, level)
    if spread is None:
        return compare_counts(now, then, level=level), f"chance alone, which the {len(before)} values before bear out"
    change = compare_counts_overdispersed(now, then, spread, level=level)
    return change, f"widened, as the {len(before)} values before vary {spread:.1f} times as much as chance"


def _measure_dispersion(counts: Sequence[float], level: float) -> float | None:
    """Return variance over mean where it is significantly more than Poisson's 1 (Fisher's index of dispersion)."""
    row = np.asarray(counts, dtype=np.float64)
    mean = float(row.mean())
    if mean <= 0:
        return None
    index = float(((row - mean) ** 2).sum() / mean)
    significant = float(chdtrc(row.size - 1, index)) < 1 - level
    return index / (row.size - 1) if significant else None


def _describe_beside_target(value: Value, target: float | None, level: float) -> str:
    if target is None or value.part is None or not value.whole or _is_impossible(value.part, value.whole):
        return ""
    limits = wilson_interval(value.part, value.whole, level)
    low, high = 100 * float(limits[0]), 100 * float(limits[1])
    verdict = "includes" if low <= target <= high else "lies wholly above" if low > target else "lies wholly below"
    interval = f"its {level * 100:g}% interval, {low:.0f}% to {high:.0f}%,"
    return f"{_write_share(value.part, value.whole)}: {interval} {verdict} the target of {write_percent(target)}."


def _write_share(part: float, whole: float) -> str:
    return f"{part:g} of {whole:g} is {100 * part / whole:.1f}%"


def _is_impossible(part: float, whole: float) -> bool:
    return part < 0 or part > whole


def _level(settings: Settings) -> str:
    return f"{settings.level * 100:g}%"


def _ratio(limit: float) -> str:
    """Write a ratio so that it never looks like 1 when it is not."""
    if math.isinf(limit):
        return "no limit"
    return f"{limit:.2f}" if abs(limit - 1) >= 0.005 else f"{limit:.4f}"


def _points(difference: float) -> str:
    """Write a difference of shares in points so that it never looks like 0 when it is not."""
    return f"{100 * difference:+.0f}" if abs(difference) >= 0.005 else f"{100 * difference:+.2f}"
