"""Before the committee: a missed target is left out and its reason is printed, and an answer is followed past day 28.

By keyboard, at a phone's width, with the sample.
"""

from datetime import UTC, datetime, timedelta

import pytest

from journeys.web.conftest import Site
from support.web.walking import Walker

_MAKE_MS = 120_000
_REASON = "The survey behind it was held in one ward only"


@pytest.mark.parametrize("served", ["by keyboard at 320 px"], indirect=True)
def test_papers_are_made_and_what_is_left_out_prints_its_reason(site: Site) -> None:
    bram = site.sign_in("bram.zellick")
    bram.go("/p/zellmouth/governance/documents/")
    bram.press("missed targets")
    bram.press("Leave out")
    bram.expected = ("422",)  # the refusal of a reason that says nothing
    bram.type_into("Why is it left out?", "It looks bad")
    bram.press("Leave it out")
    bram.reads("at least 5 words")
    bram.type_into("Why is it left out?", _REASON)
    bram.press("Leave it out")
    bram.reads("2 left out", _REASON)
    pack = make(bram, "Scrutiny pack")
    assert _REASON in pack
    assert "2 are left out with the reason printed" in pack
    report = make(bram, "Executive report")
    assert "What needs the executive" in report
    assert "The four Ps over the whole plan" in report


def make(bram: Walker, name: str) -> str:
    """The paper as a web page."""
    bram.go("/p/zellmouth/governance/documents/")
    bram.press(name)
    bram.tick("Web page (.html)")
    bram.press("Make it")
    bram.page.get_by_role("link", name="Web page (.html)").wait_for(timeout=_MAKE_MS)
    return bram.download("Web page (.html)").read_text(encoding="utf-8")


@pytest.mark.parametrize("served", ["by keyboard at 320 px"], indirect=True)
def test_recommendation_is_followed_to_its_answer_past_the_28th_day(site: Site) -> None:
    received_on = datetime.now(UTC).date() - timedelta(days=45)
    bram, police = site.sign_in("bram.zellick"), site.sign_in("finn.zedlow")
    bram.go("/p/zellmouth/governance/recommendations/")
    bram.press("Add a recommendation")
    bram.type_into("Recommendation", "That patrols of the harbour walk be counted")
    bram.type_into("Committee", "Safer Communities Committee")
    bram.type_date("Committee met on", received_on - timedelta(days=3))
    bram.type_date("Received on", received_on)
    bram.tick("Zellmouth Police")
    bram.press("Save")
    bram.reads("day 45, 17 days overdue")
    police.go("/p/zellmouth/")
    police.press("Scrutiny recommendation 5 waits for the answer of Zellmouth Police")
    police.press("Answer it")
    police.tick("Accepted in part")
    police.type_into("What is answered", "Patrols will be counted from the spring")
    police.type_into("Why it is not accepted as it stands", "The harbour walk alone is too small to count")
    police.type_date("Answered on", received_on + timedelta(days=41))
    police.press("Save")
    police.reads("Accepted in part", "Answered on day 41, 13 days late")


@pytest.mark.parametrize("served", ["by keyboard at 320 px"], indirect=True)
def test_grant_is_not_committed_beyond_its_award(site: Site) -> None:
    bram = site.sign_in("bram.zellick")
    bram.go("/p/zellmouth/governance/grants/")
    bram.press("Commissioner’s safety grant")
    bram.press("Commit money")
    bram.expected = ("422",)  # the refusal of more than is left
    for amount, said in (("3300.01", "£3,300.01 is more than is left"), ("3300", "The money is committed")):
        bram.type_into("Project", "Lights for the harbour walk")
        bram.type_into("Amount", amount)
        bram.type_into("Where it was decided", "Executive, minute 9")
        bram.press("Save")
        bram.reads(said)
