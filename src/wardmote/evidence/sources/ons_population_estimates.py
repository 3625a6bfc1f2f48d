"""Estimates as they are gathered from the tables of a file, and what follows from them.

A file may give persons in one sheet and males in another, each sex in columns of its own, or one row for each sex and
age. Here they become one list of facts, said once each, with the sums that the file leaves to its reader.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc

from wardmote.evidence.sources.contract import TABLES

_FACT = ("area_code", "sex", "age_from", "age_to")
_SCHEMA = pa.schema(
    [("area_code", pa.string()), ("sex", pa.string()), ("age_from", pa.int32()), ("age_to", pa.int32()),
     ("value", pa.float64())]
)  # fmt: skip


@dataclass(slots=True)
class Estimates:
    """The facts of one set of areas, one subject and one year, as they come in."""

    area_set: str
    what: str
    year: int
    tables: list[pa.Table] = field(default_factory=list)
    disagreements: int = 0

    @property
    def is_small(self) -> bool:
        return self.area_set.startswith(("lsoa", "msoa"))

    def add(
        self, codes: pa.Array, values: Iterable[float | None], *, sex: str, ages: tuple[int | None, int | None]
    ) -> None:
        """One column of a table: a value for each area."""
        count = len(codes)
        columns = [codes, pa.repeat(sex, count), _repeat(ages[0], count), _repeat(ages[1], count), pa.array(values)]
        self.tables.append(pa.table([c if i < 4 else c.cast(pa.float64()) for i, c in enumerate(columns)], _SCHEMA))

    def add_rows(self, table: pa.Table) -> None:
        """Rows that name their own sex and age."""
        self.tables.append(table.select(_SCHEMA.names).cast(_SCHEMA))

    def settle(self) -> pa.Table:
        """Each fact once, with persons where only the sexes are given and all ages where only ages are.

        Small areas keep their ages for persons only: by sex they are many millions of rows that nothing asks for.
        """
        facts = self._say_once(pa.concat_tables(self.tables))
        facts = _add_sums(facts, over="sex")
        facts = _add_sums(facts, over="age")
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


def _add_sums(facts: pa.Table, *, over: str) -> pa.Table:
    """Add persons as males and females together, or all ages as all single ages together, where they are not given."""
    parts = _sum_sexes(facts) if over == "sex" else _sum_ages(facts)
    given = facts.select(list(_FACT)).append_column("given", pa.repeat(True, facts.num_rows))
    # A join never matches null with null, and 'all ages' is null: -1 stands for it while joining.
    joined = _unnull(parts).join(_unnull(given), keys=list(_FACT), join_type="left outer")
    new = joined.filter(pc.is_null(joined["given"])).drop_columns(["given"])
    return pa.concat_tables([facts, _renull(new).select(_SCHEMA.names).cast(_SCHEMA)])


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


def build_table(facts: pa.Table, estimates: Estimates, *, vintage: str, names: dict[str, str]) -> pa.Table:
    """The facts as rows of the store's `population` table."""
    count = facts.num_rows
    codes = facts["area_code"].combine_chunks().dictionary_encode()
    labels = pa.array([names.get(c, "") for c in codes.dictionary.to_pylist()], pa.string())
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
    }
    return pa.table(columns, schema=TABLES["population"])
