"""What waits for somebody in `risks`: risks to look at again, and what was to be done about them."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from django.urls import reverse

from wardmote.web.foundation.clock import read_today
from wardmote.web.foundation.design.words import say_count
from wardmote.web.foundation.to_do import ThingToDo, offer_things_to_do
from wardmote.web.governance.risks.models import RegisteredRisk
from wardmote.web.governance.risks.policies import is_mitigation_overdue
from wardmote.web.governance.risks.queries import list_seen_risks
from wardmote.web.governance.risks.states import RiskState
from wardmote.web.partnerships.interface import Role, can, find_organisations

_SOON = timedelta(days=14)


@offer_things_to_do
def list_risk_things(request: Any) -> Iterator[ThingToDo]:
    """Reviews for the coordinator and for who owns a risk; overdue mitigations for who is to do them."""
    if not can(request.user, "governance.view_risks", request.partnership):
        return
    seen = list_seen_risks(request.user, request.partnership).filter(state=RiskState.OPEN)
    risks, today = list(seen), read_today()
    address = reverse("risk_register", kwargs={"slug": request.partnership.slug})
    yield from _list_reviews(request, risks, today, address)
    yield from _list_mitigations(request, risks, today, address)


def _list_reviews(request: Any, risks: Sequence[RegisteredRisk], today: date, address: str) -> Iterator[ThingToDo]:
    is_coordinator = can(request.user, "governance.change_risks", request.partnership)
    mine = [risk for risk in risks if risk.review_on and (is_coordinator or risk.owner_person_id == request.user.pk)]
    for title, urgency, found in (
        ("overdue for review", 0, [r for r in mine if r.review_on and r.review_on < today]),
        ("to look at again soon", 1, [r for r in mine if r.review_on and today <= r.review_on <= today + _SOON]),
    ):
        if found:
            first = min(risk.review_on for risk in found if risk.review_on)
            yield ThingToDo(f"{say_count(len(found), 'risk')} {title}", address, due_on=first, urgency=urgency)


def _list_mitigations(request: Any, risks: Sequence[RegisteredRisk], today: date, address: str) -> Iterator[ThingToDo]:
    own = find_organisations(request.user, request.partnership, Role.CONTRIBUTOR)
    late = [
        one for risk in risks for one in risk.mitigations.all()
        if is_mitigation_overdue(one, today) and (one.person_id == request.user.pk or one.body_id in own)
    ]  # fmt: skip
    if late:
        title = f"{say_count(len(late), 'mitigation')} of a risk overdue"
        yield ThingToDo(title, address, due_on=min(one.due_on for one in late if one.due_on), urgency=0)
