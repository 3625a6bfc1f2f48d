"""A partnership's action plan as a source: JSON, a workbook that coordinators fill, or one flat CSV."""

from wardmote.evidence.sources.action_plan.reading import read_plan
from wardmote.evidence.sources.action_plan.spoken_periods import find_plan_period
from wardmote.evidence.sources.action_plan.template import write_template

__all__ = ["find_plan_period", "read_plan", "write_template"]
