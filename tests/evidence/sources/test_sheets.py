"""Any published table becomes the same rows, whoever saved it."""

import gzip
import re
import zipfile
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from wardmote.evidence.model.errors import UnreadableInputError
from wardmote.evidence.sources.inputs import find_input_files, hash_file
from wardmote.evidence.sources.sheets import (
    Sheet,
    clean_label,
    find_header,
    is_table_file,
    join_header_rows,
    parse_number,
    read_sheets,
)


def _write(folder: Path, content: bytes, name: str = "table.csv") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def _read_one(path: Path) -> Sheet:
    (sheet,) = read_sheets(path)
    return sheet


@pytest.mark.parametrize(
    ("content", "case"),
    [
        (b"Name,Count\nZo\xc3\xab,1\n", "utf-8, LF"),
        (b"\xef\xbb\xbfName,Count\r\nZo\xc3\xab,1\r\n", "utf-8 with BOM, CRLF"),
        (b"Name,Count\r\nZo\xeb,1\r\n", "cp1252"),
        (b"Name;Count\r\nZo\xc3\xab;1\r\n", "semicolon"),
        (b"Name\tCount\nZo\xc3\xab\t1\n", "tab"),
        ("Name,Count\nZoë,1\n".encode("utf-16"), "utf-16"),
    ],
)
def test_csv_in_any_dress_gives_the_same_rows(tmp_path: Path, content: bytes, case: str) -> None:
    assert _read_one(_write(tmp_path, content)).rows == [["Name", "Count"], ["Zoë", "1"]], case
    assert _read_one(_write(tmp_path, gzip.compress(content), "table.csv.gz")).rows[1] == ["Zoë", "1"]


def test_delimiter_is_not_misled_by_note_lines_and_commas_in_texts(tmp_path: Path) -> None:
    content = b'"A title, with commas, of which there are many, many"\nName;Share\n"Rochester, west";1,5\nStrood;2,5\n'
    assert _read_one(_write(tmp_path, content)).rows[2] == ["Rochester, west", "1,5"]


def test_csv_rows_are_numbered_by_the_line_on_which_they_begin(tmp_path: Path) -> None:
    sheet = _read_one(
        _write(tmp_path, b'A note,\r\n"Area\nname","Total\nrecorded crime [note 2]"\r\nMedway,"27,321 "\r\n')
    )
    header = find_header(sheet, ["area name", re.compile("^total", re.IGNORECASE)])
    assert header is not None
    assert (header.line, header.columns) == (2, (0, 1))
    ((line, row),) = sheet.rows_below(header)
    assert (line, row) == (5, ["Medway", "27,321 "])  # each of the two headings above runs over a line's end
    assert sheet.where(line, "Total recorded crime") == "table.csv, row 5, column 'Total recorded crime'"


def test_workbook_keeps_the_row_numbers_a_person_sees(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("Notes")
        page = book.add_worksheet("Table C2 ")
        page.write_row(3, 1, ["Area\nCode ", "Area name", "Count"])
        page.write_row(4, 1, ["E06000035", "Medway", 5])
    (sheet,) = read_sheets(path, wanted=lambda title: title.startswith("Table"))
    header = find_header(sheet, [("Area Code", "ONS Code"), "Count"])
    assert sheet.name == "Table C2"
    assert header is not None
    assert (header.line, header.columns, header.find("area name"), header.find("Rank")) == (4, (1, 3), 2, None)
    assert [line for line, _ in sheet.rows_below(header)] == [5]
    assert sheet.where(5) == "book.xlsx, sheet 'Table C2', row 5"


def test_header_that_is_not_there_is_not_guessed(tmp_path: Path) -> None:
    assert find_header(_read_one(_write(tmp_path, b"a,b\n1,2\n")), ["a", "c"]) is None


def test_rows_are_filled_up_to_the_headings_and_blank_ones_left_out(tmp_path: Path) -> None:
    sheet = _read_one(_write(tmp_path, b"a,b,c\n1\n,,\n2,3\n"))
    header = find_header(sheet, ["a"])
    assert header is not None
    assert list(sheet.rows_below(header)) == [(2, ["1", None, None]), (4, ["2", "3", None])]


@pytest.mark.parametrize(
    ("cell", "value", "marker"),
    [
        ("27,321 ", 27321, ""),
        (" 8\xa0", 8, ""),
        ("-1,204.5", -1204.5, ""),
        ("−3", -3, ""),
        ("12.5%", 12.5, ""),
        (7.0, 7, ""),
        ("[u]", None, "[u]"),
        ("[ z ]", None, "[z]"),
        ("[X]", None, "[x]"),
        ("[u1]", None, "[u1]"),
        ("[low]", None, "[low]"),
        ("[c]", None, "[c]"),
        (":", None, ":"),
        ("..", None, ".."),
        (".", None, "."),
        ("-", None, "-"),
        ("No data", None, "No data"),
        ("1,204 [r]", 1204, "[r]"),
        ("", None, ""),
        (None, None, ""),
    ],
)
def test_number_or_marker_is_told_apart(cell: str | float | None, value: float | None, marker: str) -> None:
    number = parse_number(cell)
    assert (number.value, number.marker, number.problem) == (value, marker, "")


@pytest.mark.parametrize("cell", ["1,23", "12,34,567", "abc", "12a", "1 2", "£", True, float("nan"), "[note 3]"])
def test_what_is_neither_number_nor_marker_is_a_problem(cell: str | float | bool) -> None:
    number = parse_number(cell)
    assert number.value is None
    assert number.problem


@given(st.integers(-(10**9), 10**9))
def test_number_written_with_commas_reads_back(value: int) -> None:
    assert parse_number(f" {value:,} ").value == value


def test_note_marks_leave_a_heading() -> None:
    assert (
        clean_label("Total recorded crime\n(excluding fraud) [note 2][note 3]")
        == "Total recorded crime (excluding fraud)"
    )
    assert clean_label("ENGLAND AND WALES [note 3]") == "ENGLAND AND WALES"


def test_two_header_rows_join_under_the_group_that_holds() -> None:
    assert join_header_rows(["", "TOTAL", "Land type", "", None], ["Year", "All", "Highway", "Railway", ""]) == (
        "Year",
        "TOTAL: All",
        "Land type: Highway",
        "Land type: Railway",
        "Land type",
    )


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.csv.gz", gzip.compress(b"a,b\n" * 9999, mtime=0)[:60], "cut off"),
        ("a.csv.gz", b"a,b\n1,2\n", "damaged"),
        ("a.csv", b"PK\x03\x04rest", "not a text file"),
        ("a.csv", b"a,b\n\x81\x8d,2\n", "not known"),
        ("a.csv", b"a,b\n1\x00,2\n", "not known"),
        ("a.csv", b'a,b\n"' + b"x" * (1 << 24) + b"y\n", "row 2: a cell is longer than"),
        ("a.xlsx", b"not a workbook", "not a workbook"),
        ("a.ods", b"", "not a workbook"),
    ],
)
def test_unreadable_file_is_said_with_its_name(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    path = _write(tmp_path, content, name)
    with pytest.raises(UnreadableInputError, match=said) as caught:
        read_sheets(path)
    assert caught.value.fault.where.split(", row")[0] == name


def test_files_are_found_in_folders_archives_and_by_name(tmp_path: Path) -> None:
    folder = tmp_path / "tables"
    folder.mkdir()
    _write(folder, b"a,b\n", "b.csv")
    _write(folder, b"a,b\n", "a.csv.gz")
    _write(folder, b"x", "readme.pdf")
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.writestr("deep/c.csv", "a,b\n")
        archive.writestr("../escape.csv", "a,b\n")
    named = _write(tmp_path, b"x", "letter.doc")
    found = find_input_files([folder, tmp_path / "all.zip", named], is_table_file, scratch=tmp_path / "scratch")
    assert [f.name for f in found.files] == [
        "tables/a.csv.gz", "tables/b.csv", "all.zip/../escape.csv", "all.zip/deep/c.csv",
    ]  # fmt: skip
    assert not (tmp_path / "escape.csv").exists()
    assert [(f.where, f.severity) for f in found.faults] == [
        ("tables/readme.pdf", "warning"),
        ("letter.doc", "error"),
    ]


def test_broken_archive_is_a_fault_and_the_rest_goes_on(tmp_path: Path) -> None:
    broken, good = _write(tmp_path, b"PK..", "a.zip"), _write(tmp_path, b"a,b\n", "b.csv")
    found = find_input_files([broken, good], is_table_file, scratch=tmp_path / "scratch")
    assert [f.name for f in found.files] == ["b.csv"]
    assert "cannot be unpacked" in found.faults[0].found


def test_hash_is_of_the_bytes_on_disk(tmp_path: Path) -> None:
    # sha256 of 'abc': FIPS 180-2, appendix B.1
    path = _write(tmp_path, b"abc")
    assert hash_file(path) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
