"""What of a partner's months was refused when it was loaded, and which answers lack it."""

from dataclasses import dataclass

from wardmote.evidence.model.areas import AreaSet
from wardmote.evidence.model.figures import Missing
from wardmote.evidence.model.periods import Month, Period
from wardmote.evidence.store.snapshot import Snapshot

_MOST_ROWS_NAMED = 5


@dataclass(frozen=True, slots=True)
class Refusal:
    """A refused row: its line in its file, its month, and its area and kind, '' where it does not say them."""

    line: int
    month: Month
    area_set: AreaSet
    area: str
    category: str


def find_refusals(snapshot: Snapshot, dataset: str) -> list[Refusal]:
    """Rows of the loads in force that were refused; loads of earlier versions tell none."""
    if not snapshot.has("partner_refusals"):
        return []
    rows = snapshot.connection.execute(
        "SELECT line, strftime(month, '%Y-%m'), area_set, area_code, category FROM partner_refusals "
        "WHERE dataset = ? AND line > 0 ORDER BY ALL",
        [dataset],
    ).fetchall()
    return [Refusal(line, Month.parse(month), AreaSet.parse(held), *rest) for line, month, held, *rest in rows]


def note_refusals(snapshot: Snapshot, dataset: str, period: Period) -> list[str]:
    """What a reader must know of refused rows that make no figure missing: of no known month, or few among many."""
    if not snapshot.has("partner_refusals"):
        return []
    undated, few = snapshot.connection.execute(
        "SELECT coalesce(max(undated_count), 0), coalesce(sum(few_count), 0) FROM partner_refusals "
        "WHERE dataset = ? AND month BETWEEN ? AND ?",
        [dataset, f"{period.first}-01", f"{period.last}-01"],
    ).fetchall()[0]
    notes = []
    if undated:
        notes.append(f"{_say_rows(undated)} refused whose month cannot be read; any month may lack some.")
    if few:
        notes.append(f"{_say_rows(few)} refused in these months (at most 1 in 20 of any month) and counted nowhere.")
    return notes


def _say_rows(count: int) -> str:
    return "1 row of this data was" if count == 1 else f"{count:,} rows of this data were"


def explain_refusals(refusals: list[Refusal]) -> Missing:
    """Why a figure that would count these rows has no value.

    >>> june = Refusal(3, Month(2021, 6), AreaSet("ward", 2024), "", "")
    >>> explain_refusals([june]).why
    '1 row of June 2021 was refused when it was loaded (row 3 of its file)'
    """
    months = ", ".join(month.title for month in sorted({one.month for one in refusals}))
    lines = sorted({one.line for one in refusals})
    named = ", ".join(map(str, lines[:_MOST_ROWS_NAMED]))
    more = f" and {len(lines) - _MOST_ROWS_NAMED} more" if len(lines) > _MOST_ROWS_NAMED else ""
    many, which = ("1 row", "row") if len(refusals) == 1 else (f"{len(refusals)} rows", "rows")
    verb = "was refused when it was" if len(refusals) == 1 else "were refused when they were"
    return Missing("row_refused", f"{many} of {months} {verb} loaded ({which} {named}{more} of its file)")
