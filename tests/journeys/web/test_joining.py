"""Somebody is invited, joins by the mail's link, sets up a second step, and ends a session elsewhere."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

pytestmark = pytest.mark.browser
_NEED = "UPDATE partnerships_partnership SET needs_second_step = ? WHERE slug = 'zellmouth'"


def make_code(secret: str) -> str:
    from allauth.mfa.totp.internal import auth as totp

    return str(totp.format_hotp_value(totp.hotp_value(secret, next(iter(totp.yield_hotp_counters_from_time())))))


def needs_second_step(site: Any, is_needed: bool) -> None:
    """Whether the sample's partnership asks everybody for a second step."""
    site.server.installation.ask(_NEED, is_needed)


@pytest.fixture(autouse=True)
def _no_second_step_later(site: Any) -> Iterator[None]:
    yield
    needs_second_step(site, False)


def test_invited_person_joins_with_a_second_step_and_ends_a_session_elsewhere(site: Any) -> None:
    password, new = "a harbour with seven grey boats", f"robin.{site.walks.manner}@fire.zellmouth.example.org"
    ada = site.sign_in("ada.zuntar")
    before = len(site.read_mail())
    ada.press("People")
    ada.press("Invite somebody")
    ada.type_into("E-mail address", new)
    ada.tick("Contributor")
    ada.choose("Organisation", "Zellmouth Estuary Fire and Rescue")
    ada.press("Send the invitation")
    mail = site.wait_for_mail(new, after=before)
    link = re.search(r"/invitation/[^\s/]+/", mail)[0]
    needs_second_step(site, True)
    robin = site.open_browser()
    robin.go(link)
    robin.type_into("Your name", "Robin Newcomer")
    robin.type_into("Password", password)
    robin.press("Join")
    robin.stands_at("Set up a second step")
    robin.press("Use an app")
    secret = re.sub(r"\s", "", robin.page.locator("#totp-key").inner_text())
    robin.type_into("The code that your app shows now", make_code(secret))
    robin.page.keyboard.press("Enter")
    robin.page.wait_for_url("**/recovery-codes/")
    robin.look()
    recovery = re.search(r"\b[0-9a-f]{8,}\b", robin.text)[0]
    robin.press("Continue")
    robin.stands_at("What to do")

    phone = site.open_browser()
    phone.go("/account/login/")
    phone.type_into("E-mail address", new)
    phone.type_into("Password", password)
    phone.press("Sign in", role="button")
    phone.stands_at("Second step")
    phone.type_into("Code from your app", recovery)
    phone.press("Sign in", role="button")
    phone.stands_at("What to do")
    robin.go("/account/sessions/")
    site.photograph(robin, "sessions")
    robin.press("Sign out everywhere else")
    phone.page.goto(phone.address + "/p/zellmouth/")
    phone.stands_at("Sign in")
