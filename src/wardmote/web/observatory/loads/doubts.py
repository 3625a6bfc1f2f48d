"""Which months of the evidence may be incomplete: said beside every figure that holds one of them.

A page of figures does not wait for the whole quality of a store: what was found in its state is kept, and a store
whose state is new is judged once.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from wardmote.evidence.model.errors import WardmoteError
from wardmote.evidence.model.periods import Month, Period
from wardmote.web.observatory.loads.models import FlagLook
from wardmote.web.observatory.loads.quality import read_kept_flags
from wardmote.web.observatory.stores import name_store
from wardmote.web.partnerships.interface import Partnership

#: The only flag that says of a month that rows of it are lacking: the others are about places or single offences.
_CODE = "month_drop"


@dataclass(frozen=True, slots=True)
class Doubt:
    """A month of which rows seem to lack. `is_open`: nobody has looked at it yet."""

    month: Month
    text: str
    is_open: bool

    @property
    def sentence(self) -> str:
        looked = "" if self.is_open else " Somebody has looked at it."
        return f"{self.month.title} may be incomplete: {self.text.rstrip('.')}.{looked}"


def list_doubts(partnership: Partnership, source: str) -> tuple[Doubt, ...]:
    """The months of a source that may be incomplete, as they were found in the store's present state."""
    try:
        flags = [f for f in read_kept_flags(partnership) if f.code == _CODE and f.source == source]
    except WardmoteError:  # a damaged store: the page of figures says so by itself
        return ()
    rows = FlagLook.objects.filter(partnership=partnership, store=name_store(partnership)) if flags else ()
    looked = {(row.key, row.saw) for row in rows}
    return tuple(Doubt(Month.parse(f.first), f.text, (f.key, f.saw) not in looked) for f in flags)


def find_doubts(doubts: Iterable[Doubt], period: Period | None) -> list[Doubt]:
    """Those whose month the period holds."""
    return [one for one in doubts if period is not None and one.month in period]


def choose_first(periods: tuple[Period, ...], doubts: Iterable[Doubt]) -> Period | None:
    """What is shown at first: the newest period that ends before the months that nobody has looked at, if there is one.

    Only months at the newest period's end are waited for: a month long past that was never looked at hides nothing.
    """
    if not periods:
        return None
    open_months = [one.month for one in find_doubts(doubts, periods[0]) if one.is_open]
    whole = (p for p in periods if not open_months or p.last < min(open_months))
    return next(whole, periods[0])
