"""What comes in by file, and is later adopted, speaks for no other plan and sets no status of a plan in force."""

from dataclasses import replace
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from support.web.performance import QUARTERS, report
from support.web.world import TODAY, make_world
from wardmote.evidence.interface import read_plan_file, write_plan_file
from wardmote.evidence.targets.kinds import TargetVersion, Threshold
from wardmote.evidence.targets.plan import Indicator as CoreRow
from wardmote.evidence.targets.plan import Override, Terms, Value
from wardmote.evidence.targets.plan import Plan as CorePlan
from wardmote.evidence.targets.plan_file import PlanFile
from wardmote.web.foundation.writes import writing
from wardmote.web.partnerships.states import Role
from wardmote.web.plans.actions import link_past
from wardmote.web.plans.models import Plan
from wardmote.web.plans.queries import list_gates
from wardmote.web.returns.models import StatusOverride
from wardmote.web.returns.performance.core_plan import judge_current, list_values
from wardmote.web.returns.performance.outgoing import write_outgoing
from wardmote.web.returns.performance.past import list_past_plans
from wardmote.web.returns.performance.plan_files import export_plan_file, import_plan_file
from wardmote.web.returns.performance.plan_wide import list_plan_wide
from wardmote.web.returns.performance.windows import Window

pytestmark = pytest.mark.django_db
KEY = "felt-safer"
IMPORT = "/p/ashmere/performance/plans/import/"
FORGED = Override("2026/27Q2", "green", "all well", "the chair", date(2026, 10, 1))
TARGET = TargetVersion(Threshold(">=", 80.0, "percent"), "at least 80%", valid_from=date(2025, 4, 1))
ALWAYS = Window(date.min, date.max)
BEFORE = Value("2025/26Q4", date(2026, 1, 1), date(2026, 3, 31), shape="percent", number=95.0)
NEAR = Value("2026/27 Q2", date(2026, 7, 1), date(2026, 9, 29), shape="percent", number=95.0)


def make_sister(world, *values, overrides=(), terms=None):
    """A file with the real plan's first day, and its first row's ref, unit and key."""
    row = CoreRow(
        id="P1-1", title="Victims who felt safer (1)", unit="percent", polarity="higher", priority_no=1,
        series_key=KEY, targets=(TARGET,), values=tuple(values), overrides=tuple(overrides),
    )  # fmt: skip
    plan = CorePlan("Sister", (row,), terms=terms or Terms())
    return PlanFile(plan=plan, starts_on=world.plan.starts_on, ends_on=world.plan.ends_on)


def bring_in(world, file, *, is_historic=False, state="adopted"):
    by = world.people[Role.ANALYST]
    plan = import_plan_file(file, partnership=world.partnership, by=by, is_historic=is_historic)
    if not is_historic and state != "draft":
        settle(world, plan, state=state)
    return plan


def settle(world, kept, **fields):
    with writing(by=None, verb="test.settled", partnership=world.partnership):
        for name, value in fields.items():
            setattr(kept, name, value)
        kept.save()


@pytest.fixture
def world():
    """P1-1 has a key and stands at 60% in its only quarter: red."""
    world = make_world()
    settle(world, world.indicators["P1-1"], series_key=KEY)
    report(world, "P1-1", part=60, whole=100)
    return world


def read_values(world):
    return [value.best for value in list_values(world.indicators["P1-1"])]


@pytest.mark.parametrize("value", [NEAR, BEFORE], ids=["over the quarter", "before it"])
def test_adopted_sister_says_nothing_of_the_real_plan(world, value):
    sister = bring_in(world, make_sister(world, value))
    assert list_past_plans(world.plan) == [world.plan]
    assert read_values(world) == [60.0]
    assert judge_current(world.plan)[0].latest.status == "red"
    assert list_past_plans(sister) == [sister]


FAR = [
    replace(NEAR, end=date(2026, 9, 30)),
    replace(BEFORE, end=date(2026, 3, 30)),
    replace(BEFORE, period="2026/27 Q2"),
    replace(BEFORE, period="the last quarter", end=date(2026, 3, 30)),
    replace(BEFORE, period="lately", start=None, end=None),
]


@pytest.mark.parametrize(
    "value", [NEAR, *FAR], ids=["near", "equal", "a day short", "mislabelled", "no quarter's end", "undated"]
)
@pytest.mark.parametrize("is_historic", [False, True], ids=["adopted", "as it stood"])
def test_linked_plan_speaks_of_no_odd_or_overlapping_stretch(world, value, is_historic):
    sister = bring_in(world, make_sister(world, value), is_historic=is_historic)
    link_past(plan=world.plan, past=sister, reason="it counted the same", by=None)
    assert sister in list_past_plans(world.plan)
    assert read_values(world) == [60.0]


def test_linked_adopted_plan_is_the_past_and_listed_with_its_reason(world):
    sister = bring_in(world, make_sister(world, BEFORE))
    client = world.sign_in(Role.COORDINATOR)
    address = f"/p/ashmere/plans/{world.plan.pk}/past/"
    assert world.sign_in(Role.ANALYST).post(address, {"past": str(sister.pk), "reason": "so"}).status_code == 403
    client.post(address, {"past": str(sister.pk), "reason": "it counted the same"})
    assert read_values(world) == [95.0, 60.0]
    said = list_plan_wide(world.plan, ALWAYS, with_names=False)
    assert any("“Sister”" in one and "it counted the same" in one for one in said)
    assert list_plan_wide(sister, ALWAYS, with_names=False) == []


def test_plan_that_was_taken_over_from_is_the_past_but_of_no_own_quarter(world):
    sister = bring_in(world, make_sister(world, BEFORE, replace(NEAR, end=date(2026, 9, 30))))
    settle(world, world.plan, predecessor=sister)
    assert read_values(world) == [95.0, 60.0]
    settle(world, sister, state="draft")
    assert read_values(world) == [60.0]


def test_trial_and_adoption_say_which_rows_join_another_plan(world, tmp_path):
    path = tmp_path / "plan.json"
    write_plan_file(make_sister(world, overrides=[FORGED] * 60), path)
    file = SimpleUploadedFile("plan.json", path.read_bytes())
    page = world.sign_in(Role.ANALYST).post(IMPORT, {"file": file, "is_historic": "no"}).content.decode()
    joined = f"1 row joins a measure of “{world.plan.title}”: P1-1. Neither plan"
    assert joined in page
    assert "60 statuses set by hand in the file are not taken over: a status is set by hand here, by a named" in page
    sister = bring_in(world, make_sister(world), state="approval")
    for gate in list_gates(sister):
        settle(world, gate, outcome="approved", held_on=TODAY, record="minute 4")
    client = world.sign_in(Role.COORDINATOR)
    page = client.get(f"/p/ashmere/plans/{sister.pk}/approval/adopt/").content.decode()
    assert joined in page


# ---- statuses and terms of a file ------------------------------------------------------------------------------------


def read_back(file, form, tmp_path):
    path = tmp_path / f"sister.{form}"
    write_plan_file(file, path)
    return read_plan_file(path)


@pytest.mark.parametrize("form", ["json", "xlsx"])
def test_statuses_and_terms_of_a_file_never_judge_an_adopted_plan(world, tmp_path, form):
    red = replace(BEFORE, period="2026/27Q2", start=QUARTERS["2026/27Q2"][0], end=QUARTERS["2026/27Q2"][1], number=60.0)
    loose = Terms(amber_within_pct=90, small_number=1000)
    sent = read_back(make_sister(world, red, overrides=[FORGED], terms=loose), form, tmp_path)
    assert sent.plan.indicators[0].overrides
    days = {"starts_on": world.plan.starts_on, "ends_on": world.plan.ends_on}
    sister = bring_in(world, replace(sent, **days))
    found = judge_current(sister)[0].latest
    assert (found.status, found.is_small) == ("red", False)
    assert found.why_code != "override"
    assert not StatusOverride.objects.exists()
    terms = export_plan_file(sister).plan.terms
    assert (terms.amber_within_pct, terms.small_number) == (
        world.partnership.amber_within_pct, world.partnership.small_number
    )  # fmt: skip


def test_forged_status_that_was_kept_before_colours_no_plan_in_force(world):
    with writing(by=None, verb="test.forged", partnership=world.partnership):
        StatusOverride.objects.create(
            partnership=world.partnership, indicator=world.indicators["P1-1"], period="2026/27Q2", status="green",
            reason="all well", set_by=None, set_by_name="the chair", set_at=world.plan.made_at,
        )  # fmt: skip
    assert judge_current(world.plan)[0].latest.status == "red"


def test_status_of_a_file_is_shown_on_the_plan_as_it_stood_as_the_file_says(world, tmp_path):
    old = make_sister(world, BEFORE, overrides=[replace(FORGED, period="2025/26Q4")])
    past = bring_in(world, old, is_historic=True)
    found = judge_current(past)[0].latest
    assert (found.status, found.why_code) == ("green", "override")
    assert "the chair, as the file says" in found.why
    link_past(plan=world.plan, past=past, reason="it counted the same", by=None)
    assert [one.why_code for one in judge_current(world.plan)[0].periods].count("override") == 0
    path = tmp_path / "plan.json"
    path.write_bytes(write_outgoing(past, "json", with_unsigned_texts=True))
    again = import_plan_file(read_plan_file(path), partnership=world.partnership, by=None, is_historic=True)
    assert export_plan_file(again).plan.indicators[0].overrides == (
        replace(FORGED, period="2025/26Q4", by="the chair, as the file says"),
    )  # fmt: skip
    assert Plan.objects.filter(partnership=world.partnership, is_historic=True).count() == 2
