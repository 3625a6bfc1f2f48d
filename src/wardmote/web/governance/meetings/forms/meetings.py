"""Forms of meetings: the day, the agenda, the papers, and what came of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.text import Truncator

from wardmote.web.foundation.clock import read_today
from wardmote.web.foundation.design.dates import DatePartsField
from wardmote.web.foundation.design.words import say_date
from wardmote.web.governance.choices import TextArea, WordedChoice, make_body_field, make_person_field
from wardmote.web.governance.meetings.actions.outcomes import Attended
from wardmote.web.governance.meetings.models import AgendaItem, Attendance, Decision, Group, Meeting
from wardmote.web.governance.meetings.offered import list_offered_papers
from wardmote.web.governance.meetings.states import ActionState, Presence
from wardmote.web.partnerships.interface import Organisation, Partnership

MOST_YEARS_OFF = 5
_CONFIDENTIAL = "Confidential: only for who runs or leads the partnership"


class MeetingForm(forms.Form):
    """When and where; with `is_new` also whose meeting, and how many of them."""

    group = WordedChoice(Group.objects.none(), label="Group", empty_label="Choose a group")
    title = forms.CharField(label="Title", max_length=200, required=False, help_text="Empty: the group's name")
    held_on = DatePartsField(label="Date")
    time = forms.CharField(label="Time", max_length=40, required=False, help_text="Such as 10:00 to 12:00")
    place = forms.CharField(label="Place", max_length=200, required=False)
    online = forms.CharField(
        label="How to join online", max_length=300, required=False, help_text="Readers and scrutiny never see it"
    )
    is_open = forms.BooleanField(
        label="Scrutiny and readers may read its agenda and agreed minutes", required=False,
        help_text="What is marked confidential stays hidden from them",
    )  # fmt: skip
    meetings_count = forms.IntegerField(
        label="How many meetings, one after the other", min_value=1, max_value=12, initial=1,
        help_text="Further ones on the same day of the week, as often as the group meets",
    )  # fmt: skip

    def clean_held_on(self) -> date:
        """Within five years, before or after: what lies further off is a slip in the year."""
        held_on: date = self.cleaned_data["held_on"]
        if held_on != self.initial.get("held_on") and abs(held_on.year - read_today().year) > MOST_YEARS_OFF:
            raise forms.ValidationError(f"A meeting lies at most {MOST_YEARS_OFF} years away. Look at the year")
        return held_on

    def __init__(
        self, partnership: Partnership, data: Any = None, *, meeting: Meeting | None = None, group: Group | None = None
    ) -> None:
        names = [name for name in self.base_fields if name not in ("group", "meetings_count")]
        initial: dict[str, Any] = {name: getattr(meeting, name) for name in names} if meeting else {}
        if group is not None:
            initial = {"group": group.pk, "is_open": group.is_open}
        super().__init__(data, initial=initial)
        if meeting is not None:
            del self.fields["group"], self.fields["meetings_count"]
        else:
            own = Group.objects.filter(partnership=partnership, ended_on=None)
            self.fields["group"].queryset = own.order_by("name")  # type: ignore[attr-defined]


class MoveForm(forms.Form):
    """What a move asks for: a reason where it cancels, the meeting that agreed the minutes where it agrees them."""

    reason = TextArea(label="Why is it cancelled?", help_text="It is shown with the meeting")
    agreed_at = WordedChoice(
        Meeting.objects.none(), label="Agreed at which meeting?", required=False, empty_label="By correspondence",
        say=lambda meeting: f"{meeting}, {meeting.held_on:%-d %B %Y}",
    )  # fmt: skip

    def __init__(self, meeting: Meeting, data: Any = None, *, asks: str) -> None:
        super().__init__(data)
        for name in [name for name in self.fields if name != asks]:
            del self.fields[name]
        if "agreed_at" in self.fields:
            later = Meeting.objects.filter(
                partnership=meeting.partnership_id, group=meeting.group_id, held_on__gt=meeting.held_on
            ).select_related("group")
            self.fields["agreed_at"].queryset = later.order_by("held_on")  # type: ignore[attr-defined]


class ItemForm(forms.Form):
    title = forms.CharField(label="Item", max_length=300)
    purpose = TextArea(label="What the group is asked to do with it", required=False)
    presenter = forms.CharField(
        label="Who presents it", max_length=200, required=False, help_text="A post or a body, such as Police"
    )
    is_confidential = forms.BooleanField(label=_CONFIDENTIAL, required=False)

    def __init__(self, data: Any = None, *, item: AgendaItem | None = None) -> None:
        super().__init__(data, initial={name: getattr(item, name) for name in self.base_fields} if item else None)
        if item is not None:
            rows = item.meeting.items.order_by("number").values_list("number", "title")
            self.fields["number"] = forms.TypedChoiceField(
                label="Place on the agenda", coerce=int, choices=[(at, f"{at}. {title[:60]}") for at, title in rows],
                help_text="It takes the place of the item that you choose, and that one moves",
            )  # fmt: skip
            self.initial["number"] = item.number


class MinuteForm(forms.Form):
    minute = TextArea(label="What was said", required=False, help_text="Decisions and actions have pages of their own")

    def __init__(self, data: Any = None, *, item: AgendaItem) -> None:
        super().__init__(data, initial={"minute": item.minute})


def make_item_field(meeting: Meeting) -> WordedChoice:
    items = AgendaItem.objects.filter(partnership=meeting.partnership_id, meeting=meeting).order_by("number")
    return WordedChoice(
        items, label="Item", required=False, empty_label="No item", say=lambda item: f"{item.number}. {item.title}"
    )


class PaperForm(forms.Form):
    """A file, or a document that wardmote has made."""

    title = forms.CharField(label="Title", max_length=300, required=False, help_text="Empty: the name of the file")
    upload = forms.FileField(label="File", required=False, help_text="PDF, Word, Excel, OpenDocument, CSV or a picture")
    is_confidential = forms.BooleanField(label=_CONFIDENTIAL, required=False)

    def __init__(self, meeting: Meeting, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files)
        self.offered = {str(paper.file.pk): paper for paper in list_offered_papers(meeting.partnership)}
        choices = [("", "None: the file above")] + [(key, paper.label) for key, paper in self.offered.items()]
        self.fields["issued"] = forms.ChoiceField(label="Or a document made here", choices=choices, required=False)
        self.fields["item"] = make_item_field(meeting)
        self.order_fields(["upload", "issued", "title", "item", "is_confidential"])

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if bool(found.get("upload")) == bool(found.get("issued")) and "upload" not in self.errors:
            self.add_error("upload", "Attach a file, or choose a document made here: one of the two")
        return found

    def read_paper(self) -> dict[str, Any]:
        """What the action is told."""
        found = dict(self.cleaned_data)
        offered = self.offered.get(found.pop("issued"))
        return found | {
            "issued": offered.file if offered else None,
            "title": found["title"] or (offered.title if offered else ""),
        }


@dataclass(frozen=True, slots=True)
class BodyRow:
    """The boxes of one body in the form of who attended."""

    organisation: Organisation
    standing: str
    presence: BoundField
    name: BoundField
    post: BoundField


class AttendanceForm(forms.Form):
    """Who attended: three boxes for each body that sat in the partnership on the day."""

    def __init__(
        self,
        meeting: Meeting,
        bodies: list[tuple[Organisation, str]],
        data: Any = None,
        *,
        known: dict[Any, Attendance],
        before: dict[Any, Attendance],
    ) -> None:
        super().__init__(data)
        self.bodies = bodies
        for number, (body, _) in enumerate(bodies):
            row = known.get(body.pk)
            person = row or before.get(body.pk)
            self.fields[f"presence_{number}"] = forms.ChoiceField(
                label="Was it there?", choices=[("", "Not recorded"), *Presence.choices], required=False
            )
            self.fields[f"name_{number}"] = forms.CharField(label="Who sat for it", max_length=150, required=False)
            self.fields[f"post_{number}"] = forms.CharField(label="Post", max_length=150, required=False)
            self.initial.update({
                f"presence_{number}": row.presence if row else "", f"name_{number}": person.name if person else "",
                f"post_{number}": person.post if person else "",
            })  # fmt: skip
        self.fields["others_present"] = TextArea(
            label="Others present", required=False, help_text="Who sat for no body: who took the minutes, guests"
        )
        self.initial["others_present"] = meeting.others_present

    def list_rows(self) -> list[BodyRow]:
        return [
            BodyRow(body, standing, self[f"presence_{number}"], self[f"name_{number}"], self[f"post_{number}"])
            for number, (body, standing) in enumerate(self.bodies)
        ]

    def read_rows(self) -> list[Attended]:
        """What the action is told of each body."""
        told = self.cleaned_data
        return [
            Attended(body, told[f"presence_{number}"], told[f"name_{number}"], told[f"post_{number}"])
            for number, (body, _) in enumerate(self.bodies)
        ]


class DecisionForm(forms.Form):
    text = TextArea(label="Decision", help_text="As the minutes print it")
    due_regard = TextArea(
        label="Due regard (section 17)", required=False,
        help_text="What was considered of its effect on crime and disorder, substance misuse and re-offending",
    )  # fmt: skip
    is_confidential = forms.BooleanField(label=_CONFIDENTIAL, required=False)

    def __init__(
        self, meeting: Meeting, data: Any = None, *, decision: Decision | None = None, is_inquorate: bool = False
    ) -> None:
        names = ("text", "due_regard", "is_confidential", "inquorate_note")
        super().__init__(data, initial={name: getattr(decision, name) for name in names} if decision else None)
        held = decision.concerns_id if decision else None
        self.fields["concerns"] = make_body_field(meeting.partnership, "Which body is it for?", held=held)
        self.fields["item"] = make_item_field(meeting)
        if decision is not None:
            self.initial.update(concerns=held, item=decision.item_id)
        if is_inquorate:
            self.fields["inquorate_note"] = TextArea(
                label="The meeting was not quorate. What does that mean for this decision?",
                help_text="Such as: to be confirmed by the strategy group at its next meeting",
            )
        self.order_fields(["text", "inquorate_note", "item", "concerns", "due_regard", "is_confidential"])


class ConfirmForm(forms.Form):
    """Which decision of an earlier meeting is confirmed."""

    def __init__(self, decisions: Iterable[Decision], data: Any = None) -> None:
        super().__init__(data)
        self._decisions = {str(one.pk): one for one in decisions}
        choices = [
            (key, f"{one.label}, {one.meeting} of {say_date(one.meeting.held_on)}: {Truncator(one.text).chars(120)}")
            for key, one in self._decisions.items()
        ]
        self.fields["decision"] = forms.ChoiceField(
            label="Which decision is confirmed?", choices=choices, widget=forms.RadioSelect
        )

    def clean_decision(self) -> Decision:
        return self._decisions[self.cleaned_data["decision"]]


class ActionForm(forms.Form):
    text = TextArea(label="What is to be done")
    due_on = DatePartsField(label="By")
    is_confidential = forms.BooleanField(label=_CONFIDENTIAL, required=False)

    def __init__(self, meeting: Meeting, data: Any = None) -> None:
        super().__init__(data)
        self.fields["owner"] = make_body_field(meeting.partnership, "Which body does it?")
        self.fields["person"] = make_person_field(
            meeting.partnership, "Who does it?", help_text="It then stands on the first page of theirs"
        )
        self.fields["item"] = make_item_field(meeting)
        self.order_fields(["text", "owner", "person", "due_on", "item", "is_confidential"])

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if not found.get("owner") and not found.get("person"):
            self.add_error("owner", "Choose the body that does it, or who does it, or both")
        return found


class UpdateForm(forms.Form):
    state = forms.ChoiceField(label="Where does it stand?", choices=ActionState.choices, widget=forms.RadioSelect)
    text = TextArea(label="What has been done", required=False)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("state") == ActionState.DROPPED and not found.get("text", "").strip():
            self.add_error("text", "Say why it is no longer needed")
        return found
