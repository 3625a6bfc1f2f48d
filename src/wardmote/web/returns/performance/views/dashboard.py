"""The dashboard: the plan by priority, what is off target and why."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from wardmote.web.partnerships.interface import PartnershipRequest, can, in_partnership
from wardmote.web.returns.performance.core_plan import read_judged
from wardmote.web.returns.performance.filters import FilterForm
from wardmote.web.returns.performance.plans_seen import Choice, choose_plan, reads_words
from wardmote.web.returns.performance.summaries import (
    build_summary,
    count_looks,
    group_rows,
    list_missing,
    list_reds,
)
from wardmote.web.returns.performance.terms import say_terms


@in_partnership("returns.view_dashboard")
def show_dashboard(request: PartnershipRequest) -> HttpResponse:
    """How does the plan do, and what is off target and why?"""
    choice = choose_plan(request, request.GET)
    if choice is None:
        return render(request, "returns/performance/no_plan.html", _list_doors(request))
    judged = read_judged(choice.plan, as_at=choice.as_at, with_words=reads_words(request))
    form = FilterForm(request.GET or None, rows=judged.rows, choice=choice)
    shown = form.choose(judged.rows)
    missing = list_missing(choice)
    is_open = form.is_narrowed or form.is_urgent_first or request.GET.get("open") == "all"
    context = {
        "choice": choice,
        "plan": choice.plan,
        "as_at": judged.as_at,
        "form": form,
        "groups": group_rows(shown, is_urgent_first=form.is_urgent_first),
        "shown_count": len(shown),
        "all_count": len(judged.rows),
        "counts": count_looks(judged.rows),
        "summary": build_summary(judged.rows, missing, choice.newest),
        "missing": missing,
        "reds": [] if form.is_narrowed else list_reds(judged.rows, choice.newest),
        "is_open": is_open,
        "fold_url": make_fold_address(request, is_open=is_open),
        "terms": say_terms(judged.plan.terms),
        "query": describe_choice(choice),
        **_list_doors(request),
    }
    return render(request, "returns/performance/dashboard.html", context)


def make_fold_address(request: PartnershipRequest, *, is_open: bool) -> str:
    """The same page with every priority open, or, where they are open, with all of them folded."""
    asked = request.GET.copy()
    asked.pop("open", None)
    if is_open:
        asked.pop("order", None)  # which opens them too
    else:
        asked["open"] = "all"
    return f"?{asked.urlencode()}"


def describe_choice(choice: Choice) -> str:
    """What of the address other pages need, to speak of the same plan and quarter."""
    parts = [f"plan={choice.plan.pk}"]
    if choice.quarter is not None:
        parts.append(f"period={choice.quarter.period}")
    return "?" + "&".join(parts)


def _list_doors(request: PartnershipRequest) -> dict[str, Any]:
    slug = {"slug": request.partnership.slug}
    return {
        "exceptions_url": reverse("exceptions", kwargs=slug),
        "documents_url": reverse("documents", kwargs=slug),
        "import_url": reverse("import_plan", kwargs=slug),
        "may_import": can(request.user, "plans.import_plan", request.partnership),
    }
