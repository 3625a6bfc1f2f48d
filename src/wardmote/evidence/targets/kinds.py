"""The kinds of target that partnerships write, as typed values.

A target is one of these and nothing else; its text is kept beside it (`TargetVersion.text`), never instead of it.
Numbers are in the indicator's own unit: a percentage is 5.0, not 0.05.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Operator = Literal[">=", ">", "<=", "<"]
#: Which way is good. "contested": more can be more harm or more trust (reports of hate crime); "none": not a measure.
Polarity = Literal["higher", "lower", "contested", "none"]
Unit = Literal["percent", "points", "count", "rate", "money", "days", "none"]
BaseKind = Literal[
    "previous_year",
    "previous_year_total",
    "same_period_last_year",
    "same_point_last_year",
    "previous_period",
    "outturn",
    "baseline",
    "not_stated",
]
#: Over which stretch a count is promised.
Span = Literal["financial_year", "calendar_year", "academic_year", "quarter", "month", "once"]


@dataclass(frozen=True, slots=True)
class Base:
    """What a change is measured from. `value` is None where nobody printed it; `by_period` holds a base per period."""

    kind: BaseKind
    value: float | None = None
    period: str = ""
    unit: str = ""
    by_period: Mapping[str, float] = field(default_factory=dict)
    is_derived: bool = False  # computed from other printed figures, not printed itself
    moved_on: date | None = None  # from when `value` was put in the place of what `kind` names; then it is one figure


@dataclass(frozen=True, slots=True)
class Threshold:
    """At least, more than, at most or less than a level. Strictness matters: "< 50" is not "<= 50"."""

    operator: Operator
    value: float
    unit: str = ""
    source: str = ""  # whose level it is, such as a national benchmark
    is_split_unstated: bool = False  # one number where the measure has several parts (day and evening)


@dataclass(frozen=True, slots=True)
class CountPerPeriod:
    """So many of a thing in a stretch of time."""

    operator: Operator
    value: float
    thing: str = ""
    span: Span = "financial_year"
    window: str = ""  # when in the stretch it must happen, such as "March-May"
    pro_rata: Literal["linear", "none", "by_size"] = "by_size"  # by_size: none for one-off events, else linear


@dataclass(frozen=True, slots=True)
class RelativeChange:
    """Up or down by a share of a base: "5% reduction on the same quarter last year". `percent` is positive."""

    direction: Literal["increase", "decrease"]
    percent: float
    base: Base


@dataclass(frozen=True, slots=True)
class PointsChange:
    """Up (positive) or down (negative) by percentage points from a base: 6.2 + 2 points = 8.2."""

    points: float
    base: Base
    resulting: float | None = None


@dataclass(frozen=True, slots=True)
class Benchmark:
    """Held against somebody else's moving figure: "similar to England"."""

    relation: Literal["similar", "better", "at_or_below", "at_or_above"]
    comparator: str
    comparator_value: float | None = None
    comparator_interval: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class CohortShare:
    """A percentage of a named group, which has its own year and size: "80% of Year 12"."""

    operator: Operator
    percent: float
    cohort: str


@dataclass(frozen=True, slots=True)
class Milestone:
    """Something to be done, perhaps in parts. `state` is what the source itself reports, where it does."""

    done_when: str = ""
    parts: tuple[str, ...] = ()
    state: str = ""
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Trajectory:
    """From a baseline to a level by a year, along a shape.

    `baseline_start` and `baseline_end` bound the baseline's years (2004, 2008). `steps` holds the level promised for
    single years where the path is not a straight line.
    """

    baseline: float
    baseline_period: str
    end_year: int
    end_value: float
    shape: Literal["linear", "compound", "steps"] = "linear"
    baseline_start: int | None = None
    baseline_end: int | None = None
    steps: Mapping[int, float] = field(default_factory=dict)
    annual_step: float | None = None  # the yearly step that the text itself names, in the measure's unit
    unit: str = ""  # of both levels, where the words give it: "percent", "money"
    end_period: str = ""  # the financial year that `end_year` closes, such as "2027-28"; "" for a calendar year


@dataclass(frozen=True, slots=True)
class Frequency:
    """At least so often: "a discussion every quarter". Needs evidence of each occurrence."""

    times: float
    thing: str
    span: Span


@dataclass(frozen=True, slots=True)
class NoChange:
    """Not up, not down, or held, against a base."""

    relation: Literal["maintain", "no_increase", "no_decrease"]
    base: Base
    tolerance_pct: float = 0.0


@dataclass(frozen=True, slots=True)
class NoTarget:
    """Nothing that could be met or missed: pending, ongoing, not shown."""

    state: str = "not set"


Simple = (
    Threshold
    | CountPerPeriod
    | RelativeChange
    | PointsChange
    | Benchmark
    | CohortShare
    | Milestone
    | Trajectory
    | Frequency
    | NoChange
    | NoTarget
)


@dataclass(frozen=True, slots=True)
class Compound:
    """A target in named parts; the worst part governs."""

    parts: tuple[tuple[str, Simple], ...]


Target = Simple | Compound


@dataclass(frozen=True, slots=True)
class TargetVersion:
    """A target as it stood for a time: who set it, why it changed, in whose words.

    `valid_from` and `valid_to` are inclusive; None means without limit. `also` holds further forms of the same
    promise that the text gives ("5% (< 275 per 100,000)"): where they disagree, a warning says so.
    """

    target: Target
    text: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    set_by: str = ""
    reason_for_change: str = ""
    also: tuple[Target, ...] = ()

    def holds_on(self, day: date | None) -> bool:
        """Whether this version was in force on a day; an unknown day is answered by the version without an end."""
        if day is None:
            return self.valid_to is None
        starts_in_time = self.valid_from is None or self.valid_from <= day
        return starts_in_time and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class WithdrawnVersion:
    """A version that a correction took back: in force on no day, and kept to be seen with the reason."""

    version: TargetVersion
    withdrawn_on: date | None = None
    because: str = ""
