"""The quality of what is held as a page shows it: flags that are open, flags that somebody has looked at, months."""

import logging
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from django.core.cache import cache

from wardmote.evidence.interface import describe_quality
from wardmote.evidence.model.errors import WardmoteError
from wardmote.evidence.model.periods import Month
from wardmote.web.foundation.clock import read_now
from wardmote.web.foundation.rounds import join_round
from wardmote.web.observatory.loads.models import FlagLook
from wardmote.web.observatory.loads.queries import has_store
from wardmote.web.observatory.reading import find_state, has_evidence, read_evidence
from wardmote.web.observatory.stores import find_store, name_store
from wardmote.web.partnerships.interface import Partnership, name_people

if TYPE_CHECKING:
    from wardmote.evidence.interface import Quality, QualityFlag

_log = logging.getLogger(__name__)
_FIGURES = {"police-street": "crime_count", "stats19": "collisions_count"}
_AROUND = 6  # months
_KEPT_SECONDS = 40 * 24 * 60 * 60


class KeptFlag(NamedTuple):
    """What is kept of a flag from one page to the next."""

    key: str
    saw: str
    code: str
    source: str
    first: str
    text: str


@dataclass(frozen=True, slots=True)
class ShownFlag:
    """A flag, and who looked at it last with the same numbers; `before` is an earlier look at other numbers."""

    flag: "QualityFlag"
    look: FlagLook | None
    before: FlagLook | None
    who: str

    @property
    def figures(self) -> str:
        """The indicator in which the months stand; "" where there is none."""
        return _FIGURES.get(self.flag.source, "") if self.flag.first else ""

    @property
    def query(self) -> dict[str, str]:
        """The months around, as the page of an indicator is asked for them."""
        first, last = Month.parse(self.flag.first) - _AROUND, Month.parse(self.flag.last) + _AROUND
        return {"other_period": f"{first}..{last}", "step": "month"}

    @property
    def is_open(self) -> bool:
        return self.look is None


def read_quality(partnership: Partnership) -> "Quality | None":
    """What is held and what is odd in it; None where nothing is."""
    if not (has_store(partnership) and has_evidence(partnership)):
        return None
    quality = describe_quality(read_evidence(partnership), now=read_now())
    found = [tuple(KeptFlag(f.key, f.saw, f.code, f.source, f.first, f.text)) for f in quality.flags]
    if cache.get(name := _name_state(partnership)) != found:
        cache.set(name, found, _KEPT_SECONDS)
    return quality


def show_flags(partnership: Partnership, quality: "Quality") -> list[ShownFlag]:
    """Every flag with what was said of it, open ones first."""
    keys = [flag.key for flag in quality.flags]
    rows = FlagLook.objects.filter(partnership=partnership, store=name_store(partnership), key__in=keys)
    looks: dict[str, list[FlagLook]] = {}
    for row in rows.order_by("looked_at"):
        looks.setdefault(row.key, []).append(row)
    names = name_people(row.looked_by for found in looks.values() for row in found)
    shown = []
    for flag in quality.flags:
        said = looks.get(flag.key, [])
        same = [row for row in said if row.saw == flag.saw]
        newest = next(iter((same or said)[::-1]), None)
        look, before = (newest, None) if same else (None, newest)
        shown.append(ShownFlag(flag, look, before, names[newest.looked_by] if newest else ""))
    return sorted(shown, key=lambda one: not one.is_open)


def read_kept_flags(partnership: Partnership) -> list[KeptFlag]:
    """The flags of the store's present state as they were worked out last; worked out now where they never were."""
    name = _name_state(partnership)
    if (found := cache.get(name)) is None:
        found = cache.get(name) if read_quality(partnership) else ()
    return [KeptFlag(*one) for one in found or ()]


def count_open(partnership: Partnership) -> int:
    """How many flags nobody has looked at, as it was worked out last: a page that only counts does not wait for it."""
    found = cache.get(_name_state(partnership)) or []
    rows = FlagLook.objects.filter(partnership=partnership, store=name_store(partnership))
    looked = set(rows.values_list("key", "saw")) if found else set()
    return sum(tuple(one[:2]) not in looked for one in found)


def _name_state(partnership: Partnership) -> str:
    """One name for each state of the store: what was found in another one counts no more."""
    state = find_state(find_store(partnership))
    text = repr((str(state.folder), sorted(state.names)))
    return f"evidence-kept-flags-{sha256(text.encode()).hexdigest()}"


@join_round("quality of the evidence")
def work_out_quality(_now: datetime) -> str:
    """Work out what is odd in each store whose state is new."""
    done = 0
    for partnership in Partnership.objects.filter(ended_on=None):
        if cache.get(_name_state(partnership)) is None and has_evidence(partnership):
            try:
                done += read_quality(partnership) is not None
            except WardmoteError:
                _log.warning("the quality of a store could not be worked out")
    return f"{done} worked out"
