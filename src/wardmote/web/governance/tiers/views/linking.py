"""Saying that a district's indicator is the county's measure, and taking it back."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from wardmote.web.foundation.clock import read_today
from wardmote.web.foundation.refusals import RefusedError, find_status
from wardmote.web.governance.tiers import actions
from wardmote.web.governance.tiers.forms import EndForm, LinkForm, name_option
from wardmote.web.governance.tiers.matching import list_links, match_measure
from wardmote.web.governance.tiers.models import MeasureLink
from wardmote.web.governance.tiers.proposals import list_dismissals, set_aside_dismissed
from wardmote.web.governance.tiers.reading import read_districts
from wardmote.web.governance.tiers.views.county import find_measure_address, get_measure
from wardmote.web.governance.tiers.views.frame import below_districts, describe_page
from wardmote.web.partnerships.interface import PartnershipRequest, get_own, in_partnership
from wardmote.web.plans.interface import Indicator


@in_partnership("governance.link_measures")
def link_measure(request: PartnershipRequest, measure_id: Any) -> HttpResponse:
    """Choose a district's indicator and say why it is the same; what is worded alike stands first."""
    measure, county = get_measure(request, measure_id), request.partnership
    matches = match_measure(measure, read_districts(county, read_today()), list_links(county))
    form = LinkForm(measure, matches, request.POST or None, chosen=request.GET.get("indicator", ""))
    if request.method == "POST" and form.is_valid():
        match, fields = form.read_link()
        try:
            actions.link_measure(
                county=county, series=measure.series, district=match.seen.district, fields=fields, by=request.user
            )
            messages.success(request, f"{match.seen.district.name} is linked to this measure.")
            return redirect(find_measure_address(request, measure))
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
    intro = f"{measure.ref} {measure.title}: {measure.definition or 'no definition is written down'}"
    return _draw(request, form, measure, title="Link a district’s indicator", intro=intro, submit="Link")


@in_partnership("governance.link_measures")
def end_measure_link(request: PartnershipRequest, measure_id: Any, measure_link_id: Any) -> HttpResponse:
    """Take a link back, with the reason."""
    measure = get_measure(request, measure_id)
    links = MeasureLink.objects.filter(series=measure.series).select_related("partnership", "district")
    link = get_own(links, request, id=measure_link_id)
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.end_measure_link(link=link, reason=form.cleaned_data["reason"], by=request.user)
            messages.success(request, "The link is ended. The sums are made without it.")
            return redirect(find_measure_address(request, measure))
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
    intro = f"{link.district.name}: {link.title}. Linked because: {link.reason}"
    return _draw(request, form, measure, title="End a link", intro=intro, submit="End the link")


@in_partnership("governance.link_measures")
def dismiss_proposal(request: PartnershipRequest, measure_id: Any) -> HttpResponse:
    """Say that what reads alike is another measure, with the reason. It is proposed again where its words change."""
    measure, county = get_measure(request, measure_id), request.partnership
    matches = match_measure(measure, read_districts(county, read_today()), list_links(county))
    proposed = {
        name_option(match.seen.district.pk, row.record.series): (match, row)
        for match in set_aside_dismissed(measure, matches, list_dismissals(county)) for row in match.proposals
    }  # fmt: skip
    chosen = proposed.get(request.GET.get("indicator", ""))
    if chosen is None:
        messages.info(request, "That is no longer proposed.")
        return redirect(find_measure_address(request, measure))
    match, row = chosen
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.dismiss_proposal(
                county=county, series=measure.series, district=match.seen.district, row=row,
                reason=form.cleaned_data["reason"], by=request.user,
            )  # fmt: skip
            messages.success(request, "It is dismissed, and comes back only where the district words it anew.")
            return redirect(find_measure_address(request, measure))
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
    intro = f"{match.seen.place}: {row.record.ref} {row.record.title}. It can still be linked later."
    return _draw(request, form, measure, title="Dismiss a proposal", intro=intro, submit="Dismiss it")


def _draw(
    request: PartnershipRequest, form: Any, measure: Indicator, *, title: str, intro: str, submit: str
) -> HttpResponse:
    back = find_measure_address(request, measure)
    below = (*below_districts(request), (f"{measure.ref} {measure.title}", back))
    facts = describe_page(request, title, below=below) | {
        "form": form, "intro": intro, "submit_text": submit, "cancel_url": back,
    }  # fmt: skip
    return render(request, "foundation/form_page.html", facts, status=find_status(form))
