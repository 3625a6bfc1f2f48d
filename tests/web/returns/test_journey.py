"""A quarter from the first figure typed to the last signature, through the pages."""

import pytest
from django.urls import reverse

from support.web.world import World, make_world
from wardmote.web.foundation.audit import verify_chains
from wardmote.web.foundation.models import Message
from wardmote.web.partnerships.states import Role
from wardmote.web.returns.models import Return

pytestmark = pytest.mark.django_db

GOOD = {"numerator": "45", "denominator": "60", "what_happened": "More callers were asked.", "draft_version": "0"}


@pytest.fixture
def world() -> World:
    return make_world("ashmere")


def find(name: str, world: World, ref: str = "P1-1", **kwargs: object) -> str:
    keys = {"pk": world.returns[ref].pk} if name not in ("returns", "owed_returns", "returns_to_sign_off") else {}
    return reverse(name, kwargs={"slug": world.partnership.slug, **keys, **kwargs})


def read(world: World, ref: str = "P1-1") -> Return:
    return Return.objects.select_related("version", "quarter").get(pk=world.returns[ref].pk)


def test_return_is_submitted_queried_answered_and_signed_off(world: World) -> None:
    contributor, lead = world.sign_in(Role.CONTRIBUTOR), world.sign_in(Role.LEAD)
    page = contributor.get(find("returns", world))
    assert b"P1-1" in page.content
    assert b"P1-3" not in page.content  # the council's
    answer = contributor.post(find("show_return", world), {**GOOD, "action": "submit"})
    assert answer.status_code == 302
    assert read(world).state == "submitted"
    assert read(world).version.amount == 75.0
    assert b"45 of 60 (75%)" in lead.get(find("returns_to_sign_off", world)).content
    lead.post(find("query_return", world), {"question": "Is this the whole force?"})
    assert read(world).state == "queried"
    assert Message.objects.filter(template="return_queried").count() == 1
    page = contributor.get(find("show_return", world))
    assert b"Is this the whole force?" in page.content
    refused = contributor.post(find("show_return", world), {**GOOD, "action": "submit", "draft_version": "1"})
    assert b"Answer the query" in refused.content
    number = str(read(world).draft_number)
    contributor.post(
        find("show_return", world), {**GOOD, "answer": "Yes, all of it.", "action": "submit", "draft_version": number}
    )
    assert (read(world).state, read(world).versions.count()) == ("submitted", 1)
    lead.post(find("sign_off_return", world), {"version": str(read(world).version_id)})
    assert read(world).state == "signed_off"
    assert verify_chains()[1] == []


def test_history_shows_versions_and_their_differences(world: World) -> None:
    contributor = world.sign_in(Role.CONTRIBUTOR)
    contributor.post(find("show_return", world), {**GOOD, "action": "submit"})
    contributor.post(find("withdraw_return", world))
    assert read(world).version is None
    contributor.post(find("show_return", world), {**GOOD, "numerator": "46", "action": "submit", "draft_version": "1"})
    page = contributor.get(find("return_history", world)).content.decode()
    assert "Version 2" in page
    assert "46 of 60" in page
    assert "Differences from version 1" in page
    assert read(world).versions.count() == 2


def test_revision_after_sign_off_keeps_both_values_and_needs_a_new_signature(world: World) -> None:
    contributor, coordinator = world.sign_in(Role.CONTRIBUTOR), world.sign_in(Role.COORDINATOR)
    contributor.post(find("show_return", world), {**GOOD, "action": "submit"})
    coordinator.post(find("sign_off_return", world), {"version": str(read(world).version_id)})
    first = read(world).version
    coordinator.post(find("reopen_return", world), {"reason": "Late answers came in."})
    assert read(world).version == first
    number = str(read(world).draft_number)
    page = contributor.get(find("show_return", world)).content.decode()
    assert "Late answers came in." in page
    assert "Reopened" in page
    assert "Query" not in page
    assert 'name="answer"' not in page
    contributor.post(
        find("show_return", world), {**GOOD, "numerator": "50", "action": "submit", "draft_version": number}
    )
    ret = read(world)
    assert (ret.state, ret.version.number, ret.version.is_after_sign_off) == ("submitted", 2, True)
    assert ret.version.kind == "revised"
    assert ret.version.reason == "Late answers came in."
    assert ret.versions.get(number=1).amount == 75.0
    coordinator.post(find("sign_off_return", world), {"version": str(ret.version_id)})
    assert read(world).state == "signed_off"


def test_impossible_figure_is_refused_and_stays_in_its_boxes(world: World) -> None:
    contributor = world.sign_in(Role.CONTRIBUTOR)
    page = contributor.post(
        find("show_return", world), {"numerator": "70", "denominator": "60", "so_what": "Much.", "action": "submit"}
    ).content.decode()
    assert "There is a problem" in page
    assert 'value="70"' in page
    assert "Much." in page
    ret = read(world)
    assert (ret.state, ret.version_id) == ("draft", None)
    assert ret.draft["numerator"] == "70"


def test_letters_in_a_number_box_stay_there(world: World) -> None:
    contributor = world.sign_in(Role.CONTRIBUTOR)
    page = contributor.post(find("show_return", world), {"numerator": "12a", "denominator": "60", "action": "submit"})
    assert "“12a” is no number" in page.content.decode()
    assert read(world).draft["numerator"] == "12a"


@pytest.mark.parametrize(
    ("code", "state"), [("not_due", "not_due"), ("no_data", "missing"), ("discontinued", "discontinued")]
)
def test_reason_stands_for_a_figure(world: World, code: str, state: str) -> None:
    world.sign_in(Role.CONTRIBUTOR).post(find("show_return", world), {"reason_code": code, "action": "submit"})
    version = read(world).version
    assert (version.value["state"], version.amount, version.reason_code) == (state, None, code)


def test_nil_return_is_a_true_zero_with_a_note(world: World) -> None:
    world.indicators["P1-1"].shape = "count"
    from wardmote.web.foundation.writes import writing

    with writing(by=None, verb="test.changed"):
        world.indicators["P1-1"].save()
    world.sign_in(Role.CONTRIBUTOR).post(find("show_return", world), {"reason_code": "nil", "action": "submit"})
    version = read(world).version
    assert version.amount == 0
    assert "missing_reason" not in version.value
    assert version.value["note"].startswith("Nil return")


def test_save_and_next_goes_on_to_what_is_owed_next(world: World) -> None:
    answer = world.sign_in(Role.CONTRIBUTOR).post(find("show_return", world), {"numerator": "1", "action": "next"})
    assert answer.headers["Location"] == find("show_return", world, "P1-2")


def test_all_ready_drafts_are_submitted_together(world: World) -> None:
    contributor = world.sign_in(Role.CONTRIBUTOR)
    contributor.post(find("show_return", world), {**GOOD, "action": "save"})
    contributor.post(find("show_return", world, "P1-2"), {"numerator": "12a", "action": "save"})
    assert b"Submit all that are ready" in contributor.get(find("returns", world)).content
    contributor.post(reverse("submit_ready_returns", kwargs={"slug": "ashmere"}))
    assert (read(world).state, read(world, "P1-2").state) == ("submitted", "draft")


def test_history_names_the_explanation_and_the_answer_apart(world: World) -> None:
    client = world.sign_in(Role.CONTRIBUTOR)
    address = reverse("show_return", args=["ashmere", world.returns["P1-1"].pk])
    sent = {"numerator": "45", "denominator": "60", "what_happened": "More were asked.", "action": "submit"}
    client.post(address, sent)
    world.sign_in(Role.LEAD).post(f"{address}query/", {"question": "Who counted?"})
    client.post(address, {**sent, "numerator": "44", "reason": "Two large incidents", "answer": "By victim"})
    page = client.get(f"{address}history/").content.decode()
    assert "<strong>Explanation:</strong> Two large incidents</p>" in page
    assert "<strong>Answer to the query:</strong> By victim</p>" in page
