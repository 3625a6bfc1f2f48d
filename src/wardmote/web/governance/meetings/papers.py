"""Agenda and minutes as values, from what one person may read: the page and every document say the same."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from wardmote.evidence.model.papers import PaperPart, PaperTable
from wardmote.web.foundation.design.words import say_date
from wardmote.web.governance.meetings.models import AgendaItem, Attendance, Decision, MeetingAction
from wardmote.web.governance.meetings.presenters import say_owner
from wardmote.web.governance.meetings.queries import SeenMeeting
from wardmote.web.governance.meetings.quorum import judge_quorum
from wardmote.web.governance.meetings.states import SITS, ActionState, ItemKind, MeetingState, Presence

_CONFIDENTIAL = "Confidential item"
_DRAFT = "Draft: not agreed yet"
_NOTHING = "Nothing is minuted."
_ACTION_COLUMNS = ("Action", "Who", "By", "State")
_ACTION_WIDTHS = (0.5, 0.24, 0.14, 0.12)


@dataclass(frozen=True, slots=True)
class WrittenPaper:
    """A paper with what stands over it. `marking` is printed on every page."""

    title: str
    subtitle: str
    day: date
    parts: tuple[PaperPart, ...]
    audience: str = ""
    marking: str = ""


def build_agenda(seen: SeenMeeting) -> WrittenPaper:
    """What will be talked about on one page, then the actions that come back and the quarter's exceptions."""
    parts = [_build_facts(seen, how_to_join=seen.meeting.online), PaperPart("Agenda", table=_list_items(seen))]
    if seen.carried_over:
        table = _list_actions(seen, seen.carried_over, "Actions from earlier meetings")
        parts.append(PaperPart(table.caption, table=table))
    parts += [PaperPart(table.caption, table=table, begins_page=True) for table in _list_exceptions(seen)]
    return WrittenPaper(
        f"Agenda: {seen.meeting}", say_date(seen.meeting.held_on), seen.meeting.held_on, tuple(parts),
        _say_audience(seen), _say_marking(seen),
    )  # fmt: skip


def build_minutes(seen: SeenMeeting) -> WrittenPaper:
    """What was said, decided and taken away."""
    parts = [_build_facts(seen), _build_attendance(seen)]
    parts.append(PaperPart("Minutes", parts=tuple(_build_minuted(seen, item) for item in seen.items)))
    loose = [decision for decision in seen.decisions if decision.item_id is None]
    if loose:
        parts.append(PaperPart("Decisions", items=tuple(_say_decision(seen, one) for one in loose)))
    if seen.confirmed:
        parts.append(PaperPart("Decisions confirmed", items=tuple(_say_confirmed(one) for one in seen.confirmed)))
    for title, actions in (
        ("Actions of this meeting", seen.actions), ("Actions from earlier meetings", seen.carried_over)
    ):  # fmt: skip
        if actions:
            parts.append(PaperPart(title, table=_list_actions(seen, actions, title)))
    is_agreed = seen.meeting.state == MeetingState.AGREED
    return WrittenPaper(
        f"Minutes: {seen.meeting}", say_date(seen.meeting.held_on), seen.meeting.held_on, tuple(parts),
        _say_audience(seen), " – ".join(filter(None, ("" if is_agreed else _DRAFT, _say_marking(seen)))),
    )  # fmt: skip


def _say_audience(seen: SeenMeeting) -> str:
    return "the partnership" if seen.reads_names else "readers of open papers"


def _say_marking(seen: SeenMeeting) -> str:
    """Papers that hold something confidential say so on every page."""
    holds = any(item.is_confidential and item.pk not in seen.hidden_items for item in seen.items)
    rows: tuple[Any, ...] = (*seen.decisions, *seen.confirmed, *seen.actions, *seen.papers)
    return "Confidential" if holds or any(row.is_confidential for row in rows) else ""


def _build_facts(seen: SeenMeeting, *, how_to_join: str = "") -> PaperPart:
    meeting = seen.meeting
    facts = [("Group", meeting.group.name), ("Date", say_date(meeting.held_on))]
    facts += [("Time", meeting.time)] if meeting.time else []
    facts += [("Place", meeting.place)] if meeting.place else []
    facts += [("Online", how_to_join)] if how_to_join and seen.reads_names else []
    facts += [("Chair", meeting.group.chair_post)] if meeting.group.chair_post else []
    if meeting.state == MeetingState.CANCELLED:
        facts.append(("Cancelled", meeting.cancelled_because if seen.reads_names else "Yes"))
    if meeting.agreed_at is not None:
        facts.append(("Agreed at the meeting of", say_date(meeting.agreed_at.held_on)))
    return PaperPart("The meeting", facts=tuple(facts))


def _build_attendance(seen: SeenMeeting) -> PaperPart:
    """Who sat for which body; apologies; the quorum in words. Readers see bodies and posts without names."""
    groups = (
        ("Present", SITS), ("Apologies", {Presence.APOLOGIES}), ("Absent without apologies", {Presence.ABSENT})
    )  # fmt: skip
    facts = [
        (title, "; ".join(_say_attended(seen, row) for row in seen.attendances if row.presence in wanted))
        for title, wanted in groups
    ]
    if seen.meeting.others_present and seen.reads_names:
        facts.append(("Others", "; ".join(seen.meeting.others_present.splitlines())))
    said = tuple((title, text) for title, text in facts if text)
    return PaperPart("Attendance", facts=said, paragraphs=(judge_quorum(seen.meeting).said,))


def _say_attended(seen: SeenMeeting, row: Attendance) -> str:
    person = ", ".join(part for part in (row.name if seen.reads_names else "", row.post) if part)
    deputy = " (deputy)" if row.presence == Presence.DEPUTY else ""
    return f"{row.organisation}{f': {person}' if person else ''}{deputy}"


def _list_items(seen: SeenMeeting) -> PaperTable:
    """The agenda as a table, so that who chairs has it on one page."""
    rows = tuple(_describe_item(seen, item) for item in seen.items)
    return PaperTable("Agenda", ("Item", "What is asked", "Who", "Papers"), rows, (0.36, 0.28, 0.16, 0.2))


def _describe_item(seen: SeenMeeting, item: AgendaItem) -> tuple[str, ...]:
    if item.pk in seen.hidden_items:
        return (f"{item.number}. {_CONFIDENTIAL}", "", "", "")
    papers = "; ".join(paper.title for paper in seen.papers if paper.item_id == item.pk)
    asked = "See below" if item.kind == ItemKind.EXCEPTIONS and item.lines else ""
    return (_name_item(item), item.purpose or asked, item.presenter, papers)


def _name_item(item: AgendaItem) -> str:
    return f"{item.number}. {item.title}{' (confidential)' if item.is_confidential else ''}"


def _build_minuted(seen: SeenMeeting, item: AgendaItem) -> PaperPart:
    if item.pk in seen.hidden_items:
        return PaperPart(f"{item.number}. {_CONFIDENTIAL}", note="Nothing of it is shown here.")
    said = tuple(line for line in item.minute.splitlines() if line.strip())
    decided = tuple(_say_decision(seen, one) for one in seen.decisions if one.item_id == item.pk)
    return PaperPart(_name_item(item), paragraphs=said or (() if decided else (_NOTHING,)), items=decided)


def _list_exceptions(seen: SeenMeeting) -> Iterator[PaperTable]:
    for item in seen.items:
        if item.kind == ItemKind.EXCEPTIONS and item.lines and item.pk not in seen.hidden_items:
            rows = tuple((line["kind"], f"{line['ref']} {line['title']}", line["reason"]) for line in item.lines)
            yield PaperTable(item.title, ("Why it is here", "Indicator", "Reason"), rows, (0.18, 0.36, 0.46))


def _say_decision(seen: SeenMeeting, decision: Decision) -> str:
    parts = [f"Decision {decision.label}: {decision.text}"]
    if decision.concerns is not None:
        parts.append(f"For: {decision.concerns}.")
    if decision.is_inquorate:
        parts.append(f"Taken without a quorum: {decision.inquorate_note}")
    if decision.confirmed_at is not None:
        is_told = decision.pk in seen.told_confirmed_at
        when = f"at the meeting of {say_date(decision.confirmed_at.held_on)}" if is_told else "by a later meeting"
        parts.append(f"Confirmed {when}.")
    if decision.due_regard:
        parts.append(f"Due regard (section 17): {decision.due_regard}")
    return " ".join(parts)


def _say_confirmed(decision: Decision) -> str:
    """A decision of an earlier meeting, confirmed by this one."""
    return f"Decision {decision.label} of {say_date(decision.meeting.held_on)}, {decision.meeting}: {decision.text}"


def _list_actions(seen: SeenMeeting, actions: tuple[MeetingAction, ...], title: str) -> PaperTable:
    rows = tuple(
        (
            action.text, say_owner(action, with_names=seen.reads_names), say_date(action.due_on),
            ActionState(action.state).label,
        )
        for action in actions
    )  # fmt: skip
    return PaperTable(title, _ACTION_COLUMNS, rows, _ACTION_WIDTHS)
