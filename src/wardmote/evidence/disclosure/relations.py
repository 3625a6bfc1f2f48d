"""Which figures add up to which: areas within areas, months within years, categories within totals, and the rests.

A stranger subtracts. What is left when the published parts are taken from a published whole is a number too, though
no table shows it: the rest of the district, the months that the run leaves out. Each such rest becomes a cell of its
own, with an id that no figure bears, so that the attack bounds it and the protection hides it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, pairwise

from wardmote.evidence.disclosure.counts import CellKey, count_behind, key_of, margins_of, place_of
from wardmote.evidence.model.figures import Figure, FigureTable
from wardmote.evidence.model.periods import Month, Period

#: Area code -> the area or areas it lies in (a small area lies in a ward of each vintage).
Parents = Mapping[str, str | tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class SumRelation:
    """The total is the sum of the parts. An id that no figure bears stands for a count that nobody publishes."""

    total_id: str
    part_ids: tuple[str, ...]


def derive_relations(figures: Sequence[Figure], parents: Parents | None = None) -> tuple[SumRelation, ...]:
    """How do these figures add up?

    Parameters: additive counts (or rates with their counts) of one indicator, all editions that a reader holds side by
    side; `parents`, area code -> parent code, or codes where boundaries of several vintages overlap.
    Returns one relation for each whole and each way in which its parts are told: the parts that add up to it exactly,
    or the parts and a rest. Parts that together exceed the whole overlap; each is then set against the whole by itself.
    Notes: where a part is withheld or missing the parts are taken as complete, as a stranger would. Figures of one
    area, period and breakdown are taken as one table; two tables that share these (wards of two vintages) go to
    derive_table_relations.
    """
    return _derive(_group_tables(figures), figures, parents or {})


def derive_table_relations(tables: Sequence[FigureTable], parents: Parents | None = None) -> tuple[SumRelation, ...]:
    """How do the figures of these tables add up, each table by itself and all side by side?

    Each by itself as well, because two tables of one district by wards of two vintages each add up to it exactly,
    while their figures thrown together count it twice.
    """
    rows = [list(table.figures) for table in tables]
    singly = [derive_relations(figures, parents) for figures in rows]
    together = _derive(rows, [figure for figures in rows for figure in figures], parents or {})
    return tuple(dict.fromkeys([*(relation for relations in singly for relation in relations), *together]))


def _derive(tables: Iterable[Sequence[Figure]], figures: Sequence[Figure], parents: Parents) -> tuple[SumRelation, ...]:
    lattice = _Lattice(figures)
    for table in tables:
        _relate_table(lattice, table)
    _relate_areas(lattice, _add_places(figures, parents))
    _relate_categories(lattice)
    _relate_periods(lattice)
    return tuple(dict.fromkeys(lattice.relations))


def _group_tables(figures: Iterable[Figure]) -> Iterable[list[Figure]]:
    groups: dict[tuple[object, ...], list[Figure]] = defaultdict(list)
    for figure in figures:
        names = tuple(name for name, _ in figure.dimensions)
        groups[(figure.source, figure.area.code, figure.period, names)].append(figure)
    return groups.values()


def derive_period_relations(figures: Sequence[Figure]) -> tuple[SumRelation, ...]:
    """How do the periods of these figures add up? Needs nothing but the calendar: a year has its twelve months."""
    lattice = _Lattice(figures)
    _relate_periods(lattice)
    return tuple(dict.fromkeys(lattice.relations))


def derive_part_relations(figures: Sequence[Figure], wholes: Mapping[str, str]) -> tuple[SumRelation, ...]:
    """How do the counts of one indicator add up to those of another of which every item is an item too?

    Parameters: `wholes`, indicator of the part -> indicator of the whole (deliberate fires -> all fires).
    Returns for each cell that both tell the whole as the part and a rest. Categories of one name are taken as one;
    where they are not, too much is withheld and never too little. A cell in which the part exceeds its whole is left
    out: the two are counted differently.
    """
    places = {(f.indicator, f.area.code, f.period, f.dimensions): f for f in figures}
    found = []
    for part in figures:
        whole = places.get((wholes.get(part.indicator, ""), part.area.code, part.period, part.dimensions))
        if whole is None:
            continue
        count, total = count_behind(part), count_behind(whole)
        if count is None or total is None or count <= total:
            found.append(SumRelation(whole.id, (part.id, f"rest:{whole.id} without {part.indicator}")))
    return tuple(found)


class _Lattice:
    """The cells that figures tell of, those that are only left over, and how they add up."""

    def __init__(self, figures: Sequence[Figure]) -> None:
        self.ids: dict[CellKey, str] = {}
        self.counts: dict[CellKey, int | None] = {}
        self.area_sets: dict[str, tuple[str, int | None]] = {}
        self.relations: list[SumRelation] = []
        self.untold: set[CellKey] = set()
        for figure in figures:
            key = key_of(figure)
            place = place_of(figure)
            self.area_sets[key.area] = (place[0], None) if place else (figure.area.kind, figure.area.year)
            self.ids.setdefault(key, figure.id)
            if self.counts.get(key) is None:
                self.counts[key] = count_behind(figure)

    def add_rest(self, key: CellKey, count: int | None = None) -> CellKey:
        """Make room for a count that no figure tells."""
        if key not in self.ids:
            period = Period(Month.from_ordinal(key.first), Month.from_ordinal(key.last))
            cells = "".join(f":{name}={value}" for name, value in key.dimensions)
            self.ids[key] = f"rest:{key.subject}:{key.area}:{period}{cells}"
            self.counts[key] = count
            self.untold.add(key)
        return key

    def relate(self, total: CellKey, parts: Iterable[CellKey]) -> None:
        self.relations.append(SumRelation(self.ids[total], tuple(self.ids[part] for part in parts)))

    def sum_of(self, parts: Iterable[CellKey]) -> tuple[int, bool]:
        """The sum of the known parts, and whether all are known."""
        counts = [self.counts[part] for part in parts]
        return sum(c for c in counts if c is not None), None not in counts

    def is_exact(self, total: CellKey, parts: Sequence[CellKey]) -> bool:
        return self.sum_of(parts) == (self.counts[total], True)

    def tile(self, total: CellKey, parts: Sequence[CellKey], rest: CellKey) -> None:
        """Relate a whole to parts that do not overlap, with a rest where they fall short of it."""
        whole, (told, all_known) = self.counts[total], self.sum_of(parts)
        if whole is not None and told > whole:
            self._relate_singly(total, parts)
        elif whole is not None and all_known and told < whole:
            self.relate(total, [*parts, self.add_rest(rest, whole - told)])
        elif whole is None and total in self.untold:
            # nobody said that these parts are all there are of it
            self.relate(total, [*parts, self.add_rest(rest)])
        else:
            self.relate(total, parts)

    def _relate_singly(self, total: CellKey, parts: Sequence[CellKey]) -> None:
        for part in parts:
            rest = replace(total, area=f"{total.area} without {part.area}", dimensions=_without(total, part))
            self.relate(total, [part, self.add_rest(rest)])


def _without(total: CellKey, part: CellKey) -> tuple[tuple[str, str], ...]:
    extra = [(name, f"all but {value}") for name, value in part.dimensions if (name, value) not in total.dimensions]
    return (*total.dimensions, *extra)


# -- tables -----------------------------------------------------------------------------------------------------
def _relate_table(lattice: _Lattice, figures: Sequence[Figure]) -> None:
    """Relate a table's cells to the sums that it holds without printing them, and to its whole.

    Without these its inner cells and a total told elsewhere would not be related: the months of the wards add up to the
    year of the district, through the months of the district that no table shows.
    """
    keys = {key_of(figure): figure for figure in figures}
    inside: dict[CellKey, list[CellKey]] = defaultdict(list)
    wholes: dict[CellKey, list[CellKey]] = defaultdict(list)
    for key, figure in keys.items():
        for dropped, margin in margins_of(figure).items():
            (wholes if len(dropped) == len(figure.dimensions) else inside)[margin].append(key)
            lattice.area_sets.setdefault(margin.area, (figure.area.kind, figure.area.year))
    complete = [_relate_whole(lattice, whole, parts) for whole, parts in wholes.items()]
    for margin, parts in inside.items():
        if all(complete):
            _relate_margin(lattice, margin, parts)


def _relate_whole(lattice: _Lattice, whole: CellKey, parts: Sequence[CellKey]) -> bool:
    """Relate a table to its whole. Is it all of it? (The ten highest wards are not; nor is a count of every tick.)"""
    if whole not in lattice.ids:
        _relate_margin(lattice, whole, parts)
        return True
    total, (told, all_known) = lattice.counts[whole], lattice.sum_of(parts)
    lattice.tile(whole, parts, replace(whole, dimensions=(*whole.dimensions, ("rest", "of the table"))))
    return total is None or told == total or (told < total and not all_known)


def _relate_margin(lattice: _Lattice, margin: CellKey, parts: Sequence[CellKey]) -> None:
    if margin not in lattice.ids:
        told, all_known = lattice.sum_of(parts)
        lattice.relate(lattice.add_rest(margin, told if all_known else None), parts)


def _add_places(figures: Iterable[Figure], parents: Parents) -> Parents:
    """A district's table by ward says by itself that the wards lie in the district."""
    above = {code: set((p,) if isinstance(p, str) else p) for code, p in parents.items()}
    for figure in figures:
        place = place_of(figure)
        if place and place[1] != figure.area.code:
            above.setdefault(place[1], set()).add(figure.area.code)
    return {code: tuple(sorted(found)) for code, found in above.items()}


# -- areas ------------------------------------------------------------------------------------------------------
def _relate_areas(lattice: _Lattice, parents: Parents) -> None:
    slices: dict[CellKey, list[str]] = defaultdict(list)
    for key in list(lattice.ids):
        slices[replace(key, area="")].append(key.area)
    ancestors = {code: _ancestors(code, parents) for code in {key.area for key in lattice.ids}}
    pieces: dict[frozenset[str], set[frozenset[str]]] = {}
    for base, codes in slices.items():
        above = {code: ancestors[code] for code in codes}
        for code in codes:
            _relate_area(lattice, replace(base, area=code), _nearest_below(code, above))
        told = frozenset(codes)
        if told not in pieces:
            pieces[told] = _shared_pieces(set(told), parents)
        _relate_overlaps(lattice, base, pieces[told])


def _ancestors(code: str, parents: Parents) -> frozenset[str]:
    found: set[str] = set()
    waiting = [code]
    while waiting:
        above = parents.get(waiting.pop(), ())
        for parent in (above,) if isinstance(above, str) else above:
            if parent not in found and parent != code:
                found.add(parent)
                waiting.append(parent)
    return frozenset(found)


def _nearest_below(code: str, above: Mapping[str, frozenset[str]]) -> list[str]:
    """The told areas inside `code` with no other told area between."""
    inside = [child for child, ancestors in above.items() if code in ancestors]
    return sorted(child for child in inside if not any(other in above[child] for other in inside if other != child))


def _relate_area(lattice: _Lattice, total: CellKey, children: Sequence[str]) -> None:
    if not children:
        return
    parts = [replace(total, area=child) for child in children]
    if lattice.is_exact(total, parts):
        lattice.relate(total, parts)
        return
    # Two vintages of wards each tile the district; together they would count it twice.
    sets: dict[tuple[str, int | None], list[CellKey]] = defaultdict(list)
    for part in parts:
        sets[lattice.area_sets[part.area]].append(part)
    for group in sets.values():
        rest = f"{total.area} without {'+'.join(part.area for part in group)}"
        lattice.tile(total, group, replace(total, area=rest))


def _relate_overlaps(lattice: _Lattice, base: CellKey, pieces: set[frozenset[str]]) -> None:
    """Where untold small areas lie in two told areas at once, relate both to the pieces that they share."""
    crossing = {code for piece in pieces if len(piece) > 1 for code in piece}
    for code in sorted(crossing):
        shared = sorted(_name_piece(piece) for piece in pieces if code in piece)
        total = replace(base, area=code)
        lattice.relate(total, [lattice.add_rest(replace(base, area=piece)) for piece in shared])


def _name_piece(piece: frozenset[str]) -> str:
    """A piece that lies in one area only is not that area itself."""
    return "&".join(sorted(piece)) if len(piece) > 1 else f"only {min(piece)}"


def _shared_pieces(codes: set[str], parents: Parents) -> set[frozenset[str]]:
    wholes = {p for above in parents.values() for p in ((above,) if isinstance(above, str) else above)}
    pieces = set()
    for leaf in parents.keys() - wholes - codes:
        told = _ancestors(leaf, parents) & codes
        lowest = {code for code in told if not any(code in _ancestors(other, parents) for other in told)}
        pieces.add(frozenset(lowest))
    return pieces


# -- categories -------------------------------------------------------------------------------------------------
def _relate_categories(lattice: _Lattice) -> None:
    inside: dict[CellKey, list[CellKey]] = defaultdict(list)
    for key in sorted(lattice.ids):
        for total in _nearest_above(lattice, key):
            inside[total].append(key)
    for total, parts in inside.items():
        _relate_category(lattice, total, parts)


def _nearest_above(lattice: _Lattice, key: CellKey) -> list[CellKey]:
    """The told cells with some of these categories and no more, and no other told cell between."""
    told = [
        replace(key, dimensions=some)
        for size in range(len(key.dimensions))
        for some in combinations(key.dimensions, size)
    ]
    told = [total for total in told if total in lattice.ids]
    return [t for t in told if not any(set(t.dimensions) < set(other.dimensions) for other in told)]


def _relate_category(lattice: _Lattice, total: CellKey, inside: Sequence[CellKey]) -> None:
    groups: dict[tuple[str, ...], list[CellKey]] = defaultdict(list)
    for key in inside:
        groups[tuple(name for name, _ in key.dimensions if name not in dict(total.dimensions))].append(key)
    for names, parts in groups.items():
        values = ["+".join(dict(part.dimensions)[name] for name in names) for part in parts]
        rest = ("×".join(names), f"all but {', '.join(values)}")
        lattice.tile(total, parts, replace(total, dimensions=(*total.dimensions, rest)))


# -- periods ----------------------------------------------------------------------------------------------------
def _relate_periods(lattice: _Lattice) -> None:
    """Cut each row of periods at every month where one starts or ends: each period is the sum of the cuts inside it.

    So overlapping runs are seen through as well: two rolling years that differ by a month at each end.
    """
    rows: dict[CellKey, list[CellKey]] = defaultdict(list)
    for key in list(lattice.ids):
        rows[replace(key, first=0, last=0)].append(key)
    for keys in rows.values():
        starts = sorted({edge for key in keys for edge in (key.first, key.last + 1)})
        for key in keys:
            edges = [edge for edge in starts if key.first <= edge <= key.last + 1]
            if len(edges) > 2:
                cuts = [replace(key, first=a, last=b - 1) for a, b in pairwise(edges)]
                lattice.relate(key, [lattice.add_rest(cut) for cut in cuts])
