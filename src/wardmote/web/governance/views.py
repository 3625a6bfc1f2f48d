"""The first page of governance: what there is, as far as the person may see it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse

from wardmote.web.partnerships.interface import PartnershipRequest, Tier, can, in_partnership

#: Heading, then: text, what it is for, name of the address, ability.
_AREAS = (
    ("Meetings and decisions", (
        ("Meetings", "Agendas, papers, decisions and actions; public meetings", "meetings",
         "governance.view_meetings"),
        ("Documents", "Executive report, scrutiny pack, year-end out-turn, plan, an agency's returns",
         "governance_documents", "governance.view_documents"),
        ("Scrutiny recommendations", "What the committee asked for, and the answer by the 28th day",
         "recommendations", "governance.view_recommendations"),
    )),
    ("Registers", (
        ("Risk register", "Likelihood and impact before and after what is done", "risk_register",
         "governance.view_risks"),
        ("Grants and bids", "Awards, commitments, spending and what they bought", "grants",
         "governance.view_grants"),
        ("Duties", "What the law asks, when it was done last and when it is due", "duties",
         "governance.view_duties"),
        ("Data drops", "The quarterly depersonalised data of each agency: due, come, missing", "data_drops",
         "governance.view_data_drops"),
        ("Emerging themes", "What was seen first when, and what became a priority", "themes",
         "governance.view_themes"),
    )),
    ("Published documents", (
        ("Corrections", "Published documents that used a figure which has changed since", "corrections",
         "governance.view_corrections"),
        ("Shared with other boards", "Which version of a document each board received", "shared_documents",
         "governance.view_shared_documents"),
        ("Glossary", "The words of the partnership, each with one meaning", "glossary", "governance.view_glossary"),
    )),
    ("Two tiers", (
        ("Districts", "The districts' plans and indicators, rolled up", "districts", "governance.view_districts"),
        ("Where we stand", "This district among its neighbours", "district_standing",
         "governance.view_district_standing"),
    )),
)  # fmt: skip

#: Pages that say nothing to a partnership of another tier.
_TIERS = {"districts": Tier.COUNTY, "district_standing": Tier.DISTRICT}


@in_partnership("governance.view_governance")
def show_governance(request: PartnershipRequest) -> HttpResponse:
    """The areas of governance that the person may see."""
    slug = request.partnership.slug
    groups = [
        (heading, [
            {"text": text, "detail": detail, "href": address}
            for text, detail, name, ability in rows
            if (address := find_address(name, slug)) and can(request.user, ability, request.partnership)
            and _TIERS.get(name, request.partnership.tier) == request.partnership.tier
        ])
        for heading, rows in _AREAS
    ]  # fmt: skip
    facts = {"groups": [(heading, rows) for heading, rows in groups if rows]}
    return render(request, "governance/governance.html", facts)


def find_address(name: str, slug: str) -> str:
    """The address of a page; empty while there is none of that name."""
    try:
        return reverse(name, kwargs={"slug": slug})
    except NoReverseMatch:
        return ""
