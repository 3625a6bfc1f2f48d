"""How many live where: the estimates of a snapshot, read for many areas at once and kept by area."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from wardmote.evidence.model.areas import AreaSet
from wardmote.evidence.store.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Estimate:
    """An area's estimate for the middle of a year; `vintage` is the publisher's edition."""

    code: str
    year: int
    value: float
    vintage: str


@dataclass(frozen=True, slots=True)
class Series:
    """The estimates that one edition gives for one set of areas and one year."""

    vintage: str
    area_set: AreaSet
    year: int
    values: dict[str, float]


class _Row(NamedTuple):
    code: str
    vintage: str
    area_set: str
    year: int
    value: float
    load_id: str


class Estimates:
    """Answers which estimates there are. Each area's are read once, those of a question all together."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self._known: dict[tuple[str, str], tuple[_Row, ...]] = {}

    def take_over(self, other: "Estimates") -> None:
        """Know what another read."""
        self._known |= dict(other._known)

    def find_nearest(self, codes: Sequence[str], year: int, what: str, *, furthest: int) -> dict[str, Estimate]:
        """The estimate nearest the year for each code that has one no further away than `furthest` years.

        Of two equally near the earlier; then the newest edition, whose last year is the latest; then the load made
        last.
        """
        rows = self.read(codes, what)
        editions = _find_editions(rows)
        best: dict[str, tuple[tuple[int, int, str, str], _Row]] = {}
        for row in rows:
            rank = (-_measure(row.year, year), editions[row.vintage, row.area_set], row.load_id, row.vintage)
            if abs(row.year - year) <= furthest and (row.code not in best or rank > best[row.code][0]):
                best[row.code] = (rank, row)
        return {code: Estimate(code, row.year, row.value, row.vintage) for code, (_, row) in best.items()}

    def list_series(self, codes: Iterable[str], year: int, what: str, *, furthest: int) -> list[Series]:
        """Every edition and year with an estimate for any of the codes, the one to prefer first."""
        rows = self.read(codes, what)
        editions = _find_editions(rows)
        groups: dict[tuple[str, str, int], list[_Row]] = defaultdict(list)
        for row in rows:
            if abs(row.year - year) <= furthest:
                groups[row.vintage, row.area_set, row.year].append(row)
        # Sorted by what counts least first: an order that is kept among equals.
        ordered = sorted(groups.items(), key=lambda g: g[0][:2])
        ordered.sort(key=lambda g: max(row.load_id for row in g[1]), reverse=True)
        ordered.sort(key=lambda g: (_measure(g[0][2], year), -editions[g[0][:2]]))
        return [
            Series(vintage, AreaSet.parse(area_set), found, _take_last(rows))
            for (vintage, area_set, found), rows in ordered
        ]

    def read(self, codes: Iterable[str], what: str) -> list[_Row]:
        """Every estimate of these areas, those that were not asked before in one query."""
        wanted = sorted(set(codes))
        unread = [code for code in wanted if (what, code) not in self._known]
        if unread and self.snapshot.has("population"):
            self._read_anew(unread, what)
        return [row for code in wanted for row in self._known.get((what, code), ())]

    def _read_anew(self, codes: list[str], what: str) -> None:
        found: dict[str, list[_Row]] = {code: [] for code in codes}
        for values in self.snapshot.connection.execute(_ROWS, [what, codes]).fetchall():
            row = _Row(*values)
            found[row.code].append(row)
        self._known |= {(what, code): tuple(rows) for code, rows in found.items()}


def _find_editions(rows: Iterable[_Row]) -> dict[tuple[str, str], int]:
    """The last year of each edition, which tells the newer from the older."""
    found: dict[tuple[str, str], int] = {}
    for row in rows:
        key = row.vintage, row.area_set
        found[key] = max(row.year, found.get(key, row.year))
    return found


def _measure(found: int, year: int) -> int:
    """How far a year is from the one wanted; of two equally far the earlier is nearer."""
    return abs(found - year) * 2 + (found > year)


def _take_last(rows: Iterable[_Row]) -> dict[str, float]:
    """Several loads may hold one area under scopes of different names: the last one counts."""
    return {row.code: row.value for row in sorted(rows, key=lambda row: row.load_id)}


_ROWS = """
SELECT area_code, vintage, area_set, year, value, load_id FROM population
WHERE what = ? AND sex = 'persons' AND age_from IS NULL AND value IS NOT NULL AND area_code IN (SELECT unnest(?))
"""
