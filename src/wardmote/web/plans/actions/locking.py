"""Two people at the same plan: the second write waits for the first, and sees what it did."""

from wardmote.web.plans.models import Indicator, Plan
from wardmote.web.plans.policies import RefusedError


def lock_plan(plan: Plan) -> None:
    """Hold the plan for this write. Raises RefusedError where somebody has moved it since it was read."""
    held = Plan.objects.select_for_update().filter(partnership=plan.partnership_id, pk=plan.pk)
    if held.values_list("state", flat=True).get() != plan.state:
        raise RefusedError("Somebody else has moved the plan meanwhile. Look at it again.")


def lock_indicator(indicator: Indicator) -> None:
    """Hold the indicator for this write, so that its target's history is read as it stands."""
    rows = Indicator.objects.select_for_update().filter(partnership=indicator.partnership_id, pk=indicator.pk)
    rows.values_list("pk", flat=True).get()
