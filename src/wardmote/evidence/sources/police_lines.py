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

_LONGEST_LINE = 100_000  # the publisher's lines have some three hundred letters
_KEPT = 10_000


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
            if as_published and text.count(",") == width - 1 and _is_plain(text):
                good_file.write(f"{line},{text}\n")  # nearly every line; parting and joining it would take long
                continue
            cells = _part(text)
            if cells is None:
                reason = f"the line is longer than {_LONGEST_LINE:,} letters or holds signs that no csv has"
                bad.writerow([number, survey.where, line, "columns", reason, text[:_KEPT].replace("\0", "")])
            elif len(cells) == width:
                good.writerow([line, *("" if p is None else cells[p] for p in places)])
            else:
                reason = f"{len(cells)} cells stand where there are {width} columns"
                bad.writerow([number, survey.where, line, "columns", reason, text])


def _is_plain(text: str) -> bool:
    """Do the commas of this line alone part its cells?"""
    return len(text) <= _LONGEST_LINE and not any(sign in text for sign in '"\r\0')


def _part(text: str) -> list[str] | None:
    """The cells of a line, None where it cannot be parted into any."""
    if len(text) > _LONGEST_LINE or "\0" in text:
        return None
    try:
        return next(csv.reader([text]), [])
    except csv.Error:
        return None


def _read_lines(path: Path) -> Iterator[tuple[int, str]]:
    """Each line after the first with its number (the first line is 1); blank lines are passed over."""
    with path.open("rb") as stream:
        for number, raw in enumerate(stream, start=1):
            text = raw.decode("utf-8", errors="replace").strip("\r\n")
            if number > 1 and text.strip():
                yield number, text
