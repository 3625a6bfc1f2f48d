"""The forms of an assessment."""

from typing import Any

from django import forms

from wardmote.evidence.interface import LONGEST_SECTION
from wardmote.web.observatory.assessments.models import AssessmentSection


class StartForm(forms.Form):
    """Which year is to be assessed."""

    year = forms.ChoiceField(label="Which financial year?", help_text="From April to March.")

    def __init__(self, years: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["year"]
        field.choices = years


class SectionForm(forms.Form):
    """The words of a section, and the version that the writer began with."""

    text = forms.CharField(
        label="Commentary", required=False, strip=False, widget=forms.Textarea,
    )  # fmt: skip
    number = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, section: AssessmentSection, text: str, data: Any = None) -> None:
        super().__init__(data, initial={"text": text, "number": section.number})

    def clean_text(self) -> str:
        """The words with one sign for the end of a line, as they are kept and counted."""
        text = str(self.cleaned_data["text"]).replace("\r\n", "\n")
        if len(text) > LONGEST_SECTION:
            raise forms.ValidationError(
                f"Commentary must be {LONGEST_SECTION:,} characters or fewer. It has {len(text):,}"
            )
        return text


class CommentForm(forms.Form):
    text = forms.CharField(label="Comment on this section", max_length=4000, widget=forms.Textarea)


class ReasonForm(forms.Form):
    """Why something is done that undoes what others did."""

    reason = forms.CharField(label="Why?", max_length=2000, widget=forms.Textarea)
    number = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)


class SearchForm(forms.Form):
    """Words that name figures."""

    q = forms.CharField(
        label="Find a figure", required=False, max_length=100,
        help_text="Such as “burglary”, “asb rate”, “theft 2023/24”, “crime” and a ward’s name.",
    )  # fmt: skip
