"""Loading: one source's files become one load of the store, or nothing at all."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import cast

from wardmote import __version__
from wardmote.evidence.definitions.sources import SourceDefinition, get_source
from wardmote.evidence.model.errors import Fault, UnreadableInputError
from wardmote.evidence.sources.contract import LoadOptions, Reading, SourceModule
from wardmote.evidence.store.manifest import Manifest
from wardmote.evidence.store.staging import Staging
from wardmote.evidence.store.store import Store


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What a load did. `faults` holds errors (something was refused) and warnings."""

    manifest: Manifest

    @property
    def faults(self) -> tuple[Fault, ...]:
        return self.manifest.faults

    @property
    def has_refusals(self) -> bool:
        return self.manifest.rows_refused > 0 or any(f.severity == "error" for f in self.faults)


def load_source(
    store: Store, source: str, paths: Sequence[Path], *, now: datetime, by: str, options: LoadOptions | None = None
) -> LoadReport:
    """Load files, folders or archives of a catalogue source.

    Raises UsageError for an unknown source, UnreadableInputError when a path does not exist or nothing in it could be
    read; in both cases the store is as it was.
    """
    definition = get_source(source)
    _check_paths(paths)
    module = cast(SourceModule, import_module(f"wardmote.evidence.sources.{source.replace('-', '_')}"))
    chosen = options or LoadOptions()
    with store.stage(source, by=by) as staging:
        reading = module.read(paths, staging, chosen)
        _check_something_read(reading, staging, paths)
        manifest = _build_manifest(definition, staging, reading, now=now, by=by, settings=dict(chosen.settings))
        store.commit(staging, manifest)
    return LoadReport(manifest)


def _check_paths(paths: Sequence[Path]) -> None:
    faults = [Fault("there is no such file or folder", where=str(p)) for p in paths if not p.exists()]
    if faults:
        raise UnreadableInputError("nothing was loaded", faults=faults, to_do="Check the paths and run it again")


def _check_something_read(reading: Reading, staging: Staging, paths: Sequence[Path]) -> None:
    if any(table.rows for table in staging.tables):
        return
    raise UnreadableInputError(
        "nothing in these files could be read; nothing was loaded",
        where=", ".join(str(p) for p in paths),
        faults=reading.faults,
    )


def _build_manifest(
    definition: SourceDefinition,
    staging: Staging,
    reading: Reading,
    *,
    now: datetime,
    by: str,
    settings: dict[str, str],
) -> Manifest:
    months = sorted(reading.months)
    return Manifest(
        id=staging.load_id,
        source=definition.id,
        loaded_at=now,
        by=by,
        inputs=tuple(reading.inputs),
        tables=tuple(staging.tables),
        publisher=reading.publisher or definition.publisher,
        licence=reading.licence or definition.licence,
        period_first=str(months[0]) if months else "",
        period_last=str(months[-1]) if months else "",
        months_missing=reading.months_missing,
        faults=tuple(reading.faults),
        settings=settings,
        software=f"wardmote {__version__}",
    )
