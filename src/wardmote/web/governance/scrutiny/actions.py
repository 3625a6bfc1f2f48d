"""Writes of scrutiny: recommendations, answers that are never rewritten, actions, and what is left out of the pack."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import Max

from wardmote.web.foundation.clock import read_now, read_today
from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.foundation.writes import writing
from wardmote.web.governance.scrutiny.answer_time import find_due, find_given
from wardmote.web.governance.scrutiny.models import (
    Answer,
    AnswerTime,
    LeftOutTarget,
    Recommendation,
    RecommendationBody,
    RecommendedAction,
)
from wardmote.web.governance.scrutiny.policies import check_answer, check_dates, check_implemented, check_reason
from wardmote.web.partnerships.interface import Organisation, Partnership, Person
from wardmote.web.plans.interface import Indicator


def add_recommendation(
    *, partnership: Partnership, fields: Mapping[str, Any], bodies: Iterable[Organisation], by: Person | None
) -> Recommendation:
    """Write down what a committee recommended, under the next number; the answer is due by what held on its receipt."""
    addressed = list(bodies)
    check_dates(met_on=fields["met_on"], received_on=fields["received_on"], today=read_today())
    if not addressed:
        raise RefusedError("Say to whom it is addressed")
    with writing(by=by, verb="governance.recommendation_added", partnership=partnership) as write:
        Partnership.objects.select_for_update().get(pk=partnership.pk)  # two who write at once get two numbers
        _check_is_new_recommendation(partnership, fields)
        top = Recommendation.objects.filter(partnership=partnership).aggregate(top=Max("number"))["top"]
        made = Recommendation.objects.create(
            partnership=partnership, number=(top or 0) + 1, written_at=read_now(), written_by=by.pk if by else None,
            **fields, **_find_time(partnership, fields["received_on"]),
        )  # fmt: skip
        write.subject = made
        _address(made, addressed)
    return made


def _check_is_new_recommendation(partnership: Partnership, fields: Mapping[str, Any]) -> None:
    """Raise RefusedError for one that stands: sent twice, it would run two clocks."""
    same = {name: fields[name] for name in ("text", "committee", "met_on", "received_on")}
    twin = Recommendation.objects.filter(partnership=partnership, **same).first()
    if twin is not None:
        raise RefusedError(f"Recommendation {twin.number} says the same, of the same meeting and day")


def _check_is_new_answer(last: Answer | None, fields: Mapping[str, Any]) -> None:
    """Raise RefusedError for the answer that stands, sent again: it would count as a version that nobody made."""
    if last is not None and all(getattr(last, name) == value for name, value in fields.items()):
        raise RefusedError(f"{last.body} has answered so already, in version {last.number}")


def _find_time(partnership: Partnership, received_on: date) -> dict[str, Any]:
    given = find_given(AnswerTime.objects.filter(partnership=partnership), received_on)
    return {"days": given.days, "days_source": given.source, "due_on": find_due(received_on, given.days)}


def _address(recommendation: Recommendation, bodies: Iterable[Organisation]) -> None:
    RecommendationBody.objects.bulk_create(
        RecommendationBody(partnership=recommendation.partnership, recommendation=recommendation, body=body)
        for body in bodies
    )


def change_recommendation(
    *, recommendation: Recommendation, fields: Mapping[str, Any], bodies: Iterable[Organisation], by: Person | None
) -> None:
    """Correct what was written down. A body that has answered stays addressed."""
    wanted = {body.pk: body for body in bodies}
    check_dates(met_on=fields["met_on"], received_on=fields["received_on"], today=read_today())
    if not wanted:
        raise RefusedError("Say to whom it is addressed")
    with writing(
        by=by, verb="governance.recommendation_changed", partnership=recommendation.partnership, subject=recommendation
    ):
        held = hold_recommendation(recommendation)
        _readdress(held, wanted)
        for name, value in {**fields, **_find_time(held.partnership, fields["received_on"])}.items():
            setattr(held, name, value)
        held.save()


def _readdress(recommendation: Recommendation, wanted: Mapping[Any, Organisation]) -> None:
    answered = set(recommendation.answers.values_list("body_id", flat=True))
    rows = {row.body_id: row for row in recommendation.addressed.all()}
    if answered - wanted.keys():
        raise RefusedError("A body that has answered stays among those it is addressed to")
    for key in rows.keys() - wanted.keys():
        rows[key].delete()
    _address(recommendation, [body for key, body in wanted.items() if key not in rows])


def answer_recommendation(
    *, recommendation: Recommendation, body: Organisation, fields: Mapping[str, Any], by: Person | None
) -> Answer:
    """Give one body's answer, or a later version of it. What it answered before stays."""
    check_answer(
        recommendation, outcome=fields["outcome"], reason=fields["reason"], answered_on=fields["answered_on"],
        today=read_today(),
    )  # fmt: skip
    if not recommendation.addressed.filter(body=body).exists():
        raise RefusedError(f"It is not addressed to {body}")
    with writing(
        by=by, verb="governance.recommendation_answered", partnership=recommendation.partnership, subject=recommendation
    ):
        hold_recommendation(recommendation)
        last = recommendation.answers.filter(body=body).select_related("body").order_by("-number").first()
        _check_is_new_answer(last, fields)
        return Answer.objects.create(
            partnership=recommendation.partnership, recommendation=recommendation, body=body,
            number=last.number + 1 if last else 1,
            written_at=read_now(), written_by=by.pk if by else None, **fields,
        )  # fmt: skip


def add_action(*, recommendation: Recommendation, fields: Mapping[str, Any], by: Person | None) -> RecommendedAction:
    """Say what will be done because of it, by whom and by when."""
    with writing(
        by=by, verb="governance.recommended_action_added", partnership=recommendation.partnership,
        subject=recommendation,
    ):  # fmt: skip
        hold_recommendation(recommendation)
        if recommendation.actions.filter(**fields).exists():
            raise RefusedError("This action stands with it already")
        top = recommendation.actions.aggregate(top=Max("number"))["top"]
        return RecommendedAction.objects.create(
            partnership=recommendation.partnership, recommendation=recommendation, number=(top or 0) + 1, **fields
        )


def finish_action(*, action: RecommendedAction, done_on: date, note: str, by: Person | None) -> None:
    """Say that an action is done, and when."""
    if done_on > read_today():
        raise RefusedError("The day lies ahead. Say it when it is done")
    if done_on < action.recommendation.met_on:
        raise RefusedError("The day is before the committee met. What was done already is no action of its own")
    with writing(by=by, verb="governance.recommended_action_done", partnership=action.partnership, subject=action):
        hold_recommendation(action.recommendation)
        action.done_on, action.note = done_on, note
        action.save()


def implement_recommendation(*, recommendation: Recommendation, on: date, note: str, by: Person | None) -> None:
    """Say that what was recommended has been done."""
    check_implemented(recommendation, on=on, today=read_today())
    with writing(
        by=by, verb="governance.recommendation_implemented", partnership=recommendation.partnership,
        subject=recommendation,
    ):  # fmt: skip
        held = hold_recommendation(recommendation)
        held.implemented_on, held.implemented_note = on, note
        held.save()


def hold_recommendation(recommendation: Recommendation) -> Recommendation:
    """Hold the row for this write and read it again, so that two who answer at once come one after the other."""
    rows = Recommendation.objects.select_for_update().filter(partnership=recommendation.partnership_id)
    held: Recommendation = rows.get(pk=recommendation.pk)
    held.partnership = recommendation.partnership
    return held


def set_answer_time(
    *, partnership: Partnership, days: int, counts_from: date, source: str, by: Person | None
) -> AnswerTime:
    """Set how many days an answer has from a day on. What was received before keeps its own."""
    if AnswerTime.objects.filter(partnership=partnership, counts_from=counts_from).exists():
        raise RefusedError("Another setting counts from that day already. Choose another day")
    with writing(by=by, verb="governance.answer_time_set", partnership=partnership) as write:
        made = AnswerTime.objects.create(
            partnership=partnership, days=days, counts_from=counts_from, source=source, set_at=read_now(),
            set_by=by.pk if by else None,
        )  # fmt: skip
        write.subject = made
    return made


# ---- what the pack leaves out ---------------------------------------------------------------------------------------


def leave_out_target(*, indicator: Indicator, period: str, reason: str, by: Person | None) -> LeftOutTarget:
    """Leave a missed target out of the scrutiny pack. The pack prints the reason, who and when."""
    words = check_reason(reason)
    with writing(
        by=by, verb="governance.target_left_out", partnership=indicator.partnership, subject=indicator, reason=words
    ):
        Partnership.objects.select_for_update().get(pk=indicator.partnership_id)
        if LeftOutTarget.objects.filter(indicator=indicator, period=period, taken_back_at=None).exists():
            raise RefusedError("It is left out already")
        return LeftOutTarget.objects.create(
            partnership=indicator.partnership, indicator=indicator, period=period, reason=words,
            left_out_at=read_now(), left_out_by=by.pk if by else None,
        )  # fmt: skip


def take_back(*, left_out: LeftOutTarget, by: Person | None) -> None:
    """Put a missed target back into the pack. That it was left out, and why, stays on record."""
    with writing(by=by, verb="governance.target_put_back", partnership=left_out.partnership, subject=left_out):
        if left_out.taken_back_at is not None:
            raise RefusedError("It stands in the pack already")
        left_out.taken_back_at, left_out.taken_back_by = read_now(), by.pk if by else None
        left_out.save()
