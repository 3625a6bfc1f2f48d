"""One person with a return open in two windows: what the later save overtakes is kept, and said."""

import pytest
from django.test import Client
from django.urls import reverse

from support.web.world import World, make_world
from wardmote.web.partnerships.states import Role
from wardmote.web.returns.models import DraftCopy, Return

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world("ashmere")


@pytest.fixture
def client(world: World) -> Client:
    return world.sign_in(Role.CONTRIBUTOR)


def find(name: str, world: World) -> str:
    return reverse(name, kwargs={"slug": "ashmere", "pk": world.returns["P1-1"].pk})


def save(client: Client, world: World, page: str, **typed: str) -> dict[str, str]:
    """What the page's script does: the number stays what it was when the page was opened."""
    sent = {"draft_version": "0", "draft_page": page, **typed}
    answer = client.post(find("save_draft", world), sent)
    assert answer.status_code == 200
    found: dict[str, str] = answer.json()
    return found


def read(world: World) -> Return:
    return Return.objects.get(pk=world.returns["P1-1"].pk)


def test_text_of_the_other_window_is_kept_and_told(world: World, client: Client) -> None:
    save(client, world, "one", numerator="4", so_what="Fewer.")
    told = save(client, world, "two", numerator="5")
    assert told["compare"] == find("compare_drafts", world)
    assert told["overtook_at"]
    assert read(world).draft == {"numerator": "5"}
    copy = DraftCopy.objects.get()
    assert (copy.kind, copy.fields) == ("overtaken", {"numerator": "4", "so_what": "Fewer."})
    page = client.get(find("show_return", world)).content.decode()
    assert "You saved something else at" in page
    assert find("compare_drafts", world) in page
    assert "Fewer." in client.get(find("return_history", world)).content.decode()


def test_every_save_of_one_window_is_no_overtaking(world: World, client: Client) -> None:
    for numerator in ("4", "45", "456"):
        assert "compare" not in save(client, world, "one", numerator=numerator)
    form = {"numerator": "45", "action": "save", "draft_version": "0", "draft_page": "one"}
    client.post(find("show_return", world), form)
    assert not DraftCopy.objects.exists()
    assert "another window" not in client.get(find("show_return", world)).content.decode()


def test_other_window_that_only_adds_overtakes_nothing(world: World, client: Client) -> None:
    save(client, world, "one", numerator="4")
    assert "compare" not in save(client, world, "two", numerator="4", so_what="Fewer.")
    assert not DraftCopy.objects.exists()


def test_window_opened_later_overtakes_nothing(world: World, client: Client) -> None:
    save(client, world, "one", numerator="4")
    assert "compare" not in save(client, world, "two", numerator="5", draft_version="1")
    assert not DraftCopy.objects.exists()


@pytest.mark.parametrize("action", ["next", "submit"])
def test_form_without_script_says_so_too(world: World, client: Client, action: str) -> None:
    save(client, world, "one", numerator="4", so_what="Fewer.")
    form = {"numerator": "45", "denominator": "60", "action": action, "draft_version": "0", "draft_page": "two"}
    answer = client.post(find("show_return", world), form, follow=True)
    assert b"you saved something else at" in answer.content
    assert DraftCopy.objects.get().fields == {"numerator": "4", "so_what": "Fewer."}
    assert read(world).draft == {"numerator": "45", "denominator": "60"}


def test_fields_of_both_windows_are_put_together(world: World, client: Client) -> None:
    save(client, world, "one", numerator="4", so_what="Fewer.")
    save(client, world, "two", numerator="5")
    page = client.get(find("compare_drafts", world)).content.decode()
    assert "Two texts of yours" in page
    assert "Keep what stands" in page
    choice = {"choice-numerator": "theirs", "choice-so_what": "mine", "draft_version": "2"}
    client.post(find("compare_drafts", world), choice)
    assert read(world).draft == {"numerator": "5", "so_what": "Fewer."}


def test_each_page_names_itself_anew(world: World, client: Client) -> None:
    pages = [client.get(find("show_return", world)).content.decode() for _ in range(2)]
    names = [page.split('name="draft_page" value="')[1].split('"')[0] for page in pages]
    assert len(set(names)) == 2
