"""Processes of `wardmote` that need not begin from nothing: copies of one in which the libraries are loaded already.

A command spends more than a second of loading what no installation changes, and a run of the tests gives hundreds of
them. What is copied knows neither settings nor home: the application itself, all of wardmote.web and Django's setting
up, is loaded in each copy from that command's own environment, and ends with the process.

    python -m support.web.ready 7        (not called by hand: socket 7 brings the commands)
"""

import atexit
import importlib
import json
import os
import runpy
import socket
import subprocess
import sys
import tempfile
import threading
import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[3]
#: Nothing that reads settings, and nothing that starts a thread: a thread is not copied with its process.
_LOADED = (
    "wardmote.cli.main", "wardmote.evidence.sample", "wardmote.evidence.targets.status", "scipy.special", "shapely",
    "django.core.management.commands.migrate", "django.core.serializers.json", "django.db.backends.sqlite3.base",
    "django.forms", "django.middleware.csrf", "django.template.backends.jinja2", "django.views.generic",
    "cryptography.fernet", "psycopg", "pydantic", "requests",
)  # fmt: skip
_MOST_BYTES = 1 << 20


@dataclass(frozen=True)
class Asked:
    """What to run, as a Python interpreter is told it: a module with its words, or a script."""

    words: tuple[str, ...]
    environment: dict[str, str]
    module: str = ""
    script: str = ""


class ReadyProcess:
    """The process that is copied, from the side of the tests."""

    def __init__(self) -> None:
        told = {name: value for name, value in os.environ.items() if not name.startswith(("WARDMOTE_", "DJANGO_"))}
        self._ours, theirs = socket.socketpair()
        self._lock = threading.Lock()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "support.web.ready", str(theirs.fileno())], pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            env=told | {"OPENBLAS_NUM_THREADS": "1", "PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}"},
        )  # fmt: skip
        theirs.close()

    def run(self, asked: Asked, *, timeout: float) -> "subprocess.CompletedProcess[str]":
        """What subprocess.run would answer."""
        with tempfile.TemporaryDirectory(prefix="wardmote-ready-") as folder:
            ours, theirs = socket.socketpair()
            with ours, theirs:
                told = {**vars(asked), "folder": folder, "mask": _read_mask()}
                (Path(folder) / "asked").write_text(json.dumps(told))
                with self._lock:
                    socket.send_fds(self._ours, [folder.encode()], [theirs.fileno()])
                theirs.close()
                ours.settimeout(timeout)
                code = ours.recv(16)
            if not code:
                raise RuntimeError("the process that runs commands is gone")
            said = [(Path(folder) / name).read_text(encoding="utf-8") for name in ("stdout", "stderr")]
        return subprocess.CompletedProcess(list(asked.words), int(code), *said)

    def close(self) -> None:
        self._ours.close()
        self._process.wait(30)


def _read_mask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


_ready: list[ReadyProcess] = []


def find_ready() -> ReadyProcess:
    """The one of these tests, started when it is first asked for."""
    if not _ready:
        _ready.append(ReadyProcess())
        atexit.register(_ready[0].close)
    return _ready[0]


def serve(channel: socket.socket) -> None:
    """Copy this process for every command that comes, until nobody is there to send one."""
    for name in _LOADED:
        importlib.import_module(name)
    if len(os.listdir("/proc/self/task")) > 1:  # noqa: PTH208
        raise RuntimeError("a library that is loaded beforehand starts a thread: take it off the list")
    while True:
        folder, fds, _, _ = socket.recv_fds(channel, _MOST_BYTES, 1)
        if not folder:
            return
        if os.fork() == 0:
            channel.close()
            _answer(Path(folder.decode()), socket.socket(fileno=fds[0]))
        os.close(fds[0])
        _bury()


def _bury() -> None:
    """Those that have answered leave no process behind."""
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            continue
    except ChildProcessError:
        return


def _answer(folder: Path, back: socket.socket) -> None:
    """Run the command in a process of its own; answer with its exit status when it has ended altogether."""
    asked = json.loads((folder / "asked").read_text())
    child = os.fork()
    if child == 0:
        back.close()
        os._exit(_become(asked, folder))
    _, status = os.waitpid(child, 0)
    back.send(str(os.waitstatus_to_exitcode(status)).encode())
    os._exit(0)


def _become(asked: dict[str, Any], folder: Path) -> int:
    """Be the process that was asked for, from its first line to its last; its exit status."""
    os.environ.clear()
    os.environ.update(asked["environment"])
    os.umask(asked["mask"])
    for number, name in ((1, "stdout"), (2, "stderr")):
        opened = os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        os.dup2(opened, number)
        os.close(opened)
    code = _run(asked)
    threading._shutdown()  # type: ignore[attr-defined] # what an interpreter does at its end
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    return code


def _run(asked: dict[str, Any]) -> int:
    try:
        if asked["module"]:
            sys.argv = [asked["module"], *asked["words"]]
            runpy.run_module(asked["module"], run_name="__main__", alter_sys=True)
        else:
            sys.argv = ["-c", *asked["words"]]
            exec(compile(asked["script"], "<script>", "exec"), {"__name__": "__main__"})  # noqa: S102 - as `python -c`
    except SystemExit as leaving:
        if leaving.code is None or isinstance(leaving.code, int):
            return leaving.code or 0
        sys.stderr.write(f"{leaving.code}\n")
        return 1
    except BaseException:
        traceback.print_exc()
        return 1
    return 0


if __name__ == "__main__":
    serve(socket.socket(fileno=int(sys.argv[1])))
