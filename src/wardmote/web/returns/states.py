"""The way of a return, and of the quarter it belongs to."""

from django.db import models


class QuarterState(models.TextChoices):
    OPEN = "open", "Open"
    LOCKED = "locked", "Locked"


class ReturnState(models.TextChoices):
    OWED = "owed", "Not started"
    DRAFT = "draft", "Draft"
    SUBMITTED = "submitted", "Submitted"
    QUERIED = "queried", "Queried"
    SIGNED_OFF = "signed_off", "Signed off"
    CLOSED = "closed", "No longer asked"


#: From each state, the states that may follow. Signed off comes back only by `reopen`, with a reason. Submitted goes
#: back to draft by being withdrawn; queried goes to submitted by an answer. Anything not signed off is closed when a
#: revised plan asks for it no longer, with what was typed kept.
NEXT_STATES: dict[ReturnState, frozenset[ReturnState]] = {
    ReturnState.OWED: frozenset({ReturnState.DRAFT, ReturnState.SUBMITTED, ReturnState.CLOSED}),
    ReturnState.DRAFT: frozenset({ReturnState.DRAFT, ReturnState.SUBMITTED, ReturnState.CLOSED}),
    ReturnState.SUBMITTED: frozenset(
        {ReturnState.QUERIED, ReturnState.SIGNED_OFF, ReturnState.DRAFT, ReturnState.CLOSED}
    ),
    ReturnState.QUERIED: frozenset({ReturnState.DRAFT, ReturnState.SUBMITTED, ReturnState.CLOSED}),
    ReturnState.SIGNED_OFF: frozenset({ReturnState.QUERIED}),
    ReturnState.CLOSED: frozenset(),
}

#: What somebody can still type into.
EDITABLE = (ReturnState.OWED, ReturnState.DRAFT, ReturnState.QUERIED)
#: What has not come in yet.
UNSENT = (ReturnState.OWED, ReturnState.DRAFT)
#: What nobody has to do anything about any more.
SETTLED = (ReturnState.SIGNED_OFF, ReturnState.CLOSED)


class ReasonCode(models.TextChoices):
    """Why there is no number: the core's grey reasons, as far as a contributor can give them."""

    NOT_DUE = "not_due", "Not due yet: the figure comes later"
    NO_DATA = "no_data", "The data has not been released or collected"
    NO_BASELINE = "no_baseline", "There is nothing yet to measure the change from"
    NO_COMPARATOR = "no_comparator", "The figure it is held against is not out"
    DEFINITION = "definition", "What is counted has changed"
    DENOMINATOR = "denominator", "The denominator is not known"
    DISCONTINUED = "discontinued", "It is no longer collected"
    NIL = "nil", "Nothing happened: a true zero, or nothing to report"


class ChangeKind(models.TextChoices):
    SUBMITTED = "submitted", "Submitted"
    REVISED = "revised", "Revised after sign-off"
    IMPORTED = "imported", "Taken over from an earlier document"
    FILLED = "filled", "Filled from the evidence"


class QueryState(models.TextChoices):
    OPEN = "open", "Open"
    ANSWERED = "answered", "Answered"
    CLOSED = "closed", "Closed"


#: The rule under which the reason of a reopening stands among the questions: the new submission is its answer.
REOPENED = "reopened"


class CopyKind(models.TextChoices):
    """Why an earlier text of a draft was put aside: nothing that was typed is thrown away."""

    OVERTAKEN = "overtaken", "A later save took its place"
    SET_ASIDE = "set_aside", "Not taken: somebody else had changed the draft"


class ChaseStage(models.TextChoices):
    """How far a reminder has come. Late ones repeat each week under the number of the week."""

    BEFORE = "before", "Due soon"
    DUE = "due", "Due"
    LATE = "late", "Late"
    BY_HAND = "by_hand", "Sent by the coordinator"


class DocumentKind(models.TextChoices):
    """What a document that was made of returns is, by which is known whom it is for."""

    PERFORMANCE = "performance", "Performance report"
    EXECUTIVE = "executive", "Executive report"
    SCRUTINY = "scrutiny", "Scrutiny pack"
    OUTTURN = "outturn", "Year-end out-turn"
    PLAN = "plan", "Plan document"
    HISTORY = "history", "An agency’s own returns"
