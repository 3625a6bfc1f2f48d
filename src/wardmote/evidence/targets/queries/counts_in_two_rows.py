"""The same two counts behind two rows' percentages."""

from collections.abc import Iterator

from wardmote.evidence.targets.plan import Value
from wardmote.evidence.targets.queries.case import Case, Query
from wardmote.evidence.targets.wording import write_number

CODE = "counts_in_two_rows"
QUESTION = "Do two rows report the same numerator and denominator for one period?"
EXAMPLE = "32 of 38 is also reported by 2.4 for the same period; one may have been copied."

#: Of fewer, two rows come to the same counts by chance often enough.
_LEAST_WHOLE = 20


def find(case: Case) -> Iterator[Query]:
    value = case.value
    if value.part is None or value.whole is None or value.whole < _LEAST_WHOLE or value.part in (0, value.whole):
        return
    for row in case.other_rows:
        if row.title.casefold() != case.indicator.title.casefold() and any(_is_same(old, value) for old in row.values):
            counts = f"{write_number(value.part)} of {write_number(value.whole)}"
            sentence = f"{counts} is also reported by {row.id} for the same period; one may have been copied."
            yield Query(CODE, "ask", sentence, "Give this row's own counts, or confirm that they are the same.", "part")


def _is_same(old: Value, value: Value) -> bool:
    same_time = value.start is not None and (old.start, old.end) == (value.start, value.end)
    return same_time and (old.part, old.whole) == (value.part, value.whole)
