"""The links of all loaded look-ups, read once and found by either end.

A question about the wards of a county follows thousands of links; asking the engine for each of them took seconds.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from wardmote.evidence.model.areas import AreaSet
from wardmote.evidence.store.snapshot import Snapshot

RESPLIT = "lsoa@2011>lsoa@2021"


@dataclass(frozen=True, slots=True)
class Link:
    """One area lies in another; `rank` orders links as their loads were made, to count the last where two disagree."""

    child: str
    parent: str
    child_set: AreaSet
    parent_set: AreaSet
    parent_name: str
    rank: int


class Links:
    """Every link of a snapshot by its child and by its parent, and the codes that each set has."""

    def __init__(
        self, links: Iterable[Link], resplit: Iterable[tuple[str, str]], names: Mapping[str, str] | None = None
    ) -> None:
        self.names = names or {}  # of each code the name in its newest set, as a parent before as a child
        self._by_end: dict[str, dict[str, list[Link]]] = {"child_code": {}, "parent_code": {}}
        self._codes: dict[AreaSet, set[str]] = defaultdict(set)
        for link in links:
            self._by_end["child_code"].setdefault(link.child, []).append(link)
            self._by_end["parent_code"].setdefault(link.parent, []).append(link)
            self._codes[link.child_set].add(link.child)
            self._codes[link.parent_set].add(link.parent)
        self._resplit: dict[str, dict[str, list[str]]] = {"child_code": {}, "parent_code": {}}
        for child, parent in resplit:
            self._resplit["child_code"].setdefault(child, []).append(parent)
            self._resplit["parent_code"].setdefault(parent, []).append(child)

    def find(self, end: str, codes: Iterable[str], parent_set: AreaSet | None = None) -> list[Link]:
        """The links that have one of the codes at this end ("child_code" or "parent_code"), in their order."""
        known = self._by_end[end]
        found = (link for code in set(codes) for link in known.get(code, ()))
        return sorted((k for k in found if parent_set in (None, k.parent_set)), key=lambda k: k.rank)

    def find_resplit(self, end: str, codes: Iterable[str]) -> list[tuple[str, str]]:
        """Each of the codes with its counterparts in the other vintage of small areas."""
        known = self._resplit[end]
        return [(code, other) for code in codes for other in known.get(code, ())]

    def keep_codes(self, codes: Iterable[str], area_set: AreaSet) -> frozenset[str]:
        """Those of the codes that the set has."""
        return frozenset(codes) & self._codes.get(area_set, set())


def read_links(snapshot: Snapshot) -> Links:
    """The links of the snapshot, each once; read at the first question and kept with it."""
    return snapshot.recall(("links",), lambda: _read(snapshot), weight=lambda _: 0)


def _read(snapshot: Snapshot) -> Links:
    if not snapshot.has("area_links"):
        return Links((), ())
    sets: dict[str, AreaSet] = {}

    def parse(text: str) -> AreaSet:
        return sets.get(text) or sets.setdefault(text, AreaSet.parse(text))

    rows = snapshot.connection.execute(_LINKS).fetchall()
    links = (
        Link(child, parent, parse(child_set), parse(parent_set), name or "", rank)
        for rank, (child, parent, child_set, parent_set, name) in enumerate(rows)
    )
    resplit = f"SELECT DISTINCT child_code, parent_code FROM area_links WHERE edition = '{RESPLIT}' ORDER BY ALL"
    names = {code: name for end in ("child", "parent") for code, name in _read_names(snapshot, end)}
    return Links(links, snapshot.connection.execute(resplit).fetchall(), names)


def _read_names(snapshot: Snapshot, end: str) -> list[tuple[str, str]]:
    sql = (
        f"SELECT DISTINCT ON ({end}_code) {end}_code, {end}_name FROM area_links WHERE {end}_name <> '' "
        f"ORDER BY {end}_code, {end}_set DESC, {end}_name"
    )
    return snapshot.connection.execute(sql).fetchall()


_LINKS = """
SELECT child_code, parent_code, child_set, parent_set, max_by(parent_name, (load_id, parent_name))
FROM area_links GROUP BY ALL ORDER BY max(load_id), 1, 2, 3, 4
"""
