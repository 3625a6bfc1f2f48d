"""How a recommendation stands, what may be done to it, and what a reason must say."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.governance.scrutiny.answer_time import say_timing
from wardmote.web.governance.scrutiny.models import Answer, Recommendation
from wardmote.web.governance.scrutiny.states import Outcome, Standing

#: A reason of fewer words says nothing that a committee could weigh.
FEWEST_WORDS = 5


def choose_answers(recommendation: Recommendation) -> dict[Any, Answer]:
    """The answer of each body that counts: the last it gave. Works on what was prefetched."""
    return {answer.body_id: answer for answer in sorted(recommendation.answers.all(), key=lambda one: one.number)}


def list_owing(recommendation: Recommendation) -> list[Any]:
    """The bodies that were asked and have not answered yet."""
    answered = choose_answers(recommendation)
    return [row.body for row in recommendation.addressed.all() if row.body_id not in answered]


def find_answered_on(recommendation: Recommendation) -> date | None:
    """The day on which the last body gave its first answer; None while one is owed. A later version changes nothing."""
    if list_owing(recommendation):
        return None
    first: dict[Any, date] = {}
    for answer in sorted(recommendation.answers.all(), key=lambda one: one.number):
        first.setdefault(answer.body_id, answer.answered_on)
    return max(first.values(), default=None)


def find_standing(recommendation: Recommendation, today: date) -> Standing:
    """How a recommendation stands on a day, from its answers and the clock."""
    if recommendation.implemented_on is not None:
        return Standing.IMPLEMENTED
    if list_owing(recommendation):
        return Standing.OVERDUE if today > recommendation.due_on else Standing.RECEIVED
    return _sum_up(answer.outcome for answer in choose_answers(recommendation).values())


def _sum_up(outcomes: Iterable[str]) -> Standing:
    """What several bodies' answers come to: wholly accepted or rejected only where all of them say so."""
    found = set(outcomes)
    if found == {Outcome.ACCEPTED}:
        return Standing.ACCEPTED
    return Standing.REJECTED if found == {Outcome.REJECTED} else Standing.PARTLY


def say_clock(recommendation: Recommendation, today: date) -> str:
    """'answered on day 41, 13 days late'; 'day 12 of 28'."""
    return say_timing(
        recommendation.received_on, recommendation.due_on, answered_on=find_answered_on(recommendation), today=today
    )


def count_words(text: str) -> int:
    """How many words of a text have a letter in them: full stops and dashes between spaces say nothing."""
    return sum(any(sign.isalpha() for sign in word) for word in text.split())


def check_reason(reason: str) -> str:
    """The reason, tidied. Raises RefusedError for one that is no sentence."""
    words = " ".join(reason.split())
    if count_words(words) < FEWEST_WORDS:
        raise RefusedError(f"Give the reason in at least {FEWEST_WORDS} words: it is printed in the pack")
    return words


def check_dates(*, met_on: date, received_on: date, today: date) -> None:
    """Raises RefusedError for a recommendation that was received before the meeting, or in the future."""
    if received_on < met_on:
        raise RefusedError("It was received before the committee met. Check both days")
    if received_on > today:
        raise RefusedError("The day of receipt lies ahead. Write it down when it has come")


def check_answer(recommendation: Recommendation, *, outcome: str, reason: str, answered_on: date, today: date) -> None:
    """Raises RefusedError for an answer without its reason, or dated before the recommendation or ahead of today."""
    if outcome != Outcome.ACCEPTED and not reason.strip():
        raise RefusedError("Say why it is not accepted as it stands")
    if answered_on < recommendation.received_on:
        raise RefusedError("The answer is dated before the recommendation was received")
    if answered_on > today:
        raise RefusedError("The day of the answer lies ahead")


def check_implemented(recommendation: Recommendation, *, on: date, today: date) -> None:
    """Raises RefusedError where there is no answer yet, or the day cannot be."""
    if find_answered_on(recommendation) is None:
        raise RefusedError("It has not been answered by every body. Answer it first")
    if not recommendation.received_on <= on <= today:
        raise RefusedError("The day must lie between the day of receipt and today")
