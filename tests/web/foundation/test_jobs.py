"""Work in the background: asked for, done once, cut off and taken up, forgotten by the queue and found again."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from support.web.world import World, make_world
from wardmote.evidence.model.errors import UsageError
from wardmote.web.foundation import jobs
from wardmote.web.foundation.models import Job, JobState
from wardmote.web.foundation.writes import writing
from wardmote.web.partnerships.states import Role
from wardmote.web.project.working import do_waiting_jobs

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def kinds(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Kinds of work that note when they are done."""
    done: list[str] = []
    monkeypatch.setattr(jobs, "_kinds", dict(jobs._kinds))

    @jobs.does_job("test.repeatable", is_repeatable=True)
    def repeat(job: Job, tell: jobs.Tell) -> str:
        tell("half of it", 1, 2)
        done.append("repeatable")
        return "Done twice is done once."

    @jobs.does_job("test.settled", settle=lambda _job: "It had ended.")
    def settle(job: Job, tell: jobs.Tell) -> str:
        done.append("settled")
        return "Done."

    @jobs.does_job("test.faulty")
    def fail(job: Job, tell: jobs.Tell) -> str:
        if job.subject == job.pk:
            return "never"
        raise UsageError("the file is empty", to_do="Send another")

    @jobs.does_job("test.broken")
    def break_down(job: Job, tell: jobs.Tell) -> str:
        raise ZeroDivisionError

    return done


def ask(world: World, kind: str, on_commit: Any) -> Job:
    with on_commit(execute=True):
        return jobs.start_job(
            kind=kind, partnership=world.partnership, subject=world.plan, by=world.people[Role.ANALYST]
        )  # fmt: skip


def put(job: Job, state: JobState) -> None:
    with writing(by=None, verb="test.put"):
        job.state = state
        job.save()


def read(job: Job) -> tuple[str, str]:
    job.refresh_from_db()
    return job.state, job.said


@pytest.mark.django_db(transaction=True)
def test_worker_does_what_waits_once_and_says_what_came_of_it(kinds: list[str]) -> None:
    world = make_world()
    by = world.people[Role.ANALYST]
    made = [
        jobs.start_job(kind=f"test.{kind}", partnership=world.partnership, subject=world.plan, by=by)
        for kind in ("repeatable", "faulty", "broken")
    ]
    assert jobs.is_under_way(world.plan)
    do_waiting_jobs()
    do_waiting_jobs()
    assert kinds == ["repeatable"]
    assert [read(job)[0] for job in made] == ["done", "failed", "failed"]
    assert "the file is empty" in read(made[1])[1]
    assert "ZeroDivisionError" not in read(made[2])[1]
    shown = jobs.describe_job(world.plan)
    assert shown is not None
    assert not shown.is_at_work
    assert jobs.read_progress(made[0]) == jobs.Progress("half of it", 1, 2)


def test_what_was_cut_off_is_begun_anew_or_settled_or_says_so(
    world: World, kinds: list[str], django_capture_on_commit_callbacks: Any
) -> None:
    made = {
        kind: ask(world, f"test.{kind}", django_capture_on_commit_callbacks)
        for kind in ("repeatable", "settled", "faulty")
    }
    gone = ask(world, "test.broken", django_capture_on_commit_callbacks)
    for job in (*made.values(), gone):
        put(job, JobState.WORKING)
    jobs._kinds.pop("test.broken")  # of a later version, say
    DBTaskResult.objects.update(status="RUNNING")
    assert jobs.resume_cut_off() == 4
    assert read(made["repeatable"])[0] == "working"
    assert read(made["settled"]) == ("done", "It had ended.")
    assert read(made["faulty"]) == read(gone) == ("failed", jobs.CUT_OFF)
    assert [row.args_kwargs["kwargs"]["job_id"] for row in DBTaskResult.objects.ready()] == [
        str(made["repeatable"].pk)
    ]  # fmt: skip
    assert not DBTaskResult.objects.running().exists()


def test_job_that_the_queue_forgot_is_put_on_it_again_and_no_other(
    world: World, kinds: list[str], django_capture_on_commit_callbacks: Any
) -> None:
    forgotten, _queued = (ask(world, "test.repeatable", django_capture_on_commit_callbacks) for _ in range(2))
    DBTaskResult.objects.filter(args_kwargs__kwargs__job_id=str(forgotten.pk)).delete()
    assert jobs.resume_cut_off() == 1
    assert DBTaskResult.objects.ready().count() == 2
    assert jobs.resume_cut_off() == 0


def test_only_what_is_long_done_leaves_the_queue(
    world: World, kinds: list[str], django_capture_on_commit_callbacks: Any
) -> None:
    old, _young, _waiting = (ask(world, "test.repeatable", django_capture_on_commit_callbacks) for _ in range(3))
    rows = list(DBTaskResult.objects.all())
    for row, days in zip(rows[:2], (15, 13), strict=True):
        row.set_successful("")
        DBTaskResult.objects.filter(pk=row.pk).update(finished_at=timezone.now() - timedelta(days=days))
    jobs.prune_queue(timezone.now())
    assert DBTaskResult.objects.count() == 2
    assert Job.objects.filter(pk=old.pk).exists()


def test_job_that_waits_for_long_is_said_to(
    world: World, kinds: list[str], django_capture_on_commit_callbacks: Any
) -> None:
    job = ask(world, "test.repeatable", django_capture_on_commit_callbacks)
    assert jobs.describe_job(world.plan).waits_long is False  # type: ignore[union-attr]
    with writing(by=None, verb="test.put"):
        job.asked_at -= timedelta(minutes=5)
        job.save()
    assert jobs.describe_job(world.plan).waits_long is True  # type: ignore[union-attr]


def test_work_that_nobody_does_is_not_asked_for(world: World) -> None:
    with pytest.raises(KeyError, match="nobody does"):
        jobs.start_job(kind="test.unknown", partnership=world.partnership, subject=world.plan, by=None)


def test_waiting_job_says_where_no_worker_was_seen(
    world: World, kinds: list[str], django_capture_on_commit_callbacks: Any
) -> None:
    job = ask(world, "test.repeatable", django_capture_on_commit_callbacks)
    assert jobs.describe_job(world.plan).is_unattended is False  # type: ignore[union-attr]
    with writing(by=None, verb="test.put"):
        job.asked_at -= timedelta(minutes=2)
        job.save()
    assert jobs.describe_job(world.plan).is_unattended is True  # type: ignore[union-attr]
    jobs.note_worker()
    assert jobs.describe_job(world.plan).is_unattended is False  # type: ignore[union-attr]


def test_job_at_which_two_workers_died_is_not_begun_a_third_time(
    world: World, kinds: list[str], django_capture_on_commit_callbacks: Any
) -> None:
    job = ask(world, "test.repeatable", django_capture_on_commit_callbacks)
    for state in ("working", "failed"):
        put(job, JobState.WORKING)
        jobs.resume_cut_off()
        assert read(job)[0] == state
    assert read(job)[1] == jobs.BROKE_WORKERS
    again = ask(world, "test.repeatable", django_capture_on_commit_callbacks)
    jobs.do_job.func(job_id=str(again.pk))
    assert read(again) == ("failed", jobs.BROKE_WORKERS)
    assert kinds == []
