"""Sign-in by an organisation's own service: a fake OIDC service on this machine, SAML metadata, and the settings."""

import base64
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from support.web.world import make_world
from wardmote.evidence.model.errors import UsageError
from wardmote.web.foundation.models import AuditEntry
from wardmote.web.partnerships.invitations import invite
from wardmote.web.partnerships.models import Membership, Person
from wardmote.web.partnerships.states import Role
from wardmote.web.project.configuration import Configuration, read_configuration
from wardmote.web.project.sign_in import describe_providers

pytestmark = pytest.mark.django_db


@dataclass
class FakeService:
    """What the service says of whoever signs in."""

    address: str = ""
    claims: dict[str, Any] = field(default_factory=dict)

    def answer(self, path: str) -> dict[str, Any]:
        if path.startswith("/.well-known/"):
            names = {"authorization": "authorize", "token": "token", "userinfo": "userinfo"}
            found = {f"{name}_endpoint": f"{self.address}/{path}" for name, path in names.items()}
            return found | {"issuer": self.address, "jwks_uri": f"{self.address}/keys"}
        if path == "/token":
            return {"access_token": "t", "token_type": "Bearer", "expires_in": 60}
        return self.claims


@pytest.fixture(scope="module")
def running() -> Iterator[FakeService]:
    service = FakeService()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = json.dumps(service.answer(self.path.partition("?")[0])).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            self.do_GET()

        def log_message(self, *_: object) -> None:
            """Silent: the tests say what went wrong."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    service.address = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield service
    server.shutdown()
    server.server_close()
    thread.join()


def make_configuration(text: str, tmp_path: Path) -> Configuration:
    (tmp_path / "settings.toml").write_text(text, encoding="utf-8")
    return read_configuration({"WARDMOTE_HOME": str(tmp_path)})


def write_entry(service: FakeService, more: str = "") -> str:
    return (
        '[[sign_in.oidc]]\nid = "council"\nname = "Ashmere Council sign-in"\nclient_id = "wardmote"\nsecret = "s"\n'
        f'server = "{service.address}"\ndomains = ["ashmere.example.org"]\n{more}'
    )


@pytest.fixture
def service(running: FakeService, settings: Any, tmp_path: Path) -> FakeService:
    settings.SOCIALACCOUNT_PROVIDERS = describe_providers(make_configuration(write_entry(running), tmp_path))
    running.claims = {"sub": "42", "email": "lead@ashmere.example.org", "email_verified": True, "name": "Lee Lead"}
    return running


def come_by(client: Client) -> Any:
    """Follow the link on the sign-in page to the service and back."""
    page = client.get("/account/login/").content.decode()
    assert "Ashmere Council sign-in" in page
    start = re.search(r'href="(/account/oidc/council/login/[^"]*)"', page)
    assert start, page
    away = client.get(start[1])
    assert away.status_code == 302
    query = parse_qs(urlsplit(away["Location"]).query)
    assert query["code_challenge_method"] == ["S256"]
    back = urlsplit(query["redirect_uri"][0]).path
    return client.get(back, {"code": "c", "state": query["state"][0]})


def test_service_signs_in_who_has_an_account(service: FakeService) -> None:
    world = make_world()
    client = Client()
    assert come_by(client)["Location"] == "/"
    assert "lead@ashmere.example.org" in client.get("/account/").content.decode()
    assert Person.objects.get(pk=world.people[Role.LEAD].pk).has_usable_password()
    assert AuditEntry.objects.filter(verb="people.service_joined").count() == 1
    again = Client()
    come_by(again)
    assert again.get("/p/ashmere/").status_code == 200
    assert AuditEntry.objects.filter(verb="people.service_joined").count() == 1


@pytest.mark.parametrize(
    "claims",
    [
        {"email_verified": False},
        {"email_verified": "false"},
        {"email_verified": None},
        {"email": "lead@brindle.example.org"},
        {"email": "lead@ashmere.example.org.evil.example"},
        {"email": "lead@sub.ashmere.example.org"},
        {"email": "nobody@ashmere.example.org"},
        {"email": ""},
    ],
)
def test_service_lets_nobody_else_in(service: FakeService, claims: dict[str, Any]) -> None:
    make_world()
    make_world("brindle")
    before = Person.objects.count()
    service.claims |= claims
    client = Client()
    page = come_by(client)
    assert client.get("/account/").status_code == 302
    assert Person.objects.count() == before
    if page.status_code == 200:
        assert "There is no account for you here yet" in page.content.decode()


def test_service_accepts_open_invitations(service: FakeService) -> None:
    world, other = make_world(), make_world("brindle")
    new = "robin@ashmere.example.org"
    for each, role in ((world, "reader"), (other, "scrutiny")):
        invite(by=each.people[Role.ADMINISTRATOR], partnership=each.partnership, email=new, role=role)
    service.claims |= {"email": new, "sub": "77", "name": "Robin"}
    client = Client()
    assert come_by(client)["Location"] == "/"
    person = Person.objects.get(email=new)
    assert (person.name, person.has_usable_password()) == ("Robin", False)
    assert set(Membership.objects.filter(person=person).values_list("role", flat=True)) == {"reader", "scrutiny"}


def test_suspended_person_is_not_let_in_by_a_service(service: FakeService) -> None:
    world = make_world()
    lead = world.people[Role.LEAD]
    lead.is_active = False
    lead.save()
    client = Client()
    come_by(client)
    assert client.get("/account/").status_code == 302


@pytest.mark.parametrize(("more", "expected"), [("", 302), ("has_second_step = true\n", 200)])
def test_service_with_a_second_step_of_its_own(
    service: FakeService, settings: Any, tmp_path: Path, more: str, expected: int
) -> None:
    make_world(needs_second_step=True)
    settings.SOCIALACCOUNT_PROVIDERS = describe_providers(make_configuration(write_entry(service, more), tmp_path))
    client = Client()
    come_by(client)
    assert client.get("/p/ashmere/").status_code == expected


# --- SAML ------------------------------------------------------------------------------------------------------------

SAML = (
    '[[sign_in.saml]]\nid = "police"\nname = "Police sign-in"\nentity_id = "https://idp.example.org/saml"\n'
    'metadata = "https://idp.example.org/metadata"\ndomains = ["ashmere.police.example"]\n'
)


def make_certificate() -> str:
    from datetime import UTC, datetime, timedelta

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import rsa
    from cryptography.x509.oid import NameOID

    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "idp.example.org")])
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(1).not_valid_before(datetime(2026, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=9999)).sign(key, hashes.SHA256())
    )  # fmt: skip
    return base64.b64encode(made.public_bytes(serialization.Encoding.DER)).decode()


@pytest.mark.filterwarnings("ignore:datetime.datetime.utc:DeprecationWarning")  # of the SAML library
def test_saml_metadata_is_served_and_the_service_is_on_the_page(
    settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.SOCIALACCOUNT_PROVIDERS = describe_providers(make_configuration(SAML, tmp_path))
    idp = {
        "entityId": "https://idp.example.org/saml", "x509cert": make_certificate(),
        "singleSignOnService": {"url": "https://idp.example.org/sso"},
    }  # fmt: skip
    monkeypatch.setattr(
        "allauth.socialaccount.providers.saml.utils.fetch_metadata_url_config", lambda config: {"idp": idp}
    )
    client = Client(HTTP_HOST="wardmote.example.org")
    metadata = client.get("/account/saml/police/metadata/")
    assert metadata.status_code == 200
    assert b"http://wardmote.example.org/account/saml/police/acs/" in metadata.content
    assert "Police sign-in" in client.get("/account/login/").content.decode()
    away = client.get("/account/saml/police/login/")
    assert away["Location"].startswith("https://idp.example.org/sso?SAMLRequest=")
    answer = client.post("/account/saml/police/acs/", {"SAMLResponse": base64.b64encode(b"<forged/>").decode()})
    page = client.get(answer["Location"])
    assert page.status_code == 401
    assert "did not let you in" in page.content.decode()


# --- settings --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[[sign_in.oidc]]\nid = "x"\nname = "X"\n', "lacks client_id, secret, server, domains"),
        (SAML.replace("domains", "domain"), "lacks domains and has domain"),
        (SAML.replace('["ashmere.police.example"]', '"ashmere.police.example"'), "domains"),
        (SAML + SAML, "two sign-in services"),
        ("[[sign_in.ldap]]\nid = 'x'\n", "no kind of sign-in service"),
    ],
)
def test_settings_that_mean_nothing_are_refused(text: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=said):
        describe_providers(make_configuration(text, tmp_path))


def test_saml_vouches_for_its_domains_alone(tmp_path: Path) -> None:
    found = describe_providers(make_configuration(SAML + "vouches_for_emails = true\n", tmp_path))
    entry = found["saml"]["APPS"][0]["settings"]
    assert (entry["vouches_for_emails"], entry["verified_email"]) == (True, ["ashmere.police.example"])
    assert (
        describe_providers(make_configuration(SAML, tmp_path))["saml"]["APPS"][0]["settings"]["verified_email"] is False
    )
