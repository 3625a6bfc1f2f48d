"""What two hundred people hit at once asks the database a bounded number of questions, however much there is."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from support.web.world import World, make_world
from wardmote.web.foundation.writes import writing
from wardmote.web.partnerships.states import Role
from wardmote.web.plans.models import Indicator, Target
from wardmote.web.returns.actions import quarters
from wardmote.web.returns.models import Quarter, Return

pytestmark = pytest.mark.django_db
#: Question counts, sign-in session and partnership included. A page more costly than this is another page.
LIMITS = {"returns": 16, "show_return": 16, "save_draft": 16, "check_draft": 14, "submit": 30}


def grow(world: World, count: int, *, first: int = 0) -> None:
    """Many more indicators of the police, each with its target, its return and a draft."""
    with writing(by=None, verb="test.grown", partnership=world.partnership):
        for at in range(first, first + count):
            indicator = Indicator.objects.create(
                partnership=world.partnership, plan=world.plan, priority=world.priority, ref=f"G-{at}", number=at + 10,
                title="Grown", unit="count", shape="count", polarity="lower", owner=world.police, series=uuid4(),
            )  # fmt: skip
            Target.objects.create(
                partnership=world.partnership, plan=world.plan, indicator=indicator, text="fewer",
                spec={"kind": "threshold", "operator": "<=", "value": 80.0}, set_at=world.quarter.opened_at,
            )  # fmt: skip
            Return.objects.create(
                partnership=world.partnership, quarter=world.quarter, indicator=indicator, organisation=world.police,
                state="draft", draft={"number": "4"},
            )  # fmt: skip


def count(world: World, name: str) -> int:
    client = world.sign_in(Role.CONTRIBUTOR)
    keys = {"pk": world.returns["P1-1"].pk} if name != "returns" else {}
    address = reverse("show_return" if name == "submit" else name, kwargs={"slug": "ashmere", **keys})
    sent = {"numerator": "45", "denominator": "60", "action": "submit"}
    client.get("/p/ashmere/")  # the day's first page notes that the person was seen
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address) if name in ("returns", "show_return") else client.post(address, sent)
    assert answer.status_code in (200, 302)
    return len(asked)


@pytest.mark.parametrize("name", sorted(LIMITS))
def test_page_asks_no_more_of_a_larger_plan(name: str) -> None:
    world = make_world("ashmere")
    grow(world, 1)  # a draft, so that both pages ask whether drafts are ready
    small = count(world, name)
    assert small <= LIMITS[name]
    forget(world)
    grow(world, 25, first=1)
    assert count(world, name) <= small


def forget(world: World) -> None:
    """The return as if nothing had been typed."""
    with writing(by=None, verb="test.reset", partnership=world.partnership):
        ret = Return.objects.get(pk=world.returns["P1-1"].pk)
        ret.state, ret.draft, ret.version = "owed", {}, None
        ret.save()


def test_opening_a_quarter_of_many_indicators_asks_little() -> None:
    world = make_world("ashmere")
    grow(world, 40)
    with CaptureQueriesContext(connection) as asked:
        quarters.open_due_quarters(today=date(2026, 12, 31) + timedelta(days=2))
    assert Quarter.objects.count() == 3
    assert len(asked) < 60
