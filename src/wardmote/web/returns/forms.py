"""The forms of quarters, queries and cover. The form of a return itself is in return_form."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from django import forms

from wardmote.web.foundation.clock import read_today
from wardmote.web.foundation.design.dates import DatePartsField
from wardmote.web.partnerships.interface import Membership, Organisation, Partnership, PartnershipRequest, Person, Role
from wardmote.web.returns.calendar import QuarterDates

_LONG = 2000


class ReasonForm(forms.Form):
    """Why something is done that needs a reason."""

    reason = forms.CharField(label="Reason", widget=forms.Textarea, max_length=_LONG)


class LockForm(forms.Form):
    """A reason is needed only while something is open; the action says so."""

    reason = forms.CharField(label="Reason", widget=forms.Textarea, max_length=_LONG, required=False)


class QueryForm(forms.Form):
    question = forms.CharField(
        label="What do you want to ask?", widget=forms.Textarea, max_length=_LONG,
        help_text="The agency sees this when it signs in. Do not name anybody.",
    )  # fmt: skip


class OpenQuarterForm(forms.Form):
    """Which quarter to open by hand, and when its returns are due."""

    period = forms.ChoiceField(label="Quarter", widget=forms.RadioSelect)
    due_on = DatePartsField(label="Due date", required=False, help_text="Leave empty for the partnership's usual time")

    def __init__(self, quarters: list[QuarterDates], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(dates.period, dates.period) for dates in quarters]
        self.fields["period"].choices = choices  # type: ignore[attr-defined]


class PutOffForm(forms.Form):
    """One agency's own due date."""

    organisation = forms.ModelChoiceField(label="Agency", queryset=Organisation.objects.none())
    due_on = DatePartsField(label="New due date")
    reason = forms.CharField(label="Reason", max_length=300)

    def __init__(self, organisations: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]


class AssignForm(forms.Form):
    organisation = forms.ModelChoiceField(label="Agency", queryset=Organisation.objects.none())

    def __init__(self, organisations: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]


class PersonChoiceField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A list of people, each with the agencies that they contribute for where the list is of several agencies."""

    agencies: Mapping[Any, str] = MappingProxyType({})

    def label_from_instance(self, obj: Any) -> str:
        agency = self.agencies.get(obj.pk)
        return f"{obj} ({agency})" if agency else str(obj)


class CoverForm(forms.Form):
    """Who covers for whom, for which agency, from when to when."""

    organisation = forms.ModelChoiceField(label="Agency", queryset=Organisation.objects.none())
    absent = PersonChoiceField(label="Who is away?", queryset=Person.objects.none())
    delegate = forms.ModelChoiceField(label="Who returns in their place?", queryset=Person.objects.none())
    starts_on = DatePartsField(label="First day")
    ends_on = DatePartsField(label="Last day")

    def __init__(self, request: PartnershipRequest, organisations: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["organisation"].queryset = organisations
        scrutinising = Membership.objects.filter(
            partnership=request.partnership, ended_at=None, role=Role.SCRUTINY
        ).values("person_id")
        members = list_members(request.partnership).exclude(pk=request.user.pk)
        fields["delegate"].queryset = members.exclude(pk__in=scrutinising)
        held = list_contributing(request.partnership, organisations)
        fields["absent"].queryset = Person.objects.filter(pk__in=held.values("person_id"), is_active=True)
        if len({membership.organisation_id for membership in held}) > 1:
            fields["absent"].agencies = name_agencies(held)

    def clean_ends_on(self) -> Any:
        day = self.cleaned_data["ends_on"]
        if day < read_today():
            raise forms.ValidationError("The last day must be today or later")
        return day


class UploadForm(forms.Form):
    file = forms.FileField(label="Workbook", help_text="The XLSX file that you downloaded here, filled in")


def list_members(partnership: Partnership) -> Any:
    """The people of a partnership who can sign in."""
    held = Membership.objects.filter(partnership=partnership, ended_at=None)
    return Person.objects.filter(pk__in=held.values("person_id"), is_active=True)


def list_contributing(partnership: Partnership, organisations: Any) -> Any:
    """Who contributes for which of some agencies: memberships, agency by agency."""
    held = Membership.objects.filter(
        partnership=partnership, ended_at=None, role=Role.CONTRIBUTOR, organisation__in=organisations.values("pk")
    )
    return held.select_related("organisation").order_by("organisation__name")


def name_agencies(held: Iterable[Any]) -> dict[Any, str]:
    """The agencies of each person, in words."""
    found: dict[Any, list[str]] = {}
    for membership in held:
        found.setdefault(membership.person_id, []).append(str(membership.organisation))
    return {person: ", ".join(agencies) for person, agencies in found.items()}
