"""What the pages of scrutiny share: addresses, breadcrumbs, what the person may, and the way of a form."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpResponse

from wardmote.web.governance.form_answers import answer_form
from wardmote.web.partnerships.interface import PartnershipRequest, can, find_address

ABILITIES = {
    "write": "governance.write_recommendations",
    "leave_out": "governance.leave_out_targets",
    "see_missed": "governance.view_missed_targets",
}


def describe_page(
    request: PartnershipRequest, *crumbs: tuple[str, str], title: str = "", home: str = "recommendations"
) -> dict[str, Any]:
    """Where the person is, and what they may do there. `crumbs` are (text, address) above the page itself."""
    heads = {"recommendations": "Scrutiny recommendations", "missed_targets": "Missed targets"}
    trail = [("Governance", find_address(request, "governance")), (heads[home], find_address(request, home)), *crumbs]
    shown: list[dict[str, str]] = [{"text": text, "href": href} for text, href in trail]
    return {
        "breadcrumbs": [*shown, {"text": title}] if title else shown[:1],
        "may": {name: can(request.user, ability, request.partnership) for name, ability in ABILITIES.items()},
        "title": title, "at": lambda name, **keys: find_address(request, name, **keys),
    }  # fmt: skip


def finish(
    request: PartnershipRequest, form: forms.Form, save: Callable[[], None], *, page: dict[str, Any], back: str,
    done: str,
) -> HttpResponse:  # fmt: skip
    """Save what was typed and go back, or show the form with what is wrong."""
    return answer_form(request, form, save, facts=page, back=back, done=done)
