"""A workbook that reaches too far is refused before anything makes room for it."""

import io
import re
import subprocess
import sys
import zipfile
from functools import cache
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from support.packed import zip_parts
from wardmote.evidence.model.errors import UnreadableInputError
from wardmote.evidence.sources.sheets import read_sheets
from wardmote.evidence.sources.workbook_extent import WorkbookLimits, check_workbook
from wardmote.evidence.sources.workbook_scan import SheetScan

_ODS = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
    '<table:table table:name="key">{rows}</table:table></office:spreadsheet></office:body></office:document-content>'
)
_HELD = '<table:table-cell office:value-type="string"{more}><text:p>x</text:p></table:table-cell>'
_SMALL = WorkbookLimits(rows=5_000, columns=300, cells=1_500_000, unpacked_bytes=40 << 20, kinds=("xlsx", "ods"))


def make_xlsx(rows: str, *, tag: str = "sheetData", target: str = "worksheets/sheet1.xml", before: str = "") -> bytes:
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    prefix = tag.partition(":")[0] + ":" if ":" in tag else ""
    if prefix:
        space = space.replace("xmlns=", f"xmlns:{prefix[:-1]}=")
    sheet = f"{before}<{prefix}worksheet {space}><{tag}>{rows}</{tag}></{prefix}worksheet>"
    parts = _make_parts()
    links = parts["xl/_rels/workbook.xml.rels"].replace("worksheets/sheet1.xml", target)
    del parts["xl/worksheets/sheet1.xml"]
    return zip_parts(parts | {"xl/_rels/workbook.xml.rels": links, f"xl/{target}": sheet})


@cache
def _read_parts() -> dict[str, str]:
    """The parts of a workbook as a program writes it."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    book.add_worksheet("key")
    book.close()
    with zipfile.ZipFile(out) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def _make_parts() -> dict[str, str]:
    kept = (
        "[Content_Types].xml",
        "_rels/.rels",
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "xl/worksheets/sheet1.xml",
    )
    return {name: text for name, text in _read_parts().items() if name in kept}


def make_ods(rows: str) -> bytes:
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry'
        ' manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>'
        "</manifest:manifest>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    return zip_parts({"mimetype": kind, "META-INF/manifest.xml": manifest, "content.xml": _ODS.format(rows=rows)})


_NEAR = '<row r="1"><c r="A1"><v>1</v></c></row>'
_FAR = f'{_NEAR}<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
BOMBS = {
    "far cell": make_xlsx(_FAR),
    "far cell in a part of another name": make_xlsx(_FAR, target="media/image1.png"),
    "far cell in other quotation marks": make_xlsx(_FAR.replace('"', "'")),
    "far cell behind a comment": make_xlsx(f'{_NEAR}<!-- <c r=" -->{_FAR}'),
    "far cell with a prefix": make_xlsx(re.sub(r"<(/?)(row|c|v)\b", r"<\1x:\2", _FAR), tag="x:sheetData"),
    "far row, cell without a place": make_xlsx(f'{_NEAR}<row r="900000000"><c><v>1</v></c></row>'),
    "cells without a place": make_xlsx('<row r="1">' + "<c><v>1</v></c>" * 301 + "</row>"),
    "lying dimension": make_xlsx(_FAR, before='<dimension ref="A1:B2"/>').replace(b"<dimension", b"<dimension"),
    "ods columns": make_ods(f"<table:table-row>{_HELD.format(more=' table:number-columns-repeated="4000000000"')}"
                            "</table:table-row>"),
    "ods rows": make_ods('<table:table-row table:number-rows-repeated="4000000000">' + _HELD.format(more="")
                         + "</table:table-row>"),
    "ods gap before a cell": make_ods('<table:table-row><table:table-cell table:number-columns-repeated="4000000000"/>'
                                      + _HELD.format(more="") + "</table:table-row>"),
}  # fmt: skip
_READ = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (3 << 30, 3 << 30))
from pathlib import Path
from wardmote.evidence.model.errors import WardmoteError
from wardmote.evidence.sources.sheets import read_sheets
for name in sys.argv[1:]:
    try:
        print("read", sum(len(row) for sheet in read_sheets(Path(name)) for row in sheet.rows))
    except WardmoteError as error:
        print("refused", str(error).replace(chr(10), " "))
"""


def read_apart(paths: list[Path]) -> list[str]:
    """What reading each file says, in a process that may hold little memory: a miss ends it, not the tests."""
    done = subprocess.run(
        [sys.executable, "-c", _READ, *map(str, paths)], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr[-500:]
    return done.stdout.splitlines()


@pytest.mark.parametrize("name", BOMBS)
def test_bomb_of_a_kilobyte_is_refused(name: str) -> None:
    assert len(BOMBS[name]) < 4_000
    with pytest.raises(UnreadableInputError):
        check_workbook(BOMBS[name], label="a.xlsx", limits=_SMALL)


def test_reader_of_evidence_refuses_bombs_without_making_room(tmp_path: Path) -> None:
    bombs = {name: content for name, content in BOMBS.items() if name != "cells without a place"}
    paths = []
    for at, (name, content) in enumerate(bombs.items()):
        paths.append(tmp_path / f"{at}.{'ods' if name.startswith('ods') else 'xlsx'}")
        paths[-1].write_bytes(content)
    said = read_apart(paths)
    assert len(said) == len(bombs)
    assert all(line.startswith("refused") for line in said), said


def test_refusal_names_the_sheet_and_how_far_it_reaches() -> None:
    with pytest.raises(UnreadableInputError, match=r"sheet 'key': .* 1,048,576 rows and 16,384 columns"):
        check_workbook(BOMBS["far cell"], label="a.xlsx")
    with pytest.raises(UnreadableInputError, match=r"sheet 'key': .* 4,000,000,000 rows and 1 columns"):
        check_workbook(BOMBS["ods rows"], label="a.ods")


def test_far_cells_that_hold_nothing_are_no_extent_and_take_no_room(tmp_path: Path) -> None:
    kinds = ("", ' t="s"', ' t="str"', ' t="inlineStr"', ' t="b"', ' t="e"', ' t="n"', ' t="d"')
    paths = []
    for at, kind in enumerate(kinds):
        paths.append(tmp_path / f"{at}.xlsx")
        paths[-1].write_bytes(make_xlsx(f'{_NEAR}<row r="1048576"><c r="XFD1048576" s="3"{kind}/></row>'))
    empty = '<table:table-row table:number-rows-repeated="1048570"><table:table-cell {}/></table:table-row>'
    paths.append(tmp_path / "empty.ods")
    styled = empty.format('table:style-name="ce1" table:number-columns-repeated="16384"')
    paths[-1].write_bytes(make_ods(f"<table:table-row>{_HELD.format(more='')}</table:table-row>{styled}"))
    assert read_apart(paths) == ["read 1"] * len(paths)


def test_part_that_says_a_smaller_size_than_it_has_is_refused() -> None:
    content = make_xlsx(_FAR)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        size = archive.infolist()[-1].file_size.to_bytes(4, "little")
    at = content.rindex(size)
    with pytest.raises(UnreadableInputError, match="another size"):
        check_workbook(content[:at] + (9).to_bytes(4, "little") + content[at + 4 :], label="a.xlsx")


def test_workbook_that_unpacks_to_far_too_much_is_refused() -> None:
    content = make_xlsx(_NEAR + " " * (41 << 20))
    with pytest.raises(UnreadableInputError, match="too large once it is unpacked"):
        check_workbook(content, label="a.xlsx", limits=_SMALL)


def test_kinds_that_are_not_taken_are_refused() -> None:
    for content in (b"\xd0\xcf\x11\xe0" + b"\0" * 512, zip_parts({"xl/workbook.bin": ""})):
        with pytest.raises(UnreadableInputError, match=r"of the kind xls"):
            check_workbook(content, label="a.xlsx", limits=_SMALL)


@pytest.mark.parametrize("content", [b"\xd0\xcf\x11\xe0" + b"\0" * 512, zip_parts({"xl/workbook.bin": ""})])
def test_kinds_that_cannot_be_measured_are_refused_whatever_their_name(content: bytes, tmp_path: Path) -> None:
    for ending in ("xlsx", "xls", "xlsb", "ods"):
        path = tmp_path / f"a.{ending}"
        path.write_bytes(content)
        with pytest.raises(UnreadableInputError, match=r"of the kind xls[\s\S]*xlsx or ods"):
            read_sheets(path)


def make_texts(cells: str, text: str) -> bytes:
    """A workbook whose cells point at texts that stand once."""
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    sheet = f"<worksheet {space}><sheetData><row>{cells}</row></sheetData></worksheet>"
    texts = f"<sst {space}><si><t>short</t></si><si><t>{text}</t></si></sst>"
    return zip_parts(_make_parts() | {"xl/worksheets/sheet1.xml": sheet, "xl/sharedStrings.xml": texts})


def test_long_text_that_many_cells_point_at_is_refused() -> None:
    many = "".join(f'<c r="A{at}" t="s"><v>1</v></c>' for at in range(1, 5_000))
    content = make_texts(many, "x" * 100_000)
    assert len(content) < 40_000
    with pytest.raises(UnreadableInputError, match="texts of this workbook's cells are far too long"):
        check_workbook(content, label="a.xlsx", limits=_SMALL)
    again = make_texts('<c r="A1" t="s"><v> 1 </v></c>' * 5_000, "x" * 100_000)
    with pytest.raises(UnreadableInputError, match="far too long"):
        check_workbook(again, label="a.xlsx", limits=_SMALL)


def test_long_text_that_few_cells_point_at_is_no_fault() -> None:
    many = "".join(f'<c r="A{at}" t="s"><v>0</v></c>' for at in range(1, 5_000))
    check_workbook(make_texts(many, "x" * 100_000), label="a.xlsx", limits=_SMALL)


_PLACES = st.tuples(st.integers(1, 2_000_000), st.integers(1, 16_384))


@given(places=st.lists(_PLACES, min_size=1, max_size=40), cut=st.integers(1, 200), style=st.sampled_from(["", ' s=""']))
def test_scan_finds_the_furthest_cell_in_any_order_and_in_any_pieces(
    places: list[tuple[int, int]], cut: int, style: str
) -> None:
    cells = "".join(f'<c r="{name_column(column)}{row}"{style}><v>1</v></c>' for row, column in places)
    text = f'<x><cols/><dimension ref="A1"/><sheetData>{cells}</sheetData></x>'.encode()
    scan = SheetScan()
    for at in range(0, len(text), cut):
        scan.feed(text[at : at + cut])
    scan.close()
    assert (scan.is_sheet, scan.is_certain, scan.cells) == (True, True, len(places) + 1)
    assert (scan.rows, scan.columns) == (max(row for row, _ in places), max(column for _, column in places))


def name_column(number: int) -> str:
    name = ""
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(65 + rest) + name
    return name


@pytest.mark.parametrize(
    "cell",
    ["<c><v>1</v></c>", '<c s="1" r="A1"/>', "<c r='A1'/>", '<c\nr="A1"/>', '<x:c r="A1"/>', '<c r="&#65;1"/>', "<c/>",
     '<c r="a1"/>', '<c r="ABCD1"/>', '<c r="A12345678"/>', '<c r="1"/>', '<c r="A"/>', "<!-- -->", '<c r="$A$1"/>'],
)  # fmt: skip
def test_scan_is_not_certain_of_what_programs_do_not_write(cell: str) -> None:
    scan = SheetScan()
    scan.feed(f'<sheetData><c r="A1"><v>1</v></c>{cell}</sheetData>'.encode())
    scan.close()
    assert not scan.is_certain


@pytest.mark.realdata
def test_published_workbooks_are_read(shared_data: Path) -> None:
    found = sorted(path for path in shared_data.rglob("*") if path.suffix in (".xlsx", ".ods"))
    assert found
    assert all(read_sheets(path) for path in found)
