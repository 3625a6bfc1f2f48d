"""Who did something, for those who may read names."""

from collections.abc import Iterable
from uuid import UUID

from wardmote.web.partnerships.interface import name_people

Names = dict[UUID | None, str]
_NAMELESS = "the partnership"


def name_doers(ids: Iterable[UUID | None], *, with_names: bool) -> Names:
    """The names of people by their keys; to scrutiny and readers all of them are the partnership."""
    keys = set(ids)
    return name_people(keys) if with_names else dict.fromkeys(keys, _NAMELESS)
