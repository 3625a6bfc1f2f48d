"""A county of two districts, drawn so that every trouble of small areas occurs once, and a slow way to count in it.

Seven squares of the newer census stand in a row, each a tenth of a degree wide:

    square      A     C     D     G     I     J     K
    longitude   0.0   0.1   0.2   0.3   0.4   0.5   0.6
    older       A     B-----B     E+F   H-----H     K
    ward 2024   1     1     2     2     2     3     3
    ward 2017   1     1     1     2     2     2     3
    district    Here ------------------ Here  There There

B was split into two wards, E and F were merged into G, H was split across the border of the districts.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from shapely import Point, box

from support.street_store import ASB, Row, link, put_tables, residents, shape

A, B, C, D, E, F, G, H, I, J, K = (f"E010000{n:02d}" for n in range(11))  # noqa: E741 - names of areas, as drawn above
HERE, THERE, SHIRE = "E06000001", "E07000002", "E23000032"
NEW = {n: f"E0500001{n}" for n in (1, 2, 3)}
OLD = {n: f"E0500000{n}" for n in (1, 2, 3)}
UNPLACED = "unplaced"

SQUARES = {code: box(n / 10, 51.0, n / 10 + 0.1, 51.1) for n, code in enumerate((A, C, D, G, I, J, K))}
SQUARES |= {E: box(0.30, 51.0, 0.35, 51.1), F: box(0.35, 51.0, 0.40, 51.1)}
#: The pieces of the other census for each small area that was split (or was merged, seen from the newer one).
PIECES = {B: (C, D), G: (E, F), H: (I, J)}

#: Where each code lies as a whole. What is not named here is placed by its points.
HOLDS: dict[str, dict[str, str]] = {
    "ward@2024": {A: NEW[1], C: NEW[1], D: NEW[2], E: NEW[2], F: NEW[2], G: NEW[2], I: NEW[2], J: NEW[3], K: NEW[3]},
    "ward@2017": dict.fromkeys((A, B, C, D), OLD[1]) | dict.fromkeys((E, F, G, H, I, J), OLD[2]) | {K: OLD[3]},
    "lsoa@2011": {A: A, B: B, C: B, D: B, E: E, F: F, H: H, I: H, J: H, K: K},
    "lsoa@2021": {A: A, C: C, D: D, E: G, F: G, G: G, I: I, J: J, K: K},
    "district": dict.fromkeys((A, B, C, D, E, F, G, I), HERE) | dict.fromkeys((J, K), THERE),
}
SET_OF = {NEW[1]: "ward@2024", NEW[2]: "ward@2024", NEW[3]: "ward@2024",
          OLD[1]: "ward@2017", OLD[2]: "ward@2017", OLD[3]: "ward@2017",
          HERE: "district", THERE: "district"}  # fmt: skip
NAMES = {HERE: "Here", THERE: "There", SHIRE: "Shire", **{c: f"New {n}" for n, c in NEW.items()}}


def build_county(folder: Path) -> Path:
    """A store that holds the county's look-ups, boundaries and residents, but no crime yet."""
    put_tables(folder, {"area_links": _links(), "boundaries": _shapes(), "population": _residents()})
    return folder


def _links() -> list[dict[str, object]]:
    pairs = [(A, A, "U"), (B, C, "S"), (B, D, "S"), (E, G, "M"), (F, G, "M"), (H, I, "S"), (H, J, "S"), (K, K, "U")]
    found = [link(("lsoa@2011", one), ("lsoa@2021", two), change) for one, two, change in pairs]
    for code in (A, C, D, G, I, J, K):
        for area_set, larger in (("district@2022", "district"), ("ward@2024", "ward@2024")):
            parent = HOLDS[larger][code]
            found.append(link(("lsoa@2021", code), (area_set, parent), name=NAMES[parent]))
    found += [link(("lsoa@2011", c), ("ward@2017", HOLDS["ward@2017"][c])) for c in (A, B, E, F, H, K)]
    found += [link(("district@2023", d), ("force@2023", SHIRE), name="Shire") for d in (HERE, THERE)]
    csps = ((HERE, "E22000001"), (THERE, "E22000002"))
    return found + [link(("district@2023", d), ("csp@2023", c)) for d, c in csps]


def _shapes() -> list[dict[str, object]]:
    return [shape("lsoa@2011" if c in (E, F) else "lsoa@2021", c, square) for c, square in SQUARES.items()]


def _residents() -> list[dict[str, object]]:
    return [residents(code, value + year - 2021, year=year)
            for code, value in ((HERE, 50_000), (THERE, 20_000)) for year in (2020, 2021, 2022)]  # fmt: skip


# -- counting slowly ----------------------------------------------------------------------------------------
def find_place(row: Row, area_set: str) -> str:
    """Where a row lies in a set of areas: by its code, else by the nearest piece of its small area."""
    holds = HOLDS[area_set]
    if row.lsoa in holds:
        return holds[row.lsoa]
    if row.lsoa not in PIECES or row.point is None:
        return UNPLACED
    nearest = min(PIECES[row.lsoa], key=lambda piece: SQUARES[piece].distance(Point(row.point)))
    return holds[nearest]


def is_inside(row: Row, area: str) -> bool:
    """Does the row lie in the area? The force is all rows of its own file, wherever they lie."""
    return row.force == "kent" if area == SHIRE else find_place(row, SET_OF[area]) == area


def count_slowly(
    rows: Iterable[Row], area: str, months: Sequence[str], by: Sequence[str], *, offences: Sequence[str]
) -> Counter[tuple[str, ...]]:
    """Count rows one by one. `by` are month, offence, outcome or a set of areas, in the order of the cells."""
    cells: Counter[tuple[str, ...]] = Counter()
    for row in rows:
        if row.month in months and row.crime_type in offences and is_inside(row, area):
            cells[tuple(_read(row, name) for name in by)] += 1
    return cells


def _read(row: Row, name: str) -> str:
    if name in HOLDS:
        return find_place(row, name)
    if name == "outcome":
        return "" if row.crime_type == ASB else row.outcome  # the police publish none
    return {"month": row.month, "offence": row.crime_type}[name]
