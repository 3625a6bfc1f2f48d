"""Which census's small areas the police's rows carry, month by month: two can stand in one series, even in one file."""

from wardmote.evidence.model.areas import AreaSet
from wardmote.evidence.model.periods import Month
from wardmote.evidence.reports.assessment.blocks import say
from wardmote.evidence.reports.assessment.context import Context
from wardmote.evidence.reports.document import Block

_WORDS = {
    frozenset({2011}): "of the 2011 census",
    frozenset({2021}): "of the 2021 census",
    frozenset({2011, 2021}): "of both censuses",
}


def tell_vintages(context: Context) -> list[Block]:
    """One sentence where the rows of five years carry more than one set of small areas; nothing where they do not."""
    runs: list[tuple[frozenset[int], Month, Month]] = []
    for month, found in sorted(_read_vintages(context).items()):
        if runs and runs[-1][0] == found:
            runs[-1] = (found, runs[-1][1], month)
        else:
            runs.append((found, month, month))
    if len(runs) < 2:
        return []
    told = "; ".join(f"{_WORDS[found]} {_name_run(first, last)}" for found, first, last in runs)
    return [
        say(
            f"The rows carry small areas of two censuses: {told}. Counts by small area and by ward join the two through"
            " the look-ups."
        )
    ]


def _name_run(first: Month, last: Month) -> str:
    return f"in {first.title}" if first == last else f"from {first.title} to {last.title}"


def _read_vintages(context: Context) -> dict[Month, frozenset[int]]:
    """The vintages that the codes of each month can only belong to; codes that both censuses share tell nothing."""
    if not context.has("street_counts"):
        return {}
    places, span = context.evidence.places, context.completeness.span
    members = places.get_members(context.area.code)
    rows = context.evidence.snapshot.connection.execute(
        "SELECT DISTINCT month, lsoa_code FROM street_counts WHERE list_contains(?, lsoa_code) "
        "AND month BETWEEN ? AND ?",
        [sorted(members.codes | members.split), f"{span.first}-01", f"{span.last}-01"],
    ).fetchall()
    codes = sorted({code for _, code in rows})
    old, new = (places.codes_of_vintage(codes, AreaSet("lsoa", year)) for year in (2011, 2021))
    found: dict[Month, set[int]] = {}
    for month, code in rows:
        kinds = found.setdefault(Month.parse(str(month)[:7]), set())
        kinds |= {2011} if code in old - new else {2021} if code in new - old else set()
    return {month: frozenset(kinds) for month, kinds in found.items() if kinds}
