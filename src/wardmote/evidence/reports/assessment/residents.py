"""Whose residents a rate is per, in print: year and edition, and why a place has none."""

from collections.abc import Iterable, Sequence

from wardmote.evidence.indicators.readings.geography import PlaceRow, PlaceTable
from wardmote.evidence.model.errors import UsageError
from wardmote.evidence.model.figures import Denominator, Figure
from wardmote.evidence.reports.assessment.blocks import join_words
from wardmote.evidence.reports.assessment.context import Context
from wardmote.evidence.reports.numbers import write_interval


def describe_rate(context: Context, rate: Figure) -> str:
    """The unit, the residents and the interval; a rate of part of a year is no yearly rate, and is said to be none."""
    if rate.missing:
        return rate.missing.why
    unit = rate.unit if context.period.is_year else f"{rate.unit} in these {context.period.length} months"
    return f"{unit}, {name_residents([rate.denominator])}; 95% interval {write_interval(rate)}"


def note_residents(rates: Iterable[Figure], of: str = "") -> str:
    """'Residents of each ward: mid-2021 (MYE 2011-2023).', for the note under a table; empty without a rate."""
    named = name_residents([f.denominator for f in rates if f.is_known])
    return f"Residents{f' of each {of}' if of else ''}: {named}." if named else ""


def name_residents(used: Iterable[Denominator | None]) -> str:
    """'mid-2020 and mid-2021 (MYE 2011-2023)': every year and edition once, with what was said of it."""
    known = [per for per in used if per is not None]
    years: dict[str, set[int]] = {}
    for per in known:
        years.setdefault(per.vintage, set()).add(per.year)
    editions = [_name_edition(vintage, sorted(found)) for vintage, found in years.items()]
    notes = [note for per in known for note in per.note.split("; ") if note]
    return "; ".join([*editions, *dict.fromkeys(notes)])


def _name_edition(vintage: str, years: list[int]) -> str:
    if all(f"mid-{year}" in vintage for year in years):
        return vintage
    if len(years) > 2 and years == list(range(years[0], years[-1] + 1)):
        return f"mid-{years[0]} to mid-{years[-1]} ({vintage})"
    return f"{join_words([f'mid-{year}' for year in years])} ({vintage})"


# -- wards without a rate ---------------------------------------------------------------------------------
def has_most_rates(table: PlaceTable) -> bool:
    """Have at least half of the places a rate, so that rates may be drawn?"""
    return 2 * sum(r.rate.is_known for r in table.rows) >= len(table.rows)


def explain_rates(context: Context, table: PlaceTable, rows: Sequence[PlaceRow] = ()) -> str:
    """Which wards (of `rows`, default all) have no rate, and why. Empty where every one has one."""
    asked = rows or table.rows
    reasons: dict[str, list[str]] = {}
    for row in asked:
        if not row.rate.is_known:
            reasons.setdefault(_explain_one(context, row), []).append(row.name)
    lacking = sum(len(found) for found in reasons.values())
    if lacking == len(asked):
        return f"No ward has a rate: {'; '.join(reasons)}." if lacking else ""
    return " ".join(f"No rate for {join_words(found)}: {why}." for why, found in reasons.items())


def _explain_one(context: Context, row: PlaceRow) -> str:
    """The true reason: a small area that two wards share, or an estimate that is not loaded."""
    if row.rate.missing and row.rate.missing.code != "no_denominator":
        return row.rate.missing.why
    try:
        shared = context.evidence.places.get_members(row.code).split
    except UsageError:
        shared = frozenset()
    if shared and len(context.evidence.denominators.find_many(shared, context.period)) == len(shared):
        return (
            "a small area lies in more than one ward, so its residents cannot be shared out, and no estimate of the"
            " ward itself is loaded"
        )
    return "no estimate of residents near the period is loaded for the ward, or for every small area of it"


def note_unnamed(rows: Iterable[tuple[str, str]], what: str) -> str:
    """One sentence where some of the (code, name) pairs stand by their code alone."""
    if not any(name in ("", code) for code, name in rows):
        return ""
    return f"No name is loaded for the {what} that stand by their codes."
