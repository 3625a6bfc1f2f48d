"""Percentages and rates that rest on a few cases."""

from collections.abc import Iterator

from wardmote.evidence.targets.plan import Indicator, Plan, Value
from wardmote.evidence.targets.statuses import RowWarning, Settings

RULE = "small_numbers"
QUESTION = "Does a percentage or a rate rest on so few cases that one more would move it?"
EXAMPLE = "1 of 19: one case more or less moves the percentage by 5.3 points."

#: One case of a hundred moves a percentage by one point, which is no news.
_TELLING_POINTS = 2.0


def find(_plan: Plan, indicator: Indicator, settings: Settings) -> Iterator[RowWarning]:
    for value in indicator.values:
        if value.state in ("projected", "proxy", "missing", "not_due"):
            continue
        sentence = _describe(value, settings.choose_for(value.end).small_number)
        if sentence:
            yield RowWarning(RULE, sentence, value.period)


def _describe(value: Value, floor: float) -> str:
    if value.part is not None and value.whole and min(value.part, value.whole) < floor:
        move = 100 / value.whole
        if move < _TELLING_POINTS:
            return ""
        return f"{value.part:g} of {value.whole:g}: one case more or less moves the percentage by {move:.1f} points."
    if value.shape == "rate" and value.count is not None and value.count < floor:
        return f"The rate rests on {value.count:g} cases; one more or less moves it by {_share(value.count)}."
    return ""


def _share(count: float) -> str:
    return f"{100 / count:.0f}%" if count else "all of it"
