"""All records of one plan version into the next, each a row of its own; for an action that is writing."""

from typing import Any
from uuid import uuid4

from wardmote.web.plans.models import (
    Action,
    CrossWalk,
    Indicator,
    Plan,
    PlanRecord,
    Priority,
    Programme,
    Risk,
    Target,
)

#: Old key to new record.
Copies = dict[Any, Any]


def copy_records(source: Plan, into: Plan) -> None:
    """Copy everything but consultations and gates, which are each version's own."""
    priorities = _copy(Priority, source, into)
    programmes = _copy(Programme, source, into, priority=priorities)
    _copy(Action, source, into, priority=priorities, programme=programmes)
    indicators = _copy(Indicator, source, into, priority=priorities)
    _copy(Target, source, into, indicator=indicators)
    _copy(Risk, source, into)
    _copy(CrossWalk, source, into, priority=priorities)


def _copy[R: PlanRecord](model: type[R], source: Plan, into: Plan, **parents: Copies) -> Copies:
    """Copy the rows of one kind; `parents` says which copies stand for the records that a field named."""
    copies: Copies = {}
    for row in model.objects.filter(partnership=source.partnership_id, plan=source):
        old_key = row.pk
        for field, made in parents.items():
            held = getattr(row, f"{field}_id")
            setattr(row, field, made[held] if held is not None else None)
        row.pk, row.plan = uuid4(), into
        row._state.adding = True
        copies[old_key] = row
    model.objects.bulk_create(copies.values())
    return copies
