"""A real `wardmote serve` in a process group of its own, so that all of it can be killed at once."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from support.web.installation import Installation

_START_SECONDS = 60


@dataclass
class Server:
    """A started server: its address, its process, and what it printed into a file."""

    installation: Installation
    port: int
    process: "subprocess.Popen[bytes]"
    log: Path
    links: dict[str, str] = field(default_factory=dict)

    @property
    def address(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def said(self) -> str:
        return self.log.read_text(encoding="utf-8")

    def kill(self) -> None:
        """As a power cut would: every process of it, with no chance to end anything."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> int:
        """As Ctrl-C does: the signal reaches the whole group."""
        os.killpg(self.process.pid, signal.SIGINT)
        return self.process.wait(30)


def find_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


def start_server(
    installation: Installation, *words: str, log: Path, port: int = 0, workers: int = 1, module: str = "wardmote"
) -> Server:
    """Start it and wait until it answers. Raises RuntimeError with what it said where it does not."""
    port = port or find_port()
    command = [sys.executable, "-m", module, "serve", "--port", str(port), "--workers", str(workers), *words]
    with log.open("ab") as out:
        process = subprocess.Popen(
            command, env=installation.environment | {"PYTHONUNBUFFERED": "1"}, stdout=out, stderr=out,
            stdin=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
    server = Server(installation, port, process, log)
    until = time.monotonic() + _START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        if answers(server):
            server.links = dict(re.findall(r"^  (\w+) +(http://\S+)$", server.said, re.MULTILINE))
            return server
        time.sleep(0.1)
    if process.poll() is None:
        server.kill()
    raise RuntimeError(f"the server did not start: {server.said}")


def answers(server: Server) -> bool:
    try:
        with urllib.request.urlopen(f"{server.address}/health", timeout=5) as response:  # noqa: S310 - our own server
            return bool(response.status == 200)
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


@contextmanager
def serving(
    installation: Installation, *words: str, log: Path, workers: int = 1, module: str = "wardmote"
) -> Iterator[Server]:
    """A server for as long as the block lasts."""
    server = start_server(installation, *words, log=log, workers=workers, module=module)
    try:
        yield server
    finally:
        if server.process.poll() is None:
            server.kill()
