"""What people type into the pages of a plan, and what comes of it."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from support.web.world import make_world
from wardmote.evidence.interface import decode_target
from wardmote.web.foundation.clock import read_today
from wardmote.web.partnerships.interface import Role
from wardmote.web.plans import actions
from wardmote.web.plans.forms.typed import TYPED_FORMS
from wardmote.web.plans.models import Action, CrossWalk, Indicator, Plan, Priority, Risk, Target
from wardmote.web.plans.states import PlanState
from web.plans.full_plan import FullPlan, adopt, make_full_plan, put_in_state

pytestmark = pytest.mark.django_db


@pytest.fixture
def full() -> FullPlan:
    return make_full_plan(make_world("ashmere"))


@pytest.fixture
def client(full: FullPlan) -> Client:
    return full.world.sign_in(Role.COORDINATOR)


def at(full: FullPlan, name: str, **keys: Any) -> str:
    return reverse(name, kwargs={"slug": full.world.partnership.slug, "plan_id": full.plan.pk, **keys})


def day(name: str, value: date) -> dict[str, str]:
    return {f"{name}-day": str(value.day), f"{name}-month": str(value.month), f"{name}-year": str(value.year)}


def read(page: Any) -> str:
    return re.sub(r"\s+", " ", page.content.decode())


def test_plan_is_begun_changed_and_listed(full: FullPlan, client: Client) -> None:
    told = {"title": "Next plan", "vision": "Quiet nights", "drivers": "Survey\n\nAssessment",
            "themes": ["reoffending"], **day("starts_on", date(2029, 4, 1)), **day("ends_on", date(2032, 3, 31)),
            "predecessor": str(full.world.plan.pk)}  # fmt: skip
    answer = client.post(reverse("make_plan", kwargs={"slug": "ashmere"}), told, follow=True)
    plan = Plan.objects.get(title="Next plan")
    assert (plan.predecessor, plan.drivers, plan.state) == (full.world.plan, ["Survey", "Assessment"], PlanState.DRAFT)
    assert "does not answer crime and disorder, substance misuse, serious violence" in read(answer)
    change = reverse("change_plan", kwargs={"slug": "ashmere", "plan_id": plan.pk})
    assert 'value="Next plan"' in read(client.get(change))
    client.post(change, {**told, "title": "Better plan"})
    assert Plan.objects.get(pk=plan.pk).title == "Better plan"
    wrong = client.post(change, {**told, **day("ends_on", date(2028, 1, 1))})
    assert "The last day must be after the first" in read(wrong)
    assert "<title>Error: " in read(wrong)


def test_records_are_added_changed_and_removed(full: FullPlan, client: Client) -> None:
    client.post(at(full, "add_plan_record", kind="priorities"), {"title": "Safer streets", "themes": "night\nday"})
    added = Priority.objects.get(plan=full.plan, title="Safer streets")
    assert (added.number, added.themes) == (2, ["night", "day"])
    fields = {
        "priority": str(added.pk), "ref": "P2-1", "title": "Robberies", "polarity": "lower", "shape": "count",
        "basis": "quarter", "frequency": "quarterly", "owner": str(full.world.police.pk),
        "evidence_indicator": "crime_rate", "evidence_area": "E06000035",
    }  # fmt: skip
    answer = client.post(at(full, "add_plan_record", kind="indicators"), fields)
    assert answer.status_code == 302, read(answer)
    row = Indicator.objects.get(plan=full.plan, ref="P2-1")
    assert row.evidence == {"indicator": "crime_rate", "area": "E06000035"}
    keys = {"kind": "indicators", "record_id": row.pk}
    shown = read(client.get(at(full, "change_plan_record", **keys)))
    assert 'value="P2-1"' in shown
    client.post(
        at(full, "change_plan_record", **keys), {**fields, "title": "Robberies of persons", "series": str(row.series)}
    )
    changed = Indicator.objects.get(pk=row.pk)
    assert (changed.title, changed.series) == ("Robberies of persons", row.series)
    assert "leaves the draft" in read(client.get(at(full, "remove_plan_record", **keys)))
    client.post(at(full, "remove_plan_record", **keys))
    assert not Indicator.objects.filter(pk=row.pk).exists()


def test_reference_taken_and_parts_unnamed_are_said_at_their_boxes(full: FullPlan, client: Client) -> None:
    fields = {"priority": str(full.priority.pk), "ref": "P1-1", "title": "X", "polarity": "lower", "shape": "parts",
              "basis": "quarter", "frequency": "quarterly"}  # fmt: skip
    text = read(client.post(at(full, "add_plan_record", kind="indicators"), fields))
    assert "The plan has an indicator P1-1 already" in text
    assert "Name the parts or steps, one a line" in text


def test_bodies_people_and_priorities_of_elsewhere_cannot_be_chosen(full: FullPlan, client: Client) -> None:
    other = make_full_plan(make_world("brackley"))
    told = {"priority": str(other.priority.pk), "text": "X", "owner": str(other.world.police.pk),
            "lead": str(other.world.people[Role.LEAD].pk)}  # fmt: skip
    text = read(client.post(at(full, "add_plan_record", kind="actions"), told))
    assert text.count("Select a valid choice") >= 3
    assert Action.objects.filter(plan=full.plan).count() == 1


def test_adopted_plan_offers_its_holders_only(full: FullPlan, client: Client) -> None:
    adopt(full.plan, full.world.people[Role.COORDINATOR])
    keys = {"kind": "indicators", "record_id": full.indicator.pk}
    text = read(client.get(at(full, "change_plan_record", **keys)))
    assert 'name="owner"' in text
    assert 'name="title"' not in text
    client.post(at(full, "change_plan_record", **keys), {"owner": str(full.world.council.pk), "title": "Other"})
    kept = Indicator.objects.get(pk=full.indicator.pk)
    assert (kept.owner, kept.title) == (full.world.council, "Victims who felt safer")
    analyst = full.world.sign_in(Role.ANALYST)
    assert analyst.post(at(full, "change_plan_record", **keys), {"owner": ""}).status_code == 403
    assert analyst.get(at(full, "change_target", indicator_id=full.indicator.pk)).status_code == 403
    refused = client.get(at(full, "change_plan_record", kind="risks", record_id=full.risk.pk), follow=True)
    assert "Revise it" in read(refused)


# ---- targets --------------------------------------------------------------------------------------------------------


def change_words(full: FullPlan, client: Client, text: str, **other: str) -> Any:
    told = {
        "text": text,
        "reason": "The board asked",
        "set_by": "Board",
        **day("valid_from", date(2027, 4, 1)),
        **other,
    }
    return client.post(at(full, "change_target", indicator_id=full.indicator.pk), told)


def get_latest(full: FullPlan) -> Target:
    return Target.objects.filter(indicator=full.indicator).order_by("-number")[0]


def test_target_in_plain_words_is_kept_as_understood(full: FullPlan, client: Client) -> None:
    answer = change_words(full, client, "at least 85%")
    assert answer.status_code == 302, read(answer)
    target = get_latest(full)
    assert (target.text, target.spec["value"], target.set_by) == ("at least 85%", 85, "Board")
    page = read(client.get(at(full, "plan_indicator", indicator_id=full.indicator.pk)))
    assert "31 March 2027" in page
    assert "The board asked" in page


def test_words_that_leave_something_open_must_be_chosen(full: FullPlan, client: Client) -> None:
    answer = change_words(full, client, "5% reduction")
    assert answer.status_code == 200
    text = read(answer)
    assert "Choose how the words are meant" in text
    choices = re.findall(r'name="meaning" type="radio" value="([0-9a-f]{16})"', text)
    assert len(choices) > 1
    assert change_words(full, client, "5% reduction", meaning=choices[1]).status_code == 302
    assert get_latest(full).spec["base"]["kind"] == "previous_year"


def test_choice_made_of_other_words_is_not_taken(full: FullPlan, client: Client) -> None:
    text = read(change_words(full, client, "5% reduction"))
    chosen = re.findall(r'name="meaning" type="radio" value="([0-9a-f]{16})"', text)[1]
    answer = change_words(full, client, "7% reduction", meaning=chosen)
    assert "The words were changed. Choose again" in read(answer)
    assert get_latest(full).number == 1


def test_target_that_cannot_be_is_refused_and_one_hardly_meant_is_asked_about(full: FullPlan, client: Client) -> None:
    assert full.indicator.shape == "x_of_y"
    assert "101% is not a share of anything" in read(change_words(full, client, "at least 101%", is_meant="on"))
    late = {f"valid_from-{part}": number for part, number in (("day", "1"), ("month", "1"), ("year", "2150"))}
    assert "The plan ends on" in read(change_words(full, client, "at least 85%", **late))
    address = at(full, "change_target_typed", indicator_id=full.indicator.pk, kind="count_per_period")
    told = {**TYPED["count_per_period"], "value": "27.5", "reason": "Agreed", **day("valid_from", date(2027, 4, 1))}
    assert "27.5 is not a whole number" in read(client.post(address, told))
    assert get_latest(full).number == 1
    assert client.post(address, {**told, "is_meant": "on"}).status_code == 302


def test_words_that_are_not_understood_are_not_kept(full: FullPlan, client: Client) -> None:
    text = read(change_words(full, client, "soon"))
    assert "The words were not understood" in text
    assert get_latest(full).number == 1


def test_reading_is_shown_without_keeping_anything(full: FullPlan, client: Client) -> None:
    text = read(change_words(full, client, "at least 85%", read="yes"))
    assert "Understood as: <strong>At least 85%</strong>" in text
    assert "There is a problem" not in text
    assert 'value="2027"' in text
    part = client.post(at(full, "read_target_words", indicator_id=full.indicator.pk), {"text": "5% reduction"})
    assert "Something is still open" in read(part)
    assert "<html" not in read(part)
    assert get_latest(full).number == 1


TYPED: dict[str, dict[str, str]] = {
    "threshold": {"operator": ">=", "value": "85", "unit": "percent"},
    "count_per_period": {"operator": ">=", "value": "10", "thing": "visits", "span": "quarter", "pro_rata": "none"},
    "relative_change": {"direction": "decrease", "percent": "5", "base_kind": "baseline", "base_value": "200"},
    "points_change": {"points": "-2", "base_kind": "previous_year"},
    "no_change": {"relation": "no_increase", "base_kind": "outturn", "base_value": "426", "tolerance_pct": "2"},
    "benchmark": {"relation": "similar", "comparator": "England"},
    "cohort_share": {"operator": ">=", "percent": "80", "cohort": "Year 12"},
    "trajectory": {"baseline": "85.2", "baseline_period": "2004-08", "end_year": "2030", "end_value": "51.1",
                   "shape": "steps", "steps": "2028: 60\n2029: 55.5", "unit": "rate", "end_period": "2029/30",
                   "baseline_start": "2004", "baseline_end": "2008"},
    "milestone": {"done_when": "Launched", "parts": "Written\nAgreed", **day("due", date(2027, 9, 30))},
    "frequency": {"times": "1", "thing": "a discussion", "span": "quarter"},
    "compound": {"parts": "by day: at least 90%\nafter dark: at least 60%"},
    "no_target": {"state": "pending"},
}  # fmt: skip


@pytest.mark.parametrize("kind", TYPED_FORMS)
def test_target_of_every_kind_can_be_typed_and_typed_again(full: FullPlan, client: Client, kind: str) -> None:
    address = at(full, "change_target_typed", indicator_id=full.indicator.pk, kind=kind)
    told = {"reason": "Agreed", **day("valid_from", date(2027, 4, 1)), **TYPED[kind]}
    empty = client.post(address, {})
    assert "There is a problem" in read(empty)
    answer = client.post(address, told)
    assert answer.status_code == 302, read(answer)
    spec = get_latest(full).spec
    assert spec["kind"] == kind
    decode_target(spec)
    again = read(client.get(address))
    for name, held in TYPED[kind].items():
        if kind != "compound" and "\n" not in held and "-" not in name and not held.startswith(">"):
            assert f'value="{held}"' in again or f"{held}" in again, name


@pytest.mark.parametrize(
    ("kind", "told", "why"),
    [
        ("compound", {"parts": "by day: at least 90%"}, "at least two parts"),
        ("compound", {"parts": "by day: at least 90%\nnight: soon"}, "is not clear"),
        ("trajectory", {**TYPED["trajectory"], "steps": "soon"}, "is no step"),
        ("trajectory", {**TYPED["trajectory"], "steps": ""}, "level of each year"),
        ("trajectory", {**TYPED["trajectory"], "end_period": "2030"}, "Write a financial year"),
        ("trajectory", {**TYPED["trajectory"], "end_period": "2027/28"}, "does not end in 2030"),
        ("threshold", {"operator": ">=", "value": "nan"}, "Enter a number"),
    ],
)
def test_target_typed_amiss_is_explained(full: FullPlan, client: Client, kind: str, told: Any, why: str) -> None:
    address = at(full, "change_target_typed", indicator_id=full.indicator.pk, kind=kind)
    answer = client.post(address, {"reason": "Agreed", **day("valid_from", date(2027, 4, 1)), **told})
    assert why in read(answer)
    assert get_latest(full).number == 1


def test_base_is_moved_on_its_page(full: FullPlan, client: Client) -> None:
    typed = {"reason": "Agreed", **day("valid_from", date(2027, 4, 1)), **TYPED["relative_change"]}
    client.post(at(full, "change_target_typed", indicator_id=full.indicator.pk, kind="relative_change"), typed)
    told = {"new_base": "180", "set_by": "Board", "reason": "Counted anew", **day("valid_from", date(2027, 7, 1))}
    answer = client.post(at(full, "rebase_target", indicator_id=full.indicator.pk), told)
    assert answer.status_code == 302, read(answer)
    assert get_latest(full).spec["base"]["value"] == 180


# ---- the way, the lists ---------------------------------------------------------------------------------------------


def test_plan_is_taken_through_its_gates_on_the_pages(full: FullPlan, client: Client) -> None:
    for to in ("consultation", "approval"):
        assert client.get(at(full, "move_plan", to=to)).status_code == 200
        client.post(at(full, "move_plan", to=to))
    page = read(client.get(at(full, "plan_approval")))
    assert "Overview and scrutiny committee decides next" in page
    assert "scrutiny committee has not recorded its decision" in page
    adopted = client.get(at(full, "adopt_plan"), follow=True)
    assert "The plan cannot be adopted" in read(adopted)
    from wardmote.web.plans.models import Gate

    for gate in Gate.objects.filter(plan=full.plan).order_by("number"):
        told = {"outcome": "approved", "record": f"Minute {gate.number}", **day("held_on", date(2026, 3, 20))}
        client.post(at(full, "record_gate", gate_id=gate.pk), told)
    assert "Every gate has approved. Adopt the plan." in read(client.get(at(full, "plan_approval")))
    client.post(at(full, "adopt_plan"))
    assert Plan.objects.get(pk=full.plan.pk).state == PlanState.ADOPTED
    revised = client.post(at(full, "revise_plan"), {"reason": "Yearly revision"}, follow=True)
    assert "Version 2 is begun as a draft" in read(revised)


def test_actions_are_shown_overdue_first_and_filtered(full: FullPlan, client: Client) -> None:
    by = full.world.people[Role.COORDINATOR]
    late, later = read_today() - timedelta(days=3), read_today() + timedelta(days=300)
    common = {"priority": full.priority}
    for text, due, owner in (("Later one", later, full.world.council), ("Late one", late, full.world.council)):
        actions.add_record(
            plan=full.plan, kind=Action, fields={**common, "text": text, "due_on": due, "owner": owner}, by=by
        )
    text = read(client.get(at(full, "plan_actions")))
    assert text.index("Late one") < text.index("Later one")
    only = read(client.get(at(full, "plan_actions"), {"owner": str(full.world.council.pk), "state": "overdue"}))
    assert "Late one" in only
    assert "Later one" not in only
    assert "Fit locks" not in only


def test_contributor_of_the_owner_brings_its_action_up_to_date(full: FullPlan) -> None:
    adopt(full.plan, full.world.people[Role.COORDINATOR])
    client = full.world.sign_in(Role.CONTRIBUTOR)
    waiting = read(client.get("/p/ashmere/"))
    assert "Bring 1 overdue action up to date" in waiting
    told = {"state": "under_way", "progress": "40 of 120 fitted"}
    client.post(at(full, "update_action", action_id=full.action.pk), told)
    assert Action.objects.get(pk=full.action.pk).progress == "40 of 120 fitted"
    assert "40 of 120 fitted" in read(client.get(at(full, "plan_actions")))


def test_cross_walk_names_the_gaps_of_both_sides(full: FullPlan, client: Client) -> None:
    by = full.world.people[Role.COORDINATOR]
    actions.add_record(plan=full.plan, kind=Priority, fields={"title": "Roads"}, by=by)
    actions.add_record(
        plan=full.plan, kind=CrossWalk, by=by,
        fields={"external_plan": "Police and Crime Plan", "external_priority": "Fraud", "fit": "none"},
    )  # fmt: skip
    text = read(client.get(at(full, "cross_walk")))
    assert "Theirs, answered by none of ours: Fraud" in text
    assert "Ours, matched by none of theirs: 2. Roads" in text
    assert "answered by none of ours: Homes" not in text


def test_risks_all_low_and_never_scored_are_pointed_out(full: FullPlan, client: Client) -> None:
    assert "every risk is called low" in read(client.get(at(full, "plan_risks")))
    keys = {"kind": "risks", "record_id": full.risk.pk}
    client.post(at(full, "change_plan_record", **keys), {"text": "Too many aims", "likelihood": "4", "impact": "3"})
    assert Risk.objects.get(pk=full.risk.pk).likelihood == 4
    text = read(client.get(at(full, "plan_risks")))
    assert "4 × 3 = 12" in text
    assert "every risk is called low" not in text


def test_target_moved_in_silence_is_shown(full: FullPlan, client: Client) -> None:
    before = full.world.indicators["P1-1"]
    assert before.series == full.indicator.series
    target = get_latest(full)
    actions.change_target(
        indicator=Indicator.objects.select_related("plan").get(pk=full.indicator.pk), text="at least 60%",
        spec={"kind": "threshold", "operator": ">=", "value": 60}, valid_from=target.valid_from, by=None,
        as_correction=True, reason="agreed",
    )  # fmt: skip
    said = read(client.get(at(full, "plan_changes")))
    assert "agreed" in said
    moved = get_latest(full)
    from wardmote.web.foundation.writes import writing

    with writing(by=None, verb="test.reason_lost"):
        moved.reason = ""
        moved.save()
    text = read(client.get(at(full, "plan_changes")))
    assert "1 target moved and nobody wrote down why: P1-1 Victims who felt safer" in text
    assert "at least 60%" in text


def test_changes_since_a_plan_of_elsewhere_are_not_there(full: FullPlan, client: Client) -> None:
    other = make_world("brackley")
    assert client.get(at(full, "plan_changes"), {"since": str(other.plan.pk)}).status_code == 404
    assert client.get(at(full, "plan_changes"), {"since": "nonsense"}).status_code == 404


def test_yearly_revision_is_asked_for(full: FullPlan, client: Client) -> None:
    home = "/p/ashmere/"
    assert "Revise the plan" not in read(client.get(home))
    put_in_state(full.world.plan, PlanState.ADOPTED, adopted_on=read_today() - timedelta(days=400))
    assert "Revise the plan" not in read(client.get(home))  # the plan that will succeed it is under way
    put_in_state(full.plan, PlanState.WITHDRAWN)
    assert "Revise the plan: its yearly revision is due" in read(client.get(home))
    assert "Revise the plan" not in read(full.world.sign_in(Role.CONTRIBUTOR).get(home))
