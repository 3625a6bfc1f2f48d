"""Every page of a partnership, found from the addresses themselves: none can be added without being met here."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import get_resolver, reverse

from support.web.objects import OWN_WORDS, WORDS, name_object

_BELOW = "p/<slug:slug>/"


@dataclass(frozen=True)
class Page:
    """One address below a partnership, its view's ability, and the names in it."""

    name: str
    route: str
    ability: str
    kwargs: tuple[str, ...]

    def find_address(self, slug: str, objects: dict[str, Any], **swapped: Any) -> str:
        """The address with our objects in it, but for those that are swapped."""
        given = {kwarg: self._fill(kwarg, objects) for kwarg in self.kwargs if kwarg != "slug"}
        return reverse(self.name, kwargs={"slug": slug, **given, **swapped})

    def list_object_names(self) -> dict[str, str]:
        """The parts of the address that name an object, each with the object's name."""
        found = {kwarg: name_object(self.name, kwarg) for kwarg in self.kwargs if kwarg != "slug"}
        return {kwarg: name for kwarg, name in found.items() if name}

    def _fill(self, kwarg: str, objects: dict[str, Any]) -> Any:
        name = name_object(self.name, kwarg)
        return objects[name].pk if name else OWN_WORDS.get((self.name, kwarg), WORDS.get(kwarg))


def list_pages() -> list[Page]:
    """All pages below /p/<slug>/, in the order of their addresses."""
    found = [page for route, page in _walk(get_resolver().url_patterns, "") if route.startswith(_BELOW)]
    return sorted(found, key=lambda page: page.route)


def _walk(patterns: list[Any], prefix: str) -> Iterator[tuple[str, Page]]:
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from _walk(pattern.url_patterns, route)
            continue
        names = tuple(pattern.pattern.regex.groupindex)
        yield route, Page(pattern.name, route, getattr(pattern.callback, "ability", ""), names)
