"""Emerging themes as they are seen: since when, looked at when, and which nobody has looked at for a year."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from wardmote.web.governance.library.models import Theme, ThemeReview
from wardmote.web.governance.library.permissions import SEES_ALL
from wardmote.web.governance.library.states import ThemeState
from wardmote.web.partnerships.interface import (
    Partnership,
    PartnershipRequest,
    Role,
    find_organisations,
    find_roles,
    get_own,
)

YEAR = timedelta(days=365)
OPEN = (ThemeState.WATCHING, ThemeState.DISCUSSED)


@dataclass(frozen=True, slots=True)
class ShownTheme:
    """A theme with its reviews, and whether somebody should look at it."""

    theme: Theme
    reviews: tuple[ThemeReview, ...]
    is_stale: bool

    @property
    def looked_on(self) -> date | None:
        return self.reviews[-1].reviewed_on if self.reviews else None


def list_seen_themes(person: Any, partnership: Partnership) -> QuerySet[Any]:
    """All of them for who runs the partnership; for a contributor what their body saw and what became a priority."""
    rows = Theme.objects.filter(partnership=partnership).select_related("partnership", "body", "priority", "plan")
    if find_roles(person, partnership) & SEES_ALL:
        return rows
    bodies = find_organisations(person, partnership, Role.CONTRIBUTOR)
    return rows.filter(Q(body__in=bodies) | Q(state=ThemeState.PROMOTED))


def get_theme(request: PartnershipRequest, theme_id: Any) -> Theme:
    """A theme that the person may see, or 404."""
    return get_own(list_seen_themes(request.user, request.partnership), request, id=theme_id)


def list_themes(person: Any, partnership: Partnership, today: date) -> list[ShownTheme]:
    """Stale ones first, then those that are open, then the rest."""
    shown = [show_theme(one, today) for one in list_seen_themes(person, partnership).prefetch_related("reviews")]
    return sorted(shown, key=lambda one: (not one.is_stale, one.theme.state not in OPEN))


def show_theme(theme: Theme, today: date) -> ShownTheme:
    reviews = tuple(theme.reviews.all())
    return ShownTheme(theme, reviews, is_stale(theme, reviews, today))


def is_stale(theme: Theme, reviews: tuple[ThemeReview, ...], today: date) -> bool:
    """Whether an open theme is older than a year and was not looked at for a year."""
    last = reviews[-1].reviewed_on if reviews else theme.first_seen_on
    return theme.state in OPEN and last + YEAR < today
