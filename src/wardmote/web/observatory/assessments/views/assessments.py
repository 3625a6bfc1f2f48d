"""All assessments with what was published of them; one begun; one as a whole; its data window."""

from itertools import groupby
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render

from wardmote.evidence.model.errors import WardmoteError
from wardmote.web.foundation.clock import read_today
from wardmote.web.foundation.jobs import describe_job
from wardmote.web.foundation.refusals import RefusedError, find_status
from wardmote.web.observatory.assessments import actions, desks, policies, queries
from wardmote.web.observatory.assessments.forms import ReasonForm, StartForm
from wardmote.web.observatory.assessments.models import Assessment
from wardmote.web.observatory.assessments.presenters import describe_changes, list_years, show_state
from wardmote.web.observatory.assessments.states import SectionState
from wardmote.web.observatory.assessments.views.frame import (
    describe_page,
    find_address,
    get_assessment,
    is_post,
    refuse,
)
from wardmote.web.observatory.reading import has_evidence
from wardmote.web.partnerships.interface import PartnershipRequest, in_partnership, name_people

_CHANGES_A_PAGE = 50
#: So many figures of small areas are listed; the rest is counted.
_MOST_SMALL = 200


@in_partnership("observatory.view_assessments")
def list_assessments(request: PartnershipRequest) -> HttpResponse:
    """What is being written, for those who may see drafts, and the archive of what was published, for all."""
    page = describe_page(request)
    published = list(queries.list_published(request.partnership))
    newest = {edition.assessment_id: edition.number for edition in reversed(published)}
    own = list(queries.list_assessments(request.partnership)) if page["may"]["view"] else []
    facts = page | {
        "title": "Strategic assessments",
        "rows": [(one, *count_states(one)) for one in own],
        "published": [(one, newest[one.assessment_id] == one.number) for one in published],
        "people": name_people(one.published_by for one in published),
    }
    return render(request, "observatory/assessments/assessments.html", facts)


def count_states(assessment: Assessment) -> tuple[int, int, int]:
    """How many sections are written, approved, and at fault."""
    sections = queries.list_sections(assessment)
    return (
        sum(bool(s.number) for s in sections), sum(s.state == SectionState.APPROVED for s in sections),
        sum(bool(s.faults) for s in sections),
    )  # fmt: skip


@in_partnership("observatory.write_assessment")
def start_assessment(request: PartnershipRequest) -> HttpResponse:
    """Begin the assessment of a year."""
    form = StartForm(list_years(read_today()), request.POST if is_post(request) else None)
    if is_post(request) and form.is_valid():
        try:
            made = actions.start_assessment(
                partnership=request.partnership, area=request.partnership.area_code, year=form.cleaned_data["year"],
                by=request.user,
            )  # fmt: skip
            messages.success(request, f"The assessment of {made.year} is begun; its data window is frozen.")
            return redirect(find_address(request, "assessment", assessment_id=made.pk))
        except WardmoteError as error:
            form.add_error(None, str(error).splitlines()[0])
    title = "Start an assessment"
    facts = describe_page(request, title=title) | {
        "form": form, "submit_text": "Start it", "cancel_url": find_address(request, "assessments"),
        "has_evidence": has_evidence(request.partnership), "area": request.partnership.area_code,
    }  # fmt: skip
    return render(request, "observatory/assessments/start.html", facts, status=find_status(form))


@in_partnership("observatory.view_assessment_drafts")
def show_assessment(request: PartnershipRequest, assessment_id: Any) -> HttpResponse:
    """One assessment: its sections, what is missing, its data window, its build and its editions."""
    assessment = get_assessment(request, assessment_id)
    sections = queries.list_sections(assessment)
    versions = queries.list_newest_versions(assessment)
    draft = queries.find_draft(assessment)
    comments = queries.count_open_comments(assessment)
    published = list(queries.list_published(request.partnership).filter(assessment=assessment))
    moves = list(assessment.moves.all())
    people = name_people([
        *(v.written_by for v in versions.values()), *(e.published_by for e in published),
        *(m.moved_by for m in moves), assessment.started_by, assessment.withdrawn_by,
    ])  # fmt: skip
    facts = describe_page(request, title=assessment.year, of=assessment) | {
        "assessment": assessment, "people": people, "published": published, "draft": draft, "moves": moves,
        "rows": [(s, show_state(s), versions.get(s.key), comments.get(s.pk, 0)) for s in sections],
        "lacking": policies.list_lacking(sections),
        "in_the_way": policies.explain_no_publishing(draft, sections) if draft else [],
        "is_outdated": policies.is_outdated(draft, sections) if draft else False,
        "job": describe_job(draft) if draft else None,
        "window_job": describe_job(moves[-1]) if moves else None,
        "newer": find_newer(assessment),
        "no_withdrawal": policies.explain_no_withdrawal(assessment, bool(published)),
    }  # fmt: skip
    return render(request, "observatory/assessments/assessment.html", facts)


@in_partnership("observatory.withdraw_assessment")
def withdraw_assessment(request: PartnershipRequest, assessment_id: Any) -> HttpResponse:
    """Withdraw what was begun by mistake, with the reason."""
    assessment = get_assessment(request, assessment_id)
    back = find_address(request, "assessment", assessment_id=assessment.pk)
    if why_not := policies.explain_no_withdrawal(assessment, queries.has_published(assessment)):
        return refuse(request, RefusedError(why_not), back)
    form = ReasonForm(request.POST if is_post(request) else None)
    if is_post(request) and form.is_valid():
        try:
            actions.withdraw_assessment(assessment=assessment, reason=form.cleaned_data["reason"], by=request.user)
            messages.success(request, f"The assessment is withdrawn; {assessment.year} can be begun again.")
            return redirect(find_address(request, "assessments"))
        except WardmoteError as error:
            form.add_error(None, str(error).splitlines()[0])
    title = f"Withdraw the assessment of {assessment.year}"
    facts = describe_page(request, assessment, title="Withdraw") | {
        "title": title, "form": form, "submit_text": "Withdraw it", "cancel_url": back, "danger": True,
        "intro": "It is kept with all its words and your reason, and can be read by those who may see drafts. Nothing "
        "can be written in it any more, and this cannot be taken back. Its year can be begun again.",
    }  # fmt: skip
    return render(request, "foundation/form_page.html", facts, status=find_status(form))


def find_newer(assessment: Assessment) -> int:
    """How many loads came, or were taken back, since the window was frozen; 0 where there is no evidence to ask."""
    try:
        return len(actions.list_loads_since(assessment))
    except WardmoteError:
        return 0


@in_partnership("observatory.write_assessment")
def move_data_window(request: PartnershipRequest, assessment_id: Any) -> HttpResponse:
    """Take the evidence as it stands now, on purpose and with a reason."""
    assessment = get_assessment(request, assessment_id)
    back = find_address(request, "assessment", assessment_id=assessment.pk)
    form = ReasonForm(request.POST if is_post(request) else None, initial={"number": assessment.moves.count()})
    try:
        policies.check_not_withdrawn(assessment)
        loads = actions.list_loads_since(assessment)
    except WardmoteError as error:
        return refuse(request, error, back)
    if is_post(request) and form.is_valid():
        try:
            move = actions.move_window(
                assessment=assessment, reason=form.cleaned_data["reason"], by=request.user,
                seen=form.cleaned_data["number"],
            )  # fmt: skip
            messages.success(request, "The data window is moved. Every section is being checked again.")
            return redirect(find_address(request, "window_move", window_move_id=move.pk))
        except WardmoteError as error:
            form.add_error(None, str(error).splitlines()[0])
    facts = describe_page(request, assessment, title="Move the data window forward") | {
        "form": form, "assessment": assessment, "loads": loads, "submit_text": "Move it", "cancel_url": back,
        "danger": True,
    }  # fmt: skip
    return render(request, "observatory/assessments/move_window.html", facts, status=find_status(form))


@in_partnership("observatory.view_assessment_drafts")
def show_window_move(request: PartnershipRequest, window_move_id: Any) -> HttpResponse:
    """Which figures were different after the window was moved."""
    from wardmote.web.observatory.assessments.models import WindowMove
    from wardmote.web.partnerships.interface import get_own

    rows = WindowMove.objects.select_related("assessment__partnership", "partnership")
    move = get_own(rows, request, id=window_move_id)
    facts = describe_page(request, move.assessment, title="Data window moved") | {
        "move": move, "job": describe_job(move), "people": name_people([move.moved_by]), **list_changes(request, move),
    }  # fmt: skip
    return render(request, "observatory/assessments/window_move.html", facts)


def list_changes(request: PartnershipRequest, move: Any) -> dict[str, Any]:
    """The figures that changed, in words, a page of them by section; those of small areas apart."""
    changes = describe_changes(move.changes or [], desks.name_figures(move.assessment, move.changes or []))
    wide = [one for one in changes if not one.is_small_area]
    shown = Paginator(wide, _CHANGES_A_PAGE).get_page(request.GET.get("page"))
    groups = [(section, list(rows)) for section, rows in groupby(shown, key=lambda one: one.section)]
    small = [one for one in changes if one.is_small_area]
    return {"shown": shown, "groups": groups, "small": small[:_MOST_SMALL], "small_count": len(small)}


def explain_no_evidence(assessment: Assessment) -> str:
    """Why nothing can be checked now; "" where it can."""
    return desks.explain_silence(assessment)
