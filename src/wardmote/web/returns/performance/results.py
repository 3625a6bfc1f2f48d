"""What a document's results were with the values that it used, and what the same results are with those of now."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from wardmote.evidence.interface import decode_value, judge_plan
from wardmote.evidence.targets.plan import Indicator as CoreRow
from wardmote.evidence.targets.plan import Value
from wardmote.evidence.targets.statuses import IndicatorStatus, PeriodStatus
from wardmote.web.returns.models import IssuedDocument, IssuedValue, Quarter, ReturnVersion
from wardmote.web.returns.performance.core_plan import Judged, read_judged
from wardmote.web.returns.performance.past import Reported

_NO_VALUE = "no figure"


@dataclass(frozen=True, slots=True)
class ChangedResult:
    """A result of a period that rests on a revised value: as shown and by the word of its status, then and now.

    `is_latest`: it is what the row's status said then. What was not judged has the status "grey".
    """

    ref: str
    title: str
    period: str
    is_latest: bool
    was_shown: str
    was_status: str
    now_shown: str
    now_status: str


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of the plan with the values that a document used of it, and those of now of the same returns."""

    row: CoreRow
    then: tuple[Value, ...]
    now: tuple[Value, ...]


def compare_results(document: IssuedDocument, revised: Collection[UUID]) -> tuple[ChangedResult, ...]:
    """The results that are otherwise now, of the rows to which the revised values belong.

    `revised` are the keys of the versions that the document used. Both times the plan is judged by its targets of now,
    from the same returns: only the values differ.
    """
    used = _read_used(document)
    if not any(version.pk in revised for version in used.values()):
        return ()
    judged = read_judged(document.plan, as_at=_find_day(document, list(used.values())))
    held = [
        _hold(row, reported, used)
        for row, reported in zip(judged.plan.indicators, judged.reported, strict=True)
        if any(found.return_id in used and used[found.return_id].pk in revised for found in reported)
    ]
    rows = [one.row for one in held]
    then, now = _judge(judged, rows, [one.then for one in held]), _judge(judged, rows, [one.now for one in held])
    return tuple(
        found
        for one, before, after in zip(held, then, now, strict=True)
        for found in _list_changed(one.row, before, after)
    )


def _read_used(document: IssuedDocument) -> dict[UUID, ReturnVersion]:
    """The versions that stand in a document, by their return."""
    rows = IssuedValue.objects.filter(document=document).select_related("version__of__quarter")
    return {row.version.of_id: row.version for row in rows}


def _find_day(document: IssuedDocument, used: Sequence[ReturnVersion]) -> date | None:
    """The day by which a document was judged: the end of its quarter, else of the last one that it used."""
    plan = document.plan
    quarters = Quarter.objects.filter(partnership=document.partnership_id, plan__lineage=plan.lineage)
    named = quarters.filter(period=document.period).order_by("ends_on").first() if document.period else None
    if named is not None:
        return named.ends_on
    return None if plan.is_historic else max(version.of.quarter.ends_on for version in used)


def _hold(row: CoreRow, reported: Sequence[Reported], used: Mapping[UUID, ReturnVersion]) -> _Row:
    same = [found for found in reported if found.return_id in used]
    then = tuple(decode_value(used[found.return_id].value) for found in same)
    return _Row(row, then, tuple(found.value for found in same))


def _judge(
    judged: Judged, rows: Sequence[CoreRow], values: Sequence[tuple[Value, ...]]
) -> tuple[IndicatorStatus, ...]:  # fmt: skip
    given = tuple(replace(row, values=own) for row, own in zip(rows, values, strict=True))
    return judge_plan(replace(judged.plan, indicators=given))


def _list_changed(row: CoreRow, before: IndicatorStatus, after: IndicatorStatus) -> list[ChangedResult]:
    later = {one.period: one for one in after.periods}
    found = []
    for one in before.periods:
        new = later.get(one.period)
        now = _say(new) if new is not None else (_NO_VALUE, "grey")
        if _say(one) != now:
            found.append(ChangedResult(row.id, row.title, one.period, one is before.latest, *_say(one), *now))
    return found


def _say(one: PeriodStatus) -> tuple[str, str]:
    return one.shown_value or _NO_VALUE, one.status
