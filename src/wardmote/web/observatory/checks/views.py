"""The pages of checks."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify

from wardmote.web.foundation.design.words import say_count
from wardmote.web.foundation.jobs import describe_job
from wardmote.web.foundation.refusals import RefusedError, find_status
from wardmote.web.foundation.table_files import answer_table
from wardmote.web.foundation.uploads import was_too_large
from wardmote.web.observatory.checks import actions, presenters, queries
from wardmote.web.observatory.checks.forms import MarkForm, NewCheckForm
from wardmote.web.observatory.checks.models import CheckResult, ReportCheck
from wardmote.web.observatory.checks.states import VERDICT_WORDS, Standing
from wardmote.web.partnerships.interface import (
    PartnershipRequest,
    can,
    check_may,
    find_address,
    in_partnership,
    name_people,
)

_PER_PAGE = 50
#: The annotated page of the core is handed out to be saved; opened all the same, it can do nothing.
_LOCKED = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


def describe_page(request: PartnershipRequest, check: ReportCheck | None = None, *, title: str = "") -> dict[str, Any]:
    """Where the person is, and what they may do there."""
    crumbs = [{"text": "Evidence", "href": find_address(request, "evidence")}]
    if title != "Checked reports":
        crumbs.append({"text": "Checked reports", "href": find_address(request, "checks")})
    if check is not None and title != check.title:
        crumbs.append({"text": check.title, "href": find_address(request, "check", report_check_id=check.pk)})
    subject = check or request.partnership
    return {
        "slug": request.partnership.slug, "breadcrumbs": [*crumbs, {"text": title}], "title": title, "check": check,
        "may_check": can(request.user, "observatory.check_reports", request.partnership),
        "may_mark": can(request.user, "observatory.mark_claims", subject),
        "may_own": can(request.user, "observatory.own_check", subject),
        "at": lambda name, **keys: find_address(request, name, **keys), "verdict": presenters.describe_mark,
        "family": presenters.say_family,
    }  # fmt: skip


@in_partnership("observatory.view_checks")
def list_checks(request: PartnershipRequest) -> HttpResponse:
    """The checks that the person may see, the newest first."""
    rows = queries.list_seen_checks(request.user, request.partnership)
    shown = Paginator(rows, _PER_PAGE).get_page(request.GET.get("page"))
    names = name_people(check.asked_by for check in shown)
    facts = describe_page(request, title="Checked reports") | {
        "shown": shown,
        "rows": [
            {"check": check, "who": names.get(check.asked_by, "–"), "accused": presenters.count_to_look_at(check),
             "claims": sum(check.counts.values()), "job": None if check.checked_at else describe_job(check)}
            for check in shown
        ],
    }  # fmt: skip
    return render(request, "observatory/checks/checks.html", facts)


@in_partnership("observatory.check_reports")
def new_check(request: PartnershipRequest) -> HttpResponse:
    """Send reports."""
    is_post = request.method == "POST"
    seen = queries.list_seen_checks(request.user, request.partnership).filter(removed_at=None, checked_at__isnull=False)
    form = NewCheckForm(
        request.POST if is_post else None, {"files": request.FILES.getlist("files")} if is_post else None,
        earlier=seen, with_evidence=actions.has_evidence(request.partnership), is_too_large=was_too_large(request),
        follows=request.GET.get("follows"),
    )  # fmt: skip
    if is_post and form.is_valid():
        check = actions.ask_for_check(
            by=request.user, partnership=request.partnership, uploads=form.cleaned_data["files"],
            title=form.cleaned_data["title"], with_evidence=form.wants_evidence, follows=form.cleaned_data["follows"],
        )  # fmt: skip
        return redirect(find_address(request, "check", report_check_id=check.pk))
    intro = (
        "Every figure of a report is found, reckoned anew from what the report itself prints, and compared; so is "
        "every word such as “fell”, “doubled” or “significant”."
    )
    facts = describe_page(request, title="Check a report") | {
        "form": form, "intro": intro, "submit_text": "Check it", "cancel_url": find_address(request, "checks"),
    }  # fmt: skip
    return render(request, "foundation/form_page.html", facts, status=find_status(form))


@in_partnership("observatory.view_checks")
def show_check(request: PartnershipRequest, report_check_id: Any) -> HttpResponse:
    """What was found: accusations worst first, by verdict, with what people said of them."""
    check = queries.get_check(request, report_check_id)
    result = queries.find_result(check)
    facts = describe_page(request, check, title=check.title)
    facts |= {"who": name_people([check.asked_by]).get(check.asked_by, "–"), "counts": presenters.say_counts(check)}
    if result is None:
        return render(request, "observatory/checks/waiting.html", facts | {"job": describe_job(check)})
    shown, since = _show_claims(check, result)
    chosen = request.GET.get("show", presenters.ACCUSED)
    kept = presenters.choose_claims(shown, chosen, since)
    facts |= {
        "shown": Paginator(kept, _PER_PAGE).get_page(request.GET.get("page")), "since": since, "chosen": chosen,
        "filters": presenters.list_filters(shown, since), "words": VERDICT_WORDS.get(chosen, ""),
        "notes": [(one["file"], note) for one in result.drawn["files"] for note in one["notes"]],
        "open_count": sum(one.claim["is_to_look_at"] and not one.is_settled for one in shown),
        "is_accused": any(one.claim["accuses"] for one in shown),
    }  # fmt: skip
    return render(request, "observatory/checks/check.html", facts)


def _show_claims(check: ReportCheck, result: CheckResult) -> tuple[list[presenters.ShownClaim], queries.Since | None]:
    since, said = queries.compare_versions(check, result), queries.list_said(check)
    marks = queries.list_marks(queries.list_versions(check))
    names = name_people(mark.said_by for rows in said.values() for mark in rows)
    claims = presenters.show_claims(result.drawn["claims"], marks=marks, said=said, names=names, since=since)
    return claims, since


@in_partnership("observatory.view_checks")
def show_text(request: PartnershipRequest, report_check_id: Any) -> HttpResponse:
    """The text of the reports with its marks."""
    check = queries.get_check(request, report_check_id)
    result = _get_result(check)
    claims, is_all = {claim["number"]: claim for claim in result.drawn["claims"]}, "all" in request.GET
    facts = describe_page(request, check, title="The text with its marks") | {
        "files": result.drawn["files"], "claims": claims, "is_all": is_all,
        "listed_count": sum(claim["is_to_look_at"] for claim in claims.values()),
    }  # fmt: skip
    return render(request, "observatory/checks/text.html", facts)


def _get_result(check: ReportCheck, *, whole: bool = False) -> CheckResult:
    result = queries.find_result(check, whole=whole)
    if result is None:
        raise Http404
    return result


@in_partnership("observatory.view_checks")
def mark_claim(request: PartnershipRequest, report_check_id: Any, claim_number: int) -> HttpResponse:
    """Say what an accusation is."""
    check = queries.get_check(request, report_check_id)
    check_may(request, "observatory.mark_claims", check)
    found = [claim for claim in _get_result(check).drawn["claims"] if claim["number"] == claim_number]
    if not found or not found[0]["is_to_look_at"]:
        raise Http404
    claim, form = found[0], MarkForm(request.POST or None)
    back = f"{find_address(request, 'check', report_check_id=check.pk)}#claim-{claim_number}"
    if request.method == "POST" and form.is_valid():
        standing = Standing(form.cleaned_data["standing"])
        try:
            actions.mark_claim(
                by=request.user, check=check, key=claim["key"], standing=standing, note=form.cleaned_data["note"]
            )  # fmt: skip
            messages.success(request, f"Written down: {standing.label.lower()}.")
            return redirect(back)
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
    facts = describe_page(request, check, title=f"Say what claim {claim_number} is") | {
        "form": form, "claim": claim, "submit_text": "Save", "cancel_url": back,
    }  # fmt: skip
    return render(request, "observatory/checks/mark.html", facts, status=find_status(form))


@in_partnership("observatory.view_checks")
def share_check(request: PartnershipRequest, report_check_id: Any) -> HttpResponse:
    """Let every member read it, or take that back."""
    check = queries.get_check(request, report_check_id)
    check_may(request, "observatory.own_check", check)
    if request.method == "POST" and check.removed_at is None:
        is_shared = request.POST.get("shared") == "yes"
        actions.share_check(by=request.user, check=check, is_shared=is_shared)
        messages.success(request, "Every member can read it now." if is_shared else "It is no longer shared.")
    return redirect(find_address(request, "check", report_check_id=check.pk))


@in_partnership("observatory.view_checks")
def remove_text(request: PartnershipRequest, report_check_id: Any) -> HttpResponse:
    """Let go of the text, after being told what stays."""
    check = queries.get_check(request, report_check_id)
    check_may(request, "observatory.own_check", check)
    back = find_address(request, "check", report_check_id=check.pk)
    if request.method == "POST" and check.removed_at is None:
        try:
            actions.remove_text(by=request.user, check=check)
            messages.success(request, "The text is removed.")
        except RefusedError as refusal:
            messages.error(request, str(refusal))
        return redirect(back)
    facts = describe_page(request, check, title="Remove the text?") | {
        "consequences": [
            f"The text of {say_count(len(check.documents), 'report')} and all that was said of its claims are deleted.",
            "Kept are the files’ names and digests, who had them checked, and how many claims had which verdict.",
        ],
        "submit_text": "Remove the text", "cancel_url": back,
    }  # fmt: skip
    return render(request, "foundation/confirm_page.html", facts)


@in_partnership("observatory.view_checks")
def download_claims(request: PartnershipRequest, report_check_id: Any, table_form: str) -> HttpResponse:
    """Every claim: as CSV or a workbook with what was said of it, or as JSON as the command line prints it."""
    check = queries.get_check(request, report_check_id)
    result = _get_result(check, whole=table_form == "json")
    name = f"check-{slugify(check.title)[:60] or 'report'}"
    if table_form == "json":
        response = JsonResponse(result.answer, json_dumps_params={"ensure_ascii": False, "indent": 1})
        response["Content-Disposition"] = f'attachment; filename="{name}.json"'
        return response
    rows = presenters.list_rows(_show_claims(check, result)[0])
    return answer_table(table_form, presenters.COLUMNS, rows, name=name, title="Claims")


@in_partnership("observatory.view_checks")
def download_page(request: PartnershipRequest, report_check_id: Any) -> HttpResponse:
    """The annotated report as one page to be saved and sent on. It is never shown with the rights of this site."""
    check = queries.get_check(request, report_check_id)
    page = _get_result(check, whole=True).page
    response = HttpResponse(page, content_type="text/html; charset=utf-8")
    name = slugify(check.title)[:60] or "report"
    response["Content-Disposition"] = f'attachment; filename="checked-{name}.html"'
    response["Content-Security-Policy"] = _LOCKED
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    return response
