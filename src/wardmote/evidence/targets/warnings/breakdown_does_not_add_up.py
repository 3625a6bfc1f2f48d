"""The parts of a breakdown that do not make the whole."""

from collections.abc import Iterator

from wardmote.evidence.targets.plan import Indicator, Plan, Value
from wardmote.evidence.targets.statuses import RowWarning, Settings
from wardmote.evidence.targets.wording import write_percent

RULE = "breakdown_does_not_add_up"
QUESTION = "Do the parts of a breakdown make about 100%?"
EXAMPLE = "The parts make 94%, not 100%: safe 60, neither 16, unsafe 18."


def find(_plan: Plan, indicator: Indicator, _settings: Settings) -> Iterator[RowWarning]:
    for value in indicator.values:
        if value.shape != "breakdown":
            continue
        for parts in _group_parts(value):
            total = sum(number for _, number in parts)
            # Rounded parts may miss by one; two parts or more make a breakdown.
            if len(parts) > 1 and not 99 <= round(total, 6) <= 101:
                listed = ", ".join(f"{name} {number:g}" for name, number in parts)
                yield RowWarning(RULE, f"The parts make {write_percent(total)}, not 100%: {listed}.", value.period)


def _group_parts(value: Value) -> list[list[tuple[str, float]]]:
    """Put together the parts of each question: "day: safe" and "evening: safe" belong to two."""
    groups: dict[str, list[tuple[str, float]]] = {}
    for name, number in value.parts:
        groups.setdefault(name.partition(":")[0] if ":" in name else "", []).append((name, number))
    return list(groups.values())
