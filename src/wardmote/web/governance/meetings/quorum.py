"""Was a meeting quorate? Bodies count, not people, under the names and duties that they had on the meeting's day.

A rule of 2014 may name a body whose work another does today: who took over sits in its place. Two bodies that were
merged count once.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from wardmote.web.governance.meetings.models import Attendance, Group, Meeting, QuorumRule
from wardmote.web.governance.meetings.states import SITS, MeetingState
from wardmote.web.partnerships.interface import Agency, Organisation, Partnership, Standing, make_resolver

#: Who does a body's work on the day of the meeting.
Resolve = Callable[[Organisation], Sequence[Organisation]]


@dataclass(frozen=True, slots=True)
class Quorum:
    """What can be said of a meeting's quorum. `is_quorate` is None where it cannot be told, and `said` says why."""

    is_quorate: bool | None
    said: str
    counted: tuple[Organisation, ...] = ()
    least_count: int = 0
    missing: tuple[str, ...] = ()  # bodies that had to be there and were not


def find_quorum_rule(group: Group, day: date) -> QuorumRule | None:
    """The rule of a group that held on a day."""
    rules = QuorumRule.objects.filter(partnership=group.partnership_id, group=group, valid_from__lte=day)
    return rules.filter(Q(valid_to=None) | Q(valid_to__gte=day)).order_by("-valid_from").first()


def list_responsible(partnership: Partnership, day: date) -> list[Organisation]:
    """The responsible authorities of a partnership on a day, by name; for one that has gone, who took over."""
    seats = Agency.objects.filter(
        Q(started_on=None) | Q(started_on__lte=day), Q(ended_on=None) | Q(ended_on__gte=day), partnership=partnership,
        standing=Standing.RESPONSIBLE,
    )  # fmt: skip
    seated = [seat.organisation for seat in seats.select_related("organisation")]
    resolve = make_resolver(day)
    return _by_name(one for body in seated for one in resolve(body))


def _by_name(bodies: Iterable[Organisation]) -> list[Organisation]:
    return sorted({body.pk: body for body in bodies}.values(), key=lambda body: body.name)


def judge_quorum(meeting: Meeting) -> Quorum:
    """Whether a meeting is quorate, in words; as it was said when its minutes were agreed, where they are."""
    if meeting.state == MeetingState.AGREED and meeting.quorum_said:
        return Quorum(meeting.is_quorate, meeting.quorum_said)
    rule = find_quorum_rule(meeting.group, meeting.held_on)
    if rule is None:
        return Quorum(None, "No quorum rule is set for the group on this day.")
    rows = Attendance.objects.filter(partnership=meeting.partnership_id, meeting=meeting)
    attended = list(rows.select_related("organisation"))
    if not attended:
        return Quorum(
            None, f"Quorum: {say_rule(rule)}. Who attended is not recorded yet.", least_count=rule.least_count
        )
    sitting = [row.organisation for row in attended if row.presence in SITS]
    named = [one.organisation for one in rule.bodies.select_related("organisation").order_by("organisation__name")]
    return count_quorum(
        least_count=rule.least_count, named=named, sitting=sitting,
        responsible=list_responsible(meeting.partnership, meeting.held_on),
        resolve=make_resolver(meeting.held_on),
    )  # fmt: skip


def count_quorum(
    *,
    least_count: int,
    named: Sequence[Organisation],
    sitting: Sequence[Organisation],
    responsible: Sequence[Organisation],
    resolve: Resolve,
) -> Quorum:
    """Hold who sat against a rule: each responsible authority counts once, and each named one must be there.

    A named body whose work several do now is there when one of them is.
    """
    there = {one.pk for body in sitting for one in resolve(body)}
    counted = tuple(_by_name(body for body in responsible if body.pk in there))
    missing = tuple(body for body in named if not there & {one.pk for one in resolve(body)})
    words = tuple(_name_with_heirs(body, resolve(body)) for body in missing)
    is_quorate = len(counted) >= least_count and not missing
    return Quorum(is_quorate, _say(is_quorate, counted, least_count, words), counted, least_count, words)


def _name_with_heirs(body: Organisation, heirs: Sequence[Organisation]) -> str:
    """A body, and who does its work on the day where that is another."""
    if [heir.pk for heir in heirs] == [body.pk]:
        return body.name
    return f"{body.name} (now {' or '.join(heir.name for heir in heirs)})"


def _say(is_quorate: bool, counted: Sequence[Organisation], least_count: int, missing: Sequence[str]) -> str:
    names = ", ".join(body.name for body in counted) or "none"
    head = "Quorate" if is_quorate else "Not quorate"
    needed = f" where {least_count} must be" if least_count else ""
    authorities = "responsible authority was" if len(counted) == 1 else "responsible authorities were"
    said = f"{head}: {len(counted)} {authorities} there{needed} ({names})."
    return f"{said} {_say_missing(missing)}" if missing else said


def _say_missing(missing: Sequence[str]) -> str:
    return f"Had to be there and was not: {', '.join(missing)}."


def say_rule(rule: QuorumRule) -> str:
    """A rule in words: "3 responsible authorities, among them Ashmere Police"."""
    named = [one.organisation.name for one in rule.bodies.select_related("organisation").order_by("organisation__name")]
    parts = []
    if rule.least_count:
        parts.append(f"{rule.least_count} responsible {'authority' if rule.least_count == 1 else 'authorities'}")
    if named:
        parts.append(("among them " if parts else "") + ", ".join(named))
    return ", ".join(parts)


def list_seated(partnership: Partnership, day: date) -> list[tuple[Organisation, str]]:
    """The bodies that had a seat on a day, responsible authorities first, each with its standing in words."""
    seats = Agency.objects.filter(
        Q(started_on=None) | Q(started_on__lte=day), Q(ended_on=None) | Q(ended_on__gte=day), partnership=partnership
    )
    order, rows = list(Standing), list(seats.select_related("organisation"))
    rows.sort(key=lambda seat: (order.index(Standing(seat.standing)), seat.organisation.name))
    return [(seat.organisation, Standing(seat.standing).label) for seat in rows]
