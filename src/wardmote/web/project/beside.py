"""The processes beside the server: started with it, started anew when they die, ended with it."""

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field

#: How far the processes beside the server stand back for its pages (see nice(1)).
GIVES_WAY = 10
WAIT_SECONDS = 10
#: The pause before a process that died is started anew: doubled each time, until it has lived for a while.
FIRST_PAUSE_SECONDS = 2.0
LONGEST_PAUSE_SECONDS = 300.0
LIVED_SECONDS = 600.0

Starter = Callable[..., "subprocess.Popen[bytes]"]


@dataclass(slots=True)
class _Kept:
    """One process by its command; `start_at` is set while it is gone and waits to be started."""

    command: tuple[str, ...]
    process: "subprocess.Popen[bytes]"
    started_at: float
    pause: float = FIRST_PAUSE_SECONDS
    start_at: float | None = None


@dataclass(slots=True)
class Beside:
    """All of them. `keep` is called again and again by the server's own loop: a thread would not survive its forks."""

    tell: Callable[[str], None]
    start: Starter = field(default_factory=lambda: start_beside)
    clock: Callable[[], float] = time.monotonic
    _kept: list[_Kept] = field(default_factory=list)

    def add(self, *command: str) -> None:
        """Start a process that is kept from now on."""
        self._kept.append(_Kept(command, self.start(*command), self.clock()))

    def keep(self) -> None:
        """Start anew what has died and whose pause is over."""
        for one in self._kept:
            if one.start_at is not None:
                self._start_again(one)
            elif one.process.poll() is not None:
                self._note_death(one)

    def _note_death(self, one: _Kept) -> None:
        now = self.clock()
        if now - one.started_at >= LIVED_SECONDS:
            one.pause = FIRST_PAUSE_SECONDS
        one.start_at = now + one.pause
        self.tell(f"'wardmote {one.command[0]}' beside the server has ended; it is started again in {one.pause:.0f} s")
        one.pause = min(LONGEST_PAUSE_SECONDS, one.pause * 2)

    def _start_again(self, one: _Kept) -> None:
        now = self.clock()
        if one.start_at is not None and now >= one.start_at:
            try:
                one.process = self.start(*one.command)
            except OSError as error:  # no memory for it just now
                one.start_at = now + one.pause
                self.tell(f"'wardmote {one.command[0]}' could not be started: {error.strerror or error}")
                return
            one.started_at, one.start_at = now, None

    def end(self) -> None:
        """End all of them, and wait until they are gone."""
        for one in self._kept:
            one.process.terminate()
        for one in self._kept:
            _wait_for(one.process)


def start_beside(*command: str) -> "subprocess.Popen[bytes]":
    """A process of its own that gives way to the pages, so that what is slow keeps none of them waiting."""
    process = subprocess.Popen(  # noqa: S603 - our own command
        [sys.executable, "-m", "wardmote", *command],
        stdin=subprocess.DEVNULL,
        env={**os.environ, "WARDMOTE_SERVER": str(os.getpid())},
    )
    with contextlib.suppress(OSError):  # it has ended already, or the system keeps priorities to itself
        os.setpriority(os.PRIO_PROCESS, process.pid, GIVES_WAY)
    return process


def _wait_for(process: "subprocess.Popen[bytes]") -> None:
    try:
        process.wait(WAIT_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
