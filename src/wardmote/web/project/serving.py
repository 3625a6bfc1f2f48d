"""The server: gunicorn with threads, and beside it one process that does the rounds and one that does jobs."""

import os
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter
from gunicorn.workers.gthread import ThreadWorker

from wardmote.evidence.model.errors import UsageError
from wardmote.web.project.beside import WAIT_SECONDS, Beside
from wardmote.web.project.configuration import Configuration

ROUND_SECONDS = 300
_THREADS = 8
_MOST_WORKERS = 4
_LOOPBACK = ("127.", "localhost", "::1", "[::1]")


@dataclass(frozen=True, slots=True)
class Place:
    """Where the server listens, and with how many processes."""

    host: str
    port: int
    workers: int = 0

    @property
    def address(self) -> str:
        """What to type into a browser on this machine."""
        is_here = self.is_loopback or self.host in ("0.0.0.0", "::")  # noqa: S104 - compared, not bound
        return f"http://{'localhost' if is_here else self.host}:{self.port}"

    @property
    def is_loopback(self) -> bool:
        return self.host.startswith(_LOOPBACK)


def count_workers() -> int:
    """A process for each core, but no more than a database file likes."""
    return min(_MOST_WORKERS, max(2, os.cpu_count() or 1))


def check_port(place: Place) -> None:
    """Raise UsageError where nothing can listen there, before anything else is done."""
    family = socket.AF_INET6 if ":" in place.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((place.host.strip("[]"), place.port))
            trial.listen(1)
        except (OSError, OverflowError) as error:
            raise UsageError(
                f"nothing can listen on {place.host}, port {place.port}: {getattr(error, 'strerror', None) or error}",
                to_do="Another program may have it: choose another with --port",
            ) from None


def find_warning(configuration: Configuration, place: Place) -> str:
    """What a person should know who lets others in; empty where there is nothing."""
    if place.is_loopback or configuration.is_secure:
        return ""
    return (
        f"warning: {place.host} can be reached from other machines, and passwords would travel in the clear. Put a"
        " server with https in front, set WARDMOTE_URL to its address and WARDMOTE_HOSTS to its name."
    )


class _Server(BaseApplication):
    """Our application inside gunicorn, set from here and from nowhere else."""

    def __init__(self, options: dict[str, Any], beside: Beside) -> None:
        self.options = options
        self.beside = beside
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        from wardmote.web.project.wsgi import application

        return application

    def run(self) -> None:
        _Loop(self).run()


class _Worker(ThreadWorker):
    """A process that answers. Told to stop while it still starts, it has not failed to start."""

    def init_process(self) -> None:
        try:
            super().init_process()
        except Exception:  # a stop in the midst of an import comes out of it as any error
            if self.alive:
                raise


class _Loop(Arbiter):
    """Gunicorn's loop over its workers, which each second looks after the processes beside them too."""

    def murder_workers(self) -> None:
        super().murder_workers()
        self.app.beside.keep()


def run_server(place: Place, *, tell: Callable[[str], None]) -> None:
    """Serve until somebody stops it. Ends the processes beside it, whatever happens."""
    beside = Beside(tell)
    if count_threads() > 1:
        tell(f"warning: {count_threads()} threads run in the process that forks: a worker may wait for one for ever")

    def start(_server: Any) -> None:
        beside.add("round", "--every", str(ROUND_SECONDS))
        beside.add("work", "--stay")
        tell(f"Open {place.address} (Ctrl-C stops the server)")

    try:
        _Server(_describe_options(place) | {"when_ready": start, "post_worker_init": _warm_up}, beside).run()
    except SystemExit as ended:
        if ended.code:
            raise
    finally:
        beside.end()


def _warm_up(_worker: Any) -> None:
    """Each process reads the evidence once before anybody has to wait for it."""
    from wardmote.web.observatory.interface import warm_up

    warm_up()


def count_threads() -> int:
    """The threads of this process, where the system tells also those that Python did not start.

    A fork takes only the thread that forks: what another holds, a library's pool say, the child never gets back.
    """
    tasks = Path("/proc/self/task")
    return len(list(tasks.iterdir())) if tasks.is_dir() else threading.active_count()


def _describe_options(place: Place) -> dict[str, Any]:
    memory = Path("/dev/shm")  # noqa: S108 - gunicorn's heartbeat must not wait for a disk
    return {
        "bind": f"{place.host}:{place.port}",
        "workers": place.workers or count_workers(),
        "worker_class": _Worker,
        "threads": _THREADS,
        "timeout": 60,
        "graceful_timeout": WAIT_SECONDS,
        "keepalive": 75,  # longer than people think: closing a connection that is just used again loses a request
        "loglevel": "warning",
        "accesslog": None,
        "worker_tmp_dir": str(memory) if memory.is_dir() else None,
        "proc_name": "wardmote",
        "control_socket_disable": True,
    }
