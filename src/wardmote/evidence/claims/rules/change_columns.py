"""Does a table's column of changes agree with the two periods printed beside it?

"2018 | 2019 | Change" with 200, 180 and "-10%": which two columns a change is of is told by the rows that fit, and a
row is accused only where at least as many of its column's rows agree.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from wardmote.evidence.claims.columns import read_cell, read_period
from wardmote.evidence.claims.contract import Corpus, Rule, quantity
from wardmote.evidence.claims.model import Claim, Quantity, Verdict
from wardmote.evidence.claims.spans import Span, find_change_pct, judge_span, name_slip
from wardmote.evidence.claims.text import Block, Table
from wardmote.evidence.claims.wording.numbers import Number, find_numbers
from wardmote.evidence.claims.wording.periods import PeriodMention
from wardmote.evidence.claims.wording.scan import quote_text

NAME = "change_columns"
_CHANGE = re.compile(
    r"\b(?:change|difference|variance|increase|decrease|reduction)\b|\+\s?/\s?[-–−]|^%$", re.IGNORECASE
)
#: A change that is of other columns than the two periods beside it.
_OTHER = re.compile(r"\b(?:target|average|mean|baseline|quarter|month|year on year|rank|per)\b", re.IGNORECASE)
_PRIOR = re.compile(r"^(?:the )?(?:previous|prior|last year|preceding)\b", re.IGNORECASE)
_CURRENT = re.compile(r"^(?:the )?(?:current|this year|latest)\b", re.IGNORECASE)
#: So many columns of periods on both sides of a change are tried in pairs.
_NEAREST = 8
_UP = re.compile(r"increas|\brise|\brose|\bup\b|\bmore\b|higher|[↑▲⬆]", re.IGNORECASE)
_DOWN = re.compile(r"decreas|reduc|\bfall|\bfell|\bdown\b|\bfewer\b|\bless\b|lower|[↓▼⬇]|^\(.*\)$", re.IGNORECASE)
_CELL = re.compile(
    r"^\(?[↑▲⬆↓▼⬇]?\s?[+−–-]?\s?£?\d[\d,]*(?:\.\d+)?\s?(?:%|per cent|points?|pp)?\)?(?:\s?[A-Za-z↑▲⬆↓▼⬇]+){0,2}$"
)


@dataclass(frozen=True)
class Row:
    """One row's earlier and later value, and the cell that prints their change."""

    prior: Number
    current: Number
    cell: Block
    change: Number
    places: tuple[Block, Block]

    @property
    def sign(self) -> int:
        """Which way the cell says it went: -1, 1, or 0 where it does not say."""
        text = self.cell.text.strip()
        if self.change.has_sign:
            return -1 if self.change.value < 0 else 1
        return -1 if _DOWN.search(text) else 1 if _UP.search(text) else 0


def find(corpus: Corpus) -> Iterator[Claim]:
    """Yield a claim for every cell of a column of changes whose two periods stand in the same table."""
    for _, table in corpus.tables():
        header = table.header if table.header_rows else ()
        for column, head in enumerate(header):
            if column and _CHANGE.search(head) and not _OTHER.search(head):
                yield from _judge_column(table, column)


def _judge_column(table: Table, column: int) -> Iterator[Claim]:
    """Judge the rows by the pair of columns that fits most of them, if it fits half of them."""
    best: list[tuple[Row, Span, Verdict]] = []
    for prior, current in _list_pairs(table, column):
        judged = [(row, *_reckon(row)) for row in _read_rows(table, prior, current, column)]
        if _count_fits(judged) > _count_fits(best):
            best = judged
    if _count_fits(best) * 2 >= len(best) and any(_is_telling(row, verdict) for row, _, verdict in best):
        yield from (_explain(*found) for found in best)


def _is_telling(row: Row, verdict: Verdict) -> bool:
    """Whether a row that fits shows what the column is of: differences of one or two fit by chance."""
    return verdict == "ok" and (row.change.kind == "percent" or abs(row.change.value) >= 5)


def _count_fits(judged: list[tuple[Row, Span, Verdict]]) -> int:
    return sum(verdict in ("ok", "imprecise") for _, _, verdict in judged)


def _list_pairs(table: Table, column: int) -> Iterator[tuple[int, int]]:
    """The pairs of columns, earlier first, that are two periods of one length."""
    for (one, first), (two, second) in combinations(_list_dated(table, column), 2):
        if first.length == second.length and first.first != second.first:
            yield (one, two) if (first.first or 0) < (second.first or 0) else (two, one)
    priors = [at for at, head in enumerate(table.header) if _PRIOR.match(head)]
    currents = [at for at, head in enumerate(table.header) if _CURRENT.match(head)]
    if len(priors) == len(currents) == 1:
        yield priors[0], currents[0]


def _list_dated(table: Table, column: int) -> list[tuple[int, PeriodMention]]:
    """The columns headed by periods, in order; of many those nearest to the change, which is hardly of others."""
    periods = {at: read_period(head) for at, head in enumerate(table.header) if at != column}
    dated = [(at, period) for at, period in periods.items() if period and period.first is not None]
    return sorted(sorted(dated, key=lambda named: abs(named[0] - column))[:_NEAREST], key=lambda named: named[0])


def _read_rows(table: Table, prior: int, current: int, column: int) -> Iterator[Row]:
    for row in table.body:
        values = (read_cell(row[prior]), read_cell(row[current]))
        change = _read_change(row[column])
        if values[0] and values[1] and change and values[0].kind == values[1].kind and not _is_merged(row, column):
            yield Row(values[0], values[1], row[column], change, (row[prior], row[current]))


def _is_merged(row: tuple[Block, ...], column: int) -> bool:
    return any(cell is row[column] for cell in (*row[column - 1 : column], *row[column + 1 : column + 2]))


def _read_change(cell: Block) -> Number | None:
    text = cell.text.strip()
    found = [number for number in find_numbers(cell.text) if number.kind in ("count", "percent", "points", "money")]
    return found[0] if len(found) == 1 and _CELL.match(text) and not found[0].bound else None


def _reckon(row: Row) -> tuple[Span, Verdict]:
    """What the two values give, and how the printed change stands to it: difference, points or per cent."""
    difference = row.current.span - row.prior.span
    if row.change.kind != "percent":
        return difference, _judge(row, difference)
    relative = find_change_pct(row.prior.span, row.current.span)
    options = [relative] if relative else []
    if row.prior.kind == "percent":
        options.append(difference)
    judged = [(option, _judge(row, option)) for option in options]
    if not judged:
        return difference, "not_checkable"
    return min(judged, key=lambda found: ("ok", "imprecise", "contradicts", "wrong").index(found[1]))


def _judge(row: Row, found: Span) -> Verdict:
    size, step = row.change.span.abs(), row.change.step or (0.0 if row.change.kind != "percent" else 1.0)
    if row.sign == 0:
        return judge_span(size, found.abs(), step)
    verdict = judge_span(size, found.scaled(row.sign), step)
    turned = judge_span(size, found.scaled(-row.sign), step)
    return "contradicts" if verdict == "wrong" and turned == "ok" else verdict


def _explain(row: Row, found: Span, verdict: Verdict) -> Claim:
    is_percent = row.change.kind == "percent"
    shown = f"{found.middle:+,.1f}%" if is_percent else f"{found.middle:+,.10g}"
    printed = row.cell.text.strip()
    says = f"From {row.prior.text.strip()} to {row.current.text.strip()} is {shown}"
    why = {
        "ok": f"{says}, as printed.",
        "imprecise": f"{says}; {printed} is {name_slip(row.change.value, found.middle)}.",
        "contradicts": f"{says}, but “{printed}” says it went {'down' if row.sign < 0 else 'up'}.",
        "wrong": f"{says}, not {printed}; other rows of the column agree with their figures.",
        "not_checkable": "A change from nought has no percentage.",
    }[verdict]
    start, end = row.change.start, row.change.end
    return Claim(
        row.cell.place_of(start, end), quote_text(row.cell.text, start, end), "change", verdict, why, NAME,
        claimed=(quantity(row.change, "change"),),
        inputs=(quantity(row.prior, "prior"), quantity(row.current, "current")),
        recomputed=(Quantity(found.middle, "%" if is_percent else "", "change"),),
        related=tuple(cell.place_of(0, len(cell.text)) for cell in row.places),
    )  # fmt: skip


_HEAD = "| Ward | 2018 | 2019 | Change |\n|---|---|---|---|\n"

RULE = Rule(
    name=NAME,
    family="change",
    asks="Does a table's column of changes agree with the two periods printed beside it?",
    holds=_HEAD + "| Marsh Lane | 200 | 180 | -10% |\n| Castle | 150 | 165 | +10% |",
    fails=_HEAD + "| Marsh Lane | 200 | 180 | -10% |\n| Castle | 150 | 165 | +15% |",
    find=find,
    rank=30,
)
