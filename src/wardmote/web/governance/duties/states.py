"""The closed lists of duties and data drops: each with the letter by which it stands on every page."""

from django.db import models


class DutyState(models.TextChoices):
    IN_TIME = "in_time", "In time"
    SOON = "soon", "Due soon"
    OVERDUE = "overdue", "Overdue"
    NEVER = "never", "Never done"
    STANDING = "standing", "Always, by no date"
    NOT_APPLICABLE = "not_applicable", "Not applicable"


#: Letter and colour of the tag; the words stand beside them.
DUTY_MARKS = {
    DutyState.IN_TIME: ("T", "green"), DutyState.SOON: ("S", "yellow"), DutyState.OVERDUE: ("O", "red"),
    DutyState.NEVER: ("N", "red"), DutyState.STANDING: ("–", "blue"), DutyState.NOT_APPLICABLE: ("X", "grey"),
}  # fmt: skip
#: The most urgent first.
ORDER = (
    DutyState.OVERDUE, DutyState.NEVER, DutyState.SOON, DutyState.IN_TIME, DutyState.STANDING,
    DutyState.NOT_APPLICABLE,
)  # fmt: skip
#: What somebody is told of.
ALARMS = frozenset({DutyState.OVERDUE, DutyState.NEVER, DutyState.SOON})


class DropState(models.TextChoices):
    DUE = "due", "Due"
    COME = "come", "Come"
    LATE = "late", "Come late"
    MISSING = "missing", "Missing"
    NOT_APPLICABLE = "not_applicable", "Not applicable"


DROP_MARKS = {
    DropState.DUE: ("D", "blue"), DropState.COME: ("C", "green"), DropState.LATE: ("L", "yellow"),
    DropState.MISSING: ("M", "red"), DropState.NOT_APPLICABLE: ("X", "grey"),
}  # fmt: skip


class ReminderStage(models.TextChoices):
    """How far the reminding of a drop has come; each is sent once."""

    NONE = "", "Not yet"
    OPENED = "opened", "When it opened"
    BEFORE = "before", "Two weeks before"
    LATE = "late", "When it was missing"
