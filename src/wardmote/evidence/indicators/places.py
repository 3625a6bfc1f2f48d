"""Which small areas make up an area, and which ward, district or other vintage each of them belongs to.

Crime data carries LSOA codes of two vintages, sometimes in one file. Membership is answered from the loaded look-ups
by following their links; nothing is guessed from names or positions. A small area that was split between vintages and
whose parts lie in different wards belongs to none of them as a whole: it is returned as *split*, and its rows are
placed point by point (see `points`).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import wraps
from typing import Concatenate, cast

from wardmote.evidence.indicators.links import Link, Links, read_links
from wardmote.evidence.indicators.sets_in_force import choose_in_force
from wardmote.evidence.model.areas import Area, AreaKind, AreaSet, kind_of_code
from wardmote.evidence.model.errors import UsageError
from wardmote.evidence.model.periods import Period
from wardmote.evidence.store.snapshot import Snapshot

UNPLACED = "unplaced"
#: Kinds that publishers link to districts, not to small areas.
_BY_DISTRICT: tuple[AreaKind, ...] = ("csp", "force", "region", "country")


@dataclass(frozen=True, slots=True)
class Membership:
    """The small-area codes of both vintages that make up an area; `split` lie partly outside it."""

    area: Area
    codes: frozenset[str]
    split: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Placement:
    """To which area of a set each small-area code belongs, the areas' names, and the codes that lie in several."""

    area_set: AreaSet
    parent_of: dict[str, str]
    names: dict[str, str]
    split: dict[str, tuple[str, ...]] = field(default_factory=dict)


def _remember[**P, T](method: Callable[Concatenate["Places", P], T]) -> Callable[Concatenate["Places", P], T]:
    """Keep the method's answers: a snapshot never changes, and a report asks the same things hundreds of times."""

    @wraps(method)
    def answer(self: "Places", *args: P.args, **kwargs: P.kwargs) -> T:
        return self.snapshot.recall((method.__name__, *args), lambda: method(self, *args, **kwargs))

    return cast(Callable[Concatenate["Places", P], T], answer)


class Places:
    """Answers questions about areas from the look-ups of a snapshot."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot

    @property
    def has_lookups(self) -> bool:
        return self.snapshot.has("area_links")

    @_remember
    def find_area(self, code: str) -> Area:
        """The area of that code with its name, from the look-ups, boundaries or official tables in that order."""
        return Area(code, self._read_names({code}).get(code, ""), kind_of_code(code))

    def find_areas(self, codes: Iterable[str]) -> dict[str, Area]:
        """The area of each code; the names of many cost no more than that of one."""
        wanted = sorted(set(codes))
        names = self.recall(("names", *wanted), lambda: self._read_names(wanted))
        return {code: self._keep_area(Area(code, names.get(code, ""), kind_of_code(code))) for code in wanted}

    def _keep_area(self, area: Area) -> Area:
        """Keep it under the key of `find_area`, which is asked of each of them next."""
        return self.recall(("find_area", area.code), lambda: area)

    def _read_names(self, codes: Iterable[str]) -> dict[str, str]:
        """The name of each code that look-ups or any table give it, one query a table for all not named yet."""
        wanted, linked = set(codes), self._links.names
        names = {code: linked[code] for code in wanted & linked.keys()}
        unnamed = wanted - names.keys()
        for table, order in _NAME_SOURCES:
            if unnamed and self.snapshot.has(table):
                sql = (
                    f"SELECT DISTINCT ON (area_code) area_code, area_name FROM {table} "
                    "WHERE area_code IN (SELECT unnest(?)) AND area_name <> '' "
                    f"ORDER BY area_code, {order} DESC, area_name"
                )
                names |= dict(self.snapshot.connection.execute(sql, [sorted(unnamed)]).fetchall())
                unnamed -= names.keys()
        return names

    @_remember
    def get_members(self, code: str) -> Membership:
        """The small areas of an area; an error that says which look-up is missing when there are none."""
        area = self.find_area(code)
        if area.kind == "lsoa":
            return Membership(area, frozenset({code}))
        found = self._descend({code})
        if not found:
            raise UsageError(
                f"no small areas are known for {code}",
                expected="a look-up that links small areas (LSOA) to it",
                to_do="Load one with 'wardmote load ons-lookups FILE', or check the code",
            )
        codes, split = self._add_other_vintage(found)
        return Membership(area, frozenset(codes), frozenset(split))

    def _descend(self, top: set[str]) -> set[str]:
        """All LSOA codes below, following every loaded link from parent to child (never between LSOA vintages)."""
        if not self.has_lookups:
            return set()
        seen, level, leaves = set(top), set(top), set()
        while level:
            rows = self._links.find("parent_code", level)
            children = {
                r.child for r in rows if r.child_set.kind != r.parent_set.kind or r.child_set.kind == "district"
            }
            leaves |= {c for c in children if kind_of_code(c) == "lsoa"}
            level = {c for c in children - seen if kind_of_code(c) != "lsoa"}
            seen |= level
        return leaves

    def recall[T](self, key: tuple[object, ...], make: Callable[[], T]) -> T:
        """What was answered before under this key, else what `make` answers now."""
        return self.snapshot.recall(key, make)

    def _add_other_vintage(self, codes: set[str]) -> tuple[set[str], set[str]]:
        """Add the other vintage's codes that lie wholly inside; return beside them those that lie partly inside."""
        whole, split = set(codes), set()
        for own, other in (("child_code", "parent_code"), ("parent_code", "child_code")):
            touching = {r[1] for r in self._links.find_resplit(own, whole)}
            needs: dict[str, set[str]] = {}
            for mine, theirs in self._links.find_resplit(other, touching):
                needs.setdefault(mine, set()).add(theirs)
            whole |= {t for t, parts in needs.items() if parts <= whole}
            split |= {t for t, parts in needs.items() if not parts <= whole}
        return whole, split - whole

    @property
    def _links(self) -> Links:
        return read_links(self.snapshot)

    @_remember
    def get_districts(self, code: str) -> frozenset[str]:
        """The districts linked to a partnership or force, by the newest look-up that links them."""
        below, level = set[str](), {code}
        while level:
            links = self._links.find("parent_code", level)
            newest = {s.kind: s for s in sorted({k.child_set for k in links}, key=lambda s: s.year or 0)}
            kept = {k.child for k in links if newest[k.child_set.kind] == k.child_set}
            below |= {c for c in kept if kind_of_code(c) == "district"}
            level = {c for c in kept if kind_of_code(c) == "csp"}
        return frozenset(below)

    def add_former_districts(self, codes: Iterable[str]) -> frozenset[str]:
        """The districts, and those of earlier years that became wholly part of them, so that older rows are found."""
        found = set(codes)
        while self.has_lookups:
            older = {k.child for k in self._links.find("parent_code", found) if _is_recoding(k)} - found
            later: dict[str, set[str]] = {}
            for link in self._links.find("child_code", older):
                if _is_recoding(link) and link.child != link.parent:
                    later.setdefault(link.child, set()).add(link.parent)
            whole = {c for c, successors in later.items() if successors <= found}
            if not whole:
                break
            found |= whole
        return frozenset(found)

    @_remember
    def get_partnerships(self, district: str) -> tuple[str, ...]:
        """The partnerships that the newest look-up links the district to. Merged districts keep several."""
        if not self.has_lookups:
            return ()
        rows = self.snapshot.connection.execute(
            "SELECT parent_set, parent_code FROM area_links "
            "WHERE child_code = ? AND parent_set LIKE 'csp%' ORDER BY ALL",
            [district],
        ).fetchall()
        newest = rows[-1][0] if rows else ""
        return tuple(dict.fromkeys(code for parent_set, code in rows if parent_set == newest))

    # -- enclosing areas ------------------------------------------------------------------------------------
    @_remember
    def get_enclosing(self, code: str) -> dict[AreaKind, str]:
        """The code of each larger kind of area that the area lies in, newest vintage first; itself included."""
        found: dict[AreaKind, str] = {kind_of_code(code): code}
        level = {code}
        while level and self.has_lookups:
            links = sorted(self._links.find("child_code", level), key=lambda k: k.parent_set.year or 0, reverse=True)
            level = set()
            for link in links:
                if link.parent_set.kind not in found:
                    found[link.parent_set.kind] = link.parent
                    level.add(link.parent)
        return found

    # -- sets of areas --------------------------------------------------------------------------------------
    @_remember
    def list_sets(self, kind: AreaKind) -> tuple[AreaSet, ...]:
        """The vintages of a kind to which look-ups lead from small areas, oldest first; to some by way of districts."""
        if not self.has_lookups:
            return ()
        sql = (
            "SELECT DISTINCT parent_set FROM area_links WHERE parent_set LIKE ? AND "
            "(child_set LIKE 'lsoa@%' OR (? AND child_set NOT LIKE 'ward@%'))"
        )
        rows = self.snapshot.connection.execute(sql, [f"{kind}%", kind in _BY_DISTRICT]).fetchall()
        return tuple(sorted(s for (text,) in rows if (s := AreaSet.parse(text)).kind == kind))

    def choose_set(self, asked: AreaSet, period: Period, codes: Iterable[str]) -> AreaSet:
        """The vintage asked for, or of those to which these areas are linked the one in force at the period's end."""
        if asked.kind == "lsoa":
            return asked
        wanted = frozenset(codes)
        held = [s for s in self.list_sets(asked.kind) if self._links_any(s, wanted)]
        if asked.year is not None:
            if asked not in held:
                raise UsageError(
                    f"no look-up links these small areas to {asked}",
                    expected=", ".join(map(str, held)) or f"a loaded look-up of LSOAs to {asked.kind}s",
                    to_do="Load the look-up with 'wardmote load ons-lookups FILE', or ask for a set that is loaded",
                )
            return asked
        if not held:
            raise UsageError(
                f"no look-up links these small areas to {asked.kind}s",
                expected=f"a look-up of LSOAs to {asked.kind}s",
                to_do="Load one with 'wardmote load ons-lookups FILE'",
            )
        return choose_in_force(held, period, self._list_districts(wanted) if asked.kind == "ward" else ())

    @_remember
    def _list_districts(self, codes: frozenset[str]) -> tuple[str, ...]:
        """The district of each small area by the newest look-up that gives it one, '' for those that none gives any."""
        found: dict[str, str] = {}
        for area_set in reversed(self.list_sets("district")):
            found |= self.place(codes - found.keys(), area_set).parent_of
        return tuple(found.get(c, "") for c in sorted(codes))

    @_remember
    def _links_any(self, area_set: AreaSet, codes: frozenset[str]) -> bool:
        return bool(self._links.find("child_code", codes, area_set) or self._place_by_district(codes, area_set))

    def place(self, codes: Iterable[str], area_set: AreaSet) -> Placement:
        """To which area of the set each code belongs, directly or through its counterparts of the other vintage."""
        return self._place(frozenset(codes), area_set)

    @_remember
    def _place(self, codes: frozenset[str], area_set: AreaSet) -> Placement:
        wanted = sorted(codes)
        if area_set.kind == "lsoa":
            return self._place_in_vintage(wanted, area_set)
        links = self._links.find("child_code", wanted, area_set)
        parent_of = {k.child: k.parent for k in links}
        names = {k.parent: k.parent_name for k in links}
        split = self._place_by_counterpart(set(wanted) - parent_of.keys(), area_set, parent_of, names)
        for code, parents in self._place_by_district(set(wanted) - parent_of.keys() - split.keys(), area_set).items():
            names |= dict.fromkeys(parents, "")
            if len(parents) == 1:
                parent_of[code] = parents[0]
            else:
                split[code] = parents
        return Placement(area_set, parent_of, self._complete_names(names), split)

    def _place_by_district(self, codes: Iterable[str], area_set: AreaSet) -> dict[str, tuple[str, ...]]:
        """Partnership, force or region of small areas through their district, where no look-up leads there directly.

        A district that is divided between partnerships gives several.
        """
        if area_set.kind not in _BY_DISTRICT:
            return {}
        links = [k for k in self._links.find("child_code", codes) if k.parent_set.kind == "district"]
        district_of = {k.child: k.parent for k in sorted(links, key=lambda k: k.parent_set.year or 0)}
        parents = {d: self._climb(d, area_set) for d in set(district_of.values())}
        return {code: parents[d] for code, d in district_of.items() if parents[d]}

    def _climb(self, district: str, area_set: AreaSet) -> tuple[str, ...]:
        """The areas of the set above a district, directly or by way of its partnerships or region."""
        links = self._links.find("child_code", {district})
        between = {k.parent for k in links if k.parent_set.kind in ("csp", "region")}
        direct = {k.parent for k in links if k.parent_set == area_set}
        beyond = {k.parent for k in self._links.find("child_code", between, area_set)}
        return tuple(sorted(direct or beyond))

    def _place_by_counterpart(
        self, missing: set[str], area_set: AreaSet, parent_of: dict[str, str], names: dict[str, str]
    ) -> dict[str, tuple[str, ...]]:
        counterparts = self._counterparts(missing)
        links = self._links.find("child_code", {c for cs in counterparts.values() for c in cs}, area_set)
        through = {k.child: k.parent for k in links}
        names |= {k.parent: k.parent_name for k in links}
        split: dict[str, tuple[str, ...]] = {}
        for code, parts in counterparts.items():
            parents = sorted({through[c] for c in parts if c in through})
            if len(parents) == 1:
                parent_of[code] = parents[0]
            elif parents:
                split[code] = tuple(parents)
        return split

    def list_parts(self, code: str, area_set: AreaSet) -> dict[str, str]:
        """The other vintage's pieces of a split small area, each with its area in the set ('' where it has none)."""
        parts = self._counterparts({code}).get(code, set())
        if area_set.kind == "lsoa":
            return {part: part for part in sorted(parts)}
        placed = self.place(parts, area_set).parent_of
        return {part: placed.get(part, "") for part in sorted(parts)}

    def _counterparts(self, codes: set[str]) -> dict[str, set[str]]:
        """The other vintage's codes for each code, in both directions."""
        found: dict[str, set[str]] = {}
        for key in ("child_code", "parent_code"):
            for mine, theirs in self._links.find_resplit(key, codes):
                found.setdefault(mine, set()).add(theirs)
        return found

    def _place_in_vintage(self, codes: list[str], area_set: AreaSet) -> Placement:
        """LSOA codes in one vintage: themselves, or the one counterpart; several counterparts mean split."""
        vintage = self.codes_of_vintage(codes, area_set)
        parent_of, split = {c: c for c in codes if c in vintage}, {}
        for code, parts in self._counterparts(set(codes) - vintage).items():
            if len(parts) == 1:
                parent_of[code] = next(iter(parts))
            else:
                split[code] = tuple(sorted(parts))
        names = self._lsoa_names({*parent_of.values(), *(p for ps in split.values() for p in ps)})
        return Placement(area_set, parent_of, names, split)

    def codes_of_vintage(self, codes: Iterable[str], area_set: AreaSet) -> frozenset[str]:
        """Those of the codes that the set has. All of them where no look-up is loaded that could tell."""
        return self._links.keep_codes(codes, area_set) if self.has_lookups else frozenset(codes)

    def _lsoa_names(self, codes: set[str]) -> dict[str, str]:
        if not self.has_lookups:
            return {}
        sql = (  # the newest vintage's name: small areas are named after their district, and districts are renamed
            "SELECT code, max_by(name, (area_set, name)) FROM ("
            "SELECT child_code AS code, child_name AS name, child_set AS area_set FROM area_links "
            "UNION ALL SELECT parent_code, parent_name, parent_set FROM area_links"
            ") WHERE name <> '' AND code IN (SELECT unnest(?)) GROUP BY 1"
        )
        return dict(self.snapshot.connection.execute(sql, [sorted(codes)]).fetchall())

    def _complete_names(self, names: dict[str, str]) -> dict[str, str]:
        """Fill names that this look-up does not carry from any other table that names the code."""
        found = self._read_names(code for code, name in names.items() if not name)
        return {code: name or Area(code, found.get(code, ""), kind_of_code(code)).title for code, name in names.items()}


def _is_recoding(link: Link) -> bool:
    return link.child_set.kind == link.parent_set.kind == "district"


#: Besides the look-ups: which tables name areas, and by what the newest name is known.
_NAME_SOURCES = (("boundaries", "area_set"), ("recorded_crime", "period_last"), ("population", "year"))
