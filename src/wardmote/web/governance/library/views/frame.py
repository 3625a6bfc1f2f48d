"""What the pages of the library share: where the person is, and what they may do."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpResponse

from wardmote.web.governance.form_answers import answer_form
from wardmote.web.partnerships.interface import PartnershipRequest, can, find_address

_ABILITIES = ("view_open_corrections", "write_corrections", "publish_corrections", "share_documents", "write_themes",
              "write_glossary")  # fmt: skip


def describe_page(request: PartnershipRequest, title: str, *above: tuple[str, str]) -> dict[str, Any]:
    """Title, way back (`above`: text and address of the pages between), and what the person may do."""
    crumbs = [("Governance", find_address(request, "governance")), *above]
    may = {name: can(request.user, f"governance.{name}", request.partnership) for name in _ABILITIES}
    return {
        "slug": request.partnership.slug, "title": title, "may": may,
        "breadcrumbs": [*({"text": text, "href": href} for text, href in crumbs), {"text": title}],
        "at": lambda name, **keys: find_address(request, name, **keys),
    }  # fmt: skip


def finish_form(
    request: PartnershipRequest,
    form: forms.Form,
    save: Callable[[], str],
    facts: dict[str, Any],
    *,
    template: str = "foundation/form_page.html",
    done: str,
) -> HttpResponse:
    """Save what was typed and go where `save` says, or show the form with what is wrong. `done` is the message."""
    return answer_form(request, form, save, facts=facts, back=facts.get("cancel_url", ""), done=done, template=template)
