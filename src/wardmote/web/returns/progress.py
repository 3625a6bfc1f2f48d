"""How far the agencies have come in the open quarters, counted in the database."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Max

from wardmote.web.partnerships.interface import Organisation, Partnership
from wardmote.web.returns.models import Chase, Quarter, Return
from wardmote.web.returns.owing import read_dues
from wardmote.web.returns.states import EDITABLE, QuarterState, ReturnState


@dataclass(slots=True)
class AgencyProgress:
    """One agency in one quarter: how many returns stand where, when they are due, when it was last written to."""

    organisation: Organisation | None
    due_on: date
    counts: dict[str, int] = field(default_factory=dict)
    last_chased: date | None = None

    @property
    def asked_count(self) -> int:
        return sum(number for state, number in self.counts.items() if state != ReturnState.CLOSED)

    @property
    def owed_count(self) -> int:
        """How many wait for the agency."""
        return sum(self.counts.get(state, 0) for state in EDITABLE)

    @property
    def signed_count(self) -> int:
        return self.counts.get(ReturnState.SIGNED_OFF, 0)

    @property
    def submitted_count(self) -> int:
        return self.counts.get(ReturnState.SUBMITTED, 0)

    def count_days_late(self, today: date) -> int:
        """How late what is still owed is, in days."""
        return max(0, (today - self.due_on).days) if self.owed_count else 0


@dataclass(frozen=True, slots=True)
class QuarterProgress:
    """One quarter with its agencies."""

    quarter: Quarter
    agencies: tuple[AgencyProgress, ...]

    @property
    def late_agencies(self) -> list[AgencyProgress]:
        """Those that owe something, the latest first."""
        return sorted((one for one in self.agencies if one.owed_count), key=lambda one: one.due_on)


def read_progress(partnership: Partnership, quarters: Any = None) -> list[QuarterProgress]:
    """The progress of all open quarters, or of those given. Five queries, whatever their number."""
    chosen = list(
        quarters
        if quarters is not None
        else Quarter.objects.filter(partnership=partnership, state=QuarterState.OPEN, is_historic=False)
    )
    keys = [quarter.pk for quarter in chosen]
    rows = Return.objects.filter(partnership=partnership, quarter__in=keys).values("quarter", "organisation", "state")
    counts: dict[tuple[UUID, Any], dict[str, int]] = defaultdict(dict)
    for row in rows.annotate(number=Count("pk")).order_by():
        counts[row["quarter"], row["organisation"]][row["state"]] = row["number"]
    bodies = {body.pk: body for body in Organisation.objects.filter(pk__in={body for _, body in counts} - {None})}
    dues, chased = read_dues(partnership, keys), _read_chased(partnership, keys)
    return [
        QuarterProgress(
            quarter,
            tuple(
                sorted(
                    (
                        AgencyProgress(
                            bodies.get(body), dues.get((of, body), quarter.due_on), number, chased.get((of, body))
                        )
                        for (of, body), number in counts.items()
                        if of == quarter.pk
                    ),
                    key=lambda one: one.organisation.name if one.organisation else "",
                )
            ),
        )
        for quarter in chosen
    ]


def _read_chased(partnership: Partnership, quarters: list[UUID]) -> dict[tuple[UUID, UUID], date]:
    rows = Chase.objects.filter(partnership=partnership, quarter__in=quarters).values("quarter", "organisation")
    return {(row["quarter"], row["organisation"]): row["last"] for row in rows.annotate(last=Max("sent_on")).order_by()}


def list_waiting(partnership: Partnership) -> Any:
    """The submitted returns of a partnership, with what a lead needs to see of them."""
    rows = Return.objects.filter(partnership=partnership, state=ReturnState.SUBMITTED, version__isnull=False)
    return rows.select_related(
        "partnership", "quarter", "organisation", "version", "indicator", "indicator__priority"
    ).order_by("quarter__ends_on", "indicator__priority__number", "indicator__number")
