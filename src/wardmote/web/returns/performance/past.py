"""Which values speak of an indicator: its own plan's returns, and those of the same series in earlier plans."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q

from wardmote.evidence.interface import decode_value
from wardmote.evidence.targets.plan import Value
from wardmote.web.plans.interface import Indicator, PastLink, Plan, PlanState
from wardmote.web.returns.models import Quarter, Return
from wardmote.web.returns.states import ReturnState

_IN_FORCE = (PlanState.ADOPTED, PlanState.SUPERSEDED)
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
    starts_on: date  # of the quarter it was returned in
    ends_on: date
    is_signed: bool


def list_past_plans(plan: Plan) -> list[Plan]:
    """The plans whose values are this plan's past, the nearest first, itself among them.

    Plans that were in force before it are, and those kept as they stood that a person has linked as its past. A plan
    that was kept as it stood is judged by what it says itself: of others only its earlier versions speak.
    """
    wanted = Q(lineage=plan.lineage, version__lt=plan.version)
    if not plan.is_historic:
        links = PastLink.objects.filter(
            partnership_id=plan.partnership_id, ended_at=None, plan__starts_on__lte=plan.starts_on
        )
        wanted |= Q(is_historic=False, state__in=_IN_FORCE) & ~Q(lineage=plan.lineage)
        wanted |= Q(is_historic=True, pk__in=links.values("past"))
    others = Plan.objects.filter(wanted, partnership_id=plan.partnership_id, starts_on__lte=plan.starts_on)
    kept = others.exclude(pk=plan.pk)
    return [plan, *sorted(kept, key=lambda other: _measure_nearness(other, plan), reverse=True)]


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
        "quarter__starts_on", "quarter__ends_on", "state",
    ):  # fmt: skip
        found.setdefault(row[0], []).append(_read_row(row))
    return found


def _read_row(row: tuple[Any, ...]) -> Reported:
    _, indicator_id, plan_id, return_id, version_id, body, starts_on, ends_on, state = row
    is_signed = state == ReturnState.SIGNED_OFF
    value = _decode(version_id, body)
    return Reported(value, indicator_id, plan_id, return_id, version_id, starts_on, ends_on, is_signed)


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


def read_kin(plans: Sequence[Plan], indicators: Iterable[Indicator]) -> dict[UUID, Kin]:
    """Every row of these plans that stands in the series of one of the indicators."""
    series = {indicator.series for indicator in indicators}
    rows = Indicator.objects.filter(partnership_id=plans[0].partnership_id, plan__in=plans, series__in=series)
    return {key: Kin(*about) for key, *about in rows.values_list("id", "ref", "unit", "series")}


@dataclass(frozen=True, slots=True)
class Standing:
    """Which plan is nearer, which are versions of the plan itself, and which were only kept as they stood.

    `since` is the first day of the quarters that the plan itself is returned for.
    """

    nearness: Mapping[UUID, int]
    own: frozenset[UUID]
    as_stood: frozenset[UUID]
    since: date | None


def find_standing(plans: Sequence[Plan]) -> Standing:
    """What is known of the plans of `list_past_plans`. One query, where one of another was kept as it stood."""
    own = frozenset(plan.pk for plan in plans if plan.lineage == plans[0].lineage)
    as_stood = frozenset(plan.pk for plan in plans if plan.is_historic and plan.pk not in own)
    nearness = {plan.pk: place for place, plan in enumerate(plans)}
    return Standing(nearness, own, as_stood, _find_first_day(plans[0]) if as_stood else None)


def _find_first_day(plan: Plan) -> date | None:
    rows = Quarter.objects.filter(
        partnership_id=plan.partnership_id, plan__lineage=plan.lineage, is_historic=False
    )  # fmt: skip
    return rows.order_by("starts_on").values_list("starts_on", flat=True).first()


def choose_reported(
    indicator: Indicator, reported: Iterable[Reported], standing: Standing, kin: Mapping[UUID, Kin]
) -> list[Reported]:
    """The values that speak of an indicator, in their order.

    Of two plans that report the same stretch the nearer one is believed, whatever either calls it. What was only kept
    as it stood speaks of no stretch that the plan itself is returned for, or has a value of. A row that counted in
    another unit is no past of this one, and of two rows of one series only that with this one's ref.
    """
    alike = [found for found in reported if _is_past_of(indicator, found, kin)]
    spoken = [found for found in alike if found.plan_id in standing.own]
    alike = [found for found in alike if found.plan_id not in standing.as_stood or _is_free(found, spoken, standing)]
    nearest: dict[object, int] = {}
    for found in alike:
        key, place = _name_stretch(found.value), standing.nearness[found.plan_id]
        nearest[key] = min(nearest.get(key, place), place)
    return [found for found in alike if standing.nearness[found.plan_id] == nearest[_name_stretch(found.value)]]


def _is_free(found: Reported, spoken: Iterable[Reported], standing: Standing) -> bool:
    """Whether the plan itself says nothing of any day of the stretch."""
    if standing.since is not None and found.ends_on >= standing.since:
        return False
    return not any(own.starts_on <= found.ends_on and found.starts_on <= own.ends_on for own in spoken)


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


def _name_stretch(value: Value) -> object:
    """The days of a value and its basis; where it has none, what it calls them."""
    days = (value.start, value.end) if value.start and value.end else value.period
    return days, value.basis
