"""What bodies can put their names to: each app says which of its documents there are, the sign-off lists them all."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Signable:
    """One version of one document. `kind` is "plan", "assessment" or "agreement"; `address` is a page that shows it.

    `file` is the stored file of the document, where it is one that no longer changes.
    """

    kind: str
    about: UUID
    title: str
    version: str = ""
    address: str = ""
    file: Any = None


#: Lists what there is to sign in a partnership, the newest first.
Provider = Callable[[Any], Iterable[Signable]]
_providers: list[Provider] = []


def offer_signables(provider: Provider) -> Provider:
    """Register a function that lists an app's documents of a partnership that can be signed."""
    _providers.append(provider)
    return provider


def list_signables(partnership: Any) -> list[Signable]:
    """All that can be signed in a partnership."""
    return [found for provider in _providers for found in provider(partnership)]


def find_signable(partnership: Any, kind: str, about: UUID | None) -> Signable | None:
    """The document of a kind and key, or None where it is not there or lies outside."""
    return next((one for one in list_signables(partnership) if (one.kind, one.about) == (kind, about)), None)
