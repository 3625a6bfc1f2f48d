"""What wardmote itself knows of duties: plans, assessments, meetings, stamps, recommendations, data drops."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from wardmote.web.governance.duties.models import DataDrop
from wardmote.web.governance.meetings.models import Meeting, PublicMeeting, SentStamp
from wardmote.web.governance.meetings.states import GroupKind, MeetingState, SignedKind
from wardmote.web.governance.scrutiny.policies import find_answered_on
from wardmote.web.governance.scrutiny.queries import list_recommendations
from wardmote.web.observatory.interface import list_published_editions
from wardmote.web.partnerships.interface import Partnership
from wardmote.web.plans.interface import Consultation, Plan

_DONE_MEETING = (MeetingState.HELD, MeetingState.AGREED)


@dataclass(frozen=True, slots=True)
class Shown:
    """One time that a duty was done: when, what shows it, and where that stands."""

    done_on: date
    title: str
    address: str = ""
    record: Any = None  # the DutyDone of which it was made, where somebody wrote it down


@dataclass(frozen=True, slots=True)
class Asked:
    """Something that started a clock. `settled_on` is None while what it asks for is open.

    `key` tells it from others of the duty; `mark` does so in words that may leave the house: a number, a quarter.
    """

    happened_on: date
    title: str
    settled_on: date | None = None
    due_on: date | None = None  # where it is fixed already
    address: str = ""
    record: Any = None
    key: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """All that is known of one duty without anybody writing it down."""

    shown: tuple[Shown, ...] = ()
    asked: tuple[Asked, ...] = ()


def _find_address(partnership: Partnership, name: str, **keys: object) -> str:
    return reverse(name, kwargs={"slug": partnership.slug, **keys})


def _list_adopted(partnership: Partnership) -> list[Plan]:
    rows = Plan.objects.filter(partnership=partnership, adopted_on__isnull=False)
    return list(rows.order_by("adopted_on", "version"))


def _know_adopted(partnership: Partnership) -> Known:
    return Known(tuple(_show_plan(partnership, plan) for plan in _list_adopted(partnership)))


def _know_made(partnership: Partnership) -> Known:
    """Plans, not versions of them: the first of each."""
    firsts: dict[Any, Plan] = {}
    for plan in _list_adopted(partnership):
        firsts.setdefault(plan.lineage, plan)
    return Known(tuple(_show_plan(partnership, plan) for plan in firsts.values()))


def _show_plan(partnership: Partnership, plan: Plan) -> Shown:
    day = plan.adopted_on or plan.starts_on
    return Shown(day, f"{plan.title}, version {plan.version}", _find_address(partnership, "plan", plan_id=plan.pk))


def _know_sent(partnership: Partnership) -> Known:
    """Each plan that was adopted asks for a copy; a stamp on its sign-off, or a later one of no known plan, is it."""
    kinds = (SignedKind.PLAN, SignedKind.AGREEMENT)
    rows = SentStamp.objects.filter(partnership=partnership, sign_off__kind__in=kinds, sign_off__withdrawn_on=None)
    stamps = list(rows.select_related("sign_off").order_by("sent_on"))
    shown = tuple(
        Shown(one.sent_on, f"{one.sign_off} to {one.to_whom}", _find_sign_off(partnership, one)) for one in stamps
    )
    plans = [plan for plan in _list_adopted(partnership) if not plan.is_historic]
    return Known(shown, tuple(_ask_copy(partnership, plan, stamps) for plan in plans))


def _find_sign_off(partnership: Partnership, stamp: SentStamp) -> str:
    return _find_address(partnership, "show_sign_off", sign_off_id=stamp.sign_off_id)


def _ask_copy(partnership: Partnership, plan: Plan, stamps: list[SentStamp]) -> Asked:
    adopted_on = plan.adopted_on or plan.starts_on
    sent = next(
        (one.sent_on for one in stamps if one.sign_off.about == plan.pk
         or (one.sign_off.about is None and one.sent_on >= adopted_on)), None,
    )  # fmt: skip
    address = _find_address(partnership, "plan", plan_id=plan.pk)
    return Asked(adopted_on, f"{plan.title}, version {plan.version}", sent, address=address,
                 key=str(plan.pk), mark=f"version {plan.version}")  # fmt: skip


def _know_published(partnership: Partnership) -> Known:
    return Known(
        tuple(
            Shown(one.published_at.date(), f"{one.title}, edition {one.number}", one.address)
            for one in list_published_editions(partnership)
        )
    )


def _know_asked_views(partnership: Partnership) -> Known:
    rows = Consultation.objects.filter(partnership=partnership).select_related("plan")
    return Known(
        tuple(
            Shown(row.ends_on or row.starts_on, f"Consultation on {row.plan.title}",
                  _find_address(partnership, "plan", plan_id=row.plan_id))
            for row in rows
        )
    )  # fmt: skip


def _know_public(partnership: Partnership) -> Known:
    rows = PublicMeeting.objects.filter(partnership=partnership, is_held=True)
    return Known(
        tuple(
            Shown(row.held_on, row.title, _find_address(partnership, "show_public_meeting", public_meeting_id=row.pk))
            for row in rows
        )
    )


def _know_scrutinised(partnership: Partnership) -> Known:
    rows = Meeting.objects.filter(partnership=partnership, group__kind=GroupKind.SCRUTINY, state__in=_DONE_MEETING)
    return Known(
        tuple(
            Shown(row.held_on, str(row), _find_address(partnership, "show_meeting", meeting_id=row.pk))
            for row in rows.select_related("group")
        )
    )


def _know_answered(partnership: Partnership) -> Known:
    rows = [(row, find_answered_on(row)) for row in list_recommendations(partnership)]
    address = _find_address(partnership, "recommendations")
    asked = tuple(
        Asked(row.received_on, f"Recommendation {row}", day, row.due_on, address, key=str(row.pk), mark=str(row))
        for row, day in rows
    )
    shown = tuple(Shown(day, f"Recommendation {row} answered", address) for row, day in rows if day is not None)
    return Known(shown, asked)


def _know_dropped(partnership: Partnership) -> Known:
    """Each quarter's drops are one thing asked: settled when the last of them has come."""
    quarters: dict[str, list[DataDrop]] = {}
    for row in DataDrop.objects.filter(partnership=partnership, waived_on=None).order_by("ends_on"):
        quarters.setdefault(row.period, []).append(row)
    address = _find_address(partnership, "data_drops")
    asked = []
    for period, rows in quarters.items():
        days = [row.received_on for row in rows if row.received_on is not None]
        settled = max(days) if len(days) == len(rows) else None
        key, ends_on, due_on = period.replace("/", "-"), rows[0].ends_on, rows[0].due_on
        asked.append(Asked(ends_on, f"Data of {period}", settled, due_on, address, key=key, mark=period))
    shown = tuple(Shown(one.settled_on, f"{one.title}, all of it", address) for one in asked if one.settled_on)
    return Known(shown, tuple(asked))


#: By the word that the catalogue uses.
READERS: Mapping[str, Callable[[Partnership], Known]] = {
    "plan_adopted": _know_adopted, "plan_made": _know_made, "plan_sent": _know_sent,
    "assessment_published": _know_published, "consultation": _know_asked_views, "public_meeting": _know_public,
    "scrutiny_meeting": _know_scrutinised, "recommendations": _know_answered, "data_drops": _know_dropped,
}  # fmt: skip


def read_known(partnership: Partnership, known_by: str) -> Known:
    """What is known of a duty; nothing where it is one that people write down."""
    return READERS[known_by](partnership) if known_by else Known()
