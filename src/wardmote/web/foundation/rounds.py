"""The daily round: what the application does by itself, again and again, each step safe to repeat."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that is done in each round. `act` is told the moment and says what it did, in a few words."""

    name: str
    act: Callable[[datetime], str]


_steps: dict[str, Step] = {}


def join_round(name: str) -> Callable[[Callable[[datetime], str]], Callable[[datetime], str]]:
    """Have a function called in each round. It must be idempotent: a round may be cut off and repeated."""

    def register(act: Callable[[datetime], str]) -> Callable[[datetime], str]:
        _steps[name] = Step(name, act)
        return act

    return register


def list_steps() -> list[Step]:
    """The steps in the order in which apps registered them."""
    return list(_steps.values())
