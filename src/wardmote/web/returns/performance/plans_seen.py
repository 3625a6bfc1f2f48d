"""Which plan a page speaks of, and which quarter: what the address asks for, as far as the person may see it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.http import Http404

from wardmote.web.foundation.clock import read_today
from wardmote.web.partnerships.interface import PartnershipRequest, can
from wardmote.web.plans.interface import Plan, PlanState
from wardmote.web.returns.calendar import find_quarter
from wardmote.web.returns.models import Quarter

#: What is in force stands first; then what comes next, then what was.
_ORDER = (PlanState.ADOPTED, PlanState.APPROVAL, PlanState.CONSULTATION, PlanState.DRAFT, PlanState.SUPERSEDED)


@dataclass(frozen=True, slots=True)
class Choice:
    """The plan and the quarter that a page shows. `as_at` is None where the page shows what is known today."""

    plan: Plan
    plans: tuple[Plan, ...]
    quarters: tuple[Quarter, ...]  # that may be asked for, the newest first
    quarter: Quarter | None  # the one asked for

    @property
    def as_at(self) -> date | None:
        return self.quarter.ends_on if self.quarter else None

    @property
    def newest(self) -> Quarter | None:
        """The quarter that "this quarter" means on the page."""
        return self.quarter or next(iter(self.quarters), None)


def reads_words(request: PartnershipRequest) -> bool:
    """Whether the person may read what was typed beside values that nobody has signed off yet."""
    return can(request.user, "returns.view_all_returns", request.partnership)


def list_seen_plans(request: PartnershipRequest) -> list[Plan]:
    """The plans of the partnership that the person may see, the one in force first."""
    plans = Plan.objects.filter(partnership=request.partnership).exclude(state=PlanState.WITHDRAWN)
    seen = [plan for plan in plans.select_related("partnership") if can(request.user, "plans.view_plan", plan)]
    return sorted(seen, key=_order)


def _order(plan: Plan) -> tuple[bool, int, int, int]:
    state = PlanState(plan.state)
    return plan.is_historic, _ORDER.index(state), -plan.starts_on.toordinal(), -plan.version


def choose_plan(request: PartnershipRequest, asked: dict[str, Any]) -> Choice | None:
    """What the address asks for; without a word the plan in force, today. None where there is no plan yet.

    Raises Http404 for a plan or a quarter that the person cannot see.
    """
    plans = list_seen_plans(request)
    wanted = str(asked.get("plan", ""))
    if not plans and not wanted:
        return None
    plan = next((plan for plan in plans if str(plan.pk) == wanted), None) if wanted else plans[0]
    if plan is None:
        raise Http404
    quarters = _list_quarters(plan)
    return Choice(plan, tuple(plans), quarters, _choose_quarter(quarters, str(asked.get("period", ""))))


def choose_newest(plan: Plan) -> Choice:
    """A plan as it stands today, with its newest quarter."""
    return Choice(plan, (plan,), _list_quarters(plan), None)


def _list_quarters(plan: Plan) -> tuple[Quarter, ...]:
    """The quarters of the plan and its earlier versions that have ended, one for each last day.

    Of a superseded plan also those that ended while it was in force and were returned against the next version.

    A real quarter stands before a year or a month that ends with it, and one that is worked on before one taken over.
    """
    own = Q(plan__version__lte=plan.version)
    if plan.superseded_on is not None:
        own |= Q(ends_on__lte=plan.superseded_on)
    rows = Quarter.objects.filter(
        own, partnership_id=plan.partnership_id, plan__lineage=plan.lineage, ends_on__lt=read_today()
    )
    by_day = {row.ends_on: row for row in sorted(rows.select_related("plan"), key=_rank)}
    return tuple(by_day[day] for day in sorted(by_day, reverse=True))


def _rank(row: Quarter) -> tuple[bool, bool, int, date]:
    """The greatest of several that end on one day is shown."""
    known = find_quarter(row.ends_on)
    is_quarter = (known.starts_on, known.ends_on) == (row.starts_on, row.ends_on)
    return is_quarter, not row.is_historic, row.plan.version, row.starts_on


def _choose_quarter(quarters: tuple[Quarter, ...], period: str) -> Quarter | None:
    if not period:
        return None
    found = next((quarter for quarter in quarters if quarter.period == period), None)
    if found is None:
        raise Http404
    return found
