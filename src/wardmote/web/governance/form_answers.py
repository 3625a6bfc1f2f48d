"""How a page with one form is answered, in every area alike: saved and led on, or shown again with what is wrong."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from wardmote.web.foundation.overtaken import is_overtaken
from wardmote.web.foundation.refusals import RefusedError, find_status
from wardmote.web.partnerships.interface import PartnershipRequest


def tell_refusal(form: forms.Form, refusal: Exception) -> None:
    """A refusal stands over the form."""
    form.add_error(None, str(refusal))


def answer_form(
    request: PartnershipRequest,
    form: forms.Form,
    save: Callable[[], object],
    *,
    facts: dict[str, Any],
    back: str,
    done: str,
    template: str = "foundation/form_page.html",
    refused_by: tuple[type[Exception], ...] = (RefusedError,),
    tell: Callable[[forms.Form, Any], None] = tell_refusal,
) -> HttpResponse:
    """Save what was typed, say `done` and go `back`, or show the form with what is wrong (422 where it was sent).

    `facts` are the page's; `save` may answer with another address to go to. What of `refused_by` it raises is told.
    """
    if request.method == "POST" and form.is_valid() and not (hasattr(form, "watched") and is_overtaken(form)):
        try:
            address = save()
            messages.success(request, done)
            return redirect(address if isinstance(address, str) else back)
        except refused_by as refusal:
            tell(form, refusal)
    shown = {"submit_text": "Save", "intro": "", "cancel_url": back, **facts, "form": form}
    return render(request, template, shown, status=find_status(form))
