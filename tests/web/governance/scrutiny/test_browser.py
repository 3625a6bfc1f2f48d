"""The pages of scrutiny and documents in a real browser: no fault that axe finds, no wider than a phone."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from support.browser import OpenPage, check_accessible, check_fits
from support.web.performance import report
from support.web.world import World, make_world
from wardmote.web.foundation.clock import read_today
from wardmote.web.foundation.jobs import do_job, find_job
from wardmote.web.governance.documents.making import ask_for_paper
from wardmote.web.governance.scrutiny import actions
from wardmote.web.governance.scrutiny.models import Recommendation
from wardmote.web.governance.scrutiny.queries import list_stretches
from wardmote.web.partnerships.states import Role
from wardmote.web.returns.interface import DocumentKind
from web.foundation.design.local_site import serve_pages

pytestmark = [pytest.mark.django_db, pytest.mark.browser]


def find(name: str, *keys: object) -> str:
    return reverse(name, args=["ashmere", *keys])


def draw_pages() -> dict[str, str]:
    """Every page by its address, at a busy moment: late answers, versions, something left out, papers made."""
    world = make_world("ashmere")
    report(world, "P1-1", "2026/27Q1", part=60, whole=100)
    report(world, "P1-1", part=70, whole=100)
    late, answered = recommend(world, 45), recommend(world, 60)
    answer(answered, world)
    by = world.people[Role.COORDINATOR]
    actions.leave_out_target(
        indicator=world.indicators["P1-1"], period="2026/27Q1", reason="The survey was held in one ward only", by=by
    )
    waiting, made = make_papers(world)
    pages: dict[str, str] = {}
    draw(pages, world.sign_in(Role.COORDINATOR), "recommendations", "add_recommendation", "set_answer_time",
         ("recommendation", late.pk), ("recommendation", answered.pk), ("change_recommendation", late.pk),
         ("answer_recommendation", late.pk), ("add_recommended_action", late.pk),
         ("finish_recommended_action", answered.pk, answered.actions.get().pk),
         ("implement_recommendation", answered.pk), "missed_targets", "governance_documents",
         ("make_document", "executive"), ("make_document", "history"), ("governance_document", waiting.pk),
         ("governance_document", made.pk))  # fmt: skip
    address = find("leave_out_target", world.indicators["P1-1"].pk) + "?period=2026/27Q2"
    refused = world.sign_in(Role.COORDINATOR).post(address, {"reason": "Too bad"})
    assert refused.status_code == 422
    pages["/refused"] = refused.content.decode()
    pages["/as-scrutiny"] = world.sign_in(Role.SCRUTINY).get(find("missed_targets")).content.decode()
    return pages


def recommend(world: World, days_ago: int) -> Recommendation:
    received_on = read_today() - timedelta(days=days_ago)
    fields = {"text": "That the lamps of the harbour walk be renewed before the winter", "committee": "Safer Committee",
              "met_on": received_on, "received_on": received_on, "source": "Minute 12"}  # fmt: skip
    return actions.add_recommendation(
        partnership=world.partnership, fields=fields, bodies=[world.police, world.council], by=None
    )


def answer(made: Recommendation, world: World) -> None:
    for body, outcome, days in ((world.police, "accepted", 20), (world.council, "partly", 41)):
        fields = {"outcome": outcome, "text": "The lamps are ordered", "reason": "Half of them this year",
                  "answered_on": made.received_on + timedelta(days=days)}  # fmt: skip
        actions.answer_recommendation(recommendation=made, body=body, fields=fields, by=world.people[Role.LEAD])
    actions.add_action(
        recommendation=made, by=None,
        fields={"text": "Order the lamps", "body": world.council, "due_on": read_today() - timedelta(days=3)},
    )  # fmt: skip


def make_papers(world: World) -> list[Any]:
    """One that waits to be made, and one that was made."""
    (year,) = list_stretches(world.plan)
    asked = [
        ask_for_paper(
            kind=DocumentKind.SCRUTINY, plan=world.plan, period=year.name, days=(year.starts_on, year.ends_on),
            forms=["html", "xlsx"], by=world.people[Role.COORDINATOR],
        )
        for _ in range(2)
    ]  # fmt: skip
    job = find_job(asked[1])
    assert job is not None
    do_job.func(job_id=str(job.pk))
    return asked


def draw(pages: dict[str, str], client: Any, *names: Any) -> None:
    for name in names:
        address = find(name) if isinstance(name, str) else find(*name)
        given = client.get(address)
        assert given.status_code == 200, address
        pages[address] = given.content.decode()


def test_pages_fit_a_phone_and_have_no_fault_that_axe_finds(open_page: OpenPage) -> None:
    pages, page = draw_pages(), open_page(width=320)
    with serve_pages(pages) as site:
        for address in pages:
            page.goto(site.address + address)
            check_fits(page)
            check_accessible(page)
