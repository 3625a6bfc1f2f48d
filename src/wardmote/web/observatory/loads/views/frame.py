"""What the pages of loads have in common."""

from typing import Any

from wardmote.web.partnerships.interface import PartnershipRequest, can, find_address

_ABOVE = (("What to do", "partnership_home"), ("Evidence", "evidence"))


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
