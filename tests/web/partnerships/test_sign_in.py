"""Signing in: password, second step, lock-out, forgotten password, and what the trail keeps of it."""

import re
from typing import Any

import pytest
from allauth.mfa.totp.internal import auth as totp
from allauth.usersessions.models import UserSession
from django.core import mail
from django.core.cache import cache
from django.test import Client

from support.web.world import PASSWORD, give_role, make_person, make_world
from wardmote.web.foundation.clock import read_now
from wardmote.web.foundation.models import AuditEntry, Message
from wardmote.web.foundation.outbox import send_messages
from wardmote.web.partnerships.slowing import find_wait
from wardmote.web.partnerships.states import Role

pytestmark = pytest.mark.django_db

LEAD = "lead@ashmere.example.org"


@pytest.fixture(autouse=True)
def forget_tries(db: None) -> None:
    """Rate limits live in the cache, which outlives a test."""
    cache.clear()


def sign_in(client: Client, email: str = LEAD, password: str = PASSWORD) -> Any:
    return client.post("/account/login/", {"login": email, "password": password})


def list_verbs() -> list[str]:
    return list(AuditEntry.objects.filter(chain="site").order_by("number").values_list("verb", flat=True))


def compute_code(secret: str) -> str:
    return totp.format_hotp_value(totp.hotp_value(secret, next(iter(totp.yield_hotp_counters_from_time()))))


def start_codes(client: Client, *, is_later: bool = True) -> str:
    """Set up codes from an app; the key."""
    page = client.get("/account/2fa/totp/activate/")
    key = re.search(r'id="totp-key">([A-Z2-7 ]+)<', page.content.decode())
    assert key, page.content.decode()[:400]
    secret = key[1].replace(" ", "")
    response = client.post("/account/2fa/totp/activate/", {"code": compute_code(secret)})
    assert response.status_code == 302, response.content.decode()
    if is_later:
        cache.clear()  # so that the next code is not the one that was used
    return secret


def test_password_lets_in_and_is_in_the_trail() -> None:
    make_world()
    client = Client()
    assert sign_in(client)["Location"] == "/"
    assert client.get("/p/ashmere/").status_code == 200
    assert "people.signed_in" in list_verbs()
    assert client.post("/account/logout/")["Location"] == "/account/login/"
    assert "people.signed_out" in list_verbs()
    assert client.get("/p/ashmere/").status_code == 302


@pytest.mark.parametrize(("email", "password"), [(LEAD, "wrong one here"), ("nobody@example.org", PASSWORD)])
def test_wrong_password_and_unknown_address_are_answered_alike(email: str, password: str) -> None:
    make_world()
    page = sign_in(Client(), email, password)
    assert page.status_code == 200
    assert "The e-mail address or the password is not right" in page.content.decode()


def test_failed_try_keeps_neither_address_nor_password() -> None:
    make_world()
    sign_in(Client(), "nobody.at.all@example.org", "hunter two is secret")
    entry = AuditEntry.objects.get(verb="people.sign_in_failed")
    assert "nobody" not in entry.body
    assert "hunter" not in entry.body
    from axes.models import AccessAttempt

    attempt = str(AccessAttempt.objects.values().get())
    assert "nobody" not in attempt
    assert "hunter" not in attempt


def test_five_wrong_passwords_lock_out_for_that_address_alone() -> None:
    make_world()
    client = Client()
    answers = [sign_in(client, LEAD, f"wrong number {n}").status_code for n in range(5)]
    assert answers == [200, 200, 200, 200, 429]
    response = sign_in(client)
    assert response.status_code == 429
    assert response["Retry-After"] == "900"
    assert "Wait fifteen minutes" in response.content.decode()
    assert sign_in(Client(), "chair@ashmere.example.org").status_code == 302
    assert "people.locked_out" in list_verbs()


def test_guesses_from_many_addresses_are_slowed_and_the_owner_is_not() -> None:
    make_world()
    own = {"REMOTE_ADDR": "198.51.100.7"}
    assert sign_in(Client(**own)).status_code == 302
    answers = [sign_in(Client(REMOTE_ADDR=f"203.0.113.{n}"), LEAD, "wrong one here").status_code for n in range(16)]
    assert answers[:10] == [200] * 10
    assert 429 in answers[10:]
    slowed = sign_in(Client(REMOTE_ADDR="203.0.113.99"))
    assert (slowed.status_code, slowed["Retry-After"]) == (429, "30")
    assert "Wait half a minute" in slowed.content.decode()
    assert sign_in(Client(REMOTE_ADDR="203.0.113.98"), "chair@ashmere.example.org").status_code == 302
    assert sign_in(Client(**own)).status_code == 302


def test_wait_grows_to_half_a_minute_and_no_further() -> None:
    waits = [find_wait(count).total_seconds() for count in (0, 9, 10, 11, 12, 14, 15, 5000)]
    assert waits == [0, 0, 1, 2, 4, 16, 30, 30]


def test_suspended_person_is_told_so_only_with_the_right_password() -> None:
    world = make_world()
    person = world.people[Role.LEAD]
    person.is_active = False
    person.save()
    assert sign_in(Client())["Location"] == "/account/inactive/"
    assert "suspended" not in sign_in(Client(), LEAD, "wrong").content.decode()


def test_partnership_that_asks_for_a_second_step_leads_to_setting_one_up(
    django_capture_on_commit_callbacks: Any,
) -> None:
    make_world(needs_second_step=True)
    client = Client()
    sign_in(client)
    assert client.get("/p/ashmere/")["Location"] == "/account/second-step/"
    assert "second step" in client.get("/account/second-step/").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        secret = start_codes(client)
    assert client.get("/p/ashmere/").status_code == 200
    assert "people.second_step_added" in list_verbs()

    again = Client()
    assert sign_in(again)["Location"] == "/account/2fa/authenticate/"
    assert again.get("/p/ashmere/").status_code == 302
    assert "not right" in again.post("/account/2fa/authenticate/", {"code": "000000"}).content.decode()
    assert again.post("/account/2fa/authenticate/", {"code": compute_code(secret)}).status_code == 302
    assert again.get("/p/ashmere/").status_code == 200


def test_secret_of_codes_is_not_in_the_database_as_it_is() -> None:
    from allauth.mfa.models import Authenticator

    make_world(needs_second_step=True)
    client = Client()
    sign_in(client)
    secret = start_codes(client)
    assert secret not in str(Authenticator.objects.get(type="totp").data)


def test_code_that_set_the_second_step_up_does_not_sign_in_as_well() -> None:
    make_world(needs_second_step=True)
    client, thief = Client(), Client()
    sign_in(client)
    secret = start_codes(client, is_later=False)
    sign_in(thief)
    assert thief.post("/account/2fa/authenticate/", {"code": compute_code(secret)}).status_code == 200
    assert thief.get("/p/ashmere/").status_code == 302


def test_recovery_code_works_once() -> None:
    make_world(needs_second_step=True)
    client = Client()
    sign_in(client)
    start_codes(client)
    codes = re.findall(r"<li><code>([^<]+)</code>", client.get("/account/2fa/recovery-codes/").content.decode())
    assert len(codes) == 10
    for expected in (302, 200):
        again = Client()
        sign_in(again)
        assert again.post("/account/2fa/authenticate/", {"code": codes[0]}).status_code == expected
    assert list_verbs().count("people.recovery_code_used") == 1
    assert list_verbs().count("people.second_step_failed") == 1


def make_codes() -> str:
    """The lead's app for codes; its key."""
    make_world(needs_second_step=True)
    client = Client()
    sign_in(client)
    return start_codes(client)


AUTHENTICATE, AGAIN = "/account/2fa/authenticate/", "/account/2fa/reauthenticate/"


def test_five_wrong_codes_lock_the_second_step_of_the_account_from_wherever() -> None:
    secret = make_codes()
    for number in range(5):
        client = Client(REMOTE_ADDR=f"203.0.113.{number}")
        sign_in(client)
        assert "not right" in client.post(AUTHENTICATE, {"code": f"{number:06}"}).content.decode()
    client = Client()
    sign_in(client)
    page = client.post(AUTHENTICATE, {"code": compute_code(secret)})
    assert page.status_code == 200
    assert "Wait fifteen minutes" in page.content.decode()
    assert list_verbs().count("people.second_step_failed") == 5
    assert list_verbs().count("people.second_step_locked_out") == 1
    assert client.get("/p/ashmere/").status_code == 302


def test_wrong_codes_asked_for_again_count_with_those_of_sign_in() -> None:
    secret = make_codes()
    signed_in = Client()
    sign_in(signed_in)
    assert signed_in.post(AUTHENTICATE, {"code": compute_code(secret)}).status_code == 302
    for number in range(3):
        signed_in.post(AGAIN, {"code": f"{number:06}"})
    other = Client()
    sign_in(other)
    for number in range(2):
        other.post(AUTHENTICATE, {"code": f"9{number:07}"})  # as long as a recovery code
    assert "Wait fifteen minutes" in signed_in.post(AGAIN, {"code": "123456"}).content.decode()
    entries = AuditEntry.objects.filter(verb="people.second_step_failed").order_by("number")
    assert ["once_more" in entry.body for entry in entries] == [True] * 3 + [False] * 2
    assert all(entry.by is not None for entry in entries)


def test_session_that_began_with_a_password_alone_is_asked_for_a_second_step_set_up_elsewhere() -> None:
    make_world()
    older, own = Client(), Client()
    sign_in(older)
    sign_in(own)
    secret = start_codes(own)
    assert own.get("/p/ashmere/").status_code == 200  # it has shown the step by setting it up
    for path in ("/p/ashmere/", "/account/", "/account/2fa/totp/deactivate/"):
        assert older.get(path)["Location"].startswith("/account/reauthenticate/?next=%2F")
    assert older.post("/account/2fa/totp/deactivate/").status_code == 302
    assert older.get("/account/reauthenticate/?next=/p/ashmere/")["Location"].startswith(AGAIN)
    older.post("/account/reauthenticate/", {"password": PASSWORD})  # the password once more is no second step
    assert older.get("/p/ashmere/").status_code == 302
    page = older.get(f"{AGAIN}?next=/p/ashmere/").content.decode()
    assert "set up after you signed in here" in page
    assert "Use your password" not in page
    answer = older.post(AGAIN, {"code": compute_code(secret), "next": "/p/ashmere/"})
    assert answer["Location"] == "/p/ashmere/"
    assert older.get("/p/ashmere/").status_code == 200


PASSKEY = {"credential": '{"id": "AAAA", "rawId": "AAAA", "type": "public-key", "response": {}}'}


def test_failed_passkeys_are_in_the_trail() -> None:
    make_codes()
    client = Client()
    client.post("/account/2fa/webauthn/login/", PASSKEY)
    sign_in(client)
    client.post(AUTHENTICATE, PASSKEY)
    entry = AuditEntry.objects.get(verb="people.second_step_failed")
    assert '"kind":"passkey"' in entry.body.replace(" ", "")
    assert entry.by is not None
    alone = AuditEntry.objects.get(verb="people.sign_in_failed")
    assert alone.by is None
    assert "AAAA" not in entry.body + alone.body


def test_last_second_step_cannot_be_taken_away_where_it_is_needed() -> None:
    make_world(needs_second_step=True)
    client = Client()
    sign_in(client)
    start_codes(client)
    page = client.post("/account/2fa/totp/deactivate/")
    assert page.status_code == 200
    assert "add another one first" in page.content.decode()


def test_role_that_needs_a_second_step_finds_out_that_it_was_taken_away_meanwhile() -> None:
    world = make_world()
    strict = make_world("brindle", needs_second_step=True)
    client = Client()
    sign_in(client)
    start_codes(client)
    assert client.get("/p/ashmere/").status_code == 200
    assert client.post("/account/2fa/totp/deactivate/").status_code == 302
    assert client.get("/p/ashmere/").status_code == 200
    give_role(world.people[Role.LEAD], strict.partnership, Role.COORDINATOR)
    for slug in ("ashmere", "brindle"):
        assert client.get(f"/p/{slug}/")["Location"] == "/account/second-step/"
    start_codes(client)
    assert client.get("/p/brindle/").status_code == 200


def test_operator_of_more_than_a_sample_needs_a_second_step() -> None:
    make_world(is_sample=True, needs_second_step=False)
    operator = make_person("op@example.org", is_operator=True)
    client = Client()
    sign_in(client, operator.email)
    assert client.get("/start/").status_code == 200
    make_world("brindle", needs_second_step=True)
    assert client.get("/start/")["Location"] == "/account/second-step/"


def ask_for_password(email: str) -> Any:
    return Client().post("/account/password/reset/", {"email": email})


def test_forgotten_password_tells_nobody_whether_there_is_an_account() -> None:
    make_world()
    known, unknown = ask_for_password(LEAD), ask_for_password("nobody@example.org")
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert Message.objects.filter(to="nobody@example.org").count() == 0
    assert "people.reset_asked_for_nobody" in list_verbs()


def test_forgotten_password_by_the_link_in_the_message() -> None:
    make_world()
    ask_for_password(LEAD)
    send_messages(read_now())
    text = mail.outbox[-1].body
    address = re.search(r"http://localhost:8000(/account/password/reset/key/\S+)", text)
    assert address, text
    assert Message.objects.get(template="password_reset").link_secret == ""
    client = Client()
    page = client.get(address[1], follow=True)
    form = page.redirect_chain[-1][0]
    new = "seven grey herons over weirs"
    assert client.post(form, {"password1": "password1234", "password2": "password1234"}).status_code == 200
    assert client.post(form, {"password1": new, "password2": new}).status_code == 302
    assert sign_in(Client(), LEAD, new).status_code == 302
    assert "no longer works" in Client().get(address[1], follow=True).content.decode()
    assert "people.password_reset" in list_verbs()


def test_password_change_keeps_this_session_and_is_told_by_mail() -> None:
    make_world()
    client, other = Client(), Client()
    sign_in(client)
    sign_in(other)
    new = "seven grey herons over weirs"
    data = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert client.post("/account/password/change/", data).status_code == 302
    assert client.get("/account/").status_code == 200
    assert other.get("/account/").status_code == 302
    assert Message.objects.filter(template="sign_in_changed").exists()
    assert "people.password_changed" in list_verbs()


@pytest.mark.parametrize("password", ["short", "password1234", "lead@ashmere.example.org"])
def test_weak_passwords_are_refused(password: str) -> None:
    make_world()
    client = Client()
    sign_in(client)
    data = {"oldpassword": PASSWORD, "password1": password, "password2": password}
    assert client.post("/account/password/change/", data).status_code == 200


def test_sessions_are_listed_and_ended_one_by_one() -> None:
    make_world()
    client, other, stranger = Client(), Client(HTTP_USER_AGENT="Mozilla Firefox/140 Linux"), Client()
    sign_in(client)
    sign_in(other)
    sign_in(stranger, "chair@ashmere.example.org")
    page = client.get("/account/sessions/").content.decode()
    assert "Firefox on Linux" in page
    theirs = UserSession.objects.get(session_key=other.session.session_key)
    assert stranger.post(f"/account/sessions/{theirs.pk}/end/").status_code == 404
    assert client.post(f"/account/sessions/{theirs.pk}/end/").status_code == 302
    assert other.get("/account/").status_code == 302
    assert client.get("/account/").status_code == 200


def test_ending_all_other_sessions_is_in_the_trail() -> None:
    make_world()
    client, other = Client(), Client()
    sign_in(client)
    sign_in(other)
    assert client.post("/account/sessions/").status_code == 302
    assert other.get("/account/").status_code == 302
    assert client.get("/account/").status_code == 200
    assert list_verbs().count("people.other_sessions_ended") == 1


def test_renaming_a_passkey_is_in_the_trail() -> None:
    from allauth.mfa.models import Authenticator

    world = make_world()
    client = Client()
    sign_in(client)
    start_codes(client)  # which this session goes on with
    passkey = Authenticator.objects.create(
        user=world.people[Role.LEAD], type="webauthn", data={"name": "Old", "credential": {}}
    )
    address = f"/account/2fa/webauthn/keys/{passkey.pk}/edit/"
    assert client.post(address, {"name": "Work laptop"}).status_code == 302
    assert Authenticator.objects.get(pk=passkey.pk).data["name"] == "Work laptop"
    entry = AuditEntry.objects.get(verb="people.passkey_renamed")
    assert "laptop" not in entry.body


CLOSED = ["signup/", "email/", "confirm-email/", "code/", "services/", "services/signup/", "2fa/webauthn/signup/"]


@pytest.mark.parametrize("path", CLOSED)
def test_nobody_signs_up_by_themselves(path: str) -> None:
    world = make_world()
    for client in (Client(), world.sign_in(Role.LEAD)):
        assert client.get(f"/account/{path}").status_code == 404
        assert client.post(f"/account/{path}").status_code == 404


def test_pages_of_sign_in_say_nothing_of_the_library() -> None:
    make_world()
    client = Client()
    sign_in(client)
    for path in ("", "change/", "2fa/", "2fa/totp/activate/", "2fa/webauthn/", "2fa/webauthn/add/", "sessions/",
                 "password/change/", "second-step/", "logout/", "inactive/"):  # fmt: skip
        page = client.get(f"/account/{path}")
        assert page.status_code == 200, path
        assert "allauth" not in page.content.decode().lower(), path
        assert "govuk-template" in page.content.decode(), path
    for path in ("login/", "password/reset/", "password/reset/done/", "password/reset/key/done/",
                 "services/login/error/", "services/login/cancelled/"):  # fmt: skip
        page = Client().get(f"/account/{path}")
        assert page.status_code == (401 if path.endswith("error/") else 200), path
        assert "govuk-template" in page.content.decode(), path


def test_seen_is_written_once_a_day() -> None:
    world = make_world()
    client = world.sign_in(Role.LEAD)
    for _ in range(3):
        client.get("/p/ashmere/")
    assert AuditEntry.objects.filter(verb="people.seen", by=world.people[Role.LEAD].pk).count() == 1
