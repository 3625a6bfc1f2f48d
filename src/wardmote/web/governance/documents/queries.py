"""What is seen of documents: which kinds a person may make, of what, and the papers that were made."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from wardmote.web.foundation.jobs import ShownJob, describe_job
from wardmote.web.governance.documents.models import MadePaper
from wardmote.web.governance.scrutiny.queries import list_stretches
from wardmote.web.partnerships.interface import Organisation, PartnershipRequest, can
from wardmote.web.plans.interface import Plan
from wardmote.web.returns.interface import (
    DocumentKind,
    IssuedDocument,
    Quarter,
    choose_newest,
    find_quarter,
    find_returning_organisations,
    list_seen_plans,
    may_see_kind,
)

#: What each is for, as the page says it.
WHAT_FOR = {
    DocumentKind.EXECUTIVE: "Each quarter: what needs the executive on the first page, then a page for each priority",
    DocumentKind.SCRUTINY: "Each year: the plan against its results, with every missed target, for the committee",
    DocumentKind.OUTTURN: "At the end of a year: what it came to against its targets, and the years before",
    DocumentKind.PLAN: "The plan itself: vision, priorities, actions, indicators with targets, risks, who approved it",
    DocumentKind.HISTORY: "Every value that one agency ever submitted, with its revisions and who signed it off",
}


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing a paper may be of: a quarter, a year, a plan. `value` names it in a form."""

    value: str
    label: str
    plan: Plan
    period: str
    days: tuple[date, date]


def list_kinds(request: PartnershipRequest) -> list[DocumentKind]:
    """The kinds that the person may read; an agency's history where there is an agency they may ask for."""
    found = [kind for kind in WHAT_FOR if kind != DocumentKind.HISTORY]
    seen = [kind for kind in found if may_see_kind(request.user, request.partnership, kind)]
    return [*seen, *([DocumentKind.HISTORY] if list_agencies(request) else [])]


def list_agencies(request: PartnershipRequest) -> list[Organisation]:
    """The agencies whose history the person may have: all that ever sat here, or those that they return for."""
    rows = Organisation.objects.filter(seats__partnership=request.partnership).distinct().order_by("name")
    if not can(request.user, "returns.view_all_returns", request.partnership):
        rows = rows.filter(pk__in=find_returning_organisations(request.user, request.partnership))
    return list(rows)


def explain_lack(request: PartnershipRequest, kind: DocumentKind) -> str:
    """What a partnership lacks before a paper of a kind can be made, and where it is added; empty where nothing."""
    is_reader_of_all = can(request.user, "returns.view_all_returns", request.partnership)
    if kind == DocumentKind.HISTORY and is_reader_of_all and not list_agencies(request):
        return "no agency sits in the partnership yet. The coordinator or an administrator adds it under Organisations."
    if not list_seen_plans(request):
        return "the partnership has no plan that you may read. The coordinator begins one under Plans."
    return "" if list_offers(request, kind) else "no quarter of a plan has ended."


def list_offers(request: PartnershipRequest, kind: DocumentKind) -> list[Offer]:
    """What a paper of a kind may be of, the newest of the plan in force first."""
    plans = list_seen_plans(request)
    if kind == DocumentKind.EXECUTIVE:
        return [offer for plan in plans if not plan.is_historic for offer in _offer_quarters(plan)]
    if kind in (DocumentKind.SCRUTINY, DocumentKind.OUTTURN):
        return [offer for plan in plans for offer in _offer_years(plan)]
    return [_offer_plan(plan) for plan in plans]


def _offer_quarters(plan: Plan) -> list[Offer]:
    return [
        Offer(f"{plan.pk}:{one.ends_on}", f"{one.period}, {plan.title}", plan, one.period, (one.starts_on, one.ends_on))
        for one in choose_newest(plan).quarters
        if _is_quarter(one)
    ]


def _is_quarter(period: Quarter) -> bool:
    """A plan is also returned against by years and months: a quarterly report is of none of them."""
    known = find_quarter(period.ends_on)
    return (known.starts_on, known.ends_on) == (period.starts_on, period.ends_on)


def _offer_years(plan: Plan) -> list[Offer]:
    return [
        Offer(f"{plan.pk}:{one.ends_on}", f"{one.name}, {plan.title}", plan, one.name, (one.starts_on, one.ends_on))
        for one in list_stretches(plan)
    ]


def _offer_plan(plan: Plan) -> Offer:
    label = f"{plan.title}, version {plan.version}" if plan.version > 1 else plan.title
    period = f"{plan.starts_on.year} to {plan.ends_on.year}"
    return Offer(f"{plan.pk}:{plan.ends_on}", label, plan, period, (plan.starts_on, plan.ends_on))


@dataclass(frozen=True, slots=True)
class ShownPaper:
    """A paper with its files, and the job that makes them."""

    paper: MadePaper
    documents: tuple[IssuedDocument, ...]
    job: ShownJob | None

    @property
    def kind(self) -> str:
        return DocumentKind(self.paper.kind).label


def list_papers(request: PartnershipRequest, *, most: int = 100) -> list[ShownPaper]:
    """The newest papers that the person may read, each with its files."""
    rows = MadePaper.objects.filter(partnership=request.partnership).select_related("plan__partnership", "partnership")
    found = [paper for paper in rows.prefetch_related("files__document")[: 2 * most] if may_see(request.user, paper)]
    return [_show(paper) for paper in found[:most]]


def _show(paper: MadePaper) -> ShownPaper:
    documents = tuple(row.document for row in paper.files.all())
    return ShownPaper(paper, _order(documents), None if documents else describe_job(paper))


def _order(documents: Sequence[IssuedDocument]) -> tuple[IssuedDocument, ...]:
    return tuple(sorted(documents, key=lambda document: document.form))


def may_see(person: Any, paper: MadePaper) -> bool:
    """Whether a person may read a paper: by its plan and by whom its kind is for."""
    if not can(person, "plans.view_plan", paper.plan):
        return False
    return may_see_kind(person, paper.partnership, DocumentKind(paper.kind), paper.agency_id)
