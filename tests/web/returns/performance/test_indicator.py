"""The page of one indicator, its downloads, and statuses set by hand."""

import csv
import io

import pytest

from support.web.performance import override, report
from support.web.world import make_world
from wardmote.evidence.interface import describe_statuses, encode_target
from wardmote.evidence.model.errors import UsageError
from wardmote.evidence.targets.kinds import CountPerPeriod
from wardmote.evidence.targets.plan import Indicator as CoreRow
from wardmote.evidence.targets.plan import Value
from wardmote.evidence.targets.statuses import PeriodStatus
from wardmote.web.foundation.design.run_charts import draw_run_chart
from wardmote.web.foundation.table_files import disarm_cell
from wardmote.web.foundation.writes import writing
from wardmote.web.partnerships.states import Role
from wardmote.web.returns.models import StatusOverride
from wardmote.web.returns.performance.core_plan import read_judged
from wardmote.web.returns.performance.lines import explain_no_line
from wardmote.web.returns.performance.overrides import lift_override, set_override
from wardmote.web.returns.performance.value_words import name_judged

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    world = make_world()
    report(world, "P1-1", "2026/27Q1", part=85, whole=100)
    report(world, "P1-1", part=60, whole=100)
    report(world, "P1-1", part=66, whole=100)
    return world


def address(world, ref="P1-1", tail=""):
    return f"/p/ashmere/performance/indicators/{world.indicators[ref].pk}/{tail}"


def read(world, role, tail=""):
    answer = world.sign_in(role).get(address(world, tail=tail))
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_indicator_shows_why_what_was_tested_and_every_version(world):
    page = read(world, Role.COORDINATOR)
    assert "66% against at least 80%: short by 14 points" in page
    assert "wm-chart__svg" in page
    assert "60 of 100 (60%)" in page
    assert "Revised after sign-off" in page
    assert "Reason given: the first count left a team out" in page
    assert "<strong>Off target:</strong> 66% against at least 80%" in page
    signal = read_judged(world.plan).rows[0].latest.signal.sentence
    assert signal.split("(")[0].strip() in page


@pytest.mark.parametrize(
    ("role", "sees"), [(Role.COORDINATOR, True), (Role.LEAD, True), (Role.SCRUTINY, False), (Role.READER, False)]
)
def test_indicator_names_people_only_to_those_who_work_with_returns(world, role, sees):
    page = read(world, role)
    head = world.people[role].name  # the page's own head names who is signed in
    assert ("by Contributor" in page) is sees
    assert (page.count("by Lead") > 0) is sees
    assert ("a member of the partnership" in page) is not sees
    assert head in page


def test_indicator_csv_holds_what_the_page_shows(world):
    text = world.sign_in(Role.READER).get(address(world, tail="values.csv")).content.decode()
    lines = list(csv.DictReader(io.StringIO(text)))
    assert [(line["period"], line["value"], line["status"]) for line in lines] == [
        ("2026/27Q1", "85.0", "green"),
        ("2026/27Q2", "66.0", "red"),
    ]


@pytest.mark.parametrize(
    ("cell", "written"),
    [("=1+1", "'=1+1"), ("+44", "'+44"), ("@a", "'@a"), ("-", "'-"), ("at least", "at least"), (-4.0, -4.0)],
)
def test_cell_that_a_spreadsheet_would_run_is_disarmed(cell, written):
    assert disarm_cell(cell) == written


def test_indicator_json_holds_the_statuses_of_the_command_line(world):
    body = world.sign_in(Role.READER).get(address(world, tail="values.json")).json()
    judged = read_judged(world.plan)
    assert body["statuses"] == describe_statuses(judged.plan, judged.statuses)[0]["periods"]


def test_status_set_by_hand_shows_both_until_it_is_lifted(world):
    client = world.sign_in(Role.LEAD)
    sent = {"period": "2026/27Q2", "status": "amber", "reason": "half of the interviews were lost"}
    assert client.post(address(world, tail="status/"), sent).status_code == 302
    page = read(world, Role.READER)
    assert "set by the lead of priority 1" in page
    assert "computed: red" in page
    set_row = StatusOverride.objects.get()
    lift = f"/p/ashmere/performance/overrides/{set_row.pk}/lift/"
    assert client.get(lift).status_code == 200
    assert client.post(lift, {"reason": "they were found"}).status_code == 302
    assert read_judged(world.plan).rows[0].look == "red"
    assert "Lifted on" in read(world, Role.READER)


def test_status_is_not_set_by_hand_without_a_reason(world):
    answer = world.sign_in(Role.COORDINATOR).post(
        address(world, tail="status/"), {"period": "2026/27Q2", "status": "red"}
    )
    assert answer.status_code == 422
    with pytest.raises(UsageError, match="without a reason"):
        set_override(
            indicator=world.indicators["P1-1"], period="2026/27Q2", status="red", reason=" ",
            by=world.people[Role.COORDINATOR],
        )  # fmt: skip
    assert not StatusOverride.objects.exists()


def test_status_set_by_hand_is_for_the_lead_of_the_priority(world):
    world.priority.lead = world.people[Role.CHAIR]
    with writing(by=None, verb="test.lead_changed", partnership=world.partnership):
        world.priority.save()
    sent = {"period": "2026/27Q2", "status": "amber", "reason": "half of the interviews were lost"}
    assert world.sign_in(Role.LEAD).post(address(world, tail="status/"), sent).status_code == 403


def test_status_lifted_twice_keeps_the_first_lifting(world):
    row = override(world, "P1-1", "grey")
    by = world.people[Role.COORDINATOR]
    lift_override(override=row, reason="found", by=by)
    first = row.ended_at
    lift_override(override=row, reason="again", by=by)
    assert row.ended_at == first


def test_words_beside_a_value_are_read_by_outsiders_only_once_signed_off(world):
    told = "the second interviewer was away"
    version = report(world, "P1-2", part=60, whole=100, narrative=told)
    row = version.of
    version.signed_off_at = row.signed_off_at = None
    row.state = "submitted"
    with writing(by=None, verb="test.sign_off_undone", partnership=world.partnership):
        version.save()
        row.save()
    plan_json = f"/p/ashmere/performance/plans/{world.plan.pk}/plan.json"
    pages = [address(world, "P1-2"), address(world, "P1-2", "values.json"), plan_json]
    for role, reads in ((Role.LEAD, True), (Role.SCRUTINY, False), (Role.READER, False)):
        answers = [world.sign_in(role).get(page).content.decode() for page in pages]
        assert [told in answer for answer in answers] == [reads] * 3


def count_up(world):
    """A promise of 3,600 hours in the year, of which two quarters are known, and one of the year before."""
    patrol = make_patrol(world)
    report(world, patrol.ref, "2025/26Q4", number=730, shape="count")
    report(world, patrol.ref, "2026/27Q1", number=940, shape="count")
    report(world, patrol.ref, number=985, shape="count")
    return patrol


def make_patrol(world):
    row = world.indicators["P1-1"]
    with writing(by=None, verb="test.promised", partnership=world.partnership):
        row.shape, row.unit, row.polarity = "count", "hours", "higher"
        row.save()
        target = row.targets.get()
        promise = CountPerPeriod(">=", 3600, "hours", "financial_year")
        target.spec, target.text = encode_target(promise), "3,600 hours a year"
        target.save()
    return row


def test_promise_for_a_year_is_drawn_as_the_total_that_was_judged():
    world = make_world()
    row = count_up(world)
    judged = read_judged(world.plan)
    line, latest = judged.rows[0].line, judged.rows[0].latest
    assert (latest.value, latest.target, latest.counted) == (1925, 1800, ("2026/27Q1", "2026/27Q2"))
    assert line.points[1:] == (940, 1925)
    assert line.alone == (730, 940, 985)
    assert line.targets[1:] == (900, 1800)
    assert line.restarts == (1,)
    page = " ".join(world.sign_in(Role.READER).get(address(world, row.ref)).content.decode().split())
    for text in ("Total so far in the year, hours", "The period alone", "Target for the total", "2026/27, Q1 to Q2"):
        assert text in page
    assert "2026/27, Q1 to Q2" in world.sign_in(Role.READER).get("/p/ashmere/performance/").content.decode()
    body = world.sign_in(Role.READER).get(address(world, row.ref, "values.csv")).content.decode()
    told = list(csv.DictReader(io.StringIO(body)))
    assert (told[-1]["value"], told[-1]["judged_value"], told[-1]["target"]) == ("985.0", "1925.0", "1800.0")
    assert told[-1]["judged_period"] == "2026/27, Q1 to Q2"


@pytest.mark.parametrize(
    ("counted", "said"),
    [
        ((), "2026/27Q2"),
        (("2026/27Q2",), "2026/27Q2"),
        (("2026/27Q1", "2026/27Q2"), "2026/27, Q1 to Q2"),
        (("2026/27Q1", "2026/27Q3"), "2026/27, Q1 and Q3"),
        (("2026-04", "2026-05", "2026-06"), "2026-04 to 2026-06"),
    ],
)
def test_judged_period_names_all_that_was_added_up(counted, said):
    assert name_judged(PeriodStatus("2026/27Q2", "green", "", counted=counted)) == said


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ((), "No values yet"),
        ((Value("2026/27", state="missing"),), "No values yet"),
        ((Value("2026/27", shape="parts", parts=(("by day", 91.0), ("after dark", 61.8))),), "Several figures"),
        ((Value("2026/27", shape="status", text="Done"),), "Steps, not figures"),
        ((Value("2026/27", shape="checklist", checks=(True, False)),), "Steps, not figures"),
    ],
)
def test_row_without_a_line_says_why(values, said):
    assert explain_no_line(CoreRow("1.10", "A row", "higher", (), values, unit="percent")).startswith(said)


def test_phone_is_shown_the_last_eight_periods():
    numbers = range(1, 12)
    chart = draw_run_chart("Robbery", [f"Q{n}" for n in numbers], [float(n) for n in numbers], breaks={2: "a"})
    narrow = chart.partition("wm-chart__narrow")[2].partition("</div>")[0]
    assert narrow.count("<circle") == 8
    assert ">Q11<" in narrow
    assert ">Q3<" not in narrow
    assert "Break" not in narrow  # it lies before what is drawn
