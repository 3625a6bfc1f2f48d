"""Where one figure comes from: its definition, its parts, the loads behind it, their input files, the rows counted."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from wardmote.evidence.definitions.indicators import IndicatorDefinition
from wardmote.evidence.indicators.compute import Evidence
from wardmote.evidence.indicators.described import describe_indicator
from wardmote.evidence.indicators.questions import PLACE_KINDS
from wardmote.evidence.indicators.readings.evaluate import Setting, evaluate_figure
from wardmote.evidence.indicators.readings.peers import choose_peers
from wardmote.evidence.indicators.rows_used import DERIVED, count_rows_by_file
from wardmote.evidence.model.figures import Figure
from wardmote.evidence.reports.assessment.context import SEED
from wardmote.evidence.reports.assessment.figures_file import describe
from wardmote.evidence.reports.document import Entry
from wardmote.evidence.reports.ledger import describe_figure
from wardmote.evidence.reports.partnership import Partnership
from wardmote.evidence.store.manifest import InputFile, Manifest
from wardmote.evidence.store.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class TracedFile:
    """One input file; `rows_used` is how many of its rows the figure counts, None where that is not kept by file."""

    file: InputFile
    rows_used: int | None


@dataclass(frozen=True, slots=True)
class TracedLoad:
    """One load behind the figure and what it was used for."""

    use: str
    manifest: Manifest
    files: tuple[TracedFile, ...]
    refused_path: Path | None


@dataclass(frozen=True, slots=True)
class Trace:
    """A figure with all that it rests on."""

    figure: Figure
    definition: IndicatorDefinition
    entry: Entry
    loads: tuple[TracedLoad, ...]


def make_setting(evidence: Evidence, area: str, partnership: Partnership) -> Setting:
    """What derived figures depend on besides the evidence, as the assessment of that area has it."""
    group = choose_peers(evidence, area, partnership.peers, partnership.peers_title)
    return Setting(partnership.breaks, np.random.default_rng(SEED), group)


def renew_chance(setting: Setting) -> Setting:
    """The same setting with chance begun anew, as the assessment begins it for each reading."""
    return replace(setting, generator=np.random.default_rng(SEED))


def trace(evidence: Evidence, figure_id: str, partnership: Partnership) -> Trace:
    """Where does the figure of that id come from?

    Returns the figure worked out anew, its definition and entry, and the loads behind its count, its denominator and
    the placing of its rows. Raises UsageError when the id is malformed or names what there is not.
    """
    area = figure_id.split(":")[1] if figure_id.count(":") > 1 else ""
    is_derived = any(f":{name}=" in figure_id for name in DERIVED)  # a plain one has no peers, which are dear to find
    bare = Setting(partnership.breaks, np.random.default_rng(SEED))
    figure = evaluate_figure(evidence, figure_id, make_setting(evidence, area, partnership) if is_derived else bare)
    snapshot = evidence.snapshot
    loads = tuple(_trace_loads(evidence, figure))
    return Trace(figure, describe_indicator(snapshot, figure.indicator), describe_figure(figure, snapshot), loads)


def _trace_loads(evidence: Evidence, figure: Figure) -> Iterable[TracedLoad]:
    snapshot = evidence.snapshot
    used = count_rows_by_file(evidence, figure)
    for load in figure.loads:
        yield from _describe_load(snapshot, load, "Counted from", used.get(load) if used is not None else None)
    for load in _find_denominator_loads(evidence, figure):
        yield from _describe_load(snapshot, load, "Residents from", None)
    if figure.loads and snapshot.has("area_links"):
        for load in snapshot.loads_of("area_links"):
            yield from _describe_load(snapshot, load, "Areas from", None)


def _describe_load(snapshot: Snapshot, load: str, use: str, used: dict[int, int] | None) -> Iterable[TracedLoad]:
    manifest = snapshot.find_manifest(load)
    if manifest is None:
        return
    files = tuple(
        TracedFile(f, None if used is None else used.get(n, 0))
        for n, f in enumerate(manifest.inputs)
        if used is None or n in used
    )
    refused = snapshot.folder / "loads" / load / "refused.parquet"
    yield TracedLoad(use, manifest, files, refused if refused.exists() else None)


def _find_denominator_loads(evidence: Evidence, figure: Figure) -> tuple[str, ...]:
    if figure.denominator is None:
        return ()
    place = next((value for name, value in figure.dimensions if name in PLACE_KINDS), figure.area.code)
    return evidence.denominators.list_loads(place, figure.denominator)


def describe_trace(found: Trace, snapshot: Snapshot) -> dict[str, Any]:
    """A trace as plain values."""
    definition = found.definition
    return {
        "schema": "trace-1",
        "figure": describe(found.figure, snapshot),
        "definition": {
            "id": definition.id,
            "version": definition.version,
            "title": definition.title,
            "question": definition.question,
            "unit": definition.unit,
            "polarity": definition.polarity,
            "caveats": list(definition.caveats),
            "checked_by": definition.checked_by,
            "reviewed_on": definition.reviewed_on,
        },
        "loads": [_describe_traced_load(load) for load in found.loads],
    }


def _describe_traced_load(load: TracedLoad) -> dict[str, Any]:
    m = load.manifest
    return {
        "use": load.use,
        "id": m.id,
        "source": m.source,
        "publisher": m.publisher,
        "licence": m.licence,
        "loaded_at": m.loaded_at.isoformat(),
        "by": m.by,
        "rows_refused": m.rows_refused,
        "refused_rows_file": str(load.refused_path) if load.refused_path else None,
        "files": [
            {
                "name": f.file.name,
                "sha256": f.file.sha256,
                "rows_in": f.file.rows_in,
                "rows_kept": f.file.rows_kept,
                "rows_refused": f.file.rows_refused,
                "rows_used": f.rows_used,
            }
            for f in load.files
        ],
    }
