"""Overdue actions are told by e-mail: to whose they are and to the coordinator, in counts, once and then weekly."""

from datetime import timedelta
from typing import Any

import pytest

from support.web.objects_meetings import attend, make_group, make_meeting, send_agenda
from support.web.world import TODAY, World, make_world
from wardmote.web.foundation.models import Message
from wardmote.web.foundation.rounds import list_steps
from wardmote.web.foundation.writes import writing
from wardmote.web.governance.meetings import actions
from wardmote.web.governance.meetings.rounds import remind_partnership
from wardmote.web.governance.meetings.states import ActionState
from wardmote.web.partnerships.states import Role

pytestmark = pytest.mark.django_db


def take_away(world: World, days: int, **fields: Any) -> Any:
    """An action that falls due so many days from today."""
    meeting = make_meeting(world, make_group(world, name=f"Group {days}"), TODAY - timedelta(days=40))
    send_agenda(world, meeting)
    attend(world, meeting, world.police)
    told = {"text": "Ask Ada about the alley", "owner": world.police, "due_on": TODAY + timedelta(days=days), **fields}
    return actions.add_action(meeting=meeting, fields=told, by=world.people[Role.COORDINATOR])


def read_sent() -> dict[str, Any]:
    return {one.to: one.facts for one in Message.objects.filter(template="meeting_actions_late")}


def test_overdue_actions_are_told_in_counts_to_whose_they_are() -> None:
    world = make_world()
    late = take_away(world, -3)
    take_away(world, -1, owner=None, person=world.people[Role.LEAD])
    take_away(world, 0)
    assert remind_partnership(world.partnership, TODAY) == 3
    sent = read_sent()
    assert {to: facts["count"] for to, facts in sent.items()} == {
        world.people[Role.COORDINATOR].email: 2, world.people[Role.CONTRIBUTOR].email: 1,
        world.people[Role.LEAD].email: 1,
    }  # fmt: skip
    facts = sent[world.people[Role.COORDINATOR].email]
    assert (facts["link"], facts["public"]) == ("/p/ashmere/governance/meetings/actions/", 1)
    assert "Ada" not in str(sent)
    assert remind_partnership(world.partnership, TODAY) == 0
    assert remind_partnership(world.partnership, TODAY + timedelta(days=1)) == 2  # the third is overdue by now
    assert remind_partnership(world.partnership, TODAY + timedelta(days=7)) == 1  # the lead's week is over
    actions.update_action(action=late, state=ActionState.DONE, text="Done", by=None)
    assert remind_partnership(world.partnership, TODAY + timedelta(days=30)) == 3


def test_nobody_is_told_who_wants_no_digest_or_where_nothing_is_overdue() -> None:
    world = make_world()
    take_away(world, 5)
    assert remind_partnership(world.partnership, TODAY) == 0
    with writing(by=None, verb="test.silenced"):
        for person in world.people.values():
            person.wants_digest = False
            person.save()
    assert remind_partnership(world.partnership, TODAY + timedelta(days=9)) == 0
    assert "remind of actions from meetings" in {step.name for step in list_steps()}
