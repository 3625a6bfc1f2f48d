"""A paper asked for and made: what it says is collected, written in each form, and kept with the values it used."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from wardmote.evidence.interface import write_governance_report
from wardmote.web.foundation.clock import read_now, read_today
from wardmote.web.foundation.design.words import say_date
from wardmote.web.foundation.jobs import Tell, start_job
from wardmote.web.foundation.writes import writing
from wardmote.web.governance.documents.collecting import Collected, collect
from wardmote.web.governance.documents.models import MadePaper, MadePaperFile
from wardmote.web.partnerships.interface import Organisation, Person
from wardmote.web.plans.interface import Plan
from wardmote.web.returns.interface import DocumentKind, IssuedDocument, keep_document


def ask_for_paper(
    *,
    kind: DocumentKind,
    plan: Plan,
    period: str,
    days: tuple[date, date],
    forms: Sequence[str],
    agency: Organisation | None = None,
    by: Person | None,
) -> MadePaper:
    """Have a paper made in the background. `days` are the first and last day that it speaks of."""
    partnership = plan.partnership
    facts = {"kind": kind.value}
    with writing(by=by, verb="governance.paper_asked_for", partnership=partnership, facts=facts) as write:
        paper = MadePaper.objects.create(
            partnership=partnership, kind=kind, plan=plan, period=period, starts_on=days[0], ends_on=days[1],
            agency=agency, forms=list(forms), title=_name(kind, plan, period, agency), asked_at=read_now(),
            asked_by=by.pk if by else None,
        )  # fmt: skip
        write.subject = paper
        start_job(kind="governance.paper", partnership=partnership, subject=paper, by=by)
    return paper


def _name(kind: DocumentKind, plan: Plan, period: str, agency: Organisation | None) -> str:
    """What the paper is called in lists: "Scrutiny pack 2026/27: Safer plan"."""
    if kind == DocumentKind.HISTORY:
        return f"Returns of {agency}, to {say_date(read_today())}"[:300]
    if kind == DocumentKind.PLAN:
        return f"Plan document: {plan.title}, version {plan.version}"[:300]
    return f"{kind.label} {period}: {plan.title}"[:300]


def make_files(paper: MadePaper, tell: Tell) -> list[IssuedDocument]:
    """Make every form of a paper at once: of what stood when it was collected, all or none; never twice."""
    held = [row.document for row in paper.files.select_related("document")]
    if held:
        return held
    collected = collect(paper)
    made = _write(paper, collected, tell)
    with writing(
        by=None, verb="governance.paper_made", partnership=paper.partnership, subject=paper,
        facts={"forms": sorted(made)},
    ):  # fmt: skip
        by = Person.objects.filter(pk=paper.asked_by).first()
        documents = [
            keep_document(
                paper.plan, title=paper.title, period=paper.period, form=form, content=content, by=by,
                versions=collected.versions, kind=DocumentKind(paper.kind), agency=paper.agency,
                build=paper.pk,
            )
            for form, content in made.items()
        ]  # fmt: skip
        MadePaperFile.objects.bulk_create(
            MadePaperFile(partnership=paper.partnership, paper=paper, document=document) for document in documents
        )
    return documents


def _write(paper: MadePaper, collected: Collected, tell: Tell) -> dict[str, bytes]:
    made = {}
    with TemporaryDirectory() as folder:
        for place, form in enumerate(paper.forms):
            tell(f"Writing {form.upper()}", place, len(paper.forms))
            path = Path(folder) / f"paper.{form}"
            write_governance_report(collected.account, [path])
            made[form] = path.read_bytes()
    return made
