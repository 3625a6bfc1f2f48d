"""What the pages of an assessment share: how a record is found, the way back, what the person may do."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from wardmote.evidence.model.errors import WardmoteError
from wardmote.web.observatory.assessments import queries
from wardmote.web.observatory.assessments.models import (
    Assessment,
    AssessmentComment,
    AssessmentSection,
    Edition,
    EditionFile,
)
from wardmote.web.partnerships.interface import PartnershipRequest, can, check_may, find_address, get_own

Crumbs = list[dict[str, str]]
_ABILITIES = ("view_assessment_drafts", "write_assessment", "comment_assessment", "approve_assessment",
              "publish_assessment", "withdraw_assessment")  # fmt: skip


def is_post(request: HttpRequest) -> bool:
    return request.method == "POST"


def describe_page(
    request: PartnershipRequest, *trail: Any, title: str = "", of: Assessment | None = None
) -> dict[str, Any]:
    """The way back (an assessment and a section of it, as far as given), and what the person may do.

    `of`: the assessment that the page itself shows. Nothing may be done to one that was withdrawn.
    """
    crumbs: Crumbs = [
        {"text": text, "href": find_address(request, name)}
        for text, name in (("Evidence", "evidence"), ("Assessments", "assessments"))
    ]
    for one in trail:
        if isinstance(one, Assessment):
            crumbs.append({"text": one.year, "href": find_address(request, "assessment", assessment_id=one.pk)})
        elif isinstance(one, AssessmentSection):
            address = find_address(request, "assessment_section", assessment_section_id=one.pk)
            crumbs.append({"text": one.title, "href": address})
    if title:
        crumbs.append({"text": title})
    may = {name.partition("_")[0]: can(request.user, f"observatory.{name}", request.partnership) for name in _ABILITIES}
    if any(isinstance(one, Assessment) and one.withdrawn_at is not None for one in (of, *trail)):
        may = {name: allowed and name == "view" for name, allowed in may.items()}  # it is there to be read
    return {
        "slug": request.partnership.slug, "breadcrumbs": crumbs, "may": may, "title": title,
        "at": lambda name, **keys: find_address(request, name, **keys),
    }  # fmt: skip


def get_assessment(request: PartnershipRequest, assessment_id: Any) -> Assessment:
    return get_own(Assessment.objects.select_related("partnership"), request, id=assessment_id)


def get_section(request: PartnershipRequest, section_id: Any) -> AssessmentSection:
    return get_own(queries.list_own_sections(request.partnership), request, id=section_id)


def get_comment(request: PartnershipRequest, comment_id: Any) -> AssessmentComment:
    rows = AssessmentComment.objects.select_related("section__assessment", "partnership")
    return get_own(rows, request, id=comment_id)


def get_edition(request: PartnershipRequest, edition_id: Any) -> Edition:
    """An edition; one that is not published is for who sees drafts."""
    edition = get_own(Edition.objects.select_related("assessment__partnership", "partnership"), request, id=edition_id)
    if edition.number is None:
        check_may(request, "observatory.view_assessment_drafts", request.partnership)
    return edition


def get_file(request: PartnershipRequest, file_id: Any) -> EditionFile:
    rows = EditionFile.objects.select_related("file", "edition__assessment", "partnership")
    return get_own(rows, request, id=file_id)


def read_seen(request: HttpRequest) -> int:
    """Which version the page showed on which a button was pressed."""
    text = request.POST.get("number", "")
    return int(text) if text.isdecimal() and len(text) < 9 else -1


def refuse(request: HttpRequest, error: WardmoteError, back: str) -> HttpResponse:
    """Say why it was not done, on the page that the person came from."""
    messages.error(request, str(error).splitlines()[0])
    return redirect(back)
