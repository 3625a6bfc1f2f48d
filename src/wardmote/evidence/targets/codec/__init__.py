"""Plan values as plain JSON-able values and back, without loss: targets, values, indicators, whole plans.

Days are ISO text, what equals its default is left out, and a target names its `kind`. Reading refuses what it does not
know: every key or word that cannot be used is named with its place, all of them in one answer.
"""

from typing import Any

from wardmote.evidence.model.errors import Fault, UsageError
from wardmote.evidence.targets.codec.reading import UNREAD, read_as
from wardmote.evidence.targets.codec.shapes import KINDS, name_kind
from wardmote.evidence.targets.codec.writing import write_plain
from wardmote.evidence.targets.kinds import Target, TargetVersion
from wardmote.evidence.targets.plan import Indicator, Plan, Value

__all__ = [
    "KINDS",
    "UNREAD",
    "decode_indicator",
    "decode_plan",
    "decode_target",
    "decode_value",
    "decode_version",
    "encode_indicator",
    "encode_plan",
    "encode_target",
    "encode_value",
    "encode_version",
    "name_kind",
    "read_as",
    "write_plain",
]

type Body = dict[str, Any]


def encode_target(target: Target) -> Body:
    """What does this target say, as plain values? Raises UsageError for a number that is endless or none.

    >>> from wardmote.evidence.targets.kinds import Threshold
    >>> encode_target(Threshold(">=", 85.0, "percent"))
    {'kind': 'threshold', 'operator': '>=', 'value': 85, 'unit': 'percent'}
    """
    return _write(target)


def decode_target(body: object, *, where: str = "the target") -> Target:
    """Which target do these plain values describe? Raises UsageError that gathers every fault.

    >>> decode_target({"kind": "threshold", "operator": ">=", "value": 85}).value
    85.0
    """
    found: Target = _read(Target, body, where)
    return found


def encode_version(version: TargetVersion) -> Body:
    """A target as it stood for a time, as plain values."""
    return _write(version)


def decode_version(body: object, *, where: str = "the target") -> TargetVersion:
    """Which target in force for a time do these plain values describe? Raises UsageError that gathers every fault."""
    found: TargetVersion = _read(TargetVersion, body, where)
    return found


def encode_value(value: Value) -> Body:
    """What was reported, as plain values? Raises UsageError for a number that is endless or none.

    >>> encode_value(Value("2014-15 Q3", part=12, whole=15, shape="x_of_y"))
    {'period': '2014-15 Q3', 'shape': 'x_of_y', 'part': 12, 'whole': 15}
    """
    return _write(value)


def decode_value(body: object, *, where: str = "the value") -> Value:
    """Which report do these plain values describe? Raises UsageError that gathers every fault."""
    found: Value = _read(Value, body, where)
    return found


def encode_indicator(indicator: Indicator) -> Body:
    """A row of a plan with its targets and values, as plain values."""
    return _write(indicator)


def decode_indicator(body: object, *, where: str = "the indicator") -> Indicator:
    """Which row of a plan do these plain values describe? Raises UsageError that gathers every fault."""
    found: Indicator = _read(Indicator, body, where)
    return found


def encode_plan(plan: Plan) -> Body:
    """A whole plan with its faults, as plain values."""
    return _write(plan)


def decode_plan(body: object, *, where: str = "the plan") -> Plan:
    """Which plan do these plain values describe? Raises UsageError that gathers every fault."""
    found: Plan = _read(Plan, body, where)
    return found


def _write(value: object) -> Body:
    written: Body = write_plain(value)
    return written


def _read(hint: Any, body: object, where: str) -> Any:
    faults: list[Fault] = []
    found = read_as(hint, body, where, faults)
    if faults or found is UNREAD:
        raise UsageError(
            f"{where} cannot be read", expected="the form that wardmote writes", to_do="Mend what is named below",
            faults=faults,
        )  # fmt: skip
    return found
