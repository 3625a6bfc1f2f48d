"""Every missed target, by how much and since when."""

from collections.abc import Sequence
from dataclasses import dataclass

from wardmote.evidence.reports.performance.rows import Row
from wardmote.evidence.reports.performance.words import MARKS, write_gap
from wardmote.evidence.targets.wording import write_number


@dataclass(frozen=True, slots=True)
class Miss:
    """A missed target. `gap` in the measure's own unit, `share_pct` of the target; None where it is no number."""

    row: Row
    gap: float | None
    share_pct: float | None

    @property
    def words(self) -> str:
        """'short by 10 points (11.8% of the target)'; empty where the miss is no number."""
        if self.gap is None:
            return ""
        if self.gap == 0:
            return "exactly at a limit that must not be reached"
        way = "short by" if self.gap < 0 else "over by"
        share = "" if self.share_pct is None else f" ({write_number(round(self.share_pct, 1))}% of the target)"
        return f"{way} {write_gap(self.gap, is_percent=self.row.is_percent)}{share}"


def list_misses(rows: Sequence[Row]) -> list[Miss]:
    """Which targets were missed? Red before amber, the largest miss first, those without a number last.

    No row that is red or amber is ever left out. Size is the gap as a share of the target, so that measures in
    different units can stand in one order; a target of nought has no share and goes first.
    """
    missed = [_measure(row) for row in rows if row.colour in ("red", "amber")]
    return sorted(missed, key=lambda miss: (miss.row.colour != "red", -_rank(miss)))


def _measure(row: Row) -> Miss:
    latest = row.latest
    if latest is None or latest.value is None or latest.target is None:
        return Miss(row, None, None)
    gap = latest.value - latest.target
    return Miss(row, gap, abs(gap / latest.target) * 100 if latest.target else None)


def _rank(miss: Miss) -> float:
    if miss.gap is None:
        return -1.0
    return float("inf") if miss.share_pct is None else miss.share_pct


def say_since(row: Row) -> str:
    """'2014-15 Q3, 4 periods'; or '2015-16 Q2 (before: green)' where the colour is new."""
    run = row.run
    if not run:
        return ""
    if len(run) > 1:
        return f"{run[0].period}, {len(run)} periods running"
    return f"{run[0].period} ({say_before(row)})"


def say_before(row: Row) -> str:
    """What the status was before the present run."""
    return "first period judged" if row.was is None else f"before: {MARKS[row.was.status].name.lower()}"
