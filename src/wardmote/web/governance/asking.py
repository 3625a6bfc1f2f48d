"""Questions that a write raises before it is done: told on its form with a box to tick, and asked again by what is new.

An action that finds something odd, but possible, raises AskedError unless each question's key is among those that were
confirmed. A key names what was asked about, so that a tick never answers for something that came later.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms

from wardmote.web.foundation.clock import read_today
from wardmote.web.foundation.design.words import localise, say_date, say_time
from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.governance.form_answers import tell_refusal
from wardmote.web.partnerships.interface import Person, name_people

#: The name of the boxes.
CONFIRMED = "confirmed"


@dataclass(frozen=True, slots=True)
class Question:
    """What is odd (`words`), what a tick says to it, and the key by which the tick is known."""

    key: str
    words: str
    tick: str


class AskedError(RefusedError):
    """Nothing is written yet: somebody must say that it is meant."""

    def __init__(self, questions: Iterable[Question]) -> None:
        self.questions = tuple(questions)
        super().__init__(". ".join(question.words for question in self.questions))


def check_confirmed(questions: Iterable[Question], confirmed: Collection[str]) -> None:
    """Raise AskedError with every question where one of them is not confirmed."""
    asked = tuple(questions)
    if any(question.key not in confirmed for question in asked):
        raise AskedError(asked)


def ask_of_alike(key: UUID, made_at: datetime, made_by: UUID | None, *, by: Person | None, what: str) -> Question:
    """Ask whether what equals something that stands, with that key, is another one."""
    who = "you" if by is not None and made_by == by.pk else name_people({made_by})[made_by]
    day = "" if localise(made_at).date() == read_today() else f" on {say_date(made_at)}"
    return Question(
        f"alike:{key}", f"{what} like this was made at {say_time(made_at)}{day} by {who}. Nothing more is written yet",
        "There are two: write this one as well",
    )  # fmt: skip


def is_same_text(one: str, other: str) -> bool:
    """
    >>> is_same_text("INV 1 ", "inv  1"), is_same_text("INV 1", "INV 2")
    (True, False)
    """
    return one.casefold().split() == other.casefold().split()


def read_confirmed(form: forms.Form) -> frozenset[str]:
    """What was ticked on the form as it was sent."""
    data: Any = form.data
    return frozenset(data.getlist(CONFIRMED) if hasattr(data, "getlist") else data.get(CONFIRMED, ()))


def tell_or_ask(form: forms.Form, refusal: Exception) -> None:
    """A refusal stands over the form; questions stand in it, each with its box."""
    if not isinstance(refusal, AskedError):
        tell_refusal(form, refusal)
        return
    form.fields[CONFIRMED] = forms.MultipleChoiceField(
        label="Is it meant?", widget=forms.CheckboxSelectMultiple,
        choices=[(question.key, question.tick) for question in refusal.questions],
    )  # fmt: skip
    for question in refusal.questions:
        form.add_error(CONFIRMED, question.words)
