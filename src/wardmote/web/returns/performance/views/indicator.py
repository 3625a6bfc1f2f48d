"""The page of one indicator: how it stands, why, how it came there, and every value behind it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from wardmote.evidence.interface import list_target_changes
from wardmote.web.partnerships.interface import PartnershipRequest, can, get_own, in_partnership
from wardmote.web.plans.interface import Indicator, PlanState, get_current_plan, list_indicators
from wardmote.web.returns.models import StatusOverride
from wardmote.web.returns.performance.core_plan import Judged, read_judged
from wardmote.web.returns.performance.downloads import describe_row, write_csv
from wardmote.web.returns.performance.exceptions import find_same
from wardmote.web.returns.performance.histories import list_history, list_overrides, list_queries, list_returns
from wardmote.web.returns.performance.override_forms import OverrideForm, ReasonForm
from wardmote.web.returns.performance.overrides import can_override, lift_override, set_override
from wardmote.web.returns.performance.past import list_past_plans
from wardmote.web.returns.performance.plans_seen import choose_plan, reads_words
from wardmote.web.returns.performance.value_words import name_judged


@in_partnership("returns.view_dashboard")
def show_indicator(request: PartnershipRequest, indicator_id: UUID) -> HttpResponse:
    """How does this indicator stand, why, and who said so?"""
    indicator, judged, place = _find(request, indicator_id)
    return render(request, "returns/performance/indicator.html", _describe(request, indicator, judged, place))


def _find(request: PartnershipRequest, indicator_id: UUID) -> tuple[Indicator, Judged, int]:
    """The indicator as its plan is judged; 404 where the person may not see its plan."""
    rows = Indicator.objects.select_related("plan__partnership", "priority", "owner")
    indicator = get_own(rows, request, id=indicator_id)
    if not can(request.user, "plans.view_plan", indicator.plan):
        raise Http404
    choice = choose_plan(request, {"plan": indicator.plan_id, "period": request.GET.get("period", "")})
    judged = read_judged(indicator.plan, as_at=choice.as_at if choice else None, with_words=reads_words(request))
    place = next((place for place, row in enumerate(judged.rows) if row.id == indicator.pk), None)
    if place is None:
        raise Http404
    return indicator, judged, place


def _describe(request: PartnershipRequest, indicator: Indicator, judged: Judged, place: int) -> dict[str, Any]:
    row, status, core_row = judged.rows[place], judged.statuses[place], judged.plan.indicators[place]
    sees_all = reads_words(request)
    may_override = can_override(request.user, indicator)
    return {
        "indicator": indicator,
        "plan": indicator.plan,
        "successor": find_successor(indicator),
        "row": row,
        "status": status,
        "periods": tuple(reversed(status.periods)),
        "name_judged": name_judged,
        "provisional": {value.period for value in core_row.values if value.state == "provisional"},
        "targets": [one for one in judged.records[place].targets.all() if one.withdrawn_at is None],
        "changes": list_target_changes(core_row),
        "history": list_history(indicator, sees_all=sees_all),
        "sees_all": sees_all,
        "queries": list_queries(indicator) if sees_all else [],
        "overrides": list_overrides(indicator),
        "may_override": may_override,
        "override_form": OverrideForm(periods=[found.period for found in status.periods]) if may_override else None,
        "returns": list_returns(indicator, list_past_plans(indicator.plan)) if sees_all else [],
        "breadcrumbs": _list_breadcrumbs(request, indicator),
    }


def find_successor(indicator: Indicator) -> Indicator | None:
    """The same row of the plan in force, where its own was superseded; None where that has no such row."""
    if indicator.plan.state != PlanState.SUPERSEDED or indicator.plan.is_historic:
        return None
    current = get_current_plan(indicator.plan.partnership)
    return find_same(indicator, list_indicators(current)) if current is not None else None


def _list_breadcrumbs(request: PartnershipRequest, indicator: Indicator) -> list[dict[str, str]]:
    dashboard = reverse("dashboard", kwargs={"slug": request.partnership.slug})
    return [
        {"text": "Performance", "href": f"{dashboard}?plan={indicator.plan_id}"},
        {"text": indicator.ref, "href": request.path},
    ]


@in_partnership("returns.view_dashboard")
def download_indicator(request: PartnershipRequest, indicator_id: UUID, form: str) -> HttpResponse:
    """The indicator's values with their statuses, as CSV or JSON; for whoever may see the page."""
    indicator, judged, place = _find(request, indicator_id)
    row, status = judged.plan.indicators[place], judged.statuses[place]
    answer = (
        HttpResponse(write_csv(row, status), content_type="text/csv; charset=utf-8")
        if form == "csv"
        else JsonResponse(describe_row(row, status), json_dumps_params={"indent": 1, "ensure_ascii": False})
    )
    answer["Content-Disposition"] = f'attachment; filename="{name_file(indicator.ref)}.{form}"'
    return answer


def name_file(text: str) -> str:
    """Letters, digits and hyphens of a text, for a file's name."""
    return "-".join("".join(sign if sign.isascii() and sign.isalnum() else " " for sign in text).split())[:80] or "plan"


@require_POST
@in_partnership("returns.override_status")
def change_override(request: PartnershipRequest, indicator_id: UUID) -> HttpResponse:
    """Set the indicator's status by hand."""
    indicator, judged, place = _find(request, indicator_id)
    _check_may_override(request, indicator)
    form = OverrideForm(request.POST, periods=[found.period for found in judged.statuses[place].periods])
    if not form.is_valid():
        context = _describe(request, indicator, judged, place) | {"override_form": form}
        return render(request, "returns/performance/indicator.html", context, status=422)
    set_override(indicator=indicator, by=request.user, **form.cleaned_data)
    messages.success(request, "The status was set. The computed one is shown beside it.")
    return redirect("indicator", slug=request.partnership.slug, indicator_id=indicator.pk)


@in_partnership("returns.override_status")
def end_override(request: PartnershipRequest, override_id: UUID) -> HttpResponse:
    """Lift a status that was set by hand, with a reason."""
    rows = StatusOverride.objects.select_related("indicator__plan", "indicator__priority", "indicator__partnership")
    override = get_own(rows, request, id=override_id, ended_at=None)
    _check_may_override(request, override.indicator)
    form = ReasonForm(request.POST or None)
    back = reverse("indicator", kwargs={"slug": request.partnership.slug, "indicator_id": override.indicator_id})
    if request.method == "POST" and form.is_valid():
        lift_override(override=override, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, "The computed status stands again.")
        return redirect(back)
    context = {
        "title": f"Lift the status set for {override.period}?", "form": form, "cancel_url": back, "danger": False,
        "submit_text": "Lift it", "consequences": ["The computed status is shown again. What was set is kept."],
    }  # fmt: skip
    return render(request, "foundation/confirm_page.html", context, status=422 if form.is_bound else 200)


def _check_may_override(request: PartnershipRequest, indicator: Indicator) -> None:
    if not can_override(request.user, indicator):
        raise PermissionDenied("returns.override_status")
