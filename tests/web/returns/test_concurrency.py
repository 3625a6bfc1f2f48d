"""Two connections at once: neither loses the other's text, and no number is given twice."""

from datetime import date

import pytest
from django.db import connection

from support.web.together import run_together
from support.web.world import World, give_role, make_person, make_world
from wardmote.web.foundation.audit import verify_chains
from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.partnerships.states import Role
from wardmote.web.returns.actions import drafts, quarters, signing, submitting
from wardmote.web.returns.models import DraftCopy, Quarter, Return
from wardmote.web.returns.past import read_past


def read(world: World) -> Return:
    rows = Return.objects.select_related("partnership", "quarter", "indicator", "indicator__priority", "version")
    return rows.get(pk=world.returns["P1-1"].pk)


@pytest.fixture
def world(transactional_db: None) -> World:
    if connection.vendor != "postgresql":
        pytest.skip("the tests' SQLite has one connection; set WARDMOTE_TEST_DATABASE")
    return make_world("ashmere")


def test_two_people_save_at_once_and_both_texts_are_there(world: World) -> None:
    other = make_person("second@ashmere.example.org", organisation=world.police)
    give_role(other, world.partnership, Role.CONTRIBUTOR, world.police)
    rows = [read(world), read(world)]
    people = [world.people[Role.CONTRIBUTOR], other]
    saved = run_together(
        *(
            lambda ret=ret, by=by, at=at: drafts.save_draft(ret=ret, fields={"numerator": str(at)}, number=0, by=by)
            for at, (ret, by) in enumerate(zip(rows, people, strict=True))
        )
    )
    assert sorted(one.is_taken for one in saved) == [False, True]
    texts = {read(world).draft["numerator"], DraftCopy.objects.get().fields["numerator"]}
    assert texts == {"0", "1"}
    assert verify_chains()[1] == []


def test_ten_submits_at_once_make_one_version(world: World) -> None:
    ret = read(world)
    fields = {"numerator": "45", "denominator": "60"}
    done = run_together(
        *[
            lambda: submitting.submit_return(
                ret=read(world), past=read_past(ret), fields=fields, number=0, by=world.people[Role.CONTRIBUTOR]
            )
        ]
        * 10
    )
    assert sum(one.is_taken for one in done) == 1
    assert list(read(world).versions.values_list("number", flat=True)) == [1]
    assert verify_chains()[1] == []


def test_withdrawing_and_signing_at_once_ends_in_one_of_the_two(world: World) -> None:
    ret = read(world)
    fields = {"numerator": "45", "denominator": "60"}
    contributor, lead = world.people[Role.CONTRIBUTOR], world.people[Role.LEAD]
    submitting.submit_return(ret=ret, past=read_past(ret), fields=fields, number=0, by=contributor)
    found = run_together(
        lambda: submitting.withdraw_return(ret=read(world), by=contributor),
        lambda: signing.sign_off_return(ret=read(world), by=lead),
    )
    assert sum(isinstance(one, RefusedError) for one in found) == 1
    after = read(world)
    assert (after.state == "signed_off") == (after.version_id is not None)


def test_two_rounds_open_a_quarter_once(world: World) -> None:
    day = date(2027, 1, 4)
    found = run_together(*[lambda: quarters.open_due_quarters(today=day)] * 4)
    assert sum(len(opened) for opened in found) == 2
    assert Quarter.objects.filter(period="2026/27Q3").count() == 1
    assert Return.objects.filter(quarter__period="2026/27Q3").count() == 3
