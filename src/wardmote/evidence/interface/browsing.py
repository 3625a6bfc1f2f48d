"""Questions of somebody who looks around: what there is, what is loaded, and one indicator by itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wardmote.evidence.definitions.indicators import IndicatorDefinition
    from wardmote.evidence.definitions.sources import SourceDefinition
    from wardmote.evidence.indicators.compute import Evidence
    from wardmote.evidence.indicators.finding import Found
    from wardmote.evidence.indicators.holdings import Holding
    from wardmote.evidence.indicators.readings.breaks import SeriesBreaks
    from wardmote.evidence.model.areas import Area
    from wardmote.evidence.model.figures import Figure
    from wardmote.evidence.model.periods import Period
    from wardmote.evidence.statistics.seasonality import MonthProfile


def search_indicators(evidence: Evidence | None, words: str) -> Found:
    """Which indicators have all these words; where none has, which are near."""
    from wardmote.evidence.indicators import finding

    return finding.search_indicators(evidence.snapshot if evidence else None, words)


def list_holdings(evidence: Evidence, area: str) -> tuple[Holding, ...]:
    """What is held of each source for an area, and which months of it are missing."""
    from wardmote.evidence.indicators import holdings

    return evidence.places.recall(("holdings", area), lambda: holdings.list_holdings(evidence, area))


def resolve_area(evidence: Evidence, text: str) -> Area:
    """The area of that code or name. Raises UsageError that names near ones where nothing knows it."""
    from wardmote.evidence.indicators import known

    return evidence.places.recall(("named", text), lambda: known.resolve_area(evidence, text))


def find_source(evidence: Evidence, indicator: IndicatorDefinition) -> SourceDefinition:
    """Who publishes an indicator's source, under which licence, and what is known to be wrong with it.

    Of a partner's records the publisher and the licence are those that the mapping file of the dataset names.
    """
    from wardmote.evidence.indicators import described

    name = indicator.id
    return evidence.places.recall(("source", name), lambda: described.describe_source(evidence.snapshot, indicator))


def list_splits(indicator: IndicatorDefinition) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """By which steps of time, and by what else, an indicator can be split."""
    from wardmote.evidence.indicators.readings import browsing

    return browsing.list_splits(indicator)


def count_most_cells(evidence: Evidence, indicator: str, area: str, period: Period, by: str) -> int:
    """At most how many figures an answer has, before anything is counted. Raises UsageError for an unknown split."""
    from wardmote.evidence.indicators.readings import browsing

    return browsing.count_most_cells(evidence, indicator, area, period, by)


def list_series(evidence: Evidence, indicator: str, area: str) -> tuple[Figure, ...]:
    """An indicator month by month, or year by year, as far as it is held; missing ones stand without a value."""
    from wardmote.evidence.indicators.readings import browsing

    return evidence.places.recall(("series", indicator, area), lambda: browsing.list_series(evidence, indicator, area))


def find_series_breaks(evidence: Evidence, indicator: str, area: str) -> SeriesBreaks:
    """Which breaks touch an indicator in an area."""
    from wardmote.evidence.indicators.readings import browsing

    return browsing.find_series_breaks(evidence, indicator, area)


def place_breaks(found: SeriesBreaks, series: Sequence[Figure]) -> Mapping[int, str]:
    """Before which figure of a series each break lies, with what happened."""
    from wardmote.evidence.indicators.readings import browsing

    return browsing.place_breaks(found, series)


def read_month_profile(series: Sequence[Figure]) -> MonthProfile:
    """The usual shape of a year in a series of months."""
    from wardmote.evidence.indicators.readings.series import read_profile

    return read_profile(series)


def mark_small(evidence: Evidence, indicator: str, figures: Sequence[Figure]) -> tuple[Figure, ...]:
    """The figures as the partnership may read them: a partner's small numbers are marked 'do not publish'."""
    from wardmote.evidence.reports import small_numbers

    return small_numbers.mark_small(evidence, indicator, figures)
