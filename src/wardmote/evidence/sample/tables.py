"""How are tables written so that the same table always gives the same bytes: CSV, xlsx and ods?"""

import csv
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from xml.sax.saxutils import escape

import xlsxwriter

Cell = str | int | float
Rows = Iterable[Sequence[Cell]]
_WRITTEN_AT = datetime(2026, 4, 1)  # noqa: DTZ001 - a constant, so that the bytes do not change with the clock
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)


def write_csv(path: Path, rows: Rows, *, quote_all: bool = False, end: str = "\n") -> Path:
    """Write rows as UTF-8 CSV."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator=end, quoting=csv.QUOTE_ALL if quote_all else csv.QUOTE_MINIMAL)
    writer.writerows(rows)
    return write_text(path, buffer.getvalue())


def write_text(path: Path, text: str) -> Path:
    """Write text as UTF-8, its line ends as they are."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())
    return path


def write_xlsx(path: Path, sheets: Mapping[str, Rows]) -> Path:
    """Write sheets of rows as an xlsx workbook, every cell where its row and place in the row put it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(path, {"in_memory": True}) as book:
        book.set_properties({"title": "Synthetic sample data", "created": _WRITTEN_AT})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return path


def write_ods(path: Path, sheets: Mapping[str, Rows]) -> Path:
    """Write sheets of rows as an OpenDocument spreadsheet, with nothing in it that the clock decides."""
    path.parent.mkdir(parents=True, exist_ok=True)
    body = "".join(_write_sheet(name, rows) for name, rows in sheets.items())
    with zipfile.ZipFile(path, "w") as archive:
        _add_member(archive, "mimetype", _ODS_TYPE, zipfile.ZIP_STORED)
        _add_member(archive, "META-INF/manifest.xml", _ODS_MANIFEST, zipfile.ZIP_DEFLATED)
        _add_member(archive, "content.xml", _ODS_CONTENT.format(body=body), zipfile.ZIP_DEFLATED)
    return path


def _add_member(archive: zipfile.ZipFile, name: str, text: str, method: int) -> None:
    member = zipfile.ZipInfo(name, date_time=_ZIP_DATE)
    member.compress_type = method
    archive.writestr(member, text)


def _write_sheet(name: str, rows: Rows) -> str:
    lines = "".join(f"<table:table-row>{''.join(map(_write_cell, row))}</table:table-row>" for row in rows)
    return f'<table:table table:name="{escape(name)}">{lines}</table:table>'


def _write_cell(value: Cell) -> str:
    if value == "":
        return "<table:table-cell/>"
    if isinstance(value, str):
        return f'<table:table-cell office:value-type="string"><text:p>{escape(value)}</text:p></table:table-cell>'
    number = f'office:value-type="float" office:value="{value}"'
    return f"<table:table-cell {number}><text:p>{value}</text:p></table:table-cell>"


_ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
_NAMESPACE = "urn:oasis:names:tc:opendocument:xmlns"
_ODS_MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    f'<manifest:manifest xmlns:manifest="{_NAMESPACE}:manifest:1.0" manifest:version="1.3">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_ODS_TYPE}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)
_ODS_CONTENT = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    f'<office:document-content xmlns:office="{_NAMESPACE}:office:1.0" xmlns:table="{_NAMESPACE}:table:1.0" '
    f'xmlns:text="{_NAMESPACE}:text:1.0" office:version="1.3">'
    "<office:body><office:spreadsheet>{body}</office:spreadsheet></office:body></office:document-content>"
)
