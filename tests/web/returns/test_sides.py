"""Evidence files, returns that fill themselves, things to do, cover of documents."""

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from support.web.world import World, make_world
from wardmote.evidence.interface import decode_value
from wardmote.evidence.model.errors import UsageError
from wardmote.evidence.targets.plan import Value
from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.foundation.writes import writing
from wardmote.web.partnerships.states import Role
from wardmote.web.returns.actions import filling, signing
from wardmote.web.returns.models import Quarter, Return, ReturnFile

pytestmark = pytest.mark.django_db
SUBMIT = {"numerator": "45", "denominator": "60", "action": "submit"}


@pytest.fixture
def world() -> World:
    return make_world("ashmere")


def find(name: str, world: World, ref: str = "P1-1", **more: object) -> str:
    return reverse(name, kwargs={"slug": "ashmere", "pk": world.returns[ref].pk, **more})


def read(world: World) -> Return:
    return Return.objects.select_related("version").get(pk=world.returns["P1-1"].pk)


def change(record: object, **fields: object) -> None:
    with writing(by=None, verb="test.changed"):
        for name, value in fields.items():
            setattr(record, name, value)
        record.save()  # type: ignore[attr-defined]


def test_file_goes_with_the_version_and_is_downloaded(world: World) -> None:
    contributor = world.sign_in(Role.CONTRIBUTOR)
    file = SimpleUploadedFile("survey.csv", b"answer,count\nyes,45\n", content_type="text/csv")
    contributor.post(find("show_return", world), {**SUBMIT, "file": file})
    attached = ReturnFile.objects.get(version=read(world).version)
    page = world.sign_in(Role.LEAD).get(find("return_history", world)).content
    assert b"survey.csv" in page
    answer = world.sign_in(Role.LEAD).get(find("return_file", world, file_pk=attached.pk))
    assert b"".join(answer.streaming_content) == b"answer,count\nyes,45\n"
    assert answer.headers["Content-Disposition"].startswith("attachment")


def test_file_is_taken_off_a_draft(world: World) -> None:
    contributor = world.sign_in(Role.CONTRIBUTOR)
    file = SimpleUploadedFile("survey.csv", b"answer,count\nyes,45\n")
    contributor.post(find("show_return", world), {"numerator": "4", "action": "save", "file": file})
    attached = ReturnFile.objects.get()
    contributor.post(find("remove_return_file", world, file_pk=attached.pk))
    assert b"survey.csv" not in contributor.get(find("show_return", world)).content


def test_refused_file_loses_nothing_that_was_typed(world: World) -> None:
    file = SimpleUploadedFile("tool.exe", b"MZ\x90\x00" + b"\x00" * 60)
    page = world.sign_in(Role.CONTRIBUTOR).post(find("show_return", world), {**SUBMIT, "file": file}).content.decode()
    assert "The file must be a PDF" in page
    assert 'value="45"' in page
    assert read(world).draft["numerator"] == "45"
    assert read(world).version is None


def fill(world: World, monkeypatch: pytest.MonkeyPatch, found: object) -> int:
    change(world.indicators["P1-1"], evidence={"indicator": "crime_rate", "area": "E06000035"})

    def answer(binding: object, period: str, store: object) -> object:
        if isinstance(found, Exception):
            raise found
        return found

    monkeypatch.setattr(filling, "find_evidence_value", answer)
    return filling.fill_returns()


VALUE = Value("2026/27Q2", date(2026, 7, 1), date(2026, 9, 30), shape="x_of_y", part=45, whole=60)


def test_bound_return_fills_itself_and_waits_for_a_person(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    assert fill(world, monkeypatch, VALUE) == 1
    ret = read(world)
    assert (ret.state, ret.version.kind, ret.version.submitted_by) == ("submitted", "filled", None)
    assert decode_value(ret.version.value) == VALUE
    assert filling.fill_returns() == 0
    signing.sign_off_return(ret=ret, by=world.people[Role.LEAD])
    assert read(world).state == "signed_off"


def test_bound_return_waits_for_the_end_of_a_quarter_that_was_opened_early(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever a store says of October by then, it is not the quarter's figure."""
    change(world.quarter, period="2089/90Q3", starts_on=date(2089, 10, 1), ends_on=date(2089, 12, 31))
    assert fill(world, monkeypatch, VALUE) == 0
    page = world.sign_in(Role.CONTRIBUTOR).get(find("show_return", world)).content.decode()
    assert "It does so once the quarter has ended, after 31 December 2089." in page
    monkeypatch.setattr(filling, "read_today", lambda: date(2090, 1, 1))
    assert filling.fill_returns() == 1


@pytest.mark.parametrize("found", [UsageError("no such indicator"), Value("2026/27Q2", state="missing"), "a reason"])
def test_return_without_evidence_stays_owed(world: World, monkeypatch: pytest.MonkeyPatch, found: object) -> None:
    assert fill(world, monkeypatch, found) == 0
    assert read(world).state == "owed"


def test_evidence_takes_the_place_of_nothing_typed(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    change(world.returns["P1-1"], state="draft", draft={"numerator": "4"})
    assert fill(world, monkeypatch, VALUE) == 0
    assert read(world).draft == {"numerator": "4"}


def see_home(world: World, role: Role) -> str:
    return str(world.sign_in(role).get("/p/ashmere/").content.decode())


def test_home_says_what_each_role_must_do(world: World) -> None:
    assert "Enter 2 returns of Ashmere Police for 2026/27Q2" in see_home(world, Role.CONTRIBUTOR)
    world.sign_in(Role.CONTRIBUTOR).post(find("show_return", world), SUBMIT)
    assert "Enter 1 return of Ashmere Police" in see_home(world, Role.CONTRIBUTOR)
    assert "Sign off 1 return" in see_home(world, Role.LEAD)
    change(Quarter.objects.get(), due_on=date(2026, 11, 1))
    assert "agencies are late with returns" in see_home(world, Role.COORDINATOR)
    world.sign_in(Role.LEAD).post(find("query_return", world), {"question": "All of it?"})
    assert "Answer 1 query" in see_home(world, Role.CONTRIBUTOR)
    assert "return" not in see_home(world, Role.READER).split("<main")[1].split("</main>")[0]


def test_bulk_signature_leaves_what_is_still_asked_about(world: World) -> None:
    contributor, lead = world.sign_in(Role.CONTRIBUTOR), world.sign_in(Role.LEAD)
    for ref in ("P1-1", "P1-2"):
        contributor.post(find("show_return", world, ref), SUBMIT)
    with writing(by=None, verb="test.asked", partnership=world.partnership):
        ret = Return.objects.get(pk=world.returns["P1-2"].pk)
        asked_at = world.quarter.opened_at
        ret.queries.create(partnership=world.partnership, rule="value_repeats", question="Twice?", asked_at=asked_at)
    keys = [f"{ret.pk}.{ret.version_id}" for ret in Return.objects.all()]
    lead.post(reverse("returns_to_sign_off", args=["ashmere"]), {"return": keys})
    states = dict(Return.objects.values_list("indicator__ref", "state"))
    assert states == {"P1-1": "signed_off", "P1-2": "submitted", "P1-3": "owed"}


def test_bulk_signature_is_for_the_versions_that_the_page_showed(world: World) -> None:
    contributor, lead = world.sign_in(Role.CONTRIBUTOR), world.sign_in(Role.LEAD)
    for ref in ("P1-1", "P1-2"):
        contributor.post(find("show_return", world, ref), SUBMIT)
    address = reverse("returns_to_sign_off", args=["ashmere"])
    ticks = re.findall(r'name="return" value="([^"]+)"', lead.get(address).content.decode())
    contributor.post(find("withdraw_return", world))
    contributor.post(find("show_return", world), {**SUBMIT, "numerator": "51", "reason": "So.", "draft_version": "1"})
    page = lead.post(address, {"return": ticks}, follow=True).content.decode()
    assert (read(world).state, read(world).version.amount) == ("submitted", 85.0)
    assert Return.objects.get(pk=world.returns["P1-2"].pk).state == "signed_off"
    assert "1 return signed off." in page
    assert "P1-1: it was submitted anew meanwhile and now says 51 of 60 (85%)" in page


def test_signature_refuses_a_version_that_came_in_between(world: World) -> None:
    contributor = world.sign_in(Role.CONTRIBUTOR)
    contributor.post(find("show_return", world), SUBMIT)
    seen = read(world)
    contributor.post(find("withdraw_return", world))
    contributor.post(find("show_return", world), {**SUBMIT, "numerator": "51", "reason": "So.", "draft_version": "1"})
    with pytest.raises(RefusedError, match="submitted anew meanwhile"):
        signing.sign_off_return(ret=seen, by=world.people[Role.LEAD])


def test_signature_is_for_the_version_that_was_seen(world: World) -> None:
    contributor, lead = world.sign_in(Role.CONTRIBUTOR), world.sign_in(Role.LEAD)
    contributor.post(find("show_return", world), SUBMIT)
    seen = read(world).version_id
    contributor.post(find("withdraw_return", world))
    contributor.post(find("show_return", world), {**SUBMIT, "numerator": "5", "reason": "So.", "draft_version": "1"})
    lead.post(find("sign_off_return", world), {"version": str(seen)})
    assert read(world).state == "submitted"


def test_imported_value_stands_in_the_boxes_when_it_is_reopened(world: World) -> None:
    from wardmote.evidence.interface import encode_value
    from wardmote.web.returns.models import ReturnVersion

    ret = world.returns["P1-1"]
    with writing(by=None, verb="test.imported", partnership=world.partnership):
        ret.version = ReturnVersion.objects.create(
            partnership=world.partnership, of=ret, number=1, kind="imported", value=encode_value(VALUE),
            submitted_at=world.quarter.opened_at, signed_off_at=world.quarter.opened_at,
        )  # fmt: skip
        ret.state = "signed_off"
        ret.save()
    signing.reopen_return(ret=ret, reason="It was misread.", by=world.people[Role.COORDINATOR])
    assert 'value="45"' in world.sign_in(Role.CONTRIBUTOR).get(find("show_return", world)).content.decode()
