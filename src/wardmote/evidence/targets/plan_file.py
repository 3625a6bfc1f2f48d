"""Everything that one plan says besides its indicators: whose it is, its priorities, actions, risks and approval."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from wardmote.evidence.model.errors import Fault
from wardmote.evidence.targets.plan import Plan

#: What a partnership's strategy must cover (Crime and Disorder Act 1998, section 6, as amended in 2022).
StatutoryTheme = Literal["crime_and_disorder", "substance_misuse", "reoffending", "serious_violence"]
#: The four kinds of work against organised and violent crime; "" where an action is none of them or nobody said.
FourP = Literal["prepare", "protect", "prevent", "pursue", ""]
#: From 1, hardly likely or hardly felt, to 5.
Score = Literal[1, 2, 3, 4, 5]
GateKind = Literal["scrutiny", "cabinet", "full_council", "strategic_group"]
#: `waiting` for a meeting that lies ahead, `held` where nobody wrote down what it decided.
GateOutcome = Literal["waiting", "approved", "approved_with_changes", "referred_back", "held"]


@dataclass(frozen=True, slots=True)
class Programme:
    """A strand of work under a priority."""

    title: str
    text: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Priority:
    """One of the plan's priorities. `no` joins it to its actions and indicators."""

    no: int
    title: str
    aim: str = ""
    lead: str = ""
    themes: tuple[str, ...] = ()
    source: str = ""
    programmes: tuple[Programme, ...] = ()


@dataclass(frozen=True, slots=True)
class Action:
    """Something that somebody has undertaken to do. `no` is a label, such as "1.10"; `programme` a title.

    `text` says what was promised, `progress` what has come of it.
    """

    no: str
    text: str
    priority: int | None = None
    programme: str = ""
    owner: str = ""
    due: date | None = None
    four_p: FourP = ""
    state: str = ""
    progress: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Risk:
    """What could go wrong. `rating` is what the plan prints, which need not follow from the two scores."""

    text: str
    cause: str = ""
    mitigation: str = ""
    owner: str = ""
    likelihood: Score | None = None
    impact: Score | None = None
    rating: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class CrosswalkRow:
    """How a priority answers one of another plan, such as the Police and Crime Plan."""

    external_plan: str
    external_priority: str
    priority: int | None = None
    fit: str = ""
    note: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Consultation:
    """Who was asked about the plan and when, what they said and what it changed. `answers_count` counts people."""

    audience: str
    starts_on: date
    ends_on: date | None = None
    answers_count: int | None = None
    what_was_said: str = ""
    effect: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Gate:
    """A body that the plan goes before. `held_on` is the day of its meeting, or the planned one while it waits.

    `record` is the minute. A plan that was referred back goes through its gates again, in another `round`.
    """

    kind: GateKind
    body: str = ""
    held_on: date | None = None
    outcome: GateOutcome = "waiting"
    record: str = ""
    source: str = ""
    round: int = 1


@dataclass(frozen=True, slots=True)
class PlanFile:
    """A whole plan: its indicators as the core knows them (`plan`), and all the rest.

    `statutory` ticks the themes that the plan says it covers; a theme that is not in it was not spoken of. `source` is
    the title of the document that it was taken from.
    """

    plan: Plan
    area: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    vision: str = ""
    drivers: tuple[str, ...] = ()
    source: str = ""
    statutory: Mapping[StatutoryTheme, bool] = field(default_factory=dict)
    priorities: tuple[Priority, ...] = ()
    actions: tuple[Action, ...] = ()
    risks: tuple[Risk, ...] = ()
    crosswalk: tuple[CrosswalkRow, ...] = ()
    consultations: tuple[Consultation, ...] = ()
    gates: tuple[Gate, ...] = ()

    @property
    def title(self) -> str:
        return self.plan.title

    @property
    def faults(self) -> tuple[Fault, ...]:
        """What could not be read of the file that it came from."""
        return self.plan.faults
