"""The closed lists of a plan, and the way it goes: draft, consultation, gates, adopted, superseded."""

from django.db import models


class PlanState(models.TextChoices):
    DRAFT = "draft", "Draft"
    CONSULTATION = "consultation", "Out to consultation"
    APPROVAL = "approval", "In approval"
    ADOPTED = "adopted", "Adopted"
    SUPERSEDED = "superseded", "Superseded"
    WITHDRAWN = "withdrawn", "Withdrawn"


#: From each state, the states that may follow. A gate that refers the plan back sends it to draft.
NEXT_STATES: dict[PlanState, frozenset[PlanState]] = {
    PlanState.DRAFT: frozenset({PlanState.CONSULTATION, PlanState.WITHDRAWN}),
    PlanState.CONSULTATION: frozenset({PlanState.DRAFT, PlanState.APPROVAL, PlanState.WITHDRAWN}),
    PlanState.APPROVAL: frozenset({PlanState.DRAFT, PlanState.ADOPTED, PlanState.WITHDRAWN}),
    PlanState.ADOPTED: frozenset({PlanState.SUPERSEDED}),
    PlanState.SUPERSEDED: frozenset(),
    PlanState.WITHDRAWN: frozenset(),
}


class GateKind(models.TextChoices):
    SCRUTINY = "scrutiny", "Overview and scrutiny committee"
    CABINET = "cabinet", "Cabinet"
    FULL_COUNCIL = "full_council", "Full council"
    STRATEGIC_GROUP = "strategic_group", "Strategic executive group"


#: The gates that a new plan has to pass, in order, unless the partnership sets others.
DEFAULT_GATES: tuple[GateKind, ...] = (GateKind.SCRUTINY, GateKind.CABINET, GateKind.FULL_COUNCIL)


class GateOutcome(models.TextChoices):
    WAITING = "waiting", "Waiting"
    APPROVED = "approved", "Approved"
    APPROVED_WITH_CHANGES = "approved_with_changes", "Approved with changes"
    REFERRED_BACK = "referred_back", "Referred back"
    HELD = "held", "Held; outcome not recorded"


#: What somebody who writes a decision down can say was decided.
DECISIONS: tuple[GateOutcome, ...] = (
    GateOutcome.APPROVED,
    GateOutcome.APPROVED_WITH_CHANGES,
    GateOutcome.REFERRED_BACK,
)
#: The outcomes that let a plan go on.
PASSING: frozenset[GateOutcome] = frozenset({GateOutcome.APPROVED, GateOutcome.APPROVED_WITH_CHANGES})


class FourP(models.TextChoices):
    PREPARE = "prepare", "Prepare"
    PROTECT = "protect", "Protect"
    PREVENT = "prevent", "Prevent"
    PURSUE = "pursue", "Pursue"


class ActionState(models.TextChoices):
    NOT_STARTED = "not_started", "Not started"
    UNDER_WAY = "under_way", "Under way"
    DONE = "done", "Done"
    STOPPED = "stopped", "Stopped"


class StatutoryTheme(models.TextChoices):
    """What section 6 of the Crime and Disorder Act 1998 asks a strategy for."""

    CRIME_AND_DISORDER = "crime_and_disorder", "Crime and disorder"
    SUBSTANCE_MISUSE = "substance_misuse", "Substance misuse"
    REOFFENDING = "reoffending", "Re-offending"
    SERIOUS_VIOLENCE = "serious_violence", "Serious violence"


class Polarity(models.TextChoices):
    HIGHER = "higher", "Higher is better"
    LOWER = "lower", "Lower is better"
    CONTESTED = "contested", "Contested: more may be more harm or more trust"
    NONE = "none", "Not a measure of better or worse"


class ReturnShape(models.TextChoices):
    """What a contributor is asked to type."""

    X_OF_Y = "x_of_y", "A numerator and a denominator"
    COUNT = "count", "A count"
    RATE = "rate", "A rate, with its count where known"
    PERCENT = "percent", "A percentage without counts"
    MONEY = "money", "An amount of money"
    PARTS = "parts", "Several named parts"
    CHECKLIST = "checklist", "Steps done"
    STATUS = "status", "How far it has come, in words"


class Frequency(models.TextChoices):
    QUARTERLY = "quarterly", "Every quarter"
    HALF_YEARLY = "half_yearly", "Every second quarter"
    YEARLY = "yearly", "Once a year"
