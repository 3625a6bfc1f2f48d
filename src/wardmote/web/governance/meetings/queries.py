"""What is seen of meetings: one partnership's, and of each meeting only what the person may read."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404

from wardmote.web.governance.meetings.models import (
    AgendaItem,
    Attendance,
    Decision,
    Group,
    Meeting,
    MeetingAction,
    Paper,
    PublicMeeting,
    SignOff,
)
from wardmote.web.governance.meetings.permissions import may_see_confidential, sits_in_it
from wardmote.web.governance.meetings.policies import can_write_minutes
from wardmote.web.governance.meetings.states import AGENDA_IS_OUT, ActionState, MeetingState
from wardmote.web.partnerships.interface import (
    Partnership,
    PartnershipRequest,
    Role,
    can,
    find_organisations,
    get_own,
)


def list_groups(partnership: Partnership) -> QuerySet[Group]:
    """The register of groups by name."""
    return Group.objects.filter(partnership=partnership).select_related("reports_to").order_by("name")


def list_seen_meetings(request: PartnershipRequest) -> QuerySet[Meeting]:
    """The meetings that the person may read of, the earliest first."""
    rows = Meeting.objects.filter(partnership=request.partnership).select_related("group", "partnership")
    if not sits_in_it(request.user, request.partnership):
        rows = rows.filter(is_open=True, state__in=AGENDA_IS_OUT)
    return rows.order_by("held_on", "group__name")


def get_meeting(request: PartnershipRequest, meeting_id: Any) -> Meeting:
    """A meeting of this partnership that the person may read of, or 404."""
    meeting = get_own(Meeting.objects.select_related("group", "partnership", "agreed_at"), request, id=meeting_id)
    if not can(request.user, "governance.view_meeting", meeting):
        raise Http404
    return meeting


@dataclass(frozen=True, slots=True)
class SeenMeeting:
    """A meeting as one person may read it."""

    meeting: Meeting
    items: tuple[AgendaItem, ...]
    papers: tuple[Paper, ...]
    attendances: tuple[Attendance, ...]
    decisions: tuple[Decision, ...]
    actions: tuple[MeetingAction, ...]
    carried_over: tuple[MeetingAction, ...]
    reads_names: bool  # who sat for a body, and how to join: for who sits in the partnership
    reads_minutes: bool
    hidden_items: frozenset[Any]  # confidential: their place in the order is shown, and nothing else
    confirmed: tuple[Decision, ...] = ()  # of earlier meetings, confirmed by this one
    told_confirmed_at: frozenset[Any] = frozenset()  # the decisions of which may be told which meeting confirmed them


def read_meeting(request: PartnershipRequest, meeting: Meeting) -> SeenMeeting:
    """All that the person may read of a meeting. Who does not sit in the partnership waits for agreed minutes."""
    inside = sits_in_it(request.user, request.partnership)
    reads_minutes = meeting.state == MeetingState.AGREED or (inside and can_write_minutes(meeting))
    all_seen = may_see_confidential(request.user, meeting)
    own = {"partnership": request.partnership, "meeting": meeting}
    items = tuple(AgendaItem.objects.filter(**own).order_by("number"))
    hidden = frozenset(item.pk for item in items if item.is_confidential and not all_seen)
    papers = Paper.objects.filter(**own, removed_at=None).select_related("file", "item")
    decisions = tuple(row for row in _list_decisions(own) if reads_minutes and _is_seen(row, hidden, all_seen=all_seen))
    return SeenMeeting(
        meeting, items,
        tuple(row for row in papers if _is_seen(row, hidden, all_seen=all_seen)),
        tuple(_list_attended(meeting)) if reads_minutes else (),
        decisions,
        tuple(row for row in _list_set(own) if reads_minutes and _is_seen(row, hidden, all_seen=all_seen)),
        tuple(list_carried_over(meeting, with_confidential=all_seen)) if inside else (),
        reads_names=inside, reads_minutes=reads_minutes, hidden_items=hidden,
        confirmed=tuple(_list_confirmed(request, meeting)) if reads_minutes else (),
        told_confirmed_at=frozenset(
            row.pk for row in decisions
            if row.confirmed_at is not None and can(request.user, "governance.view_meeting", row.confirmed_at)
        ),
    )  # fmt: skip


def _is_seen(row: Any, hidden: frozenset[Any], *, all_seen: bool) -> bool:
    return all_seen or not (row.is_confidential or row.item_id in hidden)


def _list_attended(meeting: Meeting) -> QuerySet[Attendance]:
    rows = Attendance.objects.filter(partnership=meeting.partnership_id, meeting=meeting)
    return rows.select_related("organisation").order_by("organisation__name")


def _list_decisions(own: dict[str, Any]) -> QuerySet[Decision]:
    rows = Decision.objects.filter(**own).select_related(
        "concerns", "item", "confirmed_at__group", "confirmed_at__partnership"
    )
    return rows.order_by("year", "number")


def _list_confirmed(request: PartnershipRequest, meeting: Meeting) -> Iterator[Decision]:
    """The decisions of earlier meetings that a meeting confirmed, as far as the person may read their own minutes."""
    inside = sits_in_it(request.user, request.partnership)
    rows = Decision.objects.filter(partnership=meeting.partnership_id, confirmed_at=meeting)
    for row in rows.select_related("meeting__group", "item", "partnership").order_by("year", "number"):
        is_open = row.meeting.state == MeetingState.AGREED or inside
        is_hidden = row.item is not None and row.item.is_confidential and not may_see_confidential(request.user, row)
        if is_open and not is_hidden and can(request.user, "governance.view_meeting", row):
            yield row


def list_confirmable(meeting: Meeting) -> QuerySet[Decision]:
    """What earlier meetings of the group, or of groups that report to it, decided without a quorum."""
    rows = Decision.objects.filter(
        Q(meeting__group=meeting.group_id) | Q(meeting__group__reports_to=meeting.group_id),
        partnership=meeting.partnership_id, is_inquorate=True, confirmed_at=None, meeting__held_on__lt=meeting.held_on,
    )  # fmt: skip
    return rows.select_related("meeting__group", "partnership").order_by("year", "number")


def _list_set(own: dict[str, Any]) -> QuerySet[MeetingAction]:
    return MeetingAction.objects.filter(**own).select_related("owner", "person", "item").order_by("number")


def list_carried_over(meeting: Meeting, *, with_confidential: bool) -> QuerySet[MeetingAction]:
    """The actions that the group's earlier meetings set and that were not done by the day of this one."""
    rows = MeetingAction.objects.filter(
        Q(closed_on=None) | Q(closed_on__gte=meeting.held_on), partnership=meeting.partnership_id,
        meeting__group=meeting.group, meeting__held_on__lt=meeting.held_on,
    )  # fmt: skip
    if not with_confidential:
        rows = rows.filter(is_confidential=False).exclude(item__is_confidential=True)
    return rows.select_related("meeting", "meeting__group", "owner", "person").order_by("due_on", "number")


# ---- actions of all meetings ----------------------------------------------------------------------------------------


def list_actions(request: PartnershipRequest) -> QuerySet[MeetingAction]:
    """The actions that the person may read, the open ones first, the longest overdue at the top."""
    rows = MeetingAction.objects.filter(partnership=request.partnership)
    if not may_see_confidential(request.user, request.partnership):
        rows = rows.exclude(Q(is_confidential=True) & ~_is_own(request)).exclude(
            Q(item__is_confidential=True) & ~_is_own(request)
        )
    joined = rows.select_related("meeting", "meeting__group", "owner", "person", "partnership")
    return joined.order_by("closed_on", "due_on", "number")


def _is_own(request: PartnershipRequest) -> Q:
    bodies = find_organisations(request.user, request.partnership, Role.CONTRIBUTOR)
    return Q(person_id=request.user.pk) | Q(owner_id__in=bodies)


def list_own_actions(request: PartnershipRequest) -> QuerySet[MeetingAction]:
    """Open actions of the person, or of the bodies for which they contribute."""
    rows = MeetingAction.objects.filter(_is_own(request), partnership=request.partnership, state=ActionState.OPEN)
    return rows.select_related("meeting", "meeting__group").order_by("due_on", "number")


# ---- public meetings and sign-offs ----------------------------------------------------------------------------------


def list_public_meetings(partnership: Partnership) -> QuerySet[PublicMeeting]:
    return PublicMeeting.objects.filter(partnership=partnership).order_by("-held_on")


def find_last_public_meeting(partnership: Partnership, today: date) -> PublicMeeting | None:
    """The last public meeting that was held."""
    return list_public_meetings(partnership).filter(is_held=True, held_on__lte=today).first()


def find_next_public_meeting(partnership: Partnership, today: date) -> PublicMeeting | None:
    """The next one that is planned."""
    planned = list_public_meetings(partnership).filter(is_held=False, held_on__gte=today)
    return planned.order_by("held_on").first()


def list_sign_offs(partnership: Partnership) -> QuerySet[SignOff]:
    """What was put to the responsible authorities, the latest first; what was withdrawn among them."""
    rows = SignOff.objects.filter(partnership=partnership).select_related("partnership")
    return rows.order_by("-as_of", "-started_at")
