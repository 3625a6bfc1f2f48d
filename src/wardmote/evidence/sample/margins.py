"""Which published figures does the sample partnership borrow, and what whole numbers follow from them?

`catalogue/sample/margins.csv` holds, one a row, the counts of five years by crime type for each fictional
district and the weights by which the main district's years are spread over months; `context.csv` holds what lies
round them (residents, ages, deprivation, offence detail, fly-tipping, roads). Every row names the published line
that its number was read from. Nothing else in this package invents a total.
"""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt

from wardmote.evidence.model.errors import DefinitionError

Counts = npt.NDArray[np.int64]

CRIME_TYPES = (
    "Anti-social behaviour",
    "Bicycle theft",
    "Burglary",
    "Criminal damage and arson",
    "Drugs",
    "Other crime",
    "Other theft",
    "Possession of weapons",
    "Public order",
    "Robbery",
    "Shoplifting",
    "Theft from the person",
    "Vehicle crime",
    "Violence and sexual offences",
)
ANTI_SOCIAL_BEHAVIOUR = 0  # the position in CRIME_TYPES of the one category that is not crime
FINANCIAL_YEARS = ("2021/22", "2022/23", "2023/24", "2024/25", "2025/26")


def list_months() -> tuple[str, ...]:
    """Return the sixty months April 2021 to March 2026, as the publisher writes them ("2021-04")."""
    run = range(2021 * 12 + 3, 2026 * 12 + 3)
    return tuple(f"{index // 12}-{index % 12 + 1:02d}" for index in run)


MONTHS = list_months()


@dataclass(frozen=True, slots=True)
class Margin:
    """One borrowed number: what it is used for, its value, the factor applied to it, and where it was printed."""

    measure: str
    place: str
    period: str
    category: str
    value: Fraction
    scale: Fraction
    source: str

    @property
    def count(self) -> int:
        """Return the whole number used: value times scale, a half rounded up."""
        return int(self.value * self.scale + Fraction(1, 2))


@cache
def read_margins() -> tuple[Margin, ...]:
    """Return the rows of `margins.csv`; the period is the month where the row has one, else the financial year."""
    rows = _read_table("margins.csv")
    return tuple(
        _build_margin(row, period=row["month"] or row["financial_year"], category=row["crime_type"]) for row in rows
    )


@cache
def read_context() -> tuple[Margin, ...]:
    """Return the rows of `context.csv`."""
    rows = _read_table("context.csv")
    return tuple(_build_margin(row, period=row["period"], category=row["category"]) for row in rows)


def _read_table(name: str) -> list[dict[str, str]]:
    text = (files("wardmote.catalogue") / "sample" / name).read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    for number, row in enumerate(rows, start=2):
        if not all(row[column] for column in ("value", "source_publication", "source_table", "source_line")):
            raise DefinitionError(
                "a number without its source",
                where=f"catalogue/sample/{name}, line {number}",
                expected="value, source_publication, source_table and source_line to be filled",
                to_do="Name the published line, or take the row out.",
            )
    return rows


def _build_margin(row: dict[str, str], *, period: str, category: str) -> Margin:
    source = f"{row['source_publication']}; {row['source_table']}; {row['source_line']}"
    return Margin(
        measure=row["measure"],
        place=row["place"],
        period=period,
        category=category,
        value=Fraction(row["value"]),
        scale=Fraction(row["scale"]),
        source=source,
    )


def apportion(total: int, weights: Sequence[int] | Counts) -> Counts:
    """How is a whole number shared out over weights so that the parts are whole and add up to it?

    Largest remainder (Hamilton): each part gets the whole part of its quota, and what is left goes one each to the
    largest remainders, the earlier part first among equals. The arithmetic is in whole numbers, so that the answer
    does not hang on the machine. Weights that are all zero share equally.

    >>> apportion(7, [1, 1, 2]).tolist()
    [2, 2, 3]
    """
    whole = [int(weight) for weight in weights]
    if not any(whole):
        whole = [1] * len(whole)
    quotas = [divmod(total * weight, sum(whole)) for weight in whole]
    parts = np.array([quota for quota, _ in quotas], dtype=np.int64)
    order = sorted(range(len(whole)), key=lambda index: (-quotas[index][1], index))
    parts[order[: total - int(parts.sum())]] += 1
    return parts


def tabulate_years(place: str) -> Counts:
    """Return a district's counts, five financial years by fourteen crime types, exactly as the table has them."""
    cells = {(m.period, m.category): m.count for m in read_margins() if (m.measure, m.place) == ("year_count", place)}
    return np.array([[cells[year, kind] for kind in CRIME_TYPES] for year in FINANCIAL_YEARS], dtype=np.int64)


def tabulate_month_weights() -> Counts:
    """Return the weights of sixty months by fourteen crime types."""
    cells = {(m.period, m.category): m.count for m in read_margins() if m.measure == "month_weight"}
    return np.array([[cells[month, kind] for kind in CRIME_TYPES] for month in MONTHS], dtype=np.int64)


def tabulate_months() -> Counts:
    """How many rows does the main district have in each month of each crime type, before any planted fault?

    Returns sixty months by fourteen types. Each year's count of a type is apportioned over its twelve months by the
    published weights; where the year's count is itself the sum of the weights, the months equal them.
    """
    years, weights = tabulate_years("main"), tabulate_month_weights()
    months = np.zeros_like(weights)
    for year in range(len(FINANCIAL_YEARS)):
        run = slice(12 * year, 12 * year + 12)
        for kind in range(len(CRIME_TYPES)):
            months[run, kind] = apportion(int(years[year, kind]), weights[run, kind])
    return months


def find_context(measure: str, *, place: str = "main", period: str | None = None) -> dict[str, int]:
    """Return the counts of one measure by category (or by period, where the measure has no category)."""
    rows = [m for m in read_context() if (m.measure, m.place) == (measure, place)]
    return {m.category or m.period: m.count for m in _keep_period(rows, period)}


def _keep_period(rows: Iterable[Margin], period: str | None) -> list[Margin]:
    return [row for row in rows if period is None or row.period == period]
