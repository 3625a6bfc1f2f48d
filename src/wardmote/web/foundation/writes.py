"""The one way to write: inside `writing(...)`, which is atomic, says who did what and why, and is audited.

A record saved outside of it raises UnauditedWriteError, so that no view, task or shell can change anything unseen.
The entry lists each record that was changed with its fields before and after, as their privacy labels allow.
"""

import hashlib
import hmac
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol
from uuid import UUID

from django.conf import settings
from django.db import transaction

from wardmote.web.foundation.privacy import Privacy

if TYPE_CHECKING:
    from wardmote.web.foundation.records import Record

SITE_CHAIN = "site"  # what belongs to no partnership: sign-ins, people, organisations


class UnauditedWriteError(RuntimeError):
    """A record was to be changed outside of `writing`: a fault of ours, never of a user's."""


class Identified(Protocol):
    """Anything with a key: a person, a partnership, a record."""

    @property
    def pk(self) -> Any: ...


@dataclass(slots=True)
class Write:
    """One thing done by one person, while it is being done."""

    chain: str
    by: UUID | None  # None: the system itself, as when a quarter opens
    verb: str  # "returns.submitted": app and past participle
    subject: "Record | None"
    reason: str
    facts: dict[str, Any]
    changes: list[dict[str, Any]] = field(default_factory=list)

    def note(self, kind: str, record: "Record", values: dict[str, Any]) -> None:
        """Add a record's change: kind is added, changed or removed."""
        if values or kind != "changed":
            self.changes.append({"kind": kind, "of": name_record(record), "id": str(record.pk), "values": values})


_current: ContextVar[Write | None] = ContextVar("current_write", default=None)


@contextmanager
def writing(
    *,
    by: Identified | None,
    verb: str,
    partnership: Identified | None = None,
    chain: str = "",
    subject: "Record | None" = None,
    reason: str = "",
    facts: dict[str, Any] | None = None,
) -> Iterator[Write]:
    """Do one audited thing, wholly or not at all.

    `by` is the person (None: the system), `verb` what was done ("plans.adopted"), `subject` the record it was done to
    (may be set on the yielded Write once it exists), `facts` further plain values without personal data. The audit
    entry is written last, in the same transaction; an exception leaves neither. `chain` is the partnership's key where
    only that is at hand.
    """
    from wardmote.web.foundation.audit import append_entry

    trail = str(partnership.pk) if partnership is not None else chain or SITE_CHAIN
    write = Write(trail, by.pk if by is not None else None, verb, subject, reason, dict(facts or {}))
    with transaction.atomic():
        token = _current.set(write)
        try:
            yield write
        finally:
            _current.reset(token)
        append_entry(write)


def get_current_write(record: "Record") -> Write:
    """The write under way. Raises UnauditedWriteError where there is none."""
    write = _current.get()
    if write is None:
        raise UnauditedWriteError(f"{name_record(record)} is to be changed outside of writing(...)")
    return write


def has_current_write() -> bool:
    return _current.get() is not None


def name_record(record: "Record | type[Record]") -> str:
    """What the trail calls a kind of record: "returns.return"."""
    return f"{record._meta.app_label}.{record._meta.model_name}"


def describe_value(label: Privacy, value: Any) -> Any:
    """What the trail may say of one field's value."""
    if label in (Privacy.NONE, Privacy.ORGANISATION):
        return value if value is None or isinstance(value, bool | int | float | str | list | dict) else str(value)
    if label is Privacy.SECRET or value in (None, ""):
        return "" if value in (None, "") else "(withheld)"
    digest = hmac.new(settings.AUDIT_KEY, str(value).encode(), hashlib.sha256).hexdigest()
    return f"(withheld {digest[:16]})"
