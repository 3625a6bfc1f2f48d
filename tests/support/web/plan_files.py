"""Plans of files, without their values."""

from typing import Any

from wardmote.evidence.targets.plan_file import PlanFile
from wardmote.web.plans.interface import Plan, build_plan_from_file, save_built_plan


def keep_structure(plan_file: PlanFile, **told: Any) -> Plan:
    """Make a plan of a file and keep it; what is told goes to `build_plan_from_file`."""
    return save_built_plan(build_plan_from_file(plan_file, **told), by=told["by"])
