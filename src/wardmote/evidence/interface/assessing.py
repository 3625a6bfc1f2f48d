"""Questions of somebody who writes an assessment: what may be said, which figures there are, what will be printed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from wardmote.evidence.interface.doors import Audience, Progress, ignore_progress
from wardmote.evidence.interface.reports import check_formats, find_partnership_folder

if TYPE_CHECKING:
    from wardmote.evidence.claims.model import Claim
    from wardmote.evidence.indicators.compute import Evidence
    from wardmote.evidence.reports.assessment.desk import Desk, HeldWords, SectionFault
    from wardmote.evidence.reports.assessment.figure_search import FoundFigure
    from wardmote.evidence.reports.assessment.named import NamedFigure
    from wardmote.evidence.reports.partnership import Partnership
    from wardmote.evidence.store.store import Store


@dataclass(frozen=True, slots=True)
class Assessed:
    """What is assessed: an area, a year ("2025/26"), the state of the store, and whose report it is.

    `publisher` and `is_synthetic` count before what the store's own folder says of a partnership.
    """

    area: str
    year: str
    as_at: datetime
    publisher: str = ""
    is_synthetic: bool = False


@dataclass(frozen=True, slots=True)
class BuiltTwin:
    """One twin of an edition: where its files lie by format, how many figures it shows, and what is held against it."""

    audience: Audience
    title: str
    paths: dict[str, Path]
    figures_count: int
    accused: tuple[Claim, ...]


def list_assessment_sections() -> tuple[tuple[str, str], ...]:
    """The sections that an analyst may write in: id and title, in the order of the report."""
    from wardmote.evidence.reports.assessment import outline

    return outline.list_sections()


def open_desk(evidence: Evidence, store: Store, assessed: Assessed) -> Desk:
    """All against which a commentary is held; keep it, for every question after the first is answered from it.

    `evidence` is the store's as it stood at `assessed.as_at`. Raises UsageError for an area of which nothing is known
    or a year after all data.
    """
    from wardmote.evidence.model.periods import Period
    from wardmote.evidence.reports.assessment.desk import Desk

    return Desk(evidence, assessed.area, Period.parse(assessed.year), _read_settings(store, assessed))


def check_section(desk: Desk, section: str, text: str) -> tuple[SectionFault, ...]:
    """Which words of a section does the data not bear? Raises UsageError for a section that there is not."""
    from wardmote.evidence.reports.assessment import desk as desks

    return desks.check_section(desk, section, text)


def count_held(text: str) -> HeldWords:
    """How many figures and words of direction of a section are held against the data, and what is from outside it?"""
    from wardmote.evidence.reports.assessment import desk as desks

    return desks.count_held(text)


def check_commentary(desk: Desk, texts: Mapping[str, str]) -> dict[str, tuple[SectionFault, ...]]:
    """Every fault of every section, by section."""
    from wardmote.evidence.reports.assessment import desk as desks

    return desks.check_commentary(desk, texts)


def preview_section(desk: Desk, section: str, text: str) -> str:
    """The section's words as they will be printed, as HTML. Raises TextNotBorneOutError while it has a fault."""
    from wardmote.evidence.reports.assessment.desk import read_section
    from wardmote.evidence.reports.writers.words import render_words

    return render_words(read_section(desk, section, text))


def find_figures(desk: Desk, query: str, *, limit: int = 12) -> tuple[FoundFigure, ...]:
    """Which figures do these words name, what do they say, and what is typed to refer to them?"""
    from wardmote.evidence.reports.assessment import figure_search

    return figure_search.find_figures(desk, query, limit=limit)


def name_figures(evidence: Evidence, figure_ids: Sequence[str]) -> tuple[NamedFigure, ...]:
    """What are these figures called, of which section of the report, in which unit?"""
    from wardmote.evidence.reports.assessment import named

    return named.name_figures(evidence.places, figure_ids)


def build_twin(
    store: Store,
    assessed: Assessed,
    texts: Mapping[str, str],
    out: Path,
    *,
    audience: Audience,
    formats: Sequence[str] = (),
    progress: Progress = ignore_progress,
) -> BuiltTwin:
    """Write one twin of the assessment with these texts by section. The store notes nothing of it: see record_edition.

    The same store, `assessed`, texts and version give the same bytes. Raises TextNotBorneOutError while a text claims
    what the data does not bear.
    """
    from wardmote.evidence.model.periods import Period
    from wardmote.evidence.reports.assessment import build
    from wardmote.evidence.reports.writers.together import write_together

    chosen = check_formats(formats)
    settings = replace(_read_settings(store, assessed), commentary=dict(texts))
    progress("working out the figures", 0, 0)
    snapshot = store.snapshot(assessed.as_at)
    snapshot.verify()  # what is published rests on every byte as it was loaded
    made = build.plan_assessment(
        snapshot, assessed.area, Period.parse(assessed.year), settings, audience=audience, as_at=assessed.as_at
    )
    progress(f"writing {', '.join(chosen)}", 0, 0)
    paths = write_together(out, lambda draft: build.write_assessment(made, draft, snapshot, formats=chosen))
    title = f"{made.document.title}: {made.document.subtitle}"
    return BuiltTwin(audience, title, paths, len(made.ledger.figures), made.checked.accusations())


def record_edition(store: Store, figures_file: Path, assessed: Assessed, *, now: datetime) -> tuple[Path | None, str]:
    """Record in the store which figures a published report shows, so that corrections find it and later reports for the
    public are held against it.

    Returns the record's path, or None and why the store could not be written to. Raises DisclosureError then if the
    report shows the public a partner's figures.
    """
    from wardmote.evidence.reports.published import record_document

    return record_document(store.folder, figures_file, area=assessed.area, period=assessed.year, now=now)


def _read_settings(store: Store, assessed: Assessed) -> Partnership:
    """What the store's own folder says, with the name of whoever publishes; its commentary is not read."""
    from wardmote.evidence.reports.partnership import load_partnership

    found = load_partnership(find_partnership_folder(store, None))
    return replace(
        found,
        name=assessed.publisher or found.name,
        is_synthetic=assessed.is_synthetic or found.is_synthetic,
        commentary=None,
    )


def list_recorded(store: Store) -> tuple[str, ...]:
    """The names of the records that the store holds of published reports. Later reports are held against them."""
    from wardmote.evidence.reports.earlier import FOLDER

    return tuple(sorted(path.name for path in (store.folder / FOLDER).glob("*.json")))
