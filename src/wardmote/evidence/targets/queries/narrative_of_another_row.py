"""The account of another row, word for word."""

from collections.abc import Iterator

from wardmote.evidence.targets.narratives import normalise
from wardmote.evidence.targets.queries.case import Case, Query

CODE = "narrative_of_another_row"
QUESTION = "Is the account another row's, word for word?"
EXAMPLE = "The account is the one that 2.4 gives for 2026/27Q1, word for word."

_LEAST_LENGTH = 40


def find(case: Case) -> Iterator[Query]:
    told = normalise(case.value.narrative)
    if len(told) <= _LEAST_LENGTH:
        return
    for row in case.other_rows:
        copied = next((old for old in row.values if normalise(old.narrative) == told), None)
        if copied is not None:
            sentence = f"The account is the one that {row.id} gives for {copied.period}, word for word."
            yield Query(CODE, "ask", sentence, "Write what it means for this measure, or confirm that it is both.",
                        "narrative")  # fmt: skip
