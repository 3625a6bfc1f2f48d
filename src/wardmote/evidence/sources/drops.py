"""A file of a quarterly data drop: is it a table of what was asked, can nobody be recognised in it, how good is it?"""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from wardmote.evidence.definitions.duties import DropCategory
from wardmote.evidence.model.drops import DropReading
from wardmote.evidence.model.errors import Fault, UnreadableInputError
from wardmote.evidence.model.periods import Month
from wardmote.evidence.sources.cells import Cell, clean_label, clean_text
from wardmote.evidence.sources.partner import IdentifyingDataError
from wardmote.evidence.sources.partner_identity import find_identifying, find_identifying_elsewhere
from wardmote.evidence.sources.sheets import Sheet, read_sheets

#: Headings are looked for so far down: titles and notes stand above them.
_WITHIN_ROWS = 30
#: More rows than any agency's quarter has; such a file is a whole register and is loaded as a partner's data.
MOST_ROWS = 50_000
_DATE_FORMS = ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d %B %Y", "%d %b %Y", "%d-%b-%Y", "%d/%m/%y", "%m/%Y", "%B %Y")


def read_drop(path: Path, category: DropCategory, *, first_day: date, last_day: date, name: str) -> DropReading:
    """How good is this file of a category for the quarter from `first_day` to `last_day`?

    `name` is what faults call the file; headings without rows are a quarter in which nothing happened. Raises
    IdentifyingDataError with each column in which somebody could be recognised, and UnreadableInputError where it is
    no table with a row of headings that holds a date, or no row is of the quarter.
    """
    sheets = [sheet for sheet in read_sheets(path, name=name, refuse=_pass_over) if sheet.rows]
    if not sheets:
        raise UnreadableInputError("the file holds no row", where=name, expected="a row of headings and rows below it")
    sheet, index = _choose_sheet(sheets, category)
    _check_size(sheet, name)
    labels = [clean_label(cell) for cell in sheet.rows[index]] if index >= 0 else []
    columns = _find_columns(labels, category)
    days = [
        _read_day(row[at]) if at < len(row) else None for at in _only(columns["date"]) for row in _body(sheet, index)
    ]
    _check_nobody_is_known(sheets, sheet, max(index, 0), [day.year for day in days if day is not None])
    if columns["date"] is None:
        raise UnreadableInputError(
            "no heading names a date", where=sheet.where(),
            expected="one row of headings, with columns for " + ", ".join(column.name for column in category.columns),
        )  # fmt: skip
    _check_days(days, first_day, last_day, sheet.where())
    return _measure(_body(sheet, index), days, columns, first_day=first_day, last_day=last_day)


def _pass_over(_line: int, _text: str, reason: str) -> None:
    """A line that cannot be parted into cells could hold anything: the file is not taken."""
    raise UnreadableInputError(reason, where=f"row {_line}", to_do="Save the file anew from a spreadsheet program")


def _choose_sheet(sheets: Sequence[Sheet], category: DropCategory) -> tuple[Sheet, int]:
    """The sheet and row with the most of the prescribed headings; the first sheet's first row where none has a date."""
    best: tuple[int, Sheet, int] = (0, sheets[0], -1)
    for sheet in sheets:
        for index, row in enumerate(sheet.rows[:_WITHIN_ROWS]):
            found = _find_columns([clean_label(cell) for cell in row], category)
            count = sum(at is not None for at in found.values()) if found["date"] is not None else 0
            if count > best[0] and sum(bool(clean_text(cell)) for cell in row) > 1:
                best = (count, sheet, index)
    return best[1], best[2]


def _find_columns(labels: Sequence[str], category: DropCategory) -> dict[str, int | None]:
    """Where each prescribed column stands: the first heading with one of its words that no other column has taken."""
    words = [set("".join(c if c.isalnum() else " " for c in label.casefold()).split()) for label in labels]
    found: dict[str, int | None] = {}
    for column in category.columns:
        taken = set(found.values())
        wanted = set(column.headings) | {f"{heading}s" for heading in column.headings}
        found[column.name] = next((i for i, has in enumerate(words) if has & wanted and i not in taken), None)
    return found


def _check_size(sheet: Sheet, name: str) -> None:
    if len(sheet.rows) > MOST_ROWS:
        raise UnreadableInputError(
            f"the file has {len(sheet.rows):,} rows", where=name,
            expected=f"the rows of one quarter, at most {MOST_ROWS:,}",
            to_do="Give the quarter alone; a whole register is loaded among the partnership's evidence",
        )  # fmt: skip


def _check_nobody_is_known(sheets: Sequence[Sheet], sheet: Sheet, index: int, years: Sequence[int]) -> None:
    faults: list[Fault] = find_identifying(sheet, index, event_years=years)
    above = Sheet(sheet.file, sheet.name, sheet.rows[:index], sheet.lines[:index])
    for other in [above, *(one for one in sheets if one is not sheet)]:
        faults += find_identifying_elsewhere(other)
    if faults:
        raise IdentifyingDataError(
            "the file holds data in which somebody could be recognised; nothing of it was kept", faults=faults
        )


def _body(sheet: Sheet, index: int) -> list[list[Cell]]:
    return [row for row in sheet.rows[index + 1 :] if any(clean_text(cell) for cell in row)]


def _check_days(days: Sequence[date | None], first_day: date, last_day: date, where: str) -> None:
    """Headings without a row say that nothing happened; rows of which none is of the quarter are another's file."""
    if days and not any(day is not None and first_day <= day <= last_day for day in days):
        raise UnreadableInputError(
            "no row is dated within the quarter", where=where, expected=f"dates from {first_day} to {last_day}",
            to_do="Look whether it is another quarter's file, and whether the column of dates holds dates",
        )  # fmt: skip


def _only(position: int | None) -> list[int]:
    return [] if position is None else [position]


def _measure(
    body: Sequence[Sequence[Cell]],
    days: Sequence[date | None],
    columns: dict[str, int | None],
    *,
    first_day: date,
    last_day: date,
) -> DropReading:
    inside = [day for day in days if day is not None and first_day <= day <= last_day]
    counts = Counter(str(Month(day.year, day.month)) for day in inside)
    undated = sum(day is None for day in days)
    return DropReading(
        rows_count=len(body), rows_by_month=dict(sorted(counts.items())), undated_count=undated,
        outside_count=len(days) - undated - len(inside),
        blanks={name: None if at is None else _count_blank(body, at) for name, at in columns.items()},
    )  # fmt: skip


def _count_blank(body: Sequence[Sequence[Cell]], at: int) -> int:
    return sum(at >= len(row) or not clean_text(row[at]) for row in body)


def _read_day(cell: Cell) -> date | None:
    """The day that a cell names; the first of the month for a month; None for neither.

    >>> _read_day('03/08/2026 14:20'), _read_day('2026-08'), _read_day('soon')
    (datetime.date(2026, 8, 3), datetime.date(2026, 8, 1), None)
    """
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = clean_text(cell)
    short = text.split("T")[0] if text[:4].isdigit() else text
    for form in ("%Y-%m-%d", "%Y/%m/%d", "%Y-%m", *_DATE_FORMS):
        for tried in (short, short.split(" ")[0]):
            try:
                return datetime.strptime(tried, form).date()  # noqa: DTZ007 - a day has no zone
            except ValueError:
                continue
    return None
