"""Writes of the register of boards and of what each received."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from wardmote.web.foundation.files import store_file
from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.foundation.writes import writing
from wardmote.web.governance.library.boards import Shareable, find_copy
from wardmote.web.governance.library.models import Board, SharedDocument
from wardmote.web.governance.library.states import DocumentSource
from wardmote.web.partnerships.interface import Partnership, Person


def keep_board(
    *, by: Person | None, partnership: Partnership, fields: Mapping[str, Any], board: Board | None = None
) -> Board:
    """Add a board, or change one. Raises RefusedError for a name that another one has."""
    found = board or Board(partnership=partnership)
    verb = "governance.board_changed" if board else "governance.board_added"
    with writing(by=by, verb=verb, partnership=partnership, subject=found):
        Partnership.objects.select_for_update().get(pk=partnership.pk)
        same = Board.objects.filter(partnership=partnership, name__iexact=fields["name"].strip()).exclude(pk=found.pk)
        if same.exists():
            raise RefusedError("There is a board of that name already")
        for name, value in fields.items():
            setattr(found, name, value)
        found.save()
    return found


def record_sharing(
    *, by: Person, board: Board, offer: Shareable, sent_on: date, note: str = "", upload: Any = None
) -> SharedDocument:
    """Write down that a board received a version of a document, with its copy. `upload` is one made elsewhere."""
    if board.ended_on is not None:
        raise RefusedError("This board has ended")
    partnership = board.partnership
    if SharedDocument.objects.filter(board=board, about=offer.about, about__isnull=False).exists():
        raise RefusedError("The board has this version already")
    if sent_on < offer.version_on:
        raise RefusedError("It cannot have been sent before that version was there")
    with writing(by=by, verb="governance.document_shared", partnership=partnership, subject=board):
        file = store_file(upload, by=by, partnership=partnership) if upload else find_copy(partnership, offer)
        return SharedDocument.objects.create(
            partnership=partnership, board=board, source=offer.source, about=offer.about, series=offer.series[:200],
            title=offer.title[:300], version=offer.version[:120], version_on=offer.version_on,
            sha256=file.sha256 if file else "", file=file, sent_on=sent_on, sent_by=by.pk, note=note[:300],
        )  # fmt: skip


def offer_file(title: str, version: str, version_on: date) -> Shareable:
    """A document that was made elsewhere, as one that can be shared: versions of one title belong together."""
    series = f"file:{' '.join(title.casefold().split())}"
    return Shareable(DocumentSource.FILE, None, series, title, version, version_on)


def acknowledge(*, by: Person, shared: SharedDocument, acknowledged_on: date) -> None:
    """Write down that the board said it has it."""
    if acknowledged_on < shared.sent_on:
        raise RefusedError("It cannot have been acknowledged before it was sent")
    with writing(by=by, verb="governance.sharing_acknowledged", partnership=shared.partnership, subject=shared):
        shared.acknowledged_on = acknowledged_on
        shared.save()
