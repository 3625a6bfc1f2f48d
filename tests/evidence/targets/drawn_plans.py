"""Plans drawn in a few words, for the tests of targets."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from wardmote.evidence.targets.kinds import NoTarget, Target, TargetVersion
from wardmote.evidence.targets.plan import Indicator, Plan, Value

_QUARTERS = {"Q1": ((4, 1), (6, 30)), "Q2": ((7, 1), (9, 30)), "Q3": ((10, 1), (12, 31)), "Q4": ((1, 1), (3, 31))}


def quarter(label: str, number: float | None = None, **more: Any) -> Value:
    """A value of a financial quarter, written "2015-16 Q2"."""
    year, name = int(label[:4]), label[-2:]
    (first, last), later = _QUARTERS[name], int(name == "Q4")
    return Value(label, start=date(year + later, *first), end=date(year + later, *last), number=number, **more)


def share(label: str, part: float, whole: float, **more: Any) -> Value:
    """A quarter's share of counts."""
    return quarter(label, part=part, whole=whole, shape="x_of_y", **more)


def year(label: str, number: float | None = None, **more: Any) -> Value:
    """A value of a financial year, written "2015-16"."""
    start = int(label[:4])
    more = {"basis": "year_total", **more}
    return Value(label, start=date(start, 4, 1), end=date(start + 1, 3, 31), number=number, **more)


def stretch(first: date, last: date, number: float | None = None, **more: Any) -> Value:
    """A value of any stretch, cumulative unless said otherwise."""
    more = {"basis": "cumulative", **more}
    return Value(f"{first:%b}-{last:%b %Y}", start=first, end=last, number=number, **more)


def row(values: Sequence[Value] = (), target: Target | None = None, **more: Any) -> Indicator:
    """One row of a plan with one target."""
    given = {
        "id": "R-1",
        "title": "Fly tips",
        "polarity": "lower",
        "targets": (TargetVersion(target or NoTarget()),),
        "values": tuple(values),
    }
    return Indicator(**{**given, **more})


def plan(*rows: Indicator) -> Plan:
    return Plan("Drawn plan", rows)
