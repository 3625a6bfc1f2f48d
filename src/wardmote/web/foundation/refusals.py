"""The one error for what somebody may not do as things stand: every app raises it, every page shows its words."""

from typing import Any, Protocol

from wardmote.evidence.model.errors import UsageError

#: The status of a page that shows a form again with what is wrong in it.
REFUSED = 422


class _Form(Protocol):
    is_bound: bool

    @property
    def errors(self) -> Any: ...


class RefusedError(UsageError):
    """The rules, or the state of a record, do not allow it. The text is for the person who tried."""


def find_status(form: _Form | None) -> int:
    """The status of a page with a form: 422 where what was sent was refused, else 200."""
    return REFUSED if form is not None and form.is_bound and form.errors else 200
