"""What waits for somebody in the assessments: approvals, faults to mend, an edition to publish."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from wardmote.web.foundation.design.words import say_count
from wardmote.web.foundation.to_do import ThingToDo, offer_things_to_do
from wardmote.web.observatory.assessments import policies, queries
from wardmote.web.observatory.assessments.models import Assessment, AssessmentSection, SectionVersion
from wardmote.web.observatory.assessments.states import EditionState, SectionState
from wardmote.web.partnerships.interface import can


@offer_things_to_do
def list_assessment_things(request: Any) -> Iterator[ThingToDo]:
    """What the person may do for each assessment; nothing for who does not see drafts."""
    person, partnership = request.user, request.partnership
    if not can(person, "observatory.view_assessment_drafts", partnership):
        return
    for assessment in queries.list_current(partnership):
        sections = queries.list_sections(assessment)
        if can(person, "observatory.approve_assessment", partnership):
            yield from _list_approvals(request, assessment, sections)
        if can(person, "observatory.write_assessment", partnership):
            yield from _list_faults(request, assessment, sections)
        if can(person, "observatory.publish_assessment", partnership):
            yield from _list_ready(request, assessment, sections)


def _find_address(request: Any, assessment: Assessment) -> str:
    return reverse("assessment", kwargs={"slug": request.partnership.slug, "assessment_id": assessment.pk})


def _list_approvals(request: Any, assessment: Assessment, sections: list[AssessmentSection]) -> Iterator[ThingToDo]:
    """Sections that this very person may approve: another one wrote and submitted them."""
    waiting = [s for s in sections if s.state == SectionState.SUBMITTED]
    versions = queries.list_newest_versions(assessment) if waiting else {}
    own = [s for s in waiting if _may_approve(s, versions.get(s.key), request.user.pk)]
    if own:
        title = f"Approve {say_count(len(own), 'section')} of the assessment {assessment.year}"
        yield ThingToDo(title, _find_address(request, assessment), ", ".join(s.title for s in own[:4]), urgency=1)


def _may_approve(section: AssessmentSection, newest: SectionVersion | None, person: Any) -> bool:
    return not policies.explain_no_approval(section, newest, person, queries.find_authors(section, newest))


def _list_faults(request: Any, assessment: Assessment, sections: list[AssessmentSection]) -> Iterator[ThingToDo]:
    faulty = [s for s in sections if s.faults]
    if faulty:
        title = f"Mend what the data does not bear in the assessment {assessment.year}"
        yield ThingToDo(title, _find_address(request, assessment), ", ".join(s.title for s in faulty[:4]))


def _list_ready(request: Any, assessment: Assessment, sections: list[AssessmentSection]) -> Iterator[ThingToDo]:
    draft = queries.find_draft(assessment)
    is_ready = draft is not None and draft.state == EditionState.BUILT
    if is_ready and draft is not None and not policies.explain_no_publishing(draft, sections):
        address = {"slug": request.partnership.slug, "assessment_edition_id": draft.pk}
        title = f"Publish the assessment {assessment.year}: every section is approved"
        yield ThingToDo(title, reverse("assessment_edition", kwargs=address))
