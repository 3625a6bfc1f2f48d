"""An action plan as values: priorities, indicators, their targets through time, and what was reported.

Percentages are derived from counts whenever counts exist: `Value.best` is part / whole x 100 where both are known,
and the printed number only otherwise.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from wardmote.evidence.model.errors import Fault
from wardmote.evidence.targets.kinds import Polarity, TargetVersion, WithdrawnVersion

#: What stretch a value speaks of. "cumulative": since the start of the year; "stock": how many there are now.
Basis = Literal[
    "month",
    "quarter",
    "half_year",
    "cumulative",
    "year_total",
    "calendar_year",
    "academic_year",
    "rolling12",
    "stock",
    "projected_year",
    "snapshot",
]
ValueState = Literal[
    "actual",
    "provisional",
    "projected",  # the whole period foretold from a part of it
    "proxy",  # another measure standing in: shown, never scored
    "derived",  # counted by a person from what was described
    "suspect",  # the source contradicts itself
    "missing",
    "not_due",
    "discontinued",
    "suppressed",
]
Shape = Literal[
    "percent", "count", "rate", "x_of_y", "parts", "percent_change", "status", "checklist", "text", "money", "breakdown"
]


@dataclass(frozen=True, slots=True)
class Value:
    """What was reported for one period, as it was reported.

    `number` is the printed or single value; `part` and `whole` the counts behind a percentage; `whole_alternative`
    a second denominator that the source also allows; `parts` the named parts of a split measure; `change_pct` a
    change printed beside the value and `change_base` what it was measured from ("" where not said);
    `base` an earlier value printed beside it. `narrative` is the partner's own text.
    """

    period: str
    start: date | None = None
    end: date | None = None
    basis: Basis = "quarter"
    state: ValueState = "actual"
    shape: Shape = "count"
    number: float | None = None
    part: float | None = None
    whole: float | None = None
    whole_alternative: float | None = None
    printed_percent: float | None = None
    parts: tuple[tuple[str, float], ...] = ()
    checks: tuple[bool, ...] = ()
    text: str = ""
    count: float | None = None  # the count behind a rate, where it is given
    change_pct: float | None = None
    change_base: str = ""
    base: float | None = None
    low: float | None = None  # the value's own interval, where it has one
    high: float | None = None
    measure: str = ""  # what it counts, where a row carries several measures
    lag: str = ""
    note: str = ""
    narrative: str = ""
    is_scored: bool = True  # False where the source itself says that the value is no answer to the target
    missing_reason: str = ""  # a reason code from the return, where one was given
    source: str = ""  # where it was read: "line 195", "cell D7"

    @property
    def best(self) -> float | None:
        """The unrounded value: derived from counts where they exist, else as printed. In the measure's unit."""
        if self.part is not None and self.whole:
            return self.part / self.whole * 100
        return self.number


@dataclass(frozen=True, slots=True)
class Override:
    """A status set by a person. The computed one is kept beside it."""

    period: str
    status: Literal["green", "amber", "red", "grey"]
    reason: str
    by: str
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Indicator:
    """One row of a plan: what is measured, which way is good, what was promised when, and what came."""

    id: str
    title: str
    polarity: Polarity
    targets: tuple[TargetVersion, ...]
    values: tuple[Value, ...]
    priority_no: int = 0
    priority_title: str = ""
    unit: str = ""
    owner: str = ""
    lag: str = ""
    series_key: str = ""  # the same measure under other ids, years apart
    discontinued_on: date | None = None
    overrides: tuple[Override, ...] = ()
    withdrawn: tuple[WithdrawnVersion, ...] = ()  # targets that held on no day: taken back by a correction
    plan: str = ""  # which plan or set the row belongs to
    source: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class EarlierTerms:
    """The tolerances of the periods that ended by a day, before others were agreed."""

    until: date
    amber_within_pct: float
    small_number: float


@dataclass(frozen=True, slots=True)
class Terms:
    """How a partnership judges its plan: the day it asks for, and its tolerances. None where nobody said.

    `amber_within_pct`: a miss of at most this share of the target is amber, 0 to 100. `small_number`: a numerator or
    denominator below it is marked. `earlier`: what was agreed for earlier periods, oldest first.
    """

    as_at: date | None = None
    amber_within_pct: float | None = None
    small_number: float | None = None
    earlier: tuple[EarlierTerms, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything one file holds, with what could not be read from it, and the terms on which it was judged there."""

    title: str
    indicators: tuple[Indicator, ...]
    faults: tuple[Fault, ...] = ()
    terms: Terms = Terms()
