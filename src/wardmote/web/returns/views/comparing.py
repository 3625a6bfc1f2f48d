"""Two people typed into one return: both texts side by side, chosen field by field, nothing lost."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from wardmote.web.partnerships.interface import PartnershipRequest, in_partnership
from wardmote.web.returns.actions.drafts import save_draft
from wardmote.web.returns.drafted import read_sent
from wardmote.web.returns.models import DraftCopy, Return
from wardmote.web.returns.policies import can_edit
from wardmote.web.returns.presenters import find_other_editor, list_differences
from wardmote.web.returns.states import CopyKind
from wardmote.web.returns.views.reaching import get_own_return, list_crumbs


def draw_conflict(request: PartnershipRequest, ret: Return, mine: dict[str, Any]) -> HttpResponse:
    """409: the other person's change as a piece of a page, with the number to go on from."""
    context = {
        "ret": ret, "differences": list_differences(ret.indicator, mine, ret.draft), "is_open": can_edit(ret),
        "other": find_other_editor(ret, request.user),
    }  # fmt: skip
    response = render(request, "returns/conflict.html", context, status=409)
    response.headers["X-Draft-Version"] = str(ret.draft_number)
    return response


@in_partnership("returns.make_return")
def compare_drafts(request: PartnershipRequest, pk: UUID) -> HttpResponse:
    """Choose for each box whether mine or theirs stands."""
    ret = get_own_return(request, pk)
    copy = _find_copy(ret, request.user.pk)
    if copy is None or not can_edit(ret):
        return redirect("show_return", slug=request.partnership.slug, pk=ret.pk)
    differences = list_differences(ret.indicator, copy.fields, ret.draft)
    if request.method == "POST":
        return _merge(request, ret, copy, [row["name"] for row in differences])
    context = {
        "ret": ret, "differences": differences, "other": find_other_editor(ret, request.user), "copy": copy,
        "is_own": copy.kind == CopyKind.OVERTAKEN and ret.draft_saved_by == request.user.pk,
    }  # fmt: skip
    return render(request, "returns/compare.html", context | {"breadcrumbs": list_crumbs(request)})


def _find_copy(ret: Return, person: UUID) -> DraftCopy | None:
    """The person's own text that was set aside or overtaken last."""
    found: DraftCopy | None = ret.copies.filter(saved_by=person).last()
    return found


def _merge(request: PartnershipRequest, ret: Return, copy: DraftCopy, names: list[str]) -> HttpResponse:
    """The draft as it stands, with mine in the boxes where mine was chosen."""
    number = read_sent(ret, request.POST).number
    mine = {name for name in names if request.POST.get(f"choice-{name}") == "mine"}
    merged = {**ret.draft, **{name: copy.fields[name] for name in mine if name in copy.fields}}
    merged = {name: typed for name, typed in merged.items() if name not in mine or name in copy.fields}
    saved = save_draft(ret=ret, fields=merged, number=number, by=request.user)
    if not saved.is_taken:
        messages.warning(request, "It was changed once more meanwhile: look at it again.")
        return redirect("compare_drafts", slug=request.partnership.slug, pk=ret.pk)
    messages.success(request, "Saved as you chose. The other text is kept in the history.")
    return redirect("show_return", slug=request.partnership.slug, pk=ret.pk)
