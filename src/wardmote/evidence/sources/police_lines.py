"""Reading a faulty file line by line, so that each refused line has its number and no good one is lost with it.

The engine reads well-formed files far faster, but one stray quotation mark makes it lose the lines after it. Here every
line stands alone: the publisher writes no value over several lines.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from wardmote.evidence.sources.police_kinds import PoliceKind
from wardmote.evidence.sources.police_survey import Survey


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line whose cells do not match the columns."""

    line: int
    reason: str
    text: str


def mend_file(survey: Survey, kind: PoliceKind, number: int, *, target: Path, refused: Path) -> None:
    """Write the good lines to `target` with their numbers, the others to `refused`, marked with the file's number."""
    places = [survey.positions[c] for c in kind.columns]
    with (
        target.open("w", encoding="utf-8", newline="") as good_file,
        refused.open("w", encoding="utf-8", newline="") as bad_file,
    ):
        good, bad = csv.writer(good_file), csv.writer(bad_file)
        for item in _read_lines(survey.text, len(survey.header)):
            if isinstance(item, BadLine):
                bad.writerow([number, survey.where, item.line, "columns", item.reason, item.text])
            else:
                line, cells = item
                good.writerow([line, *("" if p is None else cells[p] for p in places)])


def _read_lines(path: Path, width: int) -> Iterator[tuple[int, list[str]] | BadLine]:
    """Each line after the first with its number (the first line is 1); blank lines are passed over."""
    with path.open("rb") as stream:
        for number, raw in enumerate(stream, start=1):
            text = raw.decode("utf-8", errors="replace").strip("\r\n")
            if number == 1 or not text.strip():
                continue
            cells = text.split(",") if '"' not in text else next(csv.reader([text]))
            if len(cells) == width:
                yield number, cells
            else:
                yield BadLine(number, f"{len(cells)} cells stand where there are {width} columns", text)
