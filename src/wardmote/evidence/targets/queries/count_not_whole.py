"""A part of a person."""

from collections.abc import Iterator

from wardmote.evidence.targets.expected import list_past
from wardmote.evidence.targets.queries.case import Case, Query, QueryField
from wardmote.evidence.targets.sense import is_counted_singly
from wardmote.evidence.targets.wording import write_number

CODE = "count_not_whole"
QUESTION = "Is a count a whole number, where the ones before were or what is counted comes in wholes?"
EXAMPLE = "12.5 is not a whole number, and cases are counted one by one."


def find(case: Case) -> Iterator[Query]:
    value = case.value
    typed: list[tuple[QueryField, float | None]] = [("part", value.part), ("whole", value.whole)]
    past = [old.number for old in list_past(case.history, value) if old.number is not None]
    is_whole = bool(past) or is_counted_singly(f"{case.indicator.title} {case.indicator.unit}")
    if value.shape == "count" and is_whole and all(number == round(number) for number in past):
        typed.append(("number", value.number))
    for field, number in typed:
        if number is not None and number != round(number):
            sentence = f"{write_number(number)} is not a whole number, and cases are counted one by one."
            yield Query(CODE, "unlikely", sentence, "Give the whole count, or say what makes part of a case.", field)
