"""Writes of the risk register. A score is added, never changed; the risk's row is held while one is given."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import Max

from wardmote.web.foundation.clock import read_now, read_today
from wardmote.web.foundation.design.words import say_date, say_time
from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.foundation.writes import writing
from wardmote.web.governance.risks.models import Mitigation, RegisteredRisk, RiskScore
from wardmote.web.governance.risks.policies import OPEN_STATES, check_is_open
from wardmote.web.governance.risks.states import RiskState
from wardmote.web.partnerships.interface import Partnership, Person, find_organisation, name_people
from wardmote.web.plans.interface import Risk

SCORE_FIELDS = ("inherent_likelihood", "inherent_impact", "residual_likelihood", "residual_impact")


def add_risk(*, partnership: Partnership, fields: Mapping[str, Any], by: Person | None) -> RegisteredRisk:
    """Write a risk into the register, under the next number."""
    with writing(by=by, verb="governance.risk_added", partnership=partnership) as write:
        risk = _make_risk(partnership, fields, by)
        write.subject = risk
    return risk


def _make_risk(partnership: Partnership, fields: Mapping[str, Any], by: Person | None) -> RegisteredRisk:
    Partnership.objects.select_for_update().get(pk=partnership.pk)  # two who write at once get two numbers
    top = RegisteredRisk.objects.filter(partnership=partnership).aggregate(top=Max("number"))["top"]
    given = {"written_on": read_today(), **fields}
    return RegisteredRisk.objects.create(
        partnership=partnership, number=(top or 0) + 1, written_by=by.pk if by else None, **given
    )


def change_risk(*, risk: RegisteredRisk, fields: Mapping[str, Any], by: Person | None) -> RegisteredRisk:
    """Change what is said of a risk; its scores have a door of their own."""
    with writing(by=by, verb="governance.risk_changed", partnership=risk.partnership, subject=risk):
        hold_risk(risk)
        check_is_open(risk)
        for name, value in fields.items():
            setattr(risk, name, value)
        risk.save()
    return risk


def score_risk(
    *,
    risk: RegisteredRisk,
    scores: Mapping[str, int],
    scored_on: date,
    reason: str,
    review_on: date | None,
    by: Person | None,
) -> RiskScore:
    """Give a risk a new score, which may be the old one looked at again; `review_on` is the next day to look."""
    with writing(by=by, verb="governance.risk_scored", partnership=risk.partnership, subject=risk):
        hold_risk(risk)
        check_is_open(risk)
        score = _add_score(risk, scores, scored_on=scored_on, reason=reason, by=by)
        risk.review_on = review_on
        risk.save()
    return score


def _add_score(
    risk: RegisteredRisk, scores: Mapping[str, int], *, scored_on: date, reason: str, by: Person | None
) -> RiskScore:
    last = RiskScore.objects.filter(partnership=risk.partnership_id, risk=risk).order_by("-number").first()
    if scored_on > read_today():
        raise RefusedError("A score is given on the day, not for a day to come")
    if last is not None and scored_on < last.scored_on:
        raise RefusedError(f"The last score is of {last.scored_on:%-d %B %Y}; one before it would rewrite the history")
    _check_is_new(risk, last, scores, scored_on)
    return RiskScore.objects.create(
        partnership=risk.partnership, risk=risk, number=last.number + 1 if last else 1, scored_on=scored_on,
        scored_at=read_now(), scored_by=by.pk if by else None, reason=reason, **scores,
    )  # fmt: skip


def _check_is_new(risk: RegisteredRisk, last: RiskScore | None, scores: Mapping[str, int], on: date) -> None:
    """Raise RefusedError for the last scoring sent again: on one day it would count as a review that nobody held."""
    if last is None or last.scored_on != on or any(getattr(last, name) != value for name, value in scores.items()):
        return
    who = name_people({last.scored_by})[last.scored_by]
    raise RefusedError(
        f"R{risk.number} was scored so for {say_date(on)} already, at {say_time(last.scored_at)} by {who}. The same"
        " score on the same day is no second review. To move the day of the next review, change the risk"
    )


def close_risk(*, risk: RegisteredRisk, reason: str, by: Person | None) -> None:
    """Take a risk off the open register. It stays readable with its whole history."""
    with writing(by=by, verb="governance.risk_closed", partnership=risk.partnership, subject=risk, reason=reason):
        hold_risk(risk)
        check_is_open(risk)
        risk.state, risk.closed_on, risk.closed_reason = RiskState.CLOSED, read_today(), reason
        risk.save()


def reopen_risk(*, risk: RegisteredRisk, reason: str, by: Person | None) -> None:
    """Put a closed risk back; what it was closed for stays in the trail."""
    with writing(by=by, verb="governance.risk_reopened", partnership=risk.partnership, subject=risk, reason=reason):
        hold_risk(risk)
        if risk.state == RiskState.OPEN:
            raise RefusedError("The risk is open already")
        risk.state, risk.closed_on, risk.closed_reason = RiskState.OPEN, None, ""
        risk.save()


def add_mitigation(*, risk: RegisteredRisk, fields: Mapping[str, Any], by: Person | None) -> Mitigation:
    """Say what is done about a risk."""
    with writing(by=by, verb="governance.mitigation_added", partnership=risk.partnership, subject=risk):
        hold_risk(risk)
        check_is_open(risk)
        return _make_mitigation(risk, fields)


def _make_mitigation(risk: RegisteredRisk, fields: Mapping[str, Any]) -> Mitigation:
    top = Mitigation.objects.filter(partnership=risk.partnership_id, risk=risk).aggregate(top=Max("number"))["top"]
    mitigation = Mitigation(partnership=risk.partnership, risk=risk, number=(top or 0) + 1, **fields)
    _settle(mitigation)
    mitigation.save()
    return mitigation


def change_mitigation(*, mitigation: Mitigation, fields: Mapping[str, Any], by: Person | None) -> Mitigation:
    """Change what is done, or say how far it has come."""
    risk = mitigation.risk
    with writing(by=by, verb="governance.mitigation_changed", partnership=mitigation.partnership, subject=mitigation):
        hold_risk(risk)
        check_is_open(risk)
        for name, value in fields.items():
            setattr(mitigation, name, value)
        _settle(mitigation)
        mitigation.save()
    return mitigation


def _settle(mitigation: Mitigation) -> None:
    """The day on which it was done or dropped; none again where it is taken up anew."""
    if mitigation.state in OPEN_STATES:
        mitigation.settled_on = None
    elif mitigation.settled_on is None:
        mitigation.settled_on = read_today()


def take_over_risks(*, partnership: Partnership, risks: Iterable[Risk], by: Person | None) -> list[RegisteredRisk]:
    """Take risks over from a plan: its words, its owner, what is done, and its score where it printed one.

    A plan prints one score and does not say whether it stands before or after what is done: it is taken for both, and
    the scoring says so.
    """
    with writing(by=by, verb="governance.risks_taken_over", partnership=partnership):
        return [_take_over(partnership, risk, by) for risk in risks]


def _take_over(partnership: Partnership, risk: Risk, by: Person | None) -> RegisteredRisk:
    body = find_organisation(risk.owner) if risk.owner else None
    made = _make_risk(partnership, {
        "text": risk.text, "cause": risk.cause, "owner_body": body, "owner_title": "" if body else risk.owner[:200],
        "review_on": risk.review_on, "taken_from": risk.pk, "printed_rating": risk.rating[:40],
    }, by)  # fmt: skip
    if risk.mitigation:
        _make_mitigation(made, {"text": risk.mitigation, "body": body})
    if risk.likelihood and risk.impact:
        pair = (risk.likelihood, risk.impact, risk.likelihood, risk.impact)
        reason = f"As printed in “{risk.plan.title}”, which does not say whether before or after what is done"
        _add_score(made, dict(zip(SCORE_FIELDS, pair, strict=True)), scored_on=read_today(), reason=reason, by=by)
    return made


def hold_risk(risk: RegisteredRisk) -> None:
    """Hold the row for this write and read it again."""
    rows = RegisteredRisk.objects.select_for_update().filter(partnership=risk.partnership_id)
    partnership = risk.partnership
    risk.refresh_from_db(from_queryset=rows)
    risk.partnership = partnership
    risk.remember_fields()
