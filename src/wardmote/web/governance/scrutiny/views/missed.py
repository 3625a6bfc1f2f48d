"""The missed targets of a year as the machine finds them, and what the scrutiny pack leaves out of them."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from wardmote.web.foundation.clock import read_today
from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.governance.scrutiny import actions
from wardmote.web.governance.scrutiny.forms import LeaveOutForm
from wardmote.web.governance.scrutiny.models import LeftOutTarget
from wardmote.web.governance.scrutiny.queries import (
    Stretch,
    find_missed,
    list_missed,
    list_stretches,
)
from wardmote.web.governance.scrutiny.views.frame import describe_page, find_address, finish
from wardmote.web.partnerships.interface import PartnershipRequest, get_own, in_partnership, name_people
from wardmote.web.plans.interface import Indicator, Plan
from wardmote.web.returns.interface import list_seen_plans

_HOME = "missed_targets"


def list_choices(request: PartnershipRequest) -> list[Stretch]:
    """Every year of every plan that the person may see and of which a quarter has ended."""
    return [stretch for plan in list_seen_plans(request) for stretch in list_stretches(plan)]


def choose_stretch(choices: list[Stretch], plan_id: str, year: str) -> Stretch | None:
    """The year that an address asks for; without a word the newest of the plan in force. Raises Http404."""
    if not plan_id:
        return choices[0] if choices else None
    found = [one for one in choices if str(one.plan.pk) == plan_id and year in ("", one.value)]
    if not found:
        raise Http404
    return found[0]


@in_partnership("governance.view_missed_targets")
def list_targets(request: PartnershipRequest) -> HttpResponse:
    """Which targets were missed, and which of them does the pack leave out, why and by whom?"""
    choices = list_choices(request)
    chosen = choose_stretch(choices, request.GET.get("plan", ""), request.GET.get("year", ""))
    rows = list_missed(chosen, read_today()) if chosen else []
    left = [row.left_out for row in rows if row.left_out is not None]
    facts = describe_page(request, home=_HOME) | {
        "choices": choices, "chosen": chosen, "rows": rows, "names": name_people({one.left_out_by for one in left}),
        "left_count": len(left),
    }  # fmt: skip
    return render(request, "governance/scrutiny/missed.html", facts)


@in_partnership("governance.leave_out_targets")
def leave_out(request: PartnershipRequest, indicator_id: Any) -> HttpResponse:
    """Leave one missed target out of the pack, with the reason that it prints."""
    indicator = get_own(Indicator.objects.select_related("plan__partnership", "partnership"), request, id=indicator_id)
    period = request.GET.get("period", "")
    home = find_address(request, _HOME)
    if not period:
        return redirect(home)
    row = find_missed(_list_of(indicator.plan), indicator, period)
    back = f"{home}?plan={indicator.plan_id}"
    form = LeaveOutForm(request.POST or None)

    def save() -> None:
        actions.leave_out_target(
            indicator=indicator, period=period, reason=form.cleaned_data["reason"], by=request.user
        )

    title = f"Leave {indicator.ref} of {period} out of the pack"
    intro = f"{indicator.title}. {row.missed.why} The pack names it with your reason, your name and the day."
    page = describe_page(request, home=_HOME, title=title) | {"intro": intro, "submit_text": "Leave it out"}
    return finish(request, form, save, page=page, back=back, done="It is left out, and the pack says why.")


def _list_of(plan: Plan) -> list[Any]:
    return [row for stretch in list_stretches(plan) for row in list_missed(stretch, read_today())]


@require_POST
@in_partnership("governance.leave_out_targets")
def take_back(request: PartnershipRequest, left_out_id: Any) -> HttpResponse:
    """Put a target back into the pack."""
    left = get_own(LeftOutTarget.objects.select_related("partnership", "indicator"), request, id=left_out_id)
    try:
        actions.take_back(left_out=left, by=request.user)
        messages.success(request, f"{left.indicator.ref} of {left.period} stands in the pack again.")
    except RefusedError as refusal:
        messages.info(request, str(refusal))
    return redirect(f"{find_address(request, _HOME)}?plan={left.indicator.plan_id}")
