"""Does a table's column of rates agree with its columns of counts and populations?

Which column of counts a rate is of is told by the rows that fit, and a row is accused only where at least as many of
its column's rows agree.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from wardmote.evidence.claims.columns import Item, Run, find_runs
from wardmote.evidence.claims.contract import Corpus, Rule, quantity
from wardmote.evidence.claims.model import Claim, Quantity, Verdict
from wardmote.evidence.claims.spans import Span, judge_span, name_slip
from wardmote.evidence.claims.wording.numbers import find_grain
from wardmote.evidence.claims.wording.scan import quote_text

NAME = "rate_columns"
_PER = re.compile(r"\bper\s(1,?000|10,?000|100,?000|1k|10k|100k)\b", re.IGNORECASE)
#: A rate is of one of the nearest so many columns of populations, and of counts.
_NEAREST = 6
_VALUES = {"1k": 1e3, "10k": 1e4, "100k": 1e5}
_POPULATION = re.compile(r"\b(?:population|residents|inhabitants|households|dwellings|homes)\b", re.IGNORECASE)
_OTHERWISE = re.compile(r"\b(?:standardi[sz]ed|adjusted|average|change|rank)\b|\bper\b.*\bper\b", re.IGNORECASE)


@dataclass(frozen=True)
class Row:
    """One row's rate, count and population."""

    rate: Item
    count: Item
    population: Item
    per: float

    @property
    def reckoned(self) -> Span | None:
        per = self.count.number.span.per(_widen(self.population))
        return None if per is None else per.scaled(self.per)

    @property
    def verdict(self) -> Verdict:
        number = self.rate.number
        found = self.reckoned
        return judge_span(_read_span(self.rate), found, number.step or 1.0) if found else "not_checkable"


def _widen(item: Item) -> Span:
    """A population as round as "8,000" may have been rounded: half of its last place either way."""
    half = min(find_grain(item.number.value), item.number.value / 20) / 2 if not item.number.step else 0.0
    return Span(item.number.span.low - half, item.number.span.high + half) if half > 5 else item.number.span


def _read_span(item: Item) -> Span:
    """A rate printed without decimals is rounded to a whole number."""
    number = item.number
    return number.span if number.step else Span(number.value - 0.5, number.value + 0.5)


def find(corpus: Corpus) -> Iterator[Claim]:
    """Yield a claim for every rate of a column whose counts and populations stand in the same rows."""
    for run in find_runs(corpus):
        per = _read_per(run)
        if per is not None:
            readings = [list(_list_rows(run, count, population, per)) for count, population in _list_columns(run)]
            best = max(readings, key=_count_fits, default=[])
            if best and _count_fits(best) * 2 >= len(best):
                yield from (_explain(row) for row in best)


def _read_per(run: Run) -> float | None:
    """How many residents the column's rates are of; None where the column is no column of rates."""
    head = run.head.text if run.head else ""
    match = _PER.search(head)
    if match is None or _OTHERWISE.search(head):
        return None
    printed = match[1].lower().replace(",", "")
    return _VALUES.get(printed) or float(printed)


def _list_columns(run: Run) -> Iterator[tuple[Run, Run]]:
    """The (counts, populations) that a column of rates may be of."""
    others = [other for other in run.neighbours if other.head and not _PER.search(other.head.text)]
    others.sort(key=lambda other: abs(other.column - run.column))
    populations = [other for other in others if other.head and _POPULATION.search(other.head.text)][:_NEAREST]
    counts = [other for other in others if all(item.number.kind == "count" for item in other.items)]
    for population in populations:
        yield from ((count, population) for count in counts[: _NEAREST + 1] if count is not population)


def _list_rows(run: Run, count: Run, population: Run, per: float) -> Iterator[Row]:
    counts = {item.row: item for item in count.items}
    populations = {item.row: item for item in population.items}
    for item in run.items:
        if item.row in counts and item.row in populations and populations[item.row].number.value > 0:
            yield Row(item, counts[item.row], populations[item.row], per)


def _count_fits(rows: list[Row]) -> int:
    return sum(row.verdict in ("ok", "imprecise") for row in rows)


def _explain(row: Row) -> Claim:
    number, found = row.rate.number, row.reckoned or Span.exactly(0.0)
    count, population = row.count.number, row.population.number
    unit = f"per {row.per:,.0f}"
    says = f"{count.value:,.10g} of {population.value:,.0f} is {found.middle:,.2f} {unit}"
    why = {
        "ok": f"{says}, as printed.",
        "imprecise": f"{says}; {number.text.strip()} is {name_slip(number.value, found.middle)}.",
        "wrong": f"{says}, not {number.text.strip()}; other rows of the column agree with their counts.",
        "not_checkable": "The population may be nought.",
    }[row.verdict]
    return Claim(
        row.rate.cell.place_of(number.start, number.end), quote_text(row.rate.cell.text, number.start, number.end),
        "rate", row.verdict, why, NAME,
        claimed=(Quantity(number.value, unit, "rate"),),
        inputs=(quantity(count, "count"), Quantity(population.value, "residents", "population")),
        recomputed=(Quantity(found.middle, unit, "rate"),),
        related=tuple(item.cell.place_of(0, len(item.cell.text)) for item in (row.count, row.population)),
    )  # fmt: skip


_HEAD = "| Ward | Population | Crimes | Rate per 1,000 |\n|---|---|---|---|\n"

RULE = Rule(
    name=NAME,
    family="rate",
    asks="Does a table's column of rates agree with its columns of counts and populations?",
    holds=_HEAD + "| Marsh Lane | 8,000 | 640 | 80.0 |\n| Castle | 9,000 | 450 | 50.0 |",
    fails=_HEAD + "| Marsh Lane | 8,000 | 640 | 80.0 |\n| Castle | 9,000 | 450 | 55.0 |",
    find=find,
    rank=30,
)
