"""The one error for what somebody may not do as things stand: every app raises it, every page shows its words."""

from wardmote.evidence.model.errors import UsageError


class RefusedError(UsageError):
    """The rules, or the state of a record, do not allow it. The text is for the person who tried."""
