"""A meeting from plan to agreed minutes: its states, its agenda, actions that come back."""

from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest

from support.web.objects_meetings import attend, make_group, make_meeting, make_pdf, send_agenda
from support.web.world import TODAY, World, make_world
from wardmote.web.foundation.clock import read_today
from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.governance.meetings import actions
from wardmote.web.governance.meetings.actions.meetings import list_days
from wardmote.web.governance.meetings.models import AgendaItem, Meeting, MeetingAction
from wardmote.web.governance.meetings.queries import list_carried_over
from wardmote.web.governance.meetings.states import NEXT_STATES, ActionState, Cadence, MeetingState
from wardmote.web.partnerships.states import Role

pytestmark = pytest.mark.django_db
PAST = TODAY - timedelta(days=120)


@pytest.fixture
def world() -> World:
    return make_world()


def by(world: World) -> Any:
    return world.people[Role.COORDINATOR]


def list_titles(meeting: Meeting) -> list[str]:
    return [f"{item.number} {item.title}" for item in meeting.items.order_by("number")]


def hold(world: World, meeting: Meeting) -> Meeting:
    send_agenda(world, meeting)
    attend(world, meeting, world.police, world.council)
    return actions.move_meeting(meeting=meeting, to=MeetingState.HELD, by=by(world))


def test_standing_items_come_by_themselves_and_join_planned_meetings(world: World) -> None:
    group = make_group(world)
    planned, out = make_meeting(world, group, date(2030, 1, 8)), make_meeting(world, group, date(2030, 4, 9))
    send_agenda(world, out)
    actions.change_group(group=group, fields={"standing_items": ["Minutes", "Performance", "Risks"]}, by=by(world))
    assert list_titles(planned) == ["1 Minutes", "2 Performance", "3 Risks"]
    assert list_titles(out) == ["1 Minutes", "2 Performance"]


@pytest.mark.parametrize(
    ("cadence", "days"),
    [(Cadence.MONTHLY, [0, 28, 56]), (Cadence.QUARTERLY, [0, 91, 182]), (Cadence.AS_NEEDED, [0])],
)
def test_series_keeps_the_day_of_the_week(cadence: Cadence, days: list[int]) -> None:
    first = date(2026, 12, 2)
    found = list_days(first, cadence, 3)
    assert [(day - first).days for day in found] == days
    assert {day.weekday() for day in found} == {first.weekday()}


def test_items_are_placed_and_removed_without_gaps(world: World) -> None:
    meeting = make_meeting(world, make_group(world))
    item = actions.add_item(meeting=meeting, fields={"title": "Lights"}, by=by(world))
    actions.change_item(item=item, fields={"title": "Alley lights", "number": 1}, by=by(world))
    assert list_titles(meeting) == ["1 Alley lights", "2 Minutes", "3 Performance"]
    actions.remove_item(item=meeting.items.get(number=2), by=by(world))
    assert list_titles(meeting) == ["1 Alley lights", "2 Performance"]
    actions.attach_paper(meeting=meeting, title="", item=item, upload=make_pdf(), by=by(world))
    item.refresh_from_db()
    with pytest.raises(RefusedError, match="It stays"):
        actions.remove_item(item=item, by=by(world))


def test_meeting_moves_as_its_state_allows(world: World) -> None:
    """From each state to each: what is not in the table is refused, and what is in it goes."""
    group, tried = make_group(world), set()
    for state, to in product(MeetingState, MeetingState):
        meeting = reach(world, make_meeting(world, group, PAST), state)
        if to in NEXT_STATES[state]:
            assert take(world, meeting, to).state == to
        else:
            with pytest.raises(RefusedError, match="cannot become"):
                take(world, meeting, to)
        tried.add((state, to))
    assert len(tried) == len(MeetingState) ** 2


def take(world: World, meeting: Meeting, to: MeetingState) -> Meeting:
    if to == MeetingState.HELD and meeting.state == MeetingState.AGENDA_OUT:
        attend(world, meeting, world.police)
    return actions.move_meeting(meeting=meeting, to=to, by=by(world), reason="Snow")


def reach(world: World, meeting: Meeting, state: MeetingState) -> Meeting:
    """A planned meeting taken to a state by the shortest way."""
    way = [MeetingState.AGENDA_OUT, MeetingState.HELD, MeetingState.AGREED]
    steps = way[: way.index(state) + 1] if state in way else [state] if state != MeetingState.PLANNED else []
    for step in steps:
        take(world, meeting, step)
    return meeting


def test_moves_wait_for_what_they_need(world: World) -> None:
    empty = make_meeting(world, make_group(world, name="Bare", standing_items=[]))
    with pytest.raises(RefusedError, match="no items"):
        send_agenda(world, empty)
    ahead = make_meeting(world, make_group(world), date(2030, 1, 8))
    send_agenda(world, ahead)
    with pytest.raises(RefusedError, match="not come yet"):
        actions.move_meeting(meeting=ahead, to=MeetingState.HELD, by=by(world))
    with pytest.raises(RefusedError, match="Say why"):
        actions.move_meeting(meeting=ahead, to=MeetingState.CANCELLED, by=by(world))
    past = make_meeting(world, make_group(world, name="Another"), PAST)
    send_agenda(world, past)
    with pytest.raises(RefusedError, match="attended first"):
        actions.move_meeting(meeting=past, to=MeetingState.HELD, by=by(world))


def test_agreed_minutes_keep_their_quorum_and_close(world: World) -> None:
    group = make_group(world)
    actions.set_quorum(group=group, valid_from=PAST, least_count=2, bodies=[], source="", by=by(world))
    meeting = hold(world, make_meeting(world, group, PAST))
    item = meeting.items.first()
    actions.write_minute(item=item, minute="Agreed.", by=by(world))
    actions.move_meeting(meeting=meeting, to=MeetingState.AGREED, by=by(world))
    assert meeting.is_quorate is True
    assert meeting.quorum_said.startswith("Quorate: 2")
    fresh = AgendaItem.objects.select_related("meeting__group").get(pk=item.pk)
    with pytest.raises(RefusedError, match="closed"):
        actions.write_minute(item=fresh, minute="Not at all.", by=by(world))
    with pytest.raises(RefusedError, match="closed"):
        actions.change_meeting(meeting=meeting, fields={"place": "Elsewhere"}, by=by(world))
    assert actions.change_meeting(meeting=meeting, fields={"is_open": True}, by=by(world)).is_open


def test_actions_come_back_until_they_are_done(world: World) -> None:
    group = make_group(world)
    first, second, third = (
        make_meeting(world, group, PAST + timedelta(days=days)) for days in (0, 30, 60)
    )  # fmt: skip
    hold(world, first)
    told = {"text": "Price the lights", "owner": world.police, "due_on": PAST + timedelta(days=20)}
    action = actions.add_action(meeting=first, fields=told, by=by(world))
    with pytest.raises(RefusedError, match="which body or who"):
        actions.add_action(meeting=first, fields={"text": "x", "due_on": PAST}, by=by(world))
    assert [list(list_carried_over(one, with_confidential=True)) for one in (first, second, third)] == [
        [], [action], [action]
    ]  # fmt: skip
    actions.update_action(action=action, state=ActionState.OPEN, text="Asked three firms", by=by(world))
    actions.update_action(action=action, state=ActionState.DONE, text="", by=by(world))
    MeetingAction.objects.get(pk=action.pk, state="done", closed_on=read_today())
    future = make_meeting(world, group, read_today() + timedelta(days=30))
    assert list(list_carried_over(future, with_confidential=True)) == []
    assert [said["text"] for said in action.updates] == ["Asked three firms", ""]


def test_decisions_are_numbered_through_the_year_of_the_partnership(world: World) -> None:
    labels = []
    for name, day in (("A", date(2026, 1, 9)), ("B", date(2026, 2, 9)), ("C", date(2025, 12, 9))):
        meeting = hold(world, make_meeting(world, make_group(world, name=name), day))
        labels.append(actions.record_decision(meeting=meeting, fields={"text": "Yes."}, by=by(world)).label)
    assert labels == ["2026/01", "2026/02", "2025/01"]


def test_exceptions_of_the_newest_quarter_are_put_once(world: World) -> None:
    meeting = make_meeting(world, make_group(world))
    item = actions.put_exceptions(meeting=meeting, by=by(world))
    again = actions.put_exceptions(meeting=meeting, by=by(world))
    assert item.pk == again.pk
    assert again.title == "Performance: exceptions of 2026/27Q2"
    assert [(line["kind"], line["ref"], line["title"]) for line in again.lines] == [
        ("No return", "2 indicators:", "P1-1, P1-2"), ("No return", "1 indicator:", "P1-3")
    ]  # fmt: skip


def test_groups_do_not_report_in_a_circle(world: World) -> None:
    top = make_group(world)
    below = make_group(world, name="Operational", reports_to=top)
    with pytest.raises(RefusedError, match="other way round"):
        actions.change_group(group=top, fields={"reports_to": below}, by=by(world))
    with pytest.raises(RefusedError, match="already"):
        make_group(world)
