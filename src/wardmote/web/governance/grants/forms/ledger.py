"""The forms that write to the ledger. Each says what is left before the action, which holds the row, says it again."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms

from wardmote.web.foundation.clock import read_today
from wardmote.web.foundation.design.dates import DatePartsField
from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.governance.choices import TextArea, WordedChoice, make_body_field
from wardmote.web.governance.grants.forms.grants import check_has_happened
from wardmote.web.governance.grants.forms.money import PoundsField
from wardmote.web.governance.grants.models import Commitment, Grant, Output
from wardmote.web.governance.grants.money import say_pounds
from wardmote.web.governance.grants.policies import check_can_refund, check_fits_award, check_fits_commitment, say_days

CHANGES = [("more", "Commit more to it"), ("less", "Release what it does not need")]
SPENDS = [("spent", "An invoice or other payment"), ("refunded", "Money that came back")]


class LedgerForm(forms.Form):
    """What every entry has: an amount and a day that has come."""

    amount = PoundsField(label="Amount")
    on = DatePartsField(label="On")

    def __init__(self, grant: Grant, data: Any = None, **begun: Any) -> None:
        super().__init__(data, initial={"on": read_today(), **begun})
        self.fields["on"].help_text = f"This grant takes days {say_days(grant)}"

    def clean_on(self) -> date:
        return check_has_happened(self.cleaned_data["on"])

    def refuse_with(self, name: str, check: Callable[[], None]) -> None:
        """Put what a policy refuses beside its box."""
        try:
            check()
        except RefusedError as refusal:
            self.add_error(name, str(refusal))


class CommitmentForm(LedgerForm):
    """A new commitment."""

    project = forms.CharField(label="Project", max_length=200)
    decision = forms.CharField(
        label="Where it was decided", max_length=200, help_text="Such as: Executive, 14 May 2026, minute 6"
    )

    def __init__(self, grant: Grant, data: Any = None) -> None:
        self.grant = grant
        super().__init__(grant, data)
        self.fields["amount"].help_text = f"{say_pounds(grant.uncommitted_pence)} is left to commit"
        self.fields["on"].label = "Decided on"
        self.fields["body"] = make_body_field(grant.partnership, "Body that gets it")
        self.order_fields(["project", "body", "amount", "on", "decision"])

    def clean_amount(self) -> Any:
        amount = self.cleaned_data["amount"]
        self.refuse_with("amount", lambda: check_fits_award(self.grant, amount))
        return amount

    def read_fields(self) -> dict[str, Any]:
        found = self.cleaned_data
        return {name: found[name] for name in ("project", "body", "decision")} | {"decided_on": found["on"]}


class ChangeForm(LedgerForm):
    """More for a commitment, or less."""

    which = forms.ChoiceField(label="What changes?", choices=CHANGES, widget=forms.RadioSelect)
    decision = forms.CharField(label="Where it was decided", max_length=200)
    reason = TextArea(label="Why", max_length=2000)

    def __init__(self, commitment: Commitment, data: Any = None) -> None:
        self.commitment = commitment
        super().__init__(commitment.grant, data)
        left, unspent = commitment.grant.uncommitted_pence, commitment.unspent_pence
        self.fields["amount"].help_text = f"At most {say_pounds(left)} more, or {say_pounds(unspent)} less"
        self.order_fields(["which", "amount", "on", "decision", "reason"])

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        amount = found.get("amount")
        if amount and found.get("which") == "more":
            self.refuse_with("amount", lambda: check_fits_award(self.commitment.grant, amount))
        elif amount and found.get("which") == "less":
            self.refuse_with("amount", lambda: check_fits_commitment(self.commitment, amount))
        return found

    def read_change(self) -> int:
        amount = int(self.cleaned_data["amount"])
        return amount if self.cleaned_data["which"] == "more" else -amount


class SpendForm(LedgerForm):
    """An invoice, or money that came back."""

    which = forms.ChoiceField(label="What happened?", choices=SPENDS, widget=forms.RadioSelect, initial="spent")
    reference = forms.CharField(label="Reference of the invoice", max_length=200)
    reason = TextArea(label="Why", max_length=2000, required=False, help_text="Needed where money came back")

    def __init__(self, commitment: Commitment, data: Any = None) -> None:
        self.commitment = commitment
        super().__init__(commitment.grant, data, which="spent")
        self.fields["amount"].help_text = f"{say_pounds(commitment.unspent_pence)} is left of what was committed"
        self.order_fields(["which", "amount", "on", "reference", "reason"])

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        amount, is_refund = found.get("amount"), found.get("which") == "refunded"
        if is_refund and not found.get("reason"):
            self.add_error("reason", "Say why the money came back")
        if amount and is_refund:
            self.refuse_with("amount", lambda: check_can_refund(self.commitment, amount))
        elif amount:
            self.refuse_with("amount", lambda: check_fits_commitment(self.commitment, amount))
        return found


class MatchForm(LedgerForm):
    """Match funding that came in."""

    reference = forms.CharField(label="From whom, with its reference", max_length=200)


class MoveForm(LedgerForm):
    """Money from one commitment to another of the same grant."""

    giver = WordedChoice(Commitment.objects.none(), label="From", empty_label="Choose")
    taker = WordedChoice(Commitment.objects.none(), label="To", empty_label="Choose")
    reason = TextArea(label="Why", max_length=2000)

    def __init__(self, grant: Grant, data: Any = None) -> None:
        super().__init__(grant, data)
        rows = Commitment.objects.filter(partnership=grant.partnership, grant=grant).select_related("grant")
        for name in ("giver", "taker"):
            field: Any = self.fields[name]
            field.queryset = rows
            field.label_from_instance = lambda one: f"{one.project} ({say_pounds(one.unspent_pence)} unspent)"
        self.order_fields(["giver", "taker", "amount", "on", "reason"])

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        giver, amount = found.get("giver"), found.get("amount")
        if giver is not None and giver == found.get("taker"):
            self.add_error("taker", "Choose another commitment than the one that gives")
        if giver is not None and amount:
            self.refuse_with("amount", lambda: check_fits_commitment(giver, amount))
        return found


class ReverseForm(forms.Form):
    """Why an entry is taken back."""

    on = DatePartsField(label="On")
    reason = TextArea(label="What was wrong with it", max_length=2000)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"on": read_today()})

    def clean_on(self) -> date:
        return check_has_happened(self.cleaned_data["on"])


class OutputForm(forms.Form):
    """What a commitment is to buy."""

    unit = forms.CharField(label="What is counted", max_length=120, help_text="Such as: call blockers fitted")
    planned_count = forms.IntegerField(label="How many are planned", min_value=0, max_value=10_000_000)


class DeliveryForm(forms.Form):
    """So many were delivered."""

    count = forms.IntegerField(
        label="How many", min_value=-10_000_000, max_value=10_000_000,
        help_text="Below nought puts right a count that was too high",
    )  # fmt: skip
    on = DatePartsField(label="On")
    note = TextArea(label="Note", max_length=2000, required=False, help_text="Needed where some are taken off")

    def __init__(self, output: Output, data: Any = None) -> None:
        super().__init__(data, initial={"on": read_today()})
        self.output = output
        self.fields["count"].label = f"How many {output.unit}"

    def clean_on(self) -> date:
        return check_has_happened(self.cleaned_data["on"])
