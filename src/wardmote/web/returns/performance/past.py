"""Which values speak of an indicator: its own plan's returns, and those of the same series in earlier plans."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Q, Subquery

from wardmote.evidence.interface import decode_value
from wardmote.evidence.model.errors import UsageError
from wardmote.evidence.model.periods import Period
from wardmote.evidence.targets.plan import Value
from wardmote.web.plans.interface import Frequency, Indicator, PastLink, Plan, PlanState
from wardmote.web.returns.calendar import find_quarter
from wardmote.web.returns.models import Quarter, Return
from wardmote.web.returns.states import ReturnState

_IN_FORCE = (PlanState.ADOPTED, PlanState.SUPERSEDED)
_MOST_KEPT = 50_000
_MONTH_DAYS = 30.4
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

    They are its earlier versions, the plan that it was drafted to take over from (and that one's past), and those that
    a coordinator linked as its past, with a reason. Of no other plan anything counts, whatever its rows are called. A
    plan that was kept as it stood is judged by what it says itself: of others only its earlier versions speak. A plan
    that was superseded has the versions after it too, as far as `until_superseded` lets them speak.
    """
    known = _read_plans(plan)
    own = _list_own(plan, known)
    if plan.is_historic:
        own = [one for one in own if one.lineage == plan.lineage]
    else:
        own += _list_linked(own, known)
    others = [one for one in own if one.pk != plan.pk] + _list_later(plan)
    return [plan, *sorted(others, key=lambda other: _measure_nearness(other, plan), reverse=True)]


def _read_plans(plan: Plan) -> list[Any]:
    """The partnership's plans that began no later, each with the plan that it was linked to as its past. One query."""
    links = PastLink.objects.filter(past=OuterRef("pk"), ended_at=None)
    rows = Plan.objects.filter(partnership_id=plan.partnership_id, starts_on__lte=plan.starts_on)
    return list(rows.annotate(past_of=Subquery(links.values("plan__lineage")[:1])))


def list_own_lineages(plan: Plan) -> set[UUID]:
    """Of which plans a linked past is this one's, too: its own versions, and those it was drafted to take over from."""
    known = _read_plans(plan)
    return {one.lineage for one in _list_own(plan, known)}


def _list_own(plan: Plan, known: list[Any]) -> list[Plan]:
    """The plan, its earlier versions, and the plans in force that these were drafted to take over from, and so on."""
    own, waiting = {plan.pk: plan}, [plan]
    while waiting:
        one = waiting.pop()
        named = {other.lineage for other in known if other.pk == one.predecessor_id} - {one.lineage}
        for other in known:
            is_earlier = other.lineage == one.lineage and other.version < one.version
            if other.pk not in own and (is_earlier or (other.lineage in named and _was_in_force(other))):
                own[other.pk] = other
                waiting.append(other)
    return [*own.values()]


def _was_in_force(plan: Plan) -> bool:
    return not plan.is_historic and plan.state in _IN_FORCE


def _list_linked(own: list[Plan], known: list[Any]) -> list[Plan]:
    """What a coordinator linked as the past of one of these: kept as it stood, or in force."""
    heirs, keys = {one.lineage for one in own}, {one.pk for one in own}
    lineages = {one.lineage for one in known if one.past_of in heirs}
    return [
        one for one in known
        if one.lineage in lineages and one.pk not in keys and (one.is_historic or _was_in_force(one))
    ]  # fmt: skip


def _list_later(plan: Plan) -> list[Plan]:
    """The versions that took over from one that was superseded: its last quarters, still open then, went with them."""
    if plan.superseded_on is None or plan.is_historic:
        return []
    rows = Plan.objects.filter(partnership_id=plan.partnership_id, lineage=plan.lineage, version__gt=plan.version)
    return list(rows.filter(state__in=_IN_FORCE))


def until_superseded(plan: Plan, *, plan_field: str, quarter_field: str) -> Q:
    """What a plan that was superseded still speaks of: of the versions after it no quarter that ended after its day."""
    if plan.superseded_on is None:
        return Q()
    later = Q(**{f"{plan_field}__lineage": plan.lineage, f"{plan_field}__version__gt": plan.version})
    return ~later | Q(**{f"{quarter_field}__ends_on__lte": plan.superseded_on})


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
    if plans:
        rows = rows.filter(until_superseded(plans[0], plan_field="indicator__plan", quarter_field="quarter"))
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
    """Which plan is nearer, and which are versions of the plan itself: all the others speak from outside.

    `since` is the first day of the quarters that the plan itself is returned for.
    """

    nearness: Mapping[UUID, int]
    own: frozenset[UUID]
    since: date | None


def find_standing(plans: Sequence[Plan]) -> Standing:
    """What is known of the plans of `list_past_plans`. One query, where one of them is another plan."""
    own = frozenset(plan.pk for plan in plans if plan.lineage == plans[0].lineage)
    nearness = {plan.pk: place for place, plan in enumerate(plans)}
    return Standing(nearness, own, _find_first_day(plans[0]) if len(own) < len(plans) else None)


def _find_first_day(plan: Plan) -> date | None:
    rows = Quarter.objects.filter(
        partnership_id=plan.partnership_id, plan__lineage=plan.lineage, is_historic=False
    )  # fmt: skip
    return rows.order_by("starts_on").values_list("starts_on", flat=True).first()


def choose_reported(
    indicator: Indicator, reported: Iterable[Reported], standing: Standing, kin: Mapping[UUID, Kin]
) -> list[Reported]:
    """The values that speak of an indicator, in their order.

    Of two plans that report the same stretch the nearer one is believed, whatever either calls it. Another plan speaks
    of no day that the plan itself is returned for, or has a value of. A row that counted in another unit is no past of
    this one, and of two rows of one series only that with this one's ref.
    """
    alike = [found for found in reported if _is_past_of(indicator, found, kin)]
    spoken = [found for found in alike if found.plan_id in standing.own]
    alike = [
        found for found in alike
        if found.plan_id in standing.own or _may_speak(indicator, found, spoken=spoken, since=standing.since)
    ]  # fmt: skip
    nearest: dict[object, int] = {}
    for found in alike:
        key, place = _name_stretch(found.value), standing.nearness[found.plan_id]
        nearest[key] = min(nearest.get(key, place), place)
    return [found for found in alike if standing.nearness[found.plan_id] == nearest[_name_stretch(found.value)]]


def _may_speak(indicator: Indicator, found: Reported, *, spoken: Iterable[Reported], since: date | None) -> bool:
    """Whether another plan's value ends where a period ends, and the plan itself says nothing of any of its days."""
    label = _read_label(found.value.period)
    if indicator.frequency == Frequency.QUARTERLY and not _ends_a_period(found.value, label):
        return False
    starts_on, ends_on = _find_days(found, label)
    if since is not None and ends_on >= since:
        return False
    return not any(own.starts_on <= ends_on and starts_on <= own.ends_on for own in spoken)


def _read_label(period: str) -> tuple[date, date] | None:
    """The days that a value's own words name; None where they are no period of the calendar."""
    try:
        named = Period.parse(period)
    except UsageError:
        return None
    after = named.last + 1
    return date(named.first.year, named.first.number, 1), date(after.year, after.number, 1) - timedelta(days=1)


def _ends_a_period(value: Value, label: tuple[date, date] | None) -> bool:
    """Whether it ends with the period that it names; where it names none, with a quarter."""
    if label is not None:
        return value.end is None or value.end == label[1]
    return value.end is not None and value.end == find_quarter(value.end).ends_on


def _find_days(found: Reported, label: tuple[date, date] | None) -> tuple[date, date]:
    """Every day that the value may speak of: by its own days and its quarter's, or by its name where it has no days."""
    value = found.value
    if value.end is None and label is not None:
        return label
    return min(found.starts_on, value.start or found.starts_on), max(found.ends_on, value.end or found.ends_on)


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
    """In which quarter a value ends, of how many months and which basis it is; without days, what it calls them."""
    if value.start is None or value.end is None:
        return value.period, value.basis
    if value.basis == "month":
        return value.end.year, value.end.month, value.basis
    return find_quarter(value.end).period, round((value.end - value.start).days / _MONTH_DAYS), value.basis
