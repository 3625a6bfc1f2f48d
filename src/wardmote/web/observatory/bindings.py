"""How an indicator of a plan is bound to evidence: which figure, of where, over how long, in which unit."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Literal, get_args

from wardmote.evidence.interface import check_indicator
from wardmote.evidence.model.errors import UsageError
from wardmote.evidence.model.periods import Month, Period

Stretch = Literal["quarter", "rolling12", "year_to_date"]


@dataclass(frozen=True, slots=True)
class Binding:
    """`only` narrows the figure to one cell: {"offence": "burglary"}. `scale` turns its unit into the indicator's."""

    indicator: str
    area: str
    stretch: Stretch = "quarter"
    scale: float = 1.0
    only: Mapping[str, str] | None = None

    @property
    def dimensions(self) -> tuple[tuple[str, str], ...]:
        return tuple(sorted((self.only or {}).items()))


def check_binding(body: Mapping[str, Any]) -> Binding:
    """The binding that a record holds. Raises UsageError for an unknown name, figure or stretch."""
    known = {field.name for field in fields(Binding)}
    unknown = sorted(set(body) - known)
    if unknown or not body.get("indicator") or not body.get("area"):
        raise UsageError(
            f"'{unknown[0]}' means nothing here" if unknown else "the figure or its area is not named",
            where="the indicator's binding to evidence",
            expected="indicator and area, and some of stretch, scale, only",
        )  # fmt: skip
    check_indicator(str(body["indicator"]))
    found = Binding(**{name: body[name] for name in known & set(body)})
    if found.stretch not in get_args(Stretch):
        raise UsageError(f"'{found.stretch}' is no stretch of time", expected="one of " + ", ".join(get_args(Stretch)))
    return found


def choose_period(stretch: Stretch, quarter: Period) -> Period:
    """The stretch of time that ends with a quarter.

    >>> quarter = Period.parse("2021/22Q4")
    >>> str(choose_period("rolling12", quarter)), str(choose_period("year_to_date", quarter))
    ('2021-04..2022-03', '2021-04..2022-03')
    """
    last = quarter.last
    first = {"rolling12": last - 11, "year_to_date": Month(last.financial_year, 4)}.get(stretch, quarter.first)
    return Period.parse(f"{first}..{last}") if stretch != "quarter" else quarter
