"""How far the agencies have come in the open quarters, counted in the database."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Case, CharField, Count, F, Max, Value, When

from wardmote.web.partnerships.interface import Organisation, Partnership
from wardmote.web.returns.models import Chase, Quarter, Return
from wardmote.web.returns.owing import AWAITS_EVIDENCE, read_dues
from wardmote.web.returns.states import EDITABLE, UNSENT, QuarterState, ReturnState

#: Where a return stands that waits for the evidence store, among the states.
FROM_EVIDENCE = "evidence"


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
    def unsent_count(self) -> int:
        """How many have not come in yet, those apart that fill themselves."""
        return sum(self.counts.get(state, 0) for state in UNSENT)

    @property
    def evidence_count(self) -> int:
        """How many wait for the evidence store, and for nobody."""
        return self.counts.get(FROM_EVIDENCE, 0)

    @property
    def queried_count(self) -> int:
        return self.counts.get(ReturnState.QUERIED, 0)

    @property
    def owed_count(self) -> int:
        """How many wait for the agency: to be entered, or to be answered."""
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
    def has_evidence(self) -> bool:
        """Whether any of its returns waits for the evidence store."""
        return any(one.evidence_count for one in self.agencies)

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
    rows = Return.objects.filter(partnership=partnership, quarter__in=keys)
    stands = Case(When(AWAITS_EVIDENCE, then=Value(FROM_EVIDENCE)), default=F("state"), output_field=CharField())
    counts: dict[tuple[UUID, Any], dict[str, int]] = defaultdict(dict)
    for row in _count(rows.annotate(stands=stands)):
        counts[row["quarter"], row["organisation"]][row["stands"]] = row["number"]
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


def _count(rows: Any) -> Any:
    return rows.values("quarter", "organisation", "stands").annotate(number=Count("pk")).order_by()


def _read_chased(partnership: Partnership, quarters: list[UUID]) -> dict[tuple[UUID, UUID], date]:
    rows = Chase.objects.filter(partnership=partnership, quarter__in=quarters).values("quarter", "organisation")
    return {(row["quarter"], row["organisation"]): row["last"] for row in rows.annotate(last=Max("sent_on")).order_by()}


def list_waiting(partnership: Partnership) -> Any:
    """The submitted returns of a partnership that can be signed off, with what a lead needs to see of them."""
    rows = _list_submitted(partnership).exclude(quarter__state=QuarterState.LOCKED, reopened_at=None)
    return rows.select_related(
        "partnership", "quarter", "organisation", "version", "indicator", "indicator__priority"
    ).order_by("quarter__ends_on", "indicator__priority__number", "indicator__number")


def list_locked_waiting(partnership: Partnership) -> list[Any]:
    """The locked quarters in which a submitted return was never signed off, each with their number."""
    rows = _list_submitted(partnership).filter(quarter__state=QuarterState.LOCKED, reopened_at=None)
    found = Quarter.objects.filter(pk__in=rows.values("quarter")).order_by("ends_on")
    counts = {row["quarter"]: row["number"] for row in rows.values("quarter").annotate(number=Count("pk")).order_by()}
    return [(quarter, counts[quarter.pk]) for quarter in found]


def _list_submitted(partnership: Partnership) -> Any:
    return Return.objects.filter(partnership=partnership, state=ReturnState.SUBMITTED, version__isnull=False)
