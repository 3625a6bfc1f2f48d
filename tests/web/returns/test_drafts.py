"""Drafts: saved as they are typed, by several people, with nothing lost."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from support.web.world import World, give_role, make_person, make_world
from wardmote.web.foundation.writes import writing
from wardmote.web.partnerships.models import Person
from wardmote.web.partnerships.states import Role
from wardmote.web.returns.actions import drafts
from wardmote.web.returns.models import DraftCopy, Return

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world("ashmere")


@pytest.fixture
def colleague(world: World) -> Person:
    person = make_person("second@ashmere.example.org", organisation=world.police)
    give_role(person, world.partnership, Role.CONTRIBUTOR, world.police)
    return person


def open_browser(person: Person) -> Client:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def find(name: str, world: World) -> str:
    return reverse(name, kwargs={"slug": "ashmere", "pk": world.returns["P1-1"].pk})


def read(world: World) -> Return:
    return Return.objects.get(pk=world.returns["P1-1"].pk)


def test_draft_is_saved_as_it_is_typed(world: World) -> None:
    answer = world.sign_in(Role.CONTRIBUTOR).post(find("save_draft", world), {"numerator": "4", "draft_version": "0"})
    assert answer.status_code == 200
    assert answer.json()["version"] == "1"
    assert read(world).draft == {"numerator": "4"}
    assert read(world).state == "draft"


def test_text_that_is_too_long_comes_back_with_what_to_do(world: World) -> None:
    client, typed = world.sign_in(Role.CONTRIBUTOR), {"what_happened": "x" * 20_001, "action": "save"}
    answer = client.post(find("show_return", world), typed)
    page = answer.content.decode()
    assert (answer.status_code, read(world).draft) == (200, {})
    assert "x" * 20_001 in page
    assert "This has 20,001 characters and may have at most 20,000" in page
    assert 'data-maxlength="20000"' in page
    answer = client.post(find("save_draft", world), typed)
    assert answer.status_code == 422
    assert "What happened: This has 20,001 characters" in answer.json()["refused"]
    assert "What happened: This has 20,001" in client.post(find("check_draft", world), typed).content.decode()


def test_line_ends_of_a_form_count_once(world: World) -> None:
    text = "x" * 9_999 + "\r\n" * 10_000 + "x"
    world.sign_in(Role.CONTRIBUTOR).post(find("show_return", world), {"what_happened": text, "action": "save"})
    assert len(read(world).draft["what_happened"]) == 20_000


def test_draft_is_taken_as_json_too(world: World) -> None:
    body = json.dumps({"numerator": "4", "so_what": "Fewer.", "draft_number": 0, "unknown": "x"})
    answer = world.sign_in(Role.CONTRIBUTOR).post(find("save_draft", world), body, content_type="application/json")
    assert answer.status_code == 200
    assert read(world).draft == {"numerator": "4", "so_what": "Fewer."}


@pytest.mark.parametrize("body", ["{", "[]", '{"draft_number": "one"}'])
def test_what_is_no_draft_is_refused(world: World, body: str) -> None:
    client = world.sign_in(Role.CONTRIBUTOR)
    assert client.post(find("save_draft", world), body, content_type="application/json").status_code == 400
    assert read(world).draft == {}


def test_same_draft_twice_is_one_save(world: World) -> None:
    client = world.sign_in(Role.CONTRIBUTOR)
    client.post(find("save_draft", world), {"numerator": "4", "draft_version": "0"})
    answer = client.post(find("save_draft", world), {"numerator": "4", "draft_version": "1"})
    assert answer.json()["version"] == "1"


def test_second_person_is_shown_the_first_ones_change(world: World, colleague: Person) -> None:
    first, second = world.sign_in(Role.CONTRIBUTOR), open_browser(colleague)
    first.post(find("save_draft", world), {"numerator": "4", "draft_version": "0"})
    answer = second.post(find("save_draft", world), {"numerator": "5", "so_what": "Mine.", "draft_version": "0"})
    assert answer.status_code == 409
    assert answer.headers["X-Draft-Version"] == "1"
    text = answer.content.decode()
    assert "Yours: 5" in text
    assert "Theirs: 4" in text
    assert read(world).draft == {"numerator": "4"}
    assert DraftCopy.objects.get().fields == {"numerator": "5", "so_what": "Mine."}


def test_second_person_keeps_mine_and_the_firsts_text_is_kept(world: World, colleague: Person) -> None:
    first, second = world.sign_in(Role.CONTRIBUTOR), open_browser(colleague)
    first.post(find("save_draft", world), {"numerator": "4", "draft_version": "0"})
    second.post(find("save_draft", world), {"numerator": "5", "draft_version": "0"})
    assert second.post(find("save_draft", world), {"numerator": "5", "draft_version": "1"}).status_code == 200
    assert read(world).draft == {"numerator": "5"}
    kept = {(copy.kind, copy.fields["numerator"]) for copy in DraftCopy.objects.all()}
    assert kept == {("set_aside", "5"), ("overtaken", "4")}


def test_fields_are_chosen_one_by_one(world: World, colleague: Person) -> None:
    first, second = world.sign_in(Role.CONTRIBUTOR), open_browser(colleague)
    first.post(find("save_draft", world), {"numerator": "4", "denominator": "9", "draft_version": "0"})
    answer = second.post(
        find("show_return", world), {"numerator": "5", "denominator": "8", "action": "save", "draft_version": "0"}
    )
    assert answer.headers["Location"] == find("compare_drafts", world)
    assert b"Keep mine" in second.get(find("compare_drafts", world)).content
    choice = {"choice-numerator": "mine", "choice-denominator": "theirs", "draft_version": "1"}
    second.post(find("compare_drafts", world), choice)
    assert read(world).draft == {"numerator": "5", "denominator": "9"}


def test_page_says_who_else_is_typing_by_agency_alone(world: World, colleague: Person) -> None:
    open_browser(colleague).post(find("save_draft", world), {"numerator": "4", "draft_version": "0"})
    page = world.sign_in(Role.CONTRIBUTOR).get(find("show_return", world)).content.decode()
    assert "Somebody of Ashmere Police has been typing here" in page
    assert colleague.name not in page


def test_own_later_submit_after_autosaves_is_no_conflict(world: World) -> None:
    """The page's hidden number stays what it was when autosaves moved on: that is no other person."""
    client = world.sign_in(Role.CONTRIBUTOR)
    for numerator in ("4", "45"):
        client.post(find("save_draft", world), {"numerator": numerator, "denominator": "60", "draft_version": "0"})
    client.post(
        find("show_return", world), {"numerator": "45", "denominator": "60", "action": "submit", "draft_version": "0"}
    )
    assert read(world).state == "submitted"


def test_text_sent_after_a_submit_is_kept_aside(world: World, colleague: Person) -> None:
    world.sign_in(Role.CONTRIBUTOR).post(
        find("show_return", world), {"numerator": "45", "denominator": "60", "action": "submit"}
    )
    answer = open_browser(colleague).post(find("save_draft", world), {"numerator": "44", "draft_version": "0"})
    assert answer.status_code == 409
    assert b"cannot be changed now" in answer.content
    assert DraftCopy.objects.get().fields == {"numerator": "44"}
    assert read(world).state == "submitted"


def test_crash_while_saving_leaves_the_old_draft(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    client = world.sign_in(Role.CONTRIBUTOR)
    client.post(find("save_draft", world), {"numerator": "4", "draft_version": "0"})

    def crash(*_: object, **__: object) -> None:
        raise RuntimeError("the power went")

    with monkeypatch.context() as patched:
        patched.setattr("wardmote.web.foundation.audit.append_entry", crash)
        with pytest.raises(RuntimeError, match="power"):
            client.post(find("save_draft", world), {"numerator": "5", "draft_version": "1"})
    assert (read(world).draft, read(world).draft_number) == ({"numerator": "4"}, 1)


def test_stale_save_without_a_browser_is_told_of(world: World, colleague: Person) -> None:
    """Two people hold the same row in hand; the second writes on what is no longer there."""
    one, two = read(world), read(world)
    mine = world.people[Role.CONTRIBUTOR]
    assert drafts.save_draft(ret=one, fields={"numerator": "1"}, number=0, by=mine).is_taken
    assert not drafts.save_draft(ret=two, fields={"numerator": "2"}, number=0, by=colleague).is_taken
    assert read(world).draft == {"numerator": "1"}


def test_question_is_asked_while_typing_and_saves_nothing(world: World) -> None:
    answer = world.sign_in(Role.CONTRIBUTOR).post(find("check_draft", world), {"numerator": "70", "denominator": "60"})
    assert b"It cannot be submitted like this" in answer.content
    assert read(world).draft == {}


def test_unlikely_figure_needs_a_word_of_explanation(world: World) -> None:
    make_history(world, [(60, 80), (61, 80), (59, 80), (60, 80), (62, 80)])
    client = world.sign_in(Role.CONTRIBUTOR)
    odd = {"numerator": "10", "denominator": "80", "action": "submit"}
    page = client.post(find("show_return", world), odd).content.decode()
    assert "say here why it is right" in page
    client.post(find("show_return", world), {**odd, "reason": "The unit closed in July.", "draft_version": "1"})
    ret = read(world)
    assert ret.state == "submitted"
    query = ret.queries.get(rule="outside_expected")
    assert (query.severity, query.state, query.answer) == ("unlikely", "answered", "The unit closed in July.")


def make_history(world: World, pairs: list[tuple[int, int]]) -> None:
    """Signed values of the quarters before."""
    from datetime import date

    from support.web.world import NOW
    from wardmote.evidence.interface import encode_value
    from wardmote.evidence.targets.plan import Value
    from wardmote.web.returns.calendar import list_quarters
    from wardmote.web.returns.models import Quarter, ReturnVersion

    quarters = list_quarters(date(2025, 4, 1), date(2026, 6, 30))
    with writing(by=None, verb="test.history", partnership=world.partnership):
        for dates, (part, whole) in zip(quarters[-len(pairs) :], pairs, strict=True):
            quarter = Quarter.objects.create(
                partnership=world.partnership, plan=world.plan, period=dates.period, starts_on=dates.starts_on,
                ends_on=dates.ends_on, opened_at=NOW, due_on=dates.ends_on, state="locked",
            )  # fmt: skip
            ret = Return.objects.create(
                partnership=world.partnership, quarter=quarter, indicator=world.indicators["P1-1"],
                organisation=world.police, state="signed_off",
            )  # fmt: skip
            value = Value(dates.period, dates.starts_on, dates.ends_on, shape="x_of_y", part=part, whole=whole)
            ret.version = ReturnVersion.objects.create(
                partnership=world.partnership, of=ret, number=1, kind="submitted", value=encode_value(value),
                numerator=part, denominator=whole, amount=value.best, submitted_at=NOW, signed_off_at=NOW,
            )  # fmt: skip
            ret.save()


def test_page_shows_last_values_target_and_expected_range(world: World) -> None:
    make_history(world, [(60, 80), (61, 80), (59, 80), (60, 80), (62, 80)])
    page = world.sign_in(Role.CONTRIBUTOR).get(find("show_return", world)).content.decode()
    assert "at least 80%" in page
    assert "62 of 80 (77.5%)" in page
    assert page.count(" of 80 (") == 4
    assert "Expected: " in page
