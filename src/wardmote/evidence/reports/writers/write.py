"""A report in the formats that were asked for, and any one chart or table of it alone."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from wardmote.evidence.model.errors import UsageError
from wardmote.evidence.reports.document import Chart, Document, Table, walk_document
from wardmote.evidence.reports.writers.alone import write_csv, write_picture
from wardmote.evidence.reports.writers.docx import write_docx, write_docx_element
from wardmote.evidence.reports.writers.html import write_html
from wardmote.evidence.reports.writers.odt import write_odt, write_odt_element
from wardmote.evidence.reports.writers.pdf import write_pdf
from wardmote.evidence.reports.writers.xlsx import write_xlsx, write_xlsx_element

#: Every format of a whole document, with its writer. The name is also the file's ending.
WRITERS: Mapping[str, Callable[[Document, Path], None]] = {
    "html": write_html, "docx": write_docx, "odt": write_odt, "pdf": write_pdf, "xlsx": write_xlsx,
}  # fmt: skip
#: Every ending of an element alone, with its writer.
ELEMENT_WRITERS: Mapping[str, Callable[[Document, Chart | Table, Path], None]] = {
    ".svg": write_picture, ".png": write_picture, ".docx": write_docx_element, ".odt": write_odt_element,
    ".csv": write_csv, ".xlsx": write_xlsx_element,
}  # fmt: skip


def write_document(
    document: Document, folder: Path, formats: Sequence[str] = tuple(WRITERS), *, name: str = "assessment"
) -> dict[str, Path]:
    """Write a document in each of the formats, each as `name` with the format for its ending.

    Parameters: `formats` from html, docx, odt, pdf, xlsx. Returns where each was written. Charts are drawn once for
    all formats. Raises UsageError for an unknown format, before anything is written.
    """
    for wanted in formats:
        if wanted not in WRITERS:
            known = ", ".join(WRITERS)
            raise UsageError(f"unknown format {wanted!r}", expected=f"one of {known}", to_do="Correct the format")
    written = {}
    for wanted in dict.fromkeys(formats):
        path = folder / f"{name}.{wanted}"
        WRITERS[wanted](document, path)
        written[wanted] = path
    return written


def write_element(document: Document, element_id: str, path: Path) -> None:
    """Write one chart, map or table alone, in the form that the path's ending names.

    `.svg` and `.png` are pictures with title, note and source, so that these travel with it; `.docx` and `.odt` can be
    pasted from; `.csv` and `.xlsx` hold the numbers (of a chart: those it draws). Raises UsageError where there is no
    such element or form.
    """
    element = find_element(document, element_id)
    writer = ELEMENT_WRITERS.get(path.suffix.lower())
    if writer is None:
        known = ", ".join(ELEMENT_WRITERS)
        raise UsageError(f"{path.name} is of no known form", expected=f"one of {known}", to_do="Change the ending")
    writer(document, element, path)


def find_element(document: Document, element_id: str) -> Chart | Table:
    """Return the chart or table with this id. Raises UsageError that names all ids where there is none."""
    elements = {block.id: block for block in walk_document(document) if isinstance(block, Chart | Table)}
    if element_id not in elements:
        known = ", ".join(elements) or "none: the document has no chart or table"
        raise UsageError(f"no chart or table {element_id!r}", expected=f"one of {known}", to_do="Choose one of them")
    return elements[element_id]
