"""Acts let go at one moment, each in a thread and connection of its own. For tests on PostgreSQL."""

import threading
from collections.abc import Callable
from typing import Any

from django.db import connections


def run_together(*acts: Callable[[], Any]) -> list[Any]:
    """What each gave or raised, in the order in which they were named."""
    gate = threading.Barrier(len(acts))
    found: list[Any] = [None] * len(acts)

    def run(at: int, act: Callable[[], Any]) -> None:
        gate.wait(timeout=10)
        try:
            found[at] = act()
        except Exception as error:
            found[at] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(at, act)) for at, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return found
