"""Forms of the documents' pages and of the import."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms

from wardmote.web.foundation.design.dates import DatePartsField
from wardmote.web.plans.interface import Plan
from wardmote.web.returns.performance.documents import FORMS, SETTLEMENTS, list_reportable
from wardmote.web.returns.performance.filters import name_plan
from wardmote.web.returns.performance.incoming_choices import Choices
from wardmote.web.returns.performance.plans_seen import Choice


class IssueForm(forms.Form):
    """Which plan, which quarter, in which forms."""

    plan = forms.ChoiceField(label="Plan")
    period = forms.ChoiceField(label="As at", required=False)
    endings = forms.MultipleChoiceField(
        label="Forms", choices=[(form, name) for form, (name, _) in FORMS.items()], initial=["pdf", "xlsx"],
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def __init__(self, data: Any = None, *, choice: Choice) -> None:
        super().__init__(data)
        fields: dict[str, Any] = self.fields
        fields["plan"].choices = [(str(plan.pk), name_plan(plan)) for plan in list_reportable(choice.plans)]
        fields["period"].choices = [("", "Today"), *((one.period, one.period) for one in choice.quarters)]


class SettleForm(forms.Form):
    """What was done about a document whose figures were revised."""

    settlement = forms.ChoiceField(label="What was done?", choices=list(SETTLEMENTS.items()), widget=forms.RadioSelect)
    note = forms.CharField(label="Note", required=False, max_length=200, help_text="Needed where it stays as it is")


class UploadForm(forms.Form):
    """A plan's file."""

    file = forms.FileField(label="Plan file", help_text="The workbook template, a .csv, or a plan-1 .json or .yaml")
    is_historic = forms.ChoiceField(
        label="What is it?", widget=forms.RadioSelect, initial="no",
        choices=[("no", "A plan to work on: it becomes a draft"), ("yes", "A plan as it stood: shown and judged only")],
    )  # fmt: skip


class ImportForm(forms.Form):
    """What is settled of a plan before it is kept; what is left empty stays as it was proposed."""

    title = forms.CharField(label="Title", max_length=200, required=False)
    starts_on = DatePartsField(label="First day", required=False)
    ends_on = DatePartsField(label="Last day", required=False)

    def __init__(
        self, data: Any = None, *, proposed: Choices, unknown: Iterable[str], agencies: Sequence[str],
        serves: Plan | None = None,
    ) -> None:  # fmt: skip
        """`serves`: the plan whose past this one's values may be made, where the person may say so."""
        super().__init__(data, initial={
            "title": proposed.title, "starts_on": proposed.starts_on, "ends_on": proposed.ends_on,
        })  # fmt: skip
        self.proposed, self.unknown = proposed, list(unknown)
        for number, name in enumerate(self.unknown):
            self.fields[f"owner_{number}"] = forms.ChoiceField(
                label=f"Who is “{name}”?", required=False,
                choices=[("", "Choose later"), *((agency, agency) for agency in agencies)],
            )  # fmt: skip
        self.serves = serves
        if serves is not None:
            self._offer_as_past(serves)

    def _offer_as_past(self, serves: Plan) -> None:
        self.fields["as_past"] = forms.BooleanField(
            label=f"Use its values as the past of “{serves.title}”, because", required=False,
            help_text="Only what ended before that plan’s own quarters is used. The exceptions list it.",
        )  # fmt: skip
        self.fields["past_because"] = forms.CharField(
            label="Why are they its past?", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2}),
            help_text="Such as: the same measures, counted in the same way",
        )  # fmt: skip

    def _check_past(self, found: dict[str, Any]) -> None:
        """A plan is taken as the past with a reason, and where it began before the plan that it serves."""
        if self.serves is None or not found.get("as_past"):
            return
        if not found.get("past_because", "").strip():
            self.add_error("past_because", "Say why its values are the past of the plan")
        if not self.errors and self.read_choices().starts_on > self.serves.starts_on:
            self.add_error("as_past", "It begins after that plan, and cannot be its past")

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        self._check_past(found)
        if not self.errors and self.read_choices().ends_on <= self.read_choices().starts_on:
            self.add_error("ends_on", "The last day must be after the first")
        return found

    def read_choices(self) -> Choices:
        """What was settled."""
        said, proposed = self.cleaned_data, self.proposed
        owners = {name: said[f"owner_{number}"] for number, name in enumerate(self.unknown)}
        return Choices(
            said["title"] or proposed.title, said["starts_on"] or proposed.starts_on,
            said["ends_on"] or proposed.ends_on, {name: agency for name, agency in owners.items() if agency},
            said["past_because"].strip() if said.get("as_past") else "",
        )  # fmt: skip
