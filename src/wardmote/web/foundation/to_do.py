"""What waits for somebody: each app says what it knows, the first page shows it all."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class ThingToDo:
    """One thing that waits for the person who asks, with where to do it.

    `urgency` orders: 0 late, 1 due soon, 2 waiting, 3 worth knowing.
    """

    title: str
    address: str
    detail: str = ""
    due_on: date | None = None
    urgency: int = 2


Provider = Callable[[Any], Iterable[ThingToDo]]
_providers: list[Provider] = []


def offer_things_to_do(provider: Provider) -> Provider:
    """Register a function that lists what waits for the request's person in the request's partnership."""
    _providers.append(provider)
    return provider


def list_things_to_do(request: Any) -> list[ThingToDo]:
    """All that waits, the most urgent first."""
    found = [thing for provider in _providers for thing in provider(request)]
    return sorted(found, key=lambda thing: (thing.urgency, thing.due_on or date.max))
