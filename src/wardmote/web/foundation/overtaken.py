"""Two people who edit one record: the second is shown what the first changed, before anything is replaced.

A form that changes a record carries, hidden, a digest of each field as it stood when the form was opened. A save whose
digests are no longer the record's is answered by the same form with both texts. That form carries the newer digests, so
that sending it again replaces the other text knowingly.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.db.models import Model

#: The name of the hidden box.
SEEN = "seen"
_DIGITS = 12


@dataclass(frozen=True, slots=True)
class Overtaken:
    """A field that somebody else changed meanwhile: what it says now, and what the form would make of it."""

    label: str
    theirs: str
    yours: str


def watch(form: forms.BaseForm, values: Mapping[str, Any] | None = None, *, seen: str = "") -> None:
    """Let the form remember how the record stood. `values` are its fields now; None: what the form began with.

    `seen` is what an earlier page of the same form remembered, where it is only drawn anew.
    """
    given: Any = form
    given.watched = dict(values if values is not None else {n: v for n, v in form.initial.items() if n in form.fields})
    sent = form.data.get(SEEN, "") if form.is_bound else ""
    given.seen = seen or sent or describe_seen(given.watched)


def describe_seen(values: Mapping[str, Any]) -> str:
    """A digest of each field, by which a later change of it is noticed. Tells nothing of what it says."""
    return " ".join(f"{name}:{_digest(value)}" for name, value in sorted(values.items()))


def is_overtaken(form: forms.BaseForm) -> bool:
    """Whether somebody else changed what the form, which must be valid, would replace; then the form says what."""
    given: Any = form
    seen = dict(part.split(":", 1) for part in given.seen.split() if ":" in part)
    changed = [name for name, value in given.watched.items() if name in seen and seen[name] != _digest(value)]
    given.overtaken = [_describe(form, name) for name in changed if _differs(form, name)]
    if not given.overtaken:
        return False
    given.seen = describe_seen(given.watched)
    form.add_error(
        None,
        "Somebody else changed this while you were writing, and nothing of yours is saved yet. See below what they"
        " changed, then save again: what stands in the boxes then counts",
    )
    return True


def _digest(value: Any) -> str:
    return hashlib.sha256(repr(_normalise(value)).encode()).hexdigest()[:_DIGITS]


def _normalise(value: Any) -> Any:
    """A value as it compares, whether it comes from a record or from a form."""
    if isinstance(value, list | tuple | set):
        return [_normalise(one) for one in value]
    if value is None:
        return ""
    plain = value.pk if isinstance(value, Model) else value.isoformat() if isinstance(value, date) else value
    return str(plain).replace("\r\n", "\n").strip()


def _differs(form: forms.BaseForm, name: str) -> bool:
    """Whether the form says something else; what has no box of its own is always worth a word."""
    given: Any = form
    return name not in form.fields or _normalise(given.watched[name]) != _normalise(form.cleaned_data.get(name))


def _describe(form: forms.BaseForm, name: str) -> Overtaken:
    given: Any = form
    if name not in form.fields:
        return Overtaken(name.capitalize(), _say(None, given.watched[name]), "what stands in the boxes")
    field = form.fields[name]
    label = str(field.label or name.replace("_", " ").capitalize())
    return Overtaken(label, _say(field, given.watched[name]), _say(field, form.cleaned_data.get(name)))


def _say(field: forms.Field | None, value: Any) -> str:
    """A value in words: the choice's label, dates in full, lists one after the other."""
    if isinstance(value, list | tuple | set):
        return "; ".join(_say(field, one) for one in value) or "(empty)"
    if isinstance(value, date):
        return f"{value:%-d %B %Y}"
    choices: Any = getattr(field, "choices", None) or ()
    labels = {str(key): str(label) for key, label in choices}
    return labels.get(_normalise(value), _normalise(value)) or "(empty)"
