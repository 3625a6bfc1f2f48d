"""Work that no page waits for: somebody asks for it, another process does it, and says how far it has come.

A job is a record (`Job`), so the trail says who asked and what came of it; the queue behind it is a library's. How far
it has come changes every second and is nobody's business a day later: it lies in the shared cache and not in the trail.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.tasks import task

from wardmote.evidence.model.errors import WardmoteError
from wardmote.web.foundation.clock import read_now
from wardmote.web.foundation.models import Job, JobState
from wardmote.web.foundation.records import Record
from wardmote.web.foundation.writes import Identified, writing

_log = logging.getLogger(__name__)
_KEPT_SECONDS = 24 * 60 * 60

#: Told how far a job has come: in words, steps done, steps in all (0 where nobody knows).
Tell = Callable[[str, int, int], None]
#: Does a job and returns what came of it, in a sentence for who asked.
Doer = Callable[[Job, Tell], str]


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


_kinds: dict[str, _Kind] = {}


def does_job(kind: str, *, is_repeatable: bool = False) -> Callable[[Doer], Doer]:
    """Register the function that does jobs of a kind ("observatory.load").

    `is_repeatable`: one that was cut off by a power cut is begun anew; otherwise it fails and says so.
    """

    def register(do: Doer) -> Doer:
        _kinds[kind] = _Kind(do, is_repeatable)
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


def read_progress(job: Job) -> Progress:
    """How far a job has come, as it said last."""
    return Progress(*cache.get(_name(job), ("", 0, 0)))


@task
def do_job(job_id: str) -> str:
    """Do one job, whatever kind it is. Called by the queue."""
    job: Job = Job.objects.get(pk=job_id)
    if job.state not in (JobState.WAITING, JobState.WORKING):
        return job.state
    _change(job, JobState.WORKING)
    try:
        said = _kinds[job.kind].do(job, partial(_tell, job))
    except WardmoteError as error:  # a fault of what was given: whoever asked can mend it
        return _change(job, JobState.FAILED, str(error))
    except Exception:
        _log.exception("a job of kind %s failed", job.kind)
        return _change(job, JobState.FAILED, "A fault of the application stopped it; the log says more.")
    return _change(job, JobState.DONE, said)


def resume_cut_off() -> int:
    """Take up what a worker that is gone was doing: begin it anew, or say that it was cut off. Returns how many.

    Only for a worker that has just begun and knows that it is the only one.
    """
    found = list(Job.objects.filter(state=JobState.WORKING))
    for job in found:
        if _kinds[job.kind].is_repeatable:
            do_job.enqueue(job_id=str(job.pk))
        else:
            _change(job, JobState.FAILED, "It was cut off before it ended. Start it again.")
    return len(found)


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
    cache.set(_name(job), (said, done, total), _KEPT_SECONDS)


def _name(job: Any) -> str:
    return f"job-{job.pk}"
