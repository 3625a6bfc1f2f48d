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
    ("People", "people", "partnerships.view_people"),
)


def describe_navigation(request: HttpRequest) -> dict[str, Any]:
    """The service navigation of the partnership that the request is in."""
    partnership = getattr(request, "partnership", None)
    if partnership is None:
        return {"nav_items": [], "partnership": None}
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
