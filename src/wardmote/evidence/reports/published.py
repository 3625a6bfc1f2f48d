"""What was published, and what of it would be different now: a record of each report's figures, and their comparison.

The store holds `published/MOMENT-AREA.json` for each assessment written from it: the figures' ids and values. Two
states of the store are compared by working each recorded figure out in both.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from wardmote.evidence.definitions.indicators import get_indicator, list_indicators
from wardmote.evidence.disclosure import DisclosureError
from wardmote.evidence.indicators.compute import Evidence
from wardmote.evidence.indicators.readings.evaluate import Setting, evaluate_figure
from wardmote.evidence.model.errors import UnreadableInputError, WardmoteError
from wardmote.evidence.model.periods import Period
from wardmote.evidence.reports.earlier import FOLDER
from wardmote.evidence.reports.partnership import Partnership
from wardmote.evidence.reports.tracing import make_setting, renew_chance
from wardmote.evidence.reports.writers.files import write_whole
from wardmote.evidence.store.store import Store

SCHEMA = "published-1"
#: Values closer than this are the same: two ways of adding floats may differ in their last digits.
_TOLERANCE = 1e-9
#: Sources on which every figure may rest, whatever it counts: areas, their shapes, and who lives there.
_SHARED_SOURCES = frozenset({"ons-lookups", "boundaries", "ons-population", "custom-areas"})


@dataclass(frozen=True, slots=True)
class PublishedDocument:
    """A report that was written, and its figures' values; None for a figure that had none."""

    name: str
    title: str
    figures: Mapping[str, float | None]


@dataclass(frozen=True, slots=True)
class Change:
    """A figure whose value differs between the two states. None stands for no value."""

    figure_id: str
    published: float | None
    earlier: float | None
    later: float | None


@dataclass(frozen=True, slots=True)
class DocumentChanges:
    """What changed of one document's figures; `unanswered` are those that cannot be asked, each with the reason."""

    name: str
    title: str
    figures_count: int
    changes: tuple[Change, ...]
    unanswered: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class StateComparison:
    """Two states of the store, and what differs between them."""

    earlier: datetime
    later: datetime
    loads_added: tuple[str, ...]
    loads_removed: tuple[str, ...]
    documents: tuple[DocumentChanges, ...]

    @property
    def is_same_state(self) -> bool:
        return not self.loads_added and not self.loads_removed

    @property
    def asked_count(self) -> int:
        return sum(d.figures_count for d in self.documents)

    @property
    def changed_count(self) -> int:
        return sum(len(d.changes) for d in self.documents)


# -- the record ---------------------------------------------------------------------------------------------
def record_document(
    store_folder: Path, figures_file: Path, *, area: str, period: str, now: datetime
) -> tuple[Path | None, str]:
    """Record in the store which figures a report shows.

    Returns the record's path; or None and why, where the store cannot be written to. Raises DisclosureError then if the
    report shows the public a partner's figures: later reports could not be held against it.
    """
    body = json.loads(figures_file.read_text(encoding="utf-8"))
    try:
        return _write_record(store_folder, body, area=area, period=period, now=now), ""
    except OSError as error:
        why = error.strerror or str(error)
        if body["audience"] == "public" and any(f["source"] == "partner" for f in body["figures"]):
            raise DisclosureError(
                f"the report shows the public partners' figures and could not be recorded ({why}); nothing was written",
                where=str(store_folder / FOLDER),
                expected="a store that can be written to, so that later reports are held against this one",
                to_do="Run it where the store can be written to",
            ) from error
        return None, why


def _write_record(store_folder: Path, body: dict[str, Any], *, area: str, period: str, now: datetime) -> Path:
    record = {
        "schema": SCHEMA,
        "title": body["title"],
        "area": area,
        "period": period,
        "as_at": body["as_at"],
        "audience": body["audience"],
        "recorded_at": now.isoformat(),
        "figures": [{"id": f["id"], "value": f["value"], "state": f["state"]} for f in body["figures"]],
    }
    path = _choose_name(store_folder / FOLDER, f"{now.astimezone(UTC):%Y%m%dT%H%M%SZ}-{area}")
    write_whole(path, (json.dumps(record, indent=1, ensure_ascii=False) + "\n").encode())
    return path


def _choose_name(folder: Path, stem: str) -> Path:
    """Two reports within a second have a record each."""
    path, number = folder / f"{stem}.json", 2
    while path.exists():
        path, number = folder / f"{stem}-{number}.json", number + 1
    return path


def list_documents(store_folder: Path) -> tuple[PublishedDocument, ...]:
    """Every report that was written from the store, in order."""
    return tuple(read_document(p) for p in sorted((store_folder / FOLDER).glob("*.json")))


def read_document(path: Path) -> PublishedDocument:
    """A record of the store, or the figures.json of a report. Raises UnreadableInputError for any other file."""
    try:
        body = json.loads(path.read_text(encoding="utf-8"))
        figures = {str(f["id"]): None if f["value"] is None else float(f["value"]) for f in body["figures"]}
        return PublishedDocument(path.name, str(body["title"]), figures)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UnreadableInputError(
            f"this is no record of figures ({type(error).__name__}: {error})",
            where=str(path),
            expected="the figures.json of an assessment",
        ) from error


# -- the comparison -----------------------------------------------------------------------------------------
def compare_documents(
    store: Store,
    earlier: datetime,
    later: datetime,
    *,
    partnership: Partnership,
    area: str = "",
    period: str = "",
    files: Sequence[Path] = (),
    with_recorded: bool = True,
    progress: Callable[[str, int, int], None] = lambda _name, _done, _total: None,
) -> StateComparison:
    """Which figures of the documents on record, of `files`, and of an area's period differ between two states?"""
    recorded = list_documents(store.folder) if with_recorded else ()
    documents = [*recorded, *(read_document(f) for f in files)]
    if area and period:
        documents.append(_list_every_indicator(area, period))
    before, after = (Evidence.of(store.snapshot(moment)) for moment in (earlier, later))
    ids = [{m.id: m.source for m in e.snapshot.manifests} for e in (before, after)]
    moved = {name: source for one, other in (ids, ids[::-1]) for name, source in one.items() if name not in other}
    judge = _Judge((before, after), partnership, frozenset(moved.values()), progress)
    return StateComparison(
        earlier,
        later,
        tuple(n for n in ids[1] if n not in ids[0]),
        tuple(n for n in ids[0] if n not in ids[1]),
        tuple(judge.compare(d) for d in documents),
    )


def _list_every_indicator(area: str, period: str) -> PublishedDocument:
    """What a person asks with an area and period: every indicator of the catalogue, published nowhere."""
    asked = Period.parse(period)
    figures = {f"{name}:{area}:{asked}": None for name in list_indicators()}
    return PublishedDocument("not published", f"Every indicator of {area}, {asked.title}", figures)


class _Judge:
    """Works figures out in two states; a figure whose sources are the same in both is not worked out at all."""

    def __init__(
        self,
        states: tuple[Evidence, Evidence],
        partnership: Partnership,
        moved_sources: frozenset[str],
        progress: Callable[[str, int, int], None],
    ) -> None:
        self._states = states
        self._partnership = partnership
        self._moved = moved_sources
        self._progress = progress
        self._known: dict[str, tuple[float | None, float | None] | str] = {}
        self._settings: dict[tuple[int, str], Setting] = {}

    def compare(self, document: PublishedDocument) -> DocumentChanges:
        changes: list[Change] = []
        unanswered: list[tuple[str, str]] = []
        for number, (figure_id, published) in enumerate(sorted(document.figures.items())):
            self._progress(document.title, number, len(document.figures))
            found = self._ask(figure_id)
            if isinstance(found, str):
                unanswered.append((figure_id, found))
            elif not _is_same(*found):
                changes.append(Change(figure_id, published, *found))
        return DocumentChanges(
            document.name, document.title, len(document.figures), tuple(changes), tuple(unanswered)
        )  # fmt: skip

    def _ask(self, figure_id: str) -> tuple[float | None, float | None] | str:
        """The figure's values in both states, or why it cannot be asked."""
        if figure_id not in self._known:
            self._known[figure_id] = self._work_out(figure_id)
        return self._known[figure_id]

    def _work_out(self, figure_id: str) -> tuple[float | None, float | None] | str:
        try:
            if not self._may_differ(figure_id):
                return (None, None)
            return (self._evaluate(0, figure_id), self._evaluate(1, figure_id))
        except WardmoteError as error:
            return error.fault.found

    def _may_differ(self, figure_id: str) -> bool:
        source = get_indicator(figure_id.split(":", maxsplit=1)[0]).numerator.source
        official = {"ons-csp-tables", "home-office-csp"}  # ranks fall back to the official tables
        rests_on = {source} | _SHARED_SOURCES | (official if ":measure=" in figure_id else set())
        return bool(rests_on & self._moved)

    def _evaluate(self, state: int, figure_id: str) -> float | None:
        """The value in one state; none where the state knows nothing of the area yet."""
        area = figure_id.split(":")[1]
        evidence = self._states[state]
        try:
            if (state, area) not in self._settings:
                self._settings[state, area] = make_setting(evidence, area, self._partnership)
            return evaluate_figure(evidence, figure_id, renew_chance(self._settings[state, area])).value
        except WardmoteError:
            if evidence.snapshot.manifests and self._states[1 - state].snapshot.manifests:
                raise
            return None


def _is_same(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one - other) <= _TOLERANCE * max(1.0, abs(one))


# -- as plain values ----------------------------------------------------------------------------------------
def describe_comparison(found: StateComparison) -> dict[str, Any]:
    """A comparison as plain values."""
    return {
        "schema": "compare-1",
        "as_at": [found.earlier.isoformat(), found.later.isoformat()],
        "loads_added": list(found.loads_added),
        "loads_removed": list(found.loads_removed),
        "asked_count": found.asked_count,
        "changed_count": found.changed_count,
        "documents": [_describe_document(d) for d in found.documents],
    }


def _describe_document(document: DocumentChanges) -> dict[str, Any]:
    return {
        "name": document.name,
        "title": document.title,
        "figures_count": document.figures_count,
        "changes": [
            {"id": c.figure_id, "published": c.published, "earlier": c.earlier, "later": c.later}
            for c in document.changes
        ],
        "unanswered": [{"id": i, "why": why} for i, why in document.unanswered],
    }
