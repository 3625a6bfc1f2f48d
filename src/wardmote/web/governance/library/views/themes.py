"""The pages of emerging themes."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from wardmote.web.foundation.clock import read_today
from wardmote.web.foundation.overtaken import watch
from wardmote.web.governance.library.actions import themes as actions
from wardmote.web.governance.library.forms import EvidenceForm, ReviewForm, ThemeForm
from wardmote.web.governance.library.models import Theme
from wardmote.web.governance.library.states import ThemeState
from wardmote.web.governance.library.themes import get_theme, list_themes, show_theme
from wardmote.web.governance.library.views.frame import describe_page, find_address, finish_form
from wardmote.web.partnerships.interface import PartnershipRequest, in_partnership, name_people

TITLE = "Emerging themes"


def _above(request: PartnershipRequest, theme: Theme | None = None) -> list[tuple[str, str]]:
    above = [(TITLE, find_address(request, "themes"))]
    return [*above, (theme.title, find_address(request, "theme", theme_id=theme.pk))] if theme else above


@in_partnership("governance.view_themes")
def show_themes(request: PartnershipRequest) -> HttpResponse:
    """What was seen, since when, and what became of it."""
    rows = list_themes(request.user, request.partnership, read_today())
    facts = describe_page(request, TITLE) | {"rows": rows, "stale_count": sum(row.is_stale for row in rows)}
    return render(request, "governance/library/themes.html", facts)


@in_partnership("governance.view_themes")
def show_one(request: PartnershipRequest, theme_id: UUID) -> HttpResponse:
    """One theme with what it rests on and each time that it was looked at."""
    theme = get_theme(request, theme_id)
    shown = show_theme(theme, read_today())
    names = name_people([theme.written_by, *(review.said_by for review in shown.reviews)])
    facts = describe_page(request, theme.title, *_above(request)) | {
        "theme": theme, "shown": shown, "evidence": list(theme.evidence.all()),
        "reviews": [(one, names.get(one.said_by, "–")) for one in reversed(shown.reviews)],
        "writer": names.get(theme.written_by, "–"),
    }  # fmt: skip
    return render(request, "governance/library/theme.html", facts)


@in_partnership("governance.write_themes")
def add_theme(request: PartnershipRequest) -> HttpResponse:
    """Write down what somebody saw."""
    form = ThemeForm(request.partnership, request.POST or None)

    def save() -> str:
        theme = actions.add_theme(by=request.user, partnership=request.partnership, fields=form.read_fields())
        return find_address(request, "theme", theme_id=theme.pk)

    facts = describe_page(request, "Add a theme", *_above(request)) | {"cancel_url": _above(request)[0][1]}
    return finish_form(request, form, save, facts, done="The theme is written down.")


@in_partnership("governance.write_themes")
def change_theme(request: PartnershipRequest, theme_id: UUID) -> HttpResponse:
    """Change what is said of a theme."""
    theme = get_theme(request, theme_id)
    form = ThemeForm(request.partnership, request.POST or None, theme=theme)
    watch(form)
    back = find_address(request, "theme", theme_id=theme.pk)

    def save() -> str:
        actions.change_theme(by=request.user, theme=theme, fields=form.read_fields())
        return back

    facts = describe_page(request, "Change the theme", *_above(request, theme)) | {"cancel_url": back}
    return finish_form(request, form, save, facts, done="The theme is changed.")


@in_partnership("governance.write_themes")
def review_theme(request: PartnershipRequest, theme_id: UUID) -> HttpResponse:
    """Look at a theme again."""
    theme = get_theme(request, theme_id)
    form = ReviewForm(theme, request.POST or None)
    watch(form, {name: form.initial[name] for name in ("state", "priority")})
    back = find_address(request, "theme", theme_id=theme.pk)

    def save() -> str:
        given = form.cleaned_data
        actions.review_theme(by=request.user, theme=theme, **{**given, "state": ThemeState(given["state"])})
        return back

    facts = describe_page(request, "Look at it again", *_above(request, theme)) | {"cancel_url": back}
    return finish_form(request, form, save, facts, done="The review is kept, with the ones before.")


@in_partnership("governance.write_themes")
def add_evidence(request: PartnershipRequest, theme_id: UUID) -> HttpResponse:
    """Say what a theme rests on."""
    theme = get_theme(request, theme_id)
    form = EvidenceForm(request.POST or None)
    back = find_address(request, "theme", theme_id=theme.pk)

    def save() -> str:
        actions.add_evidence(by=request.user, theme=theme, **form.cleaned_data)
        return back

    facts = describe_page(request, "What it rests on", *_above(request, theme)) | {"cancel_url": back}
    return finish_form(request, form, save, facts, done="It is written down.")
