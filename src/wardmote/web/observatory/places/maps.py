"""What a map shows: which value each place has, which shade that is, and the words for both."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from wardmote.evidence.interface import make_map_classes, name_set
from wardmote.web.observatory.places.numbers import (
    MISSING,
    SUPPRESSED,
    read_count,
    read_rate,
    write_count,
    write_limits,
    write_rate,
)

if TYPE_CHECKING:
    from wardmote.evidence.interface import RankedPlace, Ranking

Measure = Literal["rate", "steadied", "count"]
Sort = Literal["name", "value", "count"]
#: What can be shown, with the words of the choice.
MEASURES: dict[Measure, str] = {
    "rate": "Rate", "steadied": "Rate, steadied for small numbers", "count": "Count",
}  # fmt: skip
SORTS: tuple[Sort, ...] = ("value", "name", "count")
LETTERS = "ABCDEFG"


@dataclass(frozen=True, slots=True)
class MapRow:
    """One place in the list and on the map, its value as it is printed.

    `shade` is a class's number, or "missing" or "suppressed".
    """

    code: str
    name: str
    value: float | None
    shown: str
    limits: str
    count: float | None
    count_shown: str
    shade: str
    letter: str
    words: str

    @property
    def state(self) -> Literal["actual", "missing", "suppressed"]:
        """Whether there is a value, and if not, whether it is withheld."""
        if self.value is not None:
            return "actual"
        return "suppressed" if self.shade == "suppressed" else "missing"


@dataclass(frozen=True, slots=True)
class Shade:
    """One line of the key. `sign` is a letter, or which way the lines run for places without a value."""

    sign: str
    colour: str
    text: str
    places: int


@dataclass(frozen=True, slots=True)
class MapReading:
    """The map in all its parts: rows in the order asked, the key from the highest class down."""

    measure: Measure
    unit: str
    rows: tuple[MapRow, ...]
    key: tuple[Shade, ...]
    colours: tuple[str, ...]


def list_measures(ranking: "Ranking") -> tuple[Measure, ...]:
    """What can be shown of these places, what to begin with at the head: rates, where most places have one."""
    steadied = ("steadied",) if any(row.steadied is not None for row in ranking.rows) else ()
    rates: tuple[Measure, ...] = ("rate", *steadied) if ranking.has_most_rates else ()
    return (*rates, "count")


def read_map(ranking: "Ranking", measure: Measure, *, sort: Sort, count_unit: str) -> MapReading:
    """The map of these places by that measure."""
    values = {row.code: _find_value(row, measure) for row in ranking.rows}
    read = read_count if measure == "count" else read_rate  # classed as it is printed, so that key and table agree
    values = {code: None if value is None else read(value) for code, value in values.items()}
    held = [value for value in values.values() if value is not None]
    classes, colours = make_map_classes(held) if held else (None, ())
    unit = count_unit if measure == "count" else ranking.unit
    rows = []
    for row in ranking.rows:
        value = values[row.code]
        place = None if value is None or classes is None else classes.find_class(value)
        rows.append(_describe_row(row, value, place=place, measure=measure, unit=unit))
    counted = zip(classes.titles, classes.counts, colours, strict=True) if classes else ()
    key = [Shade(LETTERS[at], colour, text, count) for at, (text, count, colour) in enumerate(counted)]
    return MapReading(measure, unit, _sort(rows, sort), (*reversed(key), *_list_absences(rows)), colours)


def _find_value(row: "RankedPlace", measure: Measure) -> float | None:
    return {"rate": row.rate, "steadied": row.steadied, "count": row.count}[measure]


def _describe_row(row: "RankedPlace", value: float | None, *, place: int | None, measure: Measure, unit: str) -> MapRow:
    mark = SUPPRESSED if row.is_suppressed else MISSING
    shown = mark if value is None else write_count(value) if measure == "count" else write_rate(value)
    limits = write_limits(row.low, row.high) if measure == "rate" else ""
    count = mark if row.count is None else write_count(row.count)
    shade = str(place) if place is not None else "suppressed" if row.is_suppressed else "missing"
    letter = LETTERS[place] if place is not None else "\N{EN DASH}"
    return MapRow(
        row.code, row.name, value, shown, limits, row.count, count, shade, letter,
        _say_row(row, value, shown=shown, limits=limits, unit=unit, letter=letter),
    )  # fmt: skip


def _say_row(row: "RankedPlace", value: float | None, *, shown: str, limits: str, unit: str, letter: str) -> str:
    if value is None:
        counted = f"; {write_count(row.count)} counted" if row.count is not None else ""
        return f"{row.name}: no value, {'withheld' if row.is_suppressed else row.why or 'not held'}{counted}."
    interval = f" (95% interval {limits})" if limits else ""
    counted = "" if row.count is None or shown == write_count(row.count) else f", {write_count(row.count)} counted"
    return f"{row.name}: {shown} {unit}{interval}{counted}. Class {letter}."


def _list_absences(rows: list[MapRow]) -> list[Shade]:
    """Lines rising for what is not held, falling for what is withheld."""
    kinds = (("missing", "No value: not held or no residents known"), ("suppressed", "Withheld to protect people"))
    found = [(kind, text, sum(row.shade == kind for row in rows)) for kind, text in kinds]
    return [Shade(kind, "", text, count) for kind, text, count in found if count]


def _sort(rows: list[MapRow], sort: Sort) -> tuple[MapRow, ...]:
    if sort == "name":
        return tuple(sorted(rows, key=lambda r: (r.name.casefold(), r.code)))
    amounts = {row.code: row.count if sort == "count" else row.value for row in rows}

    def place(row: MapRow) -> Any:
        amount = amounts[row.code]
        return (amount is None, -(amount or 0), row.name.casefold(), row.code)

    return tuple(sorted(rows, key=place))


def say_unlocated(ranking: "Ranking") -> str:
    """What share of the area's rows no place holds: it is on no map."""
    total = ranking.total.value if ranking.total else None
    if not ranking.unplaced or not total:
        return ""
    share = 100 * ranking.unplaced / total
    return (
        f"{write_count(ranking.unplaced)} of {write_count(total)} ({share:.1f}%) could not be placed in any of them "
        "and are on no map."
    )


def name_map(ranking: "Ranking", indicator_title: str) -> str:
    places = name_set(ranking.area_set) if ranking.area_set else "areas"
    return f"{indicator_title}: {places} in {ranking.title}"
