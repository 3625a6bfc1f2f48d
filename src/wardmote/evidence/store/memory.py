"""What was answered before: each question is worked out once, by one of the threads that ask it.

A process that lives for weeks must not remember everything: with a bound, what was asked longest ago goes first.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Sized
from threading import Lock
from typing import cast

Key = tuple[object, ...]


def weigh(answer: object) -> int:
    """How much an answer takes up, roughly in figures: as many as it has parts, and one for itself."""
    return 1 + (len(answer) if isinstance(answer, Sized) else 0)


class Memory:
    """Answers by key. `most` is the weight above which the oldest are forgotten; None forgets nothing."""

    def __init__(self, most: int | None = None) -> None:
        self.most = most
        self.weight = 0
        self._lock = Lock()
        self._answers: OrderedDict[Key, tuple[object, int]] = OrderedDict()
        self._turns: dict[Key, Lock] = {}

    def recall[T](self, key: Key, make: Callable[[], T], *, weight: Callable[[T], int] = weigh) -> T:
        """What was answered under this key, else what `make` answers now. Who asks the same meanwhile waits for it.

        No two questions may each ask the other: `make` may recall other keys, never its own.
        """
        with self._lock:
            if key in self._answers:
                return cast(T, self._look_up(key))
            turn = self._turns.setdefault(key, Lock())
        with turn:
            with self._lock:
                if key in self._answers:
                    return cast(T, self._look_up(key))
            try:
                answer = make()
                self._keep(key, answer, weight(answer))
            finally:
                with self._lock:
                    self._turns.pop(key, None)
        return answer

    def list_keys(self, kind: str) -> tuple[Key, ...]:
        """The keys that begin with this word, the one asked last at the end."""
        with self._lock:
            return tuple(key for key in self._answers if key[0] == kind)

    def take_over(self, other: "Memory", keys: Iterable[Key]) -> int:
        """Remember what another remembers under these keys; returns how many it still did."""
        with other._lock:
            found = [(key, *other._answers[key]) for key in keys if key in other._answers]
        for key, answer, weight in found:
            self._keep(key, answer, weight)
        return len(found)

    def _look_up(self, key: Key) -> object:
        self._answers.move_to_end(key)
        return self._answers[key][0]

    def _keep(self, key: Key, answer: object, weight: int) -> None:
        with self._lock:
            self.weight += weight - self._answers.get(key, (None, 0))[1]
            self._answers[key] = (answer, weight)
            while self.most is not None and self.weight > self.most and len(self._answers) > 1:
                _, (_, freed) = self._answers.popitem(last=False)
                self.weight -= freed
