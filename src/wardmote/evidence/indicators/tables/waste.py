"""Fly-tipping incidents that councils reported to Defra, by financial year and district.

An area of several districts (a shared partnership, a force) has their sum, and no figure where one is missing.
"""

from typing import Any

from wardmote.evidence.indicators.answers import Answer, Cell, Counts, answer_missing
from wardmote.evidence.indicators.places import Places
from wardmote.evidence.indicators.questions import Question
from wardmote.evidence.model.figures import Missing
from wardmote.evidence.model.periods import Period
from wardmote.evidence.store.snapshot import Snapshot

#: The publisher's heading for the total of all incidents.
_TOTAL_PATTERN = r"^\s*total( fly-?tipping)? incidents\s*$"
type _Rows = dict[tuple[int, str], tuple[Any, ...]]


def answer_fly_tipping(snapshot: Snapshot, places: Places, question: Question) -> Answer:
    """Incidents in the district in the financial year (or each of the years of a run)."""
    years = question.period.split_financial_years()
    if any(y.kind != "financial_year" for y in years):
        return answer_missing(question, Missing("source_missing", "fly-tipping is published by financial year only"))
    districts = _list_districts(places, question.area)
    rows = _find_totals(snapshot, districts, years)
    reasons = _explain_missing(snapshot, places, rows, districts, years)

    def explain(period: Period) -> Missing | None:
        return next((reasons[y] for y in period.split_financial_years() if y in reasons), None)

    sums = {y: sum(rows[y.first.year, d][2] for d in districts) for y in years if y not in reasons}
    loads = tuple(sorted({r[4] for r in rows.values()}))
    return Answer(_count(question, years, sums), explain, loads, "fly-tipping")


def _list_districts(places: Places, area: str) -> tuple[str, ...]:
    if places.find_area(area).kind in ("csp", "force") and places.has_lookups:
        return tuple(sorted(places.get_districts(area))) or (area,)
    return (area,)


def _find_totals(snapshot: Snapshot, districts: tuple[str, ...], years: tuple[Period, ...]) -> _Rows:
    found = snapshot.connection.execute(
        "SELECT year_first, area_code, value, marker, load_id FROM fly_tipping WHERE list_contains(?, area_code) "
        "AND sheet = 'incidents' AND regexp_matches(lower(measure), ?) AND list_contains(?, year_first)",
        [list(districts), _TOTAL_PATTERN, [y.first.year for y in years]],
    ).fetchall()
    return {(row[0], row[1]): row for row in found}


def _explain_missing(
    snapshot: Snapshot, places: Places, rows: _Rows, districts: tuple[str, ...], years: tuple[Period, ...]
) -> dict[Period, Missing]:
    """Why a year has no figure: not loaded, not in the tables under this code, or marked by the publisher."""
    sql = "SELECT DISTINCT year_first FROM fly_tipping WHERE sheet = 'incidents'"
    held = {year for (year,) in snapshot.connection.execute(sql).fetchall()}
    reasons: dict[Period, Missing] = {}
    for year in years:
        start = year.first.year
        lacking = next((d for d in districts if (start, d) not in rows or rows[start, d][2] is None), None)
        if lacking is None:
            continue
        name = places.find_area(lacking).name
        title = f"{name} ({lacking})" if name else lacking
        if start not in held:
            reasons[year] = Missing("source_missing", f"fly-tipping for {year} is not loaded")
        elif (start, lacking) not in rows:
            reasons[year] = Missing("not_published", f"the tables hold no row for {title} in {year}")
        else:
            marker = rows[start, lacking][3]
            reasons[year] = Missing("not_published", f"the publisher marks {title} in {year} as '{marker}'")
    return reasons


def _count(question: Question, years: tuple[Period, ...], sums: dict[Period, float]) -> Counts:
    if "year" in question.breakdown.names:
        cells: dict[Cell, float] = {(str(y),): float(n) for y, n in sums.items()}
        return Counts(cells, {"year": tuple(map(str, years))})
    return Counts({(): float(sum(sums.values()))}, {})
