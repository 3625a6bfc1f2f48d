"""Access that other apps give beside roles: each app says what there is, and the access review covers all of it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from wardmote.web.partnerships.models import Partnership


@dataclass(frozen=True, slots=True)
class FurtherAccess:
    """One thing that a person may do here without a role of their own for it.

    `confirm` and `end` are called inside the review's own write.
    """

    key: str  # the record's key, as the page sends it back
    holder: UUID
    kind: str  # the heading under which the review lists it: "Cover for absence"
    words: str
    confirm: Callable[[date], Any]
    end: Callable[[datetime], Any]


#: Called with a partnership and a day; lists the live access that nobody has confirmed since that day.
AccessProvider = Callable[[Partnership, date], Iterable[FurtherAccess]]
_providers: list[AccessProvider] = []


def offer_access_to_review(provider: AccessProvider) -> AccessProvider:
    """Register a function that lists what the access review must see beside the roles."""
    _providers.append(provider)
    return provider


def list_further_access(partnership: Partnership, before: date) -> list[FurtherAccess]:
    """All that waits to be confirmed beside the roles."""
    return [one for provider in _providers for one in provider(partnership, before)]
