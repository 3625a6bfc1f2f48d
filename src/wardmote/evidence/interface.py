"""The one public door of the core: what the command line and the web may ask of the evidence.

Every function is thin: it opens what is needed and hands the question on. Heavy libraries are imported where they are
needed, so that importing this module costs nothing. Nothing here prints, and nothing asks the clock: `now` and `as_at`
are arguments.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from wardmote.evidence.definitions.indicators import IndicatorDefinition
    from wardmote.evidence.indicators.compute import Evidence
    from wardmote.evidence.indicators.questions import Scope
    from wardmote.evidence.model.figures import Figure, FigureTable
    from wardmote.evidence.model.periods import Month
    from wardmote.evidence.reports.assessment.build import Assessment
    from wardmote.evidence.reports.published import StateComparison
    from wardmote.evidence.reports.tracing import Trace
    from wardmote.evidence.sources.fetch_police import FetchReport
    from wardmote.evidence.sources.loading import LoadReport
    from wardmote.evidence.store.manifest import LoadRecord as LoadRecord  # noqa: PLC0414 - callers name it from here
    from wardmote.evidence.store.manifest import Undo
    from wardmote.evidence.store.store import Store

Progress = Callable[[str, int, int], None]
Audience = Literal["partnership", "public"]

PARTNERSHIP_FOLDER = "partnership"


def ignore_progress(_name: str, _done: int, _total: int) -> None:
    """For callers that show no progress."""


# -- the store ----------------------------------------------------------------------------------------------
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


def undo_load(store: Store, load_id: str, *, now: datetime, by: str) -> Undo:
    """Take a load back; what it superseded counts again. Raises UsageError for an unknown load."""
    return store.undo(get_load(store, load_id).manifest.id, now=now, by=by)


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


# -- figures ------------------------------------------------------------------------------------------------
def open_evidence(store: Store, *, as_at: datetime | None = None) -> Evidence:
    """The store's evidence as it stood at `as_at`, or as it stands; ask several questions of one."""
    from wardmote.evidence.indicators.compute import Evidence

    return Evidence.of(store.snapshot(as_at))


def list_indicators() -> dict[str, IndicatorDefinition]:
    """Every indicator of the catalogue by id."""
    from wardmote.evidence.definitions import indicators

    return indicators.list_indicators()


def check_indicator(name: str) -> IndicatorDefinition:
    """The indicator of that id. Raises UsageError that names near ones where there is none."""
    from wardmote.evidence.indicators import known

    return known.check_indicator(name)


def describe_indicator(evidence: Evidence, name: str) -> IndicatorDefinition:
    """The indicator of that id as what is loaded describes it: a partner's dataset says its own title and caveats."""
    from wardmote.evidence.indicators import described

    return described.describe_indicator(evidence.snapshot, name)


def ask_figures(
    evidence: Evidence, indicator: str, area: str, period: str, by: str = "", *, scope: Scope = "force"
) -> FigureTable:
    """The figures of an indicator for an area and period, split by `by` ("month,ward,offence").

    Raises UsageError for an unknown indicator, area, breakdown, or a period with two readings.
    """
    from wardmote.evidence.indicators.compute import compute_figures
    from wardmote.evidence.indicators.known import check_area
    from wardmote.evidence.model.periods import Period

    check_indicator(indicator)
    asked = Period.parse(period)
    check_area(evidence, area)
    return compute_figures(evidence, indicator, area, asked, by, scope=scope)


def describe_figures(evidence: Evidence, table: FigureTable) -> list[dict[str, Any]]:
    """The table's figures as plain values, each with all that is known about it."""
    from wardmote.evidence.reports.assessment.figures_file import describe

    return [describe(figure, evidence.snapshot) for figure in table.figures]


def write_value(figure: Figure) -> tuple[str, str]:
    """A figure's value and interval as readers see them; a mark where it has no value."""
    from wardmote.evidence.reports.numbers import write_figure, write_interval

    return write_figure(figure), write_interval(figure)


def trace_figure(evidence: Evidence, figure_id: str, *, partnership: Path | None = None) -> Trace:
    """Where does this figure come from, down to the input files and the rows counted?"""
    from wardmote.evidence.reports.partnership import load_partnership
    from wardmote.evidence.reports.tracing import trace

    return trace(evidence, figure_id, load_partnership(partnership))


def describe_trace(evidence: Evidence, found: Trace) -> dict[str, Any]:
    """A trace as plain values."""
    from wardmote.evidence.reports import tracing

    return tracing.describe_trace(found, evidence.snapshot)


# -- reports ------------------------------------------------------------------------------------------------
def find_partnership_folder(store: Store, named: Path | None) -> Path | None:
    """The folder named, else the store's own `partnership`, else none."""
    own = store.folder / PARTNERSHIP_FOLDER
    return named or (own if own.is_dir() else None)


def plan_assessment(
    store: Store,
    area: str,
    year: str,
    *,
    as_at: datetime,
    audience: Audience = "partnership",
    partnership: Path | None = None,
    commentary: Path | None = None,
) -> Assessment:
    """Work out the assessment of an area and year without writing it.

    Raises TextNotBorneOutError when the commentary claims what the data does not bear.
    """
    from wardmote.evidence.model.periods import Period
    from wardmote.evidence.reports.assessment import build
    from wardmote.evidence.reports.partnership import load_partnership

    settings = load_partnership(find_partnership_folder(store, partnership), commentary)
    period = Period.parse(year)
    snapshot = store.snapshot(as_at)
    snapshot.verify()  # what is published rests on every byte as it was loaded
    return build.plan_assessment(snapshot, area, period, settings, audience=audience, as_at=as_at)


@dataclass(frozen=True, slots=True)
class WrittenAssessment:
    """Where the files of an assessment lie by format, its record in the store, and how many figures it shows.

    `record` is None where the store could not be written to; `not_recorded` says why.
    """

    title: str
    paths: dict[str, Path]
    record: Path | None
    figures_count: int
    not_recorded: str = ""


def assess(
    store: Store,
    area: str,
    year: str,
    out: Path,
    *,
    as_at: datetime,
    now: datetime,
    audience: Audience = "partnership",
    partnership: Path | None = None,
    commentary: Path | None = None,
    formats: Sequence[str] = (),
    progress: Progress = ignore_progress,
) -> WrittenAssessment:
    """Write the strategic assessment into `out` and record in the store which figures it shows.

    `formats` from html, docx, odt, pdf, xlsx; all when none is named. `as_at` is the state of the store and the date
    on the report: the same store and `as_at` give the same bytes. `now` only names the record. All files are written or
    none. Who may only read the store has the assessment all the same; the answer says that it was not recorded.
    """
    from wardmote.evidence.reports.assessment.build import write_assessment
    from wardmote.evidence.reports.published import record_document
    from wardmote.evidence.reports.writers.together import write_together

    chosen = _check_formats(formats)
    progress("working out the figures", 0, 0)
    assessment = plan_assessment(
        store, area, year, as_at=as_at, audience=audience, partnership=partnership, commentary=commentary
    )
    progress(f"writing {', '.join(chosen)}", 0, 0)
    snapshot = store.snapshot(as_at)
    recorded: list[tuple[Path | None, str]] = []

    def write(draft: Path) -> dict[str, Path]:
        written = write_assessment(assessment, draft, snapshot, formats=chosen)
        recorded.append(record_document(store.folder, written["figures"], area=area, period=year, now=now))
        return written

    paths = write_together(out, write)
    title = f"{assessment.document.title}: {assessment.document.subtitle}"
    return WrittenAssessment(title, paths, recorded[0][0], len(assessment.ledger.figures), recorded[0][1])


def _check_formats(formats: Sequence[str]) -> tuple[str, ...]:
    """All formats when none is named. Raises UsageError for an unknown one, before minutes of work."""
    from wardmote.evidence.model.errors import UsageError
    from wardmote.evidence.reports.writers.write import WRITERS

    unknown = [f for f in formats if f not in WRITERS]
    if unknown:
        raise UsageError(f"there is no format '{', '.join(unknown)}'", expected="some of " + ", ".join(WRITERS))
    return tuple(formats) or tuple(WRITERS)


def list_elements(assessment: Assessment) -> tuple[tuple[str, str, str], ...]:
    """Every chart and table of the document that can be had alone: id, kind, title."""
    from wardmote.evidence.reports.document import Chart, Table, walk_document

    return tuple(
        (b.id, "chart" if isinstance(b, Chart) else "table", b.title if isinstance(b, Chart) else b.caption)
        for b in walk_document(assessment.document)
        if isinstance(b, Chart | Table)
    )


def export_element(assessment: Assessment, element_id: str, path: Path) -> None:
    """Write one chart or table alone in the form that the path's ending names."""
    from wardmote.evidence.reports.writers.write import write_element

    write_element(assessment.document, element_id, path)


def compare_states(
    store: Store,
    earlier: datetime,
    later: datetime,
    *,
    area: str = "",
    period: str = "",
    files: Sequence[Path] = (),
    partnership: Path | None = None,
    progress: Progress = ignore_progress,
) -> StateComparison:
    """Which figures changed between two states of the store, and which published documents used them?

    Asked are the figures of every document on record, of the figures.json `files`, and, with an area and period, every
    indicator for them.
    """
    from wardmote.evidence.reports.partnership import load_partnership
    from wardmote.evidence.reports.published import compare_documents

    settings = load_partnership(find_partnership_folder(store, partnership))
    for moment in (earlier, later):
        store.snapshot(moment).verify()  # a damaged table would show as figures that cannot be asked any more
    return compare_documents(
        store, earlier, later, area=area, period=period, files=files, partnership=settings, progress=progress
    )  # fmt: skip


def describe_comparison(found: StateComparison) -> dict[str, Any]:
    """A comparison as plain values."""
    from wardmote.evidence.reports import published

    return published.describe_comparison(found)


@dataclass(frozen=True, slots=True)
class Demo:
    """The sample partnership, loaded and assessed."""

    folder: Path
    store: Path
    sample: Path
    area: str
    year: str
    assessment: WrittenAssessment
    loads_count: int
    errors_count: int
    warnings_count: int


def build_demo(
    out: Path, *, now: datetime, by: str, formats: Sequence[str] = (), progress: Progress = ignore_progress
) -> Demo:
    """Write the fictional partnership's files, load every source and write its assessment; needs no network.

    Raises UsageError where `out` holds a sample or store already.
    """
    from wardmote.evidence.reports.demonstration import load_sample
    from wardmote.evidence.sample.build import write_sample
    from wardmote.evidence.sample.commentary import ASSESSED_YEAR
    from wardmote.evidence.sample.places import MAIN

    sample = out / "sample"
    progress("writing the sample", 0, 0)
    write_sample(sample)
    store = open_store(out / "store", create=True)
    reports = load_sample(store, sample, now=now, by=by, progress=progress)
    written = assess(
        store, MAIN.code, ASSESSED_YEAR, out / "assessment",
        as_at=now, now=now, partnership=sample, formats=formats, progress=progress,
    )  # fmt: skip
    severities = [fault.severity for r in reports for fault in r.faults]
    errors, warnings = severities.count("error"), severities.count("warning")
    return Demo(out, store.folder, sample, MAIN.code, ASSESSED_YEAR, written, len(reports), errors, warnings)
