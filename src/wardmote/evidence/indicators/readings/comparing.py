"""Two periods of an area side by side, or several areas in one period: only where like stands beside like."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from wardmote.evidence.definitions.breaks import Break, list_breaks
from wardmote.evidence.definitions.indicators import get_indicator
from wardmote.evidence.indicators.compute import Evidence, compute_one
from wardmote.evidence.indicators.readings.breaks import find_breaks
from wardmote.evidence.indicators.readings.comparisons import Comparison, compare_periods, measure_spread
from wardmote.evidence.indicators.readings.spans import list_periods
from wardmote.evidence.indicators.readings.touched import refuse_touched
from wardmote.evidence.model.errors import UsageError
from wardmote.evidence.model.figures import Figure, Missing
from wardmote.evidence.model.periods import Period
from wardmote.evidence.statistics.change import (
    CountChange,
    Direction,
    compare_counts,
    compare_counts_overdispersed,
    describe_direction,
)

#: So many years back and on are looked through for a comparison that may be made.
YEARS_TRIED = 6
SUGGESTIONS = 3


@dataclass(frozen=True, slots=True)
class AreaComparison:
    """One area's rate beside the first area's. `change` is None exactly when `refused` says why not.

    Its ratio is of this area's rate over the first one's.
    """

    count: Figure
    rate: Figure | None
    change: CountChange | None
    refused: Missing | None = None
    cautions: tuple[str, ...] = ()
    spread_of: str = ""

    @property
    def direction(self) -> Direction | None:
        """ "rose" says higher than the first, "fell" lower; None where they may not be compared."""
        return describe_direction(self.change) if self.change else None


def compare_pair(evidence: Evidence, indicator: str, area: str, one: Period, other: Period) -> Comparison:
    """Did the count change from the earlier of the two periods to the later, by more than noise?

    As `compare_periods`; besides, periods that share months are refused: their difference would be that of the months
    they do not share; and a total of which a break in its parts touches too much to tell what the total did.
    """
    earlier, later = sorted((one, other), key=lambda p: (p.first, p.last))
    found = compare_periods(evidence, indicator, area, later, earlier)
    why = _refuse_overlap(earlier, later)
    if why is None and found.change is not None and found.cautions:
        definition = get_indicator(get_indicator(indicator).count_id)
        why = refuse_touched(evidence, definition, area, earlier, later)
    return replace(found, change=None, refused=why, cautions=()) if why else found


def _refuse_overlap(earlier: Period, later: Period) -> Missing | None:
    if not earlier.overlaps(later):
        return None
    if (earlier.first, earlier.last) == (later.first, later.last):
        return Missing("not_enough", f"{earlier.title} stands on both sides")
    shared = Period(max(earlier.first, later.first), min(earlier.last, later.last))
    return Missing(
        "not_enough", f"{earlier.title} and {later.title} share {shared.title}, which would be compared with itself"
    )


# -- what may be compared instead -------------------------------------------------------------------------------
def suggest_pairs(
    evidence: Evidence, indicator: str, area: str, one: Period, other: Period
) -> tuple[tuple[Period, Period], ...]:
    """Which pairs near the refused one may be compared, the later period first in each?

    Periods of the same length and season are tried first, years back and on from both, then other periods that are held
    with the year before; none that crosses a break in recording, or of which a month is not held.
    """
    definition = get_indicator(get_indicator(indicator).count_id)
    breaks = find_breaks(evidence, definition, area, list_breaks())
    found: list[tuple[Period, Period]] = []
    held = [(p, p.previous()) for p in list_periods(evidence, definition.id, area)]
    for later, earlier in (*_list_candidates(one, other), *held):
        if len(found) == SUGGESTIONS:
            break
        if (later, earlier) in found or later.overlaps(earlier) or breaks.refusal(earlier, later):
            continue
        is_held = all(compute_one(evidence, definition.id, area, p).is_known for p in (later, earlier))
        if is_held and not refuse_touched(evidence, definition, area, earlier, later):
            found.append((later, earlier))
    return tuple(found)


def _list_candidates(one: Period, other: Period) -> Iterator[tuple[Period, Period]]:
    """The later period with years before it, the earlier one with years after it, then later pairs of years."""
    earlier, later = sorted((one, other), key=lambda p: (p.last, p.first))
    found: list[tuple[Period | None, Period | None]] = []
    for years in range(1, YEARS_TRIED + 1):
        found += [(later, _move(later, -years)), (_move(earlier, years), earlier)]
    for years in (*range(1, YEARS_TRIED + 1), *range(-1, -YEARS_TRIED - 1, -1)):
        found.append((_move(later, years), _move(later, years - 1)))
    return ((a, b) for a, b in found if a is not None and b is not None)


def _move(period: Period, years: int) -> Period | None:
    """The period so many years on; None where no calendar that we keep goes that far."""
    try:
        return Period(period.first + 12 * years, period.last + 12 * years, period.kind)
    except UsageError:
        return None


# -- areas ------------------------------------------------------------------------------------------------------
def compare_areas(
    evidence: Evidence, indicator: str, areas: Sequence[str], period: Period
) -> tuple[AreaComparison, ...]:
    """Is the rate of each area higher or lower than the first one's, by more than noise?

    The first stands for itself, with no change. Refused: a figure that is missing, and areas without residents, whose
    counts tell of their size. As cautious as the months of the area that varies most ask.
    """
    definition = get_indicator(get_indicator(indicator).count_id)
    read = [_read_area(evidence, definition.id, code, period) for code in areas]
    first, rest = read[0], read[1:]
    return (
        AreaComparison(*first, change=None),
        *(_compare_with(evidence, definition.id, first, other, period=period) for other in rest),
    )


def _read_area(evidence: Evidence, count_id: str, area: str, period: Period) -> tuple[Figure, Figure | None]:
    count = compute_one(evidence, count_id, area, period)
    try:
        return count, compute_one(evidence, get_indicator(count_id).rate_id, area, period)
    except UsageError:  # a count of which the catalogue has no rate
        return count, None


def _compare_with(
    evidence: Evidence,
    count_id: str,
    first: tuple[Figure, Figure | None],
    other: tuple[Figure, Figure | None],
    *,
    period: Period,
) -> AreaComparison:
    if why := _refuse_areas(first, other):
        return AreaComparison(*other, change=None, refused=why)
    spread, spread_of = max(measure_spread(evidence, count_id, f.area.code, period) for f in (first[0], other[0]))
    cautions = _warn_of_areas(evidence, count_id, first[0].area.code, other[0].area.code, period=period)
    return AreaComparison(*other, _test(first, other, spread), None, cautions, spread_of)


def _refuse_areas(first: tuple[Figure, Figure | None], other: tuple[Figure, Figure | None]) -> Missing | None:
    for count, rate in (first, other):
        if count.missing:
            return Missing(count.missing.code, f"{count.area.title}: {count.missing.why}")
        if rate is None or rate.denominator is None:
            why = rate.missing.why if rate and rate.missing else "the indicator has no rate"
            return Missing(
                "no_denominator", f"{count.area.title}: {why}; counts alone would compare the size of the areas"
            )
    return None


def _test(first: tuple[Figure, Figure | None], other: tuple[Figure, Figure | None], spread: float) -> CountChange:
    counts = (other[0].value or 0.0, first[0].value or 0.0)
    people = [rate.denominator.value for _, rate in (other, first) if rate and rate.denominator]
    if spread > 1:
        return compare_counts_overdispersed(
            *counts, spread, current_exposure=people[0], previous_exposure=people[1]
        )  # fmt: skip
    return compare_counts(*counts, people[0], people[1])


def _warn_of_areas(evidence: Evidence, count_id: str, first: str, other: str, *, period: Period) -> tuple[str, ...]:
    """One area inside the other, and a break in recording that only one of them had."""
    name = evidence.places.find_area
    said = []
    for inner, outer in ((first, other), (other, first)):
        if outer in set(evidence.places.get_enclosing(inner).values()) - {inner}:
            said.append(f"{name(inner).title} is a part of {name(outer).title}: its cases count in both.")
    definition = get_indicator(count_id)
    own: list[set[Break]] = [set(find_breaks(evidence, definition, a, list_breaks()).own) for a in (first, other)]
    for at, area in ((0, first), (1, other)):
        alone = sorted(own[at] - own[1 - at], key=lambda b: b.first)
        said += [f"Only in {name(area).title}: {b.sentence} {b.action}" for b in alone if b.first <= period.last]
    return tuple(said)
