"""The forms of scrutiny."""

from typing import Any

from django import forms

from wardmote.web.foundation.clock import read_today
from wardmote.web.foundation.design.dates import DatePartsField
from wardmote.web.governance.choices import TextArea, make_body_field
from wardmote.web.governance.scrutiny.models import Recommendation
from wardmote.web.governance.scrutiny.policies import FEWEST_WORDS, count_words
from wardmote.web.governance.scrutiny.states import Outcome
from wardmote.web.partnerships.interface import Organisation, Partnership


class RecommendationForm(forms.Form):
    """What was recommended, by which committee, and to whom."""

    text = TextArea(label="Recommendation", max_length=4000, help_text="In the committee’s own words")
    committee = forms.CharField(label="Committee", max_length=200)
    met_on = DatePartsField(label="Committee met on")
    received_on = DatePartsField(label="Received on", help_text="The answer’s time runs from this day")
    source = forms.CharField(label="Minute or report", max_length=300, required=False)

    def __init__(self, partnership: Partnership, data: Any = None, *, held: Recommendation | None = None) -> None:
        super().__init__(data, initial=_read(held) if held else None)
        seated = Organisation.objects.filter(seats__partnership=partnership, seats__ended_on=None)
        kept = Organisation.objects.filter(pk__in=[row.body_id for row in held.addressed.all()] if held else [])
        self.fields["bodies"] = forms.ModelMultipleChoiceField(
            (seated | kept).distinct().order_by("name"), label="Addressed to", widget=forms.CheckboxSelectMultiple,
            help_text="Each of them owes an answer",
            error_messages={"required": "Choose at least one body", "invalid_pk_value": "Choose at least one body"},
        )  # fmt: skip
        self.order_fields(["text", "committee", "met_on", "received_on", "bodies", "source"])

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        met_on, received_on = found.get("met_on"), found.get("received_on")
        if met_on and received_on and received_on < met_on:
            self.add_error("received_on", "It cannot have been received before the committee met")
        if received_on and received_on > read_today():
            self.add_error("received_on", "The day lies ahead. Write it down when it has come")
        return found

    def read_fields(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "bodies"}


def _read(held: Recommendation) -> dict[str, Any]:
    plain = ("text", "committee", "met_on", "received_on", "source")
    return {name: getattr(held, name) for name in plain} | {"bodies": [row.body_id for row in held.addressed.all()]}


class AnswerForm(forms.Form):
    """One body's answer. Which bodies may be chosen is the person's to be asked of."""

    outcome = forms.ChoiceField(label="Answer", choices=Outcome.choices, widget=forms.RadioSelect)
    text = TextArea(label="What is answered", max_length=4000)
    reason = TextArea(
        label="Why it is not accepted as it stands", max_length=4000, required=False,
        help_text="Needed unless it is accepted",
    )  # fmt: skip
    answered_on = DatePartsField(label="Answered on")

    def __init__(self, bodies: list[Organisation], data: Any = None) -> None:
        super().__init__(data, initial={"answered_on": read_today()})
        self.fields["body"] = forms.ModelChoiceField(
            Organisation.objects.filter(pk__in=[body.pk for body in bodies]).order_by("name"), label="Who answers",
            empty_label=None if len(bodies) == 1 else "Choose a body",
        )  # fmt: skip
        self.order_fields(["body", "outcome", "text", "reason", "answered_on"])

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("outcome") not in (None, Outcome.ACCEPTED) and not found.get("reason", "").strip():
            self.add_error("reason", "Say why it is not accepted as it stands")
        return found

    def read_fields(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "body"}


class RecommendedActionForm(forms.Form):
    """Something to be done because of a recommendation."""

    text = TextArea(label="What will be done", max_length=2000)
    due_on = DatePartsField(label="Due on")

    def __init__(self, partnership: Partnership, data: Any = None) -> None:
        super().__init__(data)
        self.fields["body"] = make_body_field(partnership, "Who does it")
        self.fields["body"].required = True
        self.order_fields(["text", "body", "due_on"])


class DoneForm(forms.Form):
    """When it was done, and what there is to say of it."""

    done_on = DatePartsField(label="Done on")
    note = TextArea(label="What was done", max_length=2000, required=False)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"done_on": read_today()})


class LeaveOutForm(forms.Form):
    """Why a missed target is left out of the pack."""

    reason = TextArea(
        label="Why is it left out?", max_length=1000,
        help_text=f"At least {FEWEST_WORDS} words. The pack prints them, with your name and the day",
    )  # fmt: skip

    def clean_reason(self) -> str:
        words = " ".join(self.cleaned_data["reason"].split())
        if count_words(words) < FEWEST_WORDS:
            raise forms.ValidationError(f"Give the reason in at least {FEWEST_WORDS} words: it is printed in the pack")
        return words


class AnswerTimeForm(forms.Form):
    """How many days an answer has from a day on, and by what."""

    days = forms.IntegerField(label="Days", min_value=1, max_value=366)
    counts_from = DatePartsField(label="For what is received from")
    source = forms.CharField(
        label="By what", max_length=300, help_text="The regulation, or the committee’s protocol with its date"
    )
