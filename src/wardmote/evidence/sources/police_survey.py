"""Is a police file whole, in which encoding is it written, and what does its first line say?

One pass over the bytes, before the engine sees them: it takes the checksum, counts the lines, unpacks gzip into scratch
and finds what would make the engine stumble. Only a file that needs it is written anew.
"""

import codecs
import csv
import difflib
import gzip
import hashlib
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

import numpy as np

from wardmote.evidence.model.errors import Fault
from wardmote.evidence.sources.cells import show_text
from wardmote.evidence.sources.inputs import hash_file
from wardmote.evidence.sources.police_files import PoliceFile, explain_no_table, explain_other_kind
from wardmote.evidence.sources.police_kinds import PoliceKind

PASSED_OVER = ("other_kind", "no_police_file")
_CHUNK_BYTES = 1 << 18  # fits the processor's cache between the passes over it
_HEADER_BYTES = 1 << 16
_NEWLINE, _RETURN = b"\n\r"
_DELIMITERS = {";": "semicolons", "\t": "tabs", "|": "bars"}
# Bytes that Windows-1252 leaves undefined stand for the control signs of Latin-1, so that no byte is lost.
_CP1252 = "".join(bytes([b]).decode("cp1252", errors="ignore") or chr(b) for b in range(256))
_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_MARKS_OF_KINDS = {"street": "Crime type", "outcomes": "Outcome type", "stop-and-search": "Object of search"}


@dataclass(slots=True)
class Survey:
    """What is known of one file before its rows are read.

    `text` is the plain UTF-8 file for the engine; `positions` gives the place of each column of the kind, None for an
    optional one that is absent; `is_irregular` asks for reading line by line (mixed line ends, odd quotes).
    """

    file: PoliceFile
    sha256: str
    size_bytes: int
    text: Path
    lines: int = 0
    header: tuple[str, ...] = ()
    positions: dict[str, int | None] = field(default_factory=dict)
    is_irregular: bool = False
    is_readable: bool = False
    faults: list[Fault] = field(default_factory=list)

    @property
    def is_refused(self) -> bool:
        return any(f.severity == "error" or f.code in PASSED_OVER for f in self.faults)

    @property
    def is_passed_over(self) -> bool:
        """Is it no file of this kind? Then it is no input of the load."""
        return not self.is_readable and all(f.code in PASSED_OVER for f in self.faults)

    @property
    def where(self) -> str:
        return self.file.name

    def complain(self, found: str, expected: str = "", to_do: str = "", *, rows: int = 0, code: str = "") -> None:
        self.faults.append(Fault(found, where=self.where, expected=expected, to_do=to_do, rows=rows, code=code))

    def warn(self, found: str, to_do: str = "", *, code: str) -> None:
        self.faults.append(Fault(found, where=self.where, to_do=to_do, severity="warning", code=code))


@dataclass(slots=True)
class _Bytes:
    """What the pass over the bytes counted."""

    newlines: int = 0
    carriage_returns: int = 0
    pairs: int = 0
    quotes: int = 0
    last: int = _NEWLINE
    is_utf8: bool = True
    decoder: codecs.IncrementalDecoder = field(default_factory=codecs.getincrementaldecoder("utf-8"))

    def add(self, chunk: bytes) -> None:
        self.newlines += int(np.count_nonzero(np.frombuffer(chunk, np.uint8) == _NEWLINE))
        returns = chunk.count(b"\r") if b"\r" in chunk else 0  # looking for a rare sign is far faster than counting
        self.carriage_returns += returns
        if returns or self.last == _RETURN:
            self.pairs += chunk.count(b"\r\n") + (self.last == _RETURN and chunk[:1] == b"\n")
        self.quotes += chunk.count(b'"') if b'"' in chunk else 0
        self.last = chunk[-1]
        self._check_utf8(chunk)

    def _check_utf8(self, chunk: bytes) -> None:
        if not self.is_utf8 or (chunk.isascii() and not self.decoder.getstate()[0]):
            return
        try:
            self.decoder.decode(chunk)
        except UnicodeDecodeError:
            self.is_utf8 = False

    @property
    def lines(self) -> int:
        return self.newlines + (self.last != _NEWLINE)

    @property
    def is_irregular(self) -> bool:
        mixed = self.carriage_returns != self.pairs or self.pairs not in (0, self.newlines)
        return mixed or self.quotes % 2 == 1


def survey_file(file: PoliceFile, kind: PoliceKind, target: Path) -> Survey:
    """Look at one file. `target` is where it may be unpacked or written anew; what cannot be read has a fault."""
    with file.path.open("rb") as stream:
        start = stream.read(2)
    survey = Survey(file, "", file.path.stat().st_size, file.path)
    if survey.size_bytes == 0:
        survey.sha256 = hash_file(file.path)
        survey.complain("this file is empty", f"the columns of {kind.title}", "Download it again", code="empty")
        return survey
    if start != b"\x1f\x8b" and file.path.name.lower().endswith(".gz"):
        survey.sha256 = hash_file(file.path)
        survey.complain(
            "this is no gzip file, whatever its name says; nothing of it was loaded",
            "a gzip file",
            "Take '.gz' off its name if it is a csv, or download it again",
            code="no_gzip",
        )
        return survey
    counted = _unpack_gzip(survey, target) if start == b"\x1f\x8b" else _read_plain(survey)
    if counted is None:
        return survey
    if start in _UTF16_MARKS or not counted.is_utf8:
        counted = _write_as_utf8(survey, target.with_suffix(".utf8"), start)
    survey.lines, survey.is_irregular = max(counted.lines - 1, 0), counted.is_irregular
    _read_header(survey, kind)
    return survey


def _read_plain(survey: Survey) -> _Bytes:
    counted, digest = _Bytes(), hashlib.sha256()
    with survey.file.path.open("rb") as stream:
        for chunk in _chunks(stream):
            digest.update(chunk)
            counted.add(chunk)
    survey.sha256 = digest.hexdigest()
    return counted


def _unpack_gzip(survey: Survey, target: Path) -> _Bytes | None:
    """Unpack, or say that the file is not whole: a part of a month must never pass for the month."""
    survey.sha256 = hash_file(survey.file.path)
    counted = _Bytes()
    try:
        with gzip.open(survey.file.path) as stream, target.open("wb") as sink:
            for chunk in _chunks(stream):
                sink.write(chunk)
                counted.add(chunk)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        survey.lines = max(counted.newlines - 1, 0)
        cut = "ends too early" if isinstance(error, EOFError) else f"is damaged ({error})"
        survey.complain(
            f"this gzip file {cut}: {survey.lines:,} whole rows stand before the fault, and no one knows how many are "
            "lost; nothing of it was loaded",
            "a whole file",
            "Download it again",
            rows=survey.lines,
            code="truncated",
        )
        return None
    survey.text = target
    return counted


def _chunks(stream: BinaryIO | gzip.GzipFile) -> Iterator[bytes]:
    while chunk := stream.read(_CHUNK_BYTES):
        yield chunk


# -- encodings ----------------------------------------------------------------------------------------------
def _write_as_utf8(survey: Survey, target: Path, start: bytes) -> _Bytes:
    """Write the text anew as UTF-8, line by line: lines that are UTF-8 stay, others are read as Windows-1252."""
    counted, changed = _Bytes(), 0
    with target.open("wb") as sink:
        for line, was_changed in _decode_lines(survey.text, start):
            changed += was_changed
            sink.write(line)
            counted.add(line)
    survey.text = target
    lines = "line is" if changed == 1 else "lines are"
    found = (
        "this file is UTF-16 and was read so"
        if start in _UTF16_MARKS
        else f"{changed:,} {lines} not UTF-8, read as Windows-1252; no row was lost"
    )
    survey.warn(found, "Check names with accents or pound signs", code="encoding")
    return counted


def _decode_lines(path: Path, start: bytes) -> Iterator[tuple[bytes, bool]]:
    if start in _UTF16_MARKS:
        with path.open(encoding="utf-16", errors="replace", newline="") as text:
            yield from ((line.encode(), True) for line in text)
        return
    with path.open("rb") as stream:
        for line in stream:
            try:
                line.decode("utf-8")
                yield line, False
            except UnicodeDecodeError:
                yield codecs.charmap_decode(line, "strict", _CP1252)[0].encode(), True


# -- the first line -----------------------------------------------------------------------------------------
def _read_header(survey: Survey, kind: PoliceKind) -> None:
    with survey.text.open("rb") as stream:
        first = stream.readline(_HEADER_BYTES).decode("utf-8", errors="replace").lstrip("\ufeff").strip("\r\n")
    survey.header = _part_header(first)
    by_name = {_fold(name): i for i, name in reversed(list(enumerate(survey.header)))}
    survey.positions = {column: by_name.get(_fold(column)) for column in kind.columns}
    if _is_other(survey, kind, by_name):
        return
    folded = [_fold(name) for name in survey.header]
    for column in (c for c in kind.columns if folded.count(_fold(c)) > 1):
        survey.complain(
            f"line 1: the heading '{column}' stands more than once; nothing of the file was loaded",
            "each column once",
            "Remove or rename the other, or download the file again",
            rows=survey.lines,
            code="column_repeated",
        )
    missing = [c for c, at in survey.positions.items() if at is None and c not in kind.optional]
    if missing:
        _explain_columns(survey, kind, missing, first)
    elif not kind.reporter and not survey.file.label.force:
        _explain_nameless(survey, kind)
    elif survey.lines == 0:
        survey.complain("this file has a first line and no rows", "a row an event", "Download it again", code="no_rows")
    survey.is_readable = not survey.is_refused


def _part_header(first: str) -> tuple[str, ...]:
    """The names in the first line; none where it is no line of a csv, as in a picture or a program."""
    try:
        return tuple(next(csv.reader([first]), []))
    except csv.Error:
        return ()


def _fold(name: str) -> str:
    return " ".join(name.lower().split())


def _is_other(survey: Survey, kind: PoliceKind, by_name: dict[str, int]) -> bool:
    """Is this file of another kind? Its own name, where it speaks, is believed."""
    if survey.file.label.kind:
        return False
    for other, mark in _MARKS_OF_KINDS.items():
        if other != kind.suffix and _fold(mark) in by_name:
            survey.faults += [explain_other_kind(survey.where, other)] if survey.file.is_named else []
            return True
    return False


def _is_stranger(survey: Survey, kind: PoliceKind) -> bool:
    """Has this file so few of the columns that it is no police file at all? A telling name is believed."""
    found = sum(at is not None for at in survey.positions.values())
    return not survey.file.label.kind and found * 2 < len(kind.columns)


def _explain_delimiter(survey: Survey, kind: PoliceKind, first: str) -> bool:
    for sign, name in _DELIMITERS.items():
        names = {_fold(n.strip('"')) for n in first.split(sign)}
        if sum(_fold(c) in names for c in kind.columns) * 2 >= len(kind.columns):
            survey.complain(
                f"line 1: the columns are parted by {name}; nothing of the file was loaded",
                "commas",
                "Download it again, or save it with commas",
                rows=survey.lines,
                code="delimiter",
            )
            return True
    return False


def _explain_columns(survey: Survey, kind: PoliceKind, missing: list[str], first: str) -> None:
    if _explain_delimiter(survey, kind, first):
        return
    if _is_stranger(survey, kind):
        survey.faults.append(explain_no_table(survey.where, is_named=survey.file.is_named))
    else:
        _explain_missing(survey, kind, missing)


def _explain_nameless(survey: Survey, kind: PoliceKind) -> None:
    survey.complain(
        "neither the file's name nor its rows say which force it is of; nothing of the file was loaded",
        f"a name such as 2022-03-kent-{kind.suffix}.csv",
        "Give the file its published name",
        rows=survey.lines,
        code="nameless",
    )


def _explain_missing(survey: Survey, kind: PoliceKind, missing: list[str]) -> None:
    if not any(at is not None for at in survey.positions.values()):
        survey.complain(
            "line 1 names none of the columns; nothing of the file was loaded",
            "a csv with the columns " + ", ".join(c for c in kind.columns if c not in kind.optional),
            "Look whether this is a csv at all, and download it again",
            rows=survey.lines,
            code="column_missing",
        )
        return
    known = {_fold(c) for c in kind.columns}
    strangers = [name for name in survey.header if _fold(name) not in known and name.strip()]
    for column in missing:
        survey.complain(
            f"line 1: there is no column '{column}'{_name_nearest(column, strangers)}; nothing of the file was loaded",
            "the columns " + ", ".join(c for c in kind.columns if c not in kind.optional),
            "Give the column its published name, or download the file again",
            rows=survey.lines if column == missing[0] else 0,
            code="column_missing",
        )


def _name_nearest(column: str, strangers: list[str]) -> str:
    near = difflib.get_close_matches(_fold(column), [_fold(s) for s in strangers], n=1, cutoff=0.0)
    return next((f"; the nearest is '{show_text(s)}'" for s in strangers if near and _fold(s) == near[0]), "")
