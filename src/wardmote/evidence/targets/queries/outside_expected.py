"""A value that the ones before do not lead to expect."""

from collections.abc import Iterator

from wardmote.evidence.targets.expected import find_range_for
from wardmote.evidence.targets.queries.case import Case, Query
from wardmote.evidence.targets.wording import write_number, write_percent

CODE = "outside_expected"
QUESTION = "Does the value lie where the ones before lead to expect it?"
EXAMPLE = "61 lies above 12 to 38, which the last 8 values lead to expect of 99 in 100."

_STATES = ("actual", "provisional", "derived")


def find(case: Case) -> Iterator[Query]:
    value = case.value
    best = value.best
    expected = find_range_for(value, case.history, case.indicator) if value.state in _STATES else None
    if best is None or expected is None or expected.holds(best):
        return
    shown = write_percent(best) if expected.is_percent else write_number(best)
    side = "above" if best > expected.high else "below"
    rests = f"which the last {expected.values_count} values lead to expect of {100 * expected.level:g} in 100"
    field = "part" if value.part is not None else "number"
    sentence = f"{shown} lies {side} {expected.words}, {rests}."
    yield Query(CODE, "unlikely", sentence, "Correct it, or say what happened.", field)  # type: ignore[arg-type]
