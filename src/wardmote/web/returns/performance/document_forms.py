"""Forms of the documents' pages and of the import."""

from typing import Any

from django import forms

from wardmote.web.returns.performance.documents import FORMS, SETTLEMENTS
from wardmote.web.returns.performance.filters import name_plan
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
        fields["plan"].choices = [(str(plan.pk), name_plan(plan)) for plan in choice.plans]
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
