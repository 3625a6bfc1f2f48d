"""Boxes that the plan's forms share."""

from collections.abc import Iterable
from typing import Any

from django import forms

from wardmote.web.partnerships.interface import Organisation, Partnership, Person


class LinesField(forms.CharField):
    """A list, one entry a line."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value) or ""
        return [line.strip() for line in text.splitlines() if line.strip()]

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(str(one) for one in value) if isinstance(value, list | tuple) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return list(initial or []) != self.to_python(data)


class TextArea(forms.CharField):
    """Several lines of text."""

    widget = forms.Textarea


def make_people_field(partnership: Partnership, label: str, help_text: str = "") -> "forms.ModelChoiceField[Any]":
    """A person who has a role in the partnership now."""
    people = Person.objects.filter(memberships__partnership=partnership, memberships__ended_at=None, is_active=True)
    return forms.ModelChoiceField(
        people.distinct().order_by("name"), label=label, required=False, empty_label="Nobody", help_text=help_text
    )


def make_bodies_field(
    partnership: Partnership, label: str, *, held: Any = None, help_text: str = ""
) -> "forms.ModelChoiceField[Any]":
    """A body that sits in the partnership now; `held` is one that a record has already and that may have left."""
    seated = Organisation.objects.filter(seats__partnership=partnership, seats__ended_on=None)
    kept = Organisation.objects.filter(pk=held)
    return forms.ModelChoiceField(
        (seated | kept).distinct().order_by("name"), label=label, required=False, empty_label="Nobody yet",
        help_text=help_text,
    )  # fmt: skip


def with_blank(choices: Iterable[tuple[str, str]], blank: str) -> list[tuple[str, str]]:
    return [("", blank), *choices]
