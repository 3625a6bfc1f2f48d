"""What was changed of the plan in force while its revision is drafted: seen by the draft, or still to be settled."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from wardmote.web.plans.models import Indicator, Plan, Target
from wardmote.web.plans.states import PlanState

#: A revision in one of these is still on its way.
UNDER_WAY = (PlanState.DRAFT, PlanState.CONSULTATION, PlanState.APPROVAL)


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """One row of a revision, held against the same row of the plan in force.

    `unseen` are the versions of the target that were set in the plan in force since; `own` those that the revision set
    itself and has not withdrawn. Where both are, somebody has to choose.
    """

    row: Indicator
    in_force: Indicator
    unseen: tuple[Target, ...]
    own: tuple[Target, ...]

    @property
    def must_choose(self) -> bool:
        return bool(self.unseen and self.own)


def find_revision(plan: Plan) -> Plan | None:
    """The revision of an adopted plan that is on its way, if there is one."""
    if plan.state != PlanState.ADOPTED or plan.is_historic:
        return None
    rows = Plan.objects.filter(partnership=plan.partnership_id, lineage=plan.lineage, state__in=UNDER_WAY)
    return rows.filter(version__gt=plan.version).select_related("partnership").first()


def find_revised(plan: Plan) -> Plan | None:
    """The adopted version that a revision on its way will take over from; None of any other plan."""
    if plan.state not in UNDER_WAY or plan.is_historic:
        return None
    rows = Plan.objects.filter(partnership=plan.partnership_id, lineage=plan.lineage, state=PlanState.ADOPTED)
    return rows.filter(version__lt=plan.version).select_related("partnership").order_by("-version").first()


def list_meanwhile(revision: Plan) -> list[Meanwhile]:
    """Every row of a revision whose target was changed in the plan in force, and which the revision has not seen."""
    revised = find_revised(revision)
    if revised is None:
        return []
    in_force = _list_rows(revised)
    found = (compare_targets(row, twin) for row in _list_rows(revision) if (twin := find_twin(row, in_force)))
    return [one for one in found if one.unseen]


def list_unsettled(revision: Plan) -> list[Meanwhile]:
    """The rows for which somebody has to choose before the revision goes on."""
    return [one for one in list_meanwhile(revision) if one.must_choose]


def find_meanwhile(in_force: Indicator) -> Meanwhile | None:
    """A row of the plan in force, held against the same row of the revision on its way; None where there is none."""
    revision = find_revision(in_force.plan)
    rows = _list_rows(revision) if revision is not None else []
    twin = find_twin(in_force, rows)
    return compare_targets(twin, in_force) if twin is not None else None


def find_twin(row: Indicator, others: Iterable[Indicator]) -> Indicator | None:
    """The row of the same series in another version; of several in one series that of the same reference."""
    alike = [other for other in others if other.series == row.series]
    return next((other for other in alike if other.ref == row.ref), alike[0] if len(alike) == 1 else None)


def compare_targets(row: Indicator, in_force: Indicator) -> Meanwhile:
    ours, theirs = list(row.targets.all()), list(in_force.targets.all())
    known, standing = {identify(one) for one in ours}, {identify(one) for one in theirs}
    unseen = tuple(one for one in theirs if identify(one) not in known)
    own = tuple(one for one in ours if identify(one) not in standing and one.withdrawn_at is None)
    return Meanwhile(row, in_force, unseen, own)


def identify(target: Target) -> tuple[Any, ...]:
    """What a version of a target keeps when it is copied: when it was set, from which day, and to what."""
    return target.set_at, target.valid_from, json.dumps(target.spec, sort_keys=True)


def _list_rows(plan: Plan) -> list[Indicator]:
    rows = Indicator.objects.filter(partnership=plan.partnership_id, plan=plan).prefetch_related("targets")
    return list(rows.select_related("plan__partnership", "partnership").order_by("priority__number", "number", "ref"))
