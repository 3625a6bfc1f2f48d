"""The pictures of the guide that no journey passes: evidence and governance as the sample shows them."""

import os

import pytest

from journeys.web.conftest import Site

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not os.environ.get("WARDMOTE_PICTURES"), reason="the guide's pictures were not asked for"),
]
#: Under which name each page is kept, who looks at it, and where it stands.
PAGES = {
    "evidence": ("carys.zimmond", "evidence/crime_rate/"),
    "map": ("carys.zimmond", "evidence/crime_rate/map/"),
    "ranking": ("carys.zimmond", "evidence/crime_rate/ranking/"),
    "comparison": ("carys.zimmond", "evidence/burglary_count/compare/"),
    "evidence-quality": ("carys.zimmond", "evidence/quality/"),
    "duties": ("bram.zellick", "governance/duties/"),
    "meetings": ("bram.zellick", "governance/meetings/"),
    "risks": ("bram.zellick", "governance/risks/"),
    "grants": ("bram.zellick", "governance/grants/"),
    "recommendations": ("bram.zellick", "governance/recommendations/"),
    "papers": ("bram.zellick", "governance/documents/"),
}


@pytest.mark.parametrize("served", ["with a mouse at 1280 px"], indirect=True)
@pytest.mark.parametrize("name", PAGES)
def test_page_is_photographed(site: Site, name: str) -> None:
    who, address = PAGES[name]
    walker = site.sign_in(who)
    walker.go(f"/p/zellmouth/{address}")
    if name == "map":
        walker.page.locator("canvas").wait_for()
        walker.page.wait_for_timeout(3_000)
    site.photograph(walker, name)
