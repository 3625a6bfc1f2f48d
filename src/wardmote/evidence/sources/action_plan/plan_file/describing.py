"""A plan file as plain values, so that what is written is explicit and nothing of it is ever derived again."""

from dataclasses import replace
from typing import Any

from wardmote.evidence.targets.codec import encode_indicator, encode_value, write_plain
from wardmote.evidence.targets.plan import Indicator, Plan, Value
from wardmote.evidence.targets.plan_file import PlanFile

SCHEMA = "plan-1"
#: What the reader would otherwise work out from the period's label and the row's unit.
EXPLICIT_OF_VALUE = ("start", "end", "basis", "shape", "state")
#: What the reader would otherwise take from the plan and its priority.
EXPLICIT_OF_ROW = ("priority_title", "plan")


def describe_plan_file(plan_file: PlanFile) -> dict[str, Any]:
    """The whole plan as plain values, in the form of the schema plan-1."""
    beside = replace(plan_file, plan=Plan("", ()))  # the rows have a form of their own
    rest: dict[str, Any] = {key: held for key, held in write_plain(beside).items() if key != "plan"}
    terms: dict[str, Any] = write_plain(plan_file.plan.terms)
    rows = [_describe_row(row) for row in plan_file.plan.indicators]
    stated = {"terms": terms} if terms else {}
    return {"schema": SCHEMA, "title": plan_file.title, **rest, **stated, "indicators": rows}


def _describe_row(row: Indicator) -> dict[str, Any]:
    explicit = {name: getattr(row, name) for name in EXPLICIT_OF_ROW}
    return {**encode_indicator(row), **explicit, "values": [_describe_value(value) for value in row.values]}


def _describe_value(value: Value) -> dict[str, Any]:
    explicit = {name: write_plain(getattr(value, name)) for name in EXPLICIT_OF_VALUE}
    return {**encode_value(value), **explicit}
