"""Recommendations: the clock, answers in versions, reminders, and who may do what."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from support.web.world import World, make_world
from wardmote.web.foundation.clock import read_today
from wardmote.web.foundation.models import Message
from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.foundation.to_do import list_things_to_do
from wardmote.web.governance.scrutiny import actions
from wardmote.web.governance.scrutiny.answer_time import USUAL_SOURCE, find_due, find_given, say_timing
from wardmote.web.governance.scrutiny.models import Answer, Recommendation, RecommendationReminder
from wardmote.web.governance.scrutiny.policies import find_standing, say_clock
from wardmote.web.governance.scrutiny.queries import list_recommendations
from wardmote.web.governance.scrutiny.rounds import find_stage, remind, remind_partnership
from wardmote.web.governance.scrutiny.states import Standing
from wardmote.web.partnerships.interface import Role, find_roles


@pytest.fixture
def world(db: None) -> World:
    return make_world("ashmere")


def recommend(world: World, *, days_ago: int = 10, bodies: Any = None) -> Recommendation:
    received_on = read_today() - timedelta(days=days_ago)
    fields = {"text": "Light the alley behind the market", "committee": "Safer Committee",
              "met_on": received_on - timedelta(days=2), "received_on": received_on, "source": ""}  # fmt: skip
    by = world.people[Role.COORDINATOR]
    return actions.add_recommendation(
        partnership=world.partnership, fields=fields, bodies=bodies or [world.police], by=by
    )


def answer(made: Recommendation, world: World, *, days: int, outcome: str = "accepted", **given: Any) -> Answer:
    fields = {"outcome": outcome, "text": "It will be lit", "reason": "", **given,
              "answered_on": made.received_on + timedelta(days=days)}  # fmt: skip
    body = fields.pop("body", world.police)
    return actions.answer_recommendation(recommendation=made, body=body, fields=fields, by=world.people[Role.LEAD])


def reread(made: Recommendation) -> Recommendation:
    found: Recommendation = list_recommendations(made.partnership).get(pk=made.pk)
    return found


def test_what_is_sent_twice_is_refused_by_name(world: World) -> None:
    made, by = recommend(world), world.people[Role.COORDINATOR]
    with pytest.raises(RefusedError, match="Recommendation 1 says the same"):
        recommend(world)
    answer(made, world, days=5)
    with pytest.raises(RefusedError, match="Ashmere Police has answered so already, in version 1"):
        answer(made, world, days=5)
    told = {"text": "Order lamps", "body": world.police, "due_on": read_today()}
    action = actions.add_action(recommendation=made, fields=told, by=by)
    with pytest.raises(RefusedError, match="stands with it already"):
        actions.add_action(recommendation=made, fields=told, by=by)
    with pytest.raises(RefusedError, match="before the committee met"):
        actions.finish_action(action=action, done_on=date(1990, 1, 1), note="", by=by)


# ---- the clock ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("received_on", "due_on"),
    [
        (date(2028, 2, 10), date(2028, 3, 9)),  # a leap day lies between
        (date(2027, 2, 10), date(2027, 3, 10)),
        (date(2026, 3, 15), date(2026, 4, 12)),  # summer time begins on 29 March
        (date(2026, 10, 10), date(2026, 11, 7)),  # and ends on 25 October
        (date(2026, 12, 20), date(2027, 1, 17)),
    ],
)
def test_due_day_is_twenty_eight_calendar_days_later(received_on: date, due_on: date) -> None:
    assert find_due(received_on, 28) == due_on


@given(st.dates(date(2000, 1, 1), date(2099, 1, 1)), st.integers(1, 366))
def test_due_day_is_found_by_counting_days_one_by_one(received_on: date, days: int) -> None:
    day = received_on
    for _ in range(days):
        day = date.fromordinal(day.toordinal() + 1)
    assert find_due(received_on, days) == day


@pytest.mark.parametrize(
    ("answered", "today", "said"),
    [(41, 200, "answered on day 41, 13 days late"), (28, 200, "answered on day 28, in time"),
     (29, 200, "answered on day 29, 1 day late"), (None, 28, "day 28 of 28"), (None, 29, "day 29, 1 day overdue")],
)  # fmt: skip
def test_timing_in_words(answered: int | None, today: int, said: str) -> None:
    start = date(2026, 3, 1)
    given_on = None if answered is None else start + timedelta(days=answered)
    due_on = find_due(start, 28)
    assert say_timing(start, due_on, answered_on=given_on, today=start + timedelta(days=today)) == said


def test_time_that_was_set_holds_for_what_is_received_from_its_day(world: World) -> None:
    today = read_today()
    actions.set_answer_time(
        partnership=world.partnership, days=56, counts_from=today - timedelta(days=5),
        source="Protocol of the committee, 2026", by=None,
    )  # fmt: skip
    before, after = recommend(world, days_ago=6), recommend(world, days_ago=5)
    assert (before.days, before.days_source) == (28, USUAL_SOURCE)
    assert (after.days, after.due_on) == (56, today + timedelta(days=51))
    with pytest.raises(RefusedError, match="that day already"):
        actions.set_answer_time(
            partnership=world.partnership, days=28, counts_from=today - timedelta(days=5), source="Again", by=None
        )


def test_without_any_setting_the_regulations_hold() -> None:
    assert find_given([], date(2026, 1, 1)).days == 28


# ---- answers --------------------------------------------------------------------------------------------------------


def test_standing_goes_from_received_over_overdue_to_its_answer_past_the_28th_day(world: World) -> None:
    made = reread(recommend(world, days_ago=60))
    assert find_standing(made, made.received_on + timedelta(days=28)) == Standing.RECEIVED
    assert find_standing(made, made.received_on + timedelta(days=29)) == Standing.OVERDUE
    answer(made, world, days=41, outcome="partly", reason="There is money for one lamp")
    made = reread(made)
    assert find_standing(made, read_today()) == Standing.PARTLY
    assert say_clock(made, read_today()) == "answered on day 41, 13 days late"


def test_each_body_owes_an_answer_and_the_last_one_stops_the_clock(world: World) -> None:
    made = recommend(world, days_ago=50, bodies=[world.police, world.council])
    answer(made, world, days=20)
    assert find_standing(reread(made), read_today()) == Standing.OVERDUE
    answer(made, world, days=30, body=world.council, outcome="rejected", reason="It is not our land")
    assert find_standing(reread(made), read_today()) == Standing.PARTLY
    assert say_clock(reread(made), read_today()) == "answered on day 30, 2 days late"


def test_later_version_of_an_answer_stands_beside_the_first_and_changes_no_timing(world: World) -> None:
    made = recommend(world, days_ago=60)
    answer(made, world, days=20)
    answer(made, world, days=45, outcome="rejected", reason="The money was withdrawn in the budget")
    assert [one.number for one in made.answers.order_by("number")] == [1, 2]
    assert find_standing(reread(made), read_today()) == Standing.REJECTED
    assert say_clock(reread(made), read_today()) == "answered on day 20, in time"


@pytest.mark.parametrize(
    ("given_fields", "refused"),
    [({"outcome": "rejected", "days": 3}, "why"), ({"days": -1}, "before the recommendation"),
     ({"days": 11}, "lies ahead")],
)  # fmt: skip
def test_answer_that_cannot_be_is_refused(world: World, given_fields: dict[str, Any], refused: str) -> None:
    with pytest.raises(RefusedError, match=refused):
        answer(recommend(world, days_ago=10), world, **given_fields)


def test_answer_of_a_body_that_was_not_asked_is_refused(world: World) -> None:
    with pytest.raises(RefusedError, match="not addressed to"):
        answer(recommend(world), world, days=1, body=world.council)


def test_implemented_only_after_every_answer(world: World) -> None:
    made = recommend(world, days_ago=30)
    with pytest.raises(RefusedError, match="not been answered"):
        actions.implement_recommendation(recommendation=made, on=read_today(), note="", by=None)
    answer(made, world, days=5)
    actions.implement_recommendation(recommendation=reread(made), on=read_today(), note="Lit", by=None)
    assert find_standing(reread(made), read_today()) == Standing.IMPLEMENTED


# ---- pages ----------------------------------------------------------------------------------------------------------


def type_day(name: str, day: date) -> dict[str, str]:
    return {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)}


def test_coordinator_writes_it_down_and_the_body_answers_for_itself(world: World) -> None:
    today = read_today()
    client = world.sign_in(Role.COORDINATOR)
    typed = {
        "text": "Light the alley",
        "committee": "Safer Committee",
        "bodies": [str(world.police.pk)],
        **type_day("met_on", today - timedelta(days=9)),
        **type_day("received_on", today - timedelta(days=7)),
    }
    assert client.post(reverse("add_recommendation", args=["ashmere"]), typed).status_code == 302
    made = Recommendation.objects.get()
    assert made.due_on == today + timedelta(days=21)
    contributor, address = world.sign_in(Role.CONTRIBUTOR), reverse("answer_recommendation", args=["ashmere", made.pk])
    rejected = {"body": str(world.police.pk), "outcome": "rejected", "text": "No", **type_day("answered_on", today)}
    assert contributor.post(address, rejected).status_code == 422
    assert contributor.post(address, {**rejected, "reason": "The alley is not ours"}).status_code == 302
    page = contributor.get(reverse("recommendation", args=["ashmere", made.pk])).content.decode()
    assert "Rejected" in page
    assert "Answered on day 7, in time" in page


def test_contributor_of_another_body_cannot_answer(world: World) -> None:
    made = recommend(world, bodies=[world.council])
    address = reverse("answer_recommendation", args=["ashmere", made.pk])
    assert world.sign_in(Role.CONTRIBUTOR).get(address).status_code == 403
    assert world.sign_in(Role.SCRUTINY).get(address).status_code == 403


def test_received_before_the_meeting_is_refused_in_the_form(world: World) -> None:
    today = read_today()
    typed = {"text": "Light", "committee": "C", "bodies": [str(world.police.pk)],
             **type_day("met_on", today), **type_day("received_on", today - timedelta(days=1))}  # fmt: skip
    answered = world.sign_in(Role.COORDINATOR).post(reverse("add_recommendation", args=["ashmere"]), typed)
    assert answered.status_code == 422
    assert "before the committee met" in answered.content.decode()


def test_list_has_no_query_for_each_recommendation(world: World) -> None:
    client, address = world.sign_in(Role.READER), reverse("recommendations", args=["ashmere"])
    client.get(address)  # the first page of a sitting writes the session
    counts = []
    for made_count in (1, 5):
        for at in range(made_count):
            answer(recommend(world, days_ago=made_count * 5 + at), world, days=1)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


# ---- what waits, and reminders --------------------------------------------------------------------------------------


class Asked:
    """As much of a request as a list of things to do reads."""

    def __init__(self, world: World, role: Role) -> None:
        self.user, self.partnership = world.people[role], world.partnership
        self.roles = find_roles(self.user, world.partnership)


def list_waiting(world: World, role: Role) -> list[str]:
    return [one.title for one in list_things_to_do(Asked(world, role)) if "recommendation" in one.title]


def test_answer_waits_for_the_coordinator_and_the_body_that_owes_it(world: World) -> None:
    recommend(world, days_ago=40)
    expected = [f"Scrutiny recommendation 1 waits for the answer of {world.police.name}"]
    assert list_waiting(world, Role.COORDINATOR) == expected
    assert list_waiting(world, Role.CONTRIBUTOR) == expected
    assert list_waiting(world, Role.READER) == []
    answer(Recommendation.objects.get(), world, days=1)
    assert list_waiting(world, Role.COORDINATOR) == []


def test_overdue_action_waits_too(world: World) -> None:
    made = recommend(world, days_ago=40)
    answer(made, world, days=1)
    actions.add_action(
        recommendation=made, by=None,
        fields={"text": "Ask for a quote", "body": world.police, "due_on": read_today() - timedelta(days=1)},
    )  # fmt: skip
    assert list_waiting(world, Role.CONTRIBUTOR) == ["1 action of scrutiny recommendations overdue"]
    actions.finish_action(action=made.actions.get(), done_on=read_today(), note="", by=None)
    assert list_waiting(world, Role.CONTRIBUTOR) == []


@pytest.mark.parametrize(
    ("days", "stage"),
    [(-8, None), (-7, ("before", 0)), (-1, ("before", 0)), (0, ("due", 0)), (1, ("late", 0)), (7, ("late", 0)),
     (8, ("late", 1)), (15, ("late", 2))],
)  # fmt: skip
def test_stage_of_a_reminder(days: int, stage: tuple[str, int] | None) -> None:
    due_on = date(2026, 5, 1)
    found = find_stage(due_on, due_on + timedelta(days=days))
    assert (found and (found.name.value, found.week)) == stage


def test_reminder_goes_once_a_stage_with_counts_and_a_link_alone(world: World) -> None:
    made = recommend(world, days_ago=30)
    assert remind_partnership(world.partnership, read_today()) == 2  # the police's contributor, and the coordinator
    assert remind_partnership(world.partnership, read_today()) == 0
    assert remind_partnership(world.partnership, read_today() + timedelta(days=7)) == 2
    message = Message.objects.first()
    assert message is not None
    assert "alley" not in str(message.facts)
    assert message.facts["link"] == "/p/ashmere/governance/recommendations/"
    answer(made, world, days=1)
    assert remind_partnership(world.partnership, read_today() + timedelta(days=14)) == 0
    assert RecommendationReminder.objects.count() == 4


def test_round_says_how_many_were_reminded(world: World) -> None:
    recommend(world, days_ago=28)
    today = read_today()
    assert remind(datetime(today.year, today.month, today.day, 12, tzinfo=UTC)) == "2 reminders queued"
