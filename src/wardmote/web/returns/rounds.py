"""What the daily round does with returns: opens quarters, fills what evidence knows, reminds."""

from datetime import datetime

from django.utils import timezone

from wardmote.web.foundation.rounds import join_round
from wardmote.web.returns.actions.chasing import send_reminders
from wardmote.web.returns.actions.filling import fill_returns
from wardmote.web.returns.actions.quarters import open_due_quarters
from wardmote.web.returns.covers import end_unlent


@join_round("end cover")
def end_cover(now: datetime) -> str:
    """End cover in the place of somebody who contributes no longer."""
    return f"{end_unlent(now)} covers ended"


@join_round("open quarters")
def open_quarters(now: datetime) -> str:
    """Open every quarter that has ended."""
    return f"{len(open_due_quarters(today=timezone.localdate(now)))} quarters opened"


@join_round("fill returns from evidence")
def fill_from_evidence(now: datetime) -> str:
    """Fill the returns that are bound to evidence."""
    return f"{fill_returns()} returns filled"


@join_round("remind of returns")
def remind(now: datetime) -> str:
    """Write to whoever owes something, once a stage and once a day at most."""
    return f"{send_reminders(today=timezone.localdate(now))} reminders queued"
