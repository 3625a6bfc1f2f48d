"""A partnership's action plan as a source: the plan-1 file, older JSON, a workbook that coordinators fill, or a CSV."""

from wardmote.evidence.sources.action_plan.plan_file import describe_plan_file, write_plan_file
from wardmote.evidence.sources.action_plan.reading import read_plan, read_plan_file
from wardmote.evidence.sources.action_plan.template import write_template
from wardmote.evidence.targets.assess import find_plan_period

__all__ = [
    "describe_plan_file",
    "find_plan_period",
    "read_plan",
    "read_plan_file",
    "write_plan_file",
    "write_template",
]
