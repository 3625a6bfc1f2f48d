"""A figure: a number that knows what it counts, over what, where, when, from which files, and how surely.

Everything that wardmote shows is made of figures, so it can always say where a number comes from and whether two
of them may be compared.
"""

from dataclasses import dataclass, field, replace
from typing import Literal

from wardmote.evidence.model.areas import Area
from wardmote.evidence.model.periods import Period

State = Literal["actual", "provisional", "projected", "suppressed", "missing"]
MissingCode = Literal[
    "month_missing",  # a month of the period was never loaded
    "row_refused",  # a row that would count was refused when it was loaded
    "source_missing",  # nothing of the source is loaded
    "area_unknown",  # no look-up places the area
    "no_denominator",  # no population for the area near the period
    "break_in_series",  # a comparison across a break in recording
    "fit_none",  # the source's categories do not carry this offence
    "not_published",  # the publisher marks it [x], [u] or ':'
    "not_enough",  # too few periods for the method
    "split_area",  # a small area lies in two of the asked areas and its rows cannot be placed
    "suppressed",  # withheld to protect people
]

#: A value that a reader may not see. It never looks like zero.
SUPPRESSED_MARK = "[c]"
MISSING_MARK = "[x]"


@dataclass(frozen=True, slots=True)
class Missing:
    """Why there is no number: a code for machines, a sentence for people."""

    code: MissingCode
    why: str


@dataclass(frozen=True, slots=True)
class Interval:
    """How sure: the limits, the level (0.95) and the method that gave them. In the figure's own unit."""

    low: float
    high: float
    level: float = 0.95
    method: str = ""


@dataclass(frozen=True, slots=True)
class Denominator:
    """What a rate is per: the value, what it counts, the year it stands for and the edition it was read from."""

    value: float
    what: str
    year: int
    vintage: str
    note: str = ""

    @property
    def title(self) -> str:
        text = f"{self.value:,.0f} {self.what}, mid-{self.year} ({self.vintage})"
        return f"{text}; {self.note}" if self.note else text


@dataclass(frozen=True, slots=True)
class Figure:
    """One value of one indicator for one area and period, with all that is needed to trust or doubt it.

    `dimensions` are the breakdown's cells, such as (("offence", "Burglary"),). `value` is None exactly when `missing`
    is set. `loads` are the ids of the snapshots that it was computed from, `rows` how many source rows were counted.
    """

    indicator: str
    area: Area
    period: Period
    value: float | None
    unit: str
    dimensions: tuple[tuple[str, str], ...] = ()
    numerator: float | None = None
    denominator: Denominator | None = None
    interval: Interval | None = None
    state: State = "actual"
    missing: Missing | None = None
    source: str = ""
    loads: tuple[str, ...] = ()
    rows: int | None = None
    notes: tuple[str, ...] = ()
    definition_version: str = ""

    @property
    def id(self) -> str:
        """indicator:area:period[:dimension=value...], the name under which documents refer to the figure."""
        return figure_id(self.indicator, self.area.code, self.period, self.dimensions)

    @property
    def is_known(self) -> bool:
        return self.value is not None

    def without_value(self, missing: Missing, state: State = "missing") -> "Figure":
        """The same figure with its number withheld: nothing that would give it back stays."""
        return replace(
            self, value=None, numerator=None, interval=None, rows=None, missing=missing, state=state,
        )  # fmt: skip


def figure_id(indicator: str, area: str, period: Period, dimensions: tuple[tuple[str, str], ...] = ()) -> str:
    """Return the public name of a figure."""
    parts = [indicator, area, str(period)] + [f"{name}={value}" for name, value in dimensions]
    return ":".join(parts)


@dataclass(frozen=True, slots=True)
class FigureTable:
    """Figures of one question, in the order asked, with what the reader must know about them as a whole."""

    indicator: str
    breakdown: tuple[str, ...]
    figures: tuple[Figure, ...]
    notes: tuple[str, ...] = ()
    titles: dict[str, dict[str, str]] = field(default_factory=dict)  # breakdown -> code -> name

    def title_of(self, breakdown: str, value: str) -> str:
        """The name of a breakdown's value for readers; the value itself where it has no other name."""
        return self.titles.get(breakdown, {}).get(value, value)
