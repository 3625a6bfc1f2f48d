"""One way to read any published table: xlsx or ods workbooks and csv files, plain or gzipped.

    for sheet in read_sheets(path):
        header = find_header(sheet, ["Area Code", re.compile("^Total")])
        for line, row in sheet.rows_below(header): ...

Row numbers are those a person sees: of the workbook's row, or the line of the csv on which the row begins.
"""

import csv
import gzip
import io
import re
import zlib
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, cast

from wardmote.evidence.model.errors import UnreadableInputError
from wardmote.evidence.sources.cells import Cell, Number, clean_label, clean_text, parse_number
from wardmote.evidence.sources.csv_records import Refuse, find_control, iterate_records
from wardmote.evidence.sources.workbook_extent import PUBLISHED_LIMITS, check_workbook

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

__all__ = [
    "Cell", "HeaderMatch", "Number", "Sheet", "SheetStream", "clean_label", "clean_text", "find_header",
    "is_table_file", "join_header_rows", "open_sheets", "parse_number", "read_sheets",
]  # fmt: skip

WORKBOOK_ENDINGS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
TEXT_ENDINGS = (".csv", ".tsv", ".txt")
type Row = list[Cell]
#: A heading to look for: its text, a pattern that is searched in it, or several texts of which any will do.
type Heading = str | re.Pattern[str] | tuple[str, ...]
_CHUNK_BYTES = 1 << 20
_NULS_OF_TEXT = 0.01  # a stray NUL costs its row; a file that has more than this share of them is no text


@dataclass(frozen=True, slots=True)
class SheetStream:
    """A sheet whose rows are read as they are asked for, once; for files of tens of megabytes."""

    file: str
    name: str
    numbered_rows: Iterator[tuple[int, Row]]


@dataclass(frozen=True, slots=True)
class HeaderMatch:
    """Where the headings stand. `columns` gives the position of each required heading, in the order asked."""

    index: int
    line: int
    labels: tuple[str, ...]
    columns: tuple[int, ...]

    def find(self, heading: Heading) -> int | None:
        """The position of another heading, or None."""
        return _find_label(self.labels, heading)

    def list_others(self, known: Collection[int | None]) -> tuple[tuple[int, str], ...]:
        """Position and text of each heading beside the known ones; of one that stands twice the first."""
        firsts: dict[str, int] = {}
        taken = {self.labels[position] for position in known if position is not None}
        for position, label in enumerate(self.labels):
            if label and label not in taken:
                firsts.setdefault(label, position)
        return tuple((position, label) for label, position in firsts.items())

    def list_repeated(self) -> tuple[str, ...]:
        """Headings that stand more than once: their second columns are read by nobody."""
        return tuple(label for label, count in Counter(self.labels).items() if label and count > 1)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet's rows, ragged as they came. A csv is one sheet without a name; `lines` are the rows' numbers."""

    file: str
    name: str
    rows: list[Row]
    lines: Sequence[int]

    def where(self, line: int | None = None, column: str = "") -> str:
        """The place in words: "tables.xlsx, sheet 'Table C2', row 12, column 'Robbery'"."""
        parts = [self.file] + ([f"sheet '{self.name}'"] if self.name else [])
        parts += [f"row {line}"] if line is not None else []
        return ", ".join(parts + ([f"column '{column}'"] if column else []))

    def rows_below(self, header: HeaderMatch) -> Iterator[tuple[int, Row]]:
        """Each row under the headings that holds anything, with its number, filled up to the headings' width."""
        width = len(header.labels)
        for line, row in zip(self.lines[header.index + 1 :], self.rows[header.index + 1 :], strict=True):
            if any(clean_text(c) for c in row):
                yield line, row + [None] * (width - len(row))


def is_table_file(path: Path) -> bool:
    """Does the name say that this is a workbook or a csv, gzipped or not?"""
    return path.name.lower().removesuffix(".gz").endswith(WORKBOOK_ENDINGS + TEXT_ENDINGS)


def _stop_at(label: str) -> Refuse:
    """For readers that cannot set a line aside: the first bad one ends the reading."""

    def stop(line: int, _text: str, reason: str) -> None:
        raise UnreadableInputError(reason, where=f"{label}, row {line}", to_do="Mend the line, or download it again")

    return stop


def read_sheets(
    path: Path,
    *,
    name: str | None = None,
    wanted: Callable[[str], bool] = lambda _title: True,
    refuse: Refuse | None = None,
) -> list[Sheet]:
    """Read a file's sheets whole; `name` is how messages call the file, `wanted` chooses sheets by trimmed name.

    `refuse` is told of each line that cannot be parted into cells or holds control signs; without it the first such
    line makes the file unreadable. Raises UnreadableInputError where the file is not what its name says, is cut off, or
    is neither UTF-8 nor CP1252.
    """
    return [_read_whole(stream) for stream in open_sheets(path, name=name, wanted=wanted, refuse=refuse)]


def open_sheets(
    path: Path,
    *,
    name: str | None = None,
    wanted: Callable[[str], bool] = lambda _title: True,
    refuse: Refuse | None = None,
) -> Iterator[SheetStream]:
    """Read a file's sheets one after another, each row as it is asked for. Raises as `read_sheets` does."""
    label = name or path.name
    with _explaining(label):
        yield from _open_any(path, label, wanted, refuse or _stop_at(label))


@contextmanager
def _explaining(label: str) -> Iterator[None]:
    """What goes wrong inside, said as a fault of the file."""
    try:
        yield
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise UnreadableInputError(
            f"this gzip file is cut off or damaged ({error})", where=label, to_do="Download it again"
        ) from error
    except OSError as error:
        raise UnreadableInputError(f"this file cannot be read ({error.strerror or error})", where=label) from error
    except csv.Error as error:
        raise UnreadableInputError(
            f"this is not a csv that can be read ({error})",
            where=label,
            to_do="Look for a quotation mark that is not closed",
        ) from error


def find_header(sheet: Sheet, required: Sequence[Heading], *, within: int = 60) -> HeaderMatch | None:
    """On which of the first rows do all these headings stand? None where no row has them all.

    Headings are compared on one line, without note marks and without regard to case, so note lines above, line breaks
    and trailing blanks do not matter.
    """
    for index, row in enumerate(sheet.rows[:within]):
        labels = tuple(clean_label(c) for c in row)
        found = [_find_label(labels, heading) for heading in required]
        if all(position is not None for position in found):
            return HeaderMatch(index, sheet.lines[index], labels, cast(tuple[int, ...], tuple(found)))
    return None


def join_header_rows(upper: Sequence[Cell], lower: Sequence[Cell]) -> tuple[str, ...]:
    """One heading for each column of a two-row header: a group's name holds until the next one begins.

    >>> join_header_rows(['', 'Land type', ''], ['Year', 'Highway', 'Railway'])
    ('Year', 'Land type: Highway', 'Land type: Railway')
    """
    labels, group = [], ""
    for position, cell in enumerate(lower):
        group = (clean_label(upper[position]) if position < len(upper) else "") or group
        label = clean_label(cell)
        labels.append(f"{group}: {label}" if group and label else label or group)
    return tuple(labels)


def _find_label(labels: Sequence[str], heading: Heading) -> int | None:
    if isinstance(heading, re.Pattern):
        return next((i for i, label in enumerate(labels) if heading.search(label)), None)
    names = {clean_label(n).casefold() for n in ((heading,) if isinstance(heading, str) else heading)}
    return next((i for i, label in enumerate(labels) if label.casefold() in names), None)


def _read_whole(stream: SheetStream) -> Sheet:
    lines: list[int] = []
    rows: list[Row] = []
    for line, row in stream.numbered_rows:
        lines.append(line)
        rows.append(row)
    return Sheet(stream.file, stream.name, rows, lines)


def _open_any(path: Path, label: str, wanted: Callable[[str], bool], refuse: Refuse) -> Iterator[SheetStream]:
    ending = path.name.lower().removesuffix(".gz")
    if ending.endswith(WORKBOOK_ENDINGS):
        return _open_workbook(path, label, wanted, refuse)
    return iter([SheetStream(label, "", _iterate_csv(path, label, refuse))])


def _open_bytes(path: Path) -> IO[bytes]:
    return cast(IO[bytes], gzip.open(path) if path.name.lower().endswith(".gz") else path.open("rb"))


# -- workbooks ------------------------------------------------------------------------------------------------
def _open_workbook(path: Path, label: str, wanted: Callable[[str], bool], refuse: Refuse) -> Iterator[SheetStream]:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    with _open_bytes(path) as stream:
        content = stream.read(PUBLISHED_LIMITS.unpacked_bytes)
    check_workbook(content, label=label, limits=PUBLISHED_LIMITS)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        for title in book.sheet_names:
            if wanted(title.strip()):
                yield SheetStream(label, title.strip(), _iterate_page(book.get_sheet_by_name(title), refuse))
    except PasswordError as error:
        raise UnreadableInputError(
            "this workbook is protected by a password", where=label, to_do="Save it without one"
        ) from error
    except CalamineError as error:
        raise UnreadableInputError(
            f"this is not a workbook that can be read ({error})",
            where=label,
            expected="an xlsx or ods file",
            to_do="Download it again, or open it in a spreadsheet program and save it anew",
        ) from error


def _iterate_page(page: "CalamineSheet", refuse: Refuse) -> Iterator[tuple[int, Row]]:
    """Rows and columns that are empty at the top stay, or row numbers would not be those a person sees."""
    indent: Row = [""] * (page.start[1] if page.start else 0)
    for line, row in enumerate(page.iter_rows(), start=1):
        strange = [c for c in row if isinstance(c, str) and not c.isprintable()]
        if sign := next((s for text in strange if (s := find_control(text))), ""):
            refuse(line, " ".join(map(clean_text, cast(Row, row))), f"the row holds the control sign {sign}")
            continue
        yield line, indent + cast(Row, row)


# -- csv ------------------------------------------------------------------------------------------------------
def _iterate_csv(path: Path, label: str, refuse: Refuse) -> Iterator[tuple[int, Row]]:
    with _explaining(label):
        encoding = _detect_encoding(path, label)
        with io.TextIOWrapper(_open_bytes(path), encoding=encoding, newline="") as text:
            for line, row in iterate_records(text, refuse):
                yield line, list(row)


def _detect_encoding(path: Path, label: str) -> str:
    """UTF-8 where the whole file is, else CP1252, which is what Excel saves in Britain."""
    with _open_bytes(path) as stream:
        start = stream.read(4)
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if start.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\x1f\x8b", b"%PDF")):
        raise UnreadableInputError(
            "this is not a text file, whatever its name says",
            where=label,
            expected="a csv",
            to_do="Give the file the ending that fits what it is, or save it as csv",
        )
    for encoding in ("utf-8-sig", "cp1252"):
        if _can_decode(path, encoding):
            return encoding
    raise UnreadableInputError(
        "this is not a text file, or its letters are written in a way that is not known",
        where=label,
        expected="UTF-8 or Windows-1252 text",
        to_do="Open it in a spreadsheet program and save it as 'CSV UTF-8'",
    )


def _can_decode(path: Path, encoding: str) -> bool:
    nuls = length = 0
    with io.TextIOWrapper(_open_bytes(path), encoding=encoding, newline="") as text:
        try:
            while chunk := text.read(_CHUNK_BYTES):
                nuls, length = nuls + chunk.count("\0"), length + len(chunk)
        except UnicodeDecodeError:
            return False
    return nuls <= length * _NULS_OF_TEXT
