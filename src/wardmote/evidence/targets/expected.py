"""Between which numbers is the next value likely to lie, if things go on as they have gone?"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from statistics import fmean, stdev

from scipy.special import stdtrit

from wardmote.evidence.targets.comparable import list_earlier
from wardmote.evidence.targets.plan import Basis, Indicator, Shape, Value
from wardmote.evidence.targets.prediction import predict_share, predict_total
from wardmote.evidence.targets.wording import write_number

#: At 0.95 one honest return in twenty would be asked about; at 0.99 one in a hundred.
EXPECTED_LEVEL = 0.99
#: Fewer earlier values say too little about how much a measure moves of itself.
LEAST_VALUES = 4
#: Older values speak of another time.
MOST_VALUES = 12
#: Nobody is asked about a percentage two points off, or a rate 5% off, however still the measure stood before.
LEAST_POINTS = 2.0
LEAST_SHARE = 0.05
SHARES: tuple[Shape, ...] = ("percent", "x_of_y")


@dataclass(frozen=True, slots=True)
class ExpectedRange:
    """Where a value is likely to lie, in the measure's unit; `level` is the chance that it does (0..1)."""

    low: float
    high: float
    level: float
    values_count: int
    is_percent: bool = False
    is_count: bool = False  # whole things, so that the limits are whole

    @property
    def words(self) -> str:
        """The limits as they are said: whole numbers as they are, others to one decimal.

        >>> ExpectedRange(11.98, 38.4, 0.99, 6, is_percent=True).words
        '11.9% to 38.4%'
        """
        sign = "%" if self.is_percent else ""
        low, high = self._limits
        return f"{write_number(low)}{sign} to {write_number(high)}{sign}"

    @property
    def sentence(self) -> str:
        """The range as a contributor reads it beforehand.

        >>> ExpectedRange(12, 38, 0.99, 6).sentence
        'Expected: 12 to 38, from the last 6 values (99 in 100 lie inside, if things go on as before).'
        """
        inside = f"{100 * self.level:g} in 100 lie inside, if things go on as before"
        return f"Expected: {self.words}, from the last {self.values_count} values ({inside})."

    def holds(self, number: float) -> bool:
        """Whether a number lies inside, the limits as they are said included."""
        low, high = self._limits
        return low <= number <= high

    @property
    def _limits(self) -> tuple[float, float]:
        """The limits as they are said, rounded away from each other so that nothing inside is called outside."""
        step = 1 if self.is_count or self.high >= 100 else 10
        # A limit of 12 may be 12.000000001 in the machine.
        return math.floor(round(self.low * step, 6)) / step, math.ceil(round(self.high * step, 6)) / step


def find_expected_range(
    indicator: Indicator,
    values: Sequence[Value] | None = None,
    *,
    start: date,
    end: date,
    basis: Basis = "quarter",
    measure: str = "",
    whole: float | None = None,
    level: float = EXPECTED_LEVEL,
) -> ExpectedRange | None:
    """Between which numbers is this row's value for a stretch likely to lie?

    Parameters
    ----------
    indicator : the row. values : its history where the row itself does not hold it (`gather_history`).
    start, end, basis, measure : the stretch that is asked for and what is counted.
    whole : the denominator of a percentage, where it is known already.
    level : the chance that an honest value lies inside, strictly between 0 and 1.

    Returns
    -------
    ExpectedRange in the measure's unit; None where fewer than four comparable values came before, where the last of
    them are words or parts, or where nothing they say would tell an odd value from a usual one.

    Notes
    -----
    The twelve latest values of the same measure and length of stretch. Two predictions are made and the wider limits
    taken: by chance alone (counts: negative binomial; shares of counts: beta-binomial, both with Jeffreys' prior), and
    by how much the values themselves vary (Student's t for one further value). No season, no trend: both widen the
    second.

    References
    ----------
    Gelman et al. (2014), Bayesian Data Analysis, 3rd ed., pp. 44 and 53; Hahn and Meeker (1991), Statistical Intervals,
    section 4.7 (one further observation from a normal distribution).
    """
    stretch = Value("", start, end, basis, measure=measure)
    past = list_past(values if values is not None else indicator.values, stretch)
    if len(past) < LEAST_VALUES:
        return None
    numbers = [value.best or 0.0 for value in past]
    chance = _predict_by_chance(past, whole, level)
    low, high = _predict_by_spread(numbers, level)
    if chance is not None:
        low, high = min(low, chance[0]), max(high, chance[1])
    shape = past[-1].shape
    is_count = shape == "count" and all(number == round(number) for number in numbers)
    found = ExpectedRange(*_widen(low, high, fmean(numbers), shape), level, len(past), shape in SHARES, is_count)
    says_nothing = shape in SHARES and found.low <= 0 and found.high >= 100
    return None if says_nothing else found


def find_range_for(value: Value, history: Sequence[Value], indicator: Indicator) -> ExpectedRange | None:
    """The expected range of a value that is there already, from what came before it."""
    if value.start is None or value.end is None:
        return None
    return find_expected_range(
        indicator, history, start=value.start, end=value.end, basis=value.basis, measure=value.measure,
        whole=value.whole,
    )  # fmt: skip


def list_past(values: Sequence[Value], stretch: Value) -> list[Value]:
    """List the comparable values before a stretch, in the latest's shape; a share is one with or without counts."""
    by_shape = {shape: list_earlier(values, replace(stretch, shape=shape)) for shape in _COMPARED}
    families = [[*by_shape["percent"], *by_shape["x_of_y"]], by_shape["count"], by_shape["rate"], by_shape["money"]]
    latest = max(families, key=lambda family: max((value.end or date.min for value in family), default=date.min))
    return sorted(latest, key=lambda value: value.end or date.min)[-MOST_VALUES:]


_COMPARED: tuple[Shape, ...] = ("percent", "x_of_y", "count", "rate", "money")


def _predict_by_chance(past: Sequence[Value], whole: float | None, level: float) -> tuple[float, float] | None:
    """The limits that chance alone would set; None where no whole counts lie behind the values."""
    if all(_is_sound_share(value) for value in past):
        return _predict_next_share(past, whole, level)
    numbers = [value.best or 0.0 for value in past]
    if past[-1].shape != "count" or any(number < 0 or number != round(number) for number in numbers):
        return None
    seen = sum(numbers)
    found = predict_total(seen, len(numbers), 1, operator=">=", level=0, confidence=level)
    return found.low - seen, found.high - seen


def _predict_next_share(past: Sequence[Value], whole: float | None, level: float) -> tuple[float, float]:
    """The share of the new cases alone: what is left of the share of all cases when those seen are taken out."""
    parts, wholes = sum(v.part or 0.0 for v in past), sum(v.whole or 0.0 for v in past)
    cases = max(round(whole if whole and whole > 0 else wholes / len(past)), 1)
    found = predict_share(parts, wholes, cases, operator=">=", level=0, confidence=level)
    low, high = (100 * (limit / 100 * (wholes + cases) - parts) / cases for limit in (found.low, found.high))
    return low, high


def _is_sound_share(value: Value) -> bool:
    return value.part is not None and bool(value.whole) and 0 <= value.part <= (value.whole or 0.0)


def _predict_by_spread(numbers: Sequence[float], level: float) -> tuple[float, float]:
    """One further value of a normal distribution: mean plus or minus t s sqrt(1 + 1/n)."""
    count, mean = len(numbers), fmean(numbers)
    half = float(stdtrit(count - 1, (1 + level) / 2)) * stdev(numbers) * math.sqrt(1 + 1 / count)
    return mean - half, mean + half


def _widen(low: float, high: float, mean: float, shape: Shape) -> tuple[float, float]:
    """The limits not nearer than anybody would ask about, and inside what the measure can be."""
    least = LEAST_POINTS if shape in SHARES else abs(mean) * LEAST_SHARE
    low, high = min(low, mean - least), max(high, mean + least)
    if shape == "money":
        return low, high
    return max(low, 0.0), min(high, 100.0) if shape in SHARES and mean <= 100 else high
