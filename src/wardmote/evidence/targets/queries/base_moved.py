"""Another number of people behind the percentage."""

import math
from collections.abc import Iterator

from wardmote.evidence.targets.expected import list_past
from wardmote.evidence.targets.queries.case import Case, Query
from wardmote.evidence.targets.wording import write_number

CODE = "base_moved"
QUESTION = "Is the percentage out of about as many as before?"
EXAMPLE = "The percentage is out of 410; the last 4 were out of 96 to 118."

#: A denominator more than half as large again as any before, or less than half as large as any.
_MOVED_PCT = 50.0
_LEAST_VALUES, _MOST_VALUES = 2, 4
#: Three standard deviations of the difference of two Poisson counts.
_BEYOND_CHANCE = 3.0


def find(case: Case) -> Iterator[Query]:
    whole = case.value.whole
    past = [old.whole for old in list_past(case.history, case.value) if old.whole][-_MOST_VALUES:]
    if not whole or whole < 0 or len(past) < _LEAST_VALUES or max(whole, *past) < case.settings.small_number:
        return
    nearest = min(past, key=lambda old: abs(old - whole))
    if abs(whole - nearest) <= nearest * _MOVED_PCT / 100:
        return
    if abs(whole - nearest) <= _BEYOND_CHANCE * math.sqrt(whole + nearest):
        return
    run = f"{write_number(min(past))} to {write_number(max(past))}"
    before = run if min(past) < max(past) else write_number(past[0])
    sentence = f"The percentage is out of {write_number(whole)}; the last {len(past)} were out of {before}."
    yield Query(CODE, "ask", sentence, "Say what changed in who is counted, or correct the denominator.", "whole")
