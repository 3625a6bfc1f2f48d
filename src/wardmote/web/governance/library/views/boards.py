"""The pages of boards and of what each received."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render

from wardmote.web.foundation.files import answer_file
from wardmote.web.foundation.overtaken import watch
from wardmote.web.governance.library.actions import boards as actions
from wardmote.web.governance.library.boards import count_behind, list_boards, list_shareables
from wardmote.web.governance.library.erratum import find_document
from wardmote.web.governance.library.forms import AcknowledgeForm, BoardForm, ShareForm
from wardmote.web.governance.library.models import Board, SharedDocument
from wardmote.web.governance.library.states import DocumentSource
from wardmote.web.governance.library.views.frame import describe_page, find_address, finish_form
from wardmote.web.partnerships.interface import PartnershipRequest, get_own, in_partnership, name_people

TITLE = "Documents shared with other boards"


def _above(request: PartnershipRequest) -> tuple[str, str]:
    return TITLE, find_address(request, "shared_documents")


@in_partnership("governance.view_shared_documents")
def show_shared(request: PartnershipRequest) -> HttpResponse:
    """Each board with what it holds, what is newer, and what was corrected of it."""
    boards = list_boards(request)
    names = name_people(one.shared.sent_by for board in boards for one in board.held)
    facts = describe_page(request, TITLE) | {
        "boards": boards, "behind_count": count_behind(boards), "names": names,
    }  # fmt: skip
    return render(request, "governance/library/shared.html", facts)


@in_partnership("governance.share_documents")
def add_board(request: PartnershipRequest) -> HttpResponse:
    """Put a board into the register."""
    return _keep(request, None, BoardForm(request.POST or None), "Add a board")


@in_partnership("governance.share_documents")
def change_board(request: PartnershipRequest, board_id: UUID) -> HttpResponse:
    """Change a board, or say that it ended."""
    board = _get_board(request, board_id)
    form = BoardForm(request.POST or None, board=board)
    watch(form)
    return _keep(request, board, form, f"Change {board.name}")


def _get_board(request: PartnershipRequest, board_id: Any) -> Board:
    return get_own(Board.objects.select_related("partnership"), request, id=board_id)


def _keep(request: PartnershipRequest, board: Board | None, form: BoardForm, title: str) -> HttpResponse:
    def save() -> str:
        actions.keep_board(by=request.user, partnership=request.partnership, fields=form.cleaned_data, board=board)
        return find_address(request, "shared_documents")

    facts = describe_page(request, title, _above(request)) | {"cancel_url": _above(request)[1]}
    return finish_form(request, form, save, facts, done="The board is in the register.")


@in_partnership("governance.share_documents")
def share_document(request: PartnershipRequest, board_id: UUID) -> HttpResponse:
    """Write down what a board received."""
    board = _get_board(request, board_id)
    form = ShareForm(list_shareables(request), request.POST or None, request.FILES or None)

    def save() -> str:
        actions.record_sharing(
            by=request.user, board=board, offer=form.read_offer(), sent_on=form.cleaned_data["sent_on"],
            note=form.cleaned_data["note"], upload=form.cleaned_data.get("file"),
        )  # fmt: skip
        return find_address(request, "shared_documents")

    intro = "Wardmote sends nothing: it keeps the copy, its digest, and who had which version."
    facts = describe_page(request, f"What {board.name} received", _above(request)) | {
        "cancel_url": _above(request)[1], "intro": intro,
    }  # fmt: skip
    return finish_form(request, form, save, facts, done="It is written down, with the copy.")


@in_partnership("governance.share_documents")
def acknowledge(request: PartnershipRequest, shared_document_id: UUID) -> HttpResponse:
    """Write down when a board said that it has a document."""
    shared = get_own(SharedDocument.objects.select_related("partnership", "board"), request, id=shared_document_id)
    form = AcknowledgeForm(request.POST or None)

    def save() -> str:
        actions.acknowledge(by=request.user, shared=shared, acknowledged_on=form.cleaned_data["acknowledged_on"])
        return find_address(request, "shared_documents")

    title = f"{shared.board.name} has it: {shared.title}"
    facts = describe_page(request, title, _above(request)) | {"cancel_url": _above(request)[1]}
    return finish_form(request, form, save, facts, done="It is written down.")


@in_partnership("governance.view_shared_documents")
def download_shared(request: PartnershipRequest, shared_document_id: UUID) -> HttpResponseBase:
    """The copy that a board received, for who may read the document."""
    rows = SharedDocument.objects.select_related("partnership", "file")
    shared = get_own(rows, request, id=shared_document_id)
    if shared.file is None or not _may_read(request, shared):
        raise Http404
    return answer_file(shared.file)


def _may_read(request: PartnershipRequest, shared: SharedDocument) -> bool:
    if shared.source != DocumentSource.RETURNS:
        return True
    return find_document(request, shared.about) is not None
