"""Do the columns of a row make the total in its last column?

"Q1 10, Q2 12, Q3 14, Q4 16, Total 52". Quarters that are printed as running totals end in the year's total instead.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from wardmote.evidence.claims.columns import Item, name_row, read_cell
from wardmote.evidence.claims.contract import Corpus, Rule
from wardmote.evidence.claims.model import Claim
from wardmote.evidence.claims.rules.total_of_column import NOT_ADDED, make_total_claim
from wardmote.evidence.claims.spans import Span
from wardmote.evidence.claims.text import Block, Table

NAME = "total_of_row"
_TOTAL = re.compile(r"^(?:(?:grand|overall|year|annual|yearly|full[ -]year|year[ -]end) )?total$|^(?:full|whole) year$",
                    re.IGNORECASE)  # fmt: skip
#: What may be counted in several columns and once in the total, or is a stock and not a flow.
_ONCE = re.compile(
    r"\b(?:unique|distinct|different|individuals?|people|clients?|victims?|offenders?|famil\w+|households?|active|open|"
    r"current\w*|caseload|satisf\w+|in treatment|at (?:the )?(?:quarter|year) end)\b", re.IGNORECASE)  # fmt: skip
#: Heads that are a total only where the quarters stand before them: "Year" may also be last year's, or an average.
_YEAR = re.compile(r"^(?:year(?:[ -]end)?|outturn|year[ -]end outturn|ytd|year to date)$", re.IGNORECASE)
_QUARTER = re.compile(r"\b(?:Q|Quarter ?|Qtr ?)[1-4]\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Row:
    """A row's parts and its total, each named by its column."""

    label: str
    parts: tuple[Item, ...]
    total: Item

    @property
    def found(self) -> Span:
        span = Span.exactly(0.0)
        for item in self.parts:
            span += item.number.span
        return span

    @property
    def fits(self) -> bool:
        return self.found.meets(self.total.number.span)

    @property
    def is_running(self) -> bool:
        """Whether the parts may be running totals: each at least the one before, the last one the total."""
        values = [item.number.value for item in self.parts]
        return values == sorted(values) and values[-1] == self.total.number.value


def find(corpus: Corpus) -> Iterator[Claim]:
    """Yield a claim for every row with a column "Total" after at least two columns of counts."""
    for _, table in corpus.tables():
        for column, head in enumerate(table.header):
            if table.header_rows and column >= 3 and _TOTAL.match(head.strip()):
                yield from _judge_table(_list_rows(table, column))
            elif table.header_rows and column >= 4 and _YEAR.match(head.strip()):
                yield from _judge_table(_list_rows(table, column, from_first_quarter=True))


def _list_rows(table: Table, column: int, *, from_first_quarter: bool = False) -> list[Row]:
    first = column
    while first > 1 and _may_be_part(table.header[first - 1]):
        first -= 1
    if from_first_quarter:
        quarters = [c for c in range(first, column) if _QUARTER.search(table.header[c])]
        if len(quarters) != 4 or quarters != list(range(column - 4, column)):
            return []
        first = quarters[0]
    rows = []
    for r, row in enumerate(table.body, start=table.header_rows):
        items = [_read(table, row, c, r) for c in range(first, column + 1)]
        label = name_row(row, first)
        whole = [item for item in items if item is not None]
        if len(whole) == len(items) >= 3 and not NOT_ADDED.search(label):
            rows.append(Row(label, tuple(whole[:-1]), replace(whole[-1], label=label)))
    return rows


def _may_be_part(head: str) -> bool:
    return bool(head.strip()) and not NOT_ADDED.search(head) and not re.search(
        r"\b(?:baseline|previous|prior|last year|no\.?|ref)\b", head, re.IGNORECASE)  # fmt: skip


def _read(table: Table, row: Sequence[Block], column: int, r: int) -> Item | None:
    number = read_cell(row[column])
    if number is None or number.kind not in ("count", "money") or row[column] is row[column - 1]:
        return None
    return Item(table.header[column], row[column], number, r)


def _judge_table(rows: Sequence[Row]) -> Iterator[Claim]:
    """A row that fits is ok; another is accused where the rest, or the names Q1 to Q4, show what is meant."""
    fits = sum(row.fits for row in rows)
    for row in rows:
        if row.fits:
            yield _claim(row, "ok")
        elif _may_be_sum(row) and not row.is_running and (_has_quarters(row) or (fits >= 2 and fits * 2 >= len(rows))):
            yield _claim(row, "inconsistent")


def _may_be_sum(row: Row) -> bool:
    """A total no larger than one of its parts is an average or a latest value; people are counted once in it."""
    values = [item.number.value for item in row.parts]
    is_short = row.total.number.value < row.found.middle
    return row.total.number.value > max(values) and not (is_short and _ONCE.search(row.label))


def _has_quarters(row: Row) -> bool:
    return len(row.parts) == 4 and all(_QUARTER.search(item.label) for item in row.parts)


def _claim(row: Row, verdict: str) -> Claim:
    claim = make_total_claim(row.total, row.parts, row.found.middle, "ok" if verdict == "ok" else "inconsistent")
    return replace(claim, rule=NAME)


_TABLE = "| Measure | Q1 | Q2 | Q3 | Q4 | Total |\n|---|---|---|---|---|---|\n| Visits | 20 | 22 | 24 | 26 | {} |"
RULE = Rule(
    name=NAME,
    family="sum",
    asks="Do the columns of a row make the total in its last column?",
    holds=_TABLE.format(92),
    fails=_TABLE.format(98),
    find=find,
)
