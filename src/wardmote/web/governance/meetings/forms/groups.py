"""Forms of the register of groups."""

from typing import Any

from django import forms

from wardmote.web.foundation.design.dates import DatePartsField
from wardmote.web.governance.choices import TextArea, WordedChoice
from wardmote.web.governance.meetings.forms.fields import LinesField
from wardmote.web.governance.meetings.models import Group
from wardmote.web.governance.meetings.states import Cadence, GroupKind
from wardmote.web.partnerships.interface import Organisation, Partnership
from wardmote.web.plans.interface import Priority, get_current_plan


class GroupForm(forms.Form):
    name = forms.CharField(label="Name", max_length=200)
    kind = forms.ChoiceField(label="What sort of group is it?", choices=GroupKind.choices, widget=forms.RadioSelect)
    purpose = TextArea(label="What it is for", required=False)
    chair_post = forms.CharField(
        label="Post of the chair", max_length=200, required=False, help_text="The post and not the name, such as "
        "Cabinet member for community safety",
    )  # fmt: skip
    cadence = forms.ChoiceField(label="How often it meets", choices=Cadence.choices)
    standing_items = LinesField(
        label="Standing items", required=False, help_text="One a line, in order. They are on every agenda by themselves"
    )
    is_open = forms.BooleanField(
        label="Scrutiny and readers may read its agendas and agreed minutes", required=False,
        help_text="What is marked confidential stays hidden from them",
    )  # fmt: skip
    started_on = DatePartsField(label="Met first on", required=False)
    ended_on = DatePartsField(label="Ended on", required=False)

    def __init__(self, partnership: Partnership, data: Any = None, *, group: Group | None = None) -> None:
        initial = {name: getattr(group, name) for name in self.base_fields} if group else {}
        super().__init__(data, initial=initial)
        self.fields["priorities"] = forms.TypedMultipleChoiceField(
            label="Priorities that it discusses", required=False, coerce=int, widget=forms.CheckboxSelectMultiple,
            choices=list_priority_choices(partnership, held=group.priorities if group else []),
        )  # fmt: skip
        others = Group.objects.filter(partnership=partnership).exclude(pk=group.pk if group else None)
        self.fields["reports_to"] = WordedChoice(
            others.order_by("name"), label="Reports to", required=False, empty_label="No other group here"
        )
        if group is not None:
            self.initial.update(priorities=group.priorities, reports_to=group.reports_to_id)
        self.order_fields(["name", "kind", "purpose", "chair_post", "cadence", "reports_to", "priorities"])

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        start, end = found.get("started_on"), found.get("ended_on")
        if start and end and end < start:
            self.add_error("ended_on", "The last day must come after the first")
        return found


def list_priority_choices(partnership: Partnership, *, held: list[int]) -> list[tuple[int, str]]:
    """The priorities of the plan in force by number; a number that it no longer has is kept."""
    plan = get_current_plan(partnership)
    rows = Priority.objects.filter(partnership=partnership, plan=plan) if plan else Priority.objects.none()
    titles = dict(rows.values_list("number", "title"))
    gone = {number: "of an earlier plan" for number in held if number not in titles}
    return [(number, f"{number}. {title}") for number, title in sorted((titles | gone).items())]


class QuorumForm(forms.Form):
    valid_from = DatePartsField(label="Holds from", help_text="The rule before ends on the day before")
    least_count = forms.IntegerField(
        label="How many responsible authorities must be there", min_value=0, max_value=50, required=False,
        help_text="Bodies, not people. Empty: only those that you tick",
    )  # fmt: skip
    bodies = forms.ModelMultipleChoiceField(
        Organisation.objects.none(), label="Bodies that must be there", required=False,
        widget=forms.CheckboxSelectMultiple, help_text="Who takes over from one of them later sits in its place",
    )  # fmt: skip
    source = forms.CharField(
        label="Where it was agreed", max_length=300, required=False, help_text="Such as Terms of reference, section 4"
    )

    def __init__(self, partnership: Partnership, data: Any = None) -> None:
        super().__init__(data)
        seated = Organisation.objects.filter(seats__partnership=partnership, seats__ended_on=None)
        self.fields["bodies"].queryset = seated.distinct().order_by("name")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if not found.get("least_count") and not found.get("bodies"):
            self.add_error("least_count", "Enter how many must be there, or tick which")
        return found | {"least_count": found.get("least_count") or 0}
