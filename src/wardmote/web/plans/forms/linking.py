"""Whose past a plan that was kept as it stood is."""

from typing import Any

from django import forms

from wardmote.web.plans.forms.plans import ReasonForm
from wardmote.web.plans.models import Plan


class LinkForm(ReasonForm):
    """Which plan's values are taken as the past, and why."""

    past = forms.ModelChoiceField(Plan.objects.none(), label="Which plan?", empty_label=None)
    field_order = ("past", "reason")

    def __init__(self, plans: Any, data: Any = None) -> None:
        super().__init__(data)
        self.fields["past"].queryset = plans  # type: ignore[attr-defined]
