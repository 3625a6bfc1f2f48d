"""E-mail of the sample is written into the folder, whatever mail server the installation has."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend as SmtpBackend
from django.test import Client

from support.web.world import World, give_role, make_person, make_world
from wardmote.web.partnerships.invitations import invite
from wardmote.web.partnerships.states import Role
from wardmote.web.project.mail import describe_mail
from wardmote.web.project.sample_mail import SparingBackend, is_of_the_sample

pytestmark = pytest.mark.django_db


@pytest.fixture
def sample() -> World:
    return make_world("zellmouth", is_sample=True)


def test_only_the_sample_knows_its_people_and_who_is_invited_to_it(sample: World) -> None:
    real = make_world("ashmere")
    both, operator = make_person("both@example.org"), make_person("op@example.org", is_operator=True)
    for person in (both, operator):
        give_role(person, sample.partnership, Role.READER)
    give_role(both, real.partnership, Role.READER)
    invited = [("to-sample@example.org", sample), ("to-both@example.org", sample), ("to-both@example.org", real)]
    for address, world in invited:
        invite(by=world.people[Role.ADMINISTRATOR], partnership=world.partnership, email=address, role="reader")
    inside = ["reader@zellmouth.example.org", "Reader <READER@zellmouth.example.org>", "to-sample@example.org"]
    outside = ["reader@ashmere.example.org", "both@example.org", "op@example.org", "to-both@example.org", "x@y.org"]
    assert [address for address in inside + outside if is_of_the_sample(address)] == inside


def test_real_mail_server_gets_none_of_the_sample(
    sample: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[str] = []

    def send(self: Any, messages: list[EmailMessage]) -> int:
        given.extend(address for message in messages for address in message.recipients())
        return len(messages)

    monkeypatch.setattr(SmtpBackend, "send_messages", send)
    configuration = replace(settings.CONFIGURATION, mail_url="smtp+tls://u:p@mail.example.org", home=tmp_path)
    described = describe_mail(configuration)
    assert described["BACKEND"] == f"{SparingBackend.__module__}.{SparingBackend.__name__}"
    backend = SparingBackend(alias="default", **described["OPTIONS"])
    real = make_world("ashmere").people[Role.READER].email
    mails = [EmailMessage("Subject", "Text", "a@b.org", [to]) for to in (sample.people[Role.READER].email, real)]
    assert backend.send_messages(mails) == 2
    assert given == [real]
    written = [path.read_text() for path in (tmp_path / "mail").iterdir()]
    assert len(written) == 1
    assert "To: reader@zellmouth.example.org" in written[0]


@pytest.mark.parametrize(("url", "said"), [("", "none leaves."), ("smtp://mail.example.org", "none of them leaves.")])
def test_start_page_says_where_mails_go(monkeypatch: pytest.MonkeyPatch, url: str, said: str) -> None:
    monkeypatch.setattr("django.conf.settings.CONFIGURATION", replace(settings.CONFIGURATION, mail_url=url))
    client = Client()
    client.force_login(make_person("op@example.org", is_operator=True), backend=settings.AUTHENTICATION_BACKENDS[2])
    page = client.get("/start/").content.decode()
    assert said in page
    assert "nothing is sent to anybody" not in page
