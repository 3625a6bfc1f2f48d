"""The count behind a figure: what a reader of the figure can work out, whatever it is shown as."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from wardmote.evidence.model.errors import Fault, UsageError
from wardmote.evidence.model.figures import Figure


@dataclass(frozen=True, slots=True, order=True)
class CellKey:
    """What is counted, apart from how it is shown: a count and its rate are one cell, 2022 and 2022-01..2022-12 too."""

    source: str
    area: str
    first: int
    last: int
    dimensions: tuple[tuple[str, str], ...] = ()


def key_of(figure: Figure) -> CellKey:
    """Return the cell that the figure tells about."""
    period = figure.period
    dimensions = tuple(sorted(figure.dimensions))
    return CellKey(figure.source, figure.area.code, period.first.ordinal, period.last.ordinal, dimensions)


def count_behind(figure: Figure) -> int | None:
    """Which count can a reader of this figure work out? None where it has no value, or none can be told.

    A rate or share with its denominator beside it gives back its numerator: 2.1 per 1,000 of 1,430 residents are 3.
    """
    if figure.value is None:
        return None
    count = _raw_count(figure)
    return None if count is None else round(count)


def _raw_count(figure: Figure) -> float | None:
    if figure.numerator is not None:
        return figure.numerator
    scale = scale_of_unit(figure.unit)
    if figure.denominator is not None and figure.value is not None:
        return figure.value * figure.denominator.value / scale
    return figure.value if scale == 1 else None


def scale_of_unit(unit: str) -> float:
    """By how much is a ratio of this unit multiplied?

    >>> scale_of_unit("offences per 1,000 residents"), scale_of_unit("%"), scale_of_unit("referrals")
    (1000.0, 100.0, 1.0)
    """
    per = re.search(r"\bper (\d[\d,]*)", unit)
    if per:
        return float(per[1].replace(",", ""))
    return 100.0 if re.search(r"%|\bper ?cent\b|_pct\b", unit) else 1.0


def check_counts(figures: Sequence[Figure], known_derived: Iterable[str]) -> None:
    """Refuse what cannot be protected: a value with no count behind it, a part of a person, a number below zero."""
    derived = set(known_derived)
    faults = [
        fault
        for figure in figures
        if figure.id not in derived and figure.value is not None
        for fault in _faults_of(figure)
    ]
    if faults:
        raise UsageError(
            f"{len(faults)} figures cannot pass disclosure control",
            expected="whole counts of people or events, or rates and shares that carry their numerator",
            faults=faults,
        )


def _faults_of(figure: Figure) -> list[Fault]:
    count = _raw_count(figure)
    if count is None:
        return [
            Fault(
                "a value with no count behind it",
                where=figure.id,
                to_do="Give its numerator, or name the figures it was computed from in derived_from",
            )
        ]
    exact = figure.numerator is not None or figure.denominator is None
    if count < 0 or (exact and abs(count - round(count)) > 1e-9):
        return [Fault(f"{count:g} is not a count", where=figure.id, expected="a whole number from 0")]
    return []


def show_count(figure: Figure, shown: int) -> Figure:
    """The figure with its count rounded to `shown`, and its rate or share made from the rounded count."""
    count = count_behind(figure)
    if count is None or count == shown or figure.value is None:
        return figure
    ratio = shown / count if count else 1.0
    numerator = None if figure.numerator is None else float(shown)
    note = f"rounded: made from a count given as {shown:,}"
    # The interval and the number of rows are functions of the exact count, so they would give it back.
    return replace(
        figure, value=figure.value * ratio, numerator=numerator, interval=None, rows=None, notes=(*figure.notes, note)
    )
