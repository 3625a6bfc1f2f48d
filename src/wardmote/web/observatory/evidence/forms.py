"""What is asked of one indicator: where, when, and split by what."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

#: How the splits are called.
STEPS = {"month": "Month", "quarter": "Financial quarter", "year": "Financial year", "": "Not by time"}
SPLITS = {
    "": "Nothing else", "offence": "Offence, as published", "offence_group": "Group of offences",
    "outcome": "Outcome", "category": "Category", "ward": "Ward", "district": "District",
    "lsoa": "Small area (LSOA)",
}  # fmt: skip

Choices = Iterable[tuple[str, str]]


class SearchForm(forms.Form):
    """Words of an indicator's title, id, offence or source; none at all finds everything."""

    use_required_attribute = False
    is_in_address = True

    words = forms.CharField(
        label="Find an indicator", max_length=100,
        help_text="Words of its name, offence or source, such as burglary or fly-tipping",
    )  # fmt: skip


class AskForm(forms.Form):
    """The question to one indicator. It is drawn with what is shown; what is asked is read from the address."""

    is_in_address = True

    area = forms.ChoiceField(label="Area")
    other_area = forms.CharField(label="Or any other area, by its name or code", required=False, max_length=100)
    period = forms.ChoiceField(label="Period")
    other_period = forms.CharField(
        label="Or any other period", required=False, max_length=40,
        help_text="For example, 2021/22, 2021/22Q3 or 2021-07..2022-06",
    )  # fmt: skip
    step = forms.ChoiceField(label="By time", required=False)
    split = forms.ChoiceField(label="And by", required=False)

    def __init__(
        self, shown: Mapping[str, Any], *, areas: Choices, periods: Choices, steps: Choices, splits: Choices
    ) -> None:
        super().__init__(initial=dict(shown))
        for name, choices in (("area", areas), ("period", periods), ("step", steps), ("split", splits)):
            field = self.fields[name]
            field.choices = list(choices)  # type: ignore[attr-defined]
            if len(field.choices) < 2 and name in ("step", "split"):  # type: ignore[attr-defined]
                del self.fields[name]
