"""Doing jobs: one process at a time takes them from the queue, one after the other, until its parent is gone."""

import logging
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

from wardmote.web.project.locks import Hold, hold_alone

_log = logging.getLogger(__name__)
_LOOK_SECONDS = 0.5
_WAIT_SECONDS = 10.0
_ASK_SECONDS = 15.0
_NICENESS = 10
_BEAT_SECONDS = 10.0


def do_jobs(home: Path, *, parent: int) -> None:
    """Do what waits, again and again, while `parent` lives. Where another process is at it, wait for its end.

    `parent` is told and not asked for: it may be gone before this process has begun.
    """
    give_way()
    while os.getppid() == parent:
        try:
            with hold_alone(home, "jobs", wait=False) as hold:
                if hold:
                    with _beating():
                        _do_while_alone(parent, hold)
        except Exception:  # the database may be away for a while
            _log.exception("the jobs could not be done")
        time.sleep(_WAIT_SECONDS)


def do_jobs_once(home: Path) -> bool:
    """Do what waits, and what a worker that is gone had begun. False where another process is at it."""
    from wardmote.web.foundation.jobs import resume_cut_off

    with hold_alone(home, "jobs", wait=False) as hold:
        if hold:
            with _beating():
                resume_cut_off()
                do_waiting_jobs()
        return bool(hold)


@contextmanager
def _beating() -> Iterator[None]:
    """Say every few seconds that somebody does the jobs, also in the midst of a long one."""
    ended = Event()
    thread = Thread(target=_beat, args=(ended,), daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join(_BEAT_SECONDS)


def _beat(ended: Event) -> None:
    from django.db import connections

    from wardmote.web.foundation.jobs import note_worker

    while True:
        try:
            note_worker()
        except Exception:  # the database may be away for a while, or busy for longer than it waits
            _log.warning("that the worker lives could not be noted")
        connections.close_all()
        if ended.wait(_BEAT_SECONDS):
            return


def give_way() -> None:
    """Let the pages of the same machine go first: less of the processor, and one thread of the engine."""
    from wardmote.evidence.interface import use_threads

    os.nice(_NICENESS)
    use_threads(1)


def do_waiting_jobs() -> None:
    """Do every job that waits, and return."""
    from django_tasks_db.management.commands.db_worker import Worker

    Worker(
        queue_names=["*"], interval=0, batch=True, backend_name="default", startup_delay=False, max_tasks=None,
        worker_id=f"wardmote-{os.getpid()}", excluded_queue_names=[],
    ).run()  # fmt: skip


def _do_while_alone(parent: int, hold: Hold) -> None:
    """Until the parent or the lock is gone."""
    from django.db import close_old_connections

    from wardmote.web.foundation.jobs import resume_cut_off

    is_resumed, ask_at = False, time.monotonic() + _ASK_SECONDS
    while os.getppid() == parent:
        try:
            if not is_resumed:
                resume_cut_off()
                is_resumed = True
            do_waiting_jobs()
        except Exception:  # the database may be away for a while
            _log.exception("the jobs could not be done")
            time.sleep(_WAIT_SECONDS)
        close_old_connections()
        time.sleep(_LOOK_SECONDS)
        if time.monotonic() >= ask_at:
            if not hold.is_kept():
                return
            ask_at = time.monotonic() + _ASK_SECONDS
