"""The closed lists of meetings, and what may follow what."""

from collections.abc import Mapping

from django.db import models


class GroupKind(models.TextChoices):
    """What a group is in a partnership. The strategy group is the one that the 2007 regulations ask for."""

    STRATEGY = "strategy", "Strategy group or executive"
    OPERATIONAL = "operational", "Operational group"
    SCRUTINY = "scrutiny", "Scrutiny committee"
    SUB_GROUP = "sub_group", "Sub-group"
    OTHER_BOARD = "other_board", "Another board"


class Cadence(models.TextChoices):
    MONTHLY = "monthly", "Every month"
    SIX_WEEKLY = "six_weekly", "Every six weeks"
    QUARTERLY = "quarterly", "Every quarter"
    HALF_YEARLY = "half_yearly", "Twice a year"
    YEARLY = "yearly", "Once a year"
    AS_NEEDED = "as_needed", "As needed"


class MeetingState(models.TextChoices):
    PLANNED = "planned", "Planned"
    AGENDA_OUT = "agenda_out", "Agenda out"
    HELD = "held", "Minutes in draft"
    AGREED = "agreed", "Minutes agreed"
    CANCELLED = "cancelled", "Cancelled"


#: Where a meeting may go from where it is. What was cancelled, or agreed, stays so.
NEXT_STATES: Mapping[MeetingState, tuple[MeetingState, ...]] = {
    MeetingState.PLANNED: (MeetingState.AGENDA_OUT, MeetingState.CANCELLED),
    MeetingState.AGENDA_OUT: (MeetingState.HELD, MeetingState.PLANNED, MeetingState.CANCELLED),
    MeetingState.HELD: (MeetingState.AGREED,),
    MeetingState.AGREED: (),
    MeetingState.CANCELLED: (),
}
#: The states in which there is something to read for who is not of the partnership.
AGENDA_IS_OUT = frozenset({MeetingState.AGENDA_OUT, MeetingState.HELD, MeetingState.AGREED})


class ItemKind(models.TextChoices):
    OWN = "own", "For this meeting"
    STANDING = "standing", "Standing item"
    EXCEPTIONS = "exceptions", "Exceptions of the quarter"


class Presence(models.TextChoices):
    PRESENT = "present", "Present"
    DEPUTY = "deputy", "Sent a deputy"
    APOLOGIES = "apologies", "Apologies"
    ABSENT = "absent", "Absent without apologies"


#: Who counts towards a quorum: a body is there when somebody sits for it.
SITS = frozenset({Presence.PRESENT, Presence.DEPUTY})


class ActionState(models.TextChoices):
    OPEN = "open", "Open"
    DONE = "done", "Done"
    DROPPED = "dropped", "No longer needed"


class SignedKind(models.TextChoices):
    """What responsible authorities put their names to."""

    PLAN = "plan", "Plan"
    ASSESSMENT = "assessment", "Strategic assessment"
    AGREEMENT = "agreement", "County agreement"
    OTHER = "other", "Another document"
