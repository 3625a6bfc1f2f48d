"""A store of evidence for the sample's open quarter, by which its bound returns fill themselves.

The sample's files end with a fixed month. Those of the same quarter in their last year are moved to the open one, and
only what the bindings need is loaded: places, residents, street-level crime, roads. Nothing is loaded of a quarter
before it has ended, nor of a month after it: even an invented store holds no future. It takes some ten seconds, so the
process of the rounds does it and no page waits. It is never the installation's own store: what is invented stays apart.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from django.utils.timezone import localdate

from wardmote.evidence.interface import load_files, open_store
from wardmote.evidence.sample.build import SampleManifest, write_sample
from wardmote.evidence.sample.loads import list_loads
from wardmote.evidence.sample.margins import MONTHS
from wardmote.web.foundation.rounds import join_round
from wardmote.web.project.sample import find_sample
from wardmote.web.returns.actions.filling import fill_returns, find_store
from wardmote.web.returns.models import Quarter, Return
from wardmote.web.returns.owing import AWAITS_EVIDENCE
from wardmote.web.returns.states import QuarterState

_BY = "the sample"
_DATE = "date"  # of a collision: day, month and year
_PLACES = ("ons-lookups", "ons-population")


@join_round("build the sample's evidence")
def build_sample_evidence(now: datetime) -> str:
    """Build the store of each open quarter of the sample that waits for one, and fill what it answers."""
    ret = next((ret for ret in _list_waiting(localdate(now)) if not find_store(ret).exists()), None)
    if ret is None:
        return "nothing to build"
    build_store(find_store(ret), ret.quarter, now=now)
    return f"{fill_returns()} returns filled"


def _list_waiting(today: date) -> Iterable[Return]:
    rows = Return.objects.filter(
        AWAITS_EVIDENCE, partnership=find_sample(), quarter__state=QuarterState.OPEN, quarter__is_historic=False,
        quarter__ends_on__lt=today,
    )  # fmt: skip
    return rows.select_related("quarter", "partnership")


def build_store(folder: Path, quarter: Quarter, *, now: datetime) -> None:
    """Build it beside its place and then move it there: a store is whole or is not there."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder.parent) as made:
        manifest = write_sample(Path(made) / "sample")
        store = open_store(Path(made) / "store", create=True)
        for load in list_loads(manifest.files):
            if load["source"] in _PLACES:
                paths = [manifest.root / str(path) for path in load["paths"]]  # type: ignore[attr-defined]
                load_files(store, str(load["source"]), paths, now=now, by=_BY)
        moved = Path(made) / "moved"
        load_files(store, "police-street", move_street(manifest, moved, quarter), now=now, by=_BY)
        load_files(store, "stats19", move_roads(manifest, moved, quarter), now=now, by=_BY)
        store.folder.rename(folder)


def move_street(manifest: SampleManifest, out: Path, quarter: Quarter) -> list[Path]:
    """The street-level files of the quarter: those of the same months in the sample's last year, their dates moved."""
    ends = quarter.ends_on
    wanted = [f"{month:02d}" for month in range(ends.month - 2, ends.month + 1)]
    last = max(month[:4] for month in MONTHS if month[5:] == wanted[-1])
    found = []
    for month in wanted:
        old, new = f"{last}-{month}", f"{ends.year}-{month}"
        for path in (path for path in manifest.files["police-street"] if f"/{old}/" in path):
            moved = out / path.replace(old, new)
            moved.parent.mkdir(parents=True, exist_ok=True)
            moved.write_bytes((manifest.root / path).read_bytes().replace(f",{old},".encode(), f",{new},".encode()))
            found.append(moved)
    return found


def move_roads(manifest: SampleManifest, out: Path, quarter: Quarter) -> list[Path]:
    """The collisions and casualties of the sample's last year of roads, as those of the quarter's year until its end.

    A casualty has no date of its own: it goes with its collision.
    """
    out.mkdir(parents=True, exist_ok=True)
    paths = [manifest.root / path for path in manifest.files["stats19"]]
    tables = {path.name: path.read_text("utf-8").splitlines() for path in paths}
    later = _list_later(next(lines for lines in tables.values() if _DATE in lines[0].split(",")), quarter)
    found = []
    for name, lines in tables.items():
        kept = [lines[0], *(line for line in lines[1:] if line.partition(",")[0] not in later)]
        (out / name).write_text(_move_year(kept, quarter.ends_on.year))
        found.append(out / name)
    return found


def _list_later(collisions: Sequence[str], quarter: Quarter) -> frozenset[str]:
    """The numbers of the collisions in months after the quarter's last."""
    at = collisions[0].split(",").index(_DATE)
    rows = (line.split(",") for line in collisions[1:])
    return frozenset(row[0] for row in rows if int(row[at][3:5]) > quarter.ends_on.month)


def _move_year(lines: Sequence[str], year: int) -> str:
    """The rows of the last year in a file, which each row begins with, in another year."""
    last = lines[-1][:4]
    moved = (re.sub(rf"(?<!\d){last}", str(year), line) for line in lines[1:] if line.startswith(last))
    return "\n".join([lines[0], *moved]) + "\n"
