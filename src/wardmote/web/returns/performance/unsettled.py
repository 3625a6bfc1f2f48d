"""Which results rest on a value that can still change: queried, not signed off, or submitted again since."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from wardmote.evidence.targets.plan import Indicator as CoreRow
from wardmote.evidence.targets.statuses import PeriodStatus
from wardmote.web.returns.models import Return
from wardmote.web.returns.performance.core_plan import Judged
from wardmote.web.returns.performance.past import Reported
from wardmote.web.returns.performance.resting import find_compared, find_resting
from wardmote.web.returns.states import ReturnState


def list_unsettled(judged: Judged) -> dict[tuple[str, str], str]:
    """By reference and period: each result that rests on such a value, its base included, and how that one stands.

    A half-year put together of two quarters rests on both; a change rests on what it is measured from. One query.
    """
    resting = {
        (row.id, period.period): [one.return_id for one in found if not one.is_signed]
        for row, status, reported in zip(judged.plan.indicators, judged.statuses, judged.reported, strict=True)
        for period in status.periods
        if (found := _list_behind(row, period, reported))
    }
    states = _read_states({key for keys in resting.values() for key in keys})
    return {at: _say([states[key] for key in keys]) for at, keys in resting.items() if keys}


def _list_behind(row: CoreRow, period: PeriodStatus, reported: Sequence[Reported]) -> list[Reported]:
    spoken = find_resting(row, period, reported)
    return [*spoken, *find_compared(row, spoken, reported)]


def _read_states(keys: set[UUID]) -> dict[UUID, tuple[str, int]]:
    """Each return's state, and how many versions of it there are."""
    rows = Return.objects.filter(pk__in=keys).values_list("pk", "state", "version__number")
    return {key: (state, number or 1) for key, state, number in rows}


def _say(states: Iterable[tuple[str, int]]) -> str:
    held = list(states)
    if any(state == ReturnState.QUERIED for state, _ in held):
        return "queried"
    return "submitted again, not signed off" if any(number > 1 for _, number in held) else "not signed off"
