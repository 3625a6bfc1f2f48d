"""A newcomer: starts the program, opens the sample, and finds what is off target and why."""

import re
import time
from typing import Any

import pytest

pytestmark = pytest.mark.browser
_REASON = re.compile(r"(short|over) by .*\d|was (due|promised)|late|stopped")


def test_newcomer_finds_what_is_off_target_and_why(site: Any) -> None:
    """In under a minute: the machine's time and the clicks are counted, and leave most of it for reading."""
    began = time.monotonic()
    reader = site.sign_in("nils.zarrand")
    reader.stands_at("What to do")
    reader.press("Performance")
    said = reader.page.locator("p.govuk-body-l").inner_text()
    promised = int(re.match(r"(\d+) of \d+ indicators are off target", said)[1])
    site.photograph(reader, "performance")
    reader.press(f"{promised} of", role="link")
    reader.stands_at("Exceptions")
    seconds = time.monotonic() - began - reader.seconds_looking
    assert reader.clicks == (2 if reader.manner == "wide" else 3), "the menu is closed on a phone"
    assert seconds < 30, "half of the minute is for reading"
    red = reader.page.locator("section[aria-labelledby=turned] tbody tr, section[aria-labelledby=red] tbody tr")
    rows = red.filter(has=reader.page.locator("td")).all_inner_texts()
    assert len(rows) == promised > 0
    unexplained = [row for row in rows if not _REASON.search(row)]
    assert not unexplained, unexplained
    site.photograph(reader, "exceptions")


def test_newcomer_reads_one_red_indicator(site: Any) -> None:
    """From the list to the indicator: its status in words, how the target was set, and all its values."""
    reader = site.sign_in("nils.zarrand")
    reader.press("Performance")
    if reader.manner == "keys":  # on a phone the rows are folded away
        reader.press("Open all priorities")
    row = reader.page.locator("tr", has=reader.page.locator("text=Off target:")).first
    name = row.get_by_role("link").first.inner_text()
    reader.press(name)
    reader.stands_at(name)
    reader.reads("Off target", "Every value, and who stands for it")
    site.photograph(reader, "indicator")


def test_first_start_leads_from_the_link_in_the_terminal_to_the_sample(site: Any) -> None:
    script = (
        "import sys\nfrom wardmote.web.partnerships.actions import make_setup_link\n"
        "print(make_setup_link(base_url=sys.argv[1]))"
    )
    operator = site.open_browser()
    operator.go(site.server.installation.do(script, site.server.address).strip())
    operator.stands_at("Make the first account")
    operator.press("Make the account")
    operator.reads("There is a problem")
    operator.type_into("Your name", "Ola Operator")
    operator.type_into("Your e-mail address", "ola@example.org")
    operator.type_into("Password", "a long sentence nobody guesses 7")
    operator.press("Make the account")
    operator.stands_at("Where do you want to begin?")
    site.photograph(operator, "start")
    operator.press("Look around the sample partnership", role="button")
    operator.stands_at("What to do")
    operator.reads("Everything in it is invented")
