"""Coming in, in a real browser at 320 px and by keyboard: invitation, password, codes, passkey; axe clean."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from allauth.mfa.totp.internal import auth as totp

from support.browser import OpenPage, check_accessible, check_fits
from support.web.installation import Installation
from support.web.server import Server, serving
from support.web.world import PASSWORD

pytestmark = pytest.mark.browser
WORLD = """
import json, sys
from support.web.world import make_world
from wardmote.web.foundation.writes import writing
from wardmote.web.partnerships.invitations import invite
from wardmote.web.partnerships.links import digest_secret
world = make_world(sys.argv[1], needs_second_step=sys.argv[2] == "yes")
admin = world.people["administrator"]
with writing(by=None, verb="test.operator"):
    admin.is_operator = sys.argv[2] == "no"
    admin.save()
invitation = invite(by=admin, partnership=world.partnership, email=f"robin@{sys.argv[1]}.example.org", role="reader")
with writing(by=None, verb="test.link"):
    invitation.digest = digest_secret(f"secret-of-{sys.argv[1]}")
    invitation.save()
print(json.dumps({"lead": str(world.people["lead"].pk), "police": str(world.police.pk)}))
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A whole installation, served as anybody would: tests cannot empty the trail between them, so they share it."""
    folder = tmp_path_factory.mktemp("people")
    with serving(Installation(folder / "home"), log=folder / "log", workers=1) as server:
        yield server


@pytest.fixture
def site(server: Server) -> str:
    return server.address


def make_world(server: Server, name: str, needs_second_step: str = "no") -> dict[str, str]:
    """A world in the installation, and the keys of some of its objects."""
    found: dict[str, str] = json.loads(server.installation.do(WORLD, name, needs_second_step).splitlines()[-1])
    return found


@pytest.fixture
def page(open_page: OpenPage) -> Iterator[Any]:
    page = open_page(width=320, height=640)
    page.set_default_timeout(10000)
    yield page
    assert not [text for text in page.complaints if "status of 4" not in text]  # some pages are met that refuse


def check(page: Any, heading: str) -> None:
    """The page is the one that is meant, has no fault that axe finds, and fits the screen."""
    assert page.locator("h1").inner_text() == heading
    check_accessible(page)
    check_fits(page)


def press_on(page: Any, name: str, role: str = "button") -> None:
    """Reach a button or link with the tab key alone and press it."""
    target = page.get_by_role(role, name=name, exact=True)
    target.wait_for()
    for _ in range(60):
        page.keyboard.press("Tab")
        if target.evaluate("element => element === document.activeElement"):
            send(page)
            return
    raise AssertionError(f"the tab key never comes to '{name}'")


def send(page: Any) -> None:
    """Press the enter key, and wait for the page that it leads to."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


def type_into(page: Any, label: str, text: str) -> None:
    """Reach a box with the tab key alone and type."""
    target = page.get_by_label(label, exact=True)
    for _ in range(60):
        page.keyboard.press("Tab")
        if target.evaluate("element => element === document.activeElement"):
            page.keyboard.type(text)
            return
    raise AssertionError(f"the tab key never comes to '{label}'")


def sign_in(page: Any, site: str, email: str) -> None:
    page.goto(f"{site}/account/login/")
    check(page, "Sign in")
    type_into(page, "E-mail address", email)
    type_into(page, "Password", PASSWORD)
    send(page)


def make_code(secret: str) -> str:
    return totp.format_hotp_value(totp.hotp_value(secret, next(iter(totp.yield_hotp_counters_from_time()))))


SETUP = """
import sys
from wardmote.web.partnerships.actions import make_setup_link
print(make_setup_link(base_url=sys.argv[1]))
"""


def test_first_run_in_the_browser(page: Any, server: Server, site: str) -> None:
    page.goto(server.installation.do(SETUP, site).split()[-1])
    check(page, "Make the first account")
    press_on(page, "Make the account")
    check(page, "Make the first account")
    assert page.locator(".govuk-error-summary").is_visible()
    type_into(page, "Your name", "Ola Operator")
    type_into(page, "Your e-mail address", "ola@example.org")
    type_into(page, "Password", PASSWORD)
    send(page)
    page.wait_for_url("**/start/")
    check(page, "Where do you want to begin?")
    press_on(page, "Set up your partnership")
    check(page, "Set up a partnership")


def test_invitation_then_codes_then_second_step(page: Any, server: Server, site: str) -> None:
    make_world(server, "brindle", "yes")
    page.goto(f"{site}/invitation/secret-of-brindle/")
    check(page, "Join Brindle Partnership")
    type_into(page, "Your name", "Robin Newcomer")
    type_into(page, "Password", PASSWORD)
    send(page)
    page.wait_for_url("**/account/second-step/")
    check(page, "Set up a second step")
    press_on(page, "Use an app")
    check(page, "Use codes from an app")
    secret = re.sub(r"\s", "", page.locator("#totp-key").inner_text())
    type_into(page, "The code that your app shows now", make_code(secret))
    send(page)
    page.wait_for_url("**/recovery-codes/")
    check(page, "Recovery codes")
    press_on(page, "Continue")
    check(page, "What to do")
    page.goto(f"{site}/account/logout/")
    check(page, "Do you want to sign out?")
    press_on(page, "Sign out")
    sign_in(page, site, "robin@brindle.example.org")
    check(page, "Second step")
    server.installation.do("from django.core.cache import cache; cache.clear()")  # the code was used a moment ago
    type_into(page, "Code from your app, or one of your recovery codes", make_code(secret))
    send(page)
    page.wait_for_url("**/p/brindle/")
    check(page, "What to do")


def test_passkey_is_added_and_signs_in_alone(page: Any, server: Server, site: str) -> None:
    make_world(server, "cragby")
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    device.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    sign_in(page, site, "analyst@cragby.example.org")
    page.goto(f"{site}/account/2fa/webauthn/add/")
    check(page, "Add a passkey")
    box = page.get_by_label("Sign in with this passkey alone, without a password")
    box.focus()
    page.keyboard.press("Space")
    press_on(page, "Add the passkey")
    page.wait_for_url("**/recovery-codes/")
    page.goto(f"{site}/account/2fa/webauthn/")
    check(page, "Passkeys")
    page.goto(f"{site}/account/logout/")
    press_on(page, "Sign out")
    page.wait_for_url("**/account/login/**")
    press_on(page, "Sign in with a passkey")
    page.wait_for_url("**/p/cragby/")
    check(page, "What to do")


PAGES = {
    "account/": "Your account",
    "account/change/": "Change your account",
    "account/2fa/": "Second step of sign-in",
    "account/sessions/": "Where you are signed in",
    "account/password/change/": "Change your password",
    "account/inactive/": "Your account is suspended",
    "account/services/login/error/": "The sign-in service did not let you in",
    "account/services/login/cancelled/": "You did not sign in",
    "accessibility/": "Accessibility",
    "privacy/": "Privacy",
    "p/ashmere/people/": "People",
    "p/ashmere/people/invite/": "Invite somebody",
    "p/ashmere/people/{lead}/": "Lead",
    "p/ashmere/people/{lead}/roles/add/": "Give Lead a role",
    "p/ashmere/people/{lead}/suspend/": "Suspend Lead?",
    "p/ashmere/access-review/": "Access review",
    "p/ashmere/organisations/": "Organisations",
    "p/ashmere/organisations/{police}/": "Ashmere Police",
    "p/ashmere/organisations/add/": "Add an organisation",
    "p/ashmere/organisations/register/": "Register an organisation",
    "p/ashmere/settings/": "Settings",
    "p/ashmere/audit/": "Audit trail",
    "partnerships/": "Partnerships",
    "partnerships/new/": "Set up a partnership",
    "no-such-page/": "",
}


def test_every_page_is_axe_clean_at_320_px(page: Any, server: Server, site: str) -> None:
    keys = make_world(server, "ashmere")
    sign_in(page, site, "administrator@ashmere.example.org")
    if "second-step" in page.url:  # another test has opened a partnership that asks for one
        set_up_codes(page)
    for path, heading in PAGES.items():
        page.goto(f"{site}/{path.format(**keys)}")
        check(page, heading or page.locator("h1").inner_text())


def set_up_codes(page: Any) -> None:
    press_on(page, "Use an app")
    secret = re.sub(r"\s", "", page.locator("#totp-key").inner_text())
    type_into(page, "The code that your app shows now", make_code(secret))
    send(page)
    page.wait_for_url("**/recovery-codes/")


def test_pages_before_sign_in_are_axe_clean(page: Any, server: Server, site: str) -> None:
    for path, heading in (
        ("account/password/reset/", "Choose a new password"),
        ("account/password/reset/done/", "Look into your mailbox"),
        ("account/password/reset/key/done/", "Your password is changed"),
        ("account/password/reset/key/abc-def/", "This link no longer works"),
        ("invitation/nothing/", "This link no longer works"),
    ):
        page.goto(f"{site}/{path}")
        check(page, heading)
    for _ in range(5):
        page.goto(f"{site}/account/login/")
        type_into(page, "E-mail address", "nobody@example.org")
        type_into(page, "Password", "not the password")
        send(page)
    check(page, "Too many tries")
