"""An assessment begun, and its sections written. Nothing that was written is ever lost: each save is a version."""

from contextlib import suppress

from django.db import IntegrityError

from wardmote.evidence.interface import list_assessment_sections
from wardmote.evidence.model.errors import WardmoteError
from wardmote.evidence.model.periods import Period
from wardmote.web.foundation.clock import read_now
from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.foundation.writes import writing
from wardmote.web.observatory.assessments import desks, policies, queries
from wardmote.web.observatory.assessments.models import Assessment, AssessmentSection, SectionVersion
from wardmote.web.observatory.assessments.states import SectionState
from wardmote.web.observatory.reading import has_evidence
from wardmote.web.partnerships.interface import Partnership, Person


def start_assessment(*, partnership: Partnership, area: str, year: str, by: Person | None) -> Assessment:
    """Begin the assessment of a year. The evidence as it stands now is its data window from here on."""
    now = read_now()
    assessment = Assessment(
        partnership=partnership, area=area.strip(), year=check_year(year), as_at=now, started_at=now,
        started_by=by.pk if by else None,
    )  # fmt: skip
    if not has_evidence(partnership):
        raise RefusedError("There is no evidence yet to be assessed. Load data first.")
    try:
        desk = desks.find_desk(assessment)  # the area is known, and the year is not after all data
    except WardmoteError as error:
        raise RefusedError(str(error).splitlines()[0]) from error
    assessment.area_title = desk.context.area.title[:200]
    begun = f"The assessment of {assessment.year} is begun already. Go on with that one."
    try:
        _keep_new(assessment, by, begun)
    except IntegrityError as error:  # somebody else began it at the same moment
        raise RefusedError(begun) from error
    return assessment


def _keep_new(assessment: Assessment, by: Person | None, begun: str) -> None:
    partnership = assessment.partnership
    with writing(by=by, verb="assessments.started", partnership=partnership, subject=assessment):
        own = queries.list_current(partnership).filter(area=assessment.area, year=assessment.year)
        if own.exists():
            raise RefusedError(begun)
        assessment.save()
        AssessmentSection.objects.bulk_create(
            AssessmentSection(partnership=partnership, assessment=assessment, key=key, title=title, position=position)
            for position, (key, title) in enumerate(list_assessment_sections(), start=1)
        )


def check_year(text: str) -> str:
    """A financial year as it is written everywhere. Raises RefusedError for anything else."""
    found: Period | None = None
    with suppress(WardmoteError):
        found = Period.parse(text.strip())
    if found is None or "/" not in str(found) or "Q" in str(found) or not found.is_year:
        raise RefusedError(f"“{text.strip()[:20]}” is not a financial year. Write it like 2025/26.")
    return str(found)


def save_section(
    *, section: AssessmentSection, text: str, seen: int, by: Person | None, brought_back: int | None = None
) -> SectionVersion | None:
    """Keep what was written as a new version; with faults too, for a draft may have them. Approvals are re-opened.

    `seen` is the version that the writer began with: where somebody else wrote meanwhile, nothing is replaced. None
    where the words are those that stand already.
    """
    text = text.replace("\r\n", "\n").strip("\n")
    policies.check_length(section, text)
    faults = desks.check_text(section.assessment, section.key, text)  # before the lock: it may take a moment
    as_at = section.assessment.as_at
    with writing(by=by, verb="assessments.section_written", partnership=section.partnership, subject=section):
        hold_section(section)
        newest = section.versions.filter(number=section.number).first()
        if not policies.is_own_repeat(newest, text, by=by.pk if by else None):
            policies.check_not_overtaken(section, seen)
        if (newest.text if newest else "") == text:
            return None
        made = SectionVersion(
            partnership=section.partnership, section=section, number=section.number + 1, text=text,
            written_at=read_now(), written_by=by.pk if by else None, brought_back=brought_back,
        )  # fmt: skip
        made.save()
        section.number = made.number
        section.faults, section.checked_as_at = (faults, as_at) if section.assessment.as_at == as_at else (None, None)
        reopen(section)
        section.save()
    return made


def bring_back_version(
    *, section: AssessmentSection, number: int, seen: int, by: Person | None
) -> SectionVersion | None:
    """Write the words of an older version anew."""
    old = SectionVersion.objects.filter(partnership=section.partnership_id, section=section, number=number).first()
    if old is None:
        raise RefusedError(f"There is no version {number} of “{section.title}”.")
    return save_section(section=section, text=old.text, seen=seen, by=by, brought_back=number)


def reopen(section: AssessmentSection) -> None:
    """What was submitted or approved is a draft again."""
    section.state = SectionState.WRITTEN if section.number else SectionState.EMPTY
    section.submitted_by = section.submitted_at = section.approved_by = section.approved_at = None


def hold_assessment(assessment: Assessment) -> None:
    """Hold an assessment for this write and read it again. Raises RefusedError for one that was withdrawn."""
    Assessment.objects.select_for_update().get(pk=assessment.pk)
    assessment.refresh_from_db(fields=["as_at", "withdrawn_at"])
    policies.check_not_withdrawn(assessment)
    assessment.remember_fields()


def hold_section(section: AssessmentSection) -> None:
    """Hold a section for this write, and its assessment, and read both again."""
    assessment = section.assessment
    hold_assessment(assessment)
    AssessmentSection.objects.select_for_update().get(pk=section.pk)
    section.refresh_from_db()
    section.remember_fields()
    section.assessment = assessment
