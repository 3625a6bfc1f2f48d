"""What the status algebra answers, and the settings it obeys."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Colour = Literal["green", "amber", "red", "grey"]
#: Why a value cannot be scored.
ReasonCode = Literal[
    "no_target",
    "no_baseline",
    "no_data",
    "not_due",
    "no_comparator",
    "discontinued",
    "definition",
    "denominator",
    "unit_mismatch",
    "ongoing",
]
#: Which kind of reasoning gave a colour, where it was more than value against target.
WhyCode = Literal[
    "",
    "milestone_status",
    "qualitative",
    "trajectory",
    "unit_mismatch",
    "pro_rata",
    "already_past",
    "worst_part",
    "change_printed",
    "override",
]
SignalCode = Literal["more_than_noise", "within_noise", "too_few", "one_value", "not_tested"]


@dataclass(frozen=True, slots=True)
class Settings:
    """The tolerances, as the partnership set them.

    `amber_within_pct`: a miss of at most this share of the target is amber (relative, %). `small_number`: a numerator
    or denominator below it is marked. `level`: of every interval. `reach_factor`: a target passed this many times
    over stretches nobody. `earlier`: the last day of each stretch for which others were agreed, oldest first, and they.
    """

    amber_within_pct: float = 5.0
    small_number: float = 20.0
    level: float = 0.95
    reach_factor: float = 4.0
    earlier: tuple[tuple[date, "Settings"], ...] = ()

    def choose_for(self, end: date | None) -> "Settings":
        """The tolerances of a period by its last day; one without a day has the oldest, so that none reaches back."""
        return next((held for last, held in self.earlier if end is None or end <= last), self)


DEFAULT_SETTINGS = Settings()


@dataclass(frozen=True, slots=True)
class Signal:
    """Whether the movement is more than noise: a code, and one sentence with the test and its numbers."""

    code: SignalCode
    sentence: str


@dataclass(frozen=True, slots=True)
class Forecast:
    """The chance of meeting the target by its end, which never colours the actual. `chance` is 0..1."""

    chance: float | None
    sentence: str


@dataclass(frozen=True, slots=True)
class RowWarning:
    """Something odd about a row that does not by itself decide its status. `rule` is the file that found it."""

    rule: str
    sentence: str
    period: str = ""


@dataclass(frozen=True, slots=True)
class PeriodStatus:
    """One period's answer. `computed` is the machine's colour where a person has set another.

    `counted` names the periods whose counts were added up to `value`, oldest first, itself last: of a promise for a
    longer stretch than a value covers. Empty where the value was compared alone.
    """

    period: str
    status: Colour
    why: str
    reason_code: ReasonCode | None = None  # set exactly when the status is grey
    why_code: WhyCode = ""
    signal: Signal = Signal("not_tested", "")
    warnings: tuple[RowWarning, ...] = ()
    forecast: Forecast | None = None
    computed: Colour | None = None
    value: float | None = None
    target: float | None = None
    shown_value: str = ""
    shown_target: str = ""
    is_small: bool = False
    counted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IndicatorStatus:
    """One indicator's answers, oldest period first. `latest` is the status a plan's overview shows."""

    id: str
    periods: tuple[PeriodStatus, ...]
    warnings: tuple[RowWarning, ...] = ()

    @property
    def latest(self) -> PeriodStatus | None:
        return self.periods[-1] if self.periods else None
