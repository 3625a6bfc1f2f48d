"""Quorum counts bodies, under the names and duties that they had on the day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.web.objects_meetings import attend, make_group, make_meeting, send_agenda
from support.web.world import World, make_world
from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.foundation.writes import writing
from wardmote.web.governance.meetings import actions
from wardmote.web.governance.meetings.models import Group, Meeting
from wardmote.web.governance.meetings.quorum import count_quorum, find_quorum_rule, judge_quorum, list_responsible
from wardmote.web.partnerships.models import Agency, Organisation, Succession
from wardmote.web.partnerships.states import Role

DAY = date(2026, 10, 1)


def make_body(world: World, name: str, *, seat: str = "responsible", ended_on: date | None = None) -> Organisation:
    with writing(by=None, verb="test.body_made", partnership=world.partnership):
        body = Organisation.objects.create(name=name, kind="health", ended_on=ended_on)
        if seat:
            Agency.objects.create(partnership=world.partnership, organisation=body, standing=seat, ended_on=ended_on)
    return body


def succeed(world: World, before: Organisation, after: Organisation, on: date) -> None:
    with writing(by=None, verb="test.succeeded", partnership=world.partnership):
        Succession.objects.create(predecessor=before, successor=after, on=on)


def set_rule(group: Group, least_count: int, *bodies: Organisation, valid_from: date = date(2020, 4, 1)) -> None:
    actions.set_quorum(
        group=group, valid_from=valid_from, least_count=least_count, bodies=bodies, source="", by=None
    )  # fmt: skip


def hold_meeting(world: World, group: Group, *bodies: Organisation, presence: str = "present") -> Meeting:
    meeting = make_meeting(world, group, DAY)
    send_agenda(world, meeting)
    attend(world, meeting, *bodies, presence=presence)
    return meeting


@pytest.mark.django_db
def test_quorum_counts_responsible_authorities_and_says_so() -> None:
    world = make_world()
    group = make_group(world)
    set_rule(group, 2)
    charity = make_body(world, "A charity", seat="co_operating")
    short = judge_quorum(hold_meeting(world, group, world.police, charity))
    assert short.is_quorate is False
    assert short.said == ("Not quorate: 1 responsible authority was there where 2 must be (Ashmere Police).")
    full = judge_quorum(hold_meeting(world, group, world.police, world.council))
    assert full.is_quorate is True
    assert full.said.startswith("Quorate: 2 responsible authorities were there where 2 must be")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("presence", "is_quorate"), [("present", True), ("deputy", True), ("apologies", False), ("absent", False)]
)
def test_quorum_by_presence(presence: str, is_quorate: bool) -> None:
    world = make_world()
    group = make_group(world)
    set_rule(group, 1)
    assert judge_quorum(hold_meeting(world, group, world.police, presence=presence)).is_quorate is is_quorate


@pytest.mark.django_db
def test_quorum_cannot_be_told_without_rule_or_attendance() -> None:
    world = make_world()
    group = make_group(world)
    meeting = make_meeting(world, group, DAY)
    assert judge_quorum(meeting).is_quorate is None
    set_rule(group, 1)
    judged = judge_quorum(meeting)
    assert (judged.is_quorate, judged.said) == (
        None, "Quorum: 1 responsible authority. Who attended is not recorded yet."
    )  # fmt: skip


@pytest.mark.django_db
def test_successor_sits_where_its_predecessor_is_named() -> None:
    """A clinical commissioning group of the rule is there when the integrated care board that took over is."""
    world = make_world()
    group = make_group(world)
    group_of_old = make_body(world, "Ashmere CCG", ended_on=date(2022, 6, 30))
    board = make_body(world, "Ashmere Integrated Care Board")
    succeed(world, group_of_old, board, date(2022, 7, 1))
    set_rule(group, 1, group_of_old)
    missing = judge_quorum(hold_meeting(world, group, world.police))
    assert missing.is_quorate is False
    assert "Had to be there and was not: Ashmere CCG (now Ashmere Integrated Care Board)." in missing.said
    assert judge_quorum(hold_meeting(world, group, board)).is_quorate is True


@pytest.mark.django_db
def test_merged_bodies_count_once() -> None:
    """Two probation companies whose work one service does now are one body in the room."""
    world = make_world()
    one, two, service = (make_body(world, name) for name in ("Company one", "Company two", "Probation Service"))
    for body in (one, two):
        succeed(world, body, service, date(2021, 6, 26))
    group = make_group(world)
    set_rule(group, 2)
    judged = judge_quorum(hold_meeting(world, group, one, two))
    assert (judged.is_quorate, [body.name for body in judged.counted]) == (False, ["Probation Service"])
    assert [body.name for body in list_responsible(world.partnership, date(2021, 6, 25))] == [
        "Ashmere Council", "Ashmere Police", "Company one", "Company two", "Probation Service"
    ]  # fmt: skip


@pytest.mark.django_db
def test_rule_holds_from_its_day_until_the_next() -> None:
    world = make_world()
    group = make_group(world)
    set_rule(group, 2)
    set_rule(group, 3, valid_from=DAY)
    rules = [find_quorum_rule(group, DAY + timedelta(days=days)) for days in (-1, 0)]
    assert [rule and rule.least_count for rule in rules] == [2, 3]
    with pytest.raises(RefusedError, match="already"):
        set_rule(group, 4, valid_from=DAY)


@pytest.mark.django_db
def test_decision_without_a_quorum_must_say_so() -> None:
    world = make_world()
    group = make_group(world)
    set_rule(group, 2)
    meeting = make_meeting(world, group, DAY)
    by = world.people[Role.COORDINATOR]
    send_agenda(world, meeting)
    with pytest.raises(RefusedError, match="who attended first"):
        actions.record_decision(meeting=meeting, fields={"text": "Yes."}, by=by)
    attend(world, meeting, world.police)
    with pytest.raises(RefusedError, match="Not quorate"):
        actions.record_decision(meeting=meeting, fields={"text": "Yes."}, by=by)
    said = {"text": "Yes.", "inquorate_note": "To be confirmed in January."}
    decision = actions.record_decision(meeting=meeting, fields=said, by=by)
    assert (decision.label, decision.is_inquorate) == ("2026/01", True)
    attend(world, meeting, world.council)
    changed = actions.change_decision(decision=decision, fields={"text": "Yes, and soon."}, by=by)
    assert (changed.label, changed.is_inquorate, changed.inquorate_note) == ("2026/01", False, "")
    with pytest.raises(RefusedError, match="do not say so"):
        attend(world, meeting, world.council, presence="apologies")
    assert judge_quorum(meeting).is_quorate is True


class Body:
    """Enough of an organisation for counting."""

    def __init__(self, pk: int) -> None:
        self.pk, self.name = pk, f"Body {pk}"


BODIES = [Body(number) for number in range(6)]


@given(
    sitting=st.lists(st.sampled_from(BODIES)), responsible=st.sets(st.sampled_from(BODIES)),
    named=st.sets(st.sampled_from(BODIES)), least=st.integers(0, 6), heir=st.sampled_from(BODIES),
)  # fmt: skip
def test_count_equals_one_made_slowly(
    sitting: list[Body], responsible: set[Body], named: set[Body], least: int, heir: Body
) -> None:
    """Body 0's work is done by `heir`; the slow count asks of each authority whether anybody sat in its place."""

    def resolve(body: Body) -> list[Body]:
        return [heir] if body.pk == 0 else [body]

    judged = count_quorum(
        least_count=least, named=list(named), sitting=sitting, responsible=list(responsible), resolve=resolve  # type: ignore[arg-type]
    )  # fmt: skip
    there = [body for body in responsible if any(heard is body for one in sitting for heard in resolve(one))]
    absent = [body for body in named if not any(a is b for one in sitting for a in resolve(one) for b in resolve(body))]
    assert {body.pk for body in judged.counted} == {body.pk for body in there}
    assert judged.is_quorate is (len(there) >= least and not absent)
    assert len(judged.missing) == len(absent)
