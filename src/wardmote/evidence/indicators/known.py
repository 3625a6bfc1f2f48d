"""What is known by name: indicators, areas. A mistyped one must not look like one without data."""

from difflib import get_close_matches

from wardmote.evidence.definitions.indicators import IndicatorDefinition, get_indicator, list_indicators
from wardmote.evidence.indicators.compute import Evidence
from wardmote.evidence.indicators.places import Places
from wardmote.evidence.model.areas import Area
from wardmote.evidence.model.errors import UsageError
from wardmote.evidence.store.snapshot import Snapshot

#: Where codes and names of areas stand, the tables a person would type a code from first.
_NAMED = (
    ("area_links", "parent_code", "parent_name"),
    ("area_links", "child_code", "child_name"),
    ("boundaries", "area_code", "area_name"),
    ("recorded_crime", "area_code", "area_name"),
    ("population", "area_code", "area_name"),
)


def check_indicator(name: str) -> IndicatorDefinition:
    """The indicator of that id. Raises UsageError that names near ones, not all of them."""
    try:
        return get_indicator(name)
    except UsageError:
        known = sorted(list_indicators())
        word = name.split("_", maxsplit=1)[0]
        near = get_close_matches(name, known, n=4, cutoff=0.5) or [n for n in known if word in n][:4]
        raise UsageError(
            f"there is no indicator '{name}'",
            expected=" or ".join(near) if near else "an id such as crime_count or partner_DATASET_count",
            to_do="Run 'wardmote figures --list' to see all",
        ) from None


def check_area(evidence: Evidence, area: str) -> None:
    """Raises UsageError that names near areas for a code of which nothing is known."""
    if is_known_area(evidence.snapshot, evidence.places, area):
        return
    near = find_near_areas(evidence.snapshot, area)
    raise UsageError(
        f"nothing that is loaded knows the area '{area}'",
        expected=" or ".join(f"{code} ({name})" if name else code for code, name in near)
        or "a code that the loaded look-ups, boundaries or official tables hold, such as E06000035",
        to_do="Check the code, or load a look-up that names it ('wardmote load ons-lookups FILE')",
    )


def is_known_area(snapshot: Snapshot, places: Places, code: str) -> bool:
    """Does any loaded table name the area or hold rows of it? True where nothing that could know it is loaded."""
    if places.find_area(code).name:
        return True
    held = [(t, c) for t, c, _ in _NAMED if snapshot.has(t)]
    if snapshot.has("street_counts"):
        held.append(("street_counts", "lsoa_code"))
    return not held or any(_holds(snapshot, table, column, code) for table, column in held)


def _holds(snapshot: Snapshot, table: str, column: str, code: str) -> bool:
    sql = f"SELECT 1 FROM {table} WHERE {column} = ? LIMIT 1"
    return snapshot.connection.execute(sql, [code]).fetchone() is not None


def find_near_areas(snapshot: Snapshot, code: str, *, most: int = 3) -> list[tuple[str, str]]:
    """Codes like this one, or areas of this name, each with its name: what the person may have meant."""
    known = _list_named(snapshot)
    by_name = sorted(c for c, name in known.items() if name.casefold() == code.casefold())
    holding = sorted(c for c, name in known.items() if len(code) > 2 and code.casefold() in name.casefold())
    near = by_name or get_close_matches(code.upper(), known, n=most, cutoff=0.8) or holding
    return [(c, known[c]) for c in near[:most]]


def _list_named(snapshot: Snapshot) -> dict[str, str]:
    """Every named area but the smallest, of which there are too many for a typing mistake to mean one."""
    known: dict[str, str] = {}
    for table, code, name in reversed(_NAMED):
        if snapshot.has(table):
            where = f"{name} <> '' AND {code} NOT LIKE '_01%'"
            sql = f"SELECT DISTINCT {code}, {name} FROM {table} WHERE {where} ORDER BY ALL"
            known |= dict(snapshot.connection.execute(sql).fetchall())
    return known


#: Of several areas of one name the kind that people mean first.
_MEANT = ("district", "csp", "force", "ward", "region", "country")


def resolve_area(evidence: Evidence, text: str) -> Area:
    """The area that somebody names by its code or by its whole name, in any case of letters.

    Raises UsageError that names near areas where nothing that is loaded knows it.
    """
    asked = text.strip()
    for code in dict.fromkeys((asked, asked.upper())):
        if is_known_area(evidence.snapshot, evidence.places, code):
            return evidence.places.find_area(code)
    named = [c for c, name in find_near_areas(evidence.snapshot, asked, most=9) if name.casefold() == asked.casefold()]
    if not named:
        check_area(evidence, asked)
    areas = [evidence.places.find_area(code) for code in named]
    return min(areas, key=lambda a: (_MEANT.index(a.kind) if a.kind in _MEANT else len(_MEANT), a.code))
