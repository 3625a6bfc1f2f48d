"""A percentage without the counts that came with it before."""

from collections.abc import Iterator

from wardmote.evidence.targets.expected import SHARES, list_past
from wardmote.evidence.targets.queries.case import Case, Query
from wardmote.evidence.targets.wording import write_number, write_percent

CODE = "counts_missing"
QUESTION = "Is a bare number typed where so many out of so many were given before?"
EXAMPLE = "84.2% is given without its counts; for 2026/27Q1 they were 32 of 38."


def find(case: Case) -> Iterator[Query]:
    value = case.value
    is_bare = value.shape in SHARES and value.number is not None and value.part is None and value.whole is None
    recent = list_past(case.history, value)[-2:] if is_bare else []
    if len(recent) < 2 or any(old.part is None or not old.whole for old in recent):
        return
    last = recent[-1]
    counts = f"for {last.period} they were {write_number(last.part)} of {write_number(last.whole)}"
    sentence = f"{write_percent(value.number or 0.0)} is given without its counts; {counts}."
    yield Query(CODE, "ask", sentence, "How many, and out of how many?", "part")
