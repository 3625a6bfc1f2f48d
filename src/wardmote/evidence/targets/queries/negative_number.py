"""Less than none of a thing."""

from collections.abc import Iterator

from wardmote.evidence.targets.queries.case import Case, Query, QueryField
from wardmote.evidence.targets.wording import write_number

CODE = "negative_number"
QUESTION = "Is a count or a rate below zero?"
EXAMPLE = "-4 is less than none."


def find(case: Case) -> Iterator[Query]:
    value = case.value
    is_counted = value.shape in ("count", "rate", "x_of_y")  # money may be owed, a change may be a fall
    typed: list[tuple[QueryField, float | None]] = [
        ("part", value.part), ("whole", value.whole), ("number", value.number if is_counted else None),
    ]  # fmt: skip
    if value.shape == "parts":
        typed += [("number", number) for _, number in value.parts]
    for field, number in typed:
        if number is not None and number < 0:
            asks = "Give the number without its sign, or say what was taken back."
            yield Query(CODE, "impossible", f"{write_number(number)} is less than none.", asks, field)
