"""What every question through the door may carry: who is told of progress, for whom a report is."""

from collections.abc import Callable
from typing import Literal

Progress = Callable[[str, int, int], None]
Audience = Literal["partnership", "public"]


def ignore_progress(_name: str, _done: int, _total: int) -> None:
    """For callers that show no progress."""
