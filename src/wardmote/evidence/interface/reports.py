"""Questions about documents: the assessment, its parts, what changed since it was published, the sample's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wardmote.evidence.interface.doors import Audience, Progress, ignore_progress
from wardmote.evidence.interface.loading import open_store

if TYPE_CHECKING:
    from wardmote.evidence.claims.model import Claim
    from wardmote.evidence.reports.assessment.build import Assessment
    from wardmote.evidence.reports.published import StateComparison
    from wardmote.evidence.store.store import Store

PARTNERSHIP_FOLDER = "partnership"


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

    `record` is None where the store could not be written to; `not_recorded` says why. `accused` are the claims of the
    report that the checker of reports would hold against it: none, or somebody must look.
    """

    title: str
    paths: dict[str, Path]
    record: Path | None
    figures_count: int
    not_recorded: str = ""
    accused: tuple[Claim, ...] = ()


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

    chosen = check_formats(formats)
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
    record, why_not = recorded[0]
    accused = assessment.checked.accusations()
    return WrittenAssessment(title, paths, record, len(assessment.ledger.figures), why_not, accused)


def check_formats(formats: Sequence[str]) -> tuple[str, ...]:
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
    with_recorded: bool = True,
    partnership: Path | None = None,
    progress: Progress = ignore_progress,
) -> StateComparison:
    """Which figures changed between two states of the store, and which published documents used them?

    Asked are the figures of every document on record (unless told otherwise), of the figures.json `files`, and, with an
    area and period, every indicator for them.
    """
    from wardmote.evidence.reports.partnership import load_partnership
    from wardmote.evidence.reports.published import compare_documents

    settings = load_partnership(find_partnership_folder(store, partnership))
    for moment in (earlier, later):
        store.snapshot(moment).verify()  # a damaged table would show as figures that cannot be asked any more
    return compare_documents(
        store, earlier, later, area=area, period=period, files=files, with_recorded=with_recorded,
        partnership=settings, progress=progress,
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


def load_sample_files(
    store: Store, sample: Path, *, now: datetime, by: str, progress: Progress = ignore_progress
) -> int:
    """Write the fictional partnership's files into `sample` and load every one of them; how many loads were made.

    Raises UsageError where `sample` holds something already.
    """
    from wardmote.evidence.reports.demonstration import load_sample
    from wardmote.evidence.sample.build import write_sample

    progress("writing the sample", 0, 0)
    write_sample(sample)
    return len(load_sample(store, sample, now=now, by=by, progress=progress))


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
