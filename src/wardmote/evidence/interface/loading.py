"""Questions about the store: which loads it holds, and files brought into it or taken out again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from wardmote.evidence.interface.doors import Progress, ignore_progress

if TYPE_CHECKING:
    from wardmote.evidence.definitions.sources import SourceDefinition
    from wardmote.evidence.indicators.compute import Evidence
    from wardmote.evidence.model.periods import Month
    from wardmote.evidence.sources.fetch_police import FetchReport
    from wardmote.evidence.sources.held_quality import Quality
    from wardmote.evidence.sources.loading import LoadReport
    from wardmote.evidence.store.manifest import LoadRecord, Undo
    from wardmote.evidence.store.standing import LoadStanding, Replacement, UndoEffect
    from wardmote.evidence.store.store import Store


def open_store(folder: Path, *, create: bool = False) -> Store:
    """Open the store in the folder; with `create`, make an empty one where there is none.

    Raises UnreadableInputError for a folder that is no store or was written by a newer wardmote.
    """
    from wardmote.evidence.store import store

    return store.open_store(folder, create=create)


def list_loads(store: Store) -> tuple[LoadRecord, ...]:
    """Which loads were ever made, in order, taken back or not?"""
    from wardmote.evidence.store import records

    return records.list_loads(store)


def get_load(store: Store, load_id: str) -> LoadRecord:
    """The load of that id (its number alone will do). Raises UsageError where there is none."""
    from wardmote.evidence.store import records

    return records.get_load(store, load_id)


def find_refused(store: Store, load_id: str) -> Path | None:
    """Where the rows lie that the load refused, each with its reason; None where it refused none."""
    from wardmote.evidence.store import records

    return records.find_refused(store, load_id)


def list_refused(store: Store, load_id: str, *, limit: int) -> tuple[tuple[str, int, str, str], ...]:
    """The first refused rows of a load: file, line, reason, the row as it stood."""
    from wardmote.evidence.store import records

    return records.list_refused(store, load_id, limit=limit)


def undo_load(store: Store, load_id: str, *, now: datetime, by: str, reason: str = "") -> Undo:
    """Take a load back; what it superseded counts again. Raises UsageError for an unknown load."""
    return store.undo(get_load(store, load_id).manifest.id, now=now, by=by, reason=reason)


def describe_standing(store: Store) -> Mapping[str, LoadStanding]:
    """How much of each load still counts, by its id: whole, in part, superseded, or taken back?"""
    from wardmote.evidence.store import standing

    return standing.describe_standing(store)


def foresee_undo(store: Store, load_id: str) -> tuple[UndoEffect, ...]:
    """What would change if the load were taken back: for which keys an earlier load counts again, and which fall empty.

    Raises UsageError for an unknown load.
    """
    from wardmote.evidence.store import standing

    return standing.foresee_undo(store, get_load(store, load_id).manifest.id)


def list_replacements(store: Store) -> tuple[Replacement, ...]:
    """Which load took the place of which, and for which keys of which table?"""
    from wardmote.evidence.store import standing

    return standing.list_replacements(store)


def describe_quality(evidence: Evidence, *, now: datetime) -> Quality:
    """How whole is what the store holds: months missing, drops, rows without a place, rows refused, age?"""
    from wardmote.evidence.sources import held_quality

    key = ("quality", now.year, now.month)
    return evidence.snapshot.recall(key, lambda: held_quality.describe_quality(evidence.snapshot, now=now))


def list_sources() -> Mapping[str, SourceDefinition]:
    """Every source of the catalogue by its name."""
    from wardmote.evidence.definitions import sources

    return sources.list_sources()


def use_threads(count: int) -> None:
    """From now on this process's engines use so many threads: one in a process that lets others go first."""
    from wardmote.evidence.store import engine

    engine.use_threads(count)


def load_files(
    store: Store,
    source: str,
    paths: Sequence[Path],
    *,
    now: datetime,
    by: str,
    settings: Mapping[str, str] | None = None,
    progress: Progress = ignore_progress,
) -> LoadReport:
    """Load files, folders or zips of a catalogue source: all of them in one load, or nothing.

    Raises UsageError for an unknown source, UnreadableInputError when nothing could be read.
    """
    from wardmote.evidence.sources.contract import LoadOptions
    from wardmote.evidence.sources.loading import load_source

    options = LoadOptions(settings=dict(settings or {}), progress=progress)
    return load_source(store, source, paths, now=now, by=by, options=options)


def fetch_police_files(
    out: Path,
    *,
    force: str,
    first: Month,
    last: Month,
    now: datetime,
    kinds: Sequence[str] = ("street",),
    base_url: str = "",
    progress: Progress = ignore_progress,
) -> FetchReport:
    """Bring a force's files of these months from the publisher into `out`. Nothing is loaded yet."""
    from wardmote.evidence.sources.fetch_police import BASE_URL, fetch_police

    return fetch_police(
        out, force=force, first=first, last=last, fetched_at=now, kinds=kinds,
        base_url=base_url or BASE_URL, progress=progress,
    )  # fmt: skip


def list_police_kinds() -> Mapping[str, str]:
    """What can be fetched from the police's publisher, and the source that each kind is loaded into."""
    from wardmote.evidence.sources.fetch_police import KINDS

    return KINDS


def list_error_cells(content: bytes, sheet: str) -> dict[tuple[int, int], str]:
    """Which cells of this xlsx's sheet hold an error ("#DIV/0!"), by row and column from 0? Check its extents first.

    Raises UnreadableInputError for what is no workbook.
    """
    from wardmote.evidence.sources.workbook_errors import list_error_cells

    return list_error_cells(content, sheet)


def check_sheet_extents(content: bytes, *, label: str, rows: int, columns: int, unpacked_bytes: int) -> None:
    """Is this xlsx small enough to be laid out in memory? For doors that take a stranger's workbook.

    Raises UnreadableInputError for another kind of file, for a sheet that reaches over more rows or columns (its name
    and extent are said), and for one that unpacks to more bytes.
    """
    from wardmote.evidence.sources.workbook_extent import WorkbookLimits, check_workbook

    limits = WorkbookLimits(rows, columns, rows * columns, unpacked_bytes, kinds=("xlsx",))
    check_workbook(content, label=label, limits=limits)
