"""The forms of the plan itself: made, changed, moved, revised; its gates; how far an action has come."""

from typing import Any

from django import forms

from wardmote.web.foundation.design.dates import DatePartsField
from wardmote.web.plans.forms.fields import LinesField, TextArea, with_blank
from wardmote.web.plans.models import Action, Gate, Plan
from wardmote.web.plans.policies import needs_council
from wardmote.web.plans.states import DECISIONS, ActionState, GateKind, StatutoryTheme


class PlanForm(forms.Form):
    """What stands once in a plan."""

    title = forms.CharField(label="Title", max_length=200)
    starts_on = DatePartsField(label="First day", help_text="For example, 1 4 2027")
    ends_on = DatePartsField(label="Last day", help_text="A plan covers at least three years")
    vision = TextArea(label="Vision", required=False)
    drivers = LinesField(label="Drivers", required=False, help_text="What the plan answers to, one a line")
    themes = forms.MultipleChoiceField(
        label="Statutory themes that the plan answers", choices=StatutoryTheme.choices, required=False,
        widget=forms.CheckboxSelectMultiple, help_text="Crime and Disorder Act 1998, section 6",
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        starts_on, ends_on = found.get("starts_on"), found.get("ends_on")
        if starts_on and ends_on and ends_on <= starts_on:
            self.add_error("ends_on", "The last day must be after the first")
        return found


class NewPlanForm(PlanForm):
    """A new plan, perhaps in succession to an older one."""

    predecessor = forms.ModelChoiceField(
        Plan.objects.none(), label="Which plan does it take over from?", required=False, empty_label="None",
        help_text="Indicators can then carry on that plan's series",
    )  # fmt: skip

    def __init__(self, plans: Any, data: Any = None) -> None:
        super().__init__(data)
        self.fields["predecessor"].queryset = plans  # type: ignore[attr-defined]


class ReasonForm(forms.Form):
    """Why something is done that cannot be taken back."""

    reason = TextArea(label="Why?", max_length=2000, error_messages={"required": "Say why"})


class DiscontinueForm(ReasonForm):
    on = DatePartsField(label="From which day?")


class GatesForm(forms.Form):
    """Which bodies must approve the plan."""

    kinds = forms.MultipleChoiceField(
        label="Which bodies must approve the plan?", choices=GateKind.choices, widget=forms.CheckboxSelectMultiple,
        help_text="In this order",
    )  # fmt: skip

    def __init__(self, plan: Plan, data: Any = None, *, initial: list[str] | None = None) -> None:
        super().__init__(data, initial={"kinds": initial or []})
        self.plan = plan
        field: Any = self.fields["kinds"]
        order = [GateKind.STRATEGIC_GROUP, GateKind.SCRUTINY, GateKind.CABINET, GateKind.FULL_COUNCIL]
        field.choices = [(kind.value, kind.label) for kind in order]

    def clean_kinds(self) -> list[GateKind]:
        chosen = [GateKind(value) for value, _ in self.fields["kinds"].choices if value in self.cleaned_data["kinds"]]  # type: ignore[attr-defined]
        if needs_council(self.plan.partnership) and GateKind.FULL_COUNCIL not in chosen:
            raise forms.ValidationError("Full council must decide on the plan; it cannot be taken out")
        return chosen


class GateForm(forms.Form):
    """What a gate decided."""

    outcome = forms.ChoiceField(
        label="What was decided?", widget=forms.RadioSelect,
        choices=[(outcome.value, outcome.label) for outcome in DECISIONS],
    )  # fmt: skip
    held_on = DatePartsField(label="Day of the meeting")
    record = forms.CharField(
        label="Record of the decision", max_length=300, help_text="For example, Council 28 April, minute 112"
    )

    def __init__(self, gate: Gate, data: Any = None) -> None:
        self.gate = gate
        super().__init__(data)


class SettleForm(forms.Form):
    """Which of two targets holds: the revision's own, or the one set in the plan in force meanwhile."""

    choice = forms.ChoiceField(label="Which target holds from the adoption on?", widget=forms.RadioSelect)
    reason = TextArea(
        label="Why is this version's own kept?", required=False, max_length=2000,
        help_text="Only where the target of the plan in force is not taken over",
    )  # fmt: skip

    def __init__(self, own: str, in_force: str, data: Any = None) -> None:
        super().__init__(data)
        field: Any = self.fields["choice"]
        field.choices = [("in_force", f"That of the plan in force: {in_force}"), ("own", f"This version's own: {own}")]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("choice") == "own" and not found.get("reason", "").strip():
            self.add_error("reason", "Say why the target of the plan in force is not taken over")
        return found


class ProgressForm(forms.Form):
    """How far an action has come."""

    state = forms.ChoiceField(label="How far has it come?", choices=ActionState.choices, widget=forms.RadioSelect)
    progress = TextArea(
        label="What was done, and what came of it", required=False, help_text="Name no person", max_length=4000
    )

    def __init__(self, action: Action, data: Any = None) -> None:
        super().__init__(data, initial={"state": action.state, "progress": ""})


class ActionFilterForm(forms.Form):
    """Whose actions are shown, and in which state."""

    owner = forms.ChoiceField(label="Owner", required=False)
    state = forms.ChoiceField(
        label="State", required=False, choices=with_blank([("overdue", "Overdue"), *ActionState.choices], "Any")
    )

    def __init__(self, owners: list[tuple[str, str]], data: Any = None) -> None:
        super().__init__(data)
        self.fields["owner"].choices = with_blank([*owners, ("nobody", "Nobody")], "Anybody")  # type: ignore[attr-defined]
