"""Changes in one row, each measured from something else."""

from collections.abc import Iterator

from wardmote.evidence.targets.plan import Indicator, Plan
from wardmote.evidence.targets.statuses import RowWarning, Settings

RULE = "bases_mixed_in_row"
QUESTION = "Are all the changes of a row measured from the same kind of base?"
EXAMPLE = "The changes are on different bases: same quarter last year (Q1), previous quarter (Q2)."

_LAST_YEAR = ("same quarter last year", "same period last year", "same point last year", "same month last year")
_PREVIOUS = ("previous quarter", "last quarter", "previous period", "previous month", "last month", "preceding quarter")
_WHOLE_YEAR = ("previous year", "last year", "year before", "previous year total")


def find(_plan: Plan, indicator: Indicator, _settings: Settings) -> Iterator[RowWarning]:
    stated = [v for v in indicator.values if v.change_base and v.change_pct is not None and v.basis != "year_total"]
    kinds = {value.period: _name_kind(value.change_base) for value in stated}
    if "" in kinds.values() or len(set(kinds.values())) < 2:
        return
    listed = ", ".join(f"{kind} ({period})" for period, kind in kinds.items())
    yield RowWarning(RULE, f"The changes are on different bases: {listed}.")


def _name_kind(base: str) -> str:
    """Name the kind of base in one way, or nothing where the words leave a doubt."""
    words = " ".join(base.casefold().replace("_", " ").split())
    for kind in (_LAST_YEAR, _PREVIOUS, _WHOLE_YEAR):
        if any(words.endswith(name) for name in kind):
            return kind[0]
    return ""
