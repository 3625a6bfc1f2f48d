"""Every form of governance and of the observatory, filled with what nobody means: refused or kept, never a fault."""

from datetime import date
from html.parser import HTMLParser
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from support.web.objects import make_objects
from support.web.pages import Page, list_pages
from support.web.world import World
from wardmote.web.partnerships.states import Role

pytestmark = pytest.mark.django_db
_BELOW = ("p/<slug:slug>/governance/", "p/<slug:slug>/evidence/")
PAGES = [page for page in list_pages() if page.route.startswith(_BELOW)]
#: What every box is given; with a day the boxes of dates hold it and what offers choices is chosen from.
ODD: dict[str, tuple[str, date | None]] = {
    "5,000 digits": ("9" * 5_000, None),
    "20 digits": ("99999999999999999999", None),
    "pictures": ("\N{PILE OF POO}\N{ZERO WIDTH JOINER}\x00", date(9999, 12, 31)),
    "a number with 400 noughts": ("1" + "0" * 400, date(2199, 12, 31)),
    "a long text": ("x" * 100_000, date(1900, 1, 1)),
}


class _Boxes(HTMLParser):
    """The boxes of the forms of a page that are posted: each name with what its choices offer."""

    def __init__(self) -> None:
        super().__init__()
        self.boxes: dict[str, list[str]] = {}
        self.kinds: dict[str, str] = {}
        self.inside, self.select = False, ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {key: value or "" for key, value in attrs}
        name = told.get("name", "")
        if tag == "form":
            self.inside = told.get("method", "").lower() == "post" and not told.get("action", "").startswith("/account")
        elif self.inside and tag == "option" and self.select:
            self.boxes[self.select].append(told.get("value", ""))
        elif self.inside and name and tag in ("input", "textarea", "select"):
            self.kinds[name] = told.get("type", "text") if tag == "input" else tag
            self.boxes.setdefault(name, []).append(told.get("value", ""))
            self.select = name if tag == "select" else ""


def find_boxes(client: Client, address: str) -> _Boxes:
    """What can be filled in on a page; nothing where it shows no form."""
    shown, found = client.get(address), _Boxes()
    if shown.status_code == 200 and shown.headers["Content-Type"].startswith("text/html"):
        found.feed(shown.content.decode())
    return found


def fill(found: _Boxes, text: str, day: date | None) -> dict[str, Any]:
    """What is sent: the odd text in every box, or the odd day and a choice that is offered."""
    sent: dict[str, Any] = {}
    for name, offered in found.boxes.items():
        part, kind = name.rpartition("-")[2], found.kinds[name]
        if kind == "file":
            continue
        if day and part in ("day", "month", "year"):
            sent[name] = str(getattr(day, part))
        elif day and kind in ("select", "radio", "checkbox", "hidden"):
            sent[name] = next(filter(None, offered), "")
        else:
            sent[name] = text
    return sent


def post(client: Client, address: str, sent: dict[str, Any]) -> int:
    with transaction.atomic():
        response = client.post(address, sent)
        transaction.set_rollback(True)
    return int(response.status_code)


@pytest.fixture
def ashmere() -> tuple[World, dict[str, Any]]:
    return make_objects("ashmere")


def test_nothing_that_is_typed_into_a_form_breaks_a_page(ashmere: tuple[World, dict[str, Any]]) -> None:
    world, objects = ashmere
    client, met, wrong = world.sign_in(Role.COORDINATOR), set(), []
    client.raise_request_exception = False
    for page in PAGES:
        address = page.find_address("ashmere", objects)
        form = find_boxes(client, address)
        if not form.boxes:
            continue
        met.add(page.name)
        wrong += [f"{page.name}: {what}" for what in _try_all(client, address, form)]
    assert not wrong, "\n" + "\n".join(wrong)
    assert len(met) >= 30


def _try_all(client: Client, address: str, form: _Boxes) -> list[str]:
    tried = {what: post(client, address, fill(form, text, day)) for what, (text, day) in ODD.items()}
    return [f"{what}: {status}" for what, status in tried.items() if status >= 500]


def _list_asked(page: Page) -> list[str]:
    """Addresses with odd questions."""
    names = (
        "area",
        "other_area",
        "period",
        "other_period",
        "with",
        "step",
        "split",
        "page",
        "q",
        "words",
        "year",
        "by",
    )
    return [f"?{'&'.join(f'{name}={text}' for name in names)}" for text in ("9" * 3_000, "%00")]


def test_nothing_that_is_asked_in_an_address_breaks_a_page(ashmere: tuple[World, dict[str, Any]]) -> None:
    world, objects = ashmere
    client = world.sign_in(Role.COORDINATOR)
    client.raise_request_exception = False
    asked = [
        (page.name, query, client.get(page.find_address("ashmere", objects) + query).status_code)
        for page in PAGES
        for query in _list_asked(page)
    ]
    assert [one for one in asked if one[2] >= 500] == []
