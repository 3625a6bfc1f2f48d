"""Who owes what by when: the one answer that pages, reminders and things to do are made of."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q

from wardmote.web.partnerships.interface import Organisation, Partnership
from wardmote.web.returns.models import Quarter, QuarterDue, Return
from wardmote.web.returns.policies import awaits_revision
from wardmote.web.returns.states import EDITABLE, QuarterState, ReturnState

#: What fills itself and asks nobody: bound to the evidence store, with nothing typed into it.
AWAITS_EVIDENCE = Q(state=ReturnState.OWED) & ~Q(indicator__evidence={})


@dataclass(frozen=True, slots=True)
class Owed:
    """What one agency owes in one quarter: the returns that wait for it."""

    quarter: Quarter
    organisation: Organisation
    due_on: date
    returns: tuple[Return, ...]

    @property
    def queried_count(self) -> int:
        return sum(ret.state == ReturnState.QUERIED and not awaits_revision(ret) for ret in self.returns)

    def count_days_late(self, today: date) -> int:
        """How many days after the due date today is; 0 before."""
        return max(0, (today - self.due_on).days)


def list_owed(partnership: Partnership, organisations: Collection[Any] | None = None) -> list[Owed]:
    """Everything owed in open quarters, by agency and quarter, the most overdue first. Two queries.

    What waits for the evidence store is owed by nobody.
    """
    rows = Return.objects.filter(partnership=partnership, state__in=EDITABLE, organisation__isnull=False).exclude(
        quarter__state=QuarterState.LOCKED, reopened_at=None
    )
    rows = rows.exclude(AWAITS_EVIDENCE)
    if organisations is not None:
        rows = rows.filter(organisation__in=organisations)
    groups: dict[tuple[UUID, UUID], list[Return]] = defaultdict(list)
    for ret in rows.select_related("quarter", "organisation", "indicator", "indicator__priority").order_by(
        "indicator__priority__number", "indicator__number", "indicator__ref"
    ):
        groups[(ret.quarter_id, ret.organisation_id)].append(ret)
    dues = read_dues(partnership, {quarter for quarter, _ in groups})
    found = [
        Owed(own[0].quarter, body, dues.get(key, own[0].quarter.due_on), tuple(own))
        for key, own in groups.items()
        if (body := own[0].organisation) is not None
    ]
    return sorted(found, key=lambda owed: (owed.due_on, owed.organisation.name))


def read_dues(partnership: Partnership, quarters: Collection[UUID]) -> dict[tuple[UUID, UUID], date]:
    """The agencies' own due dates in some quarters."""
    rows = QuarterDue.objects.filter(partnership=partnership, quarter__in=quarters)
    return {(quarter, body): due for quarter, body, due in rows.values_list("quarter", "organisation", "due_on")}


def list_awaiting_evidence(partnership: Partnership, organisations: Collection[Any]) -> list[Return]:
    """The returns of some agencies in open quarters that fill themselves from the evidence store."""
    rows = Return.objects.filter(
        AWAITS_EVIDENCE, partnership=partnership, organisation__in=organisations, quarter__state=QuarterState.OPEN,
        quarter__is_historic=False,
    )  # fmt: skip
    return list(rows.select_related("quarter", "indicator").order_by("quarter__ends_on", "indicator__ref"))


def find_due(ret: Return) -> date:
    """When a return is due: its agency's own date, or the quarter's."""
    own = QuarterDue.objects.filter(quarter=ret.quarter_id, organisation=ret.organisation_id)
    day: date = own.values_list("due_on", flat=True).first() or ret.quarter.due_on
    return day
