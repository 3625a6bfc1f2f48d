"""The sample partnership into a store, source by source, as its own list of loads says."""

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from wardmote.evidence.sources.contract import LoadOptions
from wardmote.evidence.sources.loading import LoadReport, load_source
from wardmote.evidence.store.store import Store

#: Settings that name a file of the sample.
_FILE_SETTINGS = ("mapping",)


def load_sample(
    store: Store, sample: Path, *, now: datetime, by: str, progress: Callable[[str, int, int], None]
) -> list[LoadReport]:
    """Load every file of the sample; the reports come in the order of its `sample.json`."""
    loads = json.loads((sample / "sample.json").read_text(encoding="utf-8"))["loads"]
    reports = []
    for load in loads:
        settings = {k: str(sample / v) if k in _FILE_SETTINGS else str(v) for k, v in load["settings"].items()}
        options = LoadOptions(settings=settings, progress=progress)
        paths = [sample / p for p in load["paths"]]
        reports.append(load_source(store, str(load["source"]), paths, now=now, by=by, options=options))
    return reports
