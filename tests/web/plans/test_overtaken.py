"""Two people with the same form open: the later save is answered with what the earlier one changed."""

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from support.web.world import give_role, make_person, make_world
from wardmote.web.partnerships.interface import Role
from wardmote.web.plans import actions
from wardmote.web.plans.models import Action, Indicator, Plan, Priority, Risk, Target
from web.plans.full_plan import FullPlan, make_full_plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def full() -> FullPlan:
    return make_full_plan(make_world("ashmere"))


@pytest.fixture
def one(full: FullPlan) -> Client:
    return full.world.sign_in(Role.COORDINATOR)


@pytest.fixture
def two(full: FullPlan) -> Client:
    person = make_person("second@ashmere.example.org")
    give_role(person, full.world.partnership, Role.COORDINATOR)
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def at(full: FullPlan, name: str, **keys: Any) -> str:
    return reverse(name, kwargs={"slug": full.world.partnership.slug, "plan_id": full.plan.pk, **keys})


def find_seen(page: Any) -> str:
    found = re.search(r'name="seen" value="([^"]+)"', page.content.decode())
    assert found
    return found[1]


def read(page: Any) -> str:
    return re.sub(r"\s+", " ", page.content.decode())


@pytest.fixture
def priority(full: FullPlan) -> Priority:
    return Priority.objects.filter(plan=full.plan).order_by("number")[0]


def describe(priority: Priority, **changed: str) -> dict[str, str]:
    told = {"number": str(priority.number), "title": priority.title, "aim": priority.aim,
            "lead_title": priority.lead_title, "themes": "\n".join(priority.themes),
            "lead": str(priority.lead_id or "")}  # fmt: skip
    return told | changed


def test_second_save_is_shown_the_first_and_then_counts(
    full: FullPlan, one: Client, two: Client, priority: Priority
) -> None:
    address = at(full, "change_plan_record", kind="priorities", record_id=priority.pk)
    seen = [find_seen(client.get(address)) for client in (one, two)]
    assert one.post(address, describe(priority, title="Safer nights", seen=seen[0])).status_code == 302
    answer = two.post(address, describe(priority, title="Quiet nights", aim="Sleep", seen=seen[1]))
    assert answer.status_code == 200
    page = read(answer)
    assert "Somebody else changed this while you were writing" in page
    assert "<strong>Theirs:</strong> Safer nights<br><strong>Yours:</strong> Quiet nights" in page
    assert 'value="Quiet nights"' in page
    assert "Sleep" in page
    priority.refresh_from_db()
    assert priority.title == "Safer nights"
    again = describe(priority, title="Quiet nights", aim="Sleep", seen=find_seen(answer))
    assert two.post(address, again).status_code == 302
    priority.refresh_from_db()
    assert (priority.title, priority.aim) == ("Quiet nights", "Sleep")


def test_box_that_only_the_other_one_changed_is_not_put_back_unseen(
    full: FullPlan, one: Client, two: Client, priority: Priority
) -> None:
    address = at(full, "change_plan_record", kind="priorities", record_id=priority.pk)
    seen = [find_seen(client.get(address)) for client in (one, two)]
    old = describe(priority)
    one.post(address, {**old, "themes": "Night\nDay", "seen": seen[0]})
    page = read(two.post(address, {**old, "aim": "Sleep", "seen": seen[1]}))
    assert "<strong>Theirs:</strong> Night; Day<br>" in page
    priority.refresh_from_db()
    assert priority.themes == ["Night", "Day"]


def test_text_typed_into_a_record_that_was_removed_meanwhile_is_given_back(
    full: FullPlan, one: Client, two: Client
) -> None:
    actions.add_record(plan=full.plan, kind=Risk, fields={"text": "Fog", "likelihood": 1, "impact": 1}, by=None)
    risk = Risk.objects.get(text="Fog")
    address = at(full, "change_plan_record", kind="risks", record_id=risk.pk)
    told = {"text": "Fog on the river", "likelihood": "2", "impact": "3", "seen": find_seen(two.get(address))}
    one.post(at(full, "remove_plan_record", kind="risks", record_id=risk.pk))
    answer = two.post(address, told)
    assert answer.status_code == 200
    assert f"{full.world.people[Role.COORDINATOR].name} removed this risk on" in read(answer)
    assert "Fog on the river" in read(answer)
    anew = re.search(r'<form method="post" action="([^"]+)"', answer.content.decode())
    assert anew
    assert two.post(anew[1], told).status_code == 302
    assert Risk.objects.filter(text="Fog on the river").exists()
    assert two.get(address).status_code == 404


@pytest.mark.parametrize(
    ("name", "more", "sent"),
    [
        ("change_target", {}, {"text": "Fewer than 400 nights", "reason": "Agreed in May"}),
        ("change_target_typed", {"kind": "threshold"}, {"value": "400", "reason": "Agreed in May"}),
        ("rebase_target", {}, {"reason": "Agreed in May", "base": "400"}),
        (
            "discontinue_indicator",
            {},
            {"reason": "Agreed in May; 400", "on-day": "3", "on-month": "5", "on-year": "2027"},
        ),
        ("settle_target", {}, {"choice": "own", "reason": "Agreed in May, 400"}),
    ],
)
def test_what_was_typed_about_an_indicator_that_was_removed_is_given_back(
    full: FullPlan, two: Client, name: str, more: dict[str, str], sent: dict[str, str]
) -> None:
    indicator = Indicator.objects.filter(plan=full.plan).first()
    assert indicator is not None
    address = at(full, name, indicator_id=indicator.pk, **more)
    actions.remove_record(record=indicator, by=full.world.people[Role.COORDINATOR])
    answer = two.post(address, {**sent, "seen": "target:0", "csrfmiddlewaretoken": "secret"})
    assert answer.status_code == 422
    page = read(answer)
    assert f"{full.world.people[Role.COORDINATOR].name} removed this indicator on" in page
    assert "Agreed in May" in page
    assert "400" in page
    assert "3 5 2027" in page or name != "discontinue_indicator"
    assert "secret" not in page
    assert two.get(address).status_code == 404
    assert full.world.sign_in(Role.READER).post(address, sent).status_code == 403


def test_progress_of_an_action_that_was_removed_is_given_back(full: FullPlan, two: Client) -> None:
    action = Action.objects.filter(plan=full.plan).first()
    assert action is not None
    address = at(full, "update_action", action_id=action.pk)
    actions.remove_record(record=action, by=full.world.people[Role.COORDINATOR])
    answer = two.post(address, {"state": "begun", "progress": "Three firms asked\nTwo answered"})
    assert answer.status_code == 422
    assert "Three firms asked<br>Two answered" in read(answer)


def test_same_change_by_both_is_no_conflict(full: FullPlan, one: Client, two: Client, priority: Priority) -> None:
    address = at(full, "change_plan_record", kind="priorities", record_id=priority.pk)
    seen = [find_seen(client.get(address)) for client in (one, two)]
    told = describe(priority, title="Safer nights")
    assert [two.post(address, {**told, "seen": token}).status_code for token in seen] == [302, 302]


def test_alone_nobody_is_asked_twice(full: FullPlan, one: Client, priority: Priority) -> None:
    address = at(full, "change_plan_record", kind="priorities", record_id=priority.pk)
    for title in ("Safer nights", "Quiet nights"):
        seen = find_seen(one.get(address))
        assert one.post(address, describe(priority, title=title, seen=seen)).status_code == 302


def test_plans_own_text(full: FullPlan, one: Client, two: Client) -> None:
    address, plan = at(full, "change_plan"), full.plan
    days = {f"{name}-{part}": str(getattr(getattr(plan, name), part))
            for name in ("starts_on", "ends_on") for part in ("day", "month", "year")}  # fmt: skip
    told = {
        "title": plan.title,
        "vision": plan.vision,
        "drivers": "\n".join(plan.drivers),
        "themes": plan.themes,
        **days,
    }
    seen = [find_seen(client.get(address)) for client in (one, two)]
    assert one.post(address, {**told, "ends_on-year": str(plan.ends_on.year + 1), "seen": seen[0]}).status_code == 302
    page = read(two.post(address, {**told, "vision": "Sleep", "seen": seen[1]}))
    assert f"<strong>Theirs:</strong> {plan.ends_on.day} March {plan.ends_on.year + 1}<br>" in page
    assert Plan.objects.get(pk=plan.pk).vision == plan.vision


def test_target_that_somebody_else_set_meanwhile_is_shown(full: FullPlan, one: Client, two: Client) -> None:
    indicator = Indicator.objects.filter(plan=full.plan, targets__isnull=False).order_by("ref")[0]
    address = at(full, "change_target", indicator_id=indicator.pk)
    count = Target.objects.filter(indicator=indicator).count()
    seen = [find_seen(client.get(address)) for client in (one, two)]
    told = {"text": "at least 85%", "reason": "Asked for", "valid_from-day": "1", "valid_from-month": "4"}
    assert one.post(address, {**told, "valid_from-year": "2028", "seen": seen[0]}).status_code == 302
    late = {**told, "text": "at least 90%", "valid_from-month": "10", "valid_from-year": "2028", "seen": seen[1]}
    answer = two.post(address, late)
    assert "at least 85%, from 1 April 2028" in read(answer)
    assert Target.objects.filter(indicator=indicator).count() == count + 1
    looked = two.post(address, {**late, "read": "yes"})
    assert find_seen(looked) == seen[1]
    assert two.post(address, {**late, "seen": find_seen(answer)}).status_code == 302
    newest = Target.objects.filter(indicator=indicator).order_by("number").last()
    assert newest is not None
    assert newest.valid_from == date(2028, 10, 1)
