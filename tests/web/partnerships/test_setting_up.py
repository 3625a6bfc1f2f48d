"""The first run, and partnerships opened by operators."""

import re
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.test import Client

from support.web.world import PASSWORD, make_person, make_world
from wardmote.web.foundation.clock import read_now
from wardmote.web.foundation.models import AuditEntry, Message
from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.foundation.writes import writing
from wardmote.web.partnerships.actions import change_evidence, make_setup_link, name_manager, open_partnership
from wardmote.web.partnerships.forms import SettingsForm
from wardmote.web.partnerships.models import Membership, Partnership, Person, Setup
from wardmote.web.partnerships.second_step import SET_UP_HERE
from wardmote.web.partnerships.states import Role

pytestmark = pytest.mark.django_db

BASE = "http://localhost:8000"
OPERATOR = {"name": "Ola Operator", "email": "ola@example.org", "password": PASSWORD}
SETTINGS = {
    "name": "Thornwick Partnership", "area_code": "E06000035", "tier": "single", "county": "", "return_days": "28",
    "idle_days": "45", "amber_within_pct": "5", "small_number": "20", "needs_second_step": "",
}  # fmt: skip


def make_path() -> str:
    return make_setup_link(base_url=BASE).removeprefix(BASE)


def come_in() -> Client:
    client = Client()
    assert client.post(make_path(), OPERATOR)["Location"] == "/start/"
    return client


def test_first_operator_comes_in_by_the_link_once() -> None:
    path = make_path()
    client = Client()
    assert client.get(path).status_code == 200
    assert client.post(path, OPERATOR)["Location"] == "/start/"
    person = Person.objects.get()
    assert person.is_operator
    assert client.get("/start/").status_code == 200
    assert Client().get(path).status_code == 410
    assert Client().post(path, OPERATOR | {"email": "two@example.org"}).status_code == 410
    assert Person.objects.count() == 1
    assert path.strip("/").rpartition("/")[2] not in str(list(Setup.objects.values()))


def test_setup_link_of_yesterday_and_an_earlier_one_are_spent(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = make_path(), make_path()
    assert Client().get(first).status_code == 410
    assert Client().get(second).status_code == 200
    later = read_now() + timedelta(hours=24, minutes=1)
    monkeypatch.setattr("wardmote.web.partnerships.setting_up.read_now", lambda: later)
    assert Client().get(second).status_code == 410


def test_start_page_offers_both_ways() -> None:
    page = come_in().get("/start/").content.decode()
    assert "Look around the sample partnership" in page
    assert "/partnerships/new/" in page


def test_operator_looks_around_the_sample(monkeypatch: pytest.MonkeyPatch) -> None:
    world = make_world(is_sample=True)
    asked: list[Any] = []

    def load_sample(*, by: Any) -> Partnership:
        asked.append(by.email)
        return world.partnership

    monkeypatch.setattr("wardmote.web.project.sample.load_sample", load_sample)
    client = come_in()
    assert client.get("/start/sample/").status_code == 405
    assert client.post("/start/sample/")["Location"] == "/p/ashmere/"
    assert asked == [OPERATOR["email"]]


def test_operator_sets_up_their_own_partnership() -> None:
    client = come_in()
    response = client.post("/partnerships/new/", SETTINGS | {"is_own": "on"})
    assert response.status_code == 302, response.content.decode()
    partnership = Partnership.objects.get()
    assert (partnership.slug, partnership.area_code) == ("thornwick-partnership", "E06000035")
    assert set(Membership.objects.values_list("role", flat=True)) == {"administrator", "coordinator"}
    assert client.get("/")["Location"] == "/p/thornwick-partnership/"
    assert client.get("/p/thornwick-partnership/settings/").status_code == 200


def test_operator_says_whose_evidence_a_partnership_reads() -> None:
    client = come_in()
    client.post("/partnerships/new/", SETTINGS | {"is_own": "on", "evidence": "own"})
    partnership = Partnership.objects.get()
    assert partnership.evidence == "own"
    address = "/partnerships/thornwick-partnership/evidence/"
    assert client.post(address, {"evidence": "shared", "reason": ""}).status_code == 200
    assert client.post(address, {"evidence": "shared", "reason": "They work together"}).status_code == 302
    partnership.refresh_from_db()
    assert partnership.evidence == "shared"
    world = make_world()
    assert world.sign_in(Role.ADMINISTRATOR).post(address, {"evidence": "own", "reason": "no"}).status_code == 403
    with pytest.raises(RefusedError, match="Only an operator"):
        change_evidence(
            by=world.people[Role.ADMINISTRATOR], partnership=world.partnership, evidence="own", reason="no"
        )  # fmt: skip


def test_first_partnership_is_offered_to_its_maker() -> None:
    client = come_in()
    assert "checked" in client.get("/partnerships/new/").content.decode().split('name="is_own"')[1].split(">")[0]
    make_world()
    assert "checked" not in client.get("/partnerships/new/").content.decode().split('name="is_own"')[1].split(">")[0]


@pytest.mark.parametrize(
    "more", [{}, {"manager_email": OPERATOR["email"]}, {"is_own": "on", "manager_email": "ann@example.org"}]
)
def test_nobody_administers_it_so_there_is_no_partnership(more: dict[str, str]) -> None:
    """One's own address is refused as an invitation: what was made before is taken back."""
    assert come_in().post("/partnerships/new/", SETTINGS | more).status_code == 200
    assert not Partnership.objects.exists()
    operator = Person.objects.get()
    with pytest.raises(RefusedError, match="Say who runs"):
        open_partnership(by=operator, settings={}, is_own=False)


def test_way_leads_on_to_the_new_partnership_after_the_second_step() -> None:
    client = come_in()
    address = client.post("/partnerships/new/", SETTINGS | {"is_own": "on", "needs_second_step": "on"})["Location"]
    assert address == "/p/thornwick-partnership/"
    assert client.get(address)["Location"] == "/account/second-step/"
    with writing(by=None, verb="test.step_set_up"):
        Authenticator.objects.create(user=Person.objects.get(), type="totp", data={})
    session = client.session
    session[SET_UP_HERE] = str(Person.objects.get().pk)  # as the page that sets it up does
    session.save()
    assert client.get("/account/second-step/")["Location"] == address
    RecoveryCodes.activate(Person.objects.get())
    page = client.get("/account/2fa/recovery-codes/").content.decode()
    assert f'href="{address}">Continue' in page


def test_administrator_is_named_only_where_there_is_none() -> None:
    client = come_in()
    make_world()
    client.post("/partnerships/new/", SETTINGS | {"manager_email": "ann@example.org"})
    page = client.get("/partnerships/").content.decode()
    assert page.count("Name its first administrator<") == 1
    assert "/partnerships/thornwick-partnership/administrator/" in page
    assert "Its first administrator is invited" in page


def test_operator_opens_a_partnership_for_somebody_else_and_sees_nothing_of_it() -> None:
    client = come_in()
    assert client.post("/partnerships/new/", SETTINGS).status_code == 200  # says who runs it: required
    assert client.post("/partnerships/new/", SETTINGS | {"manager_email": "ann@example.org"}).status_code == 302
    assert Message.objects.get(to="ann@example.org").template == "invitation"
    assert client.get("/p/thornwick-partnership/").status_code == 404
    assert client.get("/p/thornwick-partnership/people/").status_code == 404


def test_partnership_with_an_administrator_gets_no_other_by_the_operator() -> None:
    world = make_world()
    operator = make_person("op@example.org", is_operator=True)
    with pytest.raises(RefusedError, match="has an administrator"):
        name_manager(by=operator, partnership=world.partnership, email="x@example.org")
    with pytest.raises(RefusedError, match="Only an operator"):
        open_partnership(by=world.people[Role.ADMINISTRATOR], settings={}, is_own=True)


def test_settings_show_whole_numbers_and_what_small_means() -> None:
    page = make_world().sign_in(Role.ADMINISTRATOR).get("/p/ashmere/settings/").content.decode()
    shown = {
        name: re.findall(rf'name="{name}"[^>]*value="([^"]*)"', page) for name in ("amber_within_pct", "small_number")
    }
    assert shown == {"amber_within_pct": ["5"], "small_number": ["20"]}
    assert "Counts below this are marked as small" in page


def test_new_partnership_is_offered_the_usual_tolerances() -> None:
    client = Client()
    client.force_login(make_person("op@example.org", is_operator=True), "django.contrib.auth.backends.ModelBackend")
    page = client.get("/partnerships/new/").content.decode()
    assert re.findall(r'name="(?:amber_within_pct|small_number)"[^>]*value="([^"]*)"', page) == ["5", "20"]


@pytest.mark.parametrize(
    ("name", "typed"), [("area_code", "<script>"), ("area_code", "E0600003"), ("small_number", "1.5")]
)
def test_settings_refuse_what_is_no_area_and_no_count(name: str, typed: str) -> None:
    form = SettingsForm(SETTINGS | {name: typed, "reason": "So."}, instance=make_world().partnership)
    assert list(form.errors) == [name]


def test_settings_are_changed_with_a_reason() -> None:
    world = make_world()
    client = world.sign_in(Role.ADMINISTRATOR)
    data = SETTINGS | {"name": "Ashmere and Thornwick", "idle_days": "30"}
    assert client.post("/p/ashmere/settings/", data).status_code == 200  # no reason
    assert client.post("/p/ashmere/settings/", data | {"reason": "merged"}).status_code == 302
    assert Partnership.objects.get().idle_days == 30
    entry = AuditEntry.objects.get(verb="partnerships.settings_changed")
    assert "merged" in entry.body
    assert '"idle_days":[45,30]' in entry.body


@pytest.mark.parametrize(("name", "value"), [("idle_days", "3"), ("return_days", "0"), ("amber_within_pct", "-1")])
def test_settings_out_of_bounds_are_refused(name: str, value: str) -> None:
    world = make_world()
    data = SETTINGS | {"reason": "why", name: value}
    assert world.sign_in(Role.ADMINISTRATOR).post("/p/ashmere/settings/", data).status_code == 200
    assert getattr(Partnership.objects.get(), name) == getattr(world.partnership, name)


def test_settings_that_somebody_else_changed_meanwhile_are_shown_first() -> None:
    client = make_world().sign_in(Role.ADMINISTRATOR)
    address, told = "/p/ashmere/settings/", SETTINGS | {"name": "Ashmere", "reason": "agreed"}
    seen = client.get(address).content.decode().split('name="seen" value="')[1].split('"')[0]
    assert client.post(address, told | {"idle_days": "30", "seen": seen}).status_code == 302
    page = client.post(address, told | {"idle_days": "60", "seen": seen}).content.decode()
    assert "<strong>Theirs:</strong> 30<br><strong>Yours:</strong> 60" in page
    assert Partnership.objects.get().idle_days == 30
    newer = page.split('name="seen" value="')[1].split('"')[0]
    assert client.post(address, told | {"idle_days": "60", "seen": newer}).status_code == 302
    assert Partnership.objects.get().idle_days == 60
