"""What a reader wants to see of the dashboard: a form that only asks, so its address can be kept and sent."""

from collections.abc import Sequence
from typing import Any

from django import forms

from wardmote.web.foundation.design.marks import STATUS_MARKS
from wardmote.web.returns.performance.plans_seen import Choice
from wardmote.web.returns.performance.rows import URGENCY, Row

ALL = ("", "All")


class FilterForm(forms.Form):
    """Status, priority, agency, quarter and order."""

    status = forms.ChoiceField(required=False, choices=[ALL, *((look, STATUS_MARKS[look].words) for look in URGENCY)])
    priority = forms.ChoiceField(required=False)
    agency = forms.ChoiceField(required=False)
    period = forms.ChoiceField(label="As at", required=False)
    order = forms.ChoiceField(
        label="Order", required=False, choices=[("", "As in the plan"), ("urgency", "Exceptions first")]
    )
    plan = forms.ChoiceField(label="Plan", required=False)

    def __init__(self, data: Any, *, rows: Sequence[Row], choice: Choice) -> None:
        super().__init__(data)
        self._set("priority", [(str(row.priority_no), f"{row.priority_no}. {row.priority_title}") for row in rows])
        self._set("agency", sorted({(str(row.owner_id), row.owner) for row in rows if row.owner_id}, key=_by_name))
        today = [("", "Today"), *((quarter.period, quarter.period) for quarter in choice.quarters)]
        self._field("period").choices = today
        self._field("plan").choices = [(str(plan.pk), name_plan(plan)) for plan in choice.plans]
        self.initial["plan"] = str(choice.plan.pk)
        if len(choice.plans) < 2:
            del self.fields["plan"]

    def _set(self, name: str, choices: Sequence[tuple[str, str]]) -> None:
        self._field(name).choices = [ALL, *dict.fromkeys(choices)]

    def _field(self, name: str) -> Any:
        return self.fields[name]

    def choose(self, rows: Sequence[Row]) -> list[Row]:
        """The rows that fit; a value that is not offered asks for nothing."""
        wanted = self.cleaned_data if self.is_valid() else {}
        status, priority, agency = (wanted.get(name, "") for name in ("status", "priority", "agency"))
        return [
            row
            for row in rows
            if status in ("", row.look) and priority in ("", str(row.priority_no)) and agency in ("", str(row.owner_id))
        ]

    @property
    def is_urgent_first(self) -> bool:
        return self.is_valid() and self.cleaned_data.get("order") == "urgency"

    @property
    def is_narrowed(self) -> bool:
        return self.is_valid() and any(self.cleaned_data.get(name) for name in ("status", "priority", "agency"))


def _by_name(choice: tuple[str, str]) -> str:
    return choice[1].casefold()


def name_plan(plan: Any) -> str:
    """A plan's title with what sets it apart from its other versions."""
    version = f", version {plan.version}" if plan.version > 1 else ""
    state = " (as it stood)" if plan.is_historic else f" ({plan.get_state_display().lower()})"
    return f"{plan.title}{version}{state}"
