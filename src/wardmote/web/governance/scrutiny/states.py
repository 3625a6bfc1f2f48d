"""The closed lists of scrutiny: how a recommendation stands and how a body answers."""

from django.db import models


class Outcome(models.TextChoices):
    """What a body answers to a recommendation. Anything but accepted needs the reason."""

    ACCEPTED = "accepted", "Accepted"
    PARTLY = "partly", "Accepted in part"
    REJECTED = "rejected", "Rejected"


class Standing(models.TextChoices):
    """How a recommendation stands on a day. It is found from the answers, never set by hand."""

    RECEIVED = "received", "Received"
    OVERDUE = "overdue", "Overdue"
    ACCEPTED = "accepted", "Accepted"
    PARTLY = "partly", "Accepted in part"
    REJECTED = "rejected", "Rejected"
    IMPLEMENTED = "implemented", "Implemented"


#: How each is coloured on a page; its words alone tell.
STANDING_TAGS = {
    Standing.RECEIVED: "blue",
    Standing.OVERDUE: "red",
    Standing.ACCEPTED: "green",
    Standing.PARTLY: "yellow",
    Standing.REJECTED: "grey",
    Standing.IMPLEMENTED: "turquoise",
}
#: Waiting for an answer.
UNANSWERED = frozenset({Standing.RECEIVED, Standing.OVERDUE})


class ReminderStage(models.TextChoices):
    BEFORE = "before", "Due soon"
    DUE = "due", "Due"
    LATE = "late", "Late"
