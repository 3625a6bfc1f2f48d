"""Which plans that were kept as they stood, or in force, are the past of one that is worked on."""

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render

from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.partnerships.interface import PartnershipRequest, get_own, in_partnership
from wardmote.web.plans import actions
from wardmote.web.plans.forms.linking import LinkForm
from wardmote.web.plans.forms.plans import ReasonForm
from wardmote.web.plans.models import PastLink, Plan
from wardmote.web.plans.queries import get_plan
from wardmote.web.plans.states import PlanState
from wardmote.web.plans.views.frame import describe_page, find_address, is_post
from wardmote.web.plans.views.plans import refuse

_LINK = "Use the values of an earlier plan"


@in_partnership("plans.link_past")
def link_past(request: PartnershipRequest, plan_id: Any) -> HttpResponse:
    """Take the values of a plan kept as it stood, or in force, as the past of this one."""
    plan = get_plan(request, plan_id)
    links = PastLink.objects.filter(partnership=request.partnership, ended_at=None)
    in_force = Q(state__in=(PlanState.ADOPTED, PlanState.SUPERSEDED))
    past = Plan.objects.filter(
        Q(is_historic=True) | in_force, partnership=request.partnership, starts_on__lte=plan.starts_on
    )
    free = past.exclude(Q(pk__in=links.values("past")) | Q(lineage=plan.lineage))
    if not free.exists():
        facts = describe_page(request, plan, title=_LINK)
        return render(request, "plans/nothing_to_link.html", facts | {"title": _LINK})
    form = LinkForm(free, request.POST if is_post(request) else None)
    if is_post(request) and form.is_valid():
        try:
            actions.link_past(plan=plan, by=request.user, **form.cleaned_data)
        except RefusedError as refusal:
            return refuse(request, plan, refusal)
        messages.success(request, "Its values are the past of this plan now. The exceptions list it.")
        return redirect(find_address(plan, "plan", request))
    facts = describe_page(request, plan, title=_LINK) | {
        "form": form, "title": _LINK, "submit_text": "Use them as this plan's past",
        "intro": "Only what ended before this plan's own quarters is used. Statuses set by hand are not taken over.",
    }  # fmt: skip
    return render(request, "foundation/form_page.html", facts | {"cancel_url": find_address(plan, "plan", request)})


@in_partnership("plans.link_past")
def unlink_past(request: PartnershipRequest, plan_id: Any, link_id: Any) -> HttpResponse:
    """Let the values of a linked plan count no more."""
    plan = get_plan(request, plan_id)
    rows = PastLink.objects.select_related("plan", "past", "partnership")
    link = get_own(rows, request, id=link_id, ended_at=None, plan__lineage=plan.lineage)
    form = ReasonForm(request.POST if is_post(request) else None)
    if is_post(request) and form.is_valid():
        try:
            actions.unlink_past(link=link, reason=form.cleaned_data["reason"], by=request.user)
        except RefusedError as refusal:
            return refuse(request, plan, refusal)
        messages.success(request, "Its values count no more.")
        return redirect(find_address(plan, "plan", request))
    title = "Stop using the values of an earlier plan?"
    facts = describe_page(request, plan, title=title) | {
        "form": form, "title": title, "submit_text": "Stop using them", "danger": False,
        "cancel_url": find_address(plan, "plan", request),
        "consequences": [f"The values of “{link.past}” no longer stand before those of this plan."],
    }  # fmt: skip
    return render(request, "foundation/confirm_page.html", facts)
