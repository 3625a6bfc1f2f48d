"""Targets that both the plan in force and its revision have changed: which one holds."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from wardmote.web.foundation.overtaken import is_overtaken, watch
from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.partnerships.interface import PartnershipRequest, check_may, in_partnership
from wardmote.web.plans import actions
from wardmote.web.plans.forms.plans import SettleForm
from wardmote.web.plans.meanwhile import Meanwhile, list_unsettled
from wardmote.web.plans.models import Indicator
from wardmote.web.plans.policies import name_target
from wardmote.web.plans.queries import get_plan
from wardmote.web.plans.views.frame import describe_page, find_address, is_post
from wardmote.web.plans.views.removed import give_back_typed
from wardmote.web.plans.views.targets import get_indicator


def describe_both(found: Meanwhile) -> str:
    """Both targets as they stand: either may be changed by somebody else while the form is open."""
    named = (("that of the plan in force", found.in_force), ("this version's own", found.row))
    return "; ".join(f"{what}: {name_target(row)}{say_start(row)}" for what, row in named)


def say_start(row: Indicator) -> str:
    """From when the newest version that stands holds."""
    newest = max((one for one in row.targets.all() if one.withdrawn_at is None), key=lambda one: one.number)
    return f", from {newest.valid_from:%-d %B %Y}" if newest.valid_from else ""


@in_partnership("plans.change_target")
@give_back_typed(Indicator, "indicator_id", noun="indicator", back="plan_approval")
def settle_target(request: PartnershipRequest, plan_id: Any, indicator_id: Any) -> HttpResponse:
    """Choose between the target that the revision set and that which was set in the plan in force meanwhile."""
    plan = get_plan(request, plan_id)
    indicator = get_indicator(request, plan, indicator_id)
    check_may(request, "plans.change_target", indicator)
    back = find_address(plan, "plan_approval", request)
    found = next((one for one in list_unsettled(plan) if one.row.pk == indicator.pk), None)
    if found is None:
        messages.error(request, f"There is nothing to choose for {indicator.ref}.")
        return redirect(back)
    form = SettleForm(name_target(found.row), name_target(found.in_force), request.POST if is_post(request) else None)
    watch(form, {"targets": describe_both(found)})
    if is_post(request) and form.is_valid() and not is_overtaken(form):
        try:
            keeps_own, reason = form.cleaned_data["choice"] == "own", form.cleaned_data["reason"]
            actions.settle_target(indicator=indicator, keeps_own=keeps_own, reason=reason, by=request.user)
            messages.success(request, f"It is settled which target of {indicator.ref} holds.")
            return redirect(back)
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
    title = f"Which target of {indicator.ref} holds?"
    facts = describe_page(request, plan, title=title) | {
        "form": form, "title": title, "submit_text": "Choose", "cancel_url": back,
        "intro": f"{indicator}. The one that is not chosen stays in the history, marked as withdrawn.",
    }  # fmt: skip
    return render(request, "foundation/form_page.html", facts)
