"""Which file answers for a force and month when several claim it? Never two: their rows must not add up.

The publisher issues a month again with later outcomes, and the same download often lies in two folders. The choice
rests on what the files are called and hold, not on the order in which they were named.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from wardmote.evidence.model.errors import Fault
from wardmote.evidence.sources.police_survey import Survey
from wardmote.evidence.sources.police_tables import Readable

Key = tuple[str, str]  # force, month


@dataclass(slots=True)
class Choice:
    """`lost` are the (file number, key) pairs for which another file answers."""

    lost: set[tuple[int, Key]] = field(default_factory=set)
    faults: list[Fault] = field(default_factory=list)


def choose_files(files: Sequence[Readable], claims: Mapping[int, set[Key]]) -> Choice:
    """Choose for each force and month the file from the latest archive, else the one whose path sorts last."""
    claimants: dict[Key, list[Readable]] = {}
    for file in files:
        for key in claims.get(file.number, set()):
            claimants.setdefault(key, []).append(file)
    choice = Choice()
    for key, rivals in sorted(claimants.items()):
        if len(rivals) > 1:
            _choose_one(key, rivals, choice)
    return choice


def _choose_one(key: Key, rivals: list[Readable], choice: Choice) -> None:
    ranked = sorted(rivals, key=lambda f: (f.survey.file.archive_date, f.survey.file.origin))
    winner = ranked[-1]
    contents = {file.number: _hash_text(file.survey) for file in ranked}
    for loser in ranked[:-1]:
        choice.lost.add((loser.number, key))
        same = contents[loser.number] == contents[winner.number]
        choice.faults.append(_explain(key, loser, winner, same=same))


def _explain(key: Key, loser: Readable, winner: Readable, *, same: bool) -> Fault:
    month = f"{key[1]} of {key[0]}"
    kept = winner.survey.where if winner.survey.where != loser.survey.where else winner.survey.file.origin
    if same:
        found = f"this file holds {month} and equals {kept}; it was counted once"
        return Fault(found, where=loser.survey.where, severity="warning", code="same_month_twice")
    dated = winner.survey.file.archive_date > loser.survey.file.archive_date
    why = "it lies in the later archive" if dated else "its path sorts last"
    return Fault(
        f"this file and {kept} both hold {month} and differ; only {kept} was loaded, because {why}",
        where=loser.survey.where,
        expected="one file for a force and month",
        to_do="Load the right one alone if this was not it; a later load takes the place of an earlier one",
        severity="warning",
        rows=loser.survey.lines,
        code="month_reissued",
    )


def _hash_text(survey: Survey) -> str:
    """The checksum of the unpacked text, blind to line ends: a zip, a gzip and a plain copy of a file are equal."""
    digest = hashlib.sha256()
    with survey.text.open("rb") as stream:
        for line in stream:
            digest.update(line.rstrip(b"\r\n") + b"\n")
    return digest.hexdigest()
