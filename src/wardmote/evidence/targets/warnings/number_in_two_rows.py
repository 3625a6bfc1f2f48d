"""The same telling number reported by two rows for one period."""

from collections.abc import Iterator

from wardmote.evidence.targets.narratives import is_telling
from wardmote.evidence.targets.plan import Indicator, Plan, Value
from wardmote.evidence.targets.statuses import RowWarning, Settings
from wardmote.evidence.targets.wording import write_number

RULE = "number_in_two_rows"
QUESTION = "Do two rows report the same number for one period?"
EXAMPLE = "468 is also reported by B-P5-2 for the same period; one may have been copied."


def find(plan: Plan, indicator: Indicator, _settings: Settings) -> Iterator[RowWarning]:
    others = [row for row in plan.indicators if row is not indicator and not _is_same_series(row, indicator)]
    for value in indicator.values:
        if not _is_count(value):
            continue
        for row in others:
            if any(_is_count(other) and _is_same(other, value) for other in row.values):
                also = f"{write_number(value.number)} is also reported by {row.id} for the same period"
                yield RowWarning(RULE, f"{also}; one may have been copied.", value.period)


def _is_count(value: Value) -> bool:
    return value.shape == "count" and value.number is not None and is_telling(value.number)


def _is_same(other: Value, value: Value) -> bool:
    same_time = (other.start, other.end) == (value.start, value.end) and value.start is not None
    return same_time and other.number == value.number


def _is_same_series(row: Indicator, indicator: Indicator) -> bool:
    """Whether two rows report one measure, which must then agree."""
    same_key = bool(row.series_key) and row.series_key == indicator.series_key
    return same_key or row.title.casefold() == indicator.title.casefold()
