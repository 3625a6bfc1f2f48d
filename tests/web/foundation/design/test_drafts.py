"""Nothing typed is lost: drafts in a real browser against a server that can be away, late or in disagreement."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from markupsafe import Markup
from tests.web.foundation.design.local_site import Answer, LocalSite, serve_pages

from wardmote.web.foundation.design.environment import PageEnvironment

pytestmark = pytest.mark.browser

FORM = """{% extends "foundation/page.html" %}{% block page_title %}Return{% endblock %}
{% block content %}<h1>Return</h1>
<form method="post" action="/sent" data-draft="{{ key|default('return-1') }}" data-draft-url="/draft"
 data-draft-version="{{ version|default('1') }}">
<input type="hidden" name="csrfmiddlewaretoken" value="t0ken"><input type="hidden" name="page" value="{{ page }}">
<label for="n">Offences</label><input id="n" name="n" value="{{ n|default('') }}">
<label for="s">Story</label><textarea id="s" name="s"></textarea>
<label for="p">Password</label><input id="p" name="p" type="password">
<input type="radio" name="r" id="r1" value="late"><label for="r1">Late</label>
<input type="radio" name="r" id="r2" value="none"><label for="r2">None</label>
<button class="govuk-button">Send</button></form>{{ extra|default("") }}{% endblock %}"""

MARK = """{% extends "foundation/page.html" %}{% block page_title %}Done{% endblock %}
{% block content %}<h1 MARK>Done</h1>{% endblock %}"""

REFUSED = Markup('<div class="govuk-error-summary"></div>')
KEPT = "Object.keys(localStorage).filter(name => name.startsWith('wardmote:draft:'))"


def accept(_: dict[str, str]) -> Answer:
    return 200, {"Content-Type": "application/json"}, json.dumps({"version": "2"})


@pytest.fixture
def start(environment: PageEnvironment, browser: Any) -> Iterator[Callable[..., tuple[LocalSite, Any]]]:
    """Starts a site with the given answer to drafts and opens the form in a browser of its own."""
    form, mark = environment.from_string(FORM), environment.from_string
    pages = {
        "/": form.render(person_token="anna", page="1"),
        "/again": form.render(person_token="anna", page="2", n="212"),
        "/refused": form.render(
            person_token="anna", page="3", n="212", extra=Markup('<p class="govuk-error-summary">')
        ),
        "/moved": form.render(person_token="anna", page="1", version="5", n="77"),
        "/bert": form.render(person_token="bert", page="1"),
        "/sent": mark(MARK.replace("MARK", 'data-draft-clear="return-1"')).render(person_token="anna"),
        "/out": mark(MARK.replace("MARK", 'data-draft-forget=""')).render(),
        "/expired": mark(MARK.replace("MARK", "")).render(),
    }
    context = browser.new_context()
    served = []

    def open_form(answer: Callable[[dict[str, str]], Answer] = accept) -> tuple[LocalSite, Any]:
        served.append(serve_pages(pages, answer))
        site = served[-1].__enter__()
        page = context.new_page()
        page.goto(site.address)
        page.wait_for_selector("form[data-draft-started]", state="attached")
        return site, page

    yield open_form
    context.close()
    for running in served:
        running.__exit__(None, None, None)


def wait_for_status(page: Any, words: str) -> str:
    page.wait_for_function("words => document.querySelector('.wm-draft').textContent.includes(words)", arg=words)
    return str(page.locator(".wm-draft").text_content())


def test_typing_is_saved_soon_after_the_last_stroke(start: Any) -> None:
    site, page = start()
    page.locator("#n").press_sequentially("212", delay=30)
    page.locator("#p").fill("secret")
    page.check("#r2")
    status = wait_for_status(page, "Saved ")
    assert len(status) == len("Saved 10:42")
    assert site.sent == [{"page": "1", "n": "212", "s": "", "r": "none", "draft_version": "1"}]
    assert page.get_by_role("status").first.text_content() is not None
    assert page.evaluate(KEPT) == []


def test_next_draft_carries_the_version_that_the_server_gave(start: Any) -> None:
    site, page = start()
    page.fill("#n", "1")
    wait_for_status(page, "Saved ")
    page.fill("#n", "2")
    page.wait_for_timeout(1200)
    assert [draft["draft_version"] for draft in site.sent] == ["1", "2"]


def test_lost_connection_keeps_the_text_and_sends_it_when_it_returns(start: Any) -> None:
    site, page = start()
    page.context.set_offline(True)
    page.fill("#s", "Fewer at night")
    wait_for_status(page, "Not saved: no connection, kept on this device")
    assert page.evaluate(KEPT) == ["wardmote:draft:anna:return-1"]
    assert "secret" not in page.evaluate("JSON.stringify(localStorage)")
    page.context.set_offline(False)
    wait_for_status(page, "Saved ")
    assert site.sent[-1]["s"] == "Fewer at night"
    assert page.evaluate(KEPT) == []


def test_password_is_never_kept(start: Any) -> None:
    _, page = start()
    page.context.set_offline(True)
    page.fill("#p", "secret")
    wait_for_status(page, "Not saved")
    assert "secret" not in page.evaluate("JSON.stringify(localStorage)")


def refuse(status: int) -> Callable[[dict[str, str]], Answer]:
    return lambda _: (status, {}, "")


@pytest.mark.parametrize(
    ("status", "words"),
    [(500, "no connection"), (403, "your sign-in has ended"), (413, "the server could not take it")],
)
def test_refusal_says_why_and_keeps_the_text(start: Any, status: int, words: str) -> None:
    _, page = start(refuse(status))
    page.fill("#n", "212")
    assert "kept on this device" in wait_for_status(page, words)
    assert page.evaluate(KEPT) == ["wardmote:draft:anna:return-1"]


def leave_text_behind(page: Any) -> None:
    """Types while the connection is away and closes the page, as a crash would."""
    page.context.set_offline(True)
    page.fill("#n", "212")
    page.fill("#s", "Fewer at night")
    page.check("#r1")
    wait_for_status(page, "Not saved")
    page.context.set_offline(False)


def test_text_of_a_crashed_page_is_offered_and_put_back(start: Any) -> None:
    site, page = start(refuse(500))
    leave_text_behind(page)
    page.goto(site.address)
    offer = page.get_by_role("region", name="Unsent text on this device")
    assert "has not reached the server" in offer.text_content()
    assert "changed since" not in offer.text_content()
    site.answer_draft = accept
    offer.get_by_role("button", name="Put it back").click()
    assert (page.input_value("#n"), page.input_value("#s")) == ("212", "Fewer at night")
    assert page.is_checked("#r1")
    wait_for_status(page, "Saved ")
    assert site.sent[-1]["s"] == "Fewer at night"


def test_offer_says_that_the_page_has_changed_and_can_be_thrown_away(start: Any) -> None:
    site, page = start(refuse(500))
    leave_text_behind(page)
    page.goto(site.address + "/moved")
    offer = page.get_by_role("region", name="Unsent text on this device")
    assert "has been changed since then" in offer.text_content()
    offer.get_by_role("button", name="Throw it away").click()
    assert page.input_value("#n") == "77"
    assert page.evaluate(KEPT) == []


def test_other_person_on_the_same_device_sees_nothing_of_it(start: Any) -> None:
    site, page = start(refuse(500))
    leave_text_behind(page)
    page.goto(site.address + "/bert")
    page.wait_for_selector("form[data-draft-started]", state="attached")
    assert page.locator(".wm-draft__offer").count() == 0


def answer_conflict(draft: dict[str, str]) -> Answer:
    if draft["draft_version"] == "9":
        return 200, {"Content-Type": "application/json"}, '{"version": "10"}'
    return 409, {"X-Draft-Version": "9"}, "<p>Ruth wrote <b>205</b> at 10:41.</p>"


def test_change_of_another_person_is_shown_and_mine_can_be_kept(start: Any) -> None:
    site, page = start(answer_conflict)
    page.fill("#n", "212")
    box = page.get_by_role("region", name="Somebody else has changed this")
    box.wait_for()
    assert "Ruth wrote 205 at 10:41." in box.text_content()
    assert page.input_value("#n") == "212"
    page.fill("#n", "213")  # typing goes on; nothing is sent over the other's head
    page.wait_for_timeout(1200)
    assert len(site.sent) == 1
    box.get_by_role("button", name="Keep what I typed").click()
    wait_for_status(page, "Saved ")
    assert site.sent[-1] == {"page": "1", "n": "213", "s": "", "draft_version": "9"}
    assert box.count() == 0


def test_change_of_another_person_can_be_taken(start: Any) -> None:
    _, page = start(answer_conflict)
    page.fill("#n", "212")
    page.get_by_role("button", name="Take theirs").click()
    page.wait_for_selector("form[data-draft-started]", state="attached")
    assert page.input_value("#n") == ""
    assert page.evaluate(KEPT) == []


def test_page_after_sending_forgets_the_text(start: Any) -> None:
    site, page = start(refuse(500))
    leave_text_behind(page)
    page.get_by_role("button", name="Send").click()
    page.wait_for_url("**/sent")
    page.wait_for_function(f"{KEPT}.length === 0")
    assert site.sent[-1]["n"] == "212"


def test_signing_out_forgets_the_person_and_an_ended_session_does_not(start: Any) -> None:
    site, page = start(refuse(500))
    leave_text_behind(page)
    page.evaluate("localStorage.setItem('wardmote:draft:bert:other', '{}')")
    page.goto(site.address + "/expired")
    page.wait_for_load_state("networkidle")
    assert len(page.evaluate(KEPT)) == 2
    page.goto(site.address + "/out")
    page.wait_for_function(f"{KEPT}.length === 1")
    assert page.evaluate(KEPT) == ["wardmote:draft:bert:other"]


@pytest.mark.parametrize(("path", "kept"), [("/again", 0), ("/refused", 1)])
def test_page_that_shows_the_same_text_offers_nothing(start: Any, path: str, kept: int) -> None:
    site, page = start(refuse(500))
    page.fill("#n", "212")
    wait_for_status(page, "Not saved")
    page.goto(site.address + path)
    page.wait_for_selector("form[data-draft-started]", state="attached")
    assert page.locator(".wm-draft__offer").count() == 0
    assert len(page.evaluate(KEPT)) == kept
