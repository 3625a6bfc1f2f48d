"""What waits for somebody about returns: to enter, to answer, to sign off, to chase."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.urls import reverse

from wardmote.web.foundation.clock import read_today
from wardmote.web.foundation.design.words import say_count
from wardmote.web.foundation.to_do import ThingToDo, offer_things_to_do
from wardmote.web.partnerships.interface import Role, can
from wardmote.web.returns.owing import Owed, list_owed
from wardmote.web.returns.permissions import find_returning_organisations
from wardmote.web.returns.policies import awaits_revision
from wardmote.web.returns.progress import list_waiting, read_progress
from wardmote.web.returns.states import ReturnState

_SOON = timedelta(days=7)


@offer_things_to_do
def list_things(request: Any) -> Iterator[ThingToDo]:
    """Everything about returns that waits for the request's person."""
    today = read_today()
    yield from _list_owed(request, today)
    yield from _list_signable(request)
    if can(request.user, "returns.chase", request.partnership):
        yield from _list_late(request, today)


def _list_owed(request: Any, today: date) -> Iterator[ThingToDo]:
    bodies = find_returning_organisations(request.user, request.partnership)
    if not bodies:
        return
    slug = request.partnership.slug
    for owed in list_owed(request.partnership, bodies):
        back = [ret for ret in owed.returns if ret.state == ReturnState.QUERIED]
        reopened = [ret for ret in back if awaits_revision(ret)]
        queried = [ret for ret in back if ret not in reopened]
        for found, title in (
            (queried, f"Answer {say_count(len(queried), 'query', 'queries')}"),
            (reopened, f"Revise {say_count(len(reopened), 'reopened return')}"),
        ):
            if found:
                address = reverse("show_return", kwargs={"slug": slug, "pk": found[0].pk})
                yield ThingToDo(title, address, owed.quarter.period, None, 0)
        if len(owed.returns) > len(back):
            yield _make_owed(owed, len(owed.returns) - len(back), today, reverse("owed_returns", args=[slug]))


def _make_owed(owed: Owed, count: int, today: date, address: str) -> ThingToDo:
    late = owed.count_days_late(today)
    urgency = 0 if late else 1 if owed.due_on - today <= _SOON else 2
    detail = f"{late} days late" if late else "due"
    return ThingToDo(
        f"Enter {say_count(count, 'return')} of {owed.organisation} for {owed.quarter.period}", address, detail,
        owed.due_on, urgency,
    )  # fmt: skip


def _list_signable(request: Any) -> Iterator[ThingToDo]:
    """Counted by role and lead in one query; who submitted something does not count it for themselves."""
    if not request.roles & {Role.LEAD, Role.COORDINATOR}:
        return
    rows = list_waiting(request.partnership).exclude(version__submitted_by=request.user.pk)
    if Role.COORDINATOR not in request.roles:
        rows = rows.filter(Q(indicator__priority__lead=request.user))
    if count := rows.count():
        address = reverse("returns_to_sign_off", args=[request.partnership.slug])
        yield ThingToDo(f"Sign off {say_count(count, 'return')}", address)


def _list_late(request: Any, today: date) -> Iterator[ThingToDo]:
    late = [one for found in read_progress(request.partnership) for one in found.agencies if one.count_days_late(today)]
    if late:
        address = reverse("chase_list", args=[request.partnership.slug])
        title = f"{say_count(len(late), 'agency is', 'agencies are')} late with returns"
        yield ThingToDo(title, address, f"up to {max(one.count_days_late(today) for one in late)} days", None, 0)
