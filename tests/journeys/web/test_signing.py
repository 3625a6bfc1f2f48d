"""A lead asks, an agency answers, the lead signs off; later the value is revised, and who used it is told."""

import re
from typing import Any

import pytest

pytestmark = pytest.mark.browser


def test_queried_return_is_answered_signed_off_and_revised(site: Any) -> None:
    dev = site.sign_in("dev.zorrin")
    dev.press("Sign off ")
    dev.stands_at("Returns to sign off")
    site.photograph(dev, "sign-off")
    dev.press("1.9 Hours of hot-spot patrol", role="link")
    address = dev.page.url
    dev.press("Query it")
    dev.type_into("What do you want to ask?", "Are the hours on the harbour among them?")
    dev.press("Ask the agency")
    finn = site.sign_in("finn.zedlow")
    finn.press("Answer ")
    finn.stands_at("1.9 Hours of hot-spot patrol")
    finn.reads("Are the hours on the harbour among them?")
    finn.type_into("[name=answer]", "Yes, all thirty of them.")
    site.photograph(finn, "query")
    finn.press("Submit")
    dev.go(address)
    dev.reads("Yes, all thirty of them.")
    dev.press("Sign off", role="button")
    dev.reads("Signed off")

    bram = site.sign_in("bram.zellick")
    bram.go("/p/zellmouth/performance/documents/")
    bram.press("Make the report")
    site.photograph(bram, "documents")
    bram.go(address)
    bram.press("Reopen it")
    bram.type_into("Reason", "Two shifts were logged late.")
    bram.press("Reopen", role="button")
    finn.go(address)
    finn.type_into("[name=number]", "981")
    finn.reads("Two shifts were logged late.")
    finn.press("Submit")
    bram.go(address)
    bram.reads("Revised after sign-off")
    bram.press("History of this return")
    bram.reads("Version 1", "Version 2", "Differences from version 1")
    site.photograph(bram, "history")
    bram.go("/p/zellmouth/")
    bram.reads("used a figure that was revised")
    used = re.search(r"\d+ documents? used", bram.text)
    assert used, bram.text  # the journeys before this one may have made documents too
    bram.press(used[0])
    bram.reads("1 value revised since")
    bram.reads("1.9 Hours of hot-spot patrol")
    site.photograph(bram, "revised")
