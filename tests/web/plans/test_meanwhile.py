"""What is changed of the plan in force while a revision is drafted is not lost by its adoption."""

import re
from datetime import date
from typing import Any

import pytest

from support.web.world import make_world
from wardmote.web.foundation.models import AuditEntry
from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.partnerships.interface import Person, Role
from wardmote.web.plans import actions, policies
from wardmote.web.plans.differences import join_texts
from wardmote.web.plans.meanwhile import list_unsettled
from wardmote.web.plans.models import Action, Consultation, Indicator, Plan, Priority, Target
from wardmote.web.plans.queries import find_target_on, list_indicators
from wardmote.web.plans.states import ActionState, PlanState
from web.plans.full_plan import FullPlan, adopt, begin, make_full_plan, pass_gates, put_in_state

pytestmark = pytest.mark.django_db
BASE = {"kind": "baseline", "value": 100.0}
CHANGE = {"kind": "relative_change", "direction": "decrease", "percent": 5.0, "base": BASE}


@pytest.fixture
def full() -> FullPlan:
    return make_full_plan(make_world("ashmere"))


@pytest.fixture
def by(full: FullPlan) -> Person:
    return full.world.people[Role.COORDINATOR]


@pytest.fixture
def both(full: FullPlan, by: Person) -> tuple[Plan, Plan]:
    """The adopted plan and its revision, a draft."""
    adopted = adopt(full.plan, by)
    return adopted, actions.revise_plan(plan=adopted, reason="Yearly", by=by)


def get_row(plan: Plan) -> Indicator:
    return list_indicators(Plan.objects.select_related("partnership").get(pk=plan.pk))[0]


def change(plan: Plan, value: float, by: Person, day: date = date(2026, 10, 1), **more: Any) -> Target:
    return actions.change_target(
        indicator=get_row(plan), valid_from=day, by=by,
        **{"spec": {"kind": "threshold", "operator": ">=", "value": value}, "text": f"at least {value:g}%",
           "reason": f"because {value:g}", "set_by": "The board"} | more,
    )  # fmt: skip


def list_history(plan: Plan) -> list[tuple[Any, ...]]:
    rows = Target.objects.filter(plan=plan).order_by("number")
    return [
        (row.text, row.valid_from, row.valid_to, row.reason, row.set_by, row.set_at, row.set_by_person,
         row.withdrawn_at) for row in rows
    ]  # fmt: skip


def say_held(plan: Plan) -> str:
    held = find_target_on(get_row(plan), None)
    assert held is not None
    return held.text


@pytest.mark.parametrize("is_correction", [False, True])
def test_change_in_the_plan_in_force_is_in_the_draft_with_its_history(
    both: tuple[Plan, Plan], by: Person, is_correction: bool
) -> None:
    adopted, revision = both
    change(adopted, 70, by, date(2026, 4, 1) if is_correction else date(2026, 10, 1), as_correction=is_correction)
    assert list_history(revision) == list_history(adopted)
    assert len(list_history(revision)) == 2
    after = adopt(revision, by)
    assert say_held(after) == "at least 70%"


def test_indicator_of_the_superseded_version_leads_to_that_in_force(
    both: tuple[Plan, Plan], full: FullPlan, by: Person
) -> None:
    adopted, revision = both
    adopt(revision, by)
    old, new = get_row(adopted), get_row(revision)
    page = full.world.sign_in(Role.LEAD).get(f"/p/ashmere/plans/{adopted.pk}/indicators/{old.pk}/").content.decode()
    assert f"/p/ashmere/plans/{revision.pk}/indicators/{new.pk}/" in page
    assert "was superseded on" in page


def test_change_while_the_draft_is_before_its_gates_is_carried_too(both: tuple[Plan, Plan], by: Person) -> None:
    adopted, revision = both
    put_in_state(revision, PlanState.APPROVAL)
    change(adopted, 70, by)
    pass_gates(revision, by)
    assert say_held(actions.adopt_plan(plan=Plan.objects.get(pk=revision.pk), by=by)) == "at least 70%"


def test_row_that_both_changed_holds_up_the_revision_until_it_is_settled(
    both: tuple[Plan, Plan], full: FullPlan, by: Person
) -> None:
    adopted, revision = both
    change(revision, 90, by)
    assert list_unsettled(revision) == []
    change(adopted, 70, by)
    assert say_held(revision) == "at least 90%"
    put_in_state(revision, PlanState.CONSULTATION)
    actions.add_record(
        plan=revision, kind=Consultation, fields={"starts_on": date(2026, 1, 1), "audience": "All"}, by=by
    )
    for to in (PlanState.APPROVAL, PlanState.ADOPTED):
        refusal = policies.explain_refusal(revision, to)
        assert ("here “at least 90%”, in force “at least 70%”" in refusal) == (to == PlanState.APPROVAL)
    begin(revision, date(2025, 12, 1))
    put_in_state(revision, PlanState.APPROVAL)
    pass_gates(revision, by)
    with pytest.raises(RefusedError, match="Choose for each: P1-1 "):
        actions.adopt_plan(plan=Plan.objects.get(pk=revision.pk), by=by)
    assert Plan.objects.get(pk=adopted.pk).state == PlanState.ADOPTED


def test_taking_the_change_over_withdraws_the_drafts_own(both: tuple[Plan, Plan], by: Person) -> None:
    adopted, revision = both
    change(revision, 90, by)
    change(adopted, 70, by)
    actions.settle_target(indicator=get_row(revision), keeps_own=False, by=by)
    texts = [(row[0], row[-1] is not None) for row in list_history(revision)]
    assert texts == [("at least 80%", False), ("at least 90%", True), ("at least 70%", False)]
    taken = list_history(revision)[-1]
    assert taken[:7] == list_history(adopted)[-1][:7]
    assert say_held(revision) == "at least 70%"
    change(adopted, 75, by, date(2027, 1, 1))
    assert say_held(revision) == "at least 75%"


def test_keeping_the_drafts_own_needs_a_reason_and_keeps_the_other_to_be_seen(
    both: tuple[Plan, Plan], by: Person
) -> None:
    adopted, revision = both
    change(revision, 90, by)
    change(adopted, 70, by)
    with pytest.raises(RefusedError, match="Say why"):
        actions.settle_target(indicator=get_row(revision), keeps_own=True, by=by)
    actions.settle_target(indicator=get_row(revision), keeps_own=True, reason="Council wants 90", by=by)
    kept = list_history(revision)[-1]
    assert kept[0] == "at least 70%"
    assert kept[3] == "because 70 – Not taken into version 2: Council wants 90"
    assert kept[-1] is not None
    assert say_held(revision) == "at least 90%"
    assert list_unsettled(revision) == []
    assert AuditEntry.objects.filter(verb="plans.target_change_left").count() == 1
    change(adopted, 60, by, date(2027, 1, 1))
    assert [one.row.ref for one in list_unsettled(revision)] == ["P1-1"]


def test_choice_is_made_on_a_page(both: tuple[Plan, Plan], full: FullPlan, by: Person) -> None:
    adopted, revision = both
    change(revision, 90, by)
    change(adopted, 70, by)
    client = full.world.sign_in(Role.COORDINATOR)
    page = client.get(f"/p/ashmere/plans/{revision.pk}/approval/").content.decode()
    address = f"/p/ashmere/plans/{revision.pk}/indicators/{get_row(revision).pk}/target/settle/"
    assert address in page
    assert "Targets changed in the plan in force meanwhile" in page
    assert "Say why the target of the plan in force" in client.post(address, {"choice": "own"}).content.decode()
    assert client.post(address, {"choice": "own", "reason": "Council wants 90"}).status_code == 302
    assert client.get(address).status_code == 302
    assert address not in client.get(f"/p/ashmere/plans/{revision.pk}/approval/").content.decode()


def test_target_that_moves_while_the_choice_is_open_is_shown_before_it_is_taken(
    both: tuple[Plan, Plan], full: FullPlan, by: Person
) -> None:
    adopted, revision = both
    change(revision, 90, by)
    change(adopted, 70, by)
    client = full.world.sign_in(Role.COORDINATOR)
    address = f"/p/ashmere/plans/{revision.pk}/indicators/{get_row(revision).pk}/target/settle/"
    seen = re.search(r'name="seen" value="([^"]+)"', client.get(address).content.decode())
    assert seen
    change(adopted, 50, by, date(2026, 11, 1))
    page = client.post(address, {"choice": "in_force", "seen": seen[1]})
    assert page.status_code == 200
    assert "Somebody else changed this while you were writing" in page.content.decode()
    assert "at least 50%, from 1 November 2026" in page.content.decode()
    assert [one.row.ref for one in list_unsettled(revision)] == ["P1-1"]


def test_moving_the_base_says_where_the_change_went(both: tuple[Plan, Plan], full: FullPlan, by: Person) -> None:
    adopted, revision = both
    change(adopted, 1, by, spec=CHANGE, text="5% fewer")
    client = full.world.sign_in(Role.COORDINATOR)
    address = f"/p/ashmere/plans/{adopted.pk}/indicators/{get_row(adopted).pk}/target/base/"
    told = {"new_base": "800", "valid_from-day": "1", "valid_from-month": "12", "valid_from-year": "2026",
            "set_by": "The board", "reason": "a count was wrong"}  # fmt: skip
    page = client.post(address, told, follow=True).content.decode()
    assert "Version 2, which is being drafted, has it too" in page
    assert list_history(revision) == list_history(adopted)


def test_owner_ending_and_progress_reach_the_draft(both: tuple[Plan, Plan], full: FullPlan, by: Person) -> None:
    adopted, revision = both
    lead = full.world.people[Role.CHAIR]
    actions.change_record(record=Priority.objects.get(plan=adopted), fields={"lead": lead}, by=by)
    actions.change_record(record=get_row(adopted), fields={"owner": full.world.council}, by=by)
    action = Action.objects.select_related("plan").get(plan=adopted)
    actions.update_action(action=action, state=ActionState.DONE, progress="Fitted", by=by)
    actions.discontinue_indicator(indicator=get_row(adopted), on=date(2026, 12, 1), reason="No survey", by=by)
    row = get_row(revision)
    assert (row.owner, row.discontinued_on) == (full.world.council, date(2026, 12, 1))
    assert row.details["discontinued_because"] == "No survey"
    assert Priority.objects.get(plan=revision).lead == lead
    copied = Action.objects.get(plan=revision)
    assert (copied.state, copied.progress, len(copied.updates)) == ("done", "Fitted", 1)


def test_owner_that_the_draft_chose_itself_stays(both: tuple[Plan, Plan], full: FullPlan, by: Person) -> None:
    adopted, revision = both
    actions.change_record(record=get_row(revision), fields={"owner": None}, by=by)
    actions.change_record(record=get_row(adopted), fields={"owner": full.world.council}, by=by)
    assert get_row(revision).owner is None


def test_gate_that_waits_was_recorded_by_nobody(full: FullPlan) -> None:
    page = full.world.sign_in(Role.COORDINATOR).get(f"/p/ashmere/plans/{full.plan.pk}/approval/").content.decode()
    assert "No decision recorded yet" in page
    assert "recorded by" not in page


def test_sentences_in_a_row_are_not_parted_by_a_semicolon() -> None:
    assert join_texts(["It rose for two years.", "The town grew", "", "More cars"]) == (
        "It rose for two years. The town grew; More cars"
    )


def test_moving_a_base_that_goes_with_the_seasons_is_warned_of(full: FullPlan, by: Person) -> None:
    adopted = adopt(full.plan, by)
    client = full.world.sign_in(Role.COORDINATOR)
    for kind, is_warned in (("same_period_last_year", True), ("baseline", False)):
        change(adopted, 1, by, date(2027, 1 + is_warned, 1), text=kind, spec=CHANGE | {"base": BASE | {"kind": kind}})
        address = f"/p/ashmere/plans/{adopted.pk}/indicators/{get_row(adopted).pk}/target/base/"
        page = client.get(address).content.decode()
        assert ("one fixed figure for every season" in page) == is_warned
        change(adopted, 50, by, date(2027, 1 + is_warned, 1), as_correction=True)
