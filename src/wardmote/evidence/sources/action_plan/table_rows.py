"""Rows of a plan's workbook or CSV, each cell found by its column, with its place in the file for faults."""

import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from wardmote.evidence.model.errors import UnreadableInputError
from wardmote.evidence.sources.action_plan.columns import Column
from wardmote.evidence.sources.action_plan.entries import Faults, clean_words, explain_slip
from wardmote.evidence.sources.cells import Cell, Number, clean_text, parse_number, show_text
from wardmote.evidence.sources.sheets import HeaderMatch, Sheet, find_header, read_sheets
from wardmote.evidence.targets.sizes import is_sensible

LARGEST_BYTES = 50_000_000
LARGEST_UNPACKED = 300_000_000  # a plan of a thousand rows is not one of these megabytes
MOST_ROWS = 100_000
_DEFUSED = re.compile(r"'[=+\-@\t\r]")
_BRITISH_DAY = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row's cells by the names of their columns."""

    cells: Mapping[str, Cell]
    headings: Mapping[str, str]
    place: str
    faults: Faults

    def where(self, field: str) -> str:
        return f"{self.place}, column '{self.headings.get(field, field)}'"

    def refuse(self, field: str, expected: str, *, code: str) -> None:
        self.faults.add(f"'{show_text(self.text(field))}' cannot be used", self.where(field), expected=expected,
                        code=code)  # fmt: skip

    def text(self, field: str) -> str:
        """The words of a cell, without the sign that keeps a spreadsheet from taking them for a formula."""
        cell = self.cells.get(field)
        words = clean_words(cell) if isinstance(cell, str) else clean_text(cell)
        return words[1:] if _DEFUSED.match(words) else words

    def number(self, field: str) -> float | None:
        """A number, or None for nothing and for a publisher's sign; a fault for what is neither."""
        return self.sign(field).value

    def sign(self, field: str) -> Number:
        cell = self.cells.get(field)
        read = parse_number(self.text(field) if isinstance(cell, str) else cell)
        if read.problem or not (read.value is None or is_sensible(read.value)):
            slip = explain_slip(self.text(field))
            self.faults.add(slip.found, self.where(field), expected=slip.expected, to_do=slip.to_do, code="number")
            return Number(None)
        return read

    def day(self, field: str) -> date | None:
        cell = self.cells.get(field)
        if isinstance(cell, datetime):
            return cell.date()
        if isinstance(cell, date):
            return cell
        if not (text := self.text(field)):
            return None
        british = _BRITISH_DAY.fullmatch(text)
        written = f"{british[3]}-{british[2]:>02}-{british[1]:>02}" if british else text
        try:
            return date.fromisoformat(written)
        except ValueError:
            self.refuse(field, "a day as 2025-04-01 or 01/04/2025", code="date")
            return None

    def choice(self, field: str, known: Sequence[str]) -> str:
        """The word chosen, in the code's spelling; '' for nothing."""
        word = " ".join(self.text(field).casefold().replace("_", " ").split())
        if word and word not in known:
            self.refuse(field, "one of " + ", ".join(known), code="unknown_word")
            return ""
        return word

    def has_any(self, columns: Sequence[Column]) -> bool:
        return any(self.text(c.field) for c in columns)


def read_rows(sheet: Sheet, columns: Sequence[Column], needed: Sequence[str], faults: Faults) -> list[TableRow]:
    """The rows below the headings.

    Raises UnreadableInputError where no row holds the headings that are `needed`.
    """
    headings = {c.field: c.heading for c in columns}
    header = find_header(sheet, [headings[field] for field in needed])
    if header is None:
        raise UnreadableInputError(
            "the headings are not there", where=sheet.where(),
            expected="a row with " + ", ".join(f"'{headings[field]}'" for field in needed),
            to_do="Start from the template that wardmote status --template writes",
        )  # fmt: skip
    positions = {c.field: header.find(c.heading) for c in columns}
    _warn_of_headings(sheet, header, list(positions.values()), faults)
    rows = []
    for line, cells in sheet.rows_below(header):
        found = {field: cells[at] for field, at in positions.items() if at is not None}
        rows.append(TableRow(found, headings, sheet.where(line), faults))
    return rows


def _warn_of_headings(sheet: Sheet, header: HeaderMatch, known: list[int | None], faults: Faults) -> None:
    """Columns that nobody reads: a heading with a slip of the pen would else lose what was typed under it."""
    for _position, label in header.list_others(known):
        faults.warn(f"the column '{show_text(label)}' is not known and was not read", sheet.where(header.line),
                    to_do="Take the heading of the template", code="unknown_column")  # fmt: skip
    for label in header.list_repeated():
        faults.warn(f"the column '{show_text(label)}' stands twice; the first was read", sheet.where(header.line),
                    code="doubled_column")  # fmt: skip


def open_tables(path: Path, faults: Faults) -> list[Sheet]:
    """The file's sheets, bounded in size. Raises UnreadableInputError where it cannot be read, or is too large."""
    check_size(path)

    def refuse(line: int, text: str, reason: str) -> None:
        faults.add(f"{reason}: {show_text(text)}", f"{path.name}, row {line}", code="row")

    sheets = read_sheets(path, refuse=refuse)
    if any(len(sheet.rows) > MOST_ROWS for sheet in sheets):
        raise UnreadableInputError(f"there are more than {MOST_ROWS:,} rows", where=path.name,
                                   expected="an action plan")  # fmt: skip
    return sheets


def check_size(path: Path) -> None:
    """Raises UnreadableInputError for a file that is too large, packed or unpacked, before any of it is read."""
    try:
        size = path.stat().st_size
        unpacked = _sum_members(path) if path.suffix.lower() == ".xlsx" and size <= LARGEST_BYTES else 0
    except OSError as error:
        raise UnreadableInputError(f"this file cannot be read ({error.strerror or error})", where=path.name) from error
    if size > LARGEST_BYTES or unpacked > LARGEST_UNPACKED:
        raise UnreadableInputError(
            f"this file is too large for a plan ({max(size, unpacked):,} bytes)", where=path.name,
            expected=f"at most {LARGEST_BYTES:,} bytes, and {LARGEST_UNPACKED:,} unpacked",
        )  # fmt: skip


def _sum_members(path: Path) -> int:
    """How large the workbook's parts say they are; what is no zip is left to the reader, which says so."""
    try:
        with zipfile.ZipFile(path) as archive:
            return sum(member.file_size for member in archive.infolist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError):
        return 0
