"""Figures from small drawn tables, and the slow attacker who tries every table."""

from collections.abc import Iterator, Sequence
from itertools import product

from wardmote.evidence.disclosure import SumRelation
from wardmote.evidence.model.areas import Area
from wardmote.evidence.model.figures import Denominator, Figure
from wardmote.evidence.model.periods import Period

DISTRICT = "X06000001"
YEAR = "2025/26"


def draw_figure(
    value: float | None, *, area: str = DISTRICT, period: str = YEAR, indicator: str = "fires_count", **dims: str
) -> Figure:
    """One count of fires."""
    return Figure(
        indicator=indicator,
        area=Area(area),
        period=Period.parse(period),
        value=None if value is None else float(value),
        unit="fires",
        dimensions=tuple(dims.items()),
        numerator=None if value is None else float(value),
        source="partner",
        rows=None if value is None else int(value),
    )


def draw_rate(count: float, residents: float, *, area: str = DISTRICT) -> Figure:
    """A rate that carries no numerator, only what it is per."""
    return Figure(
        indicator="fires_rate",
        area=Area(area),
        period=Period.parse(YEAR),
        value=1000 * count / residents,
        unit="fires per 1,000 residents",
        denominator=Denominator(residents, "residents", 2025, "MYE 2025"),
        source="partner",
    )


def draw_table(text: str) -> list[Figure]:
    """A drawn table, its heads first, with a row and a column called Total.

    .     | A | B | Total
    North | 3 | 7 | 10
    Total | 9 | 8 | 17
    """
    lines = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
    heads = lines[0][1:]
    return [
        draw_figure(float(value), **name_cell(row[0], head))
        for row in lines[1:]
        for head, value in zip(heads, row[1:], strict=True)
    ]


def name_cell(row: str, column: str) -> dict[str, str]:
    """The dimensions of a cell; a total has one fewer."""
    return {name: value for name, value in (("row", row), ("column", column)) if value != "Total"}


def find(figures: Sequence[Figure], **dims: str) -> Figure:
    """The one figure with these dimensions."""
    (found,) = [figure for figure in figures if dict(figure.dimensions) == dims]
    return found


def list_possible_tables(
    known: dict[str, int | None], relations: Sequence[SumRelation], *, floor: int, most: int
) -> Iterator[dict[str, int]]:
    """Every table up to `most` a cell that fits what is published: slow, and obviously right."""
    names = {*known, *(name for r in relations for name in (r.total_id, *r.part_ids))}
    values = [_list_values(name, known, floor, most) for name in sorted(names)]
    for row in product(*values):
        table = dict(zip(sorted(names), row, strict=True))
        if all(table[r.total_id] == sum(table[part] for part in r.part_ids) for r in relations):
            yield table


def _list_values(name: str, known: dict[str, int | None], floor: int, most: int) -> range:
    if name not in known:
        return range(most + 1)
    value = known[name]
    return range(floor, most + 1) if value is None else range(value, value + 1)
