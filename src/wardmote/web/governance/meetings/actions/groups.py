"""The register of groups, and when each is quorate."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from wardmote.web.foundation.clock import read_today
from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.foundation.writes import writing
from wardmote.web.governance.meetings.actions.agenda import add_missing_standing_items
from wardmote.web.governance.meetings.actions.holding import hold
from wardmote.web.governance.meetings.models import Group, Meeting, QuorumBody, QuorumRule
from wardmote.web.governance.meetings.states import MeetingState
from wardmote.web.partnerships.interface import Organisation, Partnership, Person


def add_group(*, partnership: Partnership, fields: Mapping[str, Any], by: Person | None) -> Group:
    """Add a group to the register."""
    group = Group(partnership=partnership, **fields)
    with writing(by=by, verb="meetings.group_added", partnership=partnership, subject=group):
        _check_fits(group)
        group.save()
    return group


def change_group(*, group: Group, fields: Mapping[str, Any], by: Person | None) -> Group:
    """Change what the register says. New standing items join the planned meetings, whose agendas are not out yet."""
    with writing(by=by, verb="meetings.group_changed", partnership=group.partnership, subject=group):
        hold(group)
        for name, value in fields.items():
            setattr(group, name, value)
        _check_fits(group)
        group.save()
        planned = Meeting.objects.filter(
            partnership=group.partnership, group=group, state=MeetingState.PLANNED, held_on__gte=read_today()
        )
        for meeting in planned.select_related("group"):
            add_missing_standing_items(meeting)
    return group


def _check_fits(group: Group) -> None:
    others = Group.objects.filter(partnership=group.partnership, name=group.name).exclude(pk=group.pk)
    if others.exists():
        raise RefusedError(f"There is a group {group.name} already.")
    above, seen = group.reports_to, {group.pk}
    while above is not None:
        if above.pk in seen:
            raise RefusedError(f"{above.name} reports to {group.name}: it cannot be the other way round too.")
        seen.add(above.pk)
        above = above.reports_to


def set_quorum(
    *, group: Group, valid_from: date, least_count: int, bodies: Iterable[Organisation], source: str, by: Person | None
) -> QuorumRule:
    """Say when a group is quorate from a day on. The rule before ends on the day before."""
    named = list(bodies)
    if not least_count and not named:
        raise RefusedError("Say how many responsible authorities must be there, or which.")
    with writing(by=by, verb="meetings.quorum_set", partnership=group.partnership, subject=group):
        hold(group)
        rules = QuorumRule.objects.filter(partnership=group.partnership, group=group).order_by("-valid_from")
        last = rules.first()
        if last is not None and last.valid_from >= valid_from:
            raise RefusedError(f"A rule holds from {last.valid_from:%-d %B %Y} already. Choose a later day.")
        if last is not None and last.valid_to is None:
            last.valid_to = valid_from - timedelta(days=1)
            last.save()
        rule = QuorumRule.objects.create(
            partnership=group.partnership, group=group, least_count=least_count, valid_from=valid_from, source=source
        )
        for body in named:
            QuorumBody.objects.create(partnership=group.partnership, rule=rule, organisation=body)
    return rule
