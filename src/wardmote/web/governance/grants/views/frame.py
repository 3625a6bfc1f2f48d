"""What the pages of grants and bids share: the way back, what the person may do, and how a form is answered."""

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.http import HttpResponse

from wardmote.web.governance.asking import tell_or_ask
from wardmote.web.governance.form_answers import answer_form
from wardmote.web.governance.grants.money import show_pounds
from wardmote.web.governance.grants.policies import DayError
from wardmote.web.governance.grants.queries import find_sight
from wardmote.web.partnerships.interface import PartnershipRequest, can, find_address

Crumb = tuple[str, str]


def describe_page(request: PartnershipRequest, *way: Crumb, title: str = "") -> dict[str, Any]:
    """Where the person is (`way` are text and address), and what they may see and do there."""
    crumbs = [{"text": "Governance", "href": find_address(request, "governance")}]
    crumbs += [{"text": text, "href": href} for text, href in way]
    if title:
        crumbs.append({"text": title})
    may = {
        name: can(request.user, f"governance.{name}", request.partnership)
        for name in ("change_grants", "view_grant", "view_ledger", "view_commitment", "view_bids", "change_bids")
    }
    return {
        "slug": request.partnership.slug, "breadcrumbs": crumbs, "may": may, "pounds": show_pounds, "title": title,
        "sight": find_sight(request.user, request.partnership),
        "at": lambda name, **keys: find_address(request, name, **keys),
    }  # fmt: skip


def lead_to_grants(request: PartnershipRequest) -> Crumb:
    return ("Grants", find_address(request, "grants"))


def lead_to_bids(request: PartnershipRequest) -> Crumb:
    return ("Bids", find_address(request, "bids"))


def tell_by_day(form: forms.Form, refusal: Exception) -> None:
    """What is wrong with a day stands beside its box."""
    box = next((name for name in ("on", "awarded_on") if name in form.fields), None)
    if isinstance(refusal, DayError) and box is not None:
        form.add_error(box, str(refusal))
    else:
        tell_or_ask(form, refusal)


def finish(
    request: PartnershipRequest,
    form: forms.Form,
    save: Callable[[], Any],
    *,
    way: Sequence[Crumb],
    title: str,
    done: str,
    intro: str = "",
    submit: str = "Save",
) -> HttpResponse:
    """Save what was typed and go back along the way, or show the form with what is wrong."""
    facts = describe_page(request, *way, title=title) | {"intro": intro, "submit_text": submit}
    return answer_form(request, form, save, facts=facts, back=way[-1][1], done=done, tell=tell_by_day)
