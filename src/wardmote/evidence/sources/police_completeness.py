"""What is missing from a run of monthly files: whole months, rows of a month, or a category that vanished."""

import math
from collections.abc import Mapping
from statistics import median

from wardmote.evidence.model.errors import Fault
from wardmote.evidence.model.periods import Month, Period
from wardmote.evidence.sources.police_kinds import PoliceKind
from wardmote.evidence.statistics.outliers import REACH, completeness_drop

Series = Mapping[tuple[str, str], Mapping[Month, int]]

# A category with fewer rows a month may be absent by chance: at 20 a month a Poisson count is 0 once in 500 million.
LEAST_USUAL = 20


def find_missing_months(series: Series) -> dict[str, list[Month]]:
    """For each force: which months inside the span of its files have no file?"""
    held: dict[str, set[Month]] = {}
    for (force, _), months in series.items():
        held.setdefault(force, set()).update(months)
    return {f: [m for m in Period(min(ms), max(ms)).months if m not in ms] for f, ms in sorted(held.items())}


def warn_of_gaps(series: Series, kind: PoliceKind) -> list[Fault]:
    """A warning for each force with months missing, each month whose total falls, and each category that vanishes."""
    missing = find_missing_months(series)
    faults = [_explain_missing(force, months, kind) for force, months in missing.items() if months]
    for force in missing:
        faults += _find_drops(force, _total(series, force), kind)
        if kind.watches_categories:
            own = {name: months for (f, name), months in series.items() if f == force}
            faults += _find_vanished(force, own, kind)
    return faults


def describe_months(months: list[Month]) -> str:
    """Months as runs: '2019-03 to 2021-02, 2023-01'."""
    runs: list[list[Month]] = []
    for month in months:
        if runs and runs[-1][-1] + 1 == month:
            runs[-1].append(month)
        else:
            runs.append([month])
    return ", ".join(str(r[0]) if len(r) == 1 else f"{r[0]} to {r[-1]}" for r in runs)


def _explain_missing(force: str, months: list[Month], kind: PoliceKind) -> Fault:
    return Fault(
        f"{len(months)} months between the first and the last of this load have no file: {describe_months(months)}",
        where=f"{force}, {kind.title}",
        expected="a file for each month",
        to_do="Load them if they were published; until then these months are missing, not zero",
        severity="warning",
        code="months_missing",
    )


def _total(series: Series, force: str) -> dict[Month, int]:
    total: dict[Month, int] = {}
    for (f, _), months in series.items():
        if f == force:
            for month, rows in months.items():
                total[month] = total.get(month, 0) + rows
    return total


def _find_drops(force: str, total: Mapping[Month, int], kind: PoliceKind) -> list[Fault]:
    span = Period(min(total), max(total)).months
    found = completeness_drop([float(total.get(m, math.nan)) for m in span])
    return [
        Fault(
            f"{month} has {total[month]:,} rows, {found.drop_pct[i]:.0f}% below the {found.median[i]:,.0f} usual in "
            "the months around it; the file may be incomplete",
            where=f"{force}, {kind.title}",
            to_do="Compare with the publisher's site; load the file again if a fuller one has been issued",
            severity="warning",
            rows=total[month],
            code="month_drop",
        )
        for i, month in enumerate(span)
        if found.is_flagged[i]
    ]


def _find_vanished(force: str, categories: Mapping[str, Mapping[Month, int]], kind: PoliceKind) -> list[Fault]:
    return [
        _explain_vanished(force, name, month, usual, kind)
        for name, month, usual in find_vanished_categories(categories)
    ]


def find_vanished_categories(categories: Mapping[str, Mapping[Month, int]]) -> list[tuple[str, Month, float]]:
    """In which held months has a category no row, although the months around have many? With their median."""
    held = sorted({m for months in categories.values() for m in months})
    return [
        (name, month, usual)
        for name, months in sorted(categories.items())
        for month in held
        if month not in months and (usual := _usual(months, month, held)) >= LEAST_USUAL
    ]


def _usual(months: Mapping[Month, int], month: Month, held: list[Month]) -> float:
    """The median of the months around, or 0 where the category had ended or not begun: then it did not vanish."""
    around = [n for m, n in months.items() if abs(m.ordinal - month.ordinal) <= REACH]
    only_last = month == held[-1] and max(months) == held[-2:][0]
    if month < min(months) or (month > max(months) and not only_last):
        return 0.0
    return float(median(around)) if around else 0.0


def _explain_vanished(force: str, name: str, month: Month, usual: float, kind: PoliceKind) -> Fault:
    return Fault(
        f"{month} has no row of '{name}', a drop of 100% from the {usual:,.0f} usual in the months around it; "
        "the file may be incomplete",
        where=f"{force}, {kind.title}",
        to_do="Compare with the publisher's site; load the file again if a fuller one has been issued",
        severity="warning",
        code="category_vanished",
    )
