"""Two periods of one indicator compared: what changed, whether more than noise, and when it must not be compared."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from wardmote.evidence.definitions.breaks import Break, list_breaks
from wardmote.evidence.definitions.indicators import get_indicator
from wardmote.evidence.indicators.compute import Evidence, compute_figures, compute_one
from wardmote.evidence.indicators.forces import find_force, months_held
from wardmote.evidence.indicators.readings.breaks import find_breaks
from wardmote.evidence.indicators.readings.measured import derive
from wardmote.evidence.model.errors import UsageError
from wardmote.evidence.model.figures import Figure, Interval, Missing
from wardmote.evidence.model.periods import Month, Period
from wardmote.evidence.statistics.change import (
    CountChange,
    Direction,
    compare_counts,
    compare_counts_overdispersed,
    describe_direction,
)
from wardmote.evidence.statistics.dispersion import overdispersion

_NO_EXPOSURE = 1.0  # bare counts are counts per one


@dataclass(frozen=True, slots=True)
class Comparison:
    """A count of two periods, and of their rates where residents are known.

    `change` is None exactly when `refused` says why the two may not be compared. `spread` is the variance over mean of
    the monthly counts that the test allows for (1 where none are held), `spread_of` says which months those are.
    """

    current: Figure
    previous: Figure
    current_rate: Figure | None
    previous_rate: Figure | None
    change: CountChange | None
    refused: Missing | None = None
    cautions: tuple[str, ...] = ()
    spread: float = 1.0
    spread_of: str = ""

    @property
    def direction(self) -> Direction | None:
        """The only word of direction that the figures earn; None where they may not be compared."""
        return describe_direction(self.change) if self.change else None

    @property
    def is_per_resident(self) -> bool:
        """Are the two compared as rates? Also where one estimate of residents stands in for both."""
        return self.change is not None and self.change.current_exposure != _NO_EXPOSURE


def compare_periods(
    evidence: Evidence,
    indicator: str,
    area: str,
    current: Period,
    previous: Period | None = None,
    *,
    breaks: Iterable[Break] | None = None,
) -> Comparison:
    """Did the count change from `previous` (default: a year earlier) to `current`, by more than noise?

    The counts are compared per resident where both periods have residents, else as they are. Months that vary more
    than chance alone would make the test as cautious as they ask. Refused: a count that is missing, periods of
    different length or season, a break in recording between them. See docs/methods/comparisons.md.
    Reference: Przyborowski and Wilenski (1940) for the exact test; McCullagh and Nelder (1989), section 6.2, for
    over-dispersion.
    """
    definition = get_indicator(get_indicator(indicator).count_id)
    earlier = previous or current.previous()
    now, before = (compute_one(evidence, definition.id, area, period) for period in (current, earlier))
    rates = _find_rates(evidence, definition.rate_id, area, current, earlier)
    found = find_breaks(evidence, definition, area, list_breaks() if breaks is None else breaks)
    barrier = found.refusal(earlier, current)
    refused = _refuse_unlike(current, earlier) or _refuse_break(barrier) or _refuse_missing(now, before)
    if refused:
        return Comparison(now, before, *rates, None, refused)
    spread, spread_of = measure_spread(evidence, definition.id, area, earlier)
    change = _test(now, before, rates, spread)
    return Comparison(now, before, *rates, change, None, found.cautions(earlier, current), spread, spread_of)


def _find_rates(
    evidence: Evidence, rate_id: str, area: str, current: Period, previous: Period
) -> tuple[Figure | None, Figure | None]:
    try:
        get_indicator(rate_id)
    except UsageError:
        return None, None
    found = [compute_one(evidence, rate_id, area, period) for period in (current, previous)]
    return found[0], found[1]


def _refuse_unlike(current: Period, previous: Period) -> Missing | None:
    if current.length == previous.length and current.first.number == previous.first.number:
        return None
    return Missing("not_enough", f"{current} and {previous} do not cover the same months of the year")


def _refuse_break(barrier: Break | None) -> Missing | None:
    return Missing("break_in_series", f"{barrier.sentence} {barrier.action}") if barrier else None


def _refuse_missing(current: Figure, previous: Figure) -> Missing | None:
    for figure in (current, previous):
        if figure.missing:
            return Missing(figure.missing.code, figure.missing.why)
    return None


def measure_spread(evidence: Evidence, indicator: str, area: str, period: Period) -> tuple[float, str]:
    """How many times as much as chance do the twelve months vary, and which months were judged?

    Those of `period` where it is a year. For a part-year the newest twelve on end stand in, and for official tables,
    which give years only, the newest twelve of the street-level data of the same offence. 1 where none are held.
    """
    definition = get_indicator(indicator)
    name = indicator.removeprefix("official_") if definition.numerator.table == "recorded_crime" else indicator
    try:
        monthly = get_indicator(name)
    except UsageError:
        return 1.0, ""
    if monthly.numerator.table not in ("street_counts", "outcome_counts"):
        return 1.0, ""
    year = period if name == indicator and period.is_year else newest_full_year(evidence, name, area)
    if year is None:
        return 1.0, ""
    months = compute_figures(evidence, name, area, year, "month").figures
    counts = [f.value for f in months if f.value is not None]
    if len(counts) < len(months):
        return 1.0, ""
    result = overdispersion(counts)
    return (result.variance_to_mean if result.is_significant else 1.0), year.title


def newest_full_year(evidence: Evidence, indicator: str, area: str) -> Period | None:
    """The latest twelve months on end that are held for the area, whatever month they start in."""
    held = list_months(evidence, indicator, area)
    ends = sorted((m for m in held if all(m - back in held for back in range(12))), reverse=True)
    return Period.rolling_year(ends[0]) if ends else None


def list_months(evidence: Evidence, indicator: str, area: str) -> frozenset[Month]:
    """The months of the area's own force that are held for a street-level or outcome indicator."""
    table = get_indicator(indicator).numerator.table
    return months_held(evidence.snapshot, table, find_force(evidence.snapshot, evidence.places, area, table))


def _test(now: Figure, before: Figure, rates: tuple[Figure | None, Figure | None], spread: float) -> CountChange:
    counts = (now.value or 0.0, before.value or 0.0)  # a missing one was refused before
    people = [r.denominator.value if r and r.denominator else None for r in rates]
    exposures = (people[0], people[1]) if people[0] and people[1] else (_NO_EXPOSURE, _NO_EXPOSURE)
    if spread > 1:
        return compare_counts_overdispersed(
            *counts, spread, current_exposure=exposures[0] or 1, previous_exposure=exposures[1] or 1
        )
    return compare_counts(*counts, exposures[0] or 1, exposures[1] or 1)


def derive_change(comparison: Comparison) -> Figure:
    """How much did the count itself change, in per cent?

    The interval is that of the tested ratio, with the residents of both periods taken as known.
    """
    change = comparison.change
    if change is None:
        return _derive(comparison, comparison.current, None, None)
    share = change.current_exposure / change.previous_exposure
    limits = tuple(100 * (share * ratio - 1) for ratio in (change.ratio_low, change.ratio_high))
    return _derive(comparison, comparison.current, change.change_pct, (limits[0], limits[1]))


def derive_rate_change(comparison: Comparison) -> Figure:
    """How much did it change per resident, in per cent? Of the count where the residents are not known.

    The interval is that of the tested ratio.
    """
    change, rate = comparison.change, comparison.current_rate
    if rate is None or (change is not None and not comparison.is_per_resident):
        return derive_change(comparison)
    if change is None:
        return _derive(comparison, rate, None, None)
    limits = 100 * (change.ratio_low - 1), 100 * (change.ratio_high - 1)
    is_known = change.change_pct == change.change_pct  # from none no percentage can be given
    return _derive(comparison, rate, change.rate_change_pct if is_known else None, limits)


def _derive(comparison: Comparison, figure: Figure, value: float | None, limits: tuple[float, float] | None) -> Figure:
    """A change as a figure; `limits` None where none may be worked out."""
    change, against = comparison.change, str(comparison.previous.period)
    if change is None or limits is None:
        return derive(figure, "change_pct", None, unit="%", against=against, missing=comparison.refused)
    is_of_count = figure is comparison.current
    return derive(
        figure, "change_pct", None if value is None or math.isnan(value) else value, unit="%", against=against,
        interval=Interval(*limits, change.level, change.method), numerator=change.difference if is_of_count else None,
        notes=_describe_test(comparison, "of the counts" if is_of_count else "per resident"),
    )  # fmt: skip


def _describe_test(comparison: Comparison, per: str) -> tuple[str, ...]:
    spread = (
        f"months vary {comparison.spread:.1f} times as much as chance alone ({comparison.spread_of}); the test allows "
        "for it"
        if comparison.spread > 1
        else "tested as counts that vary by chance alone"
    )
    return (f"change {per}", spread, *comparison.cautions)
