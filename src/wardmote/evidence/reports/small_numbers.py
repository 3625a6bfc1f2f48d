"""Small numbers of what partners shared, as the partnership itself may read them."""

from collections.abc import Sequence

from wardmote.evidence.definitions.indicators import get_indicator
from wardmote.evidence.disclosure import mark_small_numbers
from wardmote.evidence.disclosure.rules import DEFAULT_MINIMUM_COUNT
from wardmote.evidence.indicators.compute import Evidence
from wardmote.evidence.model.figures import Figure


def mark_small(evidence: Evidence, indicator: str, figures: Sequence[Figure]) -> tuple[Figure, ...]:
    """The figures as the partnership may read them: small numbers of what a partner shared are marked."""
    numerator = get_indicator(indicator).numerator
    if numerator.table != "partner_counts" or not evidence.snapshot.has("partner_datasets"):
        return tuple(figures)
    answer = evidence.snapshot.connection.execute(
        "SELECT * FROM partner_datasets WHERE dataset = ?", [numerator.where["dataset"][0]]
    )
    names = [column[0] for column in answer.description]
    row = answer.fetchone()
    least = dict(zip(names, row, strict=True)).get("minimum_count") if row else None
    return mark_small_numbers(figures, int(least or DEFAULT_MINIMUM_COUNT))
