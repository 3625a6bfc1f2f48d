"""A share of nobody knows how many."""

from collections.abc import Iterator

from wardmote.evidence.targets.queries.case import Case, Query
from wardmote.evidence.targets.wording import write_number

CODE = "denominator_missing"
QUESTION = "Has a percentage both its counts, and is there anybody to count?"
EXAMPLE = "12 is given without saying out of how many."


def find(case: Case) -> Iterator[Query]:
    part, whole = case.value.part, case.value.whole
    if part is not None and whole is None:
        sentence = f"{write_number(part)} is given without saying out of how many."
        yield Query(CODE, "impossible", sentence, "Out of how many?", "whole")
    if part is None and whole is not None:
        sentence = f"Out of {write_number(whole)} is given without saying how many."
        yield Query(CODE, "impossible", sentence, "How many of them?", "part")
    if part == 0 and whole == 0:
        sentence = "0 of 0: there was nobody to count, so that there is no percentage."
        yield Query(CODE, "ask", sentence, "Give the reason why there is no figure, or the denominator.", "whole")
