"""Which values speak of an indicator: its own plan's returns, and those of the same series in earlier plans."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from wardmote.evidence.interface import decode_value
from wardmote.evidence.targets.plan import Value
from wardmote.web.plans.interface import Indicator, Plan, PlanState
from wardmote.web.returns.models import Return
from wardmote.web.returns.states import ReturnState

_UNSEEN = (PlanState.DRAFT, PlanState.WITHDRAWN)
_MOST_KEPT = 50_000
#: A version's value never changes, so that what was decoded once holds for as long as the process lives.
_decoded: dict[UUID, Value] = {}


@dataclass(frozen=True, slots=True)
class Reported:
    """A value that counts now, with the return and version it stands in."""

    value: Value
    indicator_id: UUID
    plan_id: UUID
    return_id: UUID
    version_id: UUID
    ends_on: date  # of the quarter it was returned in
    is_signed: bool


def list_past_plans(plan: Plan) -> list[Plan]:
    """The plans whose values are this plan's past, the nearest first, itself among them.

    A plan that was imported as it stood is judged by what it says itself: of others only its earlier versions speak.
    """
    others = Plan.objects.filter(partnership_id=plan.partnership_id, starts_on__lte=plan.starts_on).exclude(pk=plan.pk)
    kept = [other for other in others if _is_past(other, plan)]
    return [plan, *sorted(kept, key=lambda other: _measure_nearness(other, plan), reverse=True)]


def _is_past(other: Plan, plan: Plan) -> bool:
    if other.lineage == plan.lineage:
        return other.version < plan.version
    return not plan.is_historic and other.state not in _UNSEEN


def _measure_nearness(other: Plan, plan: Plan) -> tuple[bool, date, int]:
    return other.lineage == plan.lineage, other.starts_on, other.version


def list_reported(
    plans: Sequence[Plan], indicators: Iterable[Indicator], *, as_at: date | None = None
) -> dict[UUID, list[Reported]]:
    """What was reported of each series, oldest quarter first: one query, whatever the size.

    `as_at` leaves out quarters that ended after that day.
    """
    series = {indicator.series for indicator in indicators}
    plan_ids = [plan.pk for plan in plans]
    rows = Return.objects.filter(
        partnership__in={plan.partnership_id for plan in plans},
        indicator__plan__in=plan_ids, indicator__series__in=series, version__isnull=False,
    )  # fmt: skip
    if as_at is not None:
        rows = rows.filter(quarter__ends_on__lte=as_at)
    found: dict[UUID, list[Reported]] = {}
    for row in rows.order_by("quarter__ends_on", "quarter__starts_on", "quarter__period").values_list(
        "indicator__series", "indicator_id", "indicator__plan_id", "id", "version_id", "version__value",
        "quarter__ends_on", "state",
    ):  # fmt: skip
        found.setdefault(row[0], []).append(_read_row(row))
    return found


def _read_row(row: tuple[Any, ...]) -> Reported:
    _, indicator_id, plan_id, return_id, version_id, body, ends_on, state = row
    is_signed = state == ReturnState.SIGNED_OFF
    return Reported(_decode(version_id, body), indicator_id, plan_id, return_id, version_id, ends_on, is_signed)


def _decode(version_id: UUID, body: object) -> Value:
    value = _decoded.get(version_id)
    if value is None:
        if len(_decoded) >= _MOST_KEPT:
            _decoded.clear()
        value = _decoded[version_id] = decode_value(body, where="a returned value")
    return value


@dataclass(frozen=True, slots=True)
class Kin:
    """An indicator of some plan, as far as its values could be another's past."""

    ref: str
    unit: str
    series: UUID


def choose_reported(
    indicator: Indicator, reported: Iterable[Reported], plans: Iterable[Plan], kin: Mapping[UUID, Kin]
) -> list[Reported]:
    """The values that speak of an indicator, in their order.

    Of two plans that report the same stretch of the same measure the nearer one is believed. A row that counted in
    another unit is no past of this one, and of two rows of one series only that with this one's ref.
    """
    nearness = {plan.pk: place for place, plan in enumerate(plans)}
    alike = [found for found in reported if _is_past_of(indicator, found, kin)]
    nearest: dict[tuple[str, str, str], int] = {}
    for found in alike:
        key = _name_stretch(found.value)
        nearest[key] = min(nearest.get(key, len(nearness)), nearness[found.plan_id])
    return [found for found in alike if nearness[found.plan_id] == nearest[_name_stretch(found.value)]]


def _is_past_of(indicator: Indicator, found: Reported, kin: Mapping[UUID, Kin]) -> bool:
    if found.plan_id == indicator.plan_id:
        return found.indicator_id == indicator.pk
    other = kin[found.indicator_id]
    return other.unit == indicator.unit and (other.ref == indicator.ref or not _has_namesake(indicator, kin))


def _has_namesake(indicator: Indicator, kin: Mapping[UUID, Kin]) -> bool:
    """Whether the series has a row of this ref in another plan, which is then the past, and not its sibling."""
    return any(
        one.ref == indicator.ref and one.series == indicator.series and key != indicator.pk for key, one in kin.items()
    )


def _name_stretch(value: Value) -> tuple[str, str, str]:
    return value.period, value.basis, value.measure.strip().casefold()
