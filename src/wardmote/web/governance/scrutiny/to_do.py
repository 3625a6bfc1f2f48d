"""What waits for somebody in `scrutiny`: answers that are owed, actions whose day has come."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from django.urls import reverse

import wardmote.web.governance.scrutiny.rounds  # noqa: F401 - joins the daily round
from wardmote.web.foundation.clock import read_today
from wardmote.web.foundation.design.words import say_count
from wardmote.web.foundation.to_do import ThingToDo, offer_things_to_do
from wardmote.web.governance.scrutiny.models import Recommendation
from wardmote.web.governance.scrutiny.permissions import find_answering
from wardmote.web.governance.scrutiny.policies import list_owing, say_clock
from wardmote.web.governance.scrutiny.queries import list_recommendations
from wardmote.web.partnerships.interface import Role

_SOON = timedelta(days=7)


@offer_things_to_do
def list_scrutiny_things(request: Any) -> Iterator[ThingToDo]:
    """To the coordinator all of it; to a contributor what their own body owes."""
    is_coordinator = Role.COORDINATOR in request.roles
    own = find_answering(request.user, request.partnership)
    if not is_coordinator and not own:
        return
    today = read_today()
    rows = list(list_recommendations(request.partnership).filter(implemented_on=None))
    for row in rows:
        owing = [body for body in list_owing(row) if is_coordinator or body.pk in own]
        if owing:
            yield _make_owed(request, row, owing, today)
    yield from _list_late_actions(request, rows, None if is_coordinator else own, today)


def _make_owed(request: Any, row: Recommendation, owing: Sequence[Any], today: date) -> ThingToDo:
    """The answer that a recommendation waits for, and by when."""
    keys = {"slug": request.partnership.slug, "recommendation_id": row.pk}
    urgency = 0 if today > row.due_on else 1 if row.due_on - today <= _SOON else 2
    named = ", ".join(sorted(body.name for body in owing))
    return ThingToDo(
        f"Scrutiny recommendation {row.number} waits for the answer of {named}", reverse("recommendation", kwargs=keys),
        say_clock(row, today), row.due_on, urgency,
    )  # fmt: skip


def _list_late_actions(
    request: Any, rows: Sequence[Recommendation], own: frozenset[Any] | None, today: date
) -> Iterator[ThingToDo]:
    late = [
        one for row in rows for one in row.actions.all()
        if one.done_on is None and one.due_on < today and (own is None or one.body_id in own)
    ]  # fmt: skip
    if late:
        address = reverse("recommendations", kwargs={"slug": request.partnership.slug})
        title = f"{say_count(len(late), 'action')} of scrutiny recommendations overdue"
        yield ThingToDo(title, address, due_on=min(one.due_on for one in late), urgency=0)
