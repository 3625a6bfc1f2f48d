"""figures.json: every figure of the report with all that is known about it, for machines and for the archive."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from wardmote.evidence.indicators.readings.measured import MEASURES
from wardmote.evidence.model.figures import Figure
from wardmote.evidence.reports.ledger import describe_figure
from wardmote.evidence.store.manifest import Manifest
from wardmote.evidence.store.snapshot import Snapshot

SCHEMA = "figures-1"


def render_figures(
    figures: Iterable[Figure], snapshot: Snapshot, *, title: str, as_at: datetime, audience: str, software: str
) -> str:
    """The file's text; the same figures give the same bytes.

    For the public it says nothing of a partner's files: names, row counts and checksums tell of the items in them.
    """
    body = {
        "schema": SCHEMA,
        "title": title,
        "as_at": as_at.isoformat(),
        "audience": audience,
        "software": software,
        "figures": [describe(f, snapshot) for f in sorted(figures, key=lambda f: f.id)],
        "loads": [_describe_load(m, snapshot, audience) for m in sorted({load for f in figures for load in f.loads})],
    }
    return json.dumps(body, indent=1, ensure_ascii=False) + "\n"


def describe(figure: Figure, snapshot: Snapshot) -> dict[str, Any]:
    """One figure as plain values. `value` is null where it is missing or withheld; `state` says which."""
    measure = dict(figure.dimensions).get("measure", "")
    return {
        "id": figure.id,
        "title": describe_figure(figure, snapshot).title,
        "indicator": figure.indicator,
        "definition_version": figure.definition_version,
        "area": {"code": figure.area.code, "name": figure.area.name, "kind": figure.area.kind},
        "period": str(figure.period),
        "months": [str(figure.period.first), str(figure.period.last)],
        "dimensions": dict(figure.dimensions),
        "measure": MEASURES.get(measure, ""),
        "value": figure.value,
        "unit": figure.unit,
        "state": figure.state,
        "missing": {"code": figure.missing.code, "why": figure.missing.why} if figure.missing else None,
        "numerator": figure.numerator,
        "denominator": _describe_denominator(figure),
        "interval": _describe_interval(figure),
        "source": figure.source,
        "loads": list(figure.loads),
        "rows": figure.rows,
        "notes": list(figure.notes),
    }


def _describe_denominator(figure: Figure) -> dict[str, Any] | None:
    per = figure.denominator
    if per is None:
        return None
    return {"value": per.value, "what": per.what, "year": per.year, "vintage": per.vintage, "note": per.note}


def _describe_interval(figure: Figure) -> dict[str, Any] | None:
    limits = figure.interval
    if limits is None:
        return None
    high = None if limits.high == float("inf") else limits.high
    return {"low": limits.low, "high": high, "level": limits.level, "method": limits.method}


def _describe_load(load: str, snapshot: Snapshot, audience: str) -> dict[str, Any]:
    manifest = snapshot.find_manifest(load)
    if manifest is None:
        return {"id": load}
    return {
        "id": load,
        "source": manifest.source,
        "publisher": manifest.publisher,
        "licence": manifest.licence,
        "loaded_at": manifest.loaded_at.isoformat(),
        "files": "withheld" if audience == "public" and manifest.source == "partner" else _describe_files(manifest),
    }


def _describe_files(manifest: Manifest) -> list[dict[str, Any]]:
    return [
        {
            "name": f.name,
            "sha256": f.sha256,
            "rows_in": f.rows_in,
            "rows_kept": f.rows_kept,
            "rows_refused": f.rows_refused,
        }
        for f in manifest.inputs
    ]
