"""A plan's files are made once while it says the same, and nobody is given what was made for other eyes."""

import json
from typing import Any
from uuid import UUID

import pytest

from support.web.performance import report
from support.web.world import World, make_world
from wardmote.web.foundation.writes import writing
from wardmote.web.partnerships.models import Partnership
from wardmote.web.partnerships.states import Role
from wardmote.web.returns.models import Return
from wardmote.web.returns.performance import outgoing
from wardmote.web.returns.performance.outgoing import _Kept, list_lost_in_workbook, write_outgoing

pytestmark = pytest.mark.django_db
TOLD = "the night team was counted twice"


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is made, as it is made, by a process that has made nothing yet."""
    found: list[str] = []

    def note(name: str) -> None:
        real = getattr(outgoing, name)
        monkeypatch.setattr(outgoing, name, lambda *given: (found.append(name), real(*given))[1])

    monkeypatch.setattr(outgoing, "_KEPT", _Kept())
    note("list_workbook_losses")
    note("write_plan_file")
    return found


def leave_unsigned(version: Any) -> None:
    with writing(by=None, verb="test.asked", partnership=Partnership.objects.get(pk=version.partnership_id)):
        row = Return.objects.get(pk=version.of_id)
        row.state, row.signed_off_at, row.signed_off_by = "queried", None, None
        row.save()


def make_unsigned_world(slug: str = "ashmere") -> World:
    world = make_world(slug)
    leave_unsigned(report(world, "P1-1", part=60, whole=100, narrative=TOLD))
    return world


def fetch(world: World, role: Role, plan_id: UUID, file: str) -> str:
    answer = world.sign_in(role).get(f"/p/{world.partnership.slug}/performance/plans/{plan_id}/{file}")
    assert answer.status_code == 200
    return answer.content.decode("utf-8", "replace")


def test_second_ask_makes_nothing_whatever_else_was_written(made: list[str]) -> None:
    world = make_unsigned_world()
    first = write_outgoing(world.plan, "xlsx", with_unsigned_texts=False), list_lost_in_workbook(world.plan)
    assert made == ["write_plan_file", "list_workbook_losses"]
    with writing(by=None, verb="test.nothing", partnership=world.partnership):
        world.partnership.save()
    assert (write_outgoing(world.plan, "xlsx", with_unsigned_texts=False), list_lost_in_workbook(world.plan)) == first
    assert len(made) == 2


def test_changed_value_is_in_the_next_file(made: list[str]) -> None:
    world = make_unsigned_world()
    write_outgoing(world.plan, "json", with_unsigned_texts=False)
    report(world, "P1-1", part=70, whole=100)
    rows = json.loads(write_outgoing(world.plan, "json", with_unsigned_texts=False))["indicators"]
    assert [value["part"] for row in rows if row["id"] == "P1-1" for value in row["values"]] == [70]
    assert len(made) == 2


def test_words_that_a_reader_may_not_see_stay_hidden_after_an_analyst_asked(made: list[str]) -> None:
    world = make_unsigned_world()
    assert TOLD in fetch(world, Role.ANALYST, world.plan.pk, "plan.json")
    assert TOLD not in fetch(world, Role.READER, world.plan.pk, "plan.json")
    assert TOLD in fetch(world, Role.ANALYST, world.plan.pk, "plan.json")
    assert made == ["write_plan_file"] * 2


def test_each_partnership_gets_its_own_plan(made: list[str]) -> None:
    ours, theirs = make_unsigned_world(), make_world("birchley")
    report(theirs, "P1-1", part=10, whole=100)
    assert '"part": 60' in fetch(ours, Role.READER, ours.plan.pk, "plan.json")
    page = fetch(theirs, Role.READER, theirs.plan.pk, "plan.json")
    assert '"part": 10' in page
    assert '"part": 60' not in page
    assert len(made) == 2


def test_oldest_goes_where_too_much_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outgoing, "_MOST_BYTES", 10)
    kept, again = _Kept(), []
    for name in ("a", "b", "c"):
        kept.find(("json", name), lambda: b"1234")
    kept.find(("json", "c"), lambda: again.append("c") or b"")  # type: ignore[func-returns-value]
    kept.find(("json", "a"), lambda: again.append("a") or b"")  # type: ignore[func-returns-value]
    assert again == ["a"]
