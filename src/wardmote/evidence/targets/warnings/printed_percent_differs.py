"""A printed percentage that its own counts do not make."""

from collections.abc import Iterator

from wardmote.evidence.targets.plan import Indicator, Plan, Value
from wardmote.evidence.targets.statuses import RowWarning, Settings
from wardmote.evidence.targets.wording import write_number, write_percent

RULE = "printed_percent_differs"
QUESTION = "Does the printed percentage follow from the counts beside it?"
EXAMPLE = "Printed as 19%, but 15 of 52 is 28.8%."


def find(_plan: Plan, indicator: Indicator, _settings: Settings) -> Iterator[RowWarning]:
    for value in indicator.values:
        if value.part is None or not value.whole or value.part > value.whole:
            continue
        printed = value.printed_percent
        if printed is None or _agrees(printed, value.part, value.whole):
            continue
        yield RowWarning(RULE, _describe(value, printed), value.period)


def _agrees(printed: float, part: float, whole: float) -> bool:
    """Whether the two differ by less than one in the last place printed, rounded whichever way."""
    text = f"{printed:.10g}"
    decimals = len(text.partition(".")[2])
    return abs(printed - 100 * part / whole) < 10.0**-decimals - 1e-9


def _describe(value: Value, printed: float) -> str:
    part, whole = value.part or 0.0, value.whole or 1.0
    said = f"Printed as {write_percent(printed)}, but {write_number(part)} of {write_number(whole)}"
    other = value.whole_alternative
    if not other:
        return f"{said} is {100 * part / whole:.1f}%."
    if _agrees(printed, part, other):
        return f"{said} is {100 * part / whole:.1f}%; only of {write_number(other)} is it that."
    return f"{said} is {100 * part / whole:.1f}%, and of {write_number(other)} it is {100 * part / other:.1f}%."
