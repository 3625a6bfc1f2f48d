"""Police rows of whole months, drawn as counts: what readings over years are tested on."""

from collections.abc import Iterable, Sequence

from support.small_county import HERE, A
from support.street_store import Row, official
from wardmote.evidence.definitions.breaks import Break, parse_breaks
from wardmote.evidence.model.periods import Month

STEADY = [20] * 12
#: As many in the year as STEADY, but the months differ far more than chance would make them.
UNEVEN = [2, 38] * 6
TOTAL = "Total recorded crime (excluding fraud)"


def draw_months(
    first: str, counts: Sequence[int], *, crime_type: str = "Burglary", lsoa: str = A, force: str = "kent"
) -> list[Row]:
    """So many rows in each month from `first` on. A month of 0 is held all the same: it has a row that lies nowhere."""
    rows: list[Row] = []
    for back, number in enumerate(counts):
        month = str(Month.parse(first) + back)
        rows += [Row(month, crime_type, lsoa, force=force)] * number + [Row(month, "Other crime", force=force)]
    return rows


def draw_official(code: str, totals: dict[str, float | None]) -> list[dict[str, object]]:
    """Total recorded crime of a partnership in the years that end in each of these months."""
    return [
        official(code, last, TOTAL, value, marker="" if value is not None else "[u]") for last, value in totals.items()
    ]


def draw_break(
    first: str, *, offences: Iterable[str] = ("all_crime",), area: str = "all", series: str = "police-street"
) -> tuple[Break, ...]:
    """One break from a month on."""
    text = (
        f"- id: test-break\n  title: Way of counting\n  series: [{series}, ons-csp-tables]\n"
        f"  offences: [{', '.join(offences)}]\n  areas: [{area}]\n  from: {first}\n"
        "  effect: More is recorded.\n  source: none\n  action: Compare neither with the other.\n"
    )
    return parse_breaks(text, "test.yaml")


__all__ = ["HERE", "STEADY", "TOTAL", "UNEVEN", "draw_break", "draw_months", "draw_official"]
