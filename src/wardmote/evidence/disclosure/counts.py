"""The count behind a figure: what a reader of the figure can work out, whatever it is shown as."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from wardmote.evidence.model.areas import kind_of_code
from wardmote.evidence.model.errors import Fault, UsageError
from wardmote.evidence.model.figures import Figure
from wardmote.evidence.model.periods import Month, Period

#: Breakdowns that say where or when, and so belong to the cell's area or period.
PLACE_DIMENSIONS = ("lsoa", "msoa", "ward", "district", "csp", "force")
TIME_DIMENSIONS = ("month", "quarter", "year")


@dataclass(frozen=True, slots=True, order=True)
class CellKey:
    """What is counted, apart from how it is shown: a count and its rate are one cell, 2022 and 2022-01..2022-12 too.

    A ward of a district's table by ward is the same cell as that ward asked for by itself.
    """

    subject: str
    area: str
    first: int
    last: int
    dimensions: tuple[tuple[str, str], ...] = ()


def key_of(figure: Figure) -> CellKey:
    """Return the cell that the figure tells about."""
    return _key_without(figure, frozenset())


def margins_of(figure: Figure) -> dict[tuple[str, ...], CellKey]:
    """Which sums does the figure's own table hold it in, by the breakdowns that each sum runs over?

    A table by month and ward holds, without printing them, the months of the district and the years of the wards.
    """
    names = [name for name, _ in figure.dimensions]
    sums = (dropped for size in range(1, len(names) + 1) for dropped in combinations(names, size))
    return {dropped: _key_without(figure, frozenset(dropped)) for dropped in sums}


def _key_without(figure: Figure, dropped: frozenset[str]) -> CellKey:
    named = {name: value for name, value in figure.dimensions if name not in dropped}
    period = _period_of(figure.period, named)
    place = None if dropped & set(PLACE_DIMENSIONS) else place_of(figure)
    rest = tuple(sorted((n, v) for n, v in named.items() if n not in PLACE_DIMENSIONS + TIME_DIMENSIONS))
    area = place[1] if place else figure.area.code
    return CellKey(_subject_of(figure), area, period.first.ordinal, period.last.ordinal, rest)


def place_of(figure: Figure) -> tuple[str, str] | None:
    """Which place inside its area does the figure tell of: kind and code? None where it is about the whole area.

    What no place holds ("unplaced") gets a code of its own for each area, so that two districts' rests stay apart.
    """
    for name, value in figure.dimensions:
        if name in PLACE_DIMENSIONS:
            return name, value if kind_of_code(value) != "custom" else f"{figure.area.code} {value or 'unplaced'}"
    return None


def _period_of(period: Period, named: Mapping[str, str]) -> Period:
    if "month" in named:
        return Period.month(Month.parse(named["month"]))
    for name in ("quarter", "year"):
        if name in named:
            return Period.parse(named[name])
    return period


def _subject_of(figure: Figure) -> str:
    """Deliberate fires as a count, a rate and a share are three indicators of one thing."""
    return f"{figure.source}/{re.sub(r'_(count|rate|share|pct)$', '', figure.indicator)}"


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
    value = figure.value * shown / count if count else float(shown)
    numerator = None if figure.numerator is None else float(shown)
    note = f"rounded: made from a count given as {shown:,}"
    # The interval and the number of rows are functions of the exact count, so they would give it back.
    return replace(figure, value=value, numerator=numerator, interval=None, rows=None, notes=(*figure.notes, note))
