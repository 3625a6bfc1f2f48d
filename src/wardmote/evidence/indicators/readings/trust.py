"""How far can the figures be trusted: months missing, sudden drops, rows with no place, open data against official."""

from dataclasses import dataclass

import numpy as np

from wardmote.evidence.indicators.compute import Evidence, compute_one
from wardmote.evidence.indicators.forces import describe_missing, find_force, force_name, months_held
from wardmote.evidence.indicators.readings.measured import derive
from wardmote.evidence.indicators.tables.official import list_official_years
from wardmote.evidence.model.figures import Figure
from wardmote.evidence.model.periods import Month, Period
from wardmote.evidence.statistics.outliers import completeness_drop


@dataclass(frozen=True, slots=True)
class MonthDrop:
    """A month that lies so far below its neighbours that its file may be incomplete."""

    month: Month
    count: float
    expected: float
    drop_pct: float


@dataclass(frozen=True, slots=True)
class Completeness:
    """The force's file over a span: months not held, months that look incomplete, rows with no small area."""

    force: str
    span: Period
    missing_months: str
    drops: tuple[MonthDrop, ...]
    unlocated: Figure | None
    unlocated_rows: int
    all_rows: int
    newest_month: Month | None


@dataclass(frozen=True, slots=True)
class OfficialGap:
    """One year in both sources. `gap_pct` is open data over official, in per cent of official."""

    period: Period
    open_data: Figure
    official: Figure

    @property
    def gap_pct(self) -> float | None:
        if self.open_data.value is None or not self.official.value:
            return None
        return 100 * (self.open_data.value - self.official.value) / self.official.value


def check_completeness(evidence: Evidence, area: str, span: Period, year: Period) -> Completeness:
    """What of the force's street-level file is missing or odd over `span`, and unlocated in `year`?"""
    force = find_force(evidence.snapshot, evidence.places, area, "street_counts") if _has(evidence) else None
    if force is None:
        return Completeness("", span, span.title, (), None, 0, 0, None)
    held = months_held(evidence.snapshot, "street_counts", force)
    first = max(span.first, min(held)) if held else span.first
    shown = Period(first, span.last) if first <= span.last else span
    nowhere, rows = _count_unlocated(evidence, force, year)
    crime = compute_one(evidence, "crime_count", area, year)
    share = derive(crime, "unlocated_pct", 100 * nowhere / rows, unit="%", numerator=nowhere) if rows else None
    return Completeness(
        force_name(force), shown, describe_missing(shown, held), _find_drops(evidence, force, shown, held),
        share, nowhere, rows, max(held, default=None),
    )  # fmt: skip


def _has(evidence: Evidence) -> bool:
    return evidence.snapshot.has("street_counts")


def _find_drops(evidence: Evidence, force: str, span: Period, held: frozenset[Month]) -> tuple[MonthDrop, ...]:
    rows = dict(
        evidence.snapshot.connection.execute(
            "SELECT month, sum(offences_count) FROM street_counts WHERE force = ? AND crime_type <> ? GROUP BY month",
            [force, "Anti-social behaviour"],
        ).fetchall()
    )
    counts = {Month.parse(str(m)[:7]): float(n) for m, n in rows.items()}
    months = span.months
    result = completeness_drop([counts.get(m, np.nan) if m in held else np.nan for m in months])
    flagged = [i for i, is_flagged in enumerate(result.is_flagged.tolist()) if is_flagged]
    return tuple(
        MonthDrop(months[i], counts[months[i]], float(result.median[i]), float(result.drop_pct[i])) for i in flagged
    )


def _count_unlocated(evidence: Evidence, force: str, year: Period) -> tuple[int, int]:
    """Rows of the force's whole file with no small area, and all its rows, in the year."""
    row = evidence.snapshot.connection.execute(
        "SELECT coalesce(sum(offences_count) FILTER (lsoa_code = ''), 0), coalesce(sum(offences_count), 0) "
        "FROM street_counts WHERE force = ? AND month BETWEEN ? AND ?",
        [force, f"{year.first}-01", f"{year.last}-01"],
    ).fetchone()
    return (int(row[0]), int(row[1])) if row else (0, 0)


def compare_with_official(evidence: Evidence, area: str) -> tuple[OfficialGap, ...]:
    """Every official year with the open data of the same months beside it."""
    years = list_official_years(evidence.snapshot)
    return tuple(
        OfficialGap(
            p, compute_one(evidence, "crime_count", area, p), compute_one(evidence, "official_crime_count", area, p)
        )
        for p in years
    )
