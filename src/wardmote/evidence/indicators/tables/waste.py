"""Fly-tipping incidents that councils reported to Defra, by financial year and district."""

from wardmote.evidence.indicators.answers import Answer, Cell, Counts, answer_missing, is_never_missing
from wardmote.evidence.indicators.places import Places
from wardmote.evidence.indicators.questions import Question
from wardmote.evidence.model.figures import Missing
from wardmote.evidence.store.snapshot import Snapshot

#: The publisher's heading for the total of all incidents.
_TOTAL_PATTERN = r"^\s*total( fly-?tipping)? incidents\s*$"


def answer_fly_tipping(snapshot: Snapshot, _places: Places, question: Question) -> Answer:
    """Incidents in the district in the financial year (or each of the years of a run)."""
    years = question.period.split_financial_years()
    if any(y.kind != "financial_year" for y in years):
        return answer_missing(question, Missing("source_missing", "fly-tipping is published by financial year only"))
    rows = snapshot.connection.execute(
        "SELECT year_first, arg_max(value, load_id), arg_max(marker, load_id), max(load_id) FROM fly_tipping "
        "WHERE area_code = ? AND sheet = 'incidents' AND regexp_matches(lower(measure), ?) "
        "AND list_contains(?, year_first) GROUP BY 1",
        [question.area, _TOTAL_PATTERN, [y.first.year for y in years]],
    ).fetchall()
    found = {r[0]: r for r in rows}
    for year in years:
        row = found.get(year.first.year)
        if row is None or row[1] is None:
            why = f"the publisher marks {year} as {row[2]}" if row else f"fly-tipping for {year} is not loaded"
            return answer_missing(question, Missing("not_published" if row else "source_missing", why))
    loads = tuple(sorted({r[3] for r in rows}))
    if "year" in question.breakdown.names:
        cells: dict[Cell, float] = {(str(y),): float(found[y.first.year][1]) for y in years}
        return Answer(Counts(cells, {"year": tuple(map(str, years))}), is_never_missing, loads, "fly-tipping")
    total = sum(float(found[y.first.year][1]) for y in years)
    return Answer(Counts({(): total}, {}), is_never_missing, loads, "fly-tipping")
