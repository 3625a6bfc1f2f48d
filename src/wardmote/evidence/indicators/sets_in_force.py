"""Which vintage of wards, districts or partnerships counts for a period?

A look-up says as at which year its areas stand: one called 2024 tells the wards of December 2024, not since when they
are in force. Where the catalogue declares when a district's wards last changed, that decides; else the years do.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from wardmote.evidence.definitions.ward_changes import list_ward_changes
from wardmote.evidence.model.areas import AreaSet
from wardmote.evidence.model.periods import Month, Period


def choose_in_force(held: Sequence[AreaSet], period: Period, districts: Iterable[str] = ()) -> AreaSet:
    """The set in force at the period's end where most of the small areas lie.

    Parameters: `held`, the vintages of one kind that there are, oldest first, at least one; `districts`, for wards, the
    district of each small area asked about ('' where none is known). One set answers for all of them, so that no ward
    is cut; where two districts changed their wards at different times it is right for the greater part.
    """
    changes = list_ward_changes()
    votes = Counter(find_in_force(held, period, changes.get(d)) for d in districts)
    if not votes:
        return find_in_force(held, period)
    return max(votes, key=lambda s: (votes[s], s))


def find_in_force(held: Sequence[AreaSet], period: Period, changed: Month | None = None) -> AreaSet:
    """The set in force at the period's end; `changed` is the month from which the newest wards are in force.

    From that month on only sets of its year and later are considered, before it only those of earlier years (or of its
    own year where there are none). Of those considered, the newest up to the period's end counts, else the oldest.

    >>> wards, period = [AreaSet('ward', 2017), AreaSet('ward', 2024)], Period.parse('2023-12')
    >>> str(find_in_force(wards, period)), str(find_in_force(wards, period, Month(2023, 5)))
    ('ward@2017', 'ward@2024')
    """
    possible = _list_possible(held, period, changed) or held
    limit = _year_in_force(period, possible)
    return next((s for s in reversed(possible) if (s.year or 0) <= limit), possible[0])


def _list_possible(held: Sequence[AreaSet], period: Period, changed: Month | None) -> Sequence[AreaSet]:
    if changed is None:
        return held
    if period.last >= changed:
        return [s for s in held if (s.year or 0) >= changed.year]
    earlier = [s for s in held if (s.year or 0) < changed.year]
    return earlier or [s for s in held if s.year == changed.year]


def _year_in_force(period: Period, held: Sequence[AreaSet]) -> int:
    """The boundary year in force at the period's end.

    Ward boundaries change on the first Thursday of May, so a period that ends before May is still in the set of the
    year before. Where no set of the year before is held, the set of the same year also tells what earlier Mays changed
    and is nearer the truth than an older one.
    """
    last = period.last
    is_before_change = held[0].kind == "ward" and last.number < 5 and last.year - 1 in {s.year for s in held}
    return last.year - 1 if is_before_change else last.year
