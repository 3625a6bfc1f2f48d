"""The year ahead: which meeting, approval and return falls when. Other areas may offer what they know."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from django.db.models import Count, Q
from django.urls import reverse

from wardmote.web.governance.meetings.models import PublicMeeting
from wardmote.web.governance.meetings.permissions import sits_in_it
from wardmote.web.governance.meetings.queries import list_seen_meetings
from wardmote.web.governance.meetings.states import MeetingState
from wardmote.web.partnerships.interface import PartnershipRequest
from wardmote.web.plans.interface import Gate, GateKind, Plan, find_revision_due, get_current_plan
from wardmote.web.returns.interface import Quarter, find_quarter


@dataclass(frozen=True, slots=True)
class YearEvent:
    """Something that falls on a day. `detail` says what is known of it; `address` leads to it."""

    day: date
    kind: str
    title: str
    detail: str = ""
    address: str = ""


#: Lists what falls between two days, as far as the person may see it.
EventProvider = Callable[[PartnershipRequest, date, date], Iterable[YearEvent]]
_providers: list[EventProvider] = []


def offer_year_events(provider: EventProvider) -> EventProvider:
    """Register a function that lists what falls on a day of the year."""
    _providers.append(provider)
    return provider


def list_months(request: PartnershipRequest, today: date) -> list[tuple[date, list[YearEvent]]]:
    """The twelve months from this one on, each by its first day, with what falls in it."""
    start = today.replace(day=1)
    firsts = [_add_months(start, count) for count in range(13)]
    events = [event for provider in _providers for event in provider(request, start, firsts[-1] - timedelta(days=1))]
    ordered = sorted(events, key=lambda event: (event.day, event.kind, event.title))
    return [(first, [event for event in ordered if first <= event.day < after]) for first, after in pairwise(firsts)]


def _add_months(first: date, count: int) -> date:
    months = first.year * 12 + first.month - 1 + count
    return date(months // 12, months % 12 + 1, 1)


def _find_address(request: PartnershipRequest, name: str, **keys: object) -> str:
    return reverse(name, kwargs={"slug": request.partnership.slug, **keys})


@offer_year_events
def list_meeting_events(request: PartnershipRequest, start: date, end: date) -> Iterator[YearEvent]:
    """Meetings that were not cancelled, and public meetings."""
    seen = list_seen_meetings(request).filter(held_on__range=(start, end)).exclude(state=MeetingState.CANCELLED)
    for meeting in seen:
        address = _find_address(request, "show_meeting", meeting_id=meeting.pk)
        state = MeetingState(meeting.state).label
        yield YearEvent(
            meeting.held_on, "Meeting", str(meeting), ", ".join(filter(None, (meeting.place, state))), address
        )
    rows = PublicMeeting.objects.filter(partnership=request.partnership, held_on__range=(start, end))
    for public in rows:
        address = _find_address(request, "show_public_meeting", public_meeting_id=public.pk)
        yield YearEvent(public.held_on, "Public meeting", public.title, public.place, address)


@offer_year_events
def list_plan_events(request: PartnershipRequest, start: date, end: date) -> Iterator[YearEvent]:
    """The gates of plans on their way, the end of the plan in force, and when it must be revised."""
    if not sits_in_it(request.user, request.partnership):
        return
    gates = Gate.objects.filter(
        partnership=request.partnership, held_on__range=(start, end), plan__is_historic=False
    ).select_related("plan")
    for gate in gates:
        address = _find_address(request, "plan_approval", plan_id=gate.plan_id)
        yield YearEvent(
            gate.held_on or start, "Approval", f"{GateKind(gate.kind).label}: {gate.plan.title}", "", address
        )
    plan = get_current_plan(request.partnership)
    if plan is not None:
        yield from _list_of_plan(request, plan, start, end)


def _list_of_plan(request: PartnershipRequest, plan: Plan, start: date, end: date) -> Iterator[YearEvent]:
    address = _find_address(request, "plan", plan_id=plan.pk)
    if start <= plan.ends_on <= end:
        yield YearEvent(plan.ends_on, "Plan", f"{plan.title} ends", "The next plan must be adopted by then", address)
    if plan.adopted_on is not None:
        due = find_revision_due(plan)
        if due is not None and start <= due <= end and due < plan.ends_on:
            yield YearEvent(due, "Plan", f"{plan.title} is to be revised", "A plan is revised every year", address)


@offer_year_events
def list_return_events(request: PartnershipRequest, start: date, end: date) -> Iterator[YearEvent]:
    """When returns are due: of quarters that are open, and of those to come, by the partnership's own days."""
    if not sits_in_it(request.user, request.partnership):
        return
    address, plan = _find_address(request, "returns"), get_current_plan(request.partnership)
    known = Quarter.objects.filter(partnership=request.partnership, is_historic=False)
    still = known.annotate(owed=Count("returns", filter=Q(returns__state="owed")))
    for quarter in still.filter(due_on__range=(start, end)):
        owed = f"{quarter.owed} not begun" if quarter.owed else "All begun or done"
        yield YearEvent(quarter.due_on, "Returns due", quarter.period, owed, address)
    periods, day = set(known.values_list("period", flat=True)), start - timedelta(days=request.partnership.return_days)
    while plan is not None and day <= min(end, plan.ends_on):
        dates = find_quarter(day)
        due, day = dates.ends_on + timedelta(days=request.partnership.return_days), dates.ends_on + timedelta(days=1)
        if dates.period not in periods and start <= due <= end:
            yield YearEvent(due, "Returns due", dates.period, "Opens by itself when the quarter ends")
