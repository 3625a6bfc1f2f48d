"""What is seen of assessments."""

from typing import Any

from django.db.models import F, QuerySet

from wardmote.web.foundation.models import Job
from wardmote.web.observatory.assessments import policies
from wardmote.web.observatory.assessments.models import (
    Assessment,
    AssessmentComment,
    AssessmentSection,
    Edition,
    EditionFile,
    SectionVersion,
)
from wardmote.web.observatory.assessments.states import BUILD, EditionState
from wardmote.web.partnerships.interface import Partnership


def list_assessments(partnership: Partnership) -> QuerySet[Any]:
    return Assessment.objects.filter(partnership=partnership).select_related("partnership")


def list_current(partnership: Partnership) -> QuerySet[Any]:
    """The assessments that were not withdrawn."""
    return list_assessments(partnership).filter(withdrawn_at=None)


def has_published(assessment: Assessment) -> bool:
    """Whether an edition of it was ever published."""
    rows = Edition.objects.filter(partnership=assessment.partnership_id, assessment=assessment)
    return bool(rows.filter(state=EditionState.PUBLISHED).exists())


def list_sections(assessment: Assessment) -> list[AssessmentSection]:
    """The sections in the order of the report."""
    rows = AssessmentSection.objects.filter(partnership=assessment.partnership_id, assessment=assessment)
    return list(rows.order_by("position"))


def list_own_sections(partnership: Partnership) -> QuerySet[Any]:
    rows = AssessmentSection.objects.filter(partnership=partnership)
    return rows.select_related("assessment__partnership", "partnership")


def find_newest_version(section: AssessmentSection) -> SectionVersion | None:
    """The words of a section as they stand; None where nobody wrote any."""
    found: SectionVersion | None = SectionVersion.objects.filter(
        partnership=section.partnership_id, section=section, number=section.number
    ).first()
    return found


def list_newest_versions(assessment: Assessment) -> dict[str, SectionVersion]:
    """The words of every section that has some, by the section's key."""
    rows = SectionVersion.objects.filter(
        partnership=assessment.partnership_id, section__assessment=assessment, number=F("section__number")
    )
    return {row.section.key: row for row in rows.select_related("section")}


def list_versions(section: AssessmentSection) -> list[SectionVersion]:
    """All versions, the newest first."""
    rows = SectionVersion.objects.filter(partnership=section.partnership_id, section=section)
    return list(rows.order_by("-number"))


def find_authors(section: AssessmentSection, newest: SectionVersion | None) -> frozenset[Any]:
    """Whose words stand in the newest version."""
    if newest is None:
        return frozenset()
    return policies.find_authors(newest.text, reversed(list_versions(section)))


def list_comments(section: AssessmentSection) -> list[AssessmentComment]:
    """What was said of a section, what is open first."""
    rows = AssessmentComment.objects.filter(partnership=section.partnership_id, section=section).order_by("said_at")
    return sorted(rows, key=lambda one: one.resolved_at is not None)


def count_open_comments(assessment: Assessment) -> dict[Any, int]:
    """How many comments nobody settled, by section."""
    rows = AssessmentComment.objects.filter(
        partnership=assessment.partnership_id, section__assessment=assessment, resolved_at=None
    ).values_list("section_id", flat=True)
    found: dict[Any, int] = {}
    for key in rows:
        found[key] = found.get(key, 0) + 1
    return found


def list_published(partnership: Partnership) -> QuerySet[Any]:
    """Every edition that was published, the newest first."""
    rows = Edition.objects.filter(partnership=partnership, state=EditionState.PUBLISHED)
    return rows.select_related("assessment__partnership", "partnership").order_by("-published_at")


def find_draft(assessment: Assessment) -> Edition | None:
    """The build that is not published, where there is one."""
    rows = Edition.objects.filter(partnership=assessment.partnership_id, assessment=assessment)
    found: Edition | None = rows.exclude(state=EditionState.PUBLISHED).order_by("-asked_at").first()
    return found


def find_later_build(partnership: Partnership, edition_id: Any) -> Edition | None:
    """The build that was asked for next after one that gave way to it; None where there was no such build."""
    job = Job.objects.filter(chain=str(partnership.pk), kind=BUILD, subject=edition_id).order_by("asked_at").first()
    if job is None:
        return None
    rows = Edition.objects.filter(partnership=partnership, asked_at__gte=job.asked_at)
    found: Edition | None = rows.order_by("asked_at").first()
    return found


def is_superseded(edition: Edition) -> bool:
    """Whether a later edition of the same assessment was published."""
    return bool(
        edition.number
        and Edition.objects.filter(
            partnership=edition.partnership_id, assessment=edition.assessment_id, number__gt=edition.number
        ).exists()
    )


def list_files(edition: Edition) -> list[EditionFile]:
    rows = EditionFile.objects.filter(partnership=edition.partnership_id, edition=edition)
    return list(rows.select_related("file", "edition", "partnership"))
