"""The links at the top of every page, as far as the person may follow them."""

from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from wardmote.web.partnerships.interface import can

#: Text, name of the address, ability that it needs.
_ITEMS = (
    ("What to do", "partnership_home", "partnerships.view_partnership"),
    ("Performance", "dashboard", "returns.view_dashboard"),
    ("Returns", "returns", "returns.view_return"),
    ("Plan", "plans", "plans.view_plans"),
    ("Evidence", "evidence", "observatory.view_evidence"),
    ("Governance", "governance", "governance.view_governance"),
    ("People", "people", "partnerships.view_people"),
    ("Organisations", "organisations", "partnerships.view_organisations"),
    ("Settings", "partnership_settings", "partnerships.change_settings"),
)


def describe_navigation(request: HttpRequest) -> dict[str, Any]:
    """The service navigation of the partnership that the request is in."""
    partnership = getattr(request, "partnership", None)
    if partnership is None:
        return {"nav_items": _list_site_items(request), "partnership": None}
    items = []
    for text, name, ability in _ITEMS:
        address = _find_address(name, partnership.slug)
        if address and can(request.user, ability, partnership):
            is_here = request.path == address or (name != "partnership_home" and request.path.startswith(address))
            items.append({"text": text, "href": address, "active": is_here, "current": request.path == address})
    return {"nav_items": items, "partnership": partnership}


def _find_address(name: str, slug: str) -> str:
    try:
        return reverse(name, kwargs={"slug": slug})
    except NoReverseMatch:
        return ""


def _list_site_items(request: HttpRequest) -> list[dict[str, Any]]:
    """What an operator finds outside of any partnership."""
    person = getattr(request, "user", None)
    if person is None or not can(person, "partnerships.operate"):
        return []
    address = reverse("list_partnerships")
    return [{"text": "Partnerships", "href": address, "active": request.path.startswith(address),
             "current": request.path == address}]  # fmt: skip
