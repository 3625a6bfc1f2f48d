"""What the state of an assessment allows, whoever asks. Every refusal says in plain words what is in the way."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from wardmote.evidence.interface import LONGEST_SECTION
from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.observatory.assessments.models import Assessment, AssessmentSection, Edition, SectionVersion
from wardmote.web.observatory.assessments.states import SUMMARY, EditionState, SectionState


def check_not_withdrawn(assessment: Assessment) -> None:
    """Raises where the assessment was withdrawn: nothing of it is written any more."""
    if assessment.withdrawn_at is not None:
        raise RefusedError(f"This assessment of {assessment.year} was withdrawn. It is only kept to be read.")


def explain_no_withdrawal(assessment: Assessment, has_published: bool) -> str:
    """Why an assessment may not be withdrawn; "" where it may."""
    if assessment.withdrawn_at is not None:
        return "It is withdrawn already."
    if has_published:
        return "An edition of it was published, and what was published stays. Publish a corrected edition instead."
    return ""


def check_may_withdraw(assessment: Assessment, reason: str, *, has_published: bool) -> None:
    if why_not := explain_no_withdrawal(assessment, has_published):
        raise RefusedError(why_not)
    if not reason.strip():
        raise RefusedError("Say why it is withdrawn; the reason is kept with the assessment.")


def check_not_overtaken(section: AssessmentSection, seen: int) -> None:
    """Raises where the section has a newer version than the one that the person looked at."""
    if section.number != seen:
        raise RefusedError(
            f"“{section.title}” was changed since you opened it: version {section.number} is the newest,"
            f" you looked at {f'version {seen}' if seen else 'an empty section'}. Look at it again."
        )


def is_own_repeat(newest: SectionVersion | None, text: str, *, by: Any) -> bool:
    """Whether the newest version has these very words of this very person: what is sent twice overtakes nobody."""
    return newest is not None and by is not None and newest.written_by == by and newest.text == text


def check_length(section: AssessmentSection, text: str) -> None:
    """Raises where a text is longer than a section may be; asked before it is held against the data."""
    if len(text) > LONGEST_SECTION:
        raise RefusedError(
            f"“{section.title}” has {len(text):,} characters, {LONGEST_SECTION:,} at most are kept. Shorten it."
        )


def check_sound(section: AssessmentSection) -> None:
    """Raises where the words have a fault, or were not held against the data window."""
    if section.faults is None:
        raise RefusedError(f"“{section.title}” has not been held against the data. Open it and save it again.")
    if section.faults:
        count = len(section.faults)
        raise RefusedError(
            f"“{section.title}” says {'a thing' if count == 1 else f'{count} things'} that the data does not bear."
            " Mend that first."
        )


def check_may_submit(section: AssessmentSection, seen: int) -> None:
    check_not_overtaken(section, seen)
    if section.state != SectionState.WRITTEN:
        raise RefusedError(f"“{section.title}” is {SectionState(section.state).label.lower()}: nothing to submit.")
    check_sound(section)


def find_authors(text: str, versions: Iterable[SectionVersion]) -> frozenset[Any]:
    """Whose words stand in a text: of each line, who wrote it first; and of a text brought back, who wrote it before.

    `versions` from the oldest to the newest. A line is the same where only its blanks differ.
    """
    wanted = _list_lines(text)
    firsts: dict[str, Any] = {}
    for version in versions:
        for line in _list_lines(version.text):
            firsts.setdefault(line, version.written_by)
    return frozenset(firsts[line] for line in wanted if firsts.get(line) is not None)


def _list_lines(text: str) -> list[str]:
    """The lines that say something; a heading is nobody's words."""
    flat = (" ".join(line.split()) for line in text.split("\n"))
    return [line for line in flat if line and not line.startswith("#")]


def explain_no_approval(
    section: AssessmentSection, version: SectionVersion | None, person: Any, authors: Collection[Any]
) -> str:
    """Why this person may not approve the section; "" where they may. `authors`: whose words stand in it."""
    if section.state != SectionState.SUBMITTED:
        return "Nobody has submitted it for approval."
    if version is not None and version.written_by == person:
        return "You wrote it: another person approves it."
    if person in authors:
        return "Words of yours stand in it: another person approves it."
    if section.submitted_by == person:
        return "You submitted it: another person approves it."
    return ""


def check_may_approve(
    section: AssessmentSection, version: SectionVersion | None, *, authors: Collection[Any], by: Any, seen: int
) -> None:
    """Two people: never whose words stand in it, nor who submitted it; and the very words that were looked at."""
    check_not_overtaken(section, seen)
    if reason := explain_no_approval(section, version, by, authors):
        raise RefusedError(reason)
    check_sound(section)


def check_may_send_back(section: AssessmentSection, reason: str, seen: int) -> None:
    check_not_overtaken(section, seen)
    if section.state not in (SectionState.SUBMITTED, SectionState.APPROVED):
        raise RefusedError("Only what was submitted or approved is sent back.")
    if not reason.strip():
        raise RefusedError("Say why it is sent back; who wrote it reads the reason.")


def check_window_not_moved(assessment: Assessment, frozen: datetime, *, seen: int | None, moved: int) -> None:
    """Raises where the data window is not that any more which the person looked at."""
    if assessment.as_at != frozen or (seen is not None and seen != moved):
        raise RefusedError(
            "Somebody else moved the data window meanwhile. Look at what changed before you move it again."
        )


# ---- editions -------------------------------------------------------------------------------------------------------


def list_lacking(sections: Iterable[AssessmentSection]) -> list[str]:
    """What the sections still lack before an edition of them can be published."""
    found = []
    for section in sections:
        if section.key == SUMMARY and not section.number:
            found.append(f"“{section.title}” is not written.")
        elif not section.number or section.state == SectionState.APPROVED:
            continue
        elif section.faults is None:
            found.append(f"“{section.title}” is not held against the data yet.")
        elif section.faults:
            found.append(f"“{section.title}” says what the data does not bear.")
        else:
            state = "waits for approval" if section.state == SectionState.SUBMITTED else "is not submitted"
            found.append(f"“{section.title}” {state}.")
    return found


def check_may_build(sections: Iterable[AssessmentSection]) -> None:
    """A draft may be built and looked at before it is approved, but never one whose words are at fault."""
    for section in sections:
        if section.number:
            check_sound(section)


def is_outdated(edition: Edition, sections: Iterable[AssessmentSection]) -> bool:
    """Whether words or window are not those any more of which the edition was built."""
    return edition.as_at != edition.assessment.as_at or edition.versions != name_versions(sections)


def name_versions(sections: Iterable[AssessmentSection]) -> dict[str, int]:
    return {section.key: section.number for section in sections if section.number}


def explain_no_publishing(
    edition: Edition, sections: list[AssessmentSection], recorded: Iterable[str] | None = None
) -> list[str]:
    """All that is in the way of publishing an edition; nothing where it may be."""
    if edition.state == EditionState.PUBLISHED:
        return ["It is published already, and stays as it is."]
    if edition.assessment.withdrawn_at is not None:
        return ["The assessment was withdrawn."]
    if edition.state != EditionState.BUILT:
        return ["Its documents are not built yet."]
    found = list_lacking(sections)
    if is_outdated(edition, sections):
        found.append("Words or data window have changed since it was built. Build it again.")
    if edition.accused:
        found.append("The check of its own claims found something wrong in it. Mend that and build it again.")
    if recorded is not None and list(recorded) != edition.recorded_before:
        found.append(
            "Another report was published from this evidence since it was built, and the copy for the public must be"
            " held against that. Build it again."
        )
    return found
