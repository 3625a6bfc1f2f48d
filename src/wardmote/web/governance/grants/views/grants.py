"""Grants: the list with its totals, one grant, and what is written of it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from wardmote.web.foundation.clock import read_today
from wardmote.web.foundation.overtaken import watch
from wardmote.web.governance.asking import read_confirmed
from wardmote.web.governance.grants.actions import grants as actions
from wardmote.web.governance.grants.actions import ledger
from wardmote.web.governance.grants.forms.grants import AwardForm, GrantForm, YearsForm
from wardmote.web.governance.grants.forms.ledger import CommitmentForm, MatchForm, MoveForm
from wardmote.web.governance.grants.models import Grant
from wardmote.web.governance.grants.money import Pence, say_pounds
from wardmote.web.governance.grants.policies import find_warnings
from wardmote.web.governance.grants.presenters import (
    add_up,
    describe_grants,
    list_all_years,
    list_outputs,
    list_won,
    list_year_rows,
)
from wardmote.web.governance.grants.queries import (
    find_ledger_faults,
    find_sight,
    get_grant,
    list_bids,
    list_entries,
    list_public_grants,
    list_seen_commitments,
    list_seen_grants,
    sum_committed_by_day,
    sum_spent,
)
from wardmote.web.governance.grants.views.frame import (
    Crumb,
    describe_page,
    find_address,
    finish,
    lead_to_grants,
)
from wardmote.web.partnerships.interface import PartnershipRequest, in_partnership, name_people


def lead_to_grant(request: PartnershipRequest, grant: Grant) -> list[Crumb]:
    return [lead_to_grants(request), (grant.title, find_address(request, "grant", grant_id=grant.pk))]


@in_partnership("governance.view_grants")
def list_grants(request: PartnershipRequest) -> HttpResponse:
    """Every grant that the person may open, with its sums; and the published totals of the others."""
    today, sight = read_today(), find_sight(request.user, request.partnership)
    spent, committed = sum_spent(request.partnership), sum_committed_by_day(request.partnership)
    seen = list(list_seen_grants(sight, request.partnership))
    rows = describe_grants(seen, spent, committed, today)
    shared = list_public_grants(request.partnership)
    public = [] if sight.totals else describe_grants(shared, spent, committed, today)
    own = list_seen_commitments(sight, request.partnership) if not sight.totals else []
    facts = describe_page(request, title="Grants") | {
        "rows": rows, "totals": add_up(rows), "public": public, "public_totals": add_up(public), "own": list(own),
        "won": list_won(list_bids(request.partnership)) if sight.ledger else [],
        "years": list_all_years(seen, list_entries(request.partnership)) if sight.totals and seen else [],
    }  # fmt: skip
    return render(request, "governance/grants/grants.html", facts)


@in_partnership("governance.view_grant")
def show_grant(request: PartnershipRequest, grant_id: Any) -> HttpResponse:
    """One grant: its money, its commitments, what they bought, its years and the history of the award."""
    grant, today = get_grant(request, grant_id), read_today()
    sight = find_sight(request.user, request.partnership)
    commitments = list(list_seen_commitments(sight, request.partnership).filter(grant=grant))
    spent = sum(one.spent_pence for one in commitments)
    awards, committed = list(grant.awards.all()), sum_committed_by_day(request.partnership)[grant.pk]
    entries = list_entries(request.partnership).filter(grant=grant) if sight.totals else []
    facts = describe_page(request, lead_to_grants(request), title=grant.title) | {
        "grant": grant, "commitments": commitments, "spent": spent, "outputs": list_outputs(commitments),
        "alarms": find_warnings(grant, spent, today, committed_pence=committed) if sight.totals else [],
        "years": list_year_rows(grant, entries) if sight.totals else [],
        "awards": awards, "names": name_people({one.made_by for one in awards}),
        "faults": find_ledger_faults(request.partnership, grant) if sight.ledger else [],
    }  # fmt: skip
    return render(request, "governance/grants/grant.html", facts)


@in_partnership("governance.change_grants")
def make_grant(request: PartnershipRequest) -> HttpResponse:
    form = GrantForm(request.POST or None)

    def save() -> None:
        actions.make_grant(
            partnership=request.partnership, fields=form.read_fields(), award_pence=form.cleaned_data["award"],
            on=form.cleaned_data["awarded_on"], by=request.user, confirmed=read_confirmed(form),
        )  # fmt: skip

    return finish(request, form, save, way=[lead_to_grants(request)], title="Add a grant", done="The grant is added.")


@in_partnership("governance.change_grants")
def change_grant(request: PartnershipRequest, grant_id: Any) -> HttpResponse:
    """Change what is said of a grant: its money has pages of its own."""
    grant = get_grant(request, grant_id)
    form = GrantForm(request.POST or None, grant=grant)
    watch(form)

    def save() -> None:
        actions.change_grant(grant=grant, fields=form.read_fields(), by=request.user)

    way = lead_to_grant(request, grant)
    return finish(request, form, save, way=way, title="Change this grant", done="The grant is changed.")


@in_partnership("governance.change_grants")
def change_award(request: PartnershipRequest, grant_id: Any) -> HttpResponse:
    grant = get_grant(request, grant_id)
    form = AwardForm(grant, request.POST or None)
    watch(form, {"award": Pence(grant.award_pence)})

    def save() -> None:
        found = form.cleaned_data
        actions.change_award(
            grant=grant, award_pence=found["award"], on=found["on"], reason=found["reason"], by=request.user
        )

    intro = f"{say_pounds(grant.award_pence)} is awarded, {say_pounds(grant.committed_pence)} of it is committed."
    way = lead_to_grant(request, grant)
    return finish(
        request, form, save, way=way, title="Change the award", done="The award is changed; what it was stays below.",
        intro=intro,
    )  # fmt: skip


@in_partnership("governance.change_grants")
def set_grant_years(request: PartnershipRequest, grant_id: Any) -> HttpResponse:
    grant = get_grant(request, grant_id)
    form = YearsForm(grant, request.POST or None)
    watch(form)

    def save() -> None:
        actions.set_years(grant=grant, shares_pence=form.read_shares(), by=request.user)

    way, intro = lead_to_grant(request, grant), f"The years must add up to {say_pounds(grant.award_pence)}."
    return finish(
        request, form, save, way=way, title="The award by years", done="The years add up to the award.", intro=intro
    )


@in_partnership("governance.change_grants")
def add_commitment(request: PartnershipRequest, grant_id: Any) -> HttpResponse:
    grant = get_grant(request, grant_id)
    form = CommitmentForm(grant, request.POST or None)

    def save() -> None:
        ledger.add_commitment(
            grant=grant, fields=form.read_fields(), amount_pence=form.cleaned_data["amount"], by=request.user,
            confirmed=read_confirmed(form),
        )  # fmt: skip

    way = lead_to_grant(request, grant)
    return finish(request, form, save, way=way, title="Commit money", done="The money is committed.")


@in_partnership("governance.change_grants")
def move_money(request: PartnershipRequest, grant_id: Any) -> HttpResponse:
    """From one commitment to another (virement)."""
    grant = get_grant(request, grant_id)
    form = MoveForm(grant, request.POST or None)

    def save() -> None:
        found = form.cleaned_data
        ledger.move_money(
            giver=found["giver"], taker=found["taker"], amount_pence=found["amount"], on=found["on"],
            reason=found["reason"], by=request.user, confirmed=read_confirmed(form),
        )  # fmt: skip

    way = lead_to_grant(request, grant)
    return finish(request, form, save, way=way, title="Move money between commitments", done="The money is moved.")


@in_partnership("governance.change_grants")
def record_match(request: PartnershipRequest, grant_id: Any) -> HttpResponse:
    grant = get_grant(request, grant_id)
    form = MatchForm(grant, request.POST or None)

    def save() -> None:
        found = form.cleaned_data
        ledger.record_match(
            grant=grant, amount_pence=found["amount"], on=found["on"], reference=found["reference"], by=request.user,
            confirmed=read_confirmed(form),
        )  # fmt: skip

    intro = f"{say_pounds(grant.match_pence)} is promised, {say_pounds(grant.matched_pence)} has come."
    way = lead_to_grant(request, grant)
    return finish(
        request, form, save, way=way, title="Record match funding", done="The match is recorded.", intro=intro
    )
