"""A percentage of a named group: "80% of Year 12"."""

from wardmote.evidence.targets.grammar.forms.amounts import read_operator
from wardmote.evidence.targets.grammar.row import Row
from wardmote.evidence.targets.grammar.understanding import Draft
from wardmote.evidence.targets.kinds import CohortShare


def parse_cohort(row: Row) -> Draft | None:
    """A percentage "of" something, where the measure is not a percentage already."""
    at = row.first({"percent", "ratio"})
    if at is None or row.norm(at + 1) not in {"of", "all"} or row.is_share:
        return None
    start = at + 2
    while row.norm(start) in {"the", "all", "our", "of"}:
        start += 1
    name = row.name_from(start)
    if not name:
        return None
    operator, places = read_operator(row, at)
    target = CohortShare(operator or ">=", row.tokens[at].value, row.words(name))
    return Draft(target, {*places, *range(at, start), *name})
