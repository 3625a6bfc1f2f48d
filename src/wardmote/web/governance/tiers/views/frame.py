"""Where the person is, for every page of `tiers`."""

from typing import Any

from wardmote.web.partnerships.interface import PartnershipRequest, can, find_address

DISTRICTS, STANDING = "Districts", "Where we stand"


def describe_page(
    request: PartnershipRequest, title: str, *, below: tuple[tuple[str, str], ...] = ()
) -> dict[str, Any]:
    """The title, the way here (`below`: text and address of the pages between), and what the person may do."""
    crumbs = [{"text": "Governance", "href": find_address(request, "governance")}]
    crumbs += [{"text": text, "href": href} for text, href in below]
    crumbs.append({"text": title})
    return {
        "title": title, "breadcrumbs": crumbs, "at": lambda name, **keys: find_address(request, name, **keys),
        "may_link": can(request.user, "governance.link_measures", request.partnership),
        "may_share": can(request.user, "governance.share_with_county", request.partnership),
    }  # fmt: skip


def below_districts(request: PartnershipRequest) -> tuple[tuple[str, str], ...]:
    return ((DISTRICTS, find_address(request, "districts")),)
