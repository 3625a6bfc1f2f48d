"""What are the fictional districts called, and which codes do they carry?

Codes begin with X, which no code of the Government Statistical Service does (E, W, S, N, K, J, L and M are used), and
have the same length and inner form as real ones, so that they pass through every reader and can equal none. Names
are built from invented syllables that begin with Z, and every district, partnership and force says "(synthetic)".
"""

from dataclasses import dataclass

FORCE_NAME = "Zellmouth Police (synthetic)"
FORCE_SLUG = "estuary-sample"
FORCE_CODE = "X23000001"
FORCE_AREA_NAME = "Zellmouth Estuary (synthetic)"
REGION_NAME = "Synthetic region"
PARTNERSHIP_NAME = "Zellmouth Community Safety Partnership (synthetic)"
FIRE_SERVICE_NAME = "Zellmouth Estuary Fire and Rescue (synthetic)"
OUTSIDE_CODE = "X01990001"
OUTSIDE_NAME = "Zindrel (synthetic) 001A"


@dataclass(frozen=True, slots=True)
class District:
    """A fictional district: the key of its rows in the margin table, its codes, and how finely it is divided."""

    place: str
    code: str
    name: str
    csp_code: str
    csp_name: str
    cells: int
    wards_old: int
    wards_new: int
    split_cells: int


def _district(place: str, *, code: str, name: str, csp: str, **sizes: int) -> District:
    csp_name, csp_code = csp.rsplit(" ", 1)
    return District(
        place=place,
        code=code,
        name=f"{name} (synthetic)",
        csp_code=csp_code,
        csp_name=f"{csp_name} (synthetic)",
        cells=sizes["cells"],
        wards_old=sizes["wards"],
        wards_new=sizes.get("wards_new", sizes["wards"]),
        split_cells=sizes["split"],
    )


# The main district has as many small areas as the district whose counts it borrows (90 in 2011); each other one has
# half as many, because it borrows half the counts. The last two share one partnership, as some real districts do.
DISTRICTS: tuple[District, ...] = (
    _district("main", code="X06000001", name="Zellmouth", csp="Zellmouth X22000001",
              cells=90, wards=18, wards_new=20, split=6),
    _district("peer-1", code="X06000002", name="Zarrowby", csp="Zarrowby X22000002", cells=39, wards=9, split=1),
    _district("peer-2", code="X06000003", name="Zindlesey", csp="Zindlesey X22000003", cells=42, wards=10, split=1),
    _district("peer-3", code="X06000004", name="Zorstead", csp="Zorstead X22000004", cells=42, wards=10, split=1),
    _district("peer-4", code="X06000005", name="Zumberleigh", csp="Zumberleigh X22000005", cells=33, wards=8, split=0),
    _district("peer-5", code="X06000006", name="Zeckholt", csp="Zeckholt X22000006", cells=33, wards=8, split=0),
    _district("peer-6", code="X06000007", name="Zostrand", csp="Zostrand and Zalverton X22000007",
              cells=29, wards=7, split=1),
    _district("peer-7", code="X06000008", name="Zalverton", csp="Zostrand and Zalverton X22000007",
              cells=32, wards=8, split=0),
)  # fmt: skip
MAIN = DISTRICTS[0]
PARTNERSHIPS: tuple[tuple[str, str], ...] = tuple(dict.fromkeys((d.csp_code, d.csp_name) for d in DISTRICTS))

_STEMS = ("Zan", "Zell", "Zim", "Zor", "Zun", "Zeb", "Zick", "Zal", "Zed", "Zost", "Zarr", "Zind", "Zulm", "Zev")
_ENDINGS = ("gate", "wick", "holt", "mere", "field", "dene", "brook", "ness", "worth", "combe", "stoke", "quay")


def name_wards(count: int, *, start: int) -> tuple[str, ...]:
    """Return `count` invented ward names, distinct for distinct runs; every fifth is a pair joined by "&".

    >>> name_wards(2, start=0)
    ('Zangate', 'Zellwick')
    """
    singles = [_name_ward(start + index) for index in range(count)]
    return tuple(
        f"{name} & {name.replace('Z', 'Little Z')}" if index % 5 == 4 else name for index, name in enumerate(singles)
    )


def _name_ward(index: int) -> str:
    stems, endings = len(_STEMS), len(_ENDINGS)
    turn = index // stems
    return _STEMS[index % stems] + _ENDINGS[(index + turn * 5) % endings]


def code_small_area(number: int, *, split: bool = False) -> str:
    """Return the code of a small area; those made by a split are numbered apart, as new codes are."""
    return f"X01{900000 + number if split else number:06d}"


def code_ward(number: int, *, new: bool = False) -> str:
    """Return the code of a ward; those of the new set are numbered apart."""
    return f"X05{100000 + number if new else number:06d}"
