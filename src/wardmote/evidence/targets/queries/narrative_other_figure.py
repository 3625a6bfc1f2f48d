"""An account that names "x of y" otherwise than the return does."""

import re
from collections.abc import Iterator

from wardmote.evidence.targets.queries.case import Case, Query
from wardmote.evidence.targets.wording import write_number

CODE = "narrative_other_figure"
QUESTION = "Does the account name other counts than the return?"
EXAMPLE = "The account says 533 of 602, and the return 500 of 602."

_NUMBER = r"\d{1,3}(?:,\d{3})+|\d+"
_COUNTS = re.compile(rf"(?<![\d.,/£])({_NUMBER})\s+(?:out\s+)?of\s+(?:the\s+)?({_NUMBER})(?![\d%]|[.,]\d)")


def find(case: Case) -> Iterator[Query]:
    """Ask only where one of the two counts is the return's own and the other is not.

    An account that names the return's counts as well, and counts that were reported of another period, are no slip.
    """
    part, whole = case.value.part, case.value.whole
    if part is None or not whole:
        return
    named = _list_counts(case.value.narrative)
    earlier = {(old.part, old.whole) for old in case.history}
    others = [pair for pair in named if (pair[0] == part) != (pair[1] == whole) and pair not in earlier]
    if others and (part, whole) not in named:
        told, returned = (f"{write_number(x)} of {write_number(y)}" for x, y in (others[0], (part, whole)))
        yield Query(CODE, "ask", f"The account says {told}, and the return {returned}.",
                    "Mend the one that is wrong.", "narrative")  # fmt: skip


def _list_counts(told: str) -> list[tuple[float, float]]:
    found = [(float(x.replace(",", "")), float(y.replace(",", ""))) for x, y in _COUNTS.findall(told)]
    return [(x, y) for x, y in found if x <= y]
