"""What the pages of people have in common: a form, an action that may refuse, a message, a redirect."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from wardmote.web.foundation.overtaken import is_overtaken
from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.partnerships.doors import PartnershipRequest

Crumbs = list[dict[str, str]]


def make_trail(request: PartnershipRequest, *names: tuple[str, str]) -> Crumbs:
    """The way back from a page of the partnership: text and name of each address above it."""
    slug = request.partnership.slug
    pages = (("What to do", "partnership_home"), *names)
    return [{"text": text, "href": reverse(name, kwargs={"slug": slug})} for text, name in pages]


def answer_form(
    request: Any,
    form: forms.BaseForm,
    *,
    act: Callable[[dict[str, Any]], Any],
    done: str,
    to: str,
    template: str = "foundation/form_page.html",
    then: Callable[[Any], str] | None = None,
    **page: Any,
) -> HttpResponse:
    """Show a form, or do what was asked and go on to the address `to`. What the rules refuse is said on the form.

    `then` finds another address from what was made. A form that is watched is not taken where somebody else changed
    the record meanwhile.
    """
    if request.method == "POST" and form.is_valid() and not (hasattr(form, "seen") and is_overtaken(form)):
        try:
            made = act(form.cleaned_data)
        except RefusedError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, done)
            return redirect(then(made) if then else to)
    return render(request, template, {"form": form, "cancel_url": to, **page})


def answer_confirm(request: Any, form: forms.BaseForm, **options: Any) -> HttpResponse:
    """The same, on a page that asks before it is done."""
    return answer_form(request, form, template="foundation/confirm_page.html", **options)


def answer_gone(request: HttpRequest, why: str = "") -> HttpResponse:
    """A link that is spent, too old or was never ours: the answer is the same. `why`: said to who holds a good one."""
    return render(request, "partnerships/link_gone.html", {"why": why}, status=410)
