"""Quarters open by themselves, are put off, locked, reopened, and go on with a revised plan."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from support.web.world import NOW, World, make_world
from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.foundation.writes import writing
from wardmote.web.partnerships.models import Organisation, Succession
from wardmote.web.partnerships.states import Role
from wardmote.web.plans.models import Indicator, Plan
from wardmote.web.returns.actions import moving, quarters
from wardmote.web.returns.calendar import find_quarter, find_stretch, is_due, list_quarters
from wardmote.web.returns.models import Quarter, QuarterDue, Return
from wardmote.web.returns.rounds import open_quarters

IN_JANUARY = date(2027, 1, 4)
Q3 = "2026/27Q3"


@pytest.fixture
def world(db: None) -> World:
    return make_world("ashmere")


def change(record: object, **fields: object) -> None:
    with writing(by=None, verb="test.changed"):
        for name, value in fields.items():
            setattr(record, name, value)
        record.save()  # type: ignore[attr-defined]


def test_quarter_opens_when_it_has_ended(world: World) -> None:
    opened = quarters.open_due_quarters(today=IN_JANUARY)
    # Q1 ended after the plan's adoption too and was never opened; Q2 is open in the world already.
    assert [quarter.period for quarter in opened] == ["2026/27Q1", Q3]
    quarter = Quarter.objects.get(period=Q3)
    assert quarter.due_on == date(2026, 12, 31) + timedelta(days=28)
    owed = {ret.indicator.ref: ret.organisation for ret in quarter.returns.select_related("indicator", "organisation")}
    assert owed == {"P1-1": world.police, "P1-2": world.police, "P1-3": world.council}


def test_opening_again_opens_nothing(world: World) -> None:
    moment = datetime(2027, 1, 4, 6, 0, tzinfo=NOW.tzinfo)
    assert open_quarters(moment) == "2 quarters opened"
    assert open_quarters(moment) == "0 quarters opened"


def test_quarter_does_not_open_on_its_last_day(world: World) -> None:
    assert Q3 not in [quarter.period for quarter in quarters.open_due_quarters(today=date(2026, 12, 31))]


def test_process_that_comes_second_opens_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both saw the quarter missing; the database's own rule lets one of them in."""
    dates = find_quarter(date(2026, 12, 31))
    quarters.open_quarter(plan=world.plan, dates=dates, by=None)
    monkeypatch.setattr(quarters, "_leave_out_opened", lambda _plan, found: found)
    assert quarters._open_once(world.plan, dates) is None
    assert Quarter.objects.filter(period=Q3).count() == 1


def test_discontinued_and_yearly_measures_are_left_out(world: World) -> None:
    change(world.indicators["P1-1"], discontinued_on=date(2026, 11, 1))
    change(world.indicators["P1-2"], frequency="yearly")
    quarters.open_due_quarters(today=IN_JANUARY)
    refs = Return.objects.filter(quarter__period=Q3).values_list("indicator__ref", flat=True)
    assert list(refs) == ["P1-3"]


def test_successor_owes_what_its_predecessor_owned(world: World) -> None:
    with writing(by=None, verb="test.changed"):
        new = Organisation.objects.create(name="New Police", kind="police")
        Succession.objects.create(predecessor=world.police, successor=new, on=date(2026, 11, 1))
    change(world.police, ended_on=date(2026, 11, 1))
    quarters.open_due_quarters(today=IN_JANUARY)
    assert Return.objects.get(quarter__period=Q3, indicator__ref="P1-1").organisation == new
    assert Return.objects.get(quarter__period="2026/27Q1", indicator__ref="P1-1").organisation == world.police


def test_coordinator_opens_a_quarter_early_by_hand(world: World) -> None:
    address = reverse("open_quarter", args=["ashmere"])
    answer = world.sign_in(Role.COORDINATOR).post(
        address, {"period": "2026/27Q1", "due_on-day": "5", "due_on-month": "12", "due_on-year": "2026"}
    )
    quarter = Quarter.objects.get(period="2026/27Q1")
    assert answer.headers["Location"].endswith(f"/quarters/{quarter.pk}/")
    assert quarter.due_on == date(2026, 12, 5)


def test_due_date_is_put_off_for_one_agency_with_a_reason(world: World) -> None:
    address = reverse("put_off_due", args=["ashmere", world.quarter.pk])
    sent = {"organisation": world.police.pk, "due_on-day": "9", "due_on-month": "12", "due_on-year": "2026"}
    client = world.sign_in(Role.COORDINATOR)
    assert b"Enter reason" in client.post(address, sent).content
    client.post(address, {**sent, "reason": "A new system"})
    assert QuarterDue.objects.get().due_on == date(2026, 12, 9)
    page = world.sign_in(Role.CONTRIBUTOR).get(reverse("returns", args=["ashmere"])).content.decode()
    assert "9 December 2026" in page
    assert "30 November 2026" not in page


def test_quarter_with_open_returns_is_locked_only_with_a_reason(world: World) -> None:
    coordinator = world.people[Role.COORDINATOR]
    with pytest.raises(RefusedError, match="3 returns are not signed off"):
        quarters.close_quarter(quarter=world.quarter, by=coordinator)
    quarters.close_quarter(quarter=world.quarter, by=coordinator, reason="The year is closed")
    client = world.sign_in(Role.CONTRIBUTOR)
    page = client.get(reverse("show_return", args=["ashmere", world.returns["P1-1"].pk])).content
    assert b"data-draft=" not in page
    with pytest.raises(RefusedError, match="no reason"):
        quarters.unlock_quarter(quarter=world.quarter, by=coordinator, reason=" ")
    quarters.unlock_quarter(quarter=world.quarter, by=coordinator, reason="One was forgotten")
    assert Quarter.objects.get(pk=world.quarter.pk).state == "open"


def revise(world: World, refs: tuple[str, ...]) -> Plan:
    """A second version of the plan with some of the first one's measures and one new one."""
    with writing(by=None, verb="test.revised", partnership=world.partnership):
        new = Plan.objects.create(
            partnership=world.partnership, lineage=world.plan.lineage, version=2, predecessor=world.plan,
            title="Revised", starts_on=world.plan.starts_on, ends_on=world.plan.ends_on, state="adopted", made_at=NOW,
        )  # fmt: skip
        priority = world.priority
        priority.pk, priority.plan, priority._state.adding = uuid4(), new, True
        priority.save()
        for ref in refs:
            indicator = Indicator.objects.get(pk=world.indicators[ref].pk)
            indicator.pk, indicator.plan, indicator.priority, indicator._state.adding = uuid4(), new, priority, True
            indicator.save()
        indicator.pk, indicator.ref, indicator.series, indicator._state.adding = uuid4(), "P1-9", uuid4(), True
        indicator.save()
    return new


def test_open_quarter_goes_on_with_a_revised_plan(world: World) -> None:
    kept, gone = world.returns["P1-1"], world.returns["P1-2"]
    change(gone, draft={"numerator": "4"}, state="draft")
    new = revise(world, ("P1-1", "P1-3"))
    with writing(by=None, verb="test.adopted", partnership=world.partnership):
        moving.move_open_quarters(world.plan, new, None)
    assert Quarter.objects.get(pk=world.quarter.pk).plan == new
    assert Return.objects.get(pk=kept.pk).indicator.plan == new
    closed = Return.objects.get(pk=gone.pk)
    assert (closed.state, closed.draft) == ("closed", {"numerator": "4"})
    assert Return.objects.get(quarter=world.quarter, indicator__ref="P1-9").state == "owed"


def test_revised_plan_does_not_ask_again_for_a_quarter(world: World) -> None:
    new = revise(world, ("P1-1",))
    change(world.plan, state="superseded")
    change(new, adopted_on=date(2026, 4, 1))
    opened = quarters.open_due_quarters(today=date(2026, 11, 21))
    assert [quarter.period for quarter in opened] == ["2026/27Q1"]


def test_last_quarter_of_a_plan_opens_though_the_next_plan_is_adopted(world: World) -> None:
    change(world.plan, state="superseded", ends_on=date(2026, 12, 31))
    assert [quarter.period for quarter in quarters.open_due_quarters(today=IN_JANUARY)] == [Q3]


def test_frequencies_name_their_quarters() -> None:
    year = list_quarters(date(2026, 4, 1), date(2027, 3, 31))
    asked = {
        how: [dates.number for dates in year if is_due(how, dates)] for how in ("quarterly", "half_yearly", "yearly")
    }
    assert asked == {"quarterly": [1, 2, 3, 4], "half_yearly": [2, 4], "yearly": [4]}


@pytest.mark.parametrize(
    ("basis", "first"),
    [
        ("quarter", date(2026, 7, 1)), ("month", date(2026, 9, 1)), ("half_year", date(2026, 4, 1)),
        ("cumulative", date(2026, 4, 1)), ("rolling12", date(2025, 10, 1)), ("calendar_year", date(2026, 1, 1)),
        ("academic_year", date(2026, 9, 1)), ("stock", date(2026, 7, 1)),
    ],
)  # fmt: skip
def test_value_speaks_of_the_stretch_of_its_basis(basis: str, first: date) -> None:
    assert find_stretch(basis, date(2026, 7, 1), date(2026, 9, 30)) == (first, date(2026, 9, 30))  # type: ignore[arg-type]


def type_day(name: str, day: date) -> dict[str, object]:
    return {f"{name}-{part}": getattr(day, part) for part in ("day", "month", "year")}


@pytest.mark.parametrize("due", [date(2019, 5, 1), date(2026, 12, 31), date(2028, 1, 2)])
def test_quarter_is_not_opened_with_a_due_date_that_cannot_be_meant(world: World, due: date) -> None:
    dates = find_quarter(date(2026, 12, 31))
    with pytest.raises(RefusedError, match=r"lies (before the quarter's end|more than a year after 31 December 2026)"):
        quarters.open_quarter(plan=world.plan, dates=dates, by=None, due_on=due)
    assert not Quarter.objects.filter(period=Q3).exists()


def test_page_says_in_words_why_a_due_date_is_refused(world: World) -> None:
    address = reverse("open_quarter", args=["ashmere"])
    sent = {"period": "2026/27Q1", **type_day("due_on", date(2019, 5, 1))}
    page = world.sign_in(Role.COORDINATOR).post(address, sent).content.decode()
    assert "The due date, 1 May 2019, lies before the quarter&#39;s end. Expected a day after 30 June 2026." in page
    assert not Quarter.objects.filter(period="2026/27Q1").exists()


@pytest.mark.parametrize(
    ("day", "words"),
    [(date(2026, 11, 30), "due on 30 November 2026 already"), (date(2026, 11, 2), "Expected a later day than"),
     (date(2027, 12, 3), "Expected a day until"), (date(2026, 9, 1), "before the quarter")],
)  # fmt: skip
def test_due_date_is_put_off_to_a_later_day_within_a_year(world: World, day: date, words: str) -> None:
    address = reverse("put_off_due", args=["ashmere", world.quarter.pk])
    sent = {"organisation": world.police.pk, "reason": "Illness", **type_day("due_on", day)}
    assert words in world.sign_in(Role.COORDINATOR).post(address, sent).content.decode()
    assert not QuarterDue.objects.exists()


@pytest.mark.django_db
def test_imported_quarter_shows_no_due_day_that_nobody_set() -> None:
    world = make_world()
    with writing(by=None, verb="test.imported", partnership=world.partnership):
        world.quarter.is_historic, world.quarter.state = True, "locked"
        world.quarter.save()
    client = world.sign_in(Role.COORDINATOR)
    day = "30 November 2026"
    assert day not in client.get("/p/ashmere/returns/quarters/").content.decode()
    assert f"due {day}" not in client.get(f"/p/ashmere/returns/quarters/{world.quarter.pk}/").content.decode()
