"""What an assessment's words are held against, kept ready in each process: a check answers within a second."""

from collections import OrderedDict
from collections.abc import Mapping
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from wardmote.evidence.interface import (
    PARTNERSHIP_FOLDER,
    Assessed,
    check_section,
    find_figures,
    list_recorded,
    open_desk,
    open_store,
    preview_section,
)
from wardmote.evidence.interface import name_figures as name_figures_of
from wardmote.evidence.model.errors import WardmoteError
from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.observatory.assessments.models import Assessment
from wardmote.web.observatory.reading import has_evidence, read_evidence
from wardmote.web.observatory.stores import find_store

if TYPE_CHECKING:
    from wardmote.evidence.interface import Desk, FoundFigure, NamedFigure, Store

_MOST_KEPT = 3
_desks: "OrderedDict[tuple[Any, ...], Desk]" = OrderedDict()
_opening: dict[tuple[Any, ...], Lock] = {}
_lock = Lock()
_LONGEST_QUERY = 100


def describe_assessed(assessment: Assessment) -> Assessed:
    """What is assessed, as the core takes it."""
    partnership = assessment.partnership
    return Assessed(
        assessment.area, assessment.year, assessment.as_at, publisher=partnership.name,
        is_synthetic=partnership.is_sample,
    )  # fmt: skip


def open_evidence_store(assessment: Assessment) -> "Store":
    """The store that the partnership reads. Raises RefusedError where nothing was ever loaded."""
    if not has_evidence(assessment.partnership):
        raise RefusedError("There is no evidence yet, so nothing can be held against it. Load data first.")
    return open_store(find_store(assessment.partnership))


def find_desk(assessment: Assessment) -> "Desk":
    """The desk of an assessment in its data window. Raises WardmoteError where the evidence cannot answer for it."""
    store = open_evidence_store(assessment)
    assessed = describe_assessed(assessment)
    key = (store.folder, assessed, list_recorded(store), _mark(store.folder / PARTNERSHIP_FOLDER))
    with _lock:
        opening = _opening.setdefault(key, Lock())
    with opening:  # one opens it for all who ask at the same time, and who asks for another one does not wait
        with _lock:
            desk = _desks.get(key)
        if desk is None:
            desk = open_desk(read_evidence(assessment.partnership, assessment.as_at), store, assessed)
        _keep(key, desk)
    return desk


def _keep(key: tuple[Any, ...], desk: "Desk") -> None:
    with _lock:
        _desks[key] = desk
        _desks.move_to_end(key)
        while len(_desks) > _MOST_KEPT:
            _desks.popitem(last=False)
        for gone in [k for k in _opening if k not in _desks]:
            del _opening[gone]


def _mark(folder: Path) -> tuple[tuple[str, int], ...]:
    """What tells one state of the partnership's own folder from another."""
    return tuple(sorted((p.name, p.stat().st_mtime_ns) for p in folder.glob("*.yaml")))


def forget_desks() -> None:
    """Let go of everything that is kept ready."""
    with _lock:
        _desks.clear()
        _opening.clear()


def check_text(assessment: Assessment, key: str, text: str) -> list[dict[str, Any]] | None:
    """Every fault of a section's words as plain values; None where the evidence cannot answer."""
    if not text.strip():
        return []
    try:
        faults = check_section(find_desk(assessment), key, text)
    except WardmoteError:
        return None
    return [
        {"line": f.line, "column": f.column, "found": f.found, "expected": f.expected, "to_do": f.to_do,
         "only_public": f.only_public, "quote": f.quote}
        for f in faults
    ]  # fmt: skip


def check_texts(assessment: Assessment, texts: Mapping[str, str]) -> dict[str, list[dict[str, Any]] | None]:
    """Every section's faults, or None, by section."""
    return {key: check_text(assessment, key, text) for key, text in texts.items()}


def preview(assessment: Assessment, key: str, text: str) -> str:
    """The words as they will be printed, as HTML; "" while they have a fault or the evidence cannot answer."""
    try:
        return preview_section(find_desk(assessment), key, text)
    except WardmoteError:
        return ""


def search_figures(assessment: Assessment, query: str) -> "tuple[FoundFigure, ...]":
    """The figures that words name. Raises WardmoteError where the evidence cannot answer."""
    return find_figures(find_desk(assessment), query[:_LONGEST_QUERY])


def name_figures(assessment: Assessment, changes: list[dict[str, Any]]) -> "tuple[NamedFigure, ...]":
    """The figures that changed, in words; none where there is no evidence to ask."""
    if not changes or not has_evidence(assessment.partnership):
        return ()
    return name_figures_of(read_evidence(assessment.partnership, assessment.as_at), [one["id"] for one in changes])


def explain_silence(assessment: Assessment) -> str:
    """Why the evidence cannot answer for the assessment; "" where it can."""
    try:
        find_desk(assessment)
    except WardmoteError as error:
        return str(error).splitlines()[0]
    return ""
