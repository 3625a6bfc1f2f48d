"""What the pages of meetings share: where one is, the forms, and questions before something is done."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render

from wardmote.web.foundation.overtaken import is_overtaken, watch
from wardmote.web.foundation.refusals import RefusedError, find_status
from wardmote.web.governance.meetings.models import Meeting
from wardmote.web.partnerships.interface import PartnershipRequest, can, find_address

#: The pages of the area: text, name of the address, ability.
PAGES = (
    ("Meetings", "meetings", "governance.view_meetings"),
    ("The year", "meeting_year", "governance.view_meetings"),
    ("Actions", "meeting_actions", "governance.view_meeting_actions"),
    ("Groups", "groups", "governance.view_meetings"),
    ("Public meetings", "public_meetings", "governance.view_meetings"),
    ("Sign-off", "sign_offs", "governance.view_sign_offs"),
)
FORM_PAGE = "foundation/form_page.html"


def is_post(request: PartnershipRequest) -> bool:
    return request.method == "POST"


def read_post(request: PartnershipRequest) -> Any:
    """What was sent; None where the form is only to be shown."""
    return request.POST if is_post(request) else None


def describe_page(
    request: PartnershipRequest, *, title: str, here: str = "", above: tuple[tuple[str, str], ...] = ()
) -> dict[str, Any]:
    """The way back, the pages beside this one, and what the person may do. `above` are pages between: text, address."""
    crumbs = [{"text": "Governance", "href": find_address(request, "governance")}]
    if here != "meetings":
        crumbs.append({"text": "Meetings", "href": find_address(request, "meetings")})
    crumbs += [{"text": text, "href": address} for text, address in above]
    pages = [
        {"text": text, "href": find_address(request, name), "current": name == here}
        for text, name, ability in PAGES
        if can(request.user, ability, request.partnership)
    ]
    return {
        "slug": request.partnership.slug, "title": title, "breadcrumbs": crumbs, "meeting_pages": pages,
        "at": lambda name, **keys: find_address(request, name, **keys),
        "may_write": can(request.user, "governance.write_meetings", request.partnership),
        "may_sign": can(request.user, "governance.record_signatures", request.partnership),
    }  # fmt: skip


def above_meeting(request: PartnershipRequest, meeting: Meeting) -> tuple[tuple[str, str], ...]:
    """The meeting, for the way back from a page below it."""
    text = f"{meeting}, {meeting.held_on:%-d %B %Y}"
    return ((text, find_address(request, "show_meeting", meeting_id=meeting.pk)),)


def answer_form(
    request: PartnershipRequest,
    form: forms.Form,
    save: Callable[[Mapping[str, Any]], Any],
    *,
    title: str,
    back: str,
    said: str,
    above: tuple[tuple[str, str], ...] = (),
    watched: bool = False,
    template: str = FORM_PAGE,
    **more: Any,
) -> HttpResponse:
    """A page with a form: save what is sent and go back, or show it again with what is wrong.

    `watched`: the form changes a record that somebody else may have changed since it was opened.
    """
    if watched:
        watch(form)
    if is_post(request) and form.is_valid() and not (watched and is_overtaken(form)):
        try:
            save(form.cleaned_data)
        except (RefusedError, ValidationError) as refused:
            form.add_error(None, refused if isinstance(refused, ValidationError) else str(refused))
        else:
            messages.success(request, said)
            return redirect(back)
    facts = describe_page(request, title=title, above=above) | {
        "form": form, "submit_text": "Save", "cancel_url": back
    }  # fmt: skip
    return render(request, template, facts | more, status=find_status(form))


def answer_question(
    request: PartnershipRequest,
    act: Callable[[], Any],
    *,
    title: str,
    back: str,
    said: str,
    submit_text: str,
    consequences: list[str],
    above: tuple[tuple[str, str], ...] = (),
    danger: bool = False,
) -> HttpResponse:
    """A page that asks before something is done."""
    if is_post(request):
        try:
            act()
            messages.success(request, said)
        except RefusedError as refused:
            messages.error(request, str(refused))
        return redirect(back)
    facts = describe_page(request, title=title, above=above) | {
        "submit_text": submit_text, "cancel_url": back, "consequences": consequences, "danger": danger
    }  # fmt: skip
    return render(request, "foundation/confirm_page.html", facts)


def refuse(request: PartnershipRequest, refusal: str, back: str) -> HttpResponse:
    """Back to where the person came from, with why it cannot be done."""
    messages.error(request, refusal)
    return redirect(back)
