"""Ends of audit chains as somebody writes them down elsewhere, a line each, and what is read back from such a file."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from wardmote.evidence.model.errors import Fault, UnreadableInputError
from wardmote.web.foundation.audit import Anchor, BrokenLink, verify_chains
from wardmote.web.project.backups_rows import hold_snapshot

_FIELDS = 4
_SEAL_LENGTH = 64


def verify_moment(anchors: tuple[Anchor, ...] = ()) -> tuple[list[Anchor], list[BrokenLink]]:
    """Verify every chain as it stands at one moment, while others go on writing."""
    with hold_snapshot() as using:
        return verify_chains(anchors, using=using)


def write_anchors(ends: Iterable[Anchor], now: datetime) -> list[str]:
    """A line for each chain: when, which chain, how long, its last seal."""
    moment = now.isoformat(timespec="seconds")
    return [f"{moment} {end.chain} {end.length} {end.last_seal}" for end in ends if end.length]


def read_anchors(path: Path) -> tuple[Anchor, ...]:
    """Every end that the file holds. Raises UnreadableInputError that lists each line that is none."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableInputError(f"the anchors cannot be read: {error}", where=str(path)) from None
    found, faults = [], []
    for number, line in enumerate(lines, 1):
        anchor = _read_line(line)
        if anchor is not None:
            found.append(anchor)
        elif line.strip():
            faults.append(Fault("this line is no anchor", f"line {number}"))
    if faults or not found:
        raise UnreadableInputError(
            "the file is not what 'wardmote audit anchor' writes", where=str(path),
            expected="a moment, a chain, its length and its last seal on each line", faults=faults,
        )  # fmt: skip
    return tuple(found)


def _read_line(line: str) -> Anchor | None:
    parts = line.split()
    if len(parts) != _FIELDS or not parts[2].isdigit() or len(parts[3]) != _SEAL_LENGTH:
        return None
    return Anchor(parts[1], int(parts[2]), parts[3])
