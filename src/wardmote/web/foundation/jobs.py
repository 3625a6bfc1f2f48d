"""Work that no page waits for: somebody asks for it, another process does it, and says how far it has come.

A job is a record (`Job`), so the trail says who asked and what came of it; the queue behind it is a library's. How far
it has come changes every second and is nobody's business a day later: it lies in the shared cache and not in the trail.

A page shows a job with the macro `job_at_work` of "foundation/macros/jobs.html", given `describe_job(record)`.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from time import monotonic
from typing import Any

from django.core.cache import cache
from django.core.management import call_command
from django.db import transaction
from django.tasks import task

from wardmote.evidence.model.errors import WardmoteError
from wardmote.web.foundation.clock import read_now
from wardmote.web.foundation.models import Job, JobState
from wardmote.web.foundation.records import Record
from wardmote.web.foundation.rounds import join_round
from wardmote.web.foundation.writes import Identified, writing

_log = logging.getLogger(__name__)
_KEPT_SECONDS = 24 * 60 * 60
_TELL_SECONDS = 0.4  # nobody looks more often
_LONG_WAIT = timedelta(minutes=2)
_PRUNED_DAYS = 14
CUT_OFF = "It was cut off before it ended, and nothing of it was kept. Start it again."
#: A job at which so many workers died is not begun once more: it would take the next one with it.
MOST_DEATHS = 2
BROKE_WORKERS = (
    "The process that did it ended without a word, twice. It is not begun again: something in what was given is more "
    "than it can bear. Whoever runs this installation finds the times in the log."
)
#: How long after a worker was last seen a page says that nobody works; a worker says that it lives far more often.
UNSEEN_SECONDS = 60
_SEEN = "jobs-worker-seen"
_DEATHS_SECONDS = 3 * 60 * 60  # a server that is stopped in the midst of a job counts too: it must not count for ever

#: Told how far a job has come: in words, steps done, steps in all (0 where nobody knows).
Tell = Callable[[str, int, int], None]
#: Does a job and returns what came of it, in a sentence for who asked.
Doer = Callable[[Job, Tell], str]
#: Asked of a job that was cut off: what came of it where it had in truth ended, else None.
Settler = Callable[[Job], str | None]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job has come. `total` is 0 where nobody knows."""

    said: str = ""
    done: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True)
class _Kind:
    do: Doer
    is_repeatable: bool
    settle: Settler


@dataclass(frozen=True, slots=True)
class ShownJob:
    """A job as a page shows it. `waits_long`: longer than usual; `is_unattended`: no worker was seen lately."""

    state: JobState
    said: str
    progress: Progress
    asked_at: datetime
    ended_at: datetime | None
    waits_long: bool
    is_unattended: bool = False

    @property
    def is_at_work(self) -> bool:
        """Whether there is something to wait for."""
        return self.state in _UNDER_WAY

    @property
    def percent(self) -> int | None:
        """How much of it is done, where anybody knows."""
        told = self.progress
        return min(100, 100 * told.done // told.total) if told.total > 0 else None


_UNDER_WAY = (JobState.WAITING, JobState.WORKING)
_kinds: dict[str, _Kind] = {}
_told: dict[str, float] = {}


def does_job(kind: str, *, is_repeatable: bool = False, settle: Settler = lambda _job: None) -> Callable[[Doer], Doer]:
    """Register the function that does jobs of a kind ("observatory.load").

    `is_repeatable`: one that was cut off by a power cut is begun anew; otherwise it fails and says so, unless `settle`
    finds that it had ended and only could not say so any more.
    """

    def register(do: Doer) -> Doer:
        _kinds[kind] = _Kind(do, is_repeatable, settle)
        return do

    return register


def start_job(*, kind: str, partnership: Identified, subject: Record, by: Identified | None) -> Job:
    """Ask for work on a record. It begins when what is being written now has been committed."""
    if kind not in _kinds:
        raise KeyError(f"nobody does jobs of kind '{kind}'")
    job = Job(
        chain=str(partnership.pk), kind=kind, subject=subject.pk, asked_at=read_now(), asked_by=by.pk if by else None
    )
    with writing(by=by, verb="jobs.asked_for", partnership=partnership, subject=job, facts={"kind": kind}):
        job.save()
        transaction.on_commit(partial(do_job.enqueue, job_id=str(job.pk)))
    return job


def find_job(subject: Record) -> Job | None:
    """The newest job on a record."""
    found: Job | None = Job.objects.filter(subject=subject.pk).order_by("-asked_at").first()
    return found


def is_under_way(subject: Record) -> bool:
    """Whether a job on a record waits or is at work."""
    return Job.objects.filter(subject=subject.pk, state__in=_UNDER_WAY).exists()


def describe_job(subject: Record) -> ShownJob | None:
    """The newest job on a record, as a page shows it; None where there was none."""
    job = find_job(subject)
    if job is None:
        return None
    waits_long = job.state == JobState.WAITING and read_now() - job.asked_at > _LONG_WAIT
    is_unattended = job.state in _UNDER_WAY and _is_older(job) and not is_worker_seen()
    return ShownJob(
        JobState(job.state), job.said, read_progress(job), job.asked_at, job.ended_at, waits_long, is_unattended
    )


def _is_older(job: Job) -> bool:
    """Asked for longer ago than a server takes to start its worker."""
    return bool(read_now() - job.asked_at > timedelta(seconds=UNSEEN_SECONDS))


def note_worker() -> None:
    """A worker says that it lives, whatever it is at."""
    cache.set(_SEEN, True, UNSEEN_SECONDS)


def is_worker_seen() -> bool:
    """Whether a worker was there in the last minute."""
    return bool(cache.get(_SEEN, False))


def read_progress(job: Job) -> Progress:
    """How far a job has come, as it said last."""
    return Progress(*cache.get(_name(job), ("", 0, 0)))


@task
def do_job(job_id: str) -> str:
    """Do one job, whatever kind it is. Called by the queue."""
    job: Job = Job.objects.get(pk=job_id)
    if job.state not in (JobState.WAITING, JobState.WORKING):
        return job.state
    if _read_deaths(job) >= MOST_DEATHS:
        return _change(job, JobState.FAILED, BROKE_WORKERS)
    _change(job, JobState.WORKING)
    try:
        said = _kinds[job.kind].do(job, partial(_tell, job))
    except WardmoteError as error:  # a fault of what was given: whoever asked can mend it
        return _change(job, JobState.FAILED, str(error))
    except Exception:
        _log.exception("a job of kind %s failed", job.kind)
        return _change(job, JobState.FAILED, "A fault of the application stopped it; the log says more.")
    cache.delete(_name_deaths(job))
    return _change(job, JobState.DONE, said)


def resume_cut_off() -> int:
    """Take up what a worker that is gone was doing: begin it anew, or say that it was cut off. Returns how many.

    Only for a worker that has just begun and knows that it is the only one.
    """
    found = list(Job.objects.filter(state=JobState.WORKING))
    _close_queue_rows()
    for job in found:
        kind = _kinds.get(job.kind)
        deaths = _count_death(job)
        if deaths >= MOST_DEATHS:
            _log.error("a job of kind %s is given up: %d workers died at it", job.kind, deaths)
        elif kind is not None and kind.is_repeatable:
            do_job.enqueue(job_id=str(job.pk))
            continue
        said = kind.settle(job) if kind is not None else None
        _change(job, JobState.DONE if said else JobState.FAILED, said or _explain_end(deaths))
    return len(found) + _enqueue_forgotten()


def _explain_end(deaths: int) -> str:
    return BROKE_WORKERS if deaths >= MOST_DEATHS else CUT_OFF


def _count_death(job: Job) -> int:
    """One worker more that died at the same work: a person who asks for it once more asks for the same."""
    name, deaths = _name_deaths(job), _read_deaths(job) + 1
    cache.set(name, deaths, _DEATHS_SECONDS)
    return deaths


def _read_deaths(job: Job) -> int:
    return int(cache.get(_name_deaths(job), 0))


def _name_deaths(job: Job) -> str:
    return f"job-deaths-{job.kind}-{job.subject}"


def _close_queue_rows() -> None:
    """What the queue takes for being at work is not: its worker is gone."""
    from django_tasks_db.models import DBTaskResult

    for row in DBTaskResult.objects.running():
        row.set_failed(RuntimeError("its worker is gone"))


def _enqueue_forgotten() -> int:
    """Jobs that wait while no row of the queue names them: taken off it by a worker that died at once, or restored."""
    from django_tasks_db.models import DBTaskResult

    queued = {str(body["kwargs"].get("job_id")) for body in
              DBTaskResult.objects.ready().values_list("args_kwargs", flat=True)}  # fmt: skip
    waiting = [key for key in Job.objects.filter(state=JobState.WAITING).values_list("pk", flat=True)
               if str(key) not in queued]  # fmt: skip
    for key in waiting:
        do_job.enqueue(job_id=str(key))
    return len(waiting)


@join_round("finished jobs")
def prune_queue(_now: datetime) -> str:
    """Take what is long done off the queue; the jobs themselves stay."""
    call_command("prune_db_task_results", verbosity=0, queue_name="*", min_age_days=_PRUNED_DAYS)
    return "the queue is pruned"


def _change(job: Job, state: JobState, said: str = "") -> str:
    with writing(by=None, verb=f"jobs.{state.value}", chain=job.chain, subject=job):
        job.state, job.said = state, said
        if state is JobState.WORKING:
            job.begun_at = read_now()
        else:
            job.ended_at = read_now()
        job.save()
    return state.value


def _tell(job: Job, said: str, done: int, total: int) -> None:
    """Note how far a job has come; what is told faster than anybody looks is let pass."""
    name, now = _name(job), monotonic()
    if now - _told.get(name, -_TELL_SECONDS) >= _TELL_SECONDS:
        _told.clear()
        _told[name] = now
        cache.set(name, (said, done, total), _KEPT_SECONDS)


def _name(job: Any) -> str:
    return f"job-{job.pk}"
