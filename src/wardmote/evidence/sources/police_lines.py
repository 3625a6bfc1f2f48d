"""Reading a faulty file line by line, so that each refused line has its number and no good one is lost with it.

The engine reads well-formed files far faster, but one stray quotation mark makes it lose the lines after it. Here every
line stands alone: the publisher writes no value over several lines.
"""

import csv
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from wardmote.evidence.sources.police_kinds import PoliceKind
from wardmote.evidence.sources.police_survey import Survey


def mend_file(survey: Survey, kind: PoliceKind, number: int, *, target: Path, refused: Path) -> None:
    """Write the good lines to `target` with their numbers, the others to `refused`, marked with the file's number."""
    places = [survey.positions[c] for c in kind.columns]
    width = len(survey.header)
    as_published = places == list(range(width))
    with ExitStack() as stack:
        good_file, bad_file = (
            stack.enter_context(p.open("w", encoding="utf-8", newline="")) for p in (target, refused)
        )
        good, bad = (csv.writer(f, lineterminator="\n") for f in (good_file, bad_file))
        for line, text in _read_lines(survey.text):
            if as_published and '"' not in text and text.count(",") == width - 1:
                good_file.write(f"{line},{text}\n")  # nearly every line; parting and joining it would take long
                continue
            cells = next(csv.reader([text]))
            if len(cells) == width:
                good.writerow([line, *("" if p is None else cells[p] for p in places)])
            else:
                reason = f"{len(cells)} cells stand where there are {width} columns"
                bad.writerow([number, survey.where, line, "columns", reason, text])


def _read_lines(path: Path) -> Iterator[tuple[int, str]]:
    """Each line after the first with its number (the first line is 1); blank lines are passed over."""
    with path.open("rb") as stream:
        for number, raw in enumerate(stream, start=1):
            text = raw.decode("utf-8", errors="replace").strip("\r\n")
            if number > 1 and text.strip():
                yield number, text
