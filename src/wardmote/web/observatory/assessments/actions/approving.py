"""Sections submitted by one person and approved by another; what was said of them meanwhile."""

from wardmote.web.foundation.clock import read_now
from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.foundation.writes import writing
from wardmote.web.observatory.assessments import policies
from wardmote.web.observatory.assessments.actions.writing import hold_assessment, hold_section, reopen
from wardmote.web.observatory.assessments.models import AssessmentComment, AssessmentSection
from wardmote.web.observatory.assessments.queries import find_authors, find_newest_version
from wardmote.web.observatory.assessments.states import SectionState
from wardmote.web.partnerships.interface import Person


def submit_section(*, section: AssessmentSection, seen: int, by: Person) -> None:
    """Ask for the approval of the words that stand."""
    with writing(by=by, verb="assessments.section_submitted", partnership=section.partnership, subject=section):
        hold_section(section)
        policies.check_may_submit(section, seen)
        section.state, section.submitted_by, section.submitted_at = SectionState.SUBMITTED, by.pk, read_now()
        section.save()


def approve_section(*, section: AssessmentSection, seen: int, by: Person) -> None:
    """Approve the very words that were looked at; never one's own."""
    with writing(by=by, verb="assessments.section_approved", partnership=section.partnership, subject=section):
        hold_section(section)
        newest = find_newest_version(section)
        policies.check_may_approve(section, newest, authors=find_authors(section, newest), by=by.pk, seen=seen)
        section.state, section.approved_by, section.approved_at = SectionState.APPROVED, by.pk, read_now()
        section.save()


def send_back_section(*, section: AssessmentSection, reason: str, seen: int, by: Person) -> None:
    """Make a draft of it again, and say why: the reason stands among the comments until somebody settles it."""
    with writing(by=by, verb="assessments.section_sent_back", partnership=section.partnership, subject=section):
        hold_section(section)
        policies.check_may_send_back(section, reason, seen)
        reopen(section)
        section.save()
        _say(section, reason, by, sends_back=True)


def add_comment(*, section: AssessmentSection, text: str, by: Person) -> AssessmentComment:
    """Say something of the words that stand."""
    if not text.strip():
        raise RefusedError("Write a comment first.")
    with writing(by=by, verb="assessments.commented", partnership=section.partnership, subject=section):
        hold_assessment(section.assessment)
        return _say(section, text, by)


def _say(section: AssessmentSection, text: str, by: Person, *, sends_back: bool = False) -> AssessmentComment:
    comment = AssessmentComment(
        partnership=section.partnership, section=section, number=section.number, text=text.strip(),
        said_at=read_now(), said_by=by.pk, sends_back=sends_back,
    )  # fmt: skip
    comment.save()
    return comment


def resolve_comment(*, comment: AssessmentComment, by: Person) -> None:
    """Say that a comment is settled; it stays to be read."""
    partnership = comment.partnership
    with writing(by=by, verb="assessments.comment_resolved", partnership=partnership, subject=comment.section):
        hold_assessment(comment.section.assessment)
        AssessmentComment.objects.select_for_update().get(pk=comment.pk)
        comment.refresh_from_db()
        if comment.resolved_at is not None:
            raise RefusedError("The comment is settled already.")
        comment.resolved_at, comment.resolved_by = read_now(), by.pk
        comment.save()
