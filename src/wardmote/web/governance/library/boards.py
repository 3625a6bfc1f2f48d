"""What other boards hold: which document and version, whether a newer one is out, and which corrections concern it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from wardmote.web.foundation.models import StoredFile
from wardmote.web.governance.library.erratum import Erratum, find_forms, list_errata
from wardmote.web.governance.library.models import Board, Correction, SharedDocument
from wardmote.web.governance.library.states import CorrectionState, DocumentSource
from wardmote.web.observatory.interface import PublishedEdition, find_edition_file, list_published_editions
from wardmote.web.partnerships.interface import Partnership, PartnershipRequest
from wardmote.web.returns.interface import FORMS, IssuedDocument, find_file, list_seen_plans, may_see_document

_MOST_OFFERED = 60


@dataclass(frozen=True, slots=True)
class Shareable:
    """A version of a document that can be given to a board."""

    source: DocumentSource
    about: UUID | None
    series: str
    title: str
    version: str
    version_on: date

    @property
    def value(self) -> str:
        """Its name in a form."""
        return f"{self.source.value}:{self.about}"


def list_shareables(request: PartnershipRequest) -> list[Shareable]:
    """Published assessments and documents made of the returns that the person may see, the newest first."""
    editions = [_offer_edition(one) for one in list_published_editions(request.partnership)]
    rows = IssuedDocument.objects.filter(plan__in=list_seen_plans(request)).select_related("plan__partnership")
    seen = [one for one in rows[: 2 * _MOST_OFFERED] if may_see_document(request.user, one)]
    documents = [_offer_document(one) for one in seen[:_MOST_OFFERED]]
    return sorted([*editions, *documents], key=lambda one: one.version_on, reverse=True)


def _offer_edition(edition: PublishedEdition) -> Shareable:
    return Shareable(
        DocumentSource.EDITION, edition.id, f"edition:{edition.area}", edition.title,
        f"{edition.year}, edition {edition.number}", edition.published_at.date(),
    )  # fmt: skip


def _offer_document(document: IssuedDocument) -> Shareable:
    form = FORMS[document.form][0] if document.form in FORMS else document.form.upper()
    return Shareable(
        DocumentSource.RETURNS, document.pk, name_series(document), document.title,
        ", ".join(part for part in (document.period, form) if part), document.made_at.date(),
    )  # fmt: skip


def name_series(document: IssuedDocument) -> str:
    """What all versions of one report have in common: plan, kind, and the agency that it tells of."""
    return f"returns:{document.plan.lineage}:{document.kind}:{document.agency_id or ''}"


def find_copy(partnership: Partnership, offer: Shareable) -> StoredFile | None:
    """The stored file of a document: of an assessment the PDF for the public."""
    if offer.about is None:
        return None
    if offer.source == DocumentSource.RETURNS:
        document = IssuedDocument.objects.filter(partnership=partnership, pk=offer.about).first()
        return find_file(document) if document else None
    for form in ("pdf", "docx", "html"):
        try:
            found: StoredFile = find_edition_file(partnership, offer.about, form=form)
        except LookupError:
            continue
        return found
    return None


@dataclass(frozen=True, slots=True)
class Held:
    """What a board received. `newer` is the version that is out meanwhile; `corrections` concern this very version."""

    shared: SharedDocument
    newer: str
    is_last: bool
    corrections: tuple[Correction, ...]
    open_count: int

    @property
    def is_behind(self) -> bool:
        """Whether the last version that the board received is not the newest."""
        return self.is_last and bool(self.newer)


@dataclass(frozen=True, slots=True)
class ShownBoard:
    """A board with all that it received, the newest first."""

    board: Board
    held: tuple[Held, ...]

    @property
    def behind_count(self) -> int:
        return sum(one.is_behind for one in self.held)

    @property
    def correction_count(self) -> int:
        return sum(bool(one.corrections or one.open_count) for one in self.held)


def list_boards(request: PartnershipRequest) -> list[ShownBoard]:
    """Every board with what it holds, judged against what is out now."""
    partnership = request.partnership
    boards = Board.objects.filter(partnership=partnership).prefetch_related("received__file", "received__board")
    newest = _find_newest(partnership)
    notices: dict[UUID, list[Correction]] = {}
    for one in Correction.objects.filter(partnership=partnership, state=CorrectionState.PUBLISHED):
        for about in find_forms(partnership, one.about) or {one.about}:
            notices.setdefault(about, []).append(one)
    open_errata = {
        about: one
        for one in list_errata(request) if one.open
        for about in find_forms(partnership, one.about) or {one.about}
    }  # fmt: skip
    return [_show_board(board, newest, notices, open_errata) for board in boards]


def _show_board(
    board: Board, newest: dict[str, tuple[date, str]], notices: dict[UUID, list[Correction]],
    open_errata: dict[UUID, Erratum],
) -> ShownBoard:  # fmt: skip
    received = sorted(board.received.all(), key=lambda one: (one.version_on, one.sent_on), reverse=True)
    seen: set[str] = set()
    held = []
    for one in received:
        when, version = newest.get(one.series, (one.version_on, ""))
        is_open = one.about in open_errata
        held.append(
            Held(
                one, version if when > one.version_on else "", one.series not in seen,
                tuple(notices.get(one.about, ())) if one.about else (),
                len(open_errata[one.about].open) if is_open and one.about else 0,
            )
        )  # fmt: skip
        seen.add(one.series)
    return ShownBoard(board, tuple(held))


def _find_newest(partnership: Partnership) -> dict[str, tuple[date, str]]:
    """By series: when its newest version came out, and what that is called."""
    documents = IssuedDocument.objects.filter(partnership=partnership).select_related("plan")
    offers: list[Any] = [_offer_edition(one) for one in list_published_editions(partnership)]
    offers += [_offer_document(one) for one in documents]
    offers += list(SharedDocument.objects.filter(partnership=partnership, source=DocumentSource.FILE))
    return _pick_newest(offers)


def _pick_newest(versions: Iterable[Any]) -> dict[str, tuple[date, str]]:
    found: dict[str, tuple[date, str]] = {}
    for one in versions:
        if one.series not in found or one.version_on > found[one.series][0]:
            found[one.series] = (one.version_on, one.version)
    return found


def count_behind(boards: Sequence[ShownBoard]) -> int:
    """How many boards that still sit hold an older version than is out."""
    return sum(bool(one.behind_count) for one in boards if one.board.ended_on is None)
