"""The agenda: standing items by themselves, others by hand, the quarter's exceptions from the returns."""

from collections.abc import Mapping
from typing import Any

from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.foundation.writes import writing
from wardmote.web.governance.meetings.actions.holding import find_next_number, hold
from wardmote.web.governance.meetings.models import AgendaItem, Meeting
from wardmote.web.governance.meetings.policies import check_agenda_open, check_minutes_open
from wardmote.web.governance.meetings.states import ItemKind
from wardmote.web.partnerships.interface import Person
from wardmote.web.returns.interface import list_agenda_lines


def add_missing_standing_items(meeting: Meeting) -> None:
    """Put the group's standing items on the agenda that are not there yet. Within a write under way."""
    there = set(meeting.items.filter(kind=ItemKind.STANDING).values_list("title", flat=True))
    number = find_next_number(meeting.items)
    for title in meeting.group.standing_items:
        if title in there:
            continue
        AgendaItem.objects.create(
            partnership=meeting.partnership, meeting=meeting, number=number, kind=ItemKind.STANDING, title=title
        )
        number += 1


def add_item(*, meeting: Meeting, fields: Mapping[str, Any], by: Person | None) -> AgendaItem:
    """Add an item at the end of the agenda."""
    item = AgendaItem(partnership=meeting.partnership, meeting=meeting, **fields)
    with writing(by=by, verb="meetings.item_added", partnership=meeting.partnership, subject=item):
        hold(meeting)
        check_agenda_open(meeting)
        item.number = find_next_number(meeting.items)
        item.save()
    return item


def change_item(*, item: AgendaItem, fields: Mapping[str, Any], by: Person | None) -> AgendaItem:
    """Change what the agenda says of an item; another `number` puts it in that place, and the others move."""
    told = dict(fields)
    place = told.pop("number", None)
    with writing(by=by, verb="meetings.item_changed", partnership=item.partnership, subject=item):
        hold(item.meeting, item)
        check_agenda_open(item.meeting)
        for name, value in told.items():
            setattr(item, name, value)
        item.save()
        if place is not None and place != item.number:
            _put_in_place(item, place)
    return item


def _put_in_place(item: AgendaItem, place: int) -> None:
    """Number the agenda anew with the item in its new place."""
    rows = list(item.meeting.items.exclude(pk=item.pk).order_by("number"))
    rows.insert(place - 1, item)
    for number, row in enumerate(rows, start=1):
        if row.number != number:
            row.number = number
            row.save()


def remove_item(*, item: AgendaItem, by: Person | None) -> None:
    """Take an item off the agenda, while nothing hangs on it."""
    with writing(by=by, verb="meetings.item_removed", partnership=item.partnership, subject=item.meeting):
        hold(item.meeting, item)
        check_agenda_open(item.meeting)
        if item.minute or item.papers.exists() or item.decisions.exists() or item.actions.exists():
            raise RefusedError("Papers, minutes, decisions or actions belong to this item. It stays.")
        later = list(item.meeting.items.filter(number__gt=item.number))
        item.delete()
        for other in later:
            other.number -= 1
            other.save()


def put_exceptions(*, meeting: Meeting, by: Person | None) -> AgendaItem:
    """Put the exceptions of the newest quarter on the agenda, as they stand now; again: bring them up to date."""
    period, lines = list_agenda_lines(meeting.partnership)
    if not period:
        raise RefusedError("No quarter of the plan in force has ended yet.")
    item = meeting.items.filter(kind=ItemKind.EXCEPTIONS).first() or AgendaItem(
        partnership=meeting.partnership, meeting=meeting, kind=ItemKind.EXCEPTIONS, number=0
    )
    with writing(by=by, verb="meetings.exceptions_put", partnership=meeting.partnership, subject=item):
        hold(meeting)
        check_agenda_open(meeting)
        item.title, item.lines = f"Performance: exceptions of {period}", lines
        item.number = item.number or find_next_number(meeting.items)
        item.save()
    return item


def write_minute(*, item: AgendaItem, minute: str, by: Person | None) -> AgendaItem:
    """Write down what was said about an item."""
    with writing(by=by, verb="meetings.minute_written", partnership=item.partnership, subject=item):
        hold(item.meeting, item)
        check_minutes_open(item.meeting)
        item.minute = minute
        item.save()
    return item
