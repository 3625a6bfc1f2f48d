"""What a district sees: where it stands among its neighbours, and what it lets its county read."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from wardmote.web.foundation.clock import read_today
from wardmote.web.foundation.refusals import RefusedError, find_status
from wardmote.web.governance.tiers import actions, presenters
from wardmote.web.governance.tiers.drawing import draw_standing
from wardmote.web.governance.tiers.forms import EndForm, SharingForm
from wardmote.web.governance.tiers.models import SharingAgreement
from wardmote.web.governance.tiers.policies import has_county, holds_on
from wardmote.web.governance.tiers.reading import read_terms
from wardmote.web.governance.tiers.standing import list_standings
from wardmote.web.governance.tiers.views.frame import STANDING, describe_page, find_address
from wardmote.web.partnerships.interface import Partnership, PartnershipRequest, in_partnership, name_people


@in_partnership("governance.view_district_standing")
def show_standing(request: PartnershipRequest) -> HttpResponse:
    """Each measure that the district shares with its county, beside the county and the neighbours."""
    district, today = request.partnership, read_today()
    agreements = _list_agreements(district)
    current = next((one for one in agreements if one.ended_at is None), None)
    names = name_people({key for one in agreements for key in (one.made_by, one.ended_by)})
    facts = describe_page(request, STANDING) | {
        "has_county": has_county(district), "county": district.county, "agreements": agreements, "current": current,
        "is_in_force": current is not None and holds_on(current, today), "names": names, "say": presenters,
        "standings": list_standings(district, today), "terms_of": read_terms, "draw": draw_standing,
    }  # fmt: skip
    return render(request, "governance/tiers/standing.html", facts)


@in_partnership("governance.share_with_county")
def agree_sharing(request: PartnershipRequest) -> HttpResponse:
    """Let the county read what is signed off."""
    district = request.partnership
    if not has_county(district):
        messages.info(request, "This partnership belongs to no county here, so that nothing can be shared with one.")
        return redirect(find_address(request, "district_standing"))
    form = SharingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.agree_sharing(district=district, fields=form.cleaned_data, by=request.user)
            messages.success(request, "The agreement is written down. You can end it at any time.")
            return redirect(find_address(request, "district_standing"))
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
    county = district.county.name if district.county else ""
    intro = (
        f"{county} will read your plan in force, the values that you signed off, how many returns came, and the "
        "statuses. It never reads drafts, what is typed beside a value, or names of people."
    )
    return _draw(request, form, title="Let the county read", intro=intro, submit="Agree")


@in_partnership("governance.share_with_county")
def end_sharing(request: PartnershipRequest) -> HttpResponse:
    """Take the agreement back, with the reason."""
    agreement = SharingAgreement.objects.filter(partnership=request.partnership, ended_at=None).first()
    if agreement is None:
        messages.info(request, "No agreement stands that could be ended.")
        return redirect(find_address(request, "district_standing"))
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.end_sharing(agreement=agreement, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, "The agreement is ended. The county sees only that nothing is shared.")
        return redirect(find_address(request, "district_standing"))
    intro = "From now on the county sees only that nothing is shared, and you are not told of your neighbours."
    return _draw(request, form, title="End the agreement", intro=intro, submit="End the agreement")


def _list_agreements(district: Partnership) -> list[SharingAgreement]:
    """All that were ever made, the newest first."""
    rows = SharingAgreement.objects.filter(partnership=district)
    return list(rows.select_related("partnership", "county").order_by("-made_at"))


def _draw(request: PartnershipRequest, form: Any, *, title: str, intro: str, submit: str) -> HttpResponse:
    back = find_address(request, "district_standing")
    facts = describe_page(request, title, below=((STANDING, back),)) | {
        "form": form, "intro": intro, "submit_text": submit, "cancel_url": back,
    }  # fmt: skip
    return render(request, "foundation/form_page.html", facts, status=find_status(form))
