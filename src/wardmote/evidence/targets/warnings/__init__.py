"""The rules that notice something odd about a row. One rule, one file; a new file is a new rule.

Each file says its `RULE` (its own name), the `QUESTION` it asks, an `EXAMPLE` of what it finds, and
`find(plan, indicator, settings)`, which yields a `RowWarning` for everything it is sure of. A warning decides no
status. It must be right: one that proves false costs more trust than one that is missed.
"""

import importlib
import pkgutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache

from wardmote.evidence.model.errors import DefinitionError
from wardmote.evidence.targets.plan import Indicator, Plan
from wardmote.evidence.targets.statuses import DEFAULT_SETTINGS, RowWarning, Settings


@dataclass(frozen=True, slots=True)
class WarningRule:
    """One rule: its name, the question it asks, an example of what it says, and how it looks."""

    name: str
    question: str
    example: str
    find: Callable[[Plan, Indicator, Settings], Iterable[RowWarning]]


@cache
def list_rules() -> tuple[WarningRule, ...]:
    """List the rules, by name. Raises DefinitionError where a file lacks what a rule must say."""
    return tuple(_load_rule(found.name) for found in pkgutil.iter_modules(__path__))


def find_warnings(plan: Plan, indicator: Indicator, settings: Settings = DEFAULT_SETTINGS) -> tuple[RowWarning, ...]:
    """What is odd about this row of the plan? Every rule is asked; the same sentence is said once."""
    found = (warning for rule in list_rules() for warning in rule.find(plan, indicator, settings))
    return tuple(dict.fromkeys(found))


def _load_rule(name: str) -> WarningRule:
    module = importlib.import_module(f"{__name__}.{name}")
    lacking = [part for part in ("RULE", "QUESTION", "EXAMPLE", "find") if not getattr(module, part, None)]
    if lacking or name != module.RULE:
        raise DefinitionError(
            f"the warning rule {name} has no {' and no '.join(lacking)}" if lacking else f"the rule {name} is misnamed",
            expected="RULE (the file's own name), QUESTION, EXAMPLE and find(plan, indicator, settings)",
        )
    return WarningRule(module.RULE, module.QUESTION, module.EXAMPLE, module.find)
