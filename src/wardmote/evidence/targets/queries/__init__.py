"""Questions about a return as it is typed. One rule, one file; a new file is a new rule.

Each rule file says its `CODE` (its own name), the `QUESTION` it asks of a value and an `EXAMPLE` of what it says, and
has `find(case)`, which yields a `Query` for everything it is sure of. A query blocks nothing by itself: it names what
was noticed and what the contributor is to answer. What the warnings about a whole row can tell already is asked from
there (`odd_in_row`). With a short history the rules that need one are silent.
"""

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from wardmote.evidence.model.errors import DefinitionError
from wardmote.evidence.targets.comparable import drop_unreal
from wardmote.evidence.targets.plan import Indicator, Plan, Value
from wardmote.evidence.targets.queries.case import Case, Query, QueryField, Severity, open_case
from wardmote.evidence.targets.statuses import DEFAULT_SETTINGS, Settings

__all__ = ["Query", "QueryField", "QueryRule", "Severity", "list_query_rules", "query_value"]

_NOT_RULES = ("case",)
_ORDER: tuple[Severity, ...] = ("impossible", "unlikely", "ask")
#: Who says more about a number than that it is unusual; beside one of them that is not said as well.
_SAY_WHY = frozenset({
    "negative_number", "unit_slip", "count_for_rate", "running_total_typed", "part_larger_than_whole",
    "percent_out_of_range", "denominator_missing",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class QueryRule:
    """One rule: its code, the question it asks of a value, an example of what it says, and how it looks."""

    code: str
    question: str
    example: str
    find: Callable[[Case], Iterable[Query]]


@cache
def list_query_rules() -> tuple[QueryRule, ...]:
    """List the rules, by code. Raises DefinitionError where a file lacks what a rule must say."""
    found = [module.name for module in pkgutil.iter_modules(__path__) if module.name not in _NOT_RULES]
    return tuple(_load_rule(name) for name in found)


def query_value(
    plan: Plan | Sequence[Indicator],
    indicator: Indicator,
    value: Value,
    *,
    settings: Settings = DEFAULT_SETTINGS,
    as_at: date | None = None,
) -> tuple[Query, ...]:
    """What must be asked about this value before it is believed?

    Parameters
    ----------
    plan : all rows, or a sequence of them; the row itself may be among them. Other rows are looked at for copies, rows
        of the same `series_key` are this one's past.
    indicator : the row, with what was reported before. A value of the same period in it is taken to be replaced.
    value : as it was typed, unrounded.
    settings : the partnership's tolerances.
    as_at : the day of asking, by which a period has ended or not; None where nobody said.

    Returns
    -------
    Queries, what is impossible first. None is no promise that the value is right.

    Examples
    --------
    >>> row = Indicator("1.1", "Lamps mended within a day", "higher", (), (), unit="percent")
    >>> [query.code for query in query_value([row], row, Value("2026/27Q1", shape="x_of_y", part=62, whole=54))]
    ['part_larger_than_whole']
    """
    rows = plan.indicators if isinstance(plan, Plan) else plan
    case = open_case(rows, indicator, drop_unreal(value), settings=settings, as_at=as_at)
    found = dict.fromkeys(query for rule in list_query_rules() for query in rule.find(case))
    codes = {query.code for query in found}
    said = [query for query in found if query.code != "outside_expected" or not codes & _SAY_WHY]
    return tuple(sorted(said, key=lambda query: _ORDER.index(query.severity)))


def _load_rule(name: str) -> QueryRule:
    module = importlib.import_module(f"{__name__}.{name}")
    lacking = [part for part in ("CODE", "QUESTION", "EXAMPLE", "find") if not getattr(module, part, None)]
    if lacking or name != module.CODE:
        raise DefinitionError(
            f"the query rule {name} has no {' and no '.join(lacking)}" if lacking else f"the rule {name} is misnamed",
            expected="CODE (the file's own name), QUESTION, EXAMPLE and find(case)",
        )
    return QueryRule(module.CODE, module.QUESTION, module.EXAMPLE, module.find)
