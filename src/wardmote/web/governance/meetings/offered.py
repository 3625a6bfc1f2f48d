"""What other parts of the application offer to meetings: documents that wardmote made, and plans to be signed."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse

from wardmote.web.foundation.models import StoredFile
from wardmote.web.foundation.signables import Signable, offer_signables
from wardmote.web.partnerships.interface import Partnership
from wardmote.web.plans.interface import Plan, PlanState
from wardmote.web.returns.interface import list_issued_files


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


@offer_signables
def list_signable_plans(partnership: Any) -> Iterator[Signable]:
    """Plans that are at their gates or in force."""
    states = (PlanState.APPROVAL, PlanState.ADOPTED)
    rows = Plan.objects.filter(partnership=partnership, state__in=states, is_historic=False)
    for plan in rows.order_by("-starts_on", "-version"):
        address = reverse("plan", kwargs={"slug": partnership.slug, "plan_id": plan.pk})
        yield Signable("plan", plan.pk, plan.title, f"version {plan.version}", address)
