"""The forms of a grant."""

from datetime import date
from typing import Any

from django import forms

from wardmote.web.foundation.clock import read_today
from wardmote.web.foundation.design.dates import DatePartsField
from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.governance.choices import TextArea
from wardmote.web.governance.grants.forms.money import PoundsField
from wardmote.web.governance.grants.models import Bid, Grant
from wardmote.web.governance.grants.money import Pence, say_pounds
from wardmote.web.governance.grants.policies import check_award_covers, check_shares_add_up
from wardmote.web.governance.grants.years import list_years, say_year

#: No fund runs longer; a grant has a box for each of its years.
MOST_YEARS = 15
_PLAIN = (
    "title", "funder", "fund", "reference", "conditions", "starts_on", "ends_on", "match_source", "is_public",
)  # fmt: skip


class GrantForm(forms.Form):
    """What is said of a grant. `award` and the day of it are asked for a new one only."""

    title = forms.CharField(label="What you call it", max_length=200)
    funder = forms.CharField(label="Who gives it", max_length=200)
    fund = forms.CharField(label="Fund", max_length=200, required=False)
    reference = forms.CharField(label="Reference", max_length=100, required=False)
    award = PoundsField(label="Awarded")
    awarded_on = DatePartsField(label="Awarded on")
    starts_on = DatePartsField(label="Runs from")
    ends_on = DatePartsField(label="Runs to", help_text="The last day on which it may be spent")
    conditions = TextArea(label="Conditions", max_length=5000, required=False)
    match_pence = PoundsField(label="Match funding promised by others", least_pence=0, required=False)
    match_source = forms.CharField(label="Who promised the match", max_length=200, required=False)
    is_public = forms.BooleanField(label="Every member may read its totals", required=False)

    def __init__(self, data: Any = None, *, grant: Grant | None = None, bid: Bid | None = None) -> None:
        self.grant, self.bid = grant, bid
        super().__init__(data, initial=_read_grant(grant) if grant else _read_bid(bid) if bid else None)
        if grant is not None:
            del self.fields["award"], self.fields["awarded_on"]
        if bid is not None:
            self.fields["difference_reason"] = TextArea(
                label="Why the award is not what was asked for", max_length=2000, required=False,
                help_text=f"{say_pounds(bid.asked_pence)} was asked for",
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("starts_on") and found.get("ends_on") and found["ends_on"] < found["starts_on"]:
            self.add_error("ends_on", "It must not end before it begins")
        elif found.get("starts_on") and found.get("ends_on") and is_too_long(found["starts_on"], found["ends_on"]):
            self.add_error("ends_on", f"A grant runs {MOST_YEARS} years at most. Look at the year")
        differs = self.bid is not None and found.get("award") not in (None, self.bid.asked_pence)
        if differs and not found.get("difference_reason"):
            self.add_error("difference_reason", "Say why the award is not what was asked for")
        return found

    def read_fields(self) -> dict[str, Any]:
        """What the grant's row is to hold."""
        fields = {name: self.cleaned_data[name] for name in _PLAIN}
        return fields | {"match_pence": int(self.cleaned_data["match_pence"] or 0)}


def _read_grant(grant: Grant) -> dict[str, Any]:
    return {name: getattr(grant, name) for name in _PLAIN} | {"match_pence": Pence(grant.match_pence)}


def _read_bid(bid: Bid) -> dict[str, Any]:
    return {"title": bid.title, "funder": bid.funder, "fund": bid.fund, "award": Pence(bid.asked_pence)}


class AwardForm(forms.Form):
    """A change of the award."""

    award = PoundsField(label="Awarded now")
    on = DatePartsField(label="From")
    reason = TextArea(label="Why it changed", max_length=2000)

    def __init__(self, grant: Grant, data: Any = None) -> None:
        self.grant = grant
        super().__init__(data, initial={"award": Pence(grant.award_pence), "on": read_today()})

    def clean_award(self) -> Any:
        try:
            check_award_covers(self.grant, self.cleaned_data["award"])
        except RefusedError as refusal:
            raise forms.ValidationError(str(refusal)) from None
        return self.cleaned_data["award"]


class YearsForm(forms.Form):
    """The award by financial years, one box each."""

    def __init__(self, grant: Grant, data: Any = None) -> None:
        self.grant = grant
        self.years = list_years(grant.starts_on, grant.ends_on)
        kept = {share.year: share.amount_pence for share in grant.shares.all()}
        initial = {f"year_{year}": Pence(kept[year]) for year in self.years if year in kept}
        super().__init__(data, initial=initial)
        for year in self.years:
            self.fields[f"year_{year}"] = PoundsField(label=say_year(year), least_pence=0)

    def read_shares(self) -> dict[int, int]:
        return {year: int(self.cleaned_data[f"year_{year}"]) for year in self.years}

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if len(found) == len(self.years):
            try:
                check_shares_add_up(self.grant.award_pence, list(found.values()))
            except RefusedError as refusal:
                self.add_error(None, str(refusal))
        return found


def is_too_long(first: date, last: date) -> bool:
    """
    >>> is_too_long(date(2026, 4, 1), date(2041, 3, 31)), is_too_long(date(2026, 4, 1), date(2041, 4, 1))
    (False, True)
    """
    return (last.year - MOST_YEARS, last.month, last.day) >= (first.year, first.month, first.day)


def check_has_happened(day: date) -> date:
    """The day, unless it is one to come."""
    if day > read_today():
        raise forms.ValidationError("The ledger holds what has happened: the day cannot be one to come")
    return day
