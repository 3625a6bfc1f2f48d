"""What is seen of scrutiny: recommendations with their answers, and the missed targets as they are computed now."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import Http404

from wardmote.evidence.interface import list_missed_targets
from wardmote.evidence.targets.accounts import JudgedPlan, Missed
from wardmote.web.governance.scrutiny.models import LeftOutTarget, Recommendation
from wardmote.web.partnerships.interface import Partnership, PartnershipRequest, get_own
from wardmote.web.plans.interface import Indicator, Plan
from wardmote.web.returns.interface import Choice, Judged, choose_newest, find_quarter, list_unsettled, read_judged

_FIRST_MONTH = 4  # April


def list_recommendations(partnership: Partnership) -> QuerySet[Recommendation]:
    """All of a partnership, the newest first, with their answers and actions, in four queries."""
    rows = Recommendation.objects.filter(partnership=partnership).select_related("partnership")
    return rows.prefetch_related("addressed__body", "answers__body", "actions__body")


def get_recommendation(request: PartnershipRequest, recommendation_id: Any) -> Recommendation:
    """A recommendation of this partnership, or 404."""
    return get_own(list_recommendations(request.partnership), request, id=recommendation_id)


@dataclass(frozen=True, slots=True)
class Stretch:
    """The financial year that a pack speaks of, of one plan."""

    plan: Plan
    name: str
    starts_on: date
    ends_on: date

    @property
    def value(self) -> str:
        """As a page's address names it: "2026"."""
        return str(self.starts_on.year)


def list_stretches(plan: Plan) -> list[Stretch]:
    """The financial years of which the plan has quarters that have ended, the newest first."""
    choice: Choice = choose_newest(plan)
    ended = (quarter.ends_on for quarter in choice.quarters if quarter.ends_on >= plan.starts_on)
    years = sorted({find_year(day) for day in ended}, reverse=True)
    return [make_stretch(plan, year) for year in years]


def make_stretch(plan: Plan, year: int) -> Stretch:
    return Stretch(plan, f"{year}/{(year + 1) % 100:02}", date(year, _FIRST_MONTH, 1), date(year + 1, 3, 31))


def find_year(day: date) -> int:
    """The calendar year in which the day's financial year began."""
    return day.year if day.month >= _FIRST_MONTH else day.year - 1


def describe_judged(judged: Judged) -> JudgedPlan:
    """A judged plan as the core's papers read it."""
    context = frozenset(row.ref for row in judged.records if row.is_context)
    return JudgedPlan(judged.plan, judged.statuses, context, list_unsettled(judged))


def read_stretch(stretch: Stretch, today: date) -> Judged:
    """The plan as it is judged with all that was reported for quarters that ended by the year's end."""
    return read_judged(stretch.plan, as_at=min(stretch.ends_on, find_quarter_end(today)))


def find_quarter_end(today: date) -> date:
    """The last day of the quarter that ended last."""
    current = find_quarter(today)
    return date.fromordinal(current.starts_on.toordinal() - 1)


@dataclass(frozen=True, slots=True)
class MissedRow:
    """A missed target as the page shows it; `left_out` where the pack leaves it out."""

    missed: Missed
    indicator: Indicator
    left_out: LeftOutTarget | None


def list_missed(stretch: Stretch, today: date) -> list[MissedRow]:
    """Every target that was missed in a year, worked out now, each with whether the pack leaves it out."""
    judged = read_stretch(stretch, today)
    records = {record.ref: record for record in judged.records}
    left = {(one.indicator.ref, one.period): one for one in list_left_out(stretch.plan)}
    found = list_missed_targets(describe_judged(judged), stretch.starts_on, stretch.ends_on)
    return [MissedRow(one, records[one.ref], left.get((one.ref, one.period))) for one in found]


def list_left_out(plan: Plan) -> list[LeftOutTarget]:
    """What the packs of this plan leave out now; what was decided of an earlier version of it holds on."""
    rows = LeftOutTarget.objects.filter(
        partnership=plan.partnership_id, indicator__plan__lineage=plan.lineage, taken_back_at=None
    )
    return list(rows.select_related("indicator"))


def find_missed(rows: list[MissedRow], indicator: Indicator, period: str) -> MissedRow:
    """The missed target that an address names, or 404: what was not missed cannot be left out."""
    found = next((row for row in rows if row.indicator.pk == indicator.pk and row.missed.period == period), None)
    if found is None:
        raise Http404
    return found
