"""The fictional partnership's plan, its agencies and its people; everything is invented."""

from wardmote.evidence.sample.plan.build import (
    build_sample_plan,
    build_sample_predecessor,
    name_sample_plan,
)
from wardmote.evidence.sample.plan.people import (
    SampleAgency,
    SamplePerson,
    list_sample_agencies,
    list_sample_people,
)

__all__ = [
    "SampleAgency",
    "SamplePerson",
    "build_sample_plan",
    "build_sample_predecessor",
    "list_sample_agencies",
    "list_sample_people",
    "name_sample_plan",
]
