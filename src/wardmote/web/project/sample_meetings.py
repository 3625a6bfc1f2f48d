"""The sample's year of meetings: groups, minutes, decisions and actions, a public meeting, and who signed the plan."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import partial
from importlib.resources import files
from typing import Any

import yaml

from wardmote.evidence.sample.plan.people import find_agency
from wardmote.web.governance.meetings import actions
from wardmote.web.governance.meetings.actions.outcomes import Attended
from wardmote.web.governance.meetings.models import Group, Meeting, SignOff
from wardmote.web.governance.meetings.states import ActionState, MeetingState
from wardmote.web.partnerships.interface import Organisation, Partnership, Person
from wardmote.web.plans.interface import get_current_plan

_TUESDAY = 1
_FORMER = "former_probation"
_STEPS = (MeetingState.AGENDA_OUT, MeetingState.HELD, MeetingState.AGREED)
type Spec = Mapping[str, Any]


def load_meetings(partnership: Partnership, *, by: Person | None, today: date) -> None:
    """Write down a believable year of meetings around today."""
    spec = yaml.safe_load((files("wardmote.catalogue") / "sample" / "meetings.yaml").read_text(encoding="utf-8"))
    groups: dict[str, Group] = {}
    for told in spec["groups"]:
        groups[told["key"]] = _add_group(partnership, told, groups, by)
    presenters = spec["presenters"]
    meetings = {
        told["key"]: _plan_meeting(groups[told["group"]], told, by=by, today=today) for told in spec["meetings"]
    }
    for told in spec["meetings"]:
        _live_through(meetings[told["key"]], told, meetings, presenters=presenters, by=by, today=today)
    for told in spec["public_meetings"]:
        _add_public_meeting(partnership, told, by=by, today=today)
    for told in spec["sign_offs"]:
        _sign(partnership, told, by=by, today=today)


def find_day(today: date, days: int) -> date:
    """The Tuesday of the week that lies so many days off; what has happened never lies ahead."""
    day = today + timedelta(days=days)
    found = day + timedelta(days=_TUESDAY - day.weekday())
    return found if days > 0 or found <= today else found - timedelta(days=7)


def _find_body(partnership: Partnership, key: str) -> Organisation:
    own = Organisation.objects.filter(seats__partnership=partnership).distinct()
    if key == _FORMER:
        return own.get(kind="probation", ended_on__isnull=False)
    return own.get(name=find_agency(key).name)


def _find_person(partnership: Partnership, name: str) -> Person:
    members = Person.objects.filter(email__startswith=f"{name}@", memberships__partnership=partnership)
    return members.distinct().get()


def _add_group(partnership: Partnership, told: Spec, groups: Mapping[str, Group], by: Person | None) -> Group:
    fields = {name: value for name, value in told.items() if name not in ("key", "rules", "reports_to")}
    fields["reports_to"] = groups.get(told.get("reports_to", ""))
    group = actions.add_group(partnership=partnership, fields=fields, by=by)
    for rule in told["rules"]:
        actions.set_quorum(
            group=group, valid_from=rule["from"], least_count=rule["least_count"], source=rule["source"], by=by,
            bodies=[_find_body(partnership, key) for key in rule["bodies"]],
        )  # fmt: skip
    return group


def _plan_meeting(group: Group, told: Spec, *, by: Person | None, today: date) -> Meeting:
    fields = {name: told[name] for name in ("time", "place", "online", "is_open") if name in told}
    fields["held_on"] = find_day(today, told["day"])
    return actions.plan_meetings(group=group, fields=fields, by=by)[0]


def _live_through(
    meeting: Meeting, told: Spec, meetings: Mapping[str, Meeting], *, presenters: Mapping[str, str], by: Person | None,
    today: date,
) -> None:  # fmt: skip
    """Take a meeting as far as it has come, with what came of it on the way."""
    if told.get("exceptions"):
        actions.put_exceptions(meeting=meeting, by=by)
    if told.get("confidential"):
        title, purpose = told["confidential"]
        fields = {"title": title, "purpose": purpose, "is_confidential": True}
        actions.add_item(meeting=meeting, fields=fields, by=by)
    _name_presenters(meeting, presenters, by)
    reached = MeetingState(told["state"])
    for step in _STEPS[: _STEPS.index(reached) + 1] if reached in _STEPS else ():
        if step == MeetingState.HELD:
            _write_down(meeting, told, by=by, today=today)
        agreed_at = meetings.get(told.get("agreed_at", "")) if step == MeetingState.AGREED else None
        actions.move_meeting(meeting=meeting, to=step, by=by, agreed_at=agreed_at)


def _name_presenters(meeting: Meeting, presenters: Mapping[str, str], by: Person | None) -> None:
    """Say for each item who presents it, by post."""
    for item in meeting.items.order_by("number"):
        post = presenters.get(item.title) or presenters.get(item.kind, meeting.group.chair_post)
        actions.change_item(item=item, fields={"presenter": post}, by=by)


def _write_down(meeting: Meeting, told: Spec, *, by: Person | None, today: date) -> None:
    find_body = partial(_find_body, meeting.partnership)
    rows = [Attended(find_body(key), presence, name, post) for key, presence, name, post in told["attended"]]
    actions.record_attendance(meeting=meeting, rows=rows, by=by)
    for number, minute in told.get("minutes", {}).items():
        actions.write_minute(item=meeting.items.get(number=number), minute=minute, by=by)
    for decision in told.get("decisions", ()):
        fields = {**decision, "concerns": find_body(decision["concerns"]) if "concerns" in decision else None}
        actions.record_decision(meeting=meeting, fields=fields, by=by)
    for action in told.get("actions", ()):
        _add_action(meeting, action, by=by, today=today)


def _add_action(meeting: Meeting, told: Spec, *, by: Person | None, today: date) -> None:
    fields = {"text": told["text"], "due_on": today + timedelta(days=told["due"])}
    fields["owner"] = _find_body(meeting.partnership, told["owner"])
    if "person" in told:
        fields["person"] = _find_person(meeting.partnership, told["person"])
    action = actions.add_action(meeting=meeting, fields=fields, by=by)
    if "said" in told:
        state = ActionState.DONE if "done" in told else ActionState.OPEN
        on = today + timedelta(days=told["done"]) if "done" in told else None
        actions.update_action(action=action, state=state, text=told["said"], by=by, on=on)


def _add_public_meeting(partnership: Partnership, told: Spec, *, by: Person | None, today: date) -> None:
    fields = {name: value for name, value in told.items() if name not in ("day", "questions")}
    fields |= {"held_on": find_day(today, told["day"]), "is_held": told["day"] < 0}
    meeting = actions.add_public_meeting(partnership=partnership, fields=fields, by=by)
    for question, answer in told["questions"]:
        fields = {"question": question, "answer": answer, "answered_on": meeting.held_on if answer else None}
        actions.add_question(meeting=meeting, fields=fields, by=by)


def _sign(partnership: Partnership, told: Spec, *, by: Person | None, today: date) -> None:
    document = _name_document(partnership, told, today)
    sign_off = actions.start_sign_off(partnership=partnership, fields=document, by=by)
    for key, name, post, minute in told["signed"]:
        fields = {"name": name, "post": post, "signed_on": sign_off.as_of, "minute": minute}
        body = _find_body(partnership, key)
        actions.record_signature(sign_off=sign_off, organisation=body, fields=fields, by=by)
    if "sent" in told:
        _stamp(sign_off, told["sent"], by=by)


def _name_document(partnership: Partnership, told: Spec, today: date) -> dict[str, Any]:
    """The plan in force, signed before its first day; or a document by its title, on the day that is told."""
    plan = get_current_plan(partnership) if told["kind"] == "plan" else None
    if plan is not None:
        day = find_day(min(plan.starts_on, today) - timedelta(days=100), 0)
        version = f"version {plan.version}"
        return {"kind": "plan", "about": plan.pk, "title": plan.title, "version": version, "as_of": day}
    day = find_day(today, told["day"])
    return {"kind": told["kind"], "title": told["title"], "version": f"edition of {day:%B %Y}", "as_of": day}


def _stamp(sign_off: SignOff, told: Spec, *, by: Person | None) -> None:
    sent_on = sign_off.as_of + timedelta(days=told["after"])
    fields = {"to_whom": "Police and Crime Commissioner", "how": "Secure e-mail", "sent_on": sent_on}
    stamp = actions.stamp_sent(sign_off=sign_off, fields=fields, by=by)
    received_on = sign_off.as_of + timedelta(days=told["received_after"])
    actions.note_receipt(stamp=stamp, receipt=told["receipt"], received_on=received_on, by=by)
