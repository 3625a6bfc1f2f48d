"""Which change a card tells, and under which name: its years, per resident or not, what part of it a break touches."""

from wardmote.evidence.indicators.readings.breaks import find_breaks
from wardmote.evidence.indicators.readings.comparisons import Comparison
from wardmote.evidence.reports.assessment.blocks import join_words
from wardmote.evidence.reports.assessment.context import Context
from wardmote.evidence.reports.direction import name_period, write_per

OFFICIAL = "ons-csp-tables"


# -- which ------------------------------------------------------------------------------------------------
def headline_comparison(context: Context, count_id: str) -> Comparison:
    """The period's own comparison; where it may not be made, that of the official years."""
    own = context.comparison(count_id)
    return own if own.change else official_comparison(context, count_id) or own


def official_comparison(context: Context, count_id: str) -> Comparison | None:
    """Two official years compared: those that end with the period where they are held, else the newest."""
    official_id, pair = context.official_id(count_id), context.official_pair
    return None if official_id is None or pair is None else context.comparison(official_id, pair)


def shared_comparison(context: Context, count_id: str) -> Comparison | None:
    """The same for the partnership that the area shares with others; None where it has one of its own."""
    official_id, pair = context.official_id(count_id), context.official_pair
    if official_id is None or pair is None or context.official_area == context.area:
        return None
    return context.comparison(official_id, pair, context.official_area.code)


# -- by what name -----------------------------------------------------------------------------------------
def label_change(context: Context, comparison: Comparison) -> str:
    """'Change per resident on a year before', or, of other years than the report's, 'Official change, year to …'."""
    per, now = write_per(comparison), comparison.current.period
    if is_own_period(context, comparison):
        return f"Change{per} on a year before"
    whose = "Official change" if comparison.current.source == OFFICIAL else "Change"
    return f"{whose}{per}, {name_period(now).removeprefix('the ')}"


def name_against(context: Context, comparison: Comparison) -> str:
    """'against 2024/25, official tables': what the label beside it leaves unsaid."""
    is_plain = comparison.current.source == OFFICIAL and is_own_period(context, comparison)
    return f"against {name_period(comparison.previous.period)}" + (", official tables" if is_plain else "")


def is_own_period(context: Context, comparison: Comparison) -> bool:
    """Does the change end with the report's own months, and begin a year before them?"""
    now, before, own = comparison.current.period, comparison.previous.period, context.period
    return now.months == own.months and before.months == own.previous().months


def name_pair(comparison: Comparison) -> str:
    """'the year to December 2024 against the year to December 2023, official tables, per resident'."""
    official = ", official tables" if comparison.current.source == OFFICIAL else ""
    per = f",{write_per(comparison)}" if comparison.is_per_resident else ""
    return f"{name_period(comparison.current.period)} against {name_period(comparison.previous.period)}{official}{per}"


def name_touched(context: Context, comparison: Comparison) -> str:
    """'part of it touched by Home Office counting rules of 2023: see the caution'; empty where no break touches it."""
    if comparison.change is None:
        return ""
    current, previous = comparison.current, comparison.previous
    found = find_breaks(context.evidence, context.definition(current.indicator), current.area.code, context.breaks)
    titles = [b.title for b in found.of_parts if b.stands_between(previous.period, current.period)]
    return f"part of it touched by {join_words(titles)}: see the caution" if titles else ""
