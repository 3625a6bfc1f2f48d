"""Drafts: saved as they are typed, overtaken with a word, never lost."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from wardmote.web.foundation.clock import read_now
from wardmote.web.foundation.writes import writing
from wardmote.web.partnerships.interface import Person
from wardmote.web.returns.actions.locking import lock_return
from wardmote.web.returns.models import DraftCopy, Return
from wardmote.web.returns.policies import can_edit, check_can_edit
from wardmote.web.returns.states import CopyKind, ReturnState

#: After so long without a save, the next one is a new sitting.
SITTING = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Saved:
    """How a save ended. `is_taken` is false where somebody else came first: what was sent is then kept aside.

    `overtook` is the same person's text from another window that this save took the place of, where there was one.
    """

    ret: Return
    is_taken: bool = True
    overtook: DraftCopy | None = None


def save_draft(*, ret: Return, fields: Mapping[str, Any], number: int, by: Person, page: str = "") -> Saved:
    """Keep what was typed on top of the draft `number`, on the `page` that names itself so.

    Where another person has saved since, or the return cannot be typed into any more, the text is kept aside instead
    and nothing is overwritten. The same person's text from another window is overwritten, and kept beside.
    """
    if can_edit(ret) and dict(fields) == ret.draft and number == ret.draft_number:
        return Saved(ret)
    overtook = None
    with writing(by=by, verb="returns.draft_saved", partnership=ret.partnership, subject=ret) as write:
        ret = lock_return(ret.pk)
        is_taken = can_edit(ret) and not is_overtaken(ret, number, by.pk)
        if is_taken:
            overtook = put_typed(ret, fields, number, by=by.pk, page=page)
        else:
            write.verb = "returns.draft_set_aside"
            set_aside(ret, fields, by.pk)
    return Saved(ret, is_taken, overtook)


def is_overtaken(ret: Return, number: int, by: UUID) -> bool:
    """Whether somebody else has saved since the draft that this one was typed on."""
    return ret.draft_number != number and ret.draft_saved_by not in (None, by)


def put_typed(ret: Return, fields: Mapping[str, Any], number: int, *, by: UUID, page: str) -> DraftCopy | None:
    """Take what a page sent as the draft; the person's own text from another window that it overtook, else None."""
    kept = None
    if ret.draft_number != number and ret.draft_saved_by == by and ret.draft_page != page and list_lost(ret, fields):
        kept = _copy(ret, ret.draft, CopyKind.OVERTAKEN, by=by)
    put_draft(ret, fields, by, page=page)
    return kept


def list_lost(ret: Return, fields: Mapping[str, Any]) -> list[str]:
    """The boxes in which the draft holds a text that `fields` does not."""
    return [name for name, typed in ret.draft.items() if typed and fields.get(name) != typed]


def put_draft(
    ret: Return, fields: Mapping[str, Any], by: UUID | None, *, keeps_own: bool = False, page: str = ""
) -> None:
    """Take a text as the draft; another person's that it replaces is kept beside. Inside a write only.

    `keeps_own` keeps the person's own text too, where it was not typed over but replaced by a workbook.
    """
    check_can_edit(ret)
    now = read_now()
    if ret.draft and ret.draft != dict(fields) and (keeps_own or ret.draft_saved_by != by):
        _copy(ret, ret.draft, CopyKind.OVERTAKEN, by=ret.draft_saved_by)
    is_new_sitting = ret.draft_saved_by != by or not ret.draft_saved_at or now - ret.draft_saved_at > SITTING
    if is_new_sitting:
        ret.draft_since = now
    ret.draft, ret.draft_saved_at, ret.draft_saved_by, ret.draft_page = dict(fields), now, by, page
    ret.draft_number += 1
    if ret.state == ReturnState.OWED:
        ret.state = ReturnState.DRAFT
    ret.save()


def set_aside(ret: Return, fields: Mapping[str, Any], by: UUID) -> DraftCopy:
    """Keep a text that was not taken; the same text twice is kept once."""
    last: DraftCopy | None = ret.copies.filter(kind=CopyKind.SET_ASIDE, saved_by=by).last()
    if last is not None and last.fields == dict(fields):
        return last
    return _copy(ret, fields, CopyKind.SET_ASIDE, by=by)


def _copy(ret: Return, fields: Mapping[str, Any], kind: CopyKind, *, by: UUID | None) -> DraftCopy:
    return DraftCopy.objects.create(
        partnership=ret.partnership, of=ret, number=ret.draft_number, kind=kind, fields=dict(fields),
        saved_at=ret.draft_saved_at if kind == CopyKind.OVERTAKEN else read_now(), saved_by=by, kept_at=read_now(),
    )  # fmt: skip
