"""One command's worth: from a snapshot to the assessment's files."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path

from wardmote import __version__
from wardmote.evidence.claims.check import Checked
from wardmote.evidence.claims.described import describe_checked
from wardmote.evidence.disclosure import Audience
from wardmote.evidence.indicators.compute import Evidence
from wardmote.evidence.indicators.readings.peers import choose_peers
from wardmote.evidence.model.errors import UsageError
from wardmote.evidence.model.periods import Month, Period, financial_year_of
from wardmote.evidence.reports.assessment.assemble import build_assessment
from wardmote.evidence.reports.assessment.commentary import read_commentary
from wardmote.evidence.reports.assessment.context import Context
from wardmote.evidence.reports.assessment.figures_file import render_figures
from wardmote.evidence.reports.document import Document
from wardmote.evidence.reports.ledger import Ledger
from wardmote.evidence.reports.own_text import check_own
from wardmote.evidence.reports.partnership import Partnership
from wardmote.evidence.reports.writers.files import write_whole
from wardmote.evidence.reports.writers.write import WRITERS, write_document
from wardmote.evidence.store.snapshot import Snapshot

STEM = "assessment"


@dataclass(frozen=True)
class Assessment:
    """A built assessment: the document, and the ledger of its figures."""

    document: Document
    ledger: Ledger

    @cached_property
    def checked(self) -> Checked:
        """Our own report, checked as anybody's is. What it accuses, somebody must mend before the report goes out."""
        return check_own(self.document, name=STEM)


def plan_assessment(
    snapshot: Snapshot, area: str, period: Period, partnership: Partnership, *, audience: Audience, as_at: datetime
) -> Assessment:
    """Work out every section. Raises UsageError for an area of which nothing is known, or a period after all data."""
    context = make_context(Evidence.of(snapshot), area, period, partnership, audience=audience)
    commentary = read_commentary(partnership.commentary, context)
    publisher = partnership.name or f"{context.area.title} community safety partnership"
    return Assessment(build_assessment(context, commentary, as_at=as_at, publisher=publisher), context.ledger)


def make_context(
    evidence: Evidence, area: str, period: Period, partnership: Partnership, *, audience: Audience
) -> Context:
    """What every section and every sentence is held against. Raises UsageError as plan_assessment does."""
    found = evidence.places.find_area(area)
    if not found.name and not evidence.places.get_enclosing(area).keys() - {found.kind}:
        raise UsageError(
            f"nothing that is loaded names the area {area}",
            expected="the code of a district, partnership or other area in the loaded look-ups",
            to_do="Load look-ups with 'wardmote load ons-lookups FILE', or check the code",
        )
    _refuse_future(evidence.snapshot, period)
    return Context(
        evidence,
        found,
        period,
        choose_peers(evidence, area, partnership.peers, partnership.peers_title),
        partnership.breaks,
        Ledger(evidence.snapshot),
        audience=audience,
        look=partnership.look,
        is_synthetic=partnership.is_synthetic or area.startswith("X"),
    )


def _refuse_future(snapshot: Snapshot, period: Period) -> None:
    """A period that begins after everything that is loaded has nothing to be said of it."""
    # residents are projected far ahead: they are no evidence of a period
    ends = [m.period_last for m in snapshot.manifests if m.tables and m.period_last and m.source != "ons-population"]
    if not ends:
        return
    newest = Month.parse(max(ends))
    if newest < period.first:
        year = financial_year_of(newest) if newest.number == 3 else Period.rolling_year(newest)
        raise UsageError(
            f"{period} begins after everything that is loaded, which ends with {newest.title}",
            expected=f"a period that begins by {newest.title}, such as {year}",
            to_do="Assess an earlier period, or load newer files first",
        )


def write_assessment(
    assessment: Assessment, out: Path, snapshot: Snapshot, *, formats: Sequence[str] = tuple(WRITERS)
) -> dict[str, Path]:
    """Write the formats asked for, figures.json and claims.json into `out`, which is made where it does not exist."""
    out.mkdir(parents=True, exist_ok=True)
    document = assessment.document
    written = write_document(document, out, formats, name=STEM)
    text = render_figures(
        assessment.ledger.figures,
        snapshot,
        title=f"{document.title}: {document.subtitle}",
        as_at=document.as_at,
        audience=document.audience,
        software=f"wardmote {__version__}",
    )
    path = out / "figures.json"
    write_whole(path, text.encode())
    checked = out / "claims.json"
    answer = json.dumps(describe_checked(assessment.checked), ensure_ascii=False, indent=1)
    write_whole(checked, f"{answer}\n".encode())
    return {**written, "figures": path, "claims": checked}
