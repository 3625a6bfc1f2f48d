"""How much of a total does a break in one of its parts touch, and may the total still be compared across it?"""

from collections.abc import Iterator

from wardmote.evidence.definitions.breaks import Break, list_breaks
from wardmote.evidence.definitions.indicators import IndicatorDefinition, get_indicator, list_indicators
from wardmote.evidence.indicators.compute import Evidence, compute_one
from wardmote.evidence.indicators.readings.breaks import find_breaks
from wardmote.evidence.model.figures import Missing
from wardmote.evidence.model.periods import Period

#: From this share of the total on (%), in either period, what a break does to the part may be all that the total did.
MOST_TOUCHED_PCT = 10.0


def refuse_touched(
    evidence: Evidence, definition: IndicatorDefinition, area: str, earlier: Period, later: Period
) -> Missing | None:
    """Why may a total not be compared, though the break between lies in its parts only? None where it may.

    Refused from `MOST_TOUCHED_PCT` of the total on, with the share. A part that the source does not count is not known
    and refuses nothing.
    """
    breaks = [b for b in find_breaks(evidence, definition, area, list_breaks()).of_parts
              if b.stands_between(earlier, later)]  # fmt: skip
    if not breaks:
        return None
    parts = tuple(_list_touched(evidence, definition, area, breaks))
    share_pct = max((_measure_share(evidence, definition, parts, area, p) for p in (earlier, later)), default=0.0)
    if share_pct < MOST_TOUCHED_PCT:
        return None
    names = " and ".join(evidence.tree.nodes[part.numerator.offence].title.lower() for part in parts)
    told = " ".join(f"{b.sentence} {b.action}" for b in breaks)
    return Missing("break_in_series", f"{share_pct:.0f}% of this total ({names}) is touched by a break: {told}")


def _list_touched(
    evidence: Evidence, definition: IndicatorDefinition, area: str, breaks: list[Break]
) -> Iterator[IndicatorDefinition]:
    """The counts of the touched parts of a total, the smallest that the source has, none of them inside another."""
    codes = {area, *evidence.places.get_enclosing(area).values()}
    numerator, tree, taken = definition.numerator, evidence.tree, set[str]()
    counts = {one.numerator.offence: one for one in map(get_indicator, list_indicators())
              if one.kind == "count" and one.numerator.table == numerator.table}  # fmt: skip
    depths = {node: len(tree.ancestors(node)) for node in tree.nodes}
    for node in sorted(tree.nodes, key=lambda node: -depths[node]):
        is_part = numerator.offence in tree.ancestors(node)[1:] and node in counts
        holds_another = any(node in tree.ancestors(one) for one in taken)
        if is_part and not holds_another and _is_touched(node, numerator.source, breaks, codes):
            taken.add(node)
            yield counts[node]


def _is_touched(node: str, source: str, breaks: list[Break], codes: set[str]) -> bool:
    return any(one.concerns(source=source, offence=node, areas=codes) for one in breaks)


def _measure_share(
    evidence: Evidence,
    definition: IndicatorDefinition,
    parts: tuple[IndicatorDefinition, ...],
    area: str,
    period: Period,
) -> float:
    """The share of the parts in the total, in per cent; 0 where the total is not known or nought."""
    total = compute_one(evidence, definition.id, area, period).value
    if not total:
        return 0.0
    return 100 * sum(compute_one(evidence, part.id, area, period).value or 0.0 for part in parts) / total
