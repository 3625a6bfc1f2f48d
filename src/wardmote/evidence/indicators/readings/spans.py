"""For which periods can an indicator be asked, as far as months and years are held?"""

from wardmote.evidence.definitions.indicators import get_indicator
from wardmote.evidence.indicators.compute import Evidence
from wardmote.evidence.indicators.forces import find_force, months_held
from wardmote.evidence.indicators.tables.official import list_official_years
from wardmote.evidence.model.periods import Month, Period, financial_year_of

#: So many quarters and months are offered; earlier ones may still be asked for by name.
QUARTERS, MONTHS = 8, 12

_BY_FORCE = ("street_counts", "outcome_counts", "stop_search_rows")


def list_periods(evidence: Evidence, indicator: str, area: str) -> tuple[Period, ...]:
    """The periods that are held whole, the one to look at first at the head.

    The newest twelve months on end, then financial years, quarters and single months, each newest first. Tables of
    years give years only. Empty where nothing is held.
    """
    table = get_indicator(indicator).numerator.table
    if table == "recorded_crime":
        return tuple(reversed(list_official_years(evidence.snapshot)))
    if table in ("collisions", "casualties", "fly_tipping"):
        return _list_years_of_table(evidence, table)
    held = list_held_months(evidence, indicator, area)
    rolling = [p for p in map(Period.rolling_year, sorted(held, reverse=True)) if held >= set(p.months)]
    years = [p for p in _list_years(held) if held >= set(p.months)]
    quarters = [p for p in _list_quarters(held) if held >= set(p.months)]
    months = [Period.month(m) for m in sorted(held, reverse=True)]
    found = [*rolling[:1], *years, *quarters[:QUARTERS], *months[:MONTHS]]
    named = {(p.first, p.last): p for p in sorted(found, key=lambda p: p.kind != "run")}  # a year's own name counts
    return tuple(dict.fromkeys(named[p.first, p.last] for p in found))


def list_held_months(evidence: Evidence, indicator: str, area: str) -> frozenset[Month]:
    """The months that are loaded: of the area's own force's file, or of the partner's dataset."""
    numerator = get_indicator(indicator).numerator
    if numerator.table in _BY_FORCE:
        force = find_force(evidence.snapshot, evidence.places, area, numerator.table)
        return months_held(evidence.snapshot, numerator.table, force)
    if numerator.table != "partner_counts" or not evidence.snapshot.has("partner_counts"):
        return frozenset()
    dataset = numerator.where["dataset"][0]
    return frozenset(Month.parse(key[1][:7]) for key in evidence.snapshot.keys("partner_counts") if key[0] == dataset)


def _list_years_of_table(evidence: Evidence, table: str) -> tuple[Period, ...]:
    """Calendar years of the roads' tables, financial years of fly-tipping."""
    if not evidence.snapshot.has(table):
        return ()
    column, make = ("year_first", Period.financial_year) if table == "fly_tipping" else ("year", Period.calendar_year)
    rows = evidence.snapshot.connection.execute(f"SELECT DISTINCT {column} FROM {table} ORDER BY 1 DESC").fetchall()
    return tuple(make(int(year)) for (year,) in rows)


def _list_years(held: frozenset[Month]) -> list[Period]:
    return sorted({financial_year_of(m) for m in held}, key=lambda p: p.first, reverse=True)


def _list_quarters(held: frozenset[Month]) -> list[Period]:
    starts = {(m.financial_year, (m.number - 4) % 12 // 3 + 1) for m in held}
    return [Period.financial_quarter(year, quarter) for year, quarter in sorted(starts, reverse=True)]
