"""Every role's first page after its link: whole, accessible, and no wider than a phone."""

from typing import Any

import pytest

ROLES = ("administrator", "coordinator", "analyst", "lead", "contributor", "chair", "executive", "scrutiny", "reader")
WIDTHS = {"wide": (1280, 900), "phone": (320, 800)}
pytestmark = pytest.mark.browser


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("width", WIDTHS)
def test_first_page_is_accessible_and_fits(visit: Any, role: str, width: str) -> None:
    page = visit.sign_in_as(role, width=WIDTHS[width])
    assert page.locator("h1").count() == 1
    visit.check_accessible(page)
    visit.check_no_sideways_scroll(page)
    visit.photograph(page, f"first-page-{role}-{width}")
