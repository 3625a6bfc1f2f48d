"""Words of published plans, and what they mean here."""

from collections.abc import Mapping
from typing import Any

from wardmote.web.plans.states import ActionState

#: The number of the place for what a file puts under no priority.
NO_PRIORITY = 0
#: How plans print the state of an action. Another word is kept as it is and taken for "not started".
ACTION_STATES: Mapping[str, ActionState] = {
    "": ActionState.NOT_STARTED, "not started": ActionState.NOT_STARTED, "not_started": ActionState.NOT_STARTED,
    "planned": ActionState.NOT_STARTED, "open": ActionState.NOT_STARTED,
    "ongoing": ActionState.UNDER_WAY, "on-going": ActionState.UNDER_WAY, "under way": ActionState.UNDER_WAY,
    "under_way": ActionState.UNDER_WAY, "underway": ActionState.UNDER_WAY, "in progress": ActionState.UNDER_WAY,
    "started": ActionState.UNDER_WAY, "on track": ActionState.UNDER_WAY, "continuing": ActionState.UNDER_WAY,
    "done": ActionState.DONE, "complete": ActionState.DONE, "completed": ActionState.DONE, "closed": ActionState.DONE,
    "achieved": ActionState.DONE, "finished": ActionState.DONE,
    "stopped": ActionState.STOPPED, "cancelled": ActionState.STOPPED, "discontinued": ActionState.STOPPED,
    "withdrawn": ActionState.STOPPED, "dropped": ActionState.STOPPED,
}  # fmt: skip


def keep_wording(details: dict[str, Any], name: str, *, said: str, shown: str) -> None:
    """Remember how the file wrote something that is shown otherwise here: "KSS CRC" for a company's full name."""
    if said != shown:
        details[name] = {"as": said, "of": shown}


def recall_wording(details: Mapping[str, Any], name: str, *, shown: str) -> str:
    """The file's own wording, as long as what is shown is still what it stood for."""
    kept = details.get(name)
    if isinstance(kept, dict) and kept.get("of") == shown:
        return str(kept["as"])
    return shown
