"""The register of groups."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from wardmote.web.foundation.clock import read_today
from wardmote.web.governance.meetings import actions
from wardmote.web.governance.meetings.forms.groups import GroupForm, QuorumForm, list_priority_choices
from wardmote.web.governance.meetings.models import Group
from wardmote.web.governance.meetings.queries import list_groups, list_seen_meetings
from wardmote.web.governance.meetings.quorum import find_quorum_rule, say_rule
from wardmote.web.governance.meetings.states import Cadence, GroupKind
from wardmote.web.governance.meetings.views.frame import answer_form, describe_page, find_address, read_post
from wardmote.web.partnerships.interface import PartnershipRequest, get_own, in_partnership


@in_partnership("governance.view_meetings")
def list_register(request: PartnershipRequest) -> HttpResponse:
    """Every group: what it is, how often it meets, when it is quorate, to whom it reports."""
    today, groups = read_today(), list(list_groups(request.partnership))
    seen = list(list_seen_meetings(request).filter(held_on__gte=today).exclude(state="cancelled"))
    rows = [_describe(request, group, today) | {"next": _find_next(seen, group)} for group in groups]
    facts = describe_page(request, title="Groups", here="groups") | {
        "rows": [row for row in rows if not row["has_ended"]], "ended": [row for row in rows if row["has_ended"]],
        "discussed": _list_discussed(request, groups),
    }  # fmt: skip
    return render(request, "governance/meetings/groups.html", facts)


def _find_next(seen: list[Any], group: Group) -> Any:
    return next((meeting for meeting in seen if meeting.group_id == group.pk), None)


def _describe(request: PartnershipRequest, group: Group, today: Any) -> dict[str, Any]:
    rule = find_quorum_rule(group, today)
    titles = dict(list_priority_choices(request.partnership, held=group.priorities))
    return {
        "group": group, "kind": GroupKind(group.kind).label, "cadence": Cadence(group.cadence).label,
        "quorum": say_rule(rule) if rule else "None is set",
        "priorities": [titles[number] for number in group.priorities],
        "has_ended": group.ended_on is not None and group.ended_on < today,
    }  # fmt: skip


def _list_discussed(request: PartnershipRequest, groups: list[Group]) -> list[tuple[str, list[Group]]]:
    """Each priority with the groups that discuss it: one that none discusses is seen at once."""
    choices = list_priority_choices(request.partnership, held=[])
    return [(title, [group for group in groups if number in group.priorities]) for number, title in choices]


@in_partnership("governance.view_meetings")
def show_group(request: PartnershipRequest, group_id: Any) -> HttpResponse:
    """One group, its rules of quorum over time, and its meetings."""
    group = get_own(Group.objects.select_related("reports_to", "partnership"), request, id=group_id)
    meetings = list_seen_meetings(request).filter(group=group).reverse()
    rules = group.quorum_rules.order_by("-valid_from")
    facts = describe_page(request, title=group.name, above=(("Groups", find_address(request, "groups")),))
    facts |= _describe(request, group, read_today()) | {
        "rules": [(rule, say_rule(rule)) for rule in rules], "meetings": meetings,
        "fed_by": list_groups(request.partnership).filter(reports_to=group),
    }  # fmt: skip
    return render(request, "governance/meetings/group.html", facts)


@in_partnership("governance.change_groups")
def add_group(request: PartnershipRequest) -> HttpResponse:
    """Add a group to the register."""
    form = GroupForm(request.partnership, read_post(request))
    return answer_form(
        request, form,
        lambda told: actions.add_group(partnership=request.partnership, fields=told, by=request.user),
        title="Add a group", back=find_address(request, "groups"), said="The group is added.",
        above=(("Groups", find_address(request, "groups")),),
    )  # fmt: skip


@in_partnership("governance.change_groups")
def change_group(request: PartnershipRequest, group_id: Any) -> HttpResponse:
    """Change what the register says of a group."""
    group = get_own(Group.objects.select_related("partnership"), request, id=group_id)
    form = GroupForm(request.partnership, read_post(request), group=group)
    return answer_form(
        request, form, lambda told: actions.change_group(group=group, fields=told, by=request.user),
        title=f"Change {group.name}", back=find_address(request, "show_group", group_id=group.pk),
        said="The group is changed.", watched=True, above=_above(request, group),
        intro="New standing items are put on the agendas that are not out yet.",
    )  # fmt: skip


@in_partnership("governance.change_groups")
def set_quorum(request: PartnershipRequest, group_id: Any) -> HttpResponse:
    """Say when the group is quorate from a day on."""
    group = get_own(Group.objects.select_related("partnership"), request, id=group_id)
    form = QuorumForm(request.partnership, read_post(request))
    return answer_form(
        request, form, lambda told: actions.set_quorum(group=group, by=request.user, **told),
        title="Set the quorum", back=find_address(request, "show_group", group_id=group.pk),
        said="The quorum is set.", above=_above(request, group),
        intro="Bodies count and not people: each responsible authority once, under the name that it has on the day.",
    )  # fmt: skip


def _above(request: PartnershipRequest, group: Group) -> tuple[tuple[str, str], ...]:
    return (
        ("Groups", find_address(request, "groups")),
        (group.name, find_address(request, "show_group", group_id=group.pk)),
    )
