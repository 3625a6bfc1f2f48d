"""What a value can be besides a number, and the words that say so on a chart."""

from typing import Literal

PointState = Literal["actual", "provisional", "projected", "incomplete", "suppressed", "missing"]

STATE_WORDS: dict[str, str] = {
    "missing": "not held",
    "suppressed": "suppressed",
    "provisional": "provisional",
    "projected": "projected",
    "incomplete": "incomplete",
}


def say_absence(state: str, note: str = "") -> str:
    """Return the words that stand where a value is not: the note given, else what the state says."""
    return note or (STATE_WORDS["suppressed"] if state == "suppressed" else STATE_WORDS["missing"])
