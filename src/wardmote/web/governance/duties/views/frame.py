"""What the pages share: where somebody is, a form that is saved or shown again with what is wrong."""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse

from wardmote.evidence.model.errors import WardmoteError
from wardmote.web.foundation.design.words import begin_sentence
from wardmote.web.governance.form_answers import answer_form
from wardmote.web.partnerships.interface import PartnershipRequest, find_address

Crumb = tuple[str, str]
_HOW_TO_MEND = (
    "Take these columns out and send the file again. A column that names places and not people needs a heading that "
    "says so, such as ‘Ward name’"
)


def describe_page(request: PartnershipRequest, title: str, *crumbs: Crumb) -> dict[str, Any]:
    """Where the person is; `crumbs` stand between Governance and this page."""
    links = [{"text": "Governance", "href": find_address(request, "governance")}]
    links += [{"text": text, "href": href} for text, href in crumbs] + [{"text": title}]
    return {
        "slug": request.partnership.slug, "breadcrumbs": links, "title": title,
        "at": lambda name, **keys: find_address(request, name, **keys),
    }  # fmt: skip


def finish(
    request: PartnershipRequest,
    form: forms.Form,
    save: Callable[[], object],
    *,
    title: str,
    back: str,
    done: str,
    crumbs: Iterable[Crumb] = (),
    intro: str = "",
    submit: str = "Save",
) -> HttpResponse:
    """Save what was typed and go back, or show the form with what is wrong."""
    facts = describe_page(request, title, *crumbs) | {"intro": intro, "submit_text": submit}
    return answer_form(
        request, form, save, facts=facts, back=back, done=done,
        refused_by=(WardmoteError, ValidationError), tell=_tell_faults,
    )  # fmt: skip


def _tell_faults(form: forms.Form, error: WardmoteError | ValidationError) -> None:
    """By the field of the file where there is one: what was refused, where, and what to do."""
    if isinstance(error, WardmoteError):
        _say_faults(form, error)
    else:
        form.add_error("upload" if "upload" in form.fields else None, error)


def _say_faults(form: forms.Form, error: WardmoteError) -> None:
    """What was refused, by the field of the file where there is one: what, where, and what to do."""
    field = "upload" if "upload" in form.fields else None
    form.add_error(field, _say(error.fault))
    for fault in error.faults:
        form.add_error(field, f"{begin_sentence(fault.found)}.")
    if error.is_identifying:
        form.add_error(field, _HOW_TO_MEND)


def _say(fault: Any) -> str:
    """What was found, what was expected and what to do; where, as far as that is more than the file itself."""
    place = f" ({fault.where})" if "," in fault.where else ""
    expected = f" Expected {fault.expected}." if fault.expected else ""
    return f"{begin_sentence(fault.found)}{place}.{expected}" + (f" {fault.to_do}." if fault.to_do else "")
