"""Forms of public meetings."""

from typing import Any

from django import forms

from wardmote.web.foundation.design.dates import DatePartsField
from wardmote.web.governance.choices import TextArea
from wardmote.web.governance.meetings.forms.fields import LinesField
from wardmote.web.governance.meetings.models import PublicMeeting, PublicQuestion


class PublicMeetingForm(forms.Form):
    title = forms.CharField(label="Title", max_length=200)
    held_on = DatePartsField(label="Date")
    place = forms.CharField(label="Place", max_length=200, required=False)
    publicised = TextArea(label="How it was publicised", required=False, help_text="Where, and how long before")
    seniors = LinesField(label="Seniors who attended", required=False, help_text="Post and body, one a line; no names")
    public_count = forms.IntegerField(
        label="How many of the public came", min_value=0, max_value=100000, required=False
    )
    what_was_said = TextArea(
        label="What was discussed", required=False, help_text="Name nobody. Questions have pages of their own"
    )
    is_held = forms.BooleanField(label="The meeting was held", required=False)

    def __init__(self, data: Any = None, *, meeting: PublicMeeting | None = None) -> None:
        super().__init__(data, initial={name: getattr(meeting, name) for name in self.base_fields} if meeting else None)


class QuestionForm(forms.Form):
    question = TextArea(label="What was asked", help_text="Do not say who asked")
    answer = TextArea(label="What was answered", required=False, help_text="It may follow after the meeting")

    def __init__(self, data: Any = None, *, question: PublicQuestion | None = None) -> None:
        names = self.base_fields
        super().__init__(data, initial={name: getattr(question, name) for name in names} if question else None)
