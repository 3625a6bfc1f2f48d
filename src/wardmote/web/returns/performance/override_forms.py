"""The form in which a status is set by hand."""

from collections.abc import Sequence
from typing import Any

from django import forms

from wardmote.web.returns.performance.overrides import COLOURS


class OverrideForm(forms.Form):
    """Which period, which status, and why."""

    period = forms.ChoiceField(label="Period")
    status = forms.ChoiceField(label="Status", choices=COLOURS, widget=forms.RadioSelect)
    reason = forms.CharField(
        label="Why does the computed status mislead?", widget=forms.Textarea, max_length=1000,
        help_text="Everybody who sees the status reads this. Name nobody.",
    )  # fmt: skip

    def __init__(self, data: Any = None, *, periods: Sequence[str]) -> None:
        super().__init__(data)
        field: Any = self.fields["period"]
        field.choices = [(period, period) for period in reversed(periods)]


class ReasonForm(forms.Form):
    """A reason alone."""

    reason = forms.CharField(label="Why is it lifted?", widget=forms.Textarea, max_length=1000)
