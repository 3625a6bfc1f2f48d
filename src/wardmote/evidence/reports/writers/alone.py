"""One chart or table for somebody else's paper: as a picture that carries its title and source, or as bare numbers."""

import csv
import re
from io import StringIO
from pathlib import Path

from lxml import etree

from wardmote.evidence.reports.document import Cell, Chart, Document, Table
from wardmote.evidence.reports.writers.files import write_whole
from wardmote.evidence.reports.writers.pdf import compile_typst, describe_block, describe_look
from wardmote.evidence.reports.writers.xml import keep_allowed

SVG = "http://www.w3.org/2000/svg"
#: The width of the picture in points: an A4 page's text and a little air at both sides.
WIDTH = 494
#: How a spreadsheet tells a formula from words.
_FORMULA = re.compile(r"[=+\-@\t\r]")
#: The first number of what is shown, with its decimals.
_SHOWN = re.compile(r"\d[\d,]*(?:\.(\d+))?")
#: Decimals of a number that is shown in words only.
_DECIMALS_UNSHOWN = 4
_NUMBER = re.compile(r"[+-]?[\d.,]+%?")


def write_picture(document: Document, element: Chart | Table, path: Path) -> None:
    """Write an element as SVG or PNG, by the path's ending, with its title above and its note and source below.

    The number that it has in the document is left out, as it means nothing elsewhere. Letters are drawn as shapes, so
    the picture needs no font; what it shows is said in the SVG's description.
    """
    form = path.suffix.lower()[1:]
    block = describe_block(element, {})
    data = describe_look(document) | {"alone": True, "page-width": WIDTH, "block": block}
    drawn = compile_typst(data, document, format=form)
    write_whole(path, _describe(drawn, element) if form == "svg" else drawn)


def write_csv(_document: Document, element: Chart | Table, path: Path) -> None:
    """Write the numbers of a table, or those that a chart draws, as CSV in UTF-8 with a mark that Excel needs.

    Numbers have two decimals more than the document shows, enough to add and divide them further and no more than they
    are worth; what is withheld or missing keeps its marker.
    """
    table = element.table if isinstance(element, Chart) else element
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([_defuse(column.title) for column in table.columns])
    writer.writerows([[_render_cell(cell) for cell in row] for row in table.rows])
    write_whole(path, text.getvalue().encode("utf-8-sig"))


def _render_cell(cell: Cell) -> str:
    if cell.value is None or cell.state in {"suppressed", "missing"}:
        return _defuse("; ".join(part for part in (cell.text, cell.detail) if part))
    text = f"{cell.value:.{_count_decimals(cell.text, cell.value)}f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _count_decimals(shown: str, value: float) -> int:
    """How many decimals the bare number has: two more than shown, and as many again for a share shown as a per cent.

    >>> _count_decimals("11.8", 11.790754722992132), _count_decimals("-10.4%", -0.1039), _count_decimals("1,204", 1204)
    (3, 5, 2)
    """
    number = _SHOWN.search(shown)
    if number is None:
        return _DECIMALS_UNSHOWN
    is_share = "%" in shown and abs(value) <= 1
    return len(number[1] or "") + (4 if is_share else 2)


def _defuse(text: str) -> str:
    """Return words that no spreadsheet takes for a formula; numbers with a sign stay as they are."""
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text


def _describe(svg: bytes, element: Chart | Table) -> bytes:
    """Return the picture with a name and a description for those who cannot see it."""
    root = etree.fromstring(svg, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
    title, words = (element.title, element.alt) if isinstance(element, Chart) else (element.caption, element.note)
    root.set("role", "img")
    for position, (tag, text) in enumerate((("title", title), ("desc", words))):
        node = etree.Element(f"{{{SVG}}}{tag}")
        node.text = keep_allowed(text)
        root.insert(position, node)
    return bytes(etree.tostring(root, encoding="UTF-8"))
