"""An assessment from a false word to its archive: refused, mended, approved by another person, published.

By keyboard, at a phone's width, over the sample's own evidence.
"""

import pytest

from journeys.web.conftest import Site
from support.web.walking import Walker
from wardmote.evidence.sample.places import MAIN

YEAR = "2024/25"
FIGURE = f"{{{{ official_burglary_residential_count:{MAIN.code}:{YEAR} }}}}"
_BUILD_MS = 180_000


@pytest.mark.parametrize("served", ["by keyboard at 320 px"], indirect=True)
def test_assessment_is_written_approved_and_published(site: Site) -> None:
    carys, leon = site.sign_in("carys.zimmond"), site.sign_in("leon.zimbrook")
    start(carys)
    write_falsely_and_mend(site, carys)
    carys.press("Submit for approval")
    carys.reads("Another person approves it")
    carys.does_not_read("Approve these words")
    approve(leon)
    carys.go(f"{site.server.address}/p/zellmouth/evidence/assessments/")
    carys.press(YEAR)
    carys.reads("every section that is written is approved")
    carys.press("Build the documents")
    carys.page.get_by_text("A coordinator, the chair or an executive can publish it").wait_for(timeout=_BUILD_MS)
    publish(site, leon, carys.page.url)


def start(carys: Walker) -> None:
    carys.go("/p/zellmouth/evidence/assessments/")
    carys.press("Start an assessment")
    carys.choose("Which financial year?", YEAR)
    carys.press("Start it")
    carys.stands_at(f"Strategic assessment {YEAR}")
    carys.reads("“At a glance” is not written")


def write_falsely_and_mend(site: Site, carys: Walker) -> None:
    """The word is told while it is typed; saved all the same, it cannot be submitted; mended, it can."""
    carys.press("At a glance")
    carys.press("Write")
    carys.type_into("Find a figure", "residential burglary")
    carys.reads(FIGURE)
    carys.type_into("Commentary", f"Residential burglary saw a reduction, to {FIGURE} offences.")
    carys.reads("'a reduction' is not borne out", "from 363 to 322")
    site.photograph(carys, "assessment-write", whole=True)
    carys.press("Save")
    carys.reads("Saved as a draft", "not borne out")
    carys.does_not_read("Submit for approval")
    carys.press("Go on writing")
    carys.type_into("Commentary", f"Residential burglary showed no clear change, at {FIGURE} offences.")
    carys.reads("1 figure inserted", "no fault found")
    carys.press("Save")
    carys.reads("As it will be printed", "at 322 offences")


def approve(leon: Walker) -> None:
    leon.go("/p/zellmouth/")
    leon.press(f"Approve 1 section of the assessment {YEAR}")
    leon.press("At a glance")
    leon.press("Approve these words")
    leon.reads("“At a glance” is approved")


def publish(site: Site, leon: Walker, address: str) -> None:
    leon.go(address)
    leon.press("Publish this edition")
    leon.press("Yes, publish it")
    leon.stands_at("Edition 1")
    for twin in ("partnership", "public"):
        assert leon.download(f"PDF for the {twin}").read_bytes().startswith(b"%PDF")
    leon.reads("Carys Zimmond", "Leon Zimbrook")
    site.photograph(leon, "assessment-edition")
