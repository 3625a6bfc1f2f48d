"""A partnership's action plan as a source: JSON, a workbook that coordinators fill, or one flat CSV."""

from wardmote.evidence.sources.action_plan.reading import read_plan
from wardmote.evidence.sources.action_plan.template import write_template
from wardmote.evidence.targets.assess import find_plan_period

__all__ = ["find_plan_period", "read_plan", "write_template"]
