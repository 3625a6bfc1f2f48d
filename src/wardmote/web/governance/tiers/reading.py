"""The one place where a partnership's records are read for another: a county reads its districts.

Nothing is read of a district that is not this county's, or that has no agreement in force. What is read is the plan in
force, what was signed off, and how many returns came: no draft, no words beside a value, no name of a person.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Q

from wardmote.evidence.interface import decode_value
from wardmote.evidence.targets.plan import Value
from wardmote.evidence.targets.rollup_values import MeasureTerms
from wardmote.web.governance.tiers.models import SharingAgreement
from wardmote.web.governance.tiers.policies import has_county, holds_on, is_county
from wardmote.web.partnerships.interface import Partnership, Tier
from wardmote.web.plans.interface import CrossWalk, Indicator, Plan, PlanState, Priority
from wardmote.web.returns.interface import STATUS_WORDS, UNSENT, ChangeKind, Quarter, Return, ReturnState, ReturnVersion

_SIGNED = ("of__quarter__period", "of__quarter__ends_on", "value", "of__state")


@dataclass(frozen=True, slots=True)
class SignedValue:
    """A value that was signed off, without a word beside it; `is_revised_now`: its return has been opened again."""

    period: str
    ends_on: date
    value: Value
    is_revised_now: bool


@dataclass(frozen=True, slots=True)
class SharedIndicator:
    record: Indicator
    terms: MeasureTerms
    values: tuple[SignedValue, ...]  # oldest first, one for each period

    def find(self, period: str) -> SignedValue | None:
        return next((one for one in self.values if one.period == period), None)


@dataclass(frozen=True, slots=True)
class NewestQuarter:
    """How far the returns of the last quarter that ended have come."""

    period: str
    asked_count: int
    returned_count: int
    signed_count: int


@dataclass(frozen=True, slots=True)
class DistrictSeen:
    """A district as its county sees it. Without an agreement in force there is its name and nothing else."""

    district: Partnership
    place: str  # what it is called in a sum: its name, with its address where two have one name
    agreement: SharingAgreement | None = None
    plan: Plan | None = None
    priorities: tuple[Priority, ...] = ()
    cross_walks: tuple[CrossWalk, ...] = ()
    indicators: tuple[SharedIndicator, ...] = field(default=(), repr=False)
    newest: NewestQuarter | None = None

    @property
    def is_shared(self) -> bool:
        return self.agreement is not None

    def find(self, series: UUID) -> SharedIndicator | None:
        return next((one for one in self.indicators if one.record.series == series), None)


def list_districts(county: Partnership, today: date) -> list[Partnership]:
    """The districts of a county; none of a partnership that is none."""
    if not is_county(county):
        return []
    rows = Partnership.objects.filter(county=county, tier=Tier.DISTRICT)
    return list(rows.filter(Q(ended_on=None) | Q(ended_on__gt=today)).order_by("name", "slug"))


def list_agreements(districts: Iterable[Partnership], today: date) -> dict[UUID, SharingAgreement]:
    """The agreement in force of each district that has one."""
    rows = SharingAgreement.objects.filter(partnership__in=list(districts), ended_at=None)
    return {row.partnership_id: row for row in rows.select_related("partnership") if holds_on(row, today)}


def read_districts(county: Partnership, today: date) -> list[DistrictSeen]:
    """Every district of a county, each as far as it lets itself be read. Ten queries, whatever their number."""
    districts = list_districts(county, today)
    agreements = list_agreements(districts, today)
    shared = [district for district in districts if district.pk in agreements]
    plans = _find_plans(shared)
    read = _Read(plans, agreements, today)
    named = Counter(district.name for district in districts)
    return [
        _see(district, agreements.get(district.pk), plans.get(district.pk), read, place=_name(district, named))
        for district in districts
    ]


def _name(district: Partnership, named: Counter[str]) -> str:
    """Its name, and its address too where two have one name: no two places of a sum may be called alike."""
    return district.name if named[district.name] == 1 else f"{district.name} ({district.slug})"


def read_neighbourhood(district: Partnership, today: date) -> tuple[Partnership, list[DistrictSeen]] | None:
    """A district's county with all its districts, to be told of by standing alone; None where it shares nothing itself.

    Who does not let itself be read does not read either.
    """
    county = district.county if has_county(district) else None
    if county is None or district.pk not in list_agreements([district], today):
        return None
    return county, read_districts(county, today)


def _find_plans(districts: Sequence[Partnership]) -> dict[UUID, Plan]:
    """The plan in force of each, the latest where there are several."""
    rows = Plan.objects.filter(partnership__in=districts, state=PlanState.ADOPTED, is_historic=False)
    found: dict[UUID, Plan] = {}
    for plan in rows.select_related("partnership").order_by("-adopted_on", "-starts_on", "-version"):
        found.setdefault(plan.partnership_id, plan)
    return found


class _Read:
    """What is read of all shared districts at once, by the key of the district."""

    def __init__(self, plans: dict[UUID, Plan], agreements: dict[UUID, SharingAgreement], today: date) -> None:
        keys = [plan.pk for plan in plans.values()]
        self.priorities = _group(Priority.objects.filter(plan__in=keys).order_by("number"))
        self.cross_walks = _group(CrossWalk.objects.filter(plan__in=keys).select_related("priority").order_by("number"))
        rows = Indicator.objects.filter(plan__in=keys).select_related("plan", "plan__partnership", "priority", "owner")
        self.indicators = _group(rows.prefetch_related("targets").order_by("priority__number", "number", "ref"))
        self.values = _read_values([*self.indicators.values()], agreements)
        self.newest = _read_newest(keys, today)


def _see(
    district: Partnership, agreement: SharingAgreement | None, plan: Plan | None, read: _Read, *, place: str
) -> DistrictSeen:
    if agreement is None:
        return DistrictSeen(district, place)
    indicators = tuple(
        SharedIndicator(row, read_terms(row), tuple(read.values.get((district.pk, row.series), ())))
        for row in read.indicators.get(district.pk, ())
    )
    return DistrictSeen(
        district, place, agreement, plan, tuple(read.priorities.get(district.pk, ())),
        tuple(read.cross_walks.get(district.pk, ())), indicators, read.newest.get(district.pk),
    )  # fmt: skip


def _group(rows: Iterable[Any]) -> dict[UUID, list[Any]]:
    found: dict[UUID, list[Any]] = {}
    for row in rows:
        found.setdefault(row.partnership_id, []).append(row)
    return found


def read_terms(indicator: Indicator) -> MeasureTerms:
    """What must be alike before an indicator is added to another."""
    return MeasureTerms(
        indicator.shape, indicator.unit, indicator.basis, indicator.polarity, indicator.definition,
        indicator.numerator, indicator.denominator,
    )  # fmt: skip


def _read_values(
    groups: Sequence[Sequence[Indicator]], agreements: dict[UUID, SharingAgreement]
) -> dict[tuple[UUID, UUID], list[SignedValue]]:
    """What was signed off of each measure, by district and series: of each quarter the last, of the nearest plan."""
    indicators = [row for rows in groups for row in rows]
    signed = Q(signed_off_at__isnull=False) | Q(kind=ChangeKind.IMPORTED)
    versions = ReturnVersion.objects.filter(
        signed, partnership__in=agreements, of__indicator__series__in={row.series for row in indicators},
        of__indicator__plan__state__in=(PlanState.ADOPTED, PlanState.SUPERSEDED),
        of__indicator__plan__is_historic=False,
    )  # fmt: skip
    latest: dict[tuple[UUID, UUID], dict[str, SignedValue]] = {}
    for district, series, *about in versions.order_by(
        "of__quarter__ends_on", "of__indicator__plan__starts_on", "of__indicator__plan__version", "number"
    ).values_list("partnership_id", "of__indicator__series", *_SIGNED):  # the texts beside it are not even fetched
        found = _strip(*about)
        if found.ends_on >= agreements[district].values_from:
            latest.setdefault((district, series), {})[found.period] = found
    return {key: list(by_period.values()) for key, by_period in latest.items()}


def _strip(period: str, ends_on: date, body: Any, state: str) -> SignedValue:
    """The value alone: whatever was typed beside it stays with the district."""
    value = decode_value(body, where="a signed value")
    chosen = value.text if value.text in dict(STATUS_WORDS) else ""  # one of a closed list, and nobody's own words
    bare = replace(value, narrative="", note="", source="", text=chosen, lag="")
    return SignedValue(period, ends_on, bare, state != ReturnState.SIGNED_OFF)


def _read_newest(plans: Sequence[UUID], today: date) -> dict[UUID, NewestQuarter]:
    """Of each plan's district the last quarter that has ended, with how many returns were asked, came, were signed."""
    quarters = Quarter.objects.filter(plan__in=plans, ends_on__lt=today, is_historic=False).order_by("ends_on")
    last = {row.partnership_id: row for row in quarters}
    counted = Return.objects.filter(quarter__in=[row.pk for row in last.values()]).exclude(state=ReturnState.CLOSED)
    by_quarter = {
        row["quarter"]: row
        for row in counted.values("quarter").annotate(
            asked=Count("id"), unsent=Count("id", filter=Q(state__in=UNSENT)),
            signed=Count("id", filter=Q(state=ReturnState.SIGNED_OFF)),
        )
    }  # fmt: skip
    return {key: _count(row, by_quarter.get(row.pk)) for key, row in last.items()}


def _count(quarter: Quarter, counted: dict[str, Any] | None) -> NewestQuarter:
    asked, unsent, signed = (counted["asked"], counted["unsent"], counted["signed"]) if counted else (0, 0, 0)
    return NewestQuarter(quarter.period, asked, asked - unsent, signed)
