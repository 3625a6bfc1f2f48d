"""What a rate is per: the mid-year estimate inside the period, its edition, and what was used where there is none."""

from collections.abc import Iterable

from wardmote.evidence.indicators.estimates import Estimate, Estimates, Series
from wardmote.evidence.indicators.places import Places
from wardmote.evidence.model.areas import kind_of_code
from wardmote.evidence.model.errors import UsageError
from wardmote.evidence.model.figures import Denominator
from wardmote.evidence.model.periods import Period
from wardmote.evidence.store.snapshot import Snapshot

#: An estimate further from the period than this is not used: a population changes by about 1% a year.
FURTHEST_YEARS = 3


def choose_year(period: Period) -> int:
    """The year whose 30 June lies in the period, or in the financial year that the period starts in."""
    june = next((m for m in period.months if m.number == 6), None)
    return june.year if june else period.first.financial_year


class Denominators:
    """Answers 'how many residents' for areas of any kind, from the estimates of a snapshot."""

    def __init__(self, snapshot: Snapshot, places: Places) -> None:
        self.snapshot = snapshot
        self.places = places
        self._estimates = Estimates(snapshot)

    def take_over(self, other: "Denominators") -> None:
        """Know the estimates that another knows; the caller knows that they are in force here too."""
        self._estimates.take_over(other._estimates)

    def find(self, code: str, period: Period, what: str = "residents") -> Denominator | None:
        """The denominator of one area, or None where no estimate lies near the period."""
        return self.find_many([code], period, what).get(code)

    def find_many(self, codes: Iterable[str], period: Period, what: str = "residents") -> dict[str, Denominator]:
        """The denominators of many areas of one kind, read together, where there are any.

        An area's own estimate is taken; where there is none, the sum of its districts, or of its small areas when every
        one of them has an estimate of the same edition. Where nobody lives nothing can be per resident: an area with 0
        residents has no denominator.
        """
        wanted = sorted(set(codes))
        year = choose_year(period)
        nearest = self._estimates.find_nearest(wanted, year, what, furthest=FURTHEST_YEARS)
        found = {c: self._describe(e, what, year) for c, e in nearest.items()}
        others = [code for code in wanted if code not in found]
        self.places.find_areas(others)
        self._estimates.read({part for code in others for part in self._list_small_areas(code)}, what)
        for code in others:
            if summed := self._recall_sum(code, year, what):
                found[code] = summed
        return {code: per for code, per in found.items() if per.value > 0}

    def _recall_sum(self, code: str, year: int, what: str) -> Denominator | None:
        """Every month of a year is per the same residents: they are added up once."""
        return self.places.recall(("residents", code, year, what), lambda: self._sum_parts(code, year, what))

    def list_loads(self, code: str, found: Denominator) -> tuple[str, ...]:
        """Ids of the loads that hold the estimates of a denominator that was found for this area."""
        own = self._read_loads([code], found)
        return own or self._read_loads(sorted(self._list_parts(code)), found)

    def _read_loads(self, codes: list[str], found: Denominator) -> tuple[str, ...]:
        if not self.snapshot.has("population"):
            return ()
        parameters = [found.vintage, found.year, found.what, codes]
        return tuple(str(load) for (load,) in self.snapshot.connection.execute(_LOADS, parameters).fetchall())

    def _list_parts(self, code: str) -> frozenset[str]:
        """Districts and small areas: whichever of them was summed, the edition holds no estimates of the other."""
        try:
            return self.places.get_districts(code) | self.places.get_members(code).codes
        except UsageError:  # no look-up says what the area is made of
            return frozenset()

    def _describe(self, estimate: Estimate, what: str, year: int, note: str = "") -> Denominator:
        notes = [note] if note else []
        if estimate.year != year:
            notes.append(f"no estimate for mid-{year} is loaded")
        return Denominator(estimate.value, what, estimate.year, estimate.vintage, "; ".join(notes))

    def _sum_parts(self, code: str, year: int, what: str) -> Denominator | None:
        kind = kind_of_code(code)
        if kind == "lsoa" or not self.places.has_lookups:
            return None
        if kind in ("csp", "force") and (summed := self._sum_districts(code, year, what)):
            return summed
        return self._sum_small_areas(code, year, what)

    def _sum_districts(self, code: str, year: int, what: str) -> Denominator | None:
        districts = self.places.get_districts(code)
        for series in self._list_series(districts, year, what):
            if summed := self._add_up(series, districts, what, year, "sum of its districts"):
                return summed
        return None

    def _sum_small_areas(self, code: str, year: int, what: str) -> Denominator | None:
        """The sum over small areas of one vintage that make up the area exactly, from one edition and year.

        A ward may be made of whole small areas in one vintage and not in the other; then only the former can be summed.
        """
        try:
            members = self.places.get_members(code)
        except UsageError:  # a peer elsewhere in the country, whose small areas nobody loaded
            return None
        for series in self._list_series(members.codes, year, what):
            if self.places.codes_of_vintage(sorted(members.split), series.area_set):
                continue
            needed = self.places.codes_of_vintage(sorted(members.codes), series.area_set)
            if summed := self._add_up(series, needed, what, year, "sum of its small areas"):
                return summed
        return None

    def _list_small_areas(self, code: str) -> frozenset[str]:
        try:
            return self.places.get_members(code).codes if self.places.has_lookups else frozenset()
        except UsageError:  # a peer elsewhere in the country, whose small areas nobody loaded
            return frozenset()

    def _list_series(self, codes: Iterable[str], year: int, what: str) -> list[Series]:
        return self._estimates.list_series(codes, year, what, furthest=FURTHEST_YEARS)

    def _add_up(self, series: Series, needed: Iterable[str], what: str, year: int, note: str) -> Denominator | None:
        needed = set(needed)
        if not needed or not needed <= series.values.keys():
            return None
        total = sum(series.values[c] for c in needed)
        return self._describe(Estimate("", series.year, total, series.vintage), what, year, note)


_LOADS = """
SELECT DISTINCT max(load_id) AS load_id
FROM population
WHERE vintage = ? AND year = ? AND what = ? AND sex = 'persons' AND age_from IS NULL AND value IS NOT NULL
  AND area_code IN (SELECT unnest(?))
GROUP BY area_code
ORDER BY load_id
"""
