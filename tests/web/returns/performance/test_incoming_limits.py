"""A plan file that is tried holds up nobody, and is not kept for ever."""

import json
import os
from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from support.web.world import NOW, TODAY, World, make_world
from wardmote.evidence.interface import read_plan_file, write_plan_file
from wardmote.evidence.sample.plan import build_sample_plan
from wardmote.evidence.targets.kinds import NoTarget, TargetVersion, Threshold
from wardmote.evidence.targets.plan import Override, Value
from wardmote.evidence.targets.plan_file import PlanFile
from wardmote.web.foundation.models import AuditEntry
from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.partnerships.states import Role
from wardmote.web.plans.models import Plan
from wardmote.web.returns.performance import incoming as incoming_module
from wardmote.web.returns.performance.incoming import Incoming, keep_import, reading_alone, receive_again, try_import
from wardmote.web.returns.performance.incoming_choices import propose_choices
from wardmote.web.returns.performance.plan_files import import_plan_file
from wardmote.web.returns.performance.tried_files import keep_tried, remove_tried, taking_tried

pytestmark = pytest.mark.django_db
IMPORT = "/p/ashmere/performance/plans/import/"
SMALL = b'{"schema": "plan-1", "title": "t", "indicators": [{"id": "1", "title": "a", "polarity": "lower"}]}'


@pytest.fixture
def world(settings: Any, tmp_path: Path) -> World:
    settings.FILES = tmp_path / "files"
    return make_world("ashmere")


def write_plan(folder: Path, *, times: int = 1) -> bytes:
    """The sample plan as a file, its indicators so many times over under other numbers."""
    sample = build_sample_plan(today=date(2026, 11, 21), rng=np.random.default_rng(7))
    rows = [replace(row, id=f"{at}-{row.id}") if at else row for at in range(times) for row in sample.plan.indicators]
    path = folder / "plan.json"
    write_plan_file(replace(sample, plan=replace(sample.plan, indicators=tuple(rows))), path)
    return path.read_bytes()


def read_sample(folder: Path) -> PlanFile:
    write_plan(folder)
    return read_plan_file(folder / "plan.json")


def send(world: World, content: bytes, name: str = "plan.json") -> Any:
    data = {"file": SimpleUploadedFile(name, content), "is_historic": "yes"}
    return world.sign_in(Role.ANALYST).post(IMPORT, data)


def list_tried(settings: Any) -> list[Path]:
    return sorted((settings.FILES / "tried-plans").glob("*"))


def test_trial_shows_the_plan_and_keeps_no_record_of_it(world: World, tmp_path: Path) -> None:
    plans = Plan.objects.count()
    assert send(world, write_plan(tmp_path)).status_code == 200
    assert Plan.objects.count() == plans


def test_trial_only_reads_the_database_so_that_nobody_waits(world: World, tmp_path: Path) -> None:
    person = world.people[Role.ANALYST]
    plan_file = read_sample(tmp_path)
    with CaptureQueriesContext(connection) as seen:
        trial = try_import(
            Incoming("a", plan_file, "", ""), partnership=world.partnership, by=person, is_historic=False
        )
    assert trial.counts["Reported values"] > 100
    assert [one["sql"] for one in seen.captured_queries if not one["sql"].startswith("SELECT")] == []


TURNED = TargetVersion(NoTarget("not set"), valid_from=date(2026, 4, 1), valid_to=date(2025, 4, 1))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"priority_no": -3}, "the number -3 of 1 priorities cannot be kept"),
        ({"priority_no": 40_000}, "the number 40000 of 1 priorities cannot be kept"),
        ({"targets": (TURNED,)}, "ends on 2025-04-01, before it begins"),
        ({"overrides": (Override("2026/27Q1", "red", "seen", "b" * 201),)}, "set by name of 1"),
    ],
)
def test_what_the_database_would_refuse_is_told_by_the_trial_and_not_kept(
    world: World, tmp_path: Path, change: dict[str, Any], said: str
) -> None:
    sample = read_sample(tmp_path)
    rows = (replace(sample.plan.indicators[0], **change), *sample.plan.indicators[1:])
    plan_file = replace(sample, plan=replace(sample.plan, indicators=rows))
    by = world.people[Role.ANALYST]
    trial = try_import(Incoming("a", plan_file, "", ""), partnership=world.partnership, by=by, is_historic=True)
    assert any(said in fault.found for fault in trial.faults), trial.faults
    plans = Plan.objects.count()
    with pytest.raises(RefusedError, match=said):
        import_plan_file(plan_file, partnership=world.partnership, by=by, is_historic=True)
    assert Plan.objects.count() == plans


def test_targets_and_values_that_make_no_sense_are_told_by_the_trial(world: World, tmp_path: Path) -> None:
    sample = read_sample(tmp_path)
    senseless = replace(
        sample.plan.indicators[0], targets=(TargetVersion(Threshold(">=", 140, "percent")),),
        values=(Value("2026/27Q1", date(2026, 4, 1), date(2026, 6, 30), shape="x_of_y", part=-4, whole=9),),
    )  # fmt: skip
    incoming = Incoming("a", replace(sample, plan=replace(sample.plan, indicators=(senseless,))), "", "")
    by = world.people[Role.ANALYST]
    trial = try_import(incoming, partnership=world.partnership, by=by, is_historic=True)
    found = " ".join(fault.found for fault in trial.faults)
    assert "140% is not a share of anything" in found
    assert "-4 is less than none" in found
    assert not trial.is_refused


def test_two_rows_of_one_id_are_told_by_the_trial(world: World, tmp_path: Path) -> None:
    sample = read_sample(tmp_path)
    plan = replace(sample.plan, indicators=(*sample.plan.indicators, sample.plan.indicators[0]))
    incoming = Incoming("a", replace(sample, plan=plan), "", "")
    by = world.people[Role.ANALYST]
    trial = try_import(incoming, partnership=world.partnership, by=by, is_historic=True)
    assert any("1 indicators of the file have the same plan and ref" in fault.found for fault in trial.faults)


def test_plan_of_too_many_indicators_is_refused(world: World, tmp_path: Path, settings: Any) -> None:
    answer = send(world, write_plan(tmp_path, times=17))
    assert answer.status_code == 422
    assert "1,020 indicators: a plan may have 1,000 at most" in answer.content.decode()
    assert list_tried(settings) == []


def test_person_has_one_file_read_at_a_time(world: World, tmp_path: Path) -> None:
    content = write_plan(tmp_path)
    with reading_alone(world.people[Role.ANALYST]):
        answer = send(world, content)
        assert answer.status_code == 422
        assert "still being read" in answer.content.decode()
    assert send(world, content).status_code == 200


def test_person_may_try_again_after_a_file_that_could_not_be_read(world: World, tmp_path: Path) -> None:
    assert send(world, b"{").status_code == 422
    with pytest.raises(ValidationError), reading_alone(world.people[Role.ANALYST]):
        raise ValidationError("no plan")
    assert send(world, write_plan(tmp_path)).status_code == 200


def test_workbook_that_reaches_too_far_is_refused(world: World) -> None:
    from io import BytesIO

    import xlsxwriter

    out = BytesIO()
    book = xlsxwriter.Workbook(out)
    book.add_worksheet("plan").write(1_048_575, 16_383, 1)
    book.close()
    answer = send(world, out.getvalue(), "plan.xlsx")
    assert answer.status_code == 422
    assert "1,048,576 rows and 16,384 columns" in answer.content.decode()


def test_tried_file_is_private_and_goes_after_a_day(world: World, tmp_path: Path, settings: Any) -> None:
    send(world, write_plan(tmp_path))
    [tried] = list_tried(settings)
    assert tried.stat().st_mode & 0o077 == 0
    os.utime(tried, times=(NOW.timestamp(), NOW.timestamp()))
    assert remove_tried(NOW + timedelta(hours=23)) == "0 tried plan files removed"
    assert list_tried(settings) == [tried]
    assert remove_tried(NOW + timedelta(hours=25)) == "1 tried plan files removed"
    assert list_tried(settings) == []
    entry = AuditEntry.objects.filter(chain="site").order_by("number").last()
    assert entry is not None
    assert json.loads(entry.body)["verb"] == "returns.tried_plans_removed"


@pytest.mark.parametrize(("content", "status"), [(None, 200), (b"{", 422)])
def test_trial_leaves_an_entry_that_names_the_file_by_its_digest_only(
    world: World, tmp_path: Path, content: bytes | None, status: int
) -> None:
    sent = content or write_plan(tmp_path)
    assert send(world, sent, "Jane Doe.json").status_code == status
    entry = AuditEntry.objects.filter(chain=str(world.partnership.pk)).order_by("number").last()
    assert entry is not None
    body = json.loads(entry.body)
    assert (body["verb"], body["by"]) == ("returns.plan_tried", str(world.people[Role.ANALYST].pk))
    assert body["facts"] == {"sha256": sha256(sent).hexdigest(), "bytes_count": len(sent), "kind": "json"}
    assert "Jane" not in entry.body


def find_token(page: Any) -> str:
    return str(page.content.decode().partition('name="token" value="')[2].partition('"')[0])


def keep(world: World, token: str, **told: str) -> Any:
    """Confirm what was tried, and the page that this leads to."""
    data = {"token": token, "is_historic": "yes", **told}
    return world.sign_in(Role.ANALYST).post(f"{IMPORT}keep/", data, follow=True)


def send_published(world: World) -> Any:
    return world.sign_in(Role.ANALYST).post(IMPORT, {"catalogue": "medway-2020-24"})


def test_published_plan_is_brought_in_once_for_each_look(world: World) -> None:
    token = find_token(send_published(world))
    assert "was brought in" in keep(world, token).content.decode()
    assert "brought in already" in keep(world, token).content.decode()
    assert Plan.objects.filter(is_historic=True).count() == 1
    keep(world, find_token(send_published(world)))
    assert Plan.objects.filter(is_historic=True).count() == 2


def test_sent_file_is_brought_in_once(world: World, settings: Any) -> None:
    token = find_token(send(world, SMALL))
    keep(world, token)
    assert "kept no longer" in keep(world, token).content.decode()
    assert Plan.objects.filter(is_historic=True).count() == 1
    assert list_tried(settings) == []


def test_token_is_good_again_where_bringing_in_failed(
    world: World, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = find_token(send(world, SMALL))
    tried = list_tried(settings)
    with monkeypatch.context() as failing:

        def refuse(*_: Any, **__: Any) -> None:
            raise RefusedError("not today")

        failing.setattr(incoming_module, "import_plan_file", refuse)
        assert "Not today" in keep(world, token).content.decode()
    assert list_tried(settings) == tried
    assert "was brought in" in keep(world, token).content.decode()


def test_file_that_is_being_brought_in_is_taken_by_nobody_else(world: World, settings: Any) -> None:
    by = world.people[Role.ANALYST]
    keep_tried("a" * 64, b"plan", by=by)
    with (
        taking_tried("a" * 64, by=by),
        pytest.raises(ValidationError, match="kept no longer"),
        taking_tried("a" * 64, by=by),
    ):
        pytest.fail("it was taken twice")
    assert list_tried(settings) == []


def test_confirming_waits_for_another_file_of_the_person(world: World) -> None:
    published = find_token(send_published(world))
    with reading_alone(world.people[Role.ANALYST]):
        assert "still being read" in keep(world, published).content.decode()
        assert "still being read" in send_published(world).content.decode()
    assert not Plan.objects.filter(is_historic=True).exists()
    shown = keep(world, published, **{"ends_on-day": "1", "ends_on-month": "1", "ends_on-year": "1990"})
    assert "The last day must be after the first" in shown.content.decode()
    assert find_token(shown) == published


@pytest.mark.parametrize(("ending", "largest"), [("yaml", 2), ("yml", 2), ("json", 5), ("csv", 5), ("xlsx", 20)])
def test_file_larger_than_its_kind_may_be_is_not_read(
    world: World, ending: str, largest: int, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(incoming_module, "_read_bytes", lambda *_: pytest.fail("it was read"))
    answer = send(world, b"x" * (largest * 1024 * 1024 + 1), f"plan.{ending}")
    assert answer.status_code == 422
    assert f"larger than {largest} MB, the most for .{ending}" in answer.content.decode()
    assert list_tried(settings) == []


def test_person_has_the_last_five_tried_files_kept(world: World, settings: Any) -> None:
    by, other = world.people[Role.ANALYST], world.people[Role.COORDINATOR]
    keep_tried("0", b"", by=other)
    for number in range(1, 8):
        keep_tried(str(number), b"", by=by)
        os.utime(settings.FILES / "tried-plans" / f"{by.pk}-{number}", times=(number, number))
    kept = {path.name for path in list_tried(settings)}
    assert kept == {f"{other.pk}-0", *(f"{by.pk}-{number}" for number in range(3, 8))}


def test_text_without_end_is_refused_and_not_kept(world: World, settings: Any) -> None:
    row = {"id": "1", "title": "Thefts", "polarity": "lower", "extra": {"note": "y" * 20_001}}
    body = {"schema": "plan-1", "title": "t", "vision": "x" * 20_001, "indicators": [row]}
    answer = send(world, json.dumps(body).encode())
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "the vision of 1 plans is too long" in page
    assert "the details of 1 indicators is too long" in page
    assert "at most 20000 characters" in page
    assert find_token(answer) == ""
    assert list_tried(settings) == []
    body["vision"], row["extra"] = "x" * 20_000, {"note": "y" * 20_000}
    assert find_token(send(world, json.dumps(body).encode()))


def test_page_lists_the_first_faults_and_counts_the_others(world: World) -> None:
    rows = [{"id": str(number), "title": "a", "polarity": "lower", "zz": 1} for number in range(250)]
    page = send(world, json.dumps({"schema": "plan-1", "title": "t", "indicators": rows}).encode()).content.decode()
    assert "<li>and 50 more</li>" in page


def test_file_of_too_many_owners_is_refused(world: World) -> None:
    rows = [{"id": str(at), "title": "a", "polarity": "lower", "owner": f"Owner {at}"} for at in range(501)]
    answer = send(world, json.dumps({"schema": "plan-1", "title": "t", "indicators": rows}).encode())
    assert "names 501 owners: 500 at most" in answer.content.decode()


NESTED = b'{"schema": "plan-1", "indicators": ' + b"[" * 100_000


@pytest.mark.parametrize("ending", ["json", "yaml"])
def test_file_nested_without_end_is_refused_in_words(world: World, ending: str) -> None:
    answer = send(world, NESTED, f"plan.{ending}")
    assert answer.status_code == 422
    assert "nested too deeply" in answer.content.decode()


@pytest.mark.parametrize("sign", ["\\ud800", "\\u0000"])
def test_signs_that_no_page_can_carry_are_told_and_left_out(world: World, sign: str) -> None:
    row = f'{{"id": "1", "title": "a{sign}b", "polarity": "higher", "owner": "o{sign}"}}'
    content = f'{{"schema": "plan-1", "title": "t{sign}", "indicators": [{row}]}}'.encode()
    answer = send(world, content)
    assert answer.status_code == 200
    assert "signs that cannot be shown" in answer.content.decode()
    token = answer.content.decode().partition('name="token" value="')[2].partition('"')[0]
    kept = world.sign_in(Role.ANALYST).post(f"{IMPORT}keep/", {"token": token, "is_historic": "yes"})
    assert kept.status_code == 302
    assert Plan.objects.filter(title__startswith="t", is_historic=True).exists()


def test_confirmed_file_is_dropped(world: World, tmp_path: Path, settings: Any) -> None:
    page = send(world, write_plan(tmp_path)).content.decode()
    token = page.split('name="token" value="', 1)[1].split('"', 1)[0]
    [tried] = list_tried(settings)
    by = world.people[Role.ANALYST]
    incoming = receive_again(token, by=by, partnership=world.partnership)
    choices = propose_choices(incoming.plan_file, world.partnership, TODAY)
    keep_import(incoming, partnership=world.partnership, by=by, is_historic=True, choices=choices)
    assert not tried.exists()
    with pytest.raises(ValidationError, match="kept no longer"):
        receive_again(token, by=by, partnership=world.partnership)
