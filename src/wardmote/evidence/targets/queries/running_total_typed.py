"""The total since April, typed where the quarter alone is asked."""

from collections.abc import Iterator

from wardmote.evidence.targets.comparable import is_same_measure
from wardmote.evidence.targets.expected import find_range_for
from wardmote.evidence.targets.narratives import is_telling
from wardmote.evidence.targets.plan import Value
from wardmote.evidence.targets.queries.case import Case, Query
from wardmote.evidence.targets.status.spans import find_span
from wardmote.evidence.targets.wording import write_number

CODE = "running_total_typed"
QUESTION = "Is the total since the start of the year typed where the quarter alone is asked?"
EXAMPLE = "112 is too much for a quarter, 25 to 40 being expected; less the 78 since April it is 34."


def find(case: Case) -> Iterator[Query]:
    value, number = case.value, case.value.number
    if value.basis != "quarter" or value.shape != "count" or number is None or value.start is None:
        return
    earlier = _list_quarters_before(case, value)
    so_far = sum(old.number or 0.0 for old in earlier)
    if not earlier or so_far <= 0 or number < so_far:
        return
    sentence = _describe(case, number, so_far, len(earlier))
    if sentence:
        yield Query(CODE, "unlikely", sentence, "Give what came in this quarter alone, or confirm it.", "number")


def _list_quarters_before(case: Case, value: Value) -> list[Value]:
    """The earlier quarters of the same financial year; none unless every one of them is reported."""
    if value.start is None or value.end is None:
        return []
    first = find_span(value.end, "financial_year")[0]
    found = {
        old.start: old
        for old in case.history
        if old.basis == "quarter" and old.number is not None and is_same_measure(old, value)
        and old.start and first <= old.start < value.start
    }  # fmt: skip
    quarters_gone = ((value.start.year - first.year) * 12 + value.start.month - first.month) // 3
    return list(found.values()) if len(found) == quarters_gone else []


def _describe(case: Case, number: float, so_far: float, quarters: int) -> str:
    if quarters > 1 and number == so_far and is_telling(number):
        return f"{write_number(number)} is exactly what the {quarters} quarters before come to together."
    expected = find_range_for(case.value, case.history, case.indicator)
    if expected is None or number <= expected.high or not expected.holds(number - so_far):
        return ""
    less = f"less the {write_number(so_far)} since April it is {write_number(number - so_far)}"
    return f"{write_number(number)} is too much for a quarter, {expected.words} being expected; {less}."
