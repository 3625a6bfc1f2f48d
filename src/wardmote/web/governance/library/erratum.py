"""Published documents that used a figure which has changed since: of the returns, and of published assessments."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404
from django.urls import reverse

from wardmote.web.foundation.design.words import say_number
from wardmote.web.governance.library.models import ChangedFigure, Correction
from wardmote.web.governance.library.printing import LETTERS
from wardmote.web.governance.library.states import ChangeSort, CorrectionState, DocumentSource, Settlement
from wardmote.web.observatory.interface import PublishedEdition, list_published_editions
from wardmote.web.partnerships.interface import Partnership, PartnershipRequest
from wardmote.web.returns.interface import (
    FORMS,
    ChangedResult,
    ChangeKind,
    DocumentKind,
    IssuedDocument,
    ReturnVersion,
    compare_results,
    list_documents,
    list_forms,
    list_seen_plans,
    may_see_document,
    say_version,
)

_NO_VALUE = "no figure"
_MOST_DECIMALS = 2


@dataclass(frozen=True, slots=True)
class Change:
    """One figure: what it was in the document and what it is, since when, why, and whether that is settled.

    `pairs` are the numbers themselves, each as it was and as it is.
    """

    key: str
    figure: str
    was: str
    now: str
    since: datetime
    why: str
    pairs: tuple[tuple[float, float], ...] = ()
    settled_at: datetime | None = None
    settlement: str = ""
    sort: ChangeSort = ChangeSort.FIGURE
    is_signed: bool = True
    ref: str = ""
    version: UUID | None = None  # of the returned value that the document used
    result: ChangedResult | None = None


@dataclass(frozen=True, slots=True)
class Erratum:
    """A published document with the figures of it that changed.

    `changes` of a document made of the returns are the values that it used; `results` what follows of them for what it
    prints, worked out where one document is asked for.
    """

    source: DocumentSource
    about: UUID
    title: str
    version: str
    published_at: datetime
    address: str
    changes: tuple[Change, ...]
    results: tuple[Change, ...] = ()

    @property
    def told(self) -> tuple[Change, ...]:
        """What a notice tells: what is open, and what follows of it."""
        return (*self.open, *self.results)

    @property
    def unsigned(self) -> tuple[Change, ...]:
        """Open ones whose new value nobody has signed off yet."""
        return tuple(change for change in self.open if not change.is_signed)

    @property
    def open(self) -> tuple[Change, ...]:
        return tuple(change for change in self.changes if change.settled_at is None)

    @property
    def page(self) -> str:
        """The name of the page that shows it, and of its key in the address."""
        return "erratum_edition" if self.source == DocumentSource.EDITION else "erratum_document"

    @property
    def keys(self) -> dict[str, UUID]:
        name = "assessment_edition_id" if self.source == DocumentSource.EDITION else "document_id"
        return {name: self.about}


def list_errata(request: PartnershipRequest) -> list[Erratum]:
    """Every document that the person may see and of which a figure changed: open ones first, then the newest."""
    found = [*list_return_errata(request), *list_edition_errata(request.partnership)]
    newest = sorted(found, key=lambda one: one.published_at, reverse=True)
    return sorted(newest, key=lambda one: not one.open)


def list_return_errata(request: PartnershipRequest) -> list[Erratum]:
    """Documents made of the returns of which a value was revised later."""
    listed = list_documents(list_seen_plans(request))
    slug = request.partnership.slug
    return [
        _describe_document(one.forms, (*one.open, *one.settled), slug)
        for one in listed
        if (one.open or one.settled) and may_see_document(request.user, one.document)
    ]


def _describe_document(forms: Sequence[IssuedDocument], values: Sequence[Any], slug: str) -> Erratum:
    """A document in all its forms; the first stands for it."""
    document = forms[0]
    named = [FORMS[one.form][0].partition(" (")[0] if one.form in FORMS else one.form.upper() for one in forms]
    version = ", ".join(part for part in (document.period, *named) if part)
    is_history = document.kind == DocumentKind.HISTORY  # of values as they came: it prints each, and judges none
    sort = ChangeSort.FIGURE if is_history else ChangeSort.INPUT
    address = reverse("download_document", kwargs={"slug": slug, "document_id": document.pk})
    return Erratum(
        DocumentSource.RETURNS, document.pk, document.title, version, document.made_at, address,
        tuple(_describe_value(value, sort) for value in values),
    )  # fmt: skip


def _describe_value(value: Any, sort: ChangeSort) -> Change:
    old, new = value.version, value.replaced_by
    indicator, quarter = old.of.indicator, old.of.quarter
    figure = f"{indicator.ref} {indicator.title}, {quarter.period}"
    why = new.reason.strip() or new.get_kind_display()
    return Change(
        str(value.pk), figure, say_version(old), say_version(new), value.told_at or new.submitted_at, why,
        _pair_values(old, new), value.settled_at, value.settlement, sort=sort, is_signed=is_signed(new),
        ref=indicator.ref, version=old.pk,
    )  # fmt: skip


def is_signed(version: ReturnVersion) -> bool:
    """Whether a value is vouched for: signed off, or taken over as it stood."""
    return version.signed_off_at is not None or version.kind == ChangeKind.IMPORTED


def _add_results(erratum: Erratum) -> Erratum:
    """The document with the results that are otherwise with the values of now; a history of values has none."""
    if all(change.sort == ChangeSort.FIGURE for change in erratum.open):
        return erratum
    document = IssuedDocument.objects.select_related("plan__partnership", "partnership").get(pk=erratum.about)
    found = compare_results(document, {change.version for change in erratum.open if change.version is not None})
    return replace(erratum, results=tuple(_describe_result(one, erratum.open) for one in found))


def _describe_result(one: ChangedResult, inputs: Sequence[Change]) -> Change:
    """A result is known since the newest of the values that it rests on, and as sure as the least sure of them."""
    own = [change for change in inputs if change.ref == one.ref] or list(inputs)
    return Change(
        f"{one.ref}|{one.period}"[:400], f"{one.ref} {one.title}, {one.period}",
        say_result(one.was_shown, one.was_status), say_result(one.now_shown, one.now_status),
        max(change.since for change in own), "; ".join(dict.fromkeys(change.why for change in own)),
        sort=ChangeSort.RESULT, is_signed=all(change.is_signed for change in own), ref=one.ref, result=one,
    )  # fmt: skip


def say_result(shown: str, status: str) -> str:
    """A result with its status by letter and word: "100 robberies, G (green)"."""
    return f"{shown}, {LETTERS[status]} ({status})"


def _pair_values(old: ReturnVersion, new: ReturnVersion) -> tuple[tuple[float, float], ...]:
    both = [(getattr(old, name), getattr(new, name)) for name in ("amount", "numerator", "denominator")]
    return tuple((one, other) for one, other in both if one is not None and other is not None and one != other)


def list_edition_errata(partnership: Partnership) -> list[Erratum]:
    """Published assessments of which the evidence gives a figure otherwise now."""
    rows: dict[UUID, list[ChangedFigure]] = {}
    for row in ChangedFigure.objects.filter(partnership=partnership, gone_at=None):
        rows.setdefault(row.edition, []).append(row)
    editions = list_published_editions(partnership) if rows else []
    return [describe_edition(one, rows[one.id]) for one in editions if one.id in rows]


def describe_edition(edition: PublishedEdition, rows: Sequence[ChangedFigure]) -> Erratum:
    changes = tuple(_describe_figure(row) for row in rows)
    return Erratum(
        DocumentSource.EDITION, edition.id, edition.title, f"{edition.year}, edition {edition.number}",
        edition.published_at, edition.address, changes,
    )  # fmt: skip


def _describe_figure(row: ChangedFigure) -> Change:
    pairs = ((row.was, row.now),) if row.was is not None and row.now is not None else ()
    said = Settlement(row.settlement).label if row.settlement else ""
    settlement = f"{said}: {row.note}" if said and row.note else said
    return Change(
        str(row.pk), row.title, say_figure(row.was, row.unit), say_figure(row.now, row.unit), row.found_at, row.why,
        pairs, row.settled_at, settlement,
    )  # fmt: skip


def say_figure(value: float | None, unit: str) -> str:
    """A figure of the evidence with its unit."""
    return _NO_VALUE if value is None else f"{say_number(round(value, _MOST_DECIMALS))} {unit}".strip()


def get_erratum(request: PartnershipRequest, source: DocumentSource, about: UUID) -> Erratum:
    """A document that the person may see, with what changed of it, be it nothing; 404 where there is none."""
    found = find_erratum(request, source, about)
    if found is None:
        raise Http404
    return found


def find_erratum(request: PartnershipRequest, source: DocumentSource, about: UUID) -> Erratum | None:
    """A document that the person may see, with what changed of it, or None."""
    rows = list_edition_errata(request.partnership) if source == DocumentSource.EDITION else list_return_errata(request)
    named = find_forms(request.partnership, about) if source == DocumentSource.RETURNS else {about}
    changed = next((one for one in rows if one.about in named), None)
    if changed is None:
        return _find_unchanged(request, source, about)
    return _add_results(changed) if source == DocumentSource.RETURNS and changed.open else changed


def find_forms(partnership: Partnership, about: UUID) -> set[UUID]:
    """The keys of all forms of a document made of the returns, of which each stands for it."""
    rows = IssuedDocument.objects.filter(partnership=partnership)
    builds = rows.filter(pk=about).values("build")
    return set(rows.filter(build__in=builds).values_list("pk", flat=True))


def _find_unchanged(request: PartnershipRequest, source: DocumentSource, about: UUID) -> Erratum | None:
    if source == DocumentSource.EDITION:
        editions = [one for one in list_published_editions(request.partnership) if one.id == about]
        return describe_edition(editions[0], ()) if editions else None
    document = find_document(request, about)
    return _describe_document(list_forms(document), (), request.partnership.slug) if document is not None else None


def find_document(request: PartnershipRequest, about: Any) -> IssuedDocument | None:
    """A document made of the returns that the person may see, or None."""
    rows = IssuedDocument.objects.select_related("plan__partnership", "partnership")
    document: IssuedDocument | None = rows.filter(partnership=request.partnership, pk=about).first()
    return document if document is not None and may_see_document(request.user, document) else None


def find_draft(erratum: Erratum, partnership: Partnership) -> Correction | None:
    """The notice that somebody is writing about a document."""
    found: Correction | None = Correction.objects.filter(
        partnership=partnership, about=erratum.about, state=CorrectionState.DRAFT
    ).first()
    return found


def list_notices(request: PartnershipRequest, *, sees_open: bool) -> list[Correction]:
    """Notices that the person may read: published ones about documents that are for them; drafts for who sees them."""
    rows = Correction.objects.filter(partnership=request.partnership).exclude(state=CorrectionState.DROPPED)
    if not sees_open:
        rows = rows.filter(state=CorrectionState.PUBLISHED)
    return [one for one in rows.prefetch_related("files") if may_read(request, one)]


def may_read(request: PartnershipRequest, correction: Correction) -> bool:
    """Whether the document that a notice corrects is for the person. Published assessments are for every member."""
    if correction.source == DocumentSource.EDITION:
        return True
    return find_document(request, correction.about) is not None
