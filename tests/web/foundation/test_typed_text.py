"""What is typed enters without signs that no page and no database can carry."""

import json
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.urls import reverse

from support.web.world import World, make_world
from wardmote.web.foundation.typed_text import clean_typed, clean_what_is_typed
from wardmote.web.partnerships.states import Role
from wardmote.web.returns.models import Return


def read(request: HttpRequest) -> HttpRequest:
    seen: list[HttpRequest] = []

    def answer(cleaned: HttpRequest) -> HttpResponse:
        seen.append(cleaned)
        return HttpResponse()

    clean_what_is_typed(answer)(request)
    return seen[0]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("a\x00b", "ab"), ("\ud800x\udfff", "x"), ("one\r\n\ttwo", "one\r\n\ttwo"), ("🙂 ward – é", "🙂 ward – é")],
)
def test_unwanted_signs_are_dropped_and_all_others_kept(typed: str, kept: str) -> None:
    assert clean_typed({typed: [typed, 3, None]}) == {kept: [kept, 3, None]}


def test_forms_and_addresses_are_read_clean() -> None:
    request = read(RequestFactory().post("/?q=a%00b", {"why": ["x\x00y", "z"], "n\x0bame": "\x1f"}))
    assert request.GET["q"] == "ab"
    assert request.POST.getlist("why") == ["xy", "z"]
    assert request.POST["name"] == ""


def test_files_of_a_form_are_left_as_they_are() -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    request = read(RequestFactory().post("/", {"why": "x\x00", "file": SimpleUploadedFile("a.bin", b"\x00\x01")}))
    assert request.FILES["file"].read() == b"\x00\x01"
    assert request.POST["why"] == "x"


@pytest.fixture
def world() -> World:
    return make_world("ashmere")


def send(world: World, body: str) -> Any:
    address = reverse("save_draft", args=["ashmere", world.returns["P1-1"].pk])
    return world.sign_in(Role.CONTRIBUTOR).post(address, body, content_type="application/json")


@pytest.mark.django_db
def test_draft_by_json_is_kept_without_unwanted_signs(world: World) -> None:
    body = json.dumps({"what_happened": "More\ud800 were\x00 asked", "draft_page": "\ud800", "draft_version": "0"})
    assert send(world, body).status_code == 200
    ret = Return.objects.get(pk=world.returns["P1-1"].pk)
    assert ret.draft["what_happened"] == "More were asked"
    address = reverse("show_return", args=["ashmere", ret.pk])
    assert world.sign_in(Role.CONTRIBUTOR).get(address).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("body", ["[" * 100_000, '{"a":' * 100_000, '{"a": "' + "x" * (1 << 20) + '"}', "{"])
def test_draft_that_is_no_draft_is_a_bad_request(world: World, body: str) -> None:
    assert send(world, body).status_code == 400
