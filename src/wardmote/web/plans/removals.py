"""A record that is no longer in its plan: who removed it, and when, as the audit trail says."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from wardmote.web.foundation.models import AuditEntry
from wardmote.web.foundation.writes import name_record
from wardmote.web.partnerships.interface import name_people
from wardmote.web.plans.models import Plan, PlanRecord


@dataclass(frozen=True, slots=True)
class Removal:
    """By whom a record was removed, and when."""

    by: str
    at: datetime


def find_removal(plan: Plan, kind: type[PlanRecord], key: UUID) -> Removal | None:
    """How a record left a plan; None where it is there, or never was."""
    rows: Any = kind._default_manager.filter(partnership=plan.partnership_id, pk=key)
    if rows.exists():
        return None
    entries = AuditEntry.objects.filter(
        chain=str(plan.partnership_id), subject=plan.pk, verb=f"{name_record(kind)}_removed", body__contains=str(key)
    )
    entry = entries.order_by("-number").first()
    return Removal(name_people([entry.by])[entry.by], entry.at) if entry is not None else None
