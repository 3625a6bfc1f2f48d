"""A question to the evidence, checked before anything is counted."""

from dataclasses import dataclass
from typing import Literal

from wardmote.evidence.definitions.indicators import IndicatorDefinition
from wardmote.evidence.model.areas import AreaSet
from wardmote.evidence.model.errors import UsageError
from wardmote.evidence.model.periods import Period

Scope = Literal["force", "all"]

TIME_BREAKDOWNS = ("month", "quarter", "year")
PLACE_KINDS = ("lsoa", "ward", "district", "csp", "force", "custom")
CATEGORY_BREAKDOWNS = ("offence", "offence_group", "outcome", "category")

#: Which breakdowns each table can answer.
BREAKDOWNS_OF_TABLE: dict[str, tuple[str, ...]] = {
    "street_counts": (*TIME_BREAKDOWNS, "offence", "offence_group", "outcome", *PLACE_KINDS),
    "outcome_counts": (*TIME_BREAKDOWNS, "outcome", *PLACE_KINDS),
    "stop_search_rows": (*TIME_BREAKDOWNS, "outcome"),
    "recorded_crime": (),
    "fly_tipping": ("year",),
    "collisions": TIME_BREAKDOWNS,
    "casualties": TIME_BREAKDOWNS,
    "partner_counts": (*TIME_BREAKDOWNS, "category", *PLACE_KINDS),
}


@dataclass(frozen=True, slots=True)
class Breakdown:
    """What figures are split by: at most one time step and one kind of place, and any categories, in order."""

    names: tuple[str, ...]
    place: AreaSet | None = None

    @property
    def time(self) -> str | None:
        return next((n for n in self.names if n in TIME_BREAKDOWNS), None)

    @property
    def categories(self) -> tuple[str, ...]:
        return tuple(n for n in self.names if n in CATEGORY_BREAKDOWNS)


@dataclass(frozen=True, slots=True)
class Question:
    """One indicator for one area and period, split as asked. `scope` "all" adds other forces' rows in the area."""

    indicator: IndicatorDefinition
    area: str
    period: Period
    breakdown: Breakdown
    scope: Scope = "force"


def parse_breakdown(text: str, indicator: IndicatorDefinition) -> Breakdown:
    """Read 'month,ward@2024,offence' for an indicator, or say which breakdowns it has."""
    names = [n.strip() for n in text.split(",") if n.strip()]
    allowed = BREAKDOWNS_OF_TABLE[indicator.numerator.table]
    kinds = [n.split("@")[0] for n in names]
    unknown = [n for n, k in zip(names, kinds, strict=True) if k not in allowed]
    if unknown:
        raise UsageError(
            f"{indicator.id} cannot be broken down by {', '.join(unknown)}",
            expected="any of " + ", ".join(allowed) if allowed else "no breakdown: its source gives totals only",
        )
    _check_at_most_one(kinds, TIME_BREAKDOWNS, "time step")
    _check_at_most_one(kinds, PLACE_KINDS, "kind of place")
    _check_at_most_one(kinds, tuple(set(kinds)), "of each")
    place = next((AreaSet.parse(n) for n, k in zip(names, kinds, strict=True) if k in PLACE_KINDS), None)
    return Breakdown(tuple(kinds), place)


def _check_at_most_one(kinds: list[str], group: tuple[str, ...], what: str) -> None:
    chosen = [k for k in kinds if k in group]
    repeated = sorted({k for k in chosen if chosen.count(k) > 1})
    if what == "of each" and repeated:
        raise UsageError(f"{', '.join(repeated)} stands twice in the breakdown", expected="each breakdown once")
    if what != "of each" and len(chosen) > 1:
        raise UsageError(f"{' and '.join(chosen)} cannot be asked together", expected=f"one {what} at a time")
