"""The risk register: scores that are kept, flags that are raised, and pages that say both."""

import csv
import io
import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from support.web.world import World, make_world
from wardmote.web.foundation.clock import read_today
from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.foundation.table_files import disarm_cell
from wardmote.web.foundation.to_do import list_things_to_do
from wardmote.web.foundation.writes import writing
from wardmote.web.governance.risks import actions
from wardmote.web.governance.risks.models import Mitigation, RegisteredRisk, RiskScore
from wardmote.web.governance.risks.policies import count_unchanged, find_flags, find_register_flags
from wardmote.web.governance.risks.queries import list_risks
from wardmote.web.governance.risks.states import find_band
from wardmote.web.partnerships.interface import Role, find_roles
from wardmote.web.plans.interface import Risk

LOW, HIGH = (2, 2, 1, 2), (5, 4, 4, 4)


@pytest.fixture
def world(db: None) -> World:
    return make_world("ashmere")


def add_risk(world: World, **fields: Any) -> RegisteredRisk:
    by = world.people[Role.COORDINATOR]
    return actions.add_risk(partnership=world.partnership, fields={"text": "A body sends nobody", **fields}, by=by)


def score(risk: RegisteredRisk, pair: tuple[int, int, int, int], *, days_ago: int = 0, review_in: int = 60) -> None:
    today = read_today()
    actions.score_risk(
        risk=risk, scores=dict(zip(actions.SCORE_FIELDS, pair, strict=True)), scored_on=today - timedelta(days_ago),
        reason="As discussed", review_on=today + timedelta(review_in), by=None,
    )  # fmt: skip


def read(risk: RegisteredRisk) -> RegisteredRisk:
    return list_risks(risk.partnership).get(pk=risk.pk)


def flags(risk: RegisteredRisk) -> set[str]:
    return {flag.kind for flag in find_flags(read(risk), read_today())}


def ask(client: Client, name: str, **keys: Any) -> Any:
    return client.get(reverse(name, kwargs={"slug": "ashmere", **keys}))


def send(client: Client, name: str, data: dict[str, Any], **keys: Any) -> Any:
    return client.post(reverse(name, kwargs={"slug": "ashmere", **keys}), data)


def read_seen(answer: Any) -> str:
    """What the form's hidden box remembers of how the record stood."""
    found = re.search(r'name="seen" value="([^"]+)"', answer.content.decode())
    assert found
    return found[1]


def type_date(name: str, day: date) -> dict[str, int]:
    return {f"{name}-day": day.day, f"{name}-month": day.month, f"{name}-year": day.year}


@pytest.mark.parametrize(
    ("value", "letter"), [(1, "L"), (4, "L"), (5, "M"), (9, "M"), (10, "H"), (16, "H"), (20, "S"), (25, "S")]
)
def test_band_of_a_score(value: int, letter: str) -> None:
    assert find_band(value) == letter


@given(st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), max_size=8))
def test_unchanged_scorings_are_counted_from_the_last(pairs: Sequence[tuple[int, int]]) -> None:
    scores = [RiskScore(residual_likelihood=likelihood, residual_impact=impact) for likelihood, impact in pairs]
    slow = next((n for n in range(len(pairs), 0, -1) if len(set(pairs[-n:])) == 1), 0)
    assert count_unchanged(scores) == slow


def test_every_scoring_is_kept(world: World) -> None:
    risk = add_risk(world)
    score(risk, HIGH, days_ago=200)
    score(risk, LOW)
    kept = RiskScore.objects.filter(risk=risk)
    assert [(one.number, one.inherent, one.residual) for one in kept] == [(1, 20, 16), (2, 4, 2)]


def test_score_before_the_last_or_of_a_day_to_come_is_refused(world: World) -> None:
    risk = add_risk(world)
    score(risk, LOW, days_ago=10)
    with pytest.raises(RefusedError, match="rewrite the history"):
        score(risk, LOW, days_ago=11)
    with pytest.raises(RefusedError, match="day to come"):
        score(risk, LOW, days_ago=-1)


def test_same_scoring_on_one_day_is_refused_and_is_no_review(world: World) -> None:
    risk = add_risk(world)
    for days in (100, 50, 0):
        score(risk, HIGH, days_ago=days)
    with pytest.raises(RefusedError, match=r"R1 was scored so for .* already, at \d\d:\d\d by"):
        score(risk, HIGH)
    other = add_risk(world)
    for pair in (HIGH, LOW, HIGH):  # two slips put right
        score(other, pair, days_ago=92)
    assert "unchanged" not in flags(other)
    assert "never_rescored" in flags(other)
    client = world.sign_in(Role.COORDINATOR)
    typed = {"text": other.text} | type_date("review_on", read_today() + timedelta(40))
    assert send(client, "change_risk", typed, risk_id=other.pk).status_code == 302
    assert read(other).review_on == read_today() + timedelta(40)


def test_score_beyond_five_is_refused_by_the_database(world: World) -> None:
    risk = add_risk(world)
    with pytest.raises(IntegrityError), transaction.atomic():
        score(risk, (6, 1, 1, 1))


def test_new_risk_is_flagged_for_what_it_lacks(world: World) -> None:
    assert flags(add_risk(world)) == {"not_scored", "no_review", "no_owner", "no_mitigation"}


def test_risk_scored_once_is_flagged_a_quarter_later(world: World) -> None:
    risk = add_risk(world)
    score(risk, LOW, days_ago=91)
    assert "never_rescored" not in flags(risk)
    other = add_risk(world)
    score(other, LOW, days_ago=92)
    assert "never_rescored" in flags(other)
    score(other, LOW)
    assert "never_rescored" not in flags(other)


def test_review_that_has_passed_is_flagged_the_day_after(world: World) -> None:
    risk = add_risk(world)
    score(risk, LOW, days_ago=1, review_in=0)
    assert "review_overdue" not in flags(risk)
    score(risk, LOW, review_in=-1)
    assert "review_overdue" in flags(risk)


def test_three_scorings_with_one_outcome_are_flagged(world: World) -> None:
    risk = add_risk(world)
    for days in (90, 60):
        score(risk, HIGH, days_ago=days)
    assert "unchanged" not in flags(risk)
    score(risk, HIGH)
    assert "unchanged" in flags(risk)


def test_worse_after_than_before_and_above_its_target_are_flagged(world: World) -> None:
    risk = add_risk(world, target_score=4)
    score(risk, (2, 2, 3, 3))
    assert {"worse_after", "above_target"} <= flags(risk)


def test_register_in_which_all_is_low_and_never_rescored_is_flagged(world: World) -> None:
    for _ in range(4):
        score(add_risk(world), LOW, days_ago=30)
    found = {flag.kind for flag in find_register_flags(list(list_risks(world.partnership)))}
    assert found == {"all_low", "none_rescored"}
    score(RegisteredRisk.objects.filter(partnership=world.partnership)[0], HIGH)
    assert find_register_flags(list(list_risks(world.partnership))) == []


def test_closed_risk_is_not_flagged_nor_scored(world: World) -> None:
    risk = add_risk(world)
    actions.close_risk(risk=risk, reason="The law has passed", by=None)
    assert flags(risk) == set()
    with pytest.raises(RefusedError, match="closed"):
        score(risk, LOW)
    actions.reopen_risk(risk=risk, reason="It was struck down", by=None)
    score(risk, LOW)
    assert read(risk).closed_reason == ""


def test_risks_of_the_plan_are_taken_over_once(world: World) -> None:
    with writing(by=None, verb="test.risks_made", partnership=world.partnership):
        for number, pair in ((1, (4, 3)), (2, (None, None))):
            Risk.objects.create(
                partnership=world.partnership, plan=world.plan, number=number, text=f"Risk {number}", rating="Low",
                owner=world.police.name, mitigation="Talk", likelihood=pair[0], impact=pair[1],
            )  # fmt: skip
    client = world.sign_in(Role.COORDINATOR)
    assert "Take over from the plan (2)" in ask(client, "risk_register").content.decode()
    keys = [str(risk.pk) for risk in Risk.objects.filter(plan=world.plan)]
    assert send(client, "take_over_risks", {"risks": keys}).status_code == 302
    first, second = list_risks(world.partnership)
    assert (first.owner_body, first.printed_rating, first.mitigations.get().text) == (world.police, "Low", "Talk")
    assert [(one.inherent, one.residual) for one in first.scores.all()] == [(12, 12)]
    assert not second.scores.exists()
    assert ask(client, "take_over_risks").status_code == 302


def test_page_shows_matrix_flags_and_history(world: World) -> None:
    risk = add_risk(world, owner_body=world.police)
    score(risk, HIGH, days_ago=100)
    score(risk, (5, 4, 3, 4))
    client = world.sign_in(Role.EXECUTIVE)
    page = ask(client, "risk_register").content.decode()
    assert "12 High" in page
    assert 'scope="row" class="govuk-table__header">3 Possible' in page
    page = ask(client, "risk", risk_id=risk.pk).content.decode()
    assert "16 High" in page
    assert "Score with what is done, from 16 to 12 over 2 scorings" in page


def test_contributor_sees_what_their_body_owns(world: World) -> None:
    own, other = add_risk(world, owner_body=world.police), add_risk(world, owner_body=world.council)
    client = world.sign_in(Role.CONTRIBUTOR)
    page = ask(client, "risk_register").content.decode()
    assert str(own.pk) in page
    assert str(other.pk) not in page
    assert ask(client, "risk", risk_id=other.pk).status_code == 404
    assert ask(client, "risk_register_file", table_form="csv").status_code == 403


def test_two_who_score_are_told_of_one_another(world: World) -> None:
    risk = add_risk(world)
    score(risk, HIGH)
    client = world.sign_in(Role.COORDINATOR)
    seen = read_seen(ask(client, "score_risk", risk_id=risk.pk))
    score(risk, LOW)
    today = read_today()
    typed = dict.fromkeys(actions.SCORE_FIELDS, 3) | {"reason": "Looked at", "seen": seen}
    typed |= type_date("scored_on", today) | type_date("review_on", today + timedelta(90))
    answer = send(client, "score_risk", typed, risk_id=risk.pk)
    assert "Somebody else changed this" in answer.content.decode()
    again = send(client, "score_risk", typed | {"seen": read_seen(answer)}, risk_id=risk.pk)
    assert again.status_code == 302
    assert RiskScore.objects.filter(risk=risk).count() == 3


def test_review_day_must_be_to_come(world: World) -> None:
    risk = add_risk(world)
    typed = dict.fromkeys(actions.SCORE_FIELDS, 3) | {"reason": "Looked at"}
    typed |= type_date("scored_on", read_today()) | type_date("review_on", read_today())
    page = send(world.sign_in(Role.COORDINATOR), "score_risk", typed, risk_id=risk.pk).content.decode()
    assert "must be after today" in page


def test_file_holds_every_risk_and_runs_nothing(world: World) -> None:
    risk = add_risk(world, text="=HYPERLINK(1)", cause=" -2+3", owner_body=world.police)
    score(risk, HIGH)
    client = world.sign_in(Role.CHAIR)
    rows = list(
        csv.DictReader(io.StringIO(ask(client, "risk_register_file", table_form="csv").content.decode("utf-8-sig")))
    )
    assert (rows[0]["risk"], rows[0]["cause"]) == ("'=HYPERLINK(1)", "' -2+3")
    assert (rows[0]["inherent_score"], rows[0]["residual_score"], rows[0]["residual_band"]) == ("20", "16", "High")
    content = ask(client, "risk_register_file", table_form="xlsx").content
    lines = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert (lines[1][2], lines[1][11]) == ("'=HYPERLINK(1)", 20.0)
    assert ask(client, "risk_register_file", table_form="exe").status_code == 404


@pytest.mark.parametrize(
    ("cell", "safe"), [("@SUM", "'@SUM"), (-3, -3), ("fine - really", "fine - really"), (None, "")]
)
def test_cell_that_would_run_is_disarmed(cell: Any, safe: Any) -> None:
    assert disarm_cell(cell) == safe


def test_what_is_overdue_waits_for_coordinator_and_doer(world: World, rf: Any) -> None:
    risk = add_risk(world, owner_body=world.police, review_on=read_today() - timedelta(1))
    late = {"text": "Ask", "body": world.police, "due_on": read_today() - timedelta(3)}
    mitigation = actions.add_mitigation(risk=risk, fields=late, by=None)
    assert titles(world, Role.COORDINATOR, rf) >= {"1 risk overdue for review"}
    assert "1 mitigation of a risk overdue" in titles(world, Role.CONTRIBUTOR, rf)
    assert "mitigation_overdue" in flags(risk)
    fields = {"state": "done"}
    done = actions.change_mitigation(mitigation=mitigation, fields=fields, by=None)
    assert done.settled_on == read_today()
    assert Mitigation.objects.get(pk=mitigation.pk).state == "done"
    assert "mitigation_overdue" not in flags(risk)


def titles(world: World, role: Role, rf: Any) -> set[str]:
    request = rf.get("/")
    request.user, request.partnership = world.people[role], world.partnership
    request.roles = find_roles(request.user, request.partnership)
    return {thing.title for thing in list_things_to_do(request)}
