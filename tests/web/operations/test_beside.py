"""The processes beside the server: what dies is started anew, ever later, until it has lived for a while."""

from dataclasses import dataclass, field
from typing import Any

from wardmote.web.project.beside import FIRST_PAUSE_SECONDS, LIVED_SECONDS, LONGEST_PAUSE_SECONDS, Beside


@dataclass
class Process:
    is_dead: bool = False

    def poll(self) -> int | None:
        return -11 if self.is_dead else None

    def terminate(self) -> None:
        self.is_dead = True

    def wait(self, _seconds: float) -> int:
        return 0


@dataclass
class Stage:
    now: float = 0.0
    started: list[Process] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def start(self, *_command: str) -> Any:
        self.started.append(Process())
        return self.started[-1]

    def die(self, beside: Beside) -> float:
        """Let the newest process die; how long until there is another."""
        self.started[-1].is_dead = True
        count, begun = len(self.started), self.now
        while len(self.started) == count:
            beside.keep()
            self.now += 1
        return self.now - begun - 1


def test_process_that_dies_is_started_anew_ever_later() -> None:
    stage = Stage()
    beside = Beside(stage.said.append, stage.start, lambda: stage.now)
    beside.add("work", "--stay")
    beside.keep()
    assert len(stage.started) == 1
    pauses = [stage.die(beside) for _ in range(10)]
    assert pauses[:3] == [FIRST_PAUSE_SECONDS * factor for factor in (1, 2, 4)]
    assert max(pauses) == LONGEST_PAUSE_SECONDS
    assert "'wardmote work' beside the server has ended" in stage.said[0]
    stage.now += LIVED_SECONDS
    assert stage.die(beside) == FIRST_PAUSE_SECONDS
    beside.end()
    assert all(process.is_dead for process in stage.started)
