"""Which columns of numbers does a table print, under which head and beside which names?

Reports lay several small tables under one another in one grid ("Level of crime", then a series of years, then twelve
months). A run is what a reader sees as one of them: rows one below the other whose cells each hold one number.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from wardmote.evidence.claims.contract import Corpus
from wardmote.evidence.claims.text import Block, Table
from wardmote.evidence.claims.wording.numbers import Number, find_grain, find_numbers
from wardmote.evidence.claims.wording.periods import PeriodMention, find_periods
from wardmote.evidence.claims.wording.scan import Scanned

_BARE = re.compile(r"^[£+-]?\s?\d[\d,]*(?:\.\d+)?\s?(?:%|per\s?cent|k|m|million|thousand)?\s?\*?$", re.IGNORECASE)
_TOTAL = re.compile(r"^(?:grand |overall |year(?:'s|’s)? |annual |yearly )?total\b", re.IGNORECASE)
_SUBTOTAL = re.compile(r"\bsub[\s-]?total\b|^(?:all|total)\b|\btotal$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Item:
    """One row of a run: what names it, the cell that holds its number, and the number."""

    label: str
    cell: Block
    number: Number
    row: int

    @property
    def is_total(self) -> bool:
        return _TOTAL.search(self.label.strip()) is not None

    @property
    def is_subtotal(self) -> bool:
        return _SUBTOTAL.search(self.label.strip()) is not None


@dataclass(frozen=True)
class Run:
    """Rows one below the other in one column of a table, each with one number, and the cell that heads them."""

    scanned: Scanned
    table: Table
    column: int
    head: Block | None
    items: tuple[Item, ...]
    is_whole: bool = True  # no row of it holds something that is no number ("<5", "n/a")

    @property
    def title(self) -> str:
        """What names the column: the head and the table's caption."""
        return " ".join(filter(None, (self.head.text if self.head else "", self.table.caption)))

    @cached_property
    def neighbours(self) -> tuple["Run", ...]:
        """The runs in the other columns beside the same rows."""
        rows = self._row_bits
        needed = rows.bit_count()
        return tuple(
            run for run in list_runs(self.scanned, self.table)
            if run.column != self.column and (rows & run._row_bits).bit_count() * 2 >= needed
        )  # fmt: skip

    @cached_property
    def _row_bits(self) -> int:
        """A bit for each row of the table that the run has: wide tables compare every run with every other."""
        return sum(1 << item.row for item in self.items)

    @cached_property
    def periods(self) -> tuple[PeriodMention | None, ...]:
        """The stretch of time that names each row; None where a row is named by something else."""
        return tuple(read_period(item.label) for item in self.items)

    @cached_property
    def grain(self) -> float:
        """The finest place to which all the run's numbers were rounded: 100 for 16,500, 17,000, 20,000."""
        grains = [item.number.step or find_grain(item.number.value) for item in self.items if item.number.value]
        return min(grains, default=1.0)

    @property
    def is_rounded(self) -> bool:
        """Whether the numbers were evidently rounded, or read off a chart: long, and all on a coarse grain."""
        return self.grain >= 10 and len(self.items) >= 3

    @property
    def key(self) -> tuple[object, ...]:
        """What makes two printings of one table alike."""
        return (self.scanned.name, *((item.label, item.number.value) for item in self.items))


@lru_cache(maxsize=65_536)
def read_period(label: str) -> PeriodMention | None:
    """The one period that a row's or column's name is, if it is one.

    >>> read_period("Apr 14 - Mar 15").length, read_period("Apr-15").length, read_period("River")
    (12, 1, None)
    """
    found = find_periods(label.strip())
    if not found:
        joined = re.sub(r"^([A-Za-z]{3,9})\s?-\s?(\d\d(?:\d\d)?)$", r"\1 \2", label.strip())
        found = find_periods(joined)
        label = joined
    if len(found) != 1 or len(found[0].text) < 0.6 * len(label.strip()):
        return None
    return found[0]


def find_runs(corpus: Corpus) -> Iterator[Run]:
    """Yield every run of at least two rows of every table, each printing once.

    A table written twice (as a chart's data and again as plain rows) gives two runs with the same `key`.
    """
    for scanned, table in corpus.tables():
        yield from list_runs(scanned, table)


def list_runs(scanned: Scanned, table: Table) -> tuple[Run, ...]:
    """The runs of one table, column by column; read once, then kept with the document."""
    known = scanned.runs.get(id(table))
    if known is None:
        width = len(table.rows[0]) if table.rows else 0
        runs = tuple(run for column in range(1, width) for run in _list_column(scanned, table, column))
        known = scanned.runs[id(table)] = table, runs  # kept together, so that no other table can take its identity
    return known[1]


def _list_column(scanned: Scanned, table: Table, column: int) -> Iterator[Run]:
    items: list[Item] = []
    head: Block | None = None
    is_whole = True
    for r, row in enumerate(table.rows):
        item = _read_item(row, column, r)
        if item is not None:
            items.append(item)
        elif _is_hidden(row[column].text) and row[0].text and (items or r >= table.header_rows):
            is_whole = False  # a hidden or missing value: the run goes on, but cannot be added up
        elif items and _is_part(row[column].text):
            is_whole = False
        else:
            if len(items) >= 2:
                yield Run(scanned, table, column, head, tuple(items), is_whole)
            items, is_whole = [], True
            head = row[column] if row[column].text else None
    if len(items) >= 2:
        yield Run(scanned, table, column, head, tuple(items), is_whole)


def _read_item(row: tuple[Block, ...], column: int, r: int) -> Item | None:
    cell = row[column]
    label = name_row(row, column)
    number = read_cell(cell)
    if number is None or not label or (column and row[column - 1] is cell):
        return None
    return Item(label, cell, number, r)


def name_row(row: tuple[Block, ...], column: int) -> str:
    """What names a row: its first cell left of the column that is neither empty nor only a number."""
    for cell in row[:column]:
        text = cell.text.strip()
        if text and cell is not row[column] and not re.fullmatch(r"[\d.,%£\s()]+", text):
            return text
    first = row[0].text.strip()
    return first if first and row[0] is not row[column] and read_period(first) else ""


def read_cell(cell: Block) -> Number | None:
    """The one number that a cell holds, if it holds nothing else."""
    text = cell.text.strip()
    return _read_bare(text) if _BARE.match(text) else None


@lru_cache(maxsize=65_536)
def _read_bare(text: str) -> Number | None:
    found = [number for number in find_numbers(text) if number.kind in ("count", "percent", "money", "label")]
    if len(found) != 1:
        return None
    number = found[0]
    return _as_count(number) if number.kind == "label" else number


def _as_count(number: Number) -> Number | None:
    """In a cell alone, digits that read like a year ("1990") are as likely a count: nothing is said of them."""
    return None if 1950 <= number.value <= 2099 else number


def _is_hidden(text: str) -> bool:
    hidden = r"[<>≤≥~*†.-]+\s?\d*|[–—-]|n/?[ak]|x|c|s|not (?:available|known|yet).*"
    return re.fullmatch(hidden, text.strip(), re.IGNORECASE) is not None


def _is_part(text: str) -> bool:
    """An empty cell or a number with words in it: the run goes on, but cannot be added up."""
    return bool(re.match(r"^\W*\d", text.strip())) and len(text) < 30


def is_sum_of_neighbours(parts: Sequence[Item], index: int) -> bool:
    """Whether a row is the sum of two or more rows straight before or after it."""
    value = parts[index].number.value
    for way in (-1, 1):
        found, at = 0.0, index + way
        while 0 <= at < len(parts):
            found += parts[at].number.value
            if found >= value:
                break
            at += way
        if value > 0 and found == value and abs(at - index) >= 2 and 0 <= at < len(parts):
            return True
    return False
