"""One indicator through time: months, rolling years, the usual shape of a year, the trend over years."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from wardmote.evidence.definitions.breaks import Break
from wardmote.evidence.definitions.indicators import get_indicator
from wardmote.evidence.indicators.compute import Evidence, compute_figures, compute_one
from wardmote.evidence.indicators.readings.breaks import SeriesBreaks, find_breaks
from wardmote.evidence.indicators.readings.measured import derive
from wardmote.evidence.indicators.tables.official import list_official_years
from wardmote.evidence.model.figures import Figure, Interval, Missing
from wardmote.evidence.model.periods import Month, Period
from wardmote.evidence.statistics.rolling import rolling_sum
from wardmote.evidence.statistics.seasonality import MonthProfile, month_profile
from wardmote.evidence.statistics.trend import NotEnoughYears, Trend, five_year_trend


@dataclass(frozen=True, slots=True)
class YearSeries:
    """Counts and rates of years in order, the breaks between them, and the trend over those that may be joined."""

    counts: tuple[Figure, ...]
    rates: tuple[Figure, ...]
    breaks: tuple[tuple[int, Break], ...]  # the break lies between year number i - 1 and i
    trend: Trend | NotEnoughYears | None

    @property
    def known(self) -> tuple[Figure, ...]:
        return tuple(f for f in self.counts if f.is_known)


def list_monthly(evidence: Evidence, indicator: str, area: str, period: Period) -> tuple[Figure, ...]:
    """The figure of each month of the period, each under its own id."""
    table = compute_figures(evidence, indicator, area, period, "month")
    by_month = {dict(f.dimensions)["month"]: f for f in table.figures}
    return tuple(_as_period(by_month[str(m)], Period.month(m)) for m in period.months)


def _as_period(figure: Figure, period: Period) -> Figure:
    return replace(figure, period=period, dimensions=())


def sum_rolling(monthly: Sequence[Figure]) -> tuple[Figure, ...]:
    """The twelve months that end with each month; a missing month makes every sum that holds it missing."""
    sums = rolling_sum([np.nan if f.value is None else f.value for f in monthly])
    return tuple(_rolling_figure(f, value) for f, value in zip(monthly, sums.tolist(), strict=True))


def _rolling_figure(figure: Figure, value: float) -> Figure:
    known = not np.isnan(value)
    why = Missing("month_missing", f"a month of the year that ends in {figure.period.title} is not held")
    return replace(
        figure,
        period=Period.rolling_year(figure.period.last),
        value=value if known else None,
        numerator=value if known else None,
        rows=round(value) if known else None,
        state="actual" if known else "missing",
        missing=None if known else why,
    )


def read_profile(monthly: Sequence[Figure]) -> MonthProfile:
    """The usual shape of a year in these months."""
    return month_profile([np.nan if f.value is None else f.value for f in monthly], monthly[0].period.first.number)


def read_years(
    evidence: Evidence, indicator: str, area: str, last: Period, breaks: Iterable[Break], *, years: int = 5
) -> YearSeries:
    """The last `years` years of an indicator up to `last`, whatever month they end in."""
    definition = get_indicator(get_indicator(indicator).count_id)
    span = [Period(last.first - 12 * back, last.last - 12 * back, last.kind) for back in range(years - 1, -1, -1)]
    if definition.numerator.table == "recorded_crime":
        counts = tuple(compute_one(evidence, definition.id, area, p) for p in span)
        rates = tuple(compute_one(evidence, definition.rate_id, area, p) for p in span)
    else:
        counts, rates = (_split_years(evidence, i, area, span) for i in (definition.id, definition.rate_id))
    found = find_breaks(evidence, definition, area, breaks)
    return YearSeries(counts, rates, _between_years(found, span), _fit(counts, rates, found, span))


def read_official_years(evidence: Evidence, indicator: str, area: str, breaks: Iterable[Break]) -> YearSeries:
    """The official years that end in one month of the year, oldest first; those not held between are missing.

    Releases end in different months. The month with most years is taken, of equals the one with the newest.
    """
    ends: dict[int, list[Period]] = {}
    for year in list_official_years(evidence.snapshot):
        ends.setdefault(year.last.number, []).append(year)
    if not ends:
        return YearSeries((), (), (), None)
    years = max(ends.values(), key=lambda held: (len(held), held[-1].last))
    length = (years[-1].last.ordinal - years[0].last.ordinal) // 12 + 1
    return read_years(evidence, indicator, area, years[-1], breaks, years=length)


def _split_years(evidence: Evidence, indicator: str, area: str, span: Sequence[Period]) -> tuple[Figure, ...]:
    """All financial years in one query; other years one by one."""
    if span[0].kind != "financial_year":
        return tuple(compute_one(evidence, indicator, area, p) for p in span)
    table = compute_figures(evidence, indicator, area, Period(span[0].first, span[-1].last), "year")
    by_year = {dict(f.dimensions)["year"]: f for f in table.figures}
    return tuple(_as_period(by_year[str(p)], p) for p in span)


def _between_years(found: SeriesBreaks, span: Sequence[Period]) -> tuple[tuple[int, Break], ...]:
    return tuple((i, b) for i, (one, two) in enumerate(pairwise(span), 1) if (b := found.refusal(one, two)))


def _fit(
    counts: Sequence[Figure], rates: Sequence[Figure], found: SeriesBreaks, span: Sequence[Period]
) -> Trend | NotEnoughYears:
    values = [np.nan if f.value is None else f.value for f in counts]
    people = [r.denominator.value if r.denominator else np.nan for r in rates]
    at = sorted({i for i, _ in _between_years(found, span)})
    usable = all(np.isnan(v) or not np.isnan(p) for v, p in zip(values, people, strict=True))
    exposure = [1.0 if np.isnan(p) else p for p in people] if usable else None
    return five_year_trend(values, exposure, breaks=at)


def derive_trend(series: YearSeries) -> Figure | None:
    """The trend as a figure, on the last year's count."""
    if not isinstance(series.trend, Trend):
        return None
    trend = series.trend
    first = series.counts[trend.fitted_years[0]].period
    return derive(
        series.counts[-1],
        "trend_pct",
        trend.change_pct_per_year,
        unit="% a year",
        against=str(first),
        interval=Interval(trend.low_pct, trend.high_pct, trend.level, "quasi-Poisson log-linear"),
    )


def span_of(end: Month, years: int = 5) -> Period:
    """The months of the `years` years that end with `end`."""
    return Period(end - (12 * years - 1), end)
