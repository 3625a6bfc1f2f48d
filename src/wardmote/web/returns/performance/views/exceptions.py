"""The exceptions of a quarter, on a page and as text."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from wardmote.web.partnerships.interface import PartnershipRequest, in_partnership
from wardmote.web.returns.performance.core_plan import read_judged
from wardmote.web.returns.performance.exceptions import KINDS, PLAN_WIDE, list_exceptions, write_text
from wardmote.web.returns.performance.plan_wide import list_plan_wide
from wardmote.web.returns.performance.plans_seen import choose_plan, reads_words
from wardmote.web.returns.performance.terms import say_terms
from wardmote.web.returns.performance.views.dashboard import describe_choice
from wardmote.web.returns.performance.windows import find_window


@in_partnership("returns.view_dashboard")
def show_exceptions(request: PartnershipRequest) -> HttpResponse:
    """What should the next meeting talk about?"""
    choice = choose_plan(request, request.GET)
    if choice is None:
        return redirect("dashboard", slug=request.partnership.slug)
    judged = read_judged(choice.plan, as_at=choice.as_at, with_words=reads_words(request))
    found = list_exceptions(judged, choice, with_words=reads_words(request))
    plan_wide = list_plan_wide(choice.plan, find_window(judged, choice), with_names=reads_words(request))
    if request.GET.get("as") == "text":
        return HttpResponse(write_text(found, plan_wide), content_type="text/plain; charset=utf-8")
    dashboard = reverse("dashboard", kwargs={"slug": request.partnership.slug})
    context = {
        "choice": choice, "plan": choice.plan, "as_at": judged.as_at, "kinds": KINDS, "exceptions": found,
        "plan_wide": plan_wide, "plan_wide_heading": PLAN_WIDE, "terms": say_terms(judged.plan.terms),
        "query": describe_choice(choice),
        "breadcrumbs": [{"text": "Performance", "href": dashboard + describe_choice(choice)}],
    }  # fmt: skip
    return render(request, "returns/performance/exceptions.html", context)
