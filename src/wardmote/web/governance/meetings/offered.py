"""What the application offers to meetings: documents that it made, and plans and assessments to be signed."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.urls import reverse

from wardmote.web.foundation.design.words import localise
from wardmote.web.foundation.models import StoredFile
from wardmote.web.foundation.signables import Signable, offer_signables
from wardmote.web.observatory.interface import PublishedEdition, find_edition_file, list_published_editions
from wardmote.web.partnerships.interface import Partnership
from wardmote.web.plans.interface import Plan, PlanState
from wardmote.web.returns.interface import list_issued_files

_PAPER_FORMS = ("pdf", "docx")


@dataclass(frozen=True, slots=True)
class OfferedPaper:
    """A document that wardmote made and that can go with an agenda."""

    title: str
    made_at: datetime
    file: StoredFile

    @property
    def label(self) -> str:
        return f"{self.title} ({self.file.name.rpartition('.')[2].upper()}, {self.made_at:%-d %B %Y})"


PaperProvider = Callable[[Partnership], Iterable[OfferedPaper]]
_providers: list[PaperProvider] = []


def offer_papers(provider: PaperProvider) -> PaperProvider:
    """Register a function that lists documents that were made in a partnership."""
    _providers.append(provider)
    return provider


def list_offered_papers(partnership: Partnership) -> list[OfferedPaper]:
    """All documents that were made, the newest first."""
    found = [paper for provider in _providers for paper in provider(partnership)]
    return sorted(found, key=lambda paper: paper.made_at, reverse=True)


@offer_papers
def list_performance_reports(partnership: Partnership) -> Iterator[OfferedPaper]:
    """The performance reports that were issued."""
    for title, made_at, file in list_issued_files(partnership):
        yield OfferedPaper(title, made_at, file)


@offer_papers
def list_assessments(partnership: Partnership) -> Iterator[OfferedPaper]:
    """The public twin of each published assessment: a paper may be read by others than who has seen the evidence."""
    for edition in list_published_editions(partnership):
        for form in _PAPER_FORMS if edition.is_newest else ():
            file = _find_file(partnership, edition, form)
            if file is not None:
                yield OfferedPaper(edition.title, edition.published_at, file)


def _find_file(partnership: Partnership, edition: PublishedEdition, form: str) -> StoredFile | None:
    try:
        file: StoredFile = find_edition_file(partnership, edition.id, form=form)
    except LookupError:
        return None
    return file


@offer_signables
def list_signable_assessments(partnership: Any) -> Iterator[Signable]:
    """The newest published edition of each assessment, with its PDF."""
    for edition in list_published_editions(partnership):
        if edition.is_newest:
            file = _find_file(partnership, edition, "pdf")
            yield Signable("assessment", edition.id, edition.title, f"edition {edition.number}", edition.address, file)


def find_evidence_day(partnership: Partnership, about: UUID | None) -> date | None:
    """The day of the evidence in a published edition, before which it cannot have been written; None for no edition."""
    editions = list_published_editions(partnership) if about is not None else []
    return next((localise(edition.as_at).date() for edition in editions if edition.id == about), None)


@offer_signables
def list_signable_plans(partnership: Any) -> Iterator[Signable]:
    """Plans that are at their gates or in force."""
    states = (PlanState.APPROVAL, PlanState.ADOPTED)
    rows = Plan.objects.filter(partnership=partnership, state__in=states, is_historic=False)
    for plan in rows.order_by("-starts_on", "-version"):
        address = reverse("plan", kwargs={"slug": partnership.slug, "plan_id": plan.pk})
        yield Signable("plan", plan.pk, plan.title, f"version {plan.version}", address)
