"""What other apps may use of plans."""

from wardmote.web.plans.actions.gates import after_adoption
from wardmote.web.plans.actions.linking import link_past
from wardmote.web.plans.models import (
    Action,
    Consultation,
    Gate,
    Indicator,
    PastLink,
    Plan,
    PlanRecord,
    Priority,
    Programme,
    Risk,
    Target,
)
from wardmote.web.plans.policies import RefusedError
from wardmote.web.plans.queries import find_target_on, get_current_plan, list_indicators, list_plans
from wardmote.web.plans.states import ActionState, GateKind, PlanState, Polarity, ReturnShape
from wardmote.web.plans.structure.exporting import describe_structure, to_core_indicator
from wardmote.web.plans.structure.importing import create_plan_from_file

__all__ = [
    "Action",
    "ActionState",
    "Consultation",
    "Gate",
    "GateKind",
    "Indicator",
    "PastLink",
    "Plan",
    "PlanRecord",
    "PlanState",
    "Polarity",
    "Priority",
    "Programme",
    "RefusedError",
    "ReturnShape",
    "Risk",
    "Target",
    "after_adoption",
    "create_plan_from_file",
    "describe_structure",
    "find_target_on",
    "get_current_plan",
    "link_past",
    "list_indicators",
    "list_plans",
    "to_core_indicator",
]
