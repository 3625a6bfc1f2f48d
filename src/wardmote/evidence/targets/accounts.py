"""What a partnership gives account of, as values: to its executive, to scrutiny, at the end of a year, of an agency.

Plain facts from whoever keeps them; the papers are built of these and of a judged plan, and of nothing else.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from wardmote.evidence.targets.plan import Plan
from wardmote.evidence.targets.plan_file import FourP, PlanFile, Priority
from wardmote.evidence.targets.statuses import Colour, IndicatorStatus

#: Why something is before the executive, in the order in which it is read.
MatterKind = Literal["turned", "red", "missing", "grey", "overdue", "target", "ended", "set", "revised"]
UndertakingState = Literal["not_started", "under_way", "done", "stopped"]


@dataclass(frozen=True, slots=True)
class Frame:
    """Whose paper it is, of which plan and stretch of time, and the day that it speaks from.

    `title` is the plan's, `period` the stretch in words ("2026/27Q2"), from `starts_on` to `ends_on`.
    """

    publisher: str
    title: str
    period: str
    starts_on: date
    ends_on: date
    as_at: date
    marking: str = ""


@dataclass(frozen=True, slots=True)
class Matter:
    """One thing that somebody must look at: an indicator or an action, why, and who answers for it."""

    kind: MatterKind
    ref: str
    title: str
    why: str
    who: str = ""
    priority: int = 0


@dataclass(frozen=True, slots=True)
class Said:
    """What a body said of its figure and somebody signed off."""

    ref: str
    period: str
    what_happened: str = ""
    so_what: str = ""
    what_next: str = ""


@dataclass(frozen=True, slots=True)
class Undertaking:
    """An action of the plan with how far it has come. `due` None: no day was set."""

    no: str
    text: str
    priority: int
    owner: str = ""
    due: date | None = None
    four_p: FourP = ""
    state: UndertakingState = "not_started"
    progress: str = ""

    def is_overdue(self, as_at: date) -> bool:
        """Whether its day has passed and it is neither done nor stopped."""
        return self.due is not None and self.due < as_at and self.state in ("not_started", "under_way")


@dataclass(frozen=True, slots=True)
class Missed:
    """A target that was missed in one period: what came, what was asked, and by how much, in words.

    `share_pct` is the miss as a share of the target (%), None where it is no number. `key` names it for good.
    """

    ref: str
    title: str
    period: str
    colour: Colour
    shown_value: str
    shown_target: str
    gap: str
    why: str
    share_pct: float | None = None
    owner: str = ""
    priority: int = 0
    is_small: bool = False
    unsettled: str = ""  # how the value behind it stands, where it can still change

    @property
    def key(self) -> str:
        return f"{self.ref} {self.period}"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A missed target that a person left out of a paper: which, why, who and when."""

    ref: str
    period: str
    reason: str
    by: str
    on: date


@dataclass(frozen=True, slots=True)
class TargetMove:
    """A target that changed: from what, to what, from when it counts, when and by whom it was done, and why."""

    ref: str
    title: str
    before: str
    after: str
    counts_from: date | None
    made_on: date | None
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class Recommended:
    """A recommendation of the scrutiny committee with how its answer stands.

    `standing` is its state in words, `timing` how the answer kept its time ("answered on day 41, 13 days late").
    """

    no: str
    text: str
    committee: str
    met_on: date
    received_on: date
    due_on: date
    addressed_to: str
    standing: str
    timing: str
    answer: str = ""
    actions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lacking:
    """A figure that was owed for a period and did not come: from whom, and why as far as anybody said."""

    ref: str
    title: str
    period: str
    who: str
    why: str


@dataclass(frozen=True, slots=True)
class Submission:
    """A value as an agency submitted it once. `is_current`: it counts now; `number` counts the versions of a return."""

    ref: str
    title: str
    period: str
    number: int
    value: str
    how: str
    submitted_on: date | None
    submitted_by: str
    signed_on: date | None
    signed_by: str
    reason: str = ""
    is_current: bool = True


@dataclass(frozen=True, slots=True)
class JudgedPlan:
    """A plan with one judgement for each indicator. `context`: ids of rows that are shown and never judged.

    `unsettled`: by id and period, each result that rests on a value that can still change, with how that one stands
    ("queried", "not signed off").
    """

    plan: Plan
    statuses: tuple[IndicatorStatus, ...]
    context: frozenset[str] = frozenset()
    unsettled: Mapping[tuple[str, str], str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ExecutiveAccount:
    """What the quarterly executive report is made of."""

    frame: Frame
    judged: JudgedPlan
    priorities: tuple[Priority, ...] = ()
    matters: tuple[Matter, ...] = ()
    said: tuple[Said, ...] = ()
    actions: tuple[Undertaking, ...] = ()


@dataclass(frozen=True, slots=True)
class ScrutinyAccount:
    """What the scrutiny pack is made of. It holds no text of a return and no person's name but in `left_out`."""

    frame: Frame
    judged: JudgedPlan
    left_out: tuple[LeftOut, ...] = ()
    moves: tuple[TargetMove, ...] = ()
    recommended: tuple[Recommended, ...] = ()


@dataclass(frozen=True, slots=True)
class OutturnAccount:
    """What the year-end out-turn is made of."""

    frame: Frame
    judged: JudgedPlan
    lacking: tuple[Lacking, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanAccount:
    """What the plan document is made of."""

    frame: Frame
    held: PlanFile
    version: str = ""


@dataclass(frozen=True, slots=True)
class HistoryAccount:
    """What an agency's history of returns is made of."""

    frame: Frame
    agency: str
    values: tuple[Submission, ...] = field(default_factory=tuple)


Account = ExecutiveAccount | ScrutinyAccount | OutturnAccount | PlanAccount | HistoryAccount
