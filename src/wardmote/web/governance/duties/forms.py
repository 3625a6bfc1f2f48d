"""The forms of the duty calendar and of data drops."""

from datetime import date
from typing import Any

from django import forms

from wardmote.evidence.definitions.duties import CLOCK_KINDS, Clock, find_lacking, find_wrong_day
from wardmote.web.foundation.clock import read_today
from wardmote.web.foundation.design.dates import DatePartsField
from wardmote.web.governance.choices import TextArea, WordedChoice, make_body_field, make_person_field
from wardmote.web.governance.duties.calendar import Standing
from wardmote.web.governance.duties.clocks import find_gone_day
from wardmote.web.governance.duties.models import DutyEvent, HeldDuty
from wardmote.web.partnerships.interface import Partnership

_KIND_WORDS = {
    "every": "Every so many months after it was last done", "quarterly": "For each quarter, by the end of the next",
    "after": "So many days or months after something happens", "yearly_by": "By a day of each year",
    "once_by": "Once, by a date", "standing": "Always, by no date",
}  # fmt: skip
_MOST_LEAD = 730


def _make_count(label: str, most: int) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=1, max_value=most, required=False)


class ClockForm(forms.Form):
    """When a duty is due; which of the boxes count follows from the kind."""

    kind = forms.ChoiceField(
        label="When it is due", choices=[(kind, _KIND_WORDS[kind]) for kind in CLOCK_KINDS], widget=forms.RadioSelect
    )
    months = _make_count("Months: every so many, or so many after", 120)
    days = _make_count("Days after", 3660)
    of = forms.CharField(
        label="After what", max_length=300, required=False, help_text="For example: the order was made"
    )
    month = _make_count("Month of each year, 1 to 12", 12)
    day = _make_count("Day of that month, 1 to 31", 31)
    by = DatePartsField(label="Date by which it is done once", required=False)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if "kind" in found and not self.errors:
            self._check_clock(self.read_clock())
        return found

    def _check_clock(self, clock: Clock) -> None:
        if lacking := find_lacking(clock):
            self.add_error("kind", f"For this, fill in {lacking}")
        if wrong := find_wrong_day(clock):
            self.add_error("day", wrong)
        if gone := find_gone_day(clock, self.cleaned_data.get("counts_from") or read_today()):
            self.add_error("by", gone)

    def read_clock(self) -> Clock:
        found = self.cleaned_data
        numbers = {name: found.get(name) or 0 for name in ("months", "days", "month", "day")}
        return Clock(
            found["kind"], **numbers, on=found.get("by"), of=found.get("of", ""), is_own_alarm=True, is_running=False
        )


def describe_clock(clock: Clock) -> dict[str, Any]:
    """What a form about a clock begins with."""
    named = {name: getattr(clock, name) or None for name in ("kind", "months", "days", "month", "day", "of")}
    return {**named, "by": clock.on}


class SetClockForm(ClockForm):
    """Another clock, from a day on."""

    counts_from = DatePartsField(label="It counts from")
    source = forms.CharField(label="Source", max_length=300, help_text="The minute, act or guidance that says so")
    reason = TextArea(label="Why", max_length=2000)


class OwnerForm(forms.Form):
    """Who owns a duty, and how early they are asked."""

    owner_title = forms.CharField(
        label="Owner’s post", max_length=200, required=False, help_text="Where the owner has no account here"
    )
    lead_days = forms.IntegerField(
        label="Ask so many days before it is due", min_value=0, max_value=_MOST_LEAD, required=False,
        help_text="Empty: as the catalogue says",
    )  # fmt: skip

    def __init__(self, partnership: Partnership, data: Any = None, *, held: HeldDuty | None = None) -> None:
        row = held or HeldDuty()
        initial = {"owner_body": row.owner_body_id, "owner_person": row.owner_person_id, "lead_days": row.lead_days}
        super().__init__(data, initial={**initial, "owner_title": row.owner_title})
        body = make_body_field(partnership, "Body that owns it", held=row.owner_body_id)
        person = make_person_field(partnership, "Person who owns it", held=row.owner_person_id)
        self.fields |= {"owner_body": body, "owner_person": person}
        self.order_fields(["owner_body", "owner_person", "owner_title", "lead_days"])


class LocalDutyForm(ClockForm):
    """A duty of the partnership's own."""

    title = forms.CharField(label="What is to be done", max_length=300)
    what = TextArea(label="In more words", max_length=2000, required=False)
    who = forms.CharField(label="Who is to do it", max_length=300)
    source = forms.CharField(label="Where it was agreed", max_length=300, help_text="A minute, an agreement, an act")
    evidence = forms.CharField(label="What shows that it was done", max_length=300)
    field_order = ("title", "what", "who", "source", "evidence")

    def read_fields(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.field_order}


class ReasonForm(forms.Form):
    reason = TextArea(label="Why", max_length=2000, help_text="It is shown with the record")


class EventForm(forms.Form):
    """Something that starts a clock."""

    title = forms.CharField(label="What happened", max_length=300, help_text="Name nobody; a number is enough")
    happened_on = DatePartsField(label="When")

    def clean_happened_on(self) -> date:
        return _check_past(self.cleaned_data["happened_on"])


class DoneForm(forms.Form):
    """That a duty was done, and what shows it."""

    done_on = DatePartsField(label="Done on")
    title = forms.CharField(label="What shows it", max_length=300, help_text="The document or the minute; name nobody")
    link = forms.URLField(
        label="Where it stands", max_length=500, required=False, assume_scheme="https",
        help_text="An address on the web",
    )  # fmt: skip
    upload = forms.FileField(label="File", required=False, help_text="PDF, Word, Excel, OpenDocument, CSV or a picture")

    def __init__(self, standing: Standing, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files)
        events = [one.record.pk for one in standing.known.asked if one.record is not None and one.settled_on is None]
        if standing.terms.clock.kind == "after":
            rows = DutyEvent.objects.filter(pk__in=events).order_by("happened_on")
            self.fields["event"] = WordedChoice(
                rows, label="What it settles", required=False, empty_label="None of these",
                say=lambda one: f"{one.title}, {one.happened_on:%-d %B %Y}",
            )  # fmt: skip
            self.order_fields(["event"])

    def clean_done_on(self) -> date:
        return _check_past(self.cleaned_data["done_on"])

    def clean_link(self) -> str:
        link: str = self.cleaned_data["link"]
        if link and not link.startswith(("https://", "http://")):
            raise forms.ValidationError("The address must begin with https://")
        return link


class DropForm(forms.Form):
    """A file of a data drop."""

    upload = forms.FileField(
        label="File",
        help_text="CSV, XLSX or ODS, one row an event. No names, dates of birth, full postcodes or contacts",
    )
    received_on = DatePartsField(label="Came on")

    def __init__(self, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files, initial={"received_on": read_today()})

    def clean_received_on(self) -> date:
        return _check_past(self.cleaned_data["received_on"])


def _check_past(day: date) -> date:
    if day > read_today():
        raise forms.ValidationError("The day must be today or before")
    return day
