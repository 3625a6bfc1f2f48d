"""On which returns does a status rest? Those of its own period, those that were summed to make it, and its base."""

import re
from collections.abc import Sequence
from datetime import date

from wardmote.evidence.targets.kinds import Base, CountPerPeriod
from wardmote.evidence.targets.plan import Indicator as CoreRow
from wardmote.evidence.targets.status.bases import find_base
from wardmote.evidence.targets.status.case import Case
from wardmote.evidence.targets.status.spans import find_span
from wardmote.evidence.targets.statuses import PeriodStatus
from wardmote.web.returns.performance.past import Reported

_HALF = re.compile(r"(?P<year>.*\S) H(?P<half>[12])")
_QUARTERS = {"1": "12", "2": "34"}


def find_resting(row: CoreRow, latest: PeriodStatus | None, reported: Sequence[Reported]) -> list[Reported]:
    """The returns that the latest status was made of; none where nothing was judged.

    A half-year that nobody returned is two quarters; a count so far in a year is all of the year up to its day.
    """
    if latest is None:
        return []
    spoken = [found for found in reported if found.value.period == latest.period]
    return [*spoken, *_list_summed(row, spoken, reported)] if spoken else _list_halves(latest.period, reported)


def _list_halves(period: str, reported: Sequence[Reported]) -> list[Reported]:
    named = _HALF.fullmatch(period)
    if named is None:
        return []
    wanted = re.compile(rf"{re.escape(named['year'])}\s*Q[{_QUARTERS[named['half']]}]")
    return [found for found in reported if wanted.fullmatch(found.value.period)]


def _list_summed(row: CoreRow, spoken: Sequence[Reported], reported: Sequence[Reported]) -> list[Reported]:
    """The earlier values of a stretch that is counted up, such as a year's quarters so far."""
    day = max((found.value.end for found in spoken if found.value.end), default=None)
    spans = {one.target.span for one in row.targets if isinstance(one.target, CountPerPeriod)}
    if day is None:
        return []
    firsts = [find_span(day, span)[0] for span in spans]
    return [
        found for found in reported
        if found not in spoken and found.value.start and found.value.end
        and any(first <= found.value.start and found.value.end <= day for first in firsts)
    ]  # fmt: skip


def find_compared(row: CoreRow, spoken: Sequence[Reported], reported: Sequence[Reported]) -> list[Reported]:
    """The returns that a change was measured from, where the base is one of the row's own earlier values."""
    named = {
        found.said
        for one in spoken
        for base in _list_bases(row, one.value.end)
        if (found := find_base(Case(one.value, others=row.values), base)) is not None
    }
    return [one for one in reported if one not in spoken and one.value.period in named]


def _list_bases(row: CoreRow, day: date | None) -> list[Base]:
    """What the targets in force on a day measure from."""
    held = [one.target for one in row.targets if day is not None and one.holds_on(day)]
    return [base for target in held if isinstance(base := getattr(target, "base", None), Base)]
