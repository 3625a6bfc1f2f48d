"""The pages of assessments in a real browser: no fault that axe finds, no page wider than a phone."""

import os
from pathlib import Path

import pytest

from support.browser import OpenPage, check_accessible, check_fits
from support.web.world import World
from wardmote.web.observatory.assessments import actions
from wardmote.web.observatory.assessments.models import Assessment
from wardmote.web.partnerships.states import Role
from web.foundation.design.local_site import serve_pages
from web.observatory.assessments.conftest import FALSE, TRUE, Approve, build

pytestmark = [pytest.mark.django_db, pytest.mark.browser]
PICTURES = os.environ.get("WARDMOTE_ASSESSMENT_PICTURES", "")


def draw_pages(world: World, assessment: Assessment) -> dict[str, str]:
    """Pages by address: the lists, a section with faults and one that waits, the editor, a build and an edition."""
    rows = assessment.sections.select_related("assessment__partnership", "partnership")
    analyst, chair = world.people[Role.ANALYST], world.people[Role.CHAIR]
    faulty, waiting = rows.get(key="burglary"), rows.get(key="all-crime")
    actions.save_section(section=faulty, text=f"{TRUE}\n\nA line.", seen=0, by=analyst)
    actions.save_section(section=faulty, text=f"{FALSE}\n\nThere were 400 burglaries.", seen=1, by=analyst)
    actions.save_section(section=waiting, text=f"# Head\n\n{TRUE}\n\n- one\n- two\n\n> A note.", seen=0, by=analyst)
    actions.submit_section(section=waiting, seen=1, by=analyst)
    actions.add_comment(section=waiting, text="Does that hold for the town centre too?", by=chair)
    base = "/p/ashmere/evidence"
    found = {
        f"{base}/assessments/": Role.COORDINATOR, f"{base}/assessments/start/": Role.COORDINATOR,
        f"{base}/assessments/{assessment.pk}/": Role.COORDINATOR,
        f"{base}/assessment-sections/{faulty.pk}/": Role.ANALYST,
        f"{base}/assessment-sections/{faulty.pk}/write/?q=burglary": Role.ANALYST,
        f"{base}/assessment-sections/{waiting.pk}/": Role.CHAIR,
        f"{base}/assessment-sections/{faulty.pk}/versions/1/": Role.ANALYST,
        f"{base}/assessment-sections/{waiting.pk}/send-back/": Role.CHAIR,
    }  # fmt: skip
    return {address: world.sign_in(role).get(address).content.decode() for address, role in found.items()}


def draw_editions(world: World, assessment: Assessment, approve: Approve) -> dict[str, str]:
    approve()
    edition = build(assessment, world.people[Role.ANALYST])
    address = f"/p/ashmere/evidence/assessment-editions/{edition.pk}/"
    pages = {f"{address}?draft": world.sign_in(Role.CHAIR).get(address).content.decode()}
    pages[f"{address}publish/"] = world.sign_in(Role.CHAIR).get(f"{address}publish/").content.decode()
    actions.publish_edition(edition=edition, by=world.people[Role.CHAIR])
    return pages | {address: world.sign_in(Role.EXECUTIVE).get(address).content.decode()}


@pytest.mark.usefixtures("own_store", "built")
def test_pages_have_no_fault_that_axe_finds_and_fit_a_phone(
    world: World, assessment: Assessment, approve: Approve, open_page: OpenPage
) -> None:
    pages = draw_editions(world, assessment, approve) | draw_pages(world, assessment)
    page = open_page(width=1280)
    with serve_pages(pages) as site:
        for number, address in enumerate(pages):
            page.goto(site.address + address)
            check_accessible(page)
            photograph(page, f"{number:02d}-1280")
            page.set_viewport_size({"width": 320, "height": 900})
            check_fits(page)
            photograph(page, f"{number:02d}-320")
            page.set_viewport_size({"width": 1280, "height": 900})


def photograph(page: object, name: str) -> None:
    """A picture for whoever wants to look."""
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)  # type: ignore[attr-defined]
