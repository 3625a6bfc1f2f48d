"""Whole plans in and out: what the pages show is what the command line says of the exported file."""

import json
import re
from datetime import date
from io import BytesIO

import numpy as np
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from typer.testing import CliRunner

from support.web.performance import override, report
from support.web.world import make_world
from wardmote.cli.main import app
from wardmote.evidence.interface import describe_statuses, judge_plan, read_plan_file
from wardmote.evidence.sample.plan import build_sample_plan
from wardmote.web.foundation.writes import writing
from wardmote.web.partnerships.states import Role
from wardmote.web.plans.actions import link_past
from wardmote.web.plans.models import Indicator, Plan
from wardmote.web.plans.states import PlanState
from wardmote.web.returns.models import Return
from wardmote.web.returns.performance.core_plan import list_values, read_judged
from wardmote.web.returns.performance.incoming import list_catalogue, read_catalogue_plan
from wardmote.web.returns.performance.outgoing import write_outgoing
from wardmote.web.returns.performance.plan_files import import_plan_file

pytestmark = pytest.mark.django_db
CATALOGUE = ("kent-2018-19", "medway-2014-15-q3q4", "medway-2015-16-q1q2")
IMPORT = "/p/ashmere/performance/plans/import/"


def bring_in(world, plan_file, **how):
    return import_plan_file(plan_file, partnership=world.partnership, by=None, **{"is_historic": True, **how})


def say_statuses(plan, tmp_path, form):
    """What `wardmote status --json` says of the exported plan, by row."""
    path = tmp_path / f"plan.{form}"
    path.write_bytes(write_outgoing(plan, form, with_unsigned_texts=True))
    answer = CliRunner().invoke(app, ["status", str(path), "--json"])
    assert answer.exit_code == 0, answer.output
    return {row["id"]: row for row in json.loads(answer.stdout)["indicators"]}


def show_statuses(plan):
    """What the pages show, by row."""
    judged = read_judged(plan)
    return {row["id"]: row for row in describe_statuses(judged.plan, judged.statuses)}


@pytest.mark.parametrize("form", ["json", "yaml"])
def test_statuses_on_screen_equal_the_command_line_for_the_sample_plan(tmp_path, form):
    world = make_world()
    sample = build_sample_plan(today=date(2026, 11, 21), rng=np.random.default_rng(7))
    plan = bring_in(world, sample, is_historic=False, state=PlanState.ADOPTED)
    shown = show_statuses(plan)
    assert len(shown) == 60
    assert shown == say_statuses(plan, tmp_path, form)


@pytest.mark.parametrize("name", CATALOGUE)
def test_statuses_on_screen_equal_the_command_line_for_a_published_plan(tmp_path, name):
    world = make_world()
    plan_file = read_catalogue_plan(name)
    plan = bring_in(world, plan_file)
    shown = show_statuses(plan)
    assert shown == say_statuses(plan, tmp_path, "json")
    judged = judge_plan(plan_file.plan)
    assert shown == {row["id"]: row for row in describe_statuses(plan_file.plan, judged)}


def test_a_partnerships_own_tolerances_go_with_its_plan(tmp_path):
    world = make_world(amber_within_pct=30, small_number=90)
    report(world, "P1-1", part=60, whole=100)
    shown = show_statuses(world.plan)
    assert shown["P1-1"]["periods"][-1]["status"] == "amber"
    assert shown == say_statuses(world.plan, tmp_path, "json")


def test_statuses_of_a_worked_on_plan_equal_the_command_line_with_an_override(tmp_path):
    world = make_world()
    report(world, "P1-1", "2026/27Q1", part=85, whole=100)
    report(world, "P1-1", part=60, whole=100)
    override(world, "P1-1", "grey")
    shown = show_statuses(world.plan)
    assert shown["P1-1"]["periods"][-1]["computed"] == "red"
    assert shown == say_statuses(world.plan, tmp_path, "json")


@pytest.mark.parametrize("name", CATALOGUE)
def test_published_plan_comes_back_as_it_was(tmp_path, name):
    world = make_world()
    plan_file = read_catalogue_plan(name)
    path = tmp_path / "plan.json"
    path.write_bytes(write_outgoing(bring_in(world, plan_file), "json", with_unsigned_texts=True))
    again = read_plan_file(path)
    by_id = {row.id: row for row in again.plan.indicators}
    for row in plan_file.plan.indicators:
        back = by_id[row.id]
        assert back.targets == row.targets
        assert sorted(back.values, key=repr) == sorted(row.values, key=repr)
        assert (back.title, back.polarity, back.unit, back.owner) == (row.title, row.polarity, row.unit, row.owner)
    assert again.priorities == plan_file.priorities


def test_imported_values_are_owed_by_nobody():
    world = make_world()
    plan = bring_in(world, read_catalogue_plan("medway-2014-15-q3q4"))
    rows = Return.objects.filter(quarter__plan=plan)
    assert rows.count() == sum(len(row.values) for row in read_catalogue_plan("medway-2014-15-q3q4").plan.indicators)
    assert not rows.filter(quarter__is_historic=False).exists()
    assert set(rows.values_list("version__kind", flat=True)) == {"imported"}


def test_values_after_a_day_are_left_out():
    world = make_world()
    plan = bring_in(world, read_catalogue_plan("medway-2014-15-q3q4"), until=date(2014, 12, 31))
    ends = Return.objects.filter(quarter__plan=plan).values_list("quarter__ends_on", flat=True)
    assert max(ends) <= date(2014, 12, 31)


def test_worked_on_plan_has_the_imported_years_as_its_past():
    world = make_world()
    old = bring_in(world, read_catalogue_plan("medway-2014-15-q3q4"))
    series = read_judged(old).records[1].series
    row = world.indicators["P1-1"]
    row.series, row.unit = series, read_judged(old).records[1].unit
    with writing(by=None, verb="test.series_joined", partnership=world.partnership):
        row.save()
    assert list_values(row) == ()
    link_past(plan=world.plan, past=old, reason="the same measure", by=None)
    assert len(list_values(row)) == len(read_judged(old).plan.indicators[1].values)
    other = make_world("birchley").indicators["P1-1"]
    assert list_values(other) == ()


def test_catalogue_lists_plans_with_their_source():
    listed = {plan.name: plan for plan in list_catalogue()}
    assert set(CATALOGUE) < set(listed)
    assert listed["kent-2018-19"].source


def test_import_shows_what_it_would_make_and_keeps_nothing_until_confirmed():
    world = make_world()
    client = world.sign_in(Role.COORDINATOR)
    page = client.post(IMPORT, {"catalogue": "medway-2014-15-q3q4"}).content.decode()
    assert "Reported values" in page
    assert "Nothing has been kept yet" in page
    assert Plan.objects.filter(partnership=world.partnership).count() == 1
    token = page.partition('name="token" value="')[2].partition('"')[0]
    answer = client.post(f"{IMPORT}keep/", {"token": token, "is_historic": "yes"})
    plan = Plan.objects.get(partnership=world.partnership, is_historic=True)
    assert answer["Location"] == f"/p/ashmere/performance/?plan={plan.pk}"


def bring_in_by_page(client, name):
    page = client.post(IMPORT, {"catalogue": name}).content.decode()
    token = page.partition('name="token" value="')[2].partition('"')[0]
    return client.post(f"{IMPORT}keep/", {"token": token, "is_historic": "yes"}, follow=True)


def test_plan_without_indicators_leads_to_its_priorities_and_to_no_report():
    world = make_world()
    client = world.sign_in(Role.COORDINATOR)
    answer = bring_in_by_page(client, "medway-2016-20")
    plan = Plan.objects.get(partnership=world.partnership, is_historic=True)
    assert answer.redirect_chain[-1][0] == f"/p/ashmere/plans/{plan.pk}/"
    page = answer.content.decode()
    assert "was brought in: priorities without indicators." in page
    assert "Source: Medway Council, “Annual scrutiny of the Community Safety Partnership" in page
    page = client.get(f"/p/ashmere/performance/?plan={plan.pk}").content.decode()
    assert "a structure of priorities without indicators" in page
    assert f'href="/p/ashmere/plans/{plan.pk}/"' in page
    documents = "/p/ashmere/performance/documents/"
    assert f'value="{plan.pk}"' not in client.get(documents).content.decode()
    answer = client.post(f"{documents}new/", {"plan": str(plan.pk), "period": "", "endings": ["html"]})
    assert (answer.status_code, b"as_at" in answer.content) == (422, False)


def test_plan_whose_measures_are_context_is_called_so():
    world = make_world()
    page = bring_in_by_page(world.sign_in(Role.COORDINATOR), "kent-2018-19").content.decode()
    assert "19 indicators for context only: nothing is judged." in page
    assert "are off target" not in page


def test_upload_is_read_tried_and_kept(tmp_path):
    world = make_world()
    client = world.sign_in(Role.ANALYST)
    report(world, "P1-1", part=60, whole=100)
    file = SimpleUploadedFile("plan.json", write_outgoing(world.plan, "json", with_unsigned_texts=True))
    page = client.post(IMPORT, {"file": file, "is_historic": "no"}).content.decode()
    assert "as a draft to work on" in page
    token = page.partition('name="token" value="')[2].partition('"')[0]
    client.post(f"{IMPORT}keep/", {"token": token, "is_historic": "no"})
    made = Plan.objects.get(partnership=world.partnership, state="draft")
    assert made.title == world.plan.title
    stranger = make_world("birchley").sign_in(Role.COORDINATOR)
    stranger.post("/p/birchley/performance/plans/import/keep/", {"token": token, "is_historic": "no"})
    assert Plan.objects.filter(partnership__slug="birchley").count() == 1


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_template_that_is_sent_back_makes_a_plan(form):
    world = make_world()
    client = world.sign_in(Role.COORDINATOR)
    content = client.get(f"/p/ashmere/performance/plans/template.{form}").content
    file = SimpleUploadedFile(f"plan.{form}", content)
    page = client.post(IMPORT, {"file": file, "is_historic": "no"}).content.decode()
    assert "Reported values" in page


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("plan.exe", b"MZ", "must be an .xlsx"),
        ("plan.json", b"", "empty"),
        ("plan.json", b"{broken", "plan.json"),
        ("plan.xlsx", b"no workbook at all", "plan.xlsx"),
        ("plan.yaml", b"schema: plan-1\ntitle: [", "plan.yaml"),
    ],
)
def test_upload_that_cannot_be_read_is_refused_in_words(name, content, said):
    world = make_world()
    file = BytesIO(content)
    file.name = name
    answer = world.sign_in(Role.COORDINATOR).post(IMPORT, {"file": file, "is_historic": "no"})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert Plan.objects.filter(partnership=world.partnership).count() == 1


def send_template(world, **told):
    """Our own template sent in, its trial page, and the plan that is kept of it with what was told."""
    client = world.sign_in(Role.COORDINATOR)
    content = client.get("/p/ashmere/performance/plans/template.xlsx").content
    page = client.post(IMPORT, {"file": SimpleUploadedFile("ours.xlsx", content), "is_historic": "no"}).content.decode()
    token = page.partition('name="token" value="')[2].partition('"')[0]
    answer = client.post(f"{IMPORT}keep/", {"token": token, "is_historic": "no", **told})
    return page, answer, Plan.objects.filter(partnership=world.partnership, state="draft").first()


def test_template_gets_the_title_years_and_owners_that_are_said():
    world = make_world()
    page, _, plan = send_template(world)
    assert plan.title.startswith("Ashmere Partnership: plan 20")
    assert (plan.starts_on.month, plan.starts_on.day) == (4, 1)
    assert (plan.ends_on.month, plan.ends_on.day) == (3, 31)
    owners = set(re.findall(r"Who is “([^”]+)”", page))
    assert owners
    assert page.count("an owner that is no agency here") == 1
    assert "no organisation is called" not in page


def test_template_is_kept_as_it_was_settled():
    world = make_world()
    told = {"title": "Safer streets", "starts_on-day": "1", "starts_on-month": "4", "starts_on-year": "2025",
            "ends_on-day": "31", "ends_on-month": "3", "ends_on-year": "2028", "owner_0": "Ashmere Police"}  # fmt: skip
    _, _, plan = send_template(world, **told)
    assert (plan.title, plan.starts_on, plan.ends_on) == ("Safer streets", date(2025, 4, 1), date(2028, 3, 31))
    owned = Indicator.objects.filter(plan=plan, owner=world.police).count()
    assert 0 < owned < Indicator.objects.filter(plan=plan).count()


def test_template_with_days_the_wrong_way_round_is_asked_again():
    told = {"ends_on-day": "1", "ends_on-month": "4", "ends_on-year": "2020"}
    _, answer, plan = send_template(make_world(), **told)
    assert answer.status_code == 422
    assert "The last day must be after the first" in answer.content.decode()
    assert plan is None


def test_page_of_files_says_what_the_workbook_does_not_hold():
    world = make_world()
    world_plan = bring_in(world, read_catalogue_plan("medway-2014-15-q3q4"))
    page = world.sign_in(Role.COORDINATOR).get(f"/p/ashmere/performance/plans/{world_plan.pk}/files/").content.decode()
    assert "rows that this workbook gives another status: 3.3, 3.6" in page
    stranger = make_world("birchley").sign_in(Role.COORDINATOR)
    assert stranger.get(f"/p/birchley/performance/plans/{world_plan.pk}/files/").status_code == 404


def test_workbook_of_a_plan_gives_the_statuses_of_the_pages(tmp_path):
    world = make_world(amber_within_pct=30, small_number=90)
    report(world, "P1-1", "2026/27Q1", part=85, whole=100)
    report(world, "P1-1", part=60, whole=100)
    override(world, "P1-1", "grey")
    shown, said = show_statuses(world.plan), say_statuses(world.plan, tmp_path, "xlsx")
    assert [one["status"] for one in shown["P1-1"]["periods"]] == [one["status"] for one in said["P1-1"]["periods"]]
