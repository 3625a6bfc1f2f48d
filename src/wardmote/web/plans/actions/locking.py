"""Two people at the same plan: the second write waits for the first, and is checked against what it did.

What an action was handed may be old. Inside the write it is held and read again, the plan before anything in it, and
only then is it checked whether the action is allowed.
"""

from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.plans import policies
from wardmote.web.plans.models import Indicator, Plan, PlanRecord


def hold_plan(plan: Plan) -> None:
    """Hold the plan for this write and read it again."""
    _hold(plan)


def lock_plan(plan: Plan) -> None:
    """Hold the plan for this write. Raises RefusedError where somebody has moved it since it was read."""
    was = plan.state
    hold_plan(plan)
    if plan.state != was:
        raise RefusedError("Somebody else has moved the plan meanwhile. Look at it again.")


def hold_record(record: PlanRecord) -> Plan:
    """Hold a record and its plan for this write, and read both again; return the plan."""
    plan = record.plan
    hold_plan(plan)
    _hold(record)
    record.plan = plan
    return plan


def lock_indicator(indicator: Indicator) -> None:
    """Hold the indicator for this write, so that its target's history is read as it stands, and may be changed."""
    hold_record(indicator)
    policies.check_may_change_target(indicator)


def _hold(record: Plan | PlanRecord) -> None:
    rows = type(record).objects.select_for_update().filter(partnership=record.partnership_id)
    partnership = record.partnership
    try:
        record.refresh_from_db(from_queryset=rows)
    except type(record).DoesNotExist:
        raise RefusedError("Somebody else has removed this meanwhile. Look at the plan again.") from None
    record.partnership = partnership
    record.remember_fields()
