"""Public meetings, and what was asked and answered at each."""

from collections.abc import Mapping
from typing import Any

from wardmote.web.foundation.clock import read_today
from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.foundation.writes import writing
from wardmote.web.governance.meetings.actions.holding import find_next_number, hold
from wardmote.web.governance.meetings.models import PublicMeeting, PublicQuestion
from wardmote.web.partnerships.interface import Partnership, Person


def add_public_meeting(*, partnership: Partnership, fields: Mapping[str, Any], by: Person | None) -> PublicMeeting:
    """Plan a public meeting, or record one that was held."""
    meeting = PublicMeeting(partnership=partnership, **fields)
    with writing(by=by, verb="meetings.public_meeting_added", partnership=partnership, subject=meeting):
        _check_fits(meeting)
        meeting.save()
    return meeting


def change_public_meeting(*, meeting: PublicMeeting, fields: Mapping[str, Any], by: Person | None) -> PublicMeeting:
    """Change what is recorded of a public meeting."""
    with writing(by=by, verb="meetings.public_meeting_changed", partnership=meeting.partnership, subject=meeting):
        hold(meeting)
        for name, value in fields.items():
            setattr(meeting, name, value)
        _check_fits(meeting)
        meeting.save()
    return meeting


def _check_fits(meeting: PublicMeeting) -> None:
    """A meeting that counts as held has taken place, was publicised, and somebody senior was there (regulation 12)."""
    if not meeting.is_held:
        return
    if meeting.held_on > read_today():
        raise RefusedError("The day of the meeting has not come yet: it cannot have been held.")
    if not meeting.publicised.strip() or not meeting.seniors:
        raise RefusedError("Say how it was publicised and which seniors attended, or it does not count as held.")


def add_question(*, meeting: PublicMeeting, fields: Mapping[str, Any], by: Person | None) -> PublicQuestion:
    """Write down what was asked, and the answer where there was one."""
    question = PublicQuestion(partnership=meeting.partnership, meeting=meeting, **fields)
    with writing(by=by, verb="meetings.public_question_added", partnership=meeting.partnership, subject=question):
        hold(meeting)
        question.number = find_next_number(meeting.questions)
        _date_answer(question)
        question.save()
    return question


def change_question(*, question: PublicQuestion, fields: Mapping[str, Any], by: Person | None) -> PublicQuestion:
    """Change a question, or give its answer afterwards."""
    verb = "meetings.public_question_changed"
    with writing(by=by, verb=verb, partnership=question.partnership, subject=question):
        hold(question)
        for name, value in fields.items():
            setattr(question, name, value)
        _date_answer(question)
        question.save()
    return question


def _date_answer(question: PublicQuestion) -> None:
    """The day of the answer: today's when it is given, none where there is none."""
    if not question.answer:
        question.answered_on = None
    elif question.answered_on is None:
        question.answered_on = read_today()
