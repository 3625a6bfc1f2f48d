"""One indicator looked at by itself: how it may be split and how far, its series, and the breaks that touch it."""

from collections.abc import Sequence

from wardmote.evidence.definitions.breaks import list_breaks
from wardmote.evidence.definitions.indicators import IndicatorDefinition, get_indicator
from wardmote.evidence.indicators.answers import time_slices
from wardmote.evidence.indicators.compute import Evidence, compute_one
from wardmote.evidence.indicators.places import Places
from wardmote.evidence.indicators.questions import BREAKDOWNS_OF_TABLE, PLACE_KINDS, TIME_BREAKDOWNS, parse_breakdown
from wardmote.evidence.indicators.readings.breaks import SeriesBreaks, find_breaks
from wardmote.evidence.indicators.readings.series import list_monthly
from wardmote.evidence.indicators.readings.spans import list_held_months, list_periods
from wardmote.evidence.model.errors import UsageError
from wardmote.evidence.model.figures import Figure
from wardmote.evidence.model.periods import Month, Period

#: So many months are drawn: seven years can still be read.
MOST_MONTHS = 84
MOST_YEARS = 15
#: Splits that a reader of one indicator asks for. Partnerships and forces are larger than the areas asked about.
_OFFERED = ("offence", "offence_group", "outcome", "category", "ward", "district", "lsoa")
_FEWEST_SMALL_AREAS_OF_A_WARD = 2


def list_splits(indicator: IndicatorDefinition) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The steps of time and the other splits that the indicator's table can answer."""
    allowed = BREAKDOWNS_OF_TABLE[indicator.numerator.table]
    return tuple(n for n in TIME_BREAKDOWNS if n in allowed), tuple(n for n in _OFFERED if n in allowed)


def count_most_cells(evidence: Evidence, indicator: str, area: str, period: Period, by: str) -> int:
    """At most how many figures has the answer? Told before anything is counted."""
    definition = get_indicator(indicator)
    asked = parse_breakdown(by, definition)
    slices = len(time_slices(asked.time, period)) if asked.time else 1
    categories = sum(len(_list_categories(evidence, definition, name)) for name in asked.categories) or 1
    return slices * categories * _count_places(evidence.places, area, asked.place.kind if asked.place else "")


def _list_categories(evidence: Evidence, definition: IndicatorDefinition, name: str) -> Sequence[str]:
    numerator = definition.numerator
    if name == "offence" and numerator.offence:
        mapping = evidence.tree.find_mapping(numerator.source, numerator.offence)
        return mapping.categories if mapping else ()
    if name == "offence_group":
        return [group.id for group in evidence.tree.groups()]
    return ["one of about two dozen outcomes or categories"] * 24


def _count_places(places: Places, area: str, kind: str) -> int:
    if kind not in PLACE_KINDS:
        return 1
    try:
        small_areas = len(places.get_members(area).codes)
    except UsageError:
        return 1
    if kind == "lsoa":
        return small_areas
    if kind == "district":
        return max(len(places.get_districts(area)), 1)
    return max(small_areas // _FEWEST_SMALL_AREAS_OF_A_WARD, 1)


def list_series(evidence: Evidence, indicator: str, area: str) -> tuple[Figure, ...]:
    """The indicator through all that is held: month by month, or year by year where its source gives years.

    Months that are missing between the first and the last held are there without a value. Empty where nothing is held.
    """
    if "month" not in BREAKDOWNS_OF_TABLE[get_indicator(indicator).numerator.table]:
        years = list_periods(evidence, indicator, area)[:MOST_YEARS]
        return tuple(compute_one(evidence, indicator, area, year) for year in reversed(years))
    held = list_held_months(evidence, indicator, area) or _list_months_of_years(evidence, indicator, area)
    if not held:
        return ()
    last = max(held)
    return list_monthly(evidence, indicator, area, Period(max(min(held), last - (MOST_MONTHS - 1)), last))


def _list_months_of_years(evidence: Evidence, indicator: str, area: str) -> frozenset[Month]:
    return frozenset(month for year in list_periods(evidence, indicator, area) for month in year)


def find_series_breaks(evidence: Evidence, indicator: str, area: str) -> SeriesBreaks:
    """The breaks of the catalogue that touch the indicator here."""
    return find_breaks(evidence, get_indicator(indicator), area, list_breaks())


def place_breaks(found: SeriesBreaks, series: Sequence[Figure]) -> dict[int, str]:
    """Before which of the figures does each break lie, and what happened? A transition breaks at both its ends."""
    placed: dict[int, str] = {}
    for item in found.own:
        starts = {item.first, item.last + 1 if item.last != item.first else item.first}
        for index, figure in enumerate(series[1:], start=1):
            if any(series[index - 1].period.last < start <= figure.period.last for start in starts):
                placed[index] = "; ".join(filter(None, (placed.get(index, ""), item.sentence)))
    return placed
