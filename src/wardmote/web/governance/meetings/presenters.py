"""How meetings are shown: colours, actions in words, whether the year's public meeting was held."""

from dataclasses import dataclass
from datetime import date, timedelta

from wardmote.web.foundation.design.words import say_date
from wardmote.web.governance.meetings.models import MeetingAction
from wardmote.web.governance.meetings.policies import is_late
from wardmote.web.governance.meetings.queries import find_last_public_meeting, find_next_public_meeting
from wardmote.web.governance.meetings.states import ActionState, MeetingState
from wardmote.web.partnerships.interface import Partnership

STATE_COLOURS = {
    MeetingState.PLANNED: "grey", MeetingState.AGENDA_OUT: "blue", MeetingState.HELD: "yellow",
    MeetingState.AGREED: "green", MeetingState.CANCELLED: "red",
}  # fmt: skip
_ACTION_COLOURS = {ActionState.OPEN: "blue", ActionState.DONE: "green", ActionState.DROPPED: "grey"}
_YEAR = timedelta(days=365)
_SOON = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class ShownAction:
    """An action with where it stands."""

    action: MeetingAction
    state: str
    colour: str
    is_late: bool

    @property
    def owner(self) -> str:
        return say_owner(self.action)

    @property
    def last_said(self) -> str:
        """The latest update, with its day."""
        said = next((one for one in reversed(self.action.updates) if one["text"]), None)
        return f"{say_date(date.fromisoformat(said['on']))}: {said['text']}" if said else ""


def describe_action(action: MeetingAction, today: date) -> ShownAction:
    state = ActionState(action.state)
    return ShownAction(action, state.label, _ACTION_COLOURS[state], is_late(action, today))


def say_owner(action: MeetingAction, *, with_names: bool = True) -> str:
    """Who does it: the person and the body, or for outsiders the body alone."""
    person = str(action.person) if action.person is not None and with_names else ""
    body = str(action.owner) if action.owner is not None else ""
    return ", ".join(part for part in (person, body) if part) or "An officer of the partnership"


@dataclass(frozen=True, slots=True)
class PublicStanding:
    """Whether the partnership keeps to one public meeting a year. `due_on` is the last day for the next one."""

    is_overdue: bool
    is_due_soon: bool
    said: str
    due_on: date | None


def describe_public_standing(partnership: Partnership, today: date) -> PublicStanding:
    """Whether a public meeting was held in the last twelve months, in words."""
    last, coming = find_last_public_meeting(partnership, today), find_next_public_meeting(partnership, today)
    planned = f" The next is planned for {say_date(coming.held_on)}." if coming else " None is planned."
    if last is None:
        return PublicStanding(True, False, f"No public meeting is recorded as held.{planned}", None)
    due = last.held_on + _YEAR
    said = f"The last public meeting was held on {say_date(last.held_on)}"
    if due < today:
        return PublicStanding(True, False, f"{said}, more than twelve months ago.{planned}", due)
    is_soon = due <= today + _SOON and (coming is None or coming.held_on > due)
    return PublicStanding(False, is_soon, f"{said}; the next is due by {say_date(due)}.{planned}", due)
