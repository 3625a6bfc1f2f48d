"""The forms of `tiers`."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from wardmote.web.foundation.clock import read_today
from wardmote.web.foundation.design.dates import DatePartsField
from wardmote.web.governance.choices import TextArea
from wardmote.web.governance.tiers.matching import Match
from wardmote.web.governance.tiers.reading import SharedIndicator
from wardmote.web.plans.interface import Indicator


class SharingForm(forms.Form):
    """What a district lets its county read."""

    starts_on = DatePartsField(label="The county may read from", help_text="From this day on, until you end it")
    values_from = DatePartsField(
        label="Quarters that end on or after", help_text="Values of quarters that ended earlier stay unread"
    )
    agreed_by = forms.CharField(
        label="Who agreed", max_length=300, help_text="The body or post, with the record: Executive, 3 June, minute 7"
    )
    is_named_to_neighbours = forms.BooleanField(
        label="Name us to the other districts of the county", required=False,
        help_text="Without it the others see your rounded value as one of several points without a name",
    )  # fmt: skip

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"starts_on": read_today()})

    def clean_starts_on(self) -> date:
        day: date = self.cleaned_data["starts_on"]
        if day < read_today():
            raise forms.ValidationError("Give today or a day to come: an agreement does not reach back")
        return day


class EndForm(forms.Form):
    reason = TextArea(label="Why", max_length=2000)


class LinkForm(forms.Form):
    """Which district's indicator is the county's measure, and why."""

    reason = TextArea(
        label="Why it is the same measure", max_length=2000,
        help_text="What you compared: who is counted, when, and by whom",
    )  # fmt: skip
    is_same_by_word = forms.BooleanField(
        label="Where the definitions are worded differently, they mean the same", required=False,
        help_text="Another unit, kind of value, stretch of time or direction is never added up, whatever is said here",
    )  # fmt: skip

    def __init__(self, measure: Indicator, matches: Sequence[Match], data: Any = None, *, chosen: str = "") -> None:
        self.options = {_key(match, row): (match, row) for match in matches for row in _list_rows(match)}
        super().__init__(data, initial={"indicator": chosen} if chosen in self.options else None)
        self.fields["indicator"] = forms.ChoiceField(label="The district’s indicator", choices=self._list_choices())
        if measure.shape == "rate":
            self.fields["denominator"] = forms.FloatField(
                label="The denominator, where its rates come without one", required=False, min_value=1,
                help_text="Such as the residents of the district. It has to give the rate that was returned",
            )  # fmt: skip
            self.fields["denominator_source"] = forms.CharField(
                label="Where the denominator is from", max_length=300, required=False
            )
        self.order_fields(["indicator", "reason", "is_same_by_word", "denominator", "denominator_source"])

    def _list_choices(self) -> list[tuple[str, str]]:
        shown = [("", "Choose")]
        for key, (match, row) in self.options.items():
            shown.append((key, f"{match.seen.place}: {row.record.ref} {row.record.title}"))
        return shown

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        if found.get("denominator") and not found.get("denominator_source"):
            self.add_error("denominator_source", "Say where the denominator is from")
        return found

    def read_link(self) -> tuple[Match, dict[str, Any]]:
        """Whose indicator it is, and the fields of the link."""
        found = dict(self.cleaned_data)
        match, row = self.options[found.pop("indicator")]
        return match, {**found, "district_series": row.record.series, "title": f"{row.record.ref} {row.record.title}"}


def _list_rows(match: Match) -> Sequence[SharedIndicator]:
    """What may be linked: nothing where a link stands; what is proposed first."""
    if match.link is not None or not match.seen.is_shared:
        return ()
    others = [row for row in match.seen.indicators if row not in match.proposals]
    return (*match.proposals, *others)


def _key(match: Match, row: SharedIndicator) -> str:
    return name_option(match.seen.district.pk, row.record.series)


def name_option(district: Any, series: Any) -> str:
    """What a district's indicator is called in the form's address."""
    return f"{district}.{series}"
