"""The pages of recommendations: written down, answered, acted on, followed to the end."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from wardmote.web.foundation.clock import read_today
from wardmote.web.foundation.overtaken import watch
from wardmote.web.governance.scrutiny import actions
from wardmote.web.governance.scrutiny.answer_time import USUAL_DAYS, USUAL_SOURCE
from wardmote.web.governance.scrutiny.forms import (
    AnswerForm,
    AnswerTimeForm,
    DoneForm,
    RecommendationForm,
    RecommendedActionForm,
)
from wardmote.web.governance.scrutiny.models import AnswerTime, Recommendation, RecommendedAction
from wardmote.web.governance.scrutiny.permissions import find_answering
from wardmote.web.governance.scrutiny.policies import choose_answers, find_answered_on
from wardmote.web.governance.scrutiny.presenters import describe_recommendation
from wardmote.web.governance.scrutiny.queries import get_recommendation, list_recommendations
from wardmote.web.governance.scrutiny.states import Outcome
from wardmote.web.governance.scrutiny.views.frame import describe_page, find_address, finish
from wardmote.web.partnerships.interface import (
    PartnershipRequest,
    Role,
    check_may,
    get_own,
    in_partnership,
    name_people,
)


@in_partnership("governance.view_recommendations")
def list_all(request: PartnershipRequest) -> HttpResponse:
    """Every recommendation with how its answer stands, those without an answer first."""
    today = read_today()
    rows = [describe_recommendation(one, today) for one in list_recommendations(request.partnership)]
    rows.sort(key=lambda row: (not row.is_unanswered, row.recommendation.due_on if row.is_unanswered else today))
    settings = list(AnswerTime.objects.filter(partnership=request.partnership))
    facts = describe_page(request) | {
        "rows": rows, "waiting": sum(row.is_unanswered for row in rows),
        "late": sum(row.standing == "overdue" for row in rows), "settings": settings, "usual_days": USUAL_DAYS,
        "usual_source": USUAL_SOURCE,
    }  # fmt: skip
    return render(request, "governance/scrutiny/recommendations.html", facts)


def name(recommendation: Recommendation) -> str:
    return f"Recommendation {recommendation.number}"


@in_partnership("governance.view_recommendations")
def show(request: PartnershipRequest, recommendation_id: Any) -> HttpResponse:
    """One recommendation: what was asked, each body's answers with their versions, what is done, how long it took."""
    found, today = get_recommendation(request, recommendation_id), read_today()
    answers = sorted(found.answers.all(), key=lambda one: (one.body.name, -one.number))
    current = {answer.pk for answer in choose_answers(found).values()}
    names = name_people({answer.written_by for answer in answers} | {found.written_by})
    facts = describe_page(request, title=name(found)) | {
        "recommendation": found, "row": describe_recommendation(found, today), "names": names, "today": today,
        "answers": [(one, Outcome(one.outcome).label, one.pk in current) for one in answers],
        "may_answer": bool(_list_bodies(request, found)), "is_answered": find_answered_on(found) is not None,
    }  # fmt: skip
    return render(request, "governance/scrutiny/recommendation.html", facts)


@in_partnership("governance.write_recommendations")
def add(request: PartnershipRequest) -> HttpResponse:
    form = RecommendationForm(request.partnership, request.POST or None)

    def save() -> None:
        actions.add_recommendation(
            partnership=request.partnership, fields=form.read_fields(), bodies=form.cleaned_data["bodies"],
            by=request.user,
        )  # fmt: skip

    page = describe_page(request, title="Add a recommendation")
    back = find_address(request, "recommendations")
    return finish(request, form, save, page=page, back=back, done="It is written down, and its clock runs.")


@in_partnership("governance.write_recommendations")
def change(request: PartnershipRequest, recommendation_id: Any) -> HttpResponse:
    found = get_recommendation(request, recommendation_id)
    form = RecommendationForm(request.partnership, request.POST or None, held=found)
    watch(form)

    def save() -> None:
        actions.change_recommendation(
            recommendation=found, fields=form.read_fields(), bodies=form.cleaned_data["bodies"], by=request.user
        )

    return _finish(request, form, save, found, title=f"Change {name(found).lower()}", done="It is changed.")


def _finish(
    request: PartnershipRequest, form: Any, save: Any, found: Recommendation, *, title: str, done: str
) -> HttpResponse:
    """A form of one recommendation, whose text stands above it."""
    back = find_address(request, "recommendation", recommendation_id=found.pk)
    page = describe_page(request, (name(found), back), title=title) | {"intro": found.text}
    return finish(request, form, save, page=page, back=back, done=done)


@in_partnership("governance.answer_recommendations")
def answer(request: PartnershipRequest, recommendation_id: Any) -> HttpResponse:
    """A body's answer, or a later version of one; the earlier stays."""
    found = get_recommendation(request, recommendation_id)
    check_may(request, "governance.answer_recommendations", found)
    form = AnswerForm(_list_bodies(request, found), request.POST or None)

    def save() -> None:
        body = form.cleaned_data["body"]
        actions.answer_recommendation(recommendation=found, body=body, fields=form.read_fields(), by=request.user)

    return _finish(request, form, save, found, title=f"Answer {name(found).lower()}", done="The answer is kept.")


def _list_bodies(request: PartnershipRequest, found: Recommendation) -> list[Any]:
    """For which of the addressed bodies the person may answer."""
    bodies = [row.body for row in found.addressed.all()]
    if Role.COORDINATOR in request.roles:
        return bodies
    own = find_answering(request.user, request.partnership)
    return [body for body in bodies if body.pk in own]


@in_partnership("governance.write_recommendations")
def add_action(request: PartnershipRequest, recommendation_id: Any) -> HttpResponse:
    found = get_recommendation(request, recommendation_id)
    form = RecommendedActionForm(request.partnership, request.POST or None)

    def save() -> None:
        actions.add_action(recommendation=found, fields=form.cleaned_data, by=request.user)

    return _finish(
        request, form, save, found, title=f"Add an action to {name(found).lower()}", done="The action is added."
    )


@in_partnership("governance.write_recommendations")
def finish_action(request: PartnershipRequest, recommendation_id: Any, recommended_action_id: Any) -> HttpResponse:
    found = get_recommendation(request, recommendation_id)
    rows = RecommendedAction.objects.filter(recommendation=found).select_related("recommendation__partnership")
    action = get_own(rows, request, id=recommended_action_id)
    form = DoneForm(request.POST or None)

    def save() -> None:
        actions.finish_action(action=action, by=request.user, **form.cleaned_data)

    back = find_address(request, "recommendation", recommendation_id=found.pk)
    page = describe_page(request, (name(found), back), title="Say that it is done") | {"intro": action.text}
    return finish(request, form, save, page=page, back=back, done="It is done.")


@in_partnership("governance.write_recommendations")
def implement(request: PartnershipRequest, recommendation_id: Any) -> HttpResponse:
    found = get_recommendation(request, recommendation_id)
    form = DoneForm(request.POST or None)

    def save() -> None:
        given = form.cleaned_data
        actions.implement_recommendation(recommendation=found, on=given["done_on"], note=given["note"], by=request.user)

    title = f"Say that {name(found).lower()} is implemented"
    return _finish(request, form, save, found, title=title, done="It is marked as implemented.")


@in_partnership("governance.write_recommendations")
def set_answer_time(request: PartnershipRequest) -> HttpResponse:
    """Set how many days an answer has from a day on."""
    form = AnswerTimeForm(request.POST or None)

    def save() -> None:
        actions.set_answer_time(partnership=request.partnership, by=request.user, **form.cleaned_data)

    page = describe_page(request, title="Set the time for an answer") | {
        "intro": f"Without a setting it is {USUAL_DAYS} days. {USUAL_SOURCE}."
    }
    back = find_address(request, "recommendations")
    return finish(request, form, save, page=page, back=back, done="The setting is kept.")
