"""The plan-1 file: one plan with everything in it, as JSON or YAML, and its indicators as a workbook."""

from wardmote.evidence.sources.action_plan.plan_file.describing import SCHEMA, describe_plan_file
from wardmote.evidence.sources.action_plan.plan_file.reading import read_plan_body
from wardmote.evidence.sources.action_plan.plan_file.writing import write_plan_file

__all__ = ["SCHEMA", "describe_plan_file", "read_plan_body", "write_plan_file"]
