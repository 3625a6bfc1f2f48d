"""Estimates as they are gathered from the tables of a file, and what follows from them.

A file may give persons in one sheet and males in another, each sex in columns of its own, or one row for each sex and
age. Here they become one list of facts, said once each, with the sums that the file leaves to its reader.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from wardmote.evidence.sources.contract import TABLES
from wardmote.evidence.sources.scopes import find_scopes

_FACT = ("area_code", "sex", "age_from", "age_to")
_SCHEMA = pa.schema(
    [("area_code", pa.string()), ("sex", pa.string()), ("age_from", pa.int32()), ("age_to", pa.int32()),
     ("value", pa.float64())]
)  # fmt: skip


type Numbers = npt.NDArray[np.float64]
#: First and last age; (None, None) for all ages, None as the last for 'and over'.
type Ages = tuple[int | None, int | None]
_ALL_AGES: Ages = (None, None)


@dataclass(slots=True)
class Estimates:
    """The facts of one set of areas, one subject and one year, as they come in."""

    area_set: str
    what: str
    year: int
    tables: list[pa.Table] = field(default_factory=list)
    disagreements: int = 0
    _said: set[tuple[str, Ages]] = field(default_factory=set)
    _may_repeat: bool = False
    _waiting: dict[Ages, tuple[str, pa.Array, Numbers]] = field(default_factory=dict)
    _totals: dict[str, tuple[pa.Array, Numbers]] = field(default_factory=dict)

    @property
    def is_small(self) -> bool:
        return self.area_set.startswith(("lsoa", "msoa"))

    def add(self, codes: pa.Array, values: Numbers, *, sex: str, ages: Ages) -> None:
        """One column of a table: a value for each area, NaN for none.

        Ages of small areas by sex are put together as they come: a national table of them is 6.5 million facts.
        """
        if self.is_small and sex != "persons" and ages != _ALL_AGES:
            self._sum_by_sex(codes, values, sex)
            self._pair_sexes(codes, values, sex, ages)
            return
        self._may_repeat = self._may_repeat or (sex, ages) in self._said
        self._said.add((sex, ages))
        count = len(codes)
        column = pa.array(values, pa.float64(), mask=np.isnan(values))
        columns = [codes, pa.repeat(sex, count), _repeat(ages[0], count), _repeat(ages[1], count), column]
        self.tables.append(pa.table(columns, schema=_SCHEMA))

    def _pair_sexes(self, codes: pa.Array, values: Numbers, sex: str, ages: Ages) -> None:
        """Keep an age of one sex until the other comes, then add both as persons."""
        other = self._waiting.get(ages)
        if other is None or other[0] == sex or not other[1].equals(codes):
            self._waiting[ages] = (sex, codes, values)
            return
        del self._waiting[ages]
        self.add(codes, values + other[2], sex="persons", ages=ages)

    def _sum_by_sex(self, codes: pa.Array, values: Numbers, sex: str) -> None:
        """Add an age to its sex' total, which no column of these tables gives."""
        known = self._totals.get(sex)
        if known is None or not known[0].equals(codes):
            self._totals[sex] = (codes, values.copy())
        else:
            self._totals[sex] = (codes, known[1] + values)

    def add_rows(self, codes: pa.Array, values: Numbers, *, sexes: Sequence[str], ages: Sequence[Ages]) -> None:
        """Values that each name their own sex and age."""
        self._may_repeat = True
        first, last = ([a[i] for a in ages] for i in (0, 1))
        columns = [codes, pa.array(sexes, pa.string()), pa.array(first, pa.int32()), pa.array(last, pa.int32())]
        self.tables.append(pa.table([*columns, pa.array(values, pa.float64(), mask=np.isnan(values))], schema=_SCHEMA))

    def settle(self) -> pa.Table:
        """Each fact once, with persons where only the sexes are given and all ages where only ages are.

        Small areas keep their ages for persons only: by sex they are many millions of rows that nothing asks for.
        """
        for sex, (codes, values) in self._totals.items():
            if (sex, _ALL_AGES) not in self._said:
                self.add(codes, values, sex=sex, ages=_ALL_AGES)
        facts = pa.concat_tables(self.tables) if self.tables else _SCHEMA.empty_table()
        facts = self._say_once(facts) if self._may_repeat else facts.filter(pc.is_valid(facts["value"]))
        facts = _add_sums(facts, _sum_sexes(facts), pc.field("sex") == "persons")
        facts = _add_sums(facts, _sum_ages(facts), pc.field("age_from").is_null())
        if self.is_small:
            facts = facts.filter(pc.or_(pc.is_null(facts["age_from"]), pc.equal(facts["sex"], "persons")))
        return facts.sort_by([("age_from", "ascending"), ("sex", "descending"), ("area_code", "ascending")])

    def _say_once(self, facts: pa.Table) -> pa.Table:
        facts = facts.filter(pc.is_valid(facts["value"]))
        grouped = facts.group_by(list(_FACT)).aggregate([("value", "max"), ("value", "min")])
        self.disagreements = pc.sum(pc.not_equal(grouped["value_max"], grouped["value_min"])).as_py() or 0
        return grouped.rename_columns([*_FACT, "value", "least"]).select(_SCHEMA.names)


def _repeat(age: int | None, count: int) -> pa.Array:
    return pa.nulls(count, pa.int32()) if age is None else pa.repeat(pa.scalar(age, pa.int32()), count)


def _add_sums(facts: pa.Table, sums: pa.Table, alike: pc.Expression) -> pa.Table:
    """Add those sums that the facts do not give themselves; `alike` picks the facts that could be such sums."""
    if not sums.num_rows:
        return facts
    given = facts.filter(alike).select(list(_FACT))
    # A join never matches null with null, and 'all ages' is null: -1 stands for it while joining.
    missing = _unnull(sums).join(_unnull(given), keys=list(_FACT), join_type="left anti")
    return pa.concat_tables([facts, _renull(missing).select(_SCHEMA.names).cast(_SCHEMA)])


def _sum_sexes(facts: pa.Table) -> pa.Table:
    apart = facts.filter(pc.is_in(facts["sex"], value_set=pa.array(["males", "females"])))
    sums = apart.group_by(["area_code", "age_from", "age_to"]).aggregate([("value", "sum"), ("sex", "count")])
    both = sums.filter(pc.equal(sums["sex_count"], 2)).rename_columns(
        ["area_code", "age_from", "age_to", "value", "sexes"]
    )
    return both.append_column("sex", pa.repeat("persons", both.num_rows)).select(_SCHEMA.names)


def _sum_ages(facts: pa.Table) -> pa.Table:
    """The sum of an area's ages, provided that they begin at 0 and end open: otherwise it is not all ages."""
    aged = facts.filter(pc.is_valid(facts["age_from"]))
    flags = aged.append_column("open", pc.cast(pc.is_null(aged["age_to"]), pa.int32()))
    sums = flags.group_by(["area_code", "sex"]).aggregate([("value", "sum"), ("age_from", "min"), ("open", "sum")])
    whole = sums.filter(pc.and_(pc.equal(sums["age_from_min"], 0), pc.equal(sums["open_sum"], 1)))
    nothing = pa.nulls(whole.num_rows, pa.int32())
    return pa.table([whole["area_code"], whole["sex"], nothing, nothing, whole["value_sum"]], _SCHEMA)


def _unnull(table: pa.Table) -> pa.Table:
    return _replace_ages(table, lambda column: pc.fill_null(column, -1))


def _renull(table: pa.Table) -> pa.Table:
    return _replace_ages(table, lambda c: pc.if_else(pc.equal(c, -1), pa.scalar(None, pa.int32()), c))


def _replace_ages(table: pa.Table, change: Callable[[pa.ChunkedArray], pa.ChunkedArray]) -> pa.Table:
    for name in ("age_from", "age_to"):
        table = table.set_column(table.column_names.index(name), name, change(table[name]))
    return table


def build_table(
    facts: pa.Table, estimates: Estimates, *, vintage: str, names: dict[str, str], districts: dict[str, str]
) -> pa.Table:
    """The facts as rows of the store's `population` table."""
    count = facts.num_rows
    codes = facts["area_code"].combine_chunks().dictionary_encode()
    areas = codes.dictionary.to_pylist()
    labels = pa.array([names.get(c, "") for c in areas], pa.string())
    scopes = _find_scopes(areas, estimates, names=names, districts=districts)
    columns = {
        "vintage": pa.repeat(vintage, count),
        "area_set": pa.repeat(estimates.area_set, count),
        "year": pa.repeat(pa.scalar(estimates.year, pa.int32()), count),
        "area_code": facts["area_code"],
        "area_name": labels.take(codes.indices),
        "what": pa.repeat(estimates.what, count),
        "sex": facts["sex"],
        "age_from": facts["age_from"],
        "age_to": facts["age_to"],
        "value": facts["value"],
        "scope": pa.array([scopes[c] for c in areas], pa.string()).take(codes.indices),
    }
    return pa.table(columns, schema=TABLES["population"])


def _find_scopes(
    areas: list[str], estimates: Estimates, *, names: dict[str, str], districts: dict[str, str]
) -> dict[str, str]:
    """Areas from districts up are scopes themselves: a file of some districts leaves the others' estimates."""
    if estimates.area_set.split("@")[0] in ("district", "region", "country"):
        return {c: c for c in areas}
    return find_scopes(areas, districts=districts, names=names)
