"""What other apps may use of plans."""

from wardmote.web.plans.actions.gates import after_adoption
from wardmote.web.plans.actions.linking import link_past
from wardmote.web.plans.actions.records import before_discontinuing
from wardmote.web.plans.models import (
    Action,
    Consultation,
    CrossWalk,
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
from wardmote.web.plans.queries import find_target_on, get_current_plan, list_indicators, list_plans
from wardmote.web.plans.revising import count_a_year, find_revision_due, know_revision
from wardmote.web.plans.states import ActionState, Frequency, GateKind, PlanState, Polarity, ReturnShape
from wardmote.web.plans.structure.checking import find_record_faults
from wardmote.web.plans.structure.exporting import describe_structure, to_core_indicator
from wardmote.web.plans.structure.importing import (
    Keying,
    build_plan_from_file,
    list_built_records,
    save_built_plan,
)
from wardmote.web.plans.structure.joining import say_joined

__all__ = [
    "Action",
    "ActionState",
    "Consultation",
    "CrossWalk",
    "Frequency",
    "Gate",
    "GateKind",
    "Indicator",
    "Keying",
    "PastLink",
    "Plan",
    "PlanRecord",
    "PlanState",
    "Polarity",
    "Priority",
    "Programme",
    "ReturnShape",
    "Risk",
    "Target",
    "after_adoption",
    "before_discontinuing",
    "build_plan_from_file",
    "count_a_year",
    "describe_structure",
    "find_record_faults",
    "find_revision_due",
    "find_target_on",
    "get_current_plan",
    "know_revision",
    "link_past",
    "list_built_records",
    "list_indicators",
    "list_plans",
    "save_built_plan",
    "say_joined",
    "to_core_indicator",
]
