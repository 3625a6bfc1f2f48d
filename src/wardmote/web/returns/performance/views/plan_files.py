"""Whole plans in and out by file."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from wardmote.evidence.model.errors import WardmoteError
from wardmote.web.foundation.clock import read_today
from wardmote.web.foundation.design.words import begin_sentence
from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.partnerships.interface import PartnershipRequest, can, get_own, in_partnership
from wardmote.web.plans.interface import Plan, list_indicators
from wardmote.web.returns.performance.document_forms import ImportForm, UploadForm
from wardmote.web.returns.performance.incoming import (
    Incoming,
    keep_import,
    list_catalogue,
    reading_alone,
    receive_again,
    receive_catalogue,
    receive_upload,
    try_import,
)
from wardmote.web.returns.performance.incoming_choices import (
    count_unknown_owners,
    find_served_plan,
    group_faults,
    list_agencies,
    propose_choices,
)
from wardmote.web.returns.performance.outgoing import list_lost_in_workbook, write_outgoing
from wardmote.web.returns.performance.plan_files import write_template_bytes
from wardmote.web.returns.performance.views.indicator import name_file

_TYPES = {
    "json": "application/json",
    "yaml": "application/yaml",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_MOST_FAULTS = 200  # that a page lists


@in_partnership("plans.import_plan")
def import_plan(request: PartnershipRequest) -> HttpResponse:
    """Send a plan's file, or choose a published plan; what it would make is shown before anything is kept."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method != "POST":
        return _show_form(request, form)
    try:
        if not request.POST.get("catalogue") and not form.is_valid():
            return _show_form(request, form, status=422)
        with reading_alone(request.user):
            return _try_sent(request, form)
    except (ValidationError, WardmoteError, RefusedError) as error:
        form = UploadForm(request.POST, request.FILES)
        form.is_valid()
        form.add_error(None, error if isinstance(error, ValidationError) else begin_sentence(error))
        return _show_form(request, form, status=422)


def _try_sent(request: PartnershipRequest, form: UploadForm) -> HttpResponse:
    who: dict[str, Any] = {"by": request.user, "partnership": request.partnership}
    if request.POST.get("catalogue"):
        return _show_trial(request, receive_catalogue(request.POST["catalogue"], **who), is_historic=True)
    incoming = receive_upload(form.cleaned_data["file"], **who)
    return _show_trial(request, incoming, is_historic=form.cleaned_data["is_historic"] == "yes")


def _show_form(request: PartnershipRequest, form: UploadForm, *, status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "catalogue": list_catalogue(), "breadcrumbs": _list_breadcrumbs(request)}
    return render(request, "returns/performance/import_plan.html", context, status=status)


def _make_choices_form(
    request: PartnershipRequest, incoming: Incoming, *, is_historic: bool, data: Any = None
) -> ImportForm:
    """What is to be settled; to a coordinator also whether a plan as it stood is the past of the one in force."""
    may_link = is_historic and can(request.user, "plans.link_past", request.partnership)
    serves = find_served_plan(request.partnership) if may_link else None
    proposed = propose_choices(incoming.plan_file, request.partnership, read_today())
    unknown = [name for name, _ in count_unknown_owners(incoming.plan_file, proposed.starts_on).most_common()]
    agencies = [agency.name for agency in list_agencies(request.partnership)]
    return ImportForm(data, proposed=proposed, unknown=unknown, agencies=agencies, serves=serves)


def _show_trial(
    request: PartnershipRequest, incoming: Incoming, *, is_historic: bool, form: ImportForm | None = None
) -> HttpResponse:
    """What the file would make; `form` is the one that was sent with something wrong in it."""
    trial = try_import(incoming, partnership=request.partnership, by=request.user, is_historic=is_historic)
    shown = form or _make_choices_form(request, incoming, is_historic=is_historic)
    unknown = count_unknown_owners(incoming.plan_file, shown.proposed.starts_on)
    faults = group_faults(trial.faults, unknown)
    context = {
        "incoming": incoming,
        "trial": trial,
        "form": shown,
        "faults": faults[:_MOST_FAULTS],
        "faults_count": len(faults),
        "is_historic": is_historic,
        "breadcrumbs": _list_breadcrumbs(request),
    }
    status = 422 if form or trial.is_refused else 200
    return render(request, "returns/performance/import_trial.html", context, status=status)


def _list_breadcrumbs(request: PartnershipRequest) -> list[dict[str, str]]:
    slug = {"slug": request.partnership.slug}
    return [
        {"text": "Performance", "href": reverse("dashboard", kwargs=slug)},
        {"text": "Bring in a plan", "href": reverse("import_plan", kwargs=slug)},
    ]


@in_partnership("plans.import_plan")
def confirm_import(request: PartnershipRequest) -> HttpResponse:
    """Keep the plan whose trial was looked at."""
    slug = request.partnership.slug
    if request.method != "POST":
        return redirect("import_plan", slug=slug)
    try:
        with reading_alone(request.user):
            kept = _keep_sent(request)
    except (ValidationError, WardmoteError, RefusedError) as error:
        found = " ".join(error.messages) if isinstance(error, ValidationError) else begin_sentence(error)
        messages.error(request, found)
        return redirect("import_plan", slug=slug)
    if isinstance(kept, HttpResponse):
        return kept
    if not list_indicators(kept).exists():
        messages.success(request, f"“{kept.title}” was brought in: priorities without indicators.")
        return redirect("plan", slug=slug, plan_id=kept.pk)
    messages.success(request, f"“{kept.title}” was brought in.")
    return redirect(f"{reverse('dashboard', kwargs={'slug': slug})}?plan={kept.pk}")


def _keep_sent(request: PartnershipRequest) -> Plan | HttpResponse:
    """The plan that was kept, or the trial again where something that was settled cannot be."""
    incoming = receive_again(request.POST.get("token", ""), by=request.user, partnership=request.partnership)
    is_historic = request.POST.get("is_historic") != "no"
    form = _make_choices_form(request, incoming, is_historic=is_historic, data=request.POST)
    if not form.is_valid():
        return _show_trial(request, incoming, is_historic=is_historic, form=form)
    return keep_import(
        incoming, partnership=request.partnership, by=request.user, is_historic=is_historic,
        choices=form.read_choices(), serves=form.serves,
    )  # fmt: skip


@in_partnership("plans.import_plan")
def download_template(request: PartnershipRequest, form: str) -> HttpResponse:
    """A plan to fill in, with an invented example."""
    answer = HttpResponse(write_template_bytes(form), content_type=_TYPES[form])
    answer["Content-Disposition"] = f'attachment; filename="plan-template.{form}"'
    return answer


@in_partnership("plans.export_plan")
def list_exports(request: PartnershipRequest, plan_id: UUID) -> HttpResponse:
    """The plan's files, and what its workbook does not hold."""
    plan = _get_seen_plan(request, plan_id)
    context = {
        "plan": plan, "losses": list_lost_in_workbook(plan),
        "breadcrumbs": _list_breadcrumbs(request)[:1],
    }  # fmt: skip
    return render(request, "returns/performance/export_plan.html", context)


def _get_seen_plan(request: PartnershipRequest, plan_id: UUID) -> Plan:
    plan: Plan = get_own(Plan.objects.select_related("partnership"), request, id=plan_id)
    if not can(request.user, "plans.view_plan", plan):
        raise Http404
    return plan


@in_partnership("plans.export_plan")
def export_plan(request: PartnershipRequest, plan_id: UUID, form: str) -> HttpResponse:
    """The whole plan as a file, which `wardmote status` judges as the pages do."""
    plan = _get_seen_plan(request, plan_id)
    sees_all = can(request.user, "returns.view_all_returns", request.partnership)
    content = write_outgoing(plan, form, with_unsigned_texts=sees_all)
    answer = HttpResponse(content, content_type=_TYPES[form])
    answer["Content-Disposition"] = f'attachment; filename="{name_file(plan.title)}.{form}"'
    return answer
