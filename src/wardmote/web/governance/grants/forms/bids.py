"""The forms of bids."""

from typing import Any

from django import forms

from wardmote.web.foundation.clock import read_today
from wardmote.web.foundation.design.dates import DatePartsField
from wardmote.web.governance.choices import TextArea, make_body_field
from wardmote.web.governance.grants.actions.bids import SENT_FIELDS
from wardmote.web.governance.grants.forms.money import PoundsField
from wardmote.web.governance.grants.models import Bid
from wardmote.web.governance.grants.money import Pence
from wardmote.web.governance.grants.policies import can_change_bid_text
from wardmote.web.governance.grants.states import MOVES, BidState
from wardmote.web.partnerships.interface import Partnership

_REUSED = ("title", "funder", "fund", "partners", "text")
_ORDER = ("title", "funder", "fund", "asked_pence", "lead", "partners", "deadline_on", "text", "feedback")


class BidForm(forms.Form):
    """A bid; once it is submitted only what the funder does not have can be changed."""

    title = forms.CharField(label="What you call it", max_length=200)
    funder = forms.CharField(label="Funder", max_length=200)
    fund = forms.CharField(label="Fund", max_length=200, required=False)
    asked_pence = PoundsField(label="Amount asked for")
    partners = TextArea(label="Partners", max_length=2000, required=False, help_text="One a line")
    deadline_on = DatePartsField(label="Deadline", required=False)
    text = TextArea(label="Text of the bid", max_length=50000, required=False)
    feedback = TextArea(label="Feedback from the funder", max_length=10000, required=False)

    def __init__(
        self, partnership: Partnership, data: Any = None, *, bid: Bid | None = None, reuses: Bid | None = None
    ) -> None:
        initial = _read_bid(bid) if bid else {name: getattr(reuses, name) for name in _REUSED} if reuses else None
        super().__init__(data, initial=initial)
        self.fields["lead"] = make_body_field(partnership, "Body that leads it", held=bid.lead_id if bid else None)
        self.order_fields(_ORDER)
        closed = SENT_FIELDS if bid is not None and not can_change_bid_text(bid) else set()
        for name in closed if bid is not None else ("feedback",):
            del self.fields[name]

    def read_fields(self) -> dict[str, Any]:
        found = dict(self.cleaned_data)
        if "asked_pence" in found:
            found["asked_pence"] = int(found["asked_pence"])
        return found


def _read_bid(bid: Bid) -> dict[str, Any]:
    plain = ("title", "funder", "fund", "partners", "deadline_on", "text", "feedback")
    found = {name: getattr(bid, name) for name in plain}
    return found | {"asked_pence": Pence(bid.asked_pence), "lead": bid.lead_id}


class MoveBidForm(forms.Form):
    """Where a bid goes next."""

    to = forms.ChoiceField(label="What happened?", widget=forms.RadioSelect)
    on = DatePartsField(label="On")
    note = TextArea(
        label="What was said", max_length=10000, required=False, help_text="The funder’s feedback is kept with the bid"
    )

    def __init__(self, bid: Bid, data: Any = None) -> None:
        super().__init__(data, initial={"on": read_today()})
        self.bid = bid
        choices = [(to.value, str(to.label)) for to in MOVES[BidState(bid.state)]]
        self.fields["to"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        is_correction = self.bid.state in (BidState.WON, BidState.LOST)
        if is_correction and not found.get("note"):
            self.add_error("note", "Say why the outcome that is written down was wrong")
        return found


class BidFilterForm(forms.Form):
    """Which bids are listed."""

    is_in_address = True

    words = forms.CharField(
        label="Words", required=False, max_length=200, help_text="In the title, the funder, the text or the feedback"
    )
    state = forms.ChoiceField(label="State", choices=[("", "All"), *BidState.choices], required=False)
