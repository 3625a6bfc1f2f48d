"""Rows of a partner's file that were refused: of which months, areas and kinds do the figures lack something?"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import pyarrow as pa

from wardmote.evidence.model.errors import Fault
from wardmote.evidence.model.periods import Month
from wardmote.evidence.sources.contract import TABLES
from wardmote.evidence.sources.partner_mapping import PartnerMapping
from wardmote.evidence.sources.partner_rows import PartnerRow, RefusedRow, read_refused_month
from wardmote.evidence.sources.sheets import Sheet

#: So large a part of a month's rows (%), where each row is one item, may be refused before its figures are missing:
#: where a place is noted by hand, a few in a hundred have none.
MOST_REFUSED_PCT = 5


@dataclass(slots=True)
class Lost:
    """The refused rows of one file: those whose month can be read, and how many others there are.

    `few` says how many were refused in months that lack no more than `MOST_REFUSED_PCT` of their items.
    """

    rows: list[RefusedRow] = field(default_factory=list)
    undated_count: int = 0
    few: dict[Month, int] = field(default_factory=dict)

    def note(self, row: RefusedRow | None) -> None:
        if row is None:
            return
        if row.month is None:
            self.undated_count += 1
        else:
            self.rows.append(row)

    def note_ragged(self, sheet: Sheet, whole: Sheet, index: int, position: int, mapping: PartnerMapping) -> None:
        """Rows with a cell too many or too few: their month at most can be believed."""
        kept = set(whole.lines)
        for line, cells in zip(sheet.lines[index + 1 :], sheet.rows[index + 1 :], strict=True):
            if line not in kept:
                self.note(read_refused_month(line, cells[position] if position < len(cells) else None, mapping))

    def set_few_aside(self, kept: Mapping[Month, int]) -> None:
        """Where each row is one item: a month that lacks a few of many keeps its figures, and they say so.

        `kept`: the rows that were taken, by month.
        """
        refused = Counter(row.month for row in self.rows)
        self.few = {
            month: count
            for month, count in refused.items()
            if month is not None and count * 100 <= MOST_REFUSED_PCT * (count + kept.get(month, 0))
        }
        self.rows = [row for row in self.rows if row.month not in self.few]

    def forget_what_nobody_listed(self, placed: Sequence[tuple[PartnerRow, str]], mapping: PartnerMapping) -> None:
        """Keep of a refused row no word of its own: kinds and areas that a list or a row that was taken has as well."""
        areas, kinds = {code for _, code in placed}, {row.category for row, _ in placed}
        are_listed, are_codes = all(c.values for c in mapping.categories), mapping.area.area_set.kind != "custom"
        self.rows = [
            replace(
                row,
                area=row.area if are_codes or row.area in areas else "",
                category=row.category if are_listed or row.category in kinds else "",
            )
            for row in self.rows
        ]


def describe_lost(lost: Mapping[Month, Lost], undated: int, mapping: PartnerMapping) -> pa.Table:
    """A row for each refused row of each month, and one of line 0 with the counts of those that are not told apart."""
    rows = []
    for month, one in sorted(lost.items()):
        refused = [row for row in one.rows if row.month == month]
        rows += [
            _describe(mapping, month, RefusedRow(0, month), undated_count=undated, few_count=one.few.get(month, 0))
        ]
        rows += [_describe(mapping, month, row) for row in refused]
    return pa.Table.from_pylist(rows, TABLES["partner_refusals"])


def _describe(
    mapping: PartnerMapping, month: Month, row: RefusedRow, *, undated_count: int = 0, few_count: int = 0
) -> dict[str, object]:
    return {
        "dataset": mapping.dataset, "month": date(month.year, month.number, 1),
        "area_set": str(mapping.area.area_set), "area_code": row.area, "category": row.category,
        "line": row.line, "undated_count": undated_count, "few_count": few_count,
    }  # fmt: skip


def warn_of_lost(lost: Mapping[Month, Lost], undated: int, mapping: PartnerMapping) -> Iterable[Fault]:
    """What a refused row takes from the figures: those of its month, or the trust in all of them."""
    months = sorted({row.month for one in lost.values() for row in one.rows if row.month in lost and row.month})
    if months:
        yield _warn(
            f"{', '.join(map(str, months))}: rows were refused; figures that would count them are missing, not smaller",
            mapping, "months_refused",
        )  # fmt: skip
    if few := sum(one.few.get(month, 0) for month, one in lost.items()):
        found = f"{_say_rows(few)} refused in months that lack no more than {MOST_REFUSED_PCT}% of their rows"
        yield _warn(f"{found}; figures say so", mapping, "few_refused")
    if undated:
        found = f"{_say_rows(undated)} refused whose month cannot be read; every month of this load may lack something"
        yield _warn(found, mapping, "undated_refused")


def _say_rows(count: int) -> str:
    return "1 row was" if count == 1 else f"{count} rows were"


def _warn(found: str, mapping: PartnerMapping, code: str) -> Fault:
    return Fault(
        found, where=mapping.where, severity="warning", code=code,
        to_do="Mend the rows that the reasons above name, or remove what is no record, and load the file again",
    )  # fmt: skip
