"""Every page of a plan: who may open it, what is foreign, and that it can be drawn."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from support.web.plan_files import keep_structure
from support.web.world import World, make_world
from wardmote.evidence.targets.plan import Plan as CorePlan
from wardmote.evidence.targets.plan_file import Consultation, Gate, PlanFile
from wardmote.web.partnerships.interface import Role
from wardmote.web.plans.models import Plan
from wardmote.web.plans.states import PlanState
from wardmote.web.plans.urls import partnership_urls
from web.plans.full_plan import FullPlan, make_full_plan, put_in_state

pytestmark = pytest.mark.django_db

EVERYBODY = frozenset(Role)
WRITERS = frozenset({Role.COORDINATOR, Role.ANALYST})
SEE_DRAFTS = WRITERS | {Role.ADMINISTRATOR, Role.LEAD, Role.CHAIR, Role.EXECUTIVE}
#: Who opens which page of a plan that is out to consultation.
PAGES: dict[str, frozenset[Role]] = {
    "plans": EVERYBODY, "plan": EVERYBODY, "plan_changes": EVERYBODY, "plan_approval": EVERYBODY,
    "plan_actions": EVERYBODY, "four_ps": EVERYBODY, "plan_risks": EVERYBODY, "cross_walk": EVERYBODY,
    "plan_indicator": EVERYBODY,
    "link_past": frozenset({Role.COORDINATOR}),
    "make_plan": WRITERS, "change_plan": WRITERS, "add_plan_record": WRITERS, "change_plan_record": WRITERS,
    "change_target": WRITERS, "change_target_typed": WRITERS, "rebase_target": WRITERS,
    "set_gates": frozenset({Role.COORDINATOR}), "move_plan": frozenset({Role.COORDINATOR}),
    "discontinue_indicator": frozenset({Role.COORDINATOR}), "revise_plan": frozenset({Role.COORDINATOR}),
    "record_gate": frozenset({Role.COORDINATOR, Role.CHAIR}),
    "update_action": frozenset({Role.COORDINATOR, Role.LEAD, Role.CONTRIBUTOR}),
}  # fmt: skip
#: Pages that send the person on where the state does not allow them; asked apart.
SENT_ON = {
    "settle_target": WRITERS,
    "adopt_plan": {Role.COORDINATOR, Role.CHAIR},
    "remove_plan_record": WRITERS,
    "read_target_words": WRITERS,
}
#: Asked beside the link that it ends.
APART = ["unlink_past"]


def list_names() -> list[str]:
    return [pattern.name for pattern in partnership_urls if pattern.name]  # type: ignore[union-attr]


def find_address(full: FullPlan, name: str, **other: Any) -> str:
    keys = {"slug": full.world.partnership.slug, "link_id": uuid4(), **full.list_keys(), **other}
    if name == "change_target_typed":
        keys["kind"] = "threshold"
    pattern = next(pattern for pattern in partnership_urls if pattern.name == name)  # type: ignore[union-attr]
    wanted = {"slug", *pattern.pattern.converters}  # type: ignore[union-attr]
    return reverse(name, kwargs={key: held for key, held in keys.items() if key in wanted})


@pytest.fixture
def full() -> FullPlan:
    full = make_full_plan(make_world("ashmere"))
    put_in_state(full.plan, PlanState.CONSULTATION)
    return full


def test_truth_table_names_every_page() -> None:
    assert sorted([*PAGES, *SENT_ON, *APART]) == sorted(list_names())


@pytest.mark.parametrize("role", Role)
def test_pages_open_to_who_may(full: FullPlan, role: Role) -> None:
    client = full.world.sign_in(role)
    answers = {name: client.get(find_address(full, name)).status_code for name in PAGES}
    assert answers == {name: 200 if role in may else 403 for name, may in PAGES.items()}
    sent = {name: client.get(find_address(full, name)).status_code for name in SENT_ON}
    assert sent == {name: 302 if role in may else 403 for name, may in SENT_ON.items()}


def test_linking_says_where_there_is_nothing_to_link(full: FullPlan) -> None:
    put_in_state(full.world.plan, PlanState.WITHDRAWN)
    page = full.world.sign_in(Role.COORDINATOR).get(find_address(full, "link_past")).content.decode()
    assert "There is no earlier plan whose values could be used" in page
    assert "<form method" not in page.split("<main")[1]


def test_pages_send_who_is_signed_out_to_sign_in(full: FullPlan) -> None:
    client = full.world.sign_in(None)
    for name in list_names():
        answer = client.get(find_address(full, name))
        assert (answer.status_code, "login" in answer["Location"]) == (302, True), name


@pytest.mark.parametrize("state", [PlanState.DRAFT, PlanState.WITHDRAWN])
@pytest.mark.parametrize("role", Role)
def test_draft_is_not_there_for_who_may_not_see_it(full: FullPlan, role: Role, state: PlanState) -> None:
    put_in_state(full.plan, state)
    client = full.world.sign_in(role)
    expected = 200 if role in SEE_DRAFTS else 404
    for name in ("plan", "plan_approval", "plan_indicator", "plan_actions", "plan_changes"):
        assert client.get(find_address(full, name)).status_code == expected, name
    listed = client.get(find_address(full, "plans")).content.decode()
    assert (full.plan.title in listed) == (role in SEE_DRAFTS)


def test_gate_is_shown_with_its_body_its_day_and_what_is_known_of_its_outcome(full: FullPlan) -> None:
    gates = (
        Gate("scrutiny", "Safer Ashmere committee", date(2025, 1, 9), "held"),
        Gate("cabinet", "", date(2025, 2, 9), "approved", "Minute 4"),
        Gate("strategic_group", outcome="held"),
        Gate("full_council", "Ashmere Council", date(2025, 3, 9)),
    )
    asked = Consultation("Residents, by post", date(2024, 11, 1), source="Letter, p. 1")
    file = PlanFile(CorePlan("Old plan", ()), gates=gates, consultations=(asked,))
    partnership = full.world.partnership
    plan = keep_structure(file, partnership=partnership, by=None, is_historic=True, state=PlanState.SUPERSEDED)
    address = reverse("plan_approval", kwargs={"slug": partnership.slug, "plan_id": plan.pk})
    page = " ".join(full.world.sign_in(Role.READER).get(address).content.decode().split())
    for said in (
        "Safer Ashmere committee. 9 January 2025", "Held; outcome not recorded", "9 February 2025: Minute 4",
        "Day not recorded", "Ashmere Council. Planned for 9 March 2025", "Source: Letter, p. 1",
    ):  # fmt: skip
        assert said in page, said


def test_things_of_another_partnership_are_not_there(full: FullPlan) -> None:
    other = make_full_plan(make_world("brackley"))
    put_in_state(other.plan, PlanState.CONSULTATION)
    client = full.world.sign_in(Role.COORDINATOR)
    keyed = [name for name in list_names() if name not in ("plans", "make_plan")]
    for name in keyed:
        assert client.get(find_address(full, name, plan_id=other.plan.pk)).status_code == 404, f"plan of {name}"
        whole = find_address(other, name)
        assert client.get(whole).status_code == 404, f"partnership of {name}"
    foreign = {"indicator_id": other.indicator.pk, "action_id": other.action.pk, "gate_id": other.gate.pk,
               "record_id": other.risk.pk}  # fmt: skip
    for name in keyed:
        swapped = find_address(full, name, **foreign)
        if swapped != find_address(full, name):
            assert client.get(swapped).status_code == 404, f"record of {name}"


def test_record_of_another_plan_of_ours_is_not_there_under_this_one(full: FullPlan) -> None:
    second = make_full_plan(full.world, "Second plan")
    client = full.world.sign_in(Role.COORDINATOR)
    for name, keys in (
        ("plan_indicator", {"indicator_id": second.indicator.pk}), ("update_action", {"action_id": second.action.pk}),
        ("change_plan_record", {"record_id": second.risk.pk}), ("record_gate", {"gate_id": second.gate.pk}),
    ):  # fmt: skip
        assert client.get(find_address(full, name, **keys)).status_code == 404, name


def test_kind_that_nobody_knows_is_not_there(full: FullPlan) -> None:
    client = full.world.sign_in(Role.COORDINATOR)
    assert client.get(find_address(full, "add_plan_record", kind="secrets")).status_code == 404
    typed = find_address(full, "change_target_typed").replace("threshold", "wish")
    assert client.get(typed).status_code == 404
    assert client.get(find_address(full, "move_plan", to="adopted")).status_code == 404


@pytest.mark.parametrize("kind", ["priorities", "programmes", "actions", "indicators", "risks", "cross-walk",
                                  "consultations"])  # fmt: skip
def test_forms_of_every_kind_are_drawn(full: FullPlan, kind: str) -> None:
    records = {
        "priorities": full.priority, "programmes": full.programme, "actions": full.action, "risks": full.risk,
        "indicators": full.indicator, "cross-walk": full.cross_walk, "consultations": full.consultation,
    }  # fmt: skip
    client = full.world.sign_in(Role.COORDINATOR)
    assert client.get(find_address(full, "add_plan_record", kind=kind)).status_code == 200
    change = find_address(full, "change_plan_record", kind=kind, record_id=records[kind].pk)
    assert client.get(change).status_code == 200


def test_plan_page_asks_no_more_of_the_database_for_more_indicators(
    full: FullPlan, django_assert_max_num_queries: Any
) -> None:
    from wardmote.web.plans import actions
    from wardmote.web.plans.models import Action, Indicator, Programme

    client = full.world.sign_in(Role.COORDINATOR)
    address = find_address(full, "plan")
    client.get(address)
    with django_assert_max_num_queries(40) as before:
        client.get(address)
    by = full.world.people[Role.COORDINATOR]
    for number in range(2, 14):
        fields = {
            "priority": full.priority,
            "ref": f"P1-{number}",
            "title": "More",
            "shape": "count",
            "polarity": "lower",
        }
        row = actions.add_record(plan=full.plan, kind=Indicator, fields={**fields, "owner": full.world.police}, by=by)
        actions.change_target(indicator=row, spec={"kind": "no_target"}, text="none", valid_from=None, by=by)
        actions.add_record(plan=full.plan, kind=Action, fields={"priority": full.priority, "text": "More"}, by=by)
        actions.add_record(plan=full.plan, kind=Programme, fields={"priority": full.priority, "title": "More"}, by=by)
    with django_assert_max_num_queries(len(before.captured_queries)):
        page = client.get(address)
    assert page.content.decode().count("More") >= 12


def test_home_page_shows_what_waits_in_the_plan(world_home: tuple[World, FullPlan]) -> None:
    world, _ = world_home
    text = world.sign_in(Role.COORDINATOR).get(f"/p/{world.partnership.slug}/").content.decode()
    assert "Finish the draft of Safer plan 2027-30" in text
    reader = world.sign_in(Role.READER).get(f"/p/{world.partnership.slug}/").content.decode()
    assert "Safer plan 2027-30" not in reader


@pytest.fixture
def world_home() -> tuple[World, FullPlan]:
    world = make_world("ashmere")
    return world, make_full_plan(world)


def test_plan_kept_as_published_offers_nothing_to_change(full: FullPlan) -> None:
    put_in_state(full.plan, PlanState.SUPERSEDED, is_historic=True)
    client = full.world.sign_in(Role.COORDINATOR)
    for name in ("change_plan", "add_plan_record", "change_plan_record", "revise_plan"):
        answer = client.post(find_address(full, name), {"title": "Other", "reason": "x", "text": "y"})
        assert answer.status_code == 302, name
    assert Plan.objects.get(pk=full.plan.pk).title == full.plan.title
    page = client.get(find_address(full, "plan")).content.decode()
    assert "As published" in page
    assert "Add a priority" not in page
