"""What the pages of loads have in common."""

from typing import Any

from django.urls import reverse

from wardmote.web.partnerships.interface import PartnershipRequest, can

_ABOVE = (("What to do", "partnership_home"), ("Evidence", "evidence"))


def find_address(request: PartnershipRequest, name: str, **kwargs: Any) -> str:
    """The address of a page of this partnership."""
    return reverse(name, kwargs={"slug": request.partnership.slug, **kwargs})


def describe_page(request: PartnershipRequest, title: str, *above: tuple[str, str]) -> dict[str, Any]:
    """What every page is drawn with: its title, the way back, and what the person may do."""
    crumbs = [(text, find_address(request, name)) for text, name in _ABOVE] + list(above)
    return {
        "title": title,
        "slug": request.partnership.slug,
        "breadcrumbs": [{"text": text, "href": href} for text, href in crumbs],
        "may_load": can(request.user, "observatory.load_evidence", request.partnership),
    }


def list_above(request: PartnershipRequest, *names: tuple[str, str]) -> list[tuple[str, str]]:
    """Pages above this one, by text and name of address."""
    return [(text, find_address(request, name)) for text, name in names]
