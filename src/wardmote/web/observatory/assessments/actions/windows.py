"""The data window moved forward: on purpose, with a reason, and everything held against the newer data again."""

from typing import TYPE_CHECKING

from wardmote.evidence.interface import compare_states, list_loads
from wardmote.web.foundation.clock import read_now
from wardmote.web.foundation.jobs import Tell, does_job, start_job
from wardmote.web.foundation.models import Job
from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.foundation.writes import writing
from wardmote.web.observatory.assessments import desks, policies
from wardmote.web.observatory.assessments.actions.writing import hold_assessment, hold_section, reopen
from wardmote.web.observatory.assessments.models import Assessment, WindowMove
from wardmote.web.observatory.assessments.queries import list_newest_versions, list_sections
from wardmote.web.partnerships.interface import Person

if TYPE_CHECKING:
    from wardmote.evidence.interface import LoadRecord

KIND = "observatory.move_window"


def list_loads_since(assessment: Assessment) -> "tuple[LoadRecord, ...]":
    """What was loaded, or taken back, after the data window was frozen."""
    store = desks.open_evidence_store(assessment)
    since = assessment.as_at
    return tuple(
        load for load in list_loads(store)
        if load.manifest.loaded_at > since or (load.undo is not None and load.undo.undone_at > since)
    )  # fmt: skip


def move_window(*, assessment: Assessment, reason: str, by: Person, seen: int | None = None) -> WindowMove:
    """Take the evidence as it stands now. Every approval is re-opened, and every section is to be checked again.

    `seen`: how many times it had been moved when the person looked. Where somebody moved it meanwhile, it is refused.
    """
    if not reason.strip():
        raise RefusedError("Say why the data window is moved; the reason is kept with the assessment.")
    if not list_loads_since(assessment):
        raise RefusedError("Nothing was loaded or taken back since the window was frozen: there is nothing to move to.")
    now = read_now()
    verb = "assessments.window_moved"
    with writing(by=by, verb=verb, partnership=assessment.partnership, subject=assessment, reason=reason):
        frozen = assessment.as_at
        hold_assessment(assessment)
        policies.check_window_not_moved(assessment, frozen, seen=seen, moved=assessment.moves.count())
        move = WindowMove(
            partnership=assessment.partnership, assessment=assessment, before=assessment.as_at, after=now,
            reason=reason.strip(), moved_at=now, moved_by=by.pk,
        )  # fmt: skip
        move.save()
        assessment.as_at = now
        assessment.save()
        for section in list_sections(assessment):
            reopen(section)
            section.faults, section.checked_as_at = (None, None) if section.number else ([], None)
            section.save()
        start_job(kind=KIND, partnership=assessment.partnership, subject=move, by=by)
    return move


@does_job(KIND, is_repeatable=True)
def look_again(job: Job, tell: Tell) -> str:
    """Compare the two windows, and hold every section against the newer one."""
    move = WindowMove.objects.select_related("assessment__partnership", "partnership").get(pk=job.subject)
    if move.assessment.withdrawn_at is not None:
        return "The assessment was withdrawn meanwhile."
    checked = _check_again(move.assessment, tell)
    if move.changes is None:
        _compare(move, tell)
    return f"{len(move.changes or [])} of {move.asked_count} figures are different; {checked} sections were checked."


def _check_again(assessment: Assessment, tell: Tell) -> int:
    """Words written or checked meanwhile are left alone: they were held against the newer window already."""
    texts = {key: version.text for key, version in list_newest_versions(assessment).items()}
    waiting = [s for s in list_sections(assessment) if s.faults is None]
    for at, section in enumerate(waiting):
        tell(f"checking {section.title}", at, len(waiting))
        section.assessment = assessment
        number, as_at = section.number, assessment.as_at
        faults = desks.check_text(assessment, section.key, texts.get(section.key, ""))
        with writing(by=None, verb="assessments.section_checked", partnership=section.partnership, subject=section):
            hold_section(section)
            if section.number == number and assessment.as_at == as_at:
                section.faults, section.checked_as_at = faults, as_at
                section.save()
    return len(waiting)


def _compare(move: WindowMove, tell: Tell) -> None:
    store = desks.open_evidence_store(move.assessment)
    found = compare_states(
        store, move.before, move.after, area=move.assessment.area, period=move.assessment.year, progress=tell
    )
    changes = {c.figure_id: c for document in found.documents for c in document.changes}
    own = [c for c in changes.values() if f":{move.assessment.area}:" in c.figure_id]
    with writing(by=None, verb="assessments.window_compared", partnership=move.partnership, subject=move.assessment):
        move.changes = [{"id": c.figure_id, "earlier": c.earlier, "later": c.later} for c in own]
        move.asked_count = found.asked_count
        move.save()
