"""The ledger of a grant, and one commitment with its invoices and its outputs."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from wardmote.web.foundation.clock import read_today
from wardmote.web.foundation.table_files import answer_table
from wardmote.web.governance.asking import read_confirmed
from wardmote.web.governance.grants.actions import ledger as actions
from wardmote.web.governance.grants.actions import outputs
from wardmote.web.governance.grants.forms.ledger import ChangeForm, DeliveryForm, OutputForm, ReverseForm, SpendForm
from wardmote.web.governance.grants.models import Commitment, Delivery, LedgerEntry, Output
from wardmote.web.governance.grants.money import say_pounds
from wardmote.web.governance.grants.presenters import (
    LEDGER_COLUMNS,
    describe_entry,
    list_ledger_lines,
    list_outputs,
)
from wardmote.web.governance.grants.queries import (
    get_commitment,
    get_grant,
    list_entries,
    list_grants,
    sum_committed_by_day,
    sum_spent,
)
from wardmote.web.governance.grants.shares import stand_in_years
from wardmote.web.governance.grants.views.frame import Crumb, describe_page, find_address, finish
from wardmote.web.governance.grants.views.grants import lead_to_grant
from wardmote.web.partnerships.interface import PartnershipRequest, get_own, in_partnership, name_people


def lead_to_commitment(request: PartnershipRequest, commitment: Commitment) -> list[Crumb]:
    keys = {"grant_id": commitment.grant_id, "commitment_id": commitment.pk}
    way = lead_to_grant(request, commitment.grant)
    return [*way, (commitment.project, find_address(request, "commitment", **keys))]


@in_partnership("governance.view_ledger")
def show_ledger(request: PartnershipRequest, grant_id: Any) -> HttpResponse:
    """Every entry of a grant in its order, with what reversed what."""
    grant = get_grant(request, grant_id)
    entries = list(list_entries(request.partnership).filter(grant=grant))
    names = name_people({entry.made_by for entry in entries})
    facts = describe_page(request, *lead_to_grant(request, grant), title="Ledger") | {
        "grant": grant, "lines": [describe_entry(entry, names) for entry in entries],
        "spent": sum_spent(request.partnership)[grant.pk],
    }  # fmt: skip
    return render(request, "governance/grants/ledger.html", facts)


@in_partnership("governance.view_ledger")
def download_ledger(request: PartnershipRequest, table_form: str) -> HttpResponse:
    """The ledger of every grant, as CSV or as a workbook."""
    entries = list(list_entries(request.partnership).select_related("commitment__body"))
    names = name_people({entry.made_by for entry in entries})
    name = f"{request.partnership.slug}-ledger-{read_today():%Y-%m-%d}"
    committed = sum_committed_by_day(request.partnership)
    stands = {one.pk: stand_in_years(one, committed[one.pk]) for one in list_grants(request.partnership)}
    lines = list_ledger_lines(entries, names, stands)
    return answer_table(table_form, LEDGER_COLUMNS, lines, name=name, title="Ledger of grants")


@in_partnership("governance.view_commitment")
def show_commitment(request: PartnershipRequest, grant_id: Any, commitment_id: Any) -> HttpResponse:
    """A commitment: what is left of it, its entries, and what it bought."""
    commitment = get_commitment(request, grant_id, commitment_id)
    entries = list(list_entries(request.partnership).filter(commitment=commitment))
    names = name_people({entry.made_by for entry in entries})
    own = Delivery.objects.filter(partnership=request.partnership, output__commitment=commitment)
    title = commitment.project
    facts = describe_page(request, *lead_to_grant(request, commitment.grant), title=title) | {
        "grant": commitment.grant, "commitment": commitment, "outputs": list_outputs([commitment]),
        "lines": [describe_entry(entry, names) for entry in entries], "deliveries": own.select_related("output"),
    }  # fmt: skip
    return render(request, "governance/grants/commitment.html", facts)


@in_partnership("governance.change_grants")
def change_commitment(request: PartnershipRequest, grant_id: Any, commitment_id: Any) -> HttpResponse:
    commitment = get_commitment(request, grant_id, commitment_id)
    form = ChangeForm(commitment, request.POST or None)

    def save() -> None:
        found = form.cleaned_data
        actions.change_commitment(
            commitment=commitment, by_pence=form.read_change(), on=found["on"], decision=found["decision"],
            reason=found["reason"], by=request.user, confirmed=read_confirmed(form),
        )  # fmt: skip

    intro = f"{say_pounds(commitment.amount_pence)} is committed, {say_pounds(commitment.spent_pence)} is spent."
    way = lead_to_commitment(request, commitment)
    return finish(
        request, form, save, way=way, title="Commit more, or release", done="The commitment is changed.", intro=intro
    )


@in_partnership("governance.change_grants")
def record_spend(request: PartnershipRequest, grant_id: Any, commitment_id: Any) -> HttpResponse:
    """An invoice, or money that came back."""
    commitment = get_commitment(request, grant_id, commitment_id)
    form = SpendForm(commitment, request.POST or None)

    def save() -> None:
        found = form.cleaned_data
        act = actions.record_refund if found["which"] == "refunded" else actions.record_spend
        act(
            commitment=commitment, amount_pence=found["amount"], on=found["on"], reference=found["reference"],
            reason=found["reason"], by=request.user, confirmed=read_confirmed(form),
        )  # fmt: skip

    way = lead_to_commitment(request, commitment)
    return finish(request, form, save, way=way, title="Record spending", done="It is in the ledger.")


@in_partnership("governance.change_grants")
def reverse_entry(request: PartnershipRequest, grant_id: Any, ledger_entry_id: Any) -> HttpResponse:
    """Take an entry back by one that reverses it."""
    grant = get_grant(request, grant_id)
    rows = LedgerEntry.objects.filter(grant=grant).select_related("grant__partnership", "commitment", "partnership")
    entry = get_own(rows, request, id=ledger_entry_id)
    form = ReverseForm(request.POST or None)

    def save() -> None:
        found = form.cleaned_data
        actions.reverse_entry(entry=entry, on=found["on"], reason=found["reason"], by=request.user)

    way = [*lead_to_grant(request, grant), ("Ledger", find_address(request, "grant_ledger", grant_id=grant.pk))]
    both = " Both halves of the move are taken back." if entry.pair else ""
    intro = f"{say_pounds(entry.amount_pence)}, {entry.on:%-d %B %Y}, {entry.reference or entry.reason}."
    return finish(
        request, form, save, way=way, title=f"Reverse entry {entry.number}", done="The entry is reversed; both stay.",
        intro=f"{intro}{both} The entry stays in the ledger, beside the one that takes it back.", submit="Reverse it",
    )  # fmt: skip


@in_partnership("governance.change_grants")
def add_output(request: PartnershipRequest, grant_id: Any, commitment_id: Any) -> HttpResponse:
    commitment = get_commitment(request, grant_id, commitment_id)
    form = OutputForm(request.POST or None)

    def save() -> None:
        outputs.add_output(commitment=commitment, by=request.user, **form.cleaned_data)

    way = lead_to_commitment(request, commitment)
    return finish(request, form, save, way=way, title="Add an output", done="The output is added.")


@in_partnership("governance.change_grants")
def record_delivery(
    request: PartnershipRequest, grant_id: Any, commitment_id: Any, grant_output_id: Any
) -> HttpResponse:
    commitment = get_commitment(request, grant_id, commitment_id)
    output = get_own(Output.objects.filter(commitment=commitment), request, id=grant_output_id)
    form = DeliveryForm(output, request.POST or None)

    def save() -> None:
        outputs.record_delivery(output=output, by=request.user, confirmed=read_confirmed(form), **form.cleaned_data)

    way = lead_to_commitment(request, commitment)
    intro = f"{output.delivered_count} of {output.planned_count} are delivered."
    return finish(request, form, save, way=way, title="Record what was delivered", done="It is counted.", intro=intro)
