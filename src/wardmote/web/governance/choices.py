"""Boxes that forms of governance share: a body, a person, several lines of text, a record chosen by its words."""

from collections.abc import Callable
from typing import Any

from django import forms

from wardmote.web.partnerships.interface import Organisation, Partnership, Person


class TextArea(forms.CharField):
    """Several lines of text."""

    widget = forms.Textarea


class WordedChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A record chosen by what `say` makes of it."""

    def __init__(self, *args: Any, say: Callable[[Any], str] = str, **kwargs: Any) -> None:
        self.say = say
        super().__init__(*args, **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        return self.say(obj)


def make_body_field(
    partnership: Partnership, label: str, *, held: Any = None, help_text: str = ""
) -> "forms.ModelChoiceField[Any]":
    """A body that sits in the partnership now; `held` is the key of one that a record has already and that has left."""
    seated = Organisation.objects.filter(seats__partnership=partnership, seats__ended_on=None)
    kept = Organisation.objects.filter(pk=held)
    return forms.ModelChoiceField(
        (seated | kept).distinct().order_by("name"), label=label, required=False, empty_label="No body",
        help_text=help_text,
    )  # fmt: skip


def make_person_field(
    partnership: Partnership, label: str, *, held: Any = None, help_text: str = ""
) -> "forms.ModelChoiceField[Any]":
    """A person who has a role in the partnership now; `held` is the key of one whom a record names already."""
    members = Person.objects.filter(memberships__partnership=partnership, memberships__ended_at=None, is_active=True)
    kept = Person.objects.filter(pk=held)
    return forms.ModelChoiceField(
        (members | kept).distinct().order_by("name"), label=label, required=False, empty_label="Nobody",
        help_text=help_text,
    )  # fmt: skip
