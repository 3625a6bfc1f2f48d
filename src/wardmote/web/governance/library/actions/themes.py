"""Writes of emerging themes. A review is added and never changed."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from wardmote.web.foundation.clock import read_now, read_today
from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.foundation.writes import writing
from wardmote.web.governance.library.models import Theme, ThemeEvidence, ThemeReview
from wardmote.web.governance.library.states import ThemeState
from wardmote.web.partnerships.interface import Partnership, Person
from wardmote.web.plans.interface import Priority

_SETTLED = (ThemeState.PROMOTED, ThemeState.DROPPED)


def add_theme(*, by: Person | None, partnership: Partnership, fields: Mapping[str, Any]) -> Theme:
    """Write down what somebody saw."""
    given = {"written_on": read_today(), **fields}
    theme = Theme(partnership=partnership, written_by=by.pk if by else None, **given)
    with writing(by=by, verb="governance.theme_added", partnership=partnership, subject=theme):
        theme.save()
    return theme


def change_theme(*, by: Person, theme: Theme, fields: Mapping[str, Any]) -> None:
    """Change what is said of a theme; how it stands is changed by a review."""
    with writing(by=by, verb="governance.theme_changed", partnership=theme.partnership, subject=theme):
        for name, value in fields.items():
            setattr(theme, name, value)
        theme.save()


def review_theme(
    *,
    by: Person | None,
    theme: Theme,
    reviewed_on: date,
    state: ThemeState,
    note: str,
    priority: Priority | None = None,
) -> ThemeReview:
    """Look at a theme again and say how it stands; one that becomes a priority names it, one that is dropped says why.

    The note is the reason.
    """
    if state == ThemeState.PROMOTED and priority is None:
        raise RefusedError("Choose the priority that it became")
    if reviewed_on < theme.first_seen_on:
        raise RefusedError("It cannot have been looked at again before it was first seen")
    with writing(by=by, verb="governance.theme_reviewed", partnership=theme.partnership, subject=theme):
        held = Theme.objects.select_for_update().get(pk=theme.pk)
        is_settled = state in _SETTLED
        theme.state, theme.reason = state, note if is_settled else ""
        theme.settled_on = (held.settled_on if held.state == state else reviewed_on) if is_settled else None
        theme.priority = priority if state == ThemeState.PROMOTED else None
        theme.plan = theme.priority.plan if theme.priority else None
        theme.save()
        return ThemeReview.objects.create(
            partnership=theme.partnership, theme=theme, reviewed_on=reviewed_on, said_at=read_now(),
            said_by=by.pk if by else None, state=state, note=note,
        )  # fmt: skip


def add_evidence(*, by: Person | None, theme: Theme, text: str, address: str = "") -> ThemeEvidence:
    """Say what a theme rests on. `address` is a page of a figure or a public one."""
    evidence = ThemeEvidence(
        partnership=theme.partnership, theme=theme, text=text, address=address, added_at=read_now(),
        added_by=by.pk if by else None,
    )  # fmt: skip
    with writing(by=by, verb="governance.theme_evidence_added", partnership=theme.partnership, subject=theme):
        evidence.save()
    return evidence
