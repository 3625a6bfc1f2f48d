"""How long does `wardmote check` take on a report of thirty pages, from the command line to the answer?

The report is of a place that does not exist: each page has a heading, paragraphs with changes, shares and ranks that
follow from its table, and the table. The command runs as its user runs it, Python's start included; beside it stands
the same file opened by the format's own library and its words taken out, nothing else.
"""

import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import docx
import numpy as np
import pdfplumber
import typst
from lxml import html as lxml_html

from benchmarks.bench_reading import take_time
from benchmarks.table import BenchRow, render_table

PAGES = 30
REPEATS = 3
AIM_S = 3.0
PDF_AIM = 1.5
SEED = 20_191
WARDS = ("Alderwick", "Brookhollow", "Cinderford Green", "Dunmere", "Eastlea", "Fallowfield", "Gorsehill", "Hartmoor")
HEAD = ("Ward", "2018/19", "2019/20", "Change")


@dataclass(frozen=True, slots=True)
class ReportPage:
    """What one page says: its heading, its paragraphs and its table, the column names first."""

    heading: str
    paragraphs: list[str]
    rows: list[tuple[str, ...]]


def measure() -> list[BenchRow]:
    """A row for each format."""
    pages = list(make_pages())
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        return [
            measure_file(write_txt(pages, folder), aim=AIM_S),
            measure_file(write_html(pages, folder), aim=AIM_S),
            measure_file(write_docx(pages, folder), aim=AIM_S),
            measure_file(write_pdf(pages, folder), aim=PDF_AIM),
        ]


def measure_file(path: Path, *, aim: float) -> BenchRow:
    """Medians of the command and of the bare reading, in turn. A PDF's aim is a ratio, the others' is seconds."""
    kind = path.suffix[1:]
    ours, bare = [], []
    for _ in range(REPEATS):
        ours.append(take_time(lambda: run_check(path)))
        bare.append(take_time(lambda: BARE[kind](path)))
    beside = statistics.median(bare)
    name = f"check {PAGES} pages of {kind}"
    if kind == "pdf":
        return BenchRow(name, statistics.median(ours), "pdfplumber, bare words", beside, aim)
    return BenchRow(f"{name} (bare words {beside:.2f} s)", statistics.median(ours), aim=aim)


def run_check(path: Path) -> None:
    """The command as it is typed. 1 says that something was accused, which is an answer."""
    command = [sys.executable, "-m", "wardmote", "check", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode not in {0, 1}:
        raise RuntimeError(done.stderr)


def make_pages() -> Iterator[ReportPage]:
    """Thirty pages of figures drawn from a fixed seed, and sentences that follow from them."""
    drawn = np.random.default_rng(SEED)
    for number in range(1, PAGES + 1):
        before = drawn.integers(120, 900, len(WARDS))
        after = np.maximum(before + drawn.integers(-80, 80, len(WARDS)), 40)
        yield make_page(number, before.tolist(), after.tolist())


def make_page(number: int, before: list[int], after: list[int]) -> ReportPage:
    """A page from two years' counts of offences in each ward."""
    counts = list(zip(WARDS, before, after, strict=True))
    rows = [(ward, f"{old:,}", f"{new:,}", f"{_change(old, new):+.1f}%") for ward, old, new in counts]
    most = max(counts, key=lambda count: count[2])
    share = 100 * most[2] / sum(after)
    paragraphs = [
        f"The district recorded {sum(after):,} offences in 2019/20, {_say_change(sum(before), sum(after))} from "
        f"{sum(before):,} the year before.",
        f"{most[0]} had the most offences in 2019/20, {most[2]:,}, which is {share:.1f}% of all offences.",
        *(
            f"In {ward} there were {new:,} offences in 2019/20, {_say_change(old, new)} from {old:,} in 2018/19. "
            "Residents told the partnership what they thought of the work done with them, and officers will report on "
            "it in the coming year."
            for ward, old, new in counts
        ),
    ]
    total = ("Total", f"{sum(before):,}", f"{sum(after):,}", f"{_change(sum(before), sum(after)):+.1f}%")
    return ReportPage(f"Priority {number}", paragraphs, [HEAD, *rows, total])


def _change(old: int, new: int) -> float:
    return 100 * (new - old) / old


def _say_change(old: int, new: int) -> str:
    if old == new:
        return "unchanged"
    return f"{'a rise' if new > old else 'a fall'} of {abs(_change(old, new)):.1f}%"


def write_txt(pages: list[ReportPage], folder: Path) -> Path:
    parts = [[page.heading, *page.paragraphs, "\n".join("\t".join(row) for row in page.rows)] for page in pages]
    path = folder / "report.txt"
    path.write_text("\n\n".join("\n\n".join(part) for part in parts))
    return path


def write_html(pages: list[ReportPage], folder: Path) -> Path:
    body = ""
    for page in pages:
        rows = ["".join(f"<td>{cell}</td>" for cell in row) for row in page.rows]
        body += f"<h2>{page.heading}</h2>\n" + "".join(f"<p>{text}</p>\n" for text in page.paragraphs)
        body += "<table>" + "".join(f"<tr>{row}</tr>\n" for row in rows) + "</table>\n"
    path = folder / "report.html"
    path.write_text(f"<html><body>{body}</body></html>")
    return path


def write_docx(pages: list[ReportPage], folder: Path) -> Path:
    document = docx.Document()
    for page in pages:
        document.add_heading(page.heading, 2)
        for text in page.paragraphs:
            document.add_paragraph(text)
        table = document.add_table(len(page.rows), len(HEAD))
        for cell, text in zip(table._cells, (text for row in page.rows for text in row), strict=True):
            cell.text = text
    path = folder / "report.docx"
    document.save(str(path))
    return path


def write_pdf(pages: list[ReportPage], folder: Path) -> Path:
    source = []
    for page in pages:
        cells = ", ".join(f'"{cell}"' for row in page.rows for cell in row)
        prose = "\n\n".join(page.paragraphs)
        source.append(f"== {page.heading}\n{prose}\n\n#table(columns: {len(HEAD)}, {cells})\n")
    path = folder / "report.pdf"
    path.write_bytes(typst.compile("#pagebreak()\n".join(source).encode()))
    return path


def _read_docx(path: Path) -> str:
    document = docx.Document(str(path))
    cells = [text.text or "" for table in document.tables for text in table._tbl.iter() if text.tag.endswith("}t")]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def _read_pdf(path: Path) -> str:
    with pdfplumber.open(path) as document:
        return "\n".join(page.extract_text() for page in document.pages)


#: The words of a file by the library of its format.
BARE = {
    "txt": Path.read_text,
    "html": lambda path: lxml_html.parse(str(path)).getroot().text_content(),
    "docx": _read_docx,
    "pdf": _read_pdf,
}

if __name__ == "__main__":
    print(render_table(measure()))
