"""The forms of the risk register."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from wardmote.web.foundation.clock import read_today
from wardmote.web.foundation.design.dates import DatePartsField
from wardmote.web.governance.choices import TextArea, WordedChoice, make_body_field, make_person_field
from wardmote.web.governance.risks.actions import SCORE_FIELDS
from wardmote.web.governance.risks.models import Mitigation, RegisteredRisk
from wardmote.web.governance.risks.states import IMPACTS, LIKELIHOODS, MitigationState
from wardmote.web.partnerships.interface import Partnership
from wardmote.web.plans.interface import Action, Plan, Priority, Risk, get_current_plan


def _make_scale(label: str, choices: Iterable[tuple[int, str]]) -> forms.TypedChoiceField:
    shown = [("", "Choose"), *((str(value), words) for value, words in choices)]
    return forms.TypedChoiceField(label=label, choices=shown, coerce=int, empty_value=None)


class RiskForm(forms.Form):
    """What a risk is and who watches it."""

    text = TextArea(label="What could go wrong", max_length=2000)
    cause = TextArea(label="Why it could happen", max_length=2000, required=False)
    consequence = TextArea(label="What would follow", max_length=2000, required=False)
    owner_title = forms.CharField(
        label="Owner’s post", max_length=200, required=False, help_text="Where the owner has no account here"
    )
    target_score = forms.IntegerField(
        label="Target score", min_value=1, max_value=25, required=False,
        help_text="Likelihood times impact that the partnership would live with, from 1 to 25",
    )  # fmt: skip

    def __init__(self, partnership: Partnership, data: Any = None, *, risk: RegisteredRisk | None = None) -> None:
        super().__init__(data, initial=_read_risk(risk) if risk else None)
        if risk is not None:
            self.fields["review_on"] = DatePartsField(label="Look at it again on", required=False)
        held = risk or RegisteredRisk()
        body = make_body_field(partnership, "Body that owns it", held=held.owner_body_id)
        person = make_person_field(partnership, "Person who owns it", held=held.owner_person_id)
        self.fields |= {"owner_body": body, "owner_person": person, "priority": _choose_priority(partnership, held)}
        self.order_fields(
            ["text", "cause", "consequence", "owner_body", "owner_person", "owner_title", "priority", "target_score"]
        )

    def clean_review_on(self) -> date | None:
        """A day that is changed is one to come; one that has passed stays as it is."""
        day: date | None = self.cleaned_data["review_on"]
        if day is not None and day <= read_today() and day != self.initial.get("review_on"):
            raise forms.ValidationError("The day to look at it again must be after today")
        return day


def _read_risk(risk: RegisteredRisk) -> dict[str, Any]:
    plain = ("text", "cause", "consequence", "owner_title", "target_score", "review_on")
    linked = ("owner_body", "owner_person", "priority")
    return {name: getattr(risk, name) for name in plain} | {name: getattr(risk, f"{name}_id") for name in linked}


def _choose_priority(partnership: Partnership, held: RegisteredRisk) -> WordedChoice:
    """A priority of the plan in force, or the one that the risk names already."""
    rows = Priority.objects.filter(partnership=partnership)
    own = rows.filter(plan=get_current_plan(partnership)) | rows.filter(pk=held.priority_id)
    return WordedChoice(
        own.order_by("number"), label="Priority that it threatens", required=False, empty_label="None, or all of them",
        say=lambda priority: f"{priority.number}. {priority.title}",
    )  # fmt: skip


class ScoreForm(forms.Form):
    """A scoring. It begins with the last one, so that looking at it again and leaving it is one button."""

    inherent_likelihood = _make_scale("Likelihood if nothing were done", LIKELIHOODS)
    inherent_impact = _make_scale("Impact if nothing were done", IMPACTS)
    residual_likelihood = _make_scale("Likelihood with what is done", LIKELIHOODS)
    residual_impact = _make_scale("Impact with what is done", IMPACTS)
    scored_on = DatePartsField(label="Scored on")
    reason = TextArea(
        label="Why this score", max_length=2000, help_text="Also where it stays the same: say what was looked at"
    )
    review_on = DatePartsField(label="Look at it again on")

    def __init__(self, risk: RegisteredRisk, data: Any = None) -> None:
        scores = list(risk.scores.all())
        last = {name: getattr(scores[-1], name) for name in SCORE_FIELDS} if scores else {}
        self.last_on = scores[-1].scored_on if scores else None
        super().__init__(data, initial={**last, "scored_on": read_today()})

    def clean_scored_on(self) -> date:
        day: date = self.cleaned_data["scored_on"]
        if day > read_today():
            raise forms.ValidationError("A score is given on the day, not for a day to come")
        if self.last_on is not None and day < self.last_on:
            raise forms.ValidationError(f"The last score is of {self.last_on:%-d %B %Y}. Give that day or a later one")
        return day

    def clean_review_on(self) -> date:
        day: date = self.cleaned_data["review_on"]
        if day <= read_today():
            raise forms.ValidationError("The day to look at it again must be after today")
        return day

    def read_scores(self) -> dict[str, int]:
        return {name: self.cleaned_data[name] for name in SCORE_FIELDS}


class MitigationForm(forms.Form):
    """What is done about a risk."""

    text = TextArea(label="What is done", max_length=2000)
    due_on = DatePartsField(label="Due on", required=False)
    state = forms.ChoiceField(label="How far it has come", choices=MitigationState.choices, widget=forms.RadioSelect)

    def __init__(self, risk: RegisteredRisk, data: Any = None, *, mitigation: Mitigation | None = None) -> None:
        held = mitigation or Mitigation(state=MitigationState.PLANNED)
        super().__init__(data, initial=_read_mitigation(held))
        self.fields |= {
            "body": make_body_field(risk.partnership, "Body that does it", held=held.body_id),
            "person": make_person_field(risk.partnership, "Person who does it", held=held.person_id),
            "action": _choose_action(risk.partnership, held),
        }
        self.order_fields(["text", "body", "person", "due_on", "state", "action"])


def _read_mitigation(mitigation: Mitigation) -> dict[str, Any]:
    plain = {name: getattr(mitigation, name) for name in ("text", "due_on", "state")}
    return plain | {name: getattr(mitigation, f"{name}_id") for name in ("body", "person", "action")}


def _choose_action(partnership: Partnership, held: Mitigation) -> WordedChoice:
    rows = Action.objects.filter(partnership=partnership)
    own = rows.filter(plan=get_current_plan(partnership)) | rows.filter(pk=held.action_id)
    return WordedChoice(
        own.order_by("priority__number", "number"), label="Action of the plan that it is", required=False,
        empty_label="None", say=lambda action: f"{action.priority.number}. {action.text[:90]}",
    )  # fmt: skip


class ReasonForm(forms.Form):
    """Why something is done that cannot be undone without a trace."""

    reason = TextArea(label="Why", max_length=2000)


class TakeOverForm(forms.Form):
    """Which of the plan's risks go into the register."""

    risks = forms.ModelMultipleChoiceField(
        Risk.objects.none(), label="Risks to take over", widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, plan: Plan, rows: list[Risk], data: Any = None) -> None:
        super().__init__(data, initial={"risks": [risk.pk for risk in rows]})
        field: Any = self.fields["risks"]
        field.queryset = Risk.objects.filter(
            partnership=plan.partnership_id, plan=plan, pk__in=[risk.pk for risk in rows]
        ).select_related("plan")
        field.label_from_instance = lambda risk: risk.text
