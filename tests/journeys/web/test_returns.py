"""A contributor's quarter: from what to do to everything submitted, with nothing typed lost on the way."""

import re
import time
from datetime import timedelta
from typing import Any

import pytest

from wardmote.web.foundation.clock import read_today

pytestmark = pytest.mark.browser
#: What a practised typist at a desk and a cautious reader of forms need, for an honest guess of a person's time.
_SECONDS_FOR_A_PRESS, _SECONDS_FOR_A_PAGE = 0.2, 8
_NOTHING_KEPT = "() => !Object.keys(localStorage).some(name => name.startsWith('wardmote:draft:'))"


def guess_seconds(walker: Any) -> float:
    """What a person needs: 60 words a minute is five presses a second; each page is read before it is left."""
    return walker.presses * _SECONDS_FOR_A_PRESS + walker.clicks * _SECONDS_FOR_A_PAGE


def open_owed(walker: Any) -> None:
    walker.press("Enter ")
    walker.stands_at("Your returns")


def open_return(walker: Any, ref: str) -> None:
    walker.press(f"{ref} ", role="link")


def wait_until_saved(walker: Any) -> None:
    """All of it: "Saved" may still speak of what was typed before, but the device keeps a copy of what is unsent."""
    walker.page.locator("[data-draft-status]", has_text=re.compile(r"^\s*Saved")).wait_for()
    walker.page.wait_for_function(_NOTHING_KEPT)


def test_agency_returns_all_that_it_owes(site: Any, tmp_path: Any) -> None:
    """Five returns: figures, an impossible one, an unlikely one, a reason why there is none, words, and evidence."""
    evidence = tmp_path / "referrals.csv"
    evidence.write_text("month,referrals\n7,31\n8,34\n9,32\n", encoding="utf-8")
    kezia = site.sign_in("kezia.zandry")
    began = time.monotonic()
    kezia.reads("Enter 5 returns of Zindle Harbour Refuge")
    site.photograph(kezia, "what-to-do")
    open_owed(kezia)
    site.photograph(kezia, "owed-returns")
    open_return(kezia, "4.1")
    kezia.reads("Expected: 101 to 162", "Last values")
    kezia.type_into("[name=number]", "97")
    kezia.type_into("[name=what_happened]", "Fewer were referred while the police system was being changed.")
    kezia.reads("About this figure")
    wait_until_saved(kezia)
    kezia.look(again=True)
    site.photograph(kezia, "return-asked")
    kezia.press("Submit")
    kezia.reads("There is a problem")
    kezia.type_into("[name=reason]", "The change of systems: 30 referrals are still in the old one.")
    kezia.type_into("[name=so_what]", "Some people wait longer for an adviser.")
    kezia.page.locator(".govuk-error-summary").wait_for(state="detached")  # what was refused is mended
    kezia.type_into("[name=what_next]", "The old system is read out by hand in the next month.")
    kezia.attach("Evidence files", evidence)
    kezia.press("Submit")
    kezia.reads("Done: 4.1 is submitted", "4.2 Clients who feel safer")
    kezia.type_into("[name=numerator]", "86")
    kezia.type_into("[name=denominator]", "68")
    kezia.press("Submit")
    kezia.reads("There is a problem")
    site.photograph(kezia, "return-refused")
    kezia.type_into("[name=numerator]", "52")
    kezia.type_into("[name=what_happened]", "Most who left said so.")
    kezia.press("Submit")
    kezia.reads("Done: 4.2 is submitted", "4.6 Practitioners trained")
    kezia.type_into("[name=number]", "71")
    kezia.type_into("[name=what_happened]", "Two courses were held.")
    kezia.press("Save and go to the next one")
    kezia.reads("4.10 Victims supported at court")
    kezia.unfold("No figure this quarter?")
    kezia.choose("No figure? Say why", "The data has not been released or collected")
    kezia.type_into("[name=what_happened]", "The court's list comes in the next month.")
    kezia.press("Save and go to the next one")
    kezia.reads("4.11 Children who start a recovery group")
    kezia.unfold("No figure this quarter?")
    kezia.choose("No figure? Say why", "Nothing happened: a true zero, or nothing to report")
    kezia.type_into("[name=what_happened]", "No group began: the room is being repaired.")
    kezia.press("Save")
    kezia.go("/p/zellmouth/returns/owed/")
    kezia.reads("ready to be submitted")
    site.photograph(kezia, "ready-returns")
    kezia.press("Submit all that are ready")
    kezia.reads("Gone in already", "4.11 Children who start a recovery group")
    kezia.does_not_read("ready to be submitted")
    seconds = time.monotonic() - began
    person = guess_seconds(kezia)
    measured = f"{seconds:.0f} s of the machine, {kezia.presses} presses, {kezia.clicks} pages: {person:.0f} s"
    assert person < 300, measured


def test_nothing_typed_is_lost_when_the_connection_is(site: Any) -> None:
    """Typed without a connection, the browser closed, and opened anew: all of it is there."""
    esi = site.sign_in("esi.zavander")
    open_owed(esi)
    open_return(esi, "3.6")
    esi.type_into("[name=number]", "61")
    wait_until_saved(esi)
    esi.expected = ("ERR_INTERNET_DISCONNECTED", "Failed to fetch")
    esi.page.context.set_offline(True)
    esi.type_into("[name=what_happened]", "Two outreach evenings.")
    esi.reads("Not saved: no connection, kept on this device")
    site.photograph(esi, "return-offline")
    esi.page.context.set_offline(False)
    wait_until_saved(esi)
    address = esi.page.url
    esi.type_into("[name=so_what]", "More people carry a kit than in the summer.")
    wait_until_saved(esi)
    esi.page.close()
    again = site.sign_in("esi.zavander")
    again.go(address)
    kept = [again.find_box(f"[name={name}]").input_value() for name in ("number", "what_happened", "so_what")]
    assert kept == ["61", "Two outreach evenings.", "More people carry a kit than in the summer."]


def test_second_of_two_people_sees_what_the_first_typed_and_loses_nothing(site: Any) -> None:
    """Finn is away and Hamza covers for him; both type into the same return."""
    finn, today = site.sign_in("finn.zedlow"), read_today()
    finn.press("Returns")
    finn.press("Cover for absence")
    finn.choose("Agency", "Zellmouth Police")
    finn.choose("Who is away?", "Finn Zedlow")
    finn.choose("Who returns in their place?", "Hamza Zickell")
    finn.type_date("First day", today)
    finn.type_date("Last day", today + timedelta(days=7))
    finn.press("Arrange cover", role="button")
    finn.reads("Cover arranged")
    hamza = site.sign_in("hamza.zickell")
    for walker in (finn, hamza):
        walker.go("/p/zellmouth/returns/owed/")
        open_return(walker, "2.2")
    finn.type_into("[name=number]", "22")
    finn.type_into("[name=what_happened]", "Fewer nights with large crowds.")
    wait_until_saved(finn)
    hamza.expected = ("409",)
    hamza.type_into("[name=what_happened]", "The sweeps were doubled.")
    hamza.reads("Somebody else has changed this", "Fewer nights with large crowds.")
    hamza.look(again=True)
    site.photograph(hamza, "two-people")
    hamza.press("Choose field by field")
    hamza.reads("The sweeps were doubled.", "Fewer nights with large crowds.")
    site.photograph(hamza, "two-people-choose")
    hamza.press("Save what I chose")
    hamza.press("History of this return")
    hamza.reads("The sweeps were doubled.", "Fewer nights with large crowds.")
