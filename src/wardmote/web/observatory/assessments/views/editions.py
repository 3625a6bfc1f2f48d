"""The documents of an assessment: asked for, looked at, published, downloaded."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from wardmote.evidence.model.errors import WardmoteError
from wardmote.web.foundation.files import answer_file
from wardmote.web.foundation.jobs import describe_job
from wardmote.web.observatory.assessments import actions, policies, queries
from wardmote.web.observatory.assessments.models import Edition
from wardmote.web.observatory.assessments.states import FORMS, Twin
from wardmote.web.observatory.assessments.views.frame import (
    describe_page,
    find_address,
    get_assessment,
    get_edition,
    get_file,
    is_post,
    refuse,
)
from wardmote.web.partnerships.interface import PartnershipRequest, can, check_may, in_partnership, name_people


@require_POST
@in_partnership("observatory.write_assessment")
def build_edition(request: PartnershipRequest, assessment_id: Any) -> HttpResponse:
    """Ask for both twins in every form."""
    assessment = get_assessment(request, assessment_id)
    try:
        edition = actions.build_edition(assessment=assessment, by=request.user)
    except WardmoteError as error:
        return refuse(request, error, find_address(request, "assessment", assessment_id=assessment.pk))
    return redirect(find_address(request, "assessment_edition", assessment_edition_id=edition.pk))


@in_partnership("observatory.view_assessments")
def show_edition(request: PartnershipRequest, assessment_edition_id: Any) -> HttpResponse:
    """What was built or published: when, of what, by whom approved, and its documents."""
    try:
        edition = get_edition(request, assessment_edition_id)
    except Http404:
        later = find_later_build(request, assessment_edition_id)
        if later is None:
            raise
        messages.info(request, "A later build took the place of the one that you asked for. This is the later one.")
        return redirect(find_address(request, "assessment_edition", assessment_edition_id=later.pk))
    sections = queries.list_sections(edition.assessment)
    is_draft = edition.number is None
    sees_drafts = can(request.user, "observatory.view_assessment_drafts", request.partnership)
    trail = (edition.assessment,) if sees_drafts else ()
    facts = describe_page(request, *trail, title=edition.name) | {
        "edition": edition, "assessment": edition.assessment, "job": describe_job(edition) if is_draft else None,
        "twins": group_files(request, edition), "is_superseded": queries.is_superseded(edition),
        "in_the_way": policies.explain_no_publishing(edition, sections) if is_draft else [],
        "people": name_people([edition.asked_by, edition.published_by]),
        "approvals": describe_approvals(edition),
    }  # fmt: skip
    return render(request, "observatory/assessments/edition.html", facts)


def find_later_build(request: PartnershipRequest, edition_id: Any) -> Edition | None:
    """What took the place of a build of this partnership that is gone; None where there never was one."""
    if not can(request.user, "observatory.view_assessment_drafts", request.partnership):
        return None
    return queries.find_later_build(request.partnership, edition_id)


def group_files(request: PartnershipRequest, edition: Edition) -> list[tuple[str, list[tuple[str, Any]]]]:
    """The documents that this person may have, by twin, in the order of the forms."""
    files = {(file.twin, file.form): file for file in queries.list_files(edition)}
    groups = []
    for twin in Twin:
        rows = [(name, files[twin.value, form]) for form, (name, *_) in FORMS.items() if (twin.value, form) in files]
        if rows and can(request.user, "observatory.download_assessment", rows[0][1]):
            groups.append((twin.label, rows))
    return groups


def describe_approvals(edition: Edition) -> list[dict[str, Any]]:
    """Who wrote and approved each section, by name."""
    from uuid import UUID

    keys = ("written_by", "submitted_by", "approved_by")
    ids = {UUID(row[key]) for row in edition.approvals for key in keys if row[key]}
    names = name_people(ids)
    return [{**row, **{key: names[UUID(row[key])] if row[key] else "" for key in keys}} for row in edition.approvals]


@in_partnership("observatory.publish_assessment")
def publish_edition(request: PartnershipRequest, assessment_edition_id: Any) -> HttpResponse:
    """Publish an edition, after asking."""
    edition = get_edition(request, assessment_edition_id)
    back = find_address(request, "assessment_edition", assessment_edition_id=edition.pk)
    if is_post(request):
        try:
            actions.publish_edition(edition=edition, by=request.user)
        except WardmoteError as error:
            return refuse(request, error, back)
        messages.success(request, f"{edition.name} is published and kept in the archive.")
        return redirect(back)
    reasons = policies.explain_no_publishing(edition, queries.list_sections(edition.assessment))
    if reasons:
        messages.error(request, " ".join(reasons))
        return redirect(back)
    title = f"Publish the assessment of {edition.assessment.year}?"
    facts = describe_page(request, edition.assessment, title="Publish") | {
        "title": title, "submit_text": "Yes, publish it", "cancel_url": back, "danger": False,
        "consequences": [
            "Every member of the partnership can download the copy for the public.",
            "The edition is kept as it is for good; a later one supersedes it.",
            "Its figures are put on record, so that it is known when one of them changes.",
        ],
    }  # fmt: skip
    return render(request, "foundation/confirm_page.html", facts)


@in_partnership("observatory.download_assessment")
def download_assessment_file(request: PartnershipRequest, assessment_file_id: Any) -> HttpResponseBase:
    """One document, as it was built."""
    file = get_file(request, assessment_file_id)
    check_may(request, "observatory.download_assessment", file)
    return answer_file(file.file)
