"""How many there were, typed where a rate is asked."""

from collections.abc import Iterator

from wardmote.evidence.targets.expected import list_past
from wardmote.evidence.targets.queries.case import Case, Query
from wardmote.evidence.targets.wording import write_number

CODE = "count_for_rate"
QUESTION = "Is a count typed where a rate is asked?"
EXAMPLE = "1,240 is a whole number far above the rates before, 4.1 to 5.3: it may be the count behind the rate."

_LEAST_VALUES = 3
_TIMES = 5.0


def find(case: Case) -> Iterator[Query]:
    number = case.value.number
    if case.value.shape != "rate" or number is None or number != round(number):
        return
    past = [old.number for old in list_past(case.history, case.value) if old.number is not None]
    broken = [rate for rate in past if rate != round(rate)]
    if len(past) < _LEAST_VALUES or 2 * len(broken) <= len(past) or number <= _TIMES * max(past):
        return
    before = f"{write_number(min(past))} to {write_number(max(past))}"
    said = f"{write_number(number)} is a whole number far above the rates before, {before}"
    sentence = f"{said}: it may be the count behind the rate."
    yield Query(CODE, "unlikely", sentence, "Give the rate, and the count in its own box.", "number")
