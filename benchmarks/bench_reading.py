"""How long does reading a report take? Thirty pages in each format.

A PDF is read beside the bare words from the same library, which are the limit (where they stand, which make a
paragraph and which a table comes on top of them), and beside pdfplumber's `extract_text`, which looks at every letter.
"""

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import docx
import odfdo
import pdfplumber
import pypdfium2
import typst

from benchmarks.table import BenchRow, render_table
from wardmote.evidence.claims.reading import read_document

REPEATS = 5
PAGES = 30
AIM_S = 1.0
PDF_AIM = 1.5
LETTERS_AIM = 0.1
SENTENCE = "Recorded crime in the district fell by 12% over the year, from 1,200 offences to 1,056 offences in all. "
ROWS = [("Offence", "2018/19", "2019/20"), *((f"Kind {n}", f"{n * 37:,}", f"{n * 41:,}") for n in range(1, 9))]


def measure() -> list[BenchRow]:
    """A row for each format."""
    with tempfile.TemporaryDirectory() as scratch:
        paths = [write(Path(scratch)) for write in (write_txt, write_html, write_docx, write_odt, write_pdf)]
        return [row for path in paths for row in measure_file(path)]


def measure_file(path: Path) -> list[BenchRow]:
    """The medians of a few readings, those of a PDF by each library in turn."""
    ways: list[Callable[[], object]] = [lambda: read_document(path)]
    if path.suffix == ".pdf":
        ways += [lambda: read_words(path), lambda: read_letters(path)]
    times = [[take_time(way) for way in ways] for _ in range(REPEATS)]
    ours, *beside = map(statistics.median, zip(*times, strict=True))
    name = f"read {PAGES} pages of {path.suffix[1:]}"
    if not beside:
        return [BenchRow(name, ours, aim=AIM_S)]
    return [
        BenchRow(name, ours, "pypdfium2, bare words", beside[0], PDF_AIM),
        BenchRow(name, ours, "pdfplumber, extract_text", beside[1], LETTERS_AIM),
    ]


def take_time(run: Callable[[], object]) -> float:
    """Seconds on the clock."""
    begun = time.perf_counter()
    run()
    return time.perf_counter() - begun


def read_words(path: Path) -> int:
    """How many letters are there, by the library alone?"""
    with pypdfium2.PdfDocument(path.read_bytes()) as document:
        return sum(len(page.get_textpage().get_text_range()) for page in document)


def read_letters(path: Path) -> int:
    """How many letters are there, by pdfplumber?"""
    with pdfplumber.open(path) as document:
        return sum(len(page.extract_text()) for page in document.pages)


def write_txt(folder: Path) -> Path:
    page = "\n\n".join(["Recorded crime", *[SENTENCE * 4] * 5, "\n".join("\t".join(row) for row in ROWS)])
    path = folder / "report.txt"
    path.write_text("\n\n".join([page] * PAGES))
    return path


def write_html(folder: Path) -> Path:
    rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>\n" for row in ROWS)
    page = "<h2>Recorded crime</h2>\n" + f"<p>{SENTENCE * 4}</p>\n" * 5 + f"<table>{rows}</table>\n"
    path = folder / "report.html"
    path.write_text(f"<html><body>{page * PAGES}</body></html>")
    return path


def write_docx(folder: Path) -> Path:
    document = docx.Document()
    for _ in range(PAGES):
        document.add_heading("Recorded crime", 2)
        for _ in range(5):
            document.add_paragraph(SENTENCE * 4)
        table = document.add_table(0, 3)
        for row in ROWS:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
    path = folder / "report.docx"
    document.save(str(path))
    return path


def write_odt(folder: Path) -> Path:
    document = odfdo.Document("text")
    for number in range(PAGES):
        document.body.append(odfdo.Header(2, "Recorded crime"))
        for _ in range(5):
            document.body.append(odfdo.Paragraph(SENTENCE * 4))
        table = odfdo.Table(f"t{number}", width=3, height=len(ROWS))
        for at, row in enumerate(ROWS):
            table.set_row_values(at, list(row))
        document.body.append(table)
    path = folder / "report.odt"
    document.save(str(path))
    return path


def write_pdf(folder: Path) -> Path:
    cells = ", ".join(f"[{cell}]" for row in ROWS for cell in row)
    page = "== Recorded crime\n" + f"{SENTENCE * 4}\n\n" * 5 + f"#table(columns: 3, {cells})\n"
    path = folder / "report.pdf"
    path.write_bytes(typst.compile("#pagebreak()\n".join([page] * PAGES).encode()))
    return path


if __name__ == "__main__":
    print(render_table(measure()))
