"""What other apps may use of plans."""

from wardmote.web.plans.models import Action, Gate, Indicator, Plan, PlanRecord, Priority, Target
from wardmote.web.plans.states import PlanState, ReturnShape

__all__ = ["Action", "Gate", "Indicator", "Plan", "PlanRecord", "PlanState", "Priority", "ReturnShape", "Target"]
