"""Filters, strictness and the frame of a page."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.messages import constants
from django.contrib.messages.storage.base import BaseStorage, Message
from django.test import RequestFactory
from jinja2 import UndefinedError

UTC = dt.UTC


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{ day|long_date }}", "21 November 2026"),
        ("{{ summer|date_time }}", "1 July 2026 at 00:30"),
        ("{{ summer|long_date }}", "1 July 2026"),
        ("{{ summer|clock_time }}", "00:30"),
        ("{{ 1234567|number }}", "1,234,567"),
        ("{{ 1234.5|number }}", "1,234.5"),
        ("{{ (-12.345)|number(1) }}", "−12.3"),
        ("{{ exact|number }}", "0.10"),
        ("{{ 5.739688256147656|number }}", "5.74"),
        ("{{ 0.00123|number }}", "0.0012"),
        ("{{ 88.53820598006644|percent }}", "88.54%"),
        ("{{ 0|number }}", "0"),
        ("{{ 12.5|percent }}", "12.5%"),
        ("{{ none|percent }}{{ none|number }}{{ none|long_date }}{{ none|clock_time }}{{ none|period }}", "–––––"),
        ("{{ '2026/27Q2'|period }}", "2026/27Q2"),
        ("{{ 1|plural('return') }}, {{ 1200|plural('return') }}, {{ 2|plural('person', 'people') }}",
         "1 return, 1,200 returns, 2 people"),
    ],
)  # fmt: skip
def test_filter_writes_as_a_reader_in_britain_does(draw: Any, text: str, expected: str) -> None:
    summer = dt.datetime(2026, 6, 30, 23, 30, tzinfo=UTC)  # half past midnight in London
    assert draw(text, day=dt.date(2026, 11, 21), summer=summer, exact=Decimal("0.10")) == expected


TAG = """{% from "govuk_frontend_jinja/components/tag/macro.html" import govukTag %}{{ govukTag({"text": WORDS}) }}"""


def test_unknown_name_raises_in_a_page_and_inside_a_component_call(draw: Any) -> None:
    with pytest.raises(UndefinedError, match="mispelt"):
        draw("{{ mispelt }}")
    with pytest.raises(UndefinedError, match="mispelt"):
        draw(TAG.replace("WORDS", "mispelt"))


def test_text_is_escaped_in_pages_and_components(draw: Any) -> None:
    assert "<script" not in draw(TAG.replace("WORDS", "x") + "{{ x }}", x="<script>")


PAGE = '{% extends "foundation/page.html" %}{% block page_title %}Plan{% endblock %}{% block content %}c{% endblock %}'


def test_page_needs_nothing_but_its_own_blocks(draw: Any) -> None:
    page = draw(PAGE)
    assert "<title>Plan – wardmote</title>" in page
    assert 'aria-label="Main"' not in page
    assert 'aria-label="Account"' not in page
    assert 'href="/accessibility/"' in page


class Person:
    pk = 7
    is_authenticated = True

    def get_full_name(self) -> str:
        return "Ruth <Okafor>"

    def get_username(self) -> str:
        return "ruth"


class Waiting(BaseStorage):
    """Messages as they wait in a session."""

    def _get(self, *args: Any, **kwargs: Any) -> tuple[list[Message], bool]:
        return [Message(constants.SUCCESS, "The return was <sent>."), Message(constants.ERROR, "No.")], True

    def _store(self, messages: Any, response: Any, *args: Any, **kwargs: Any) -> list[Message]:
        return []


def test_page_shows_person_partnership_and_messages(draw: Any) -> None:
    request = RequestFactory().get("/")
    request.user, request._messages = Person(), Waiting(request)
    partnership = type("Partnership", (), {"name": "Harbour & Hill"})()
    page = draw(PAGE, request=request, partnership=partnership, csrf_token="t0ken")
    assert "<title>Plan – Harbour &amp; Hill – wardmote</title>" in page
    assert "Ruth &lt;Okafor&gt;" in page
    assert '<a class="wm-header__link" href="/your_account/">Your account</a>' in page
    assert "Sign out" not in page  # it has no address here
    assert "<strong>Done:</strong> The return was &lt;sent&gt;." in page
    assert 'role="alert"' in page
    assert '<meta name="csrf-token" content="t0ken">' in page
    assert 'data-person="' in page
    assert 'data-person="7"' not in page


def test_person_token_is_the_same_each_time_and_differs_between_people() -> None:
    from wardmote.web.foundation.design.frame import make_person_token

    other = Person()
    other.pk = 8
    assert make_person_token(Person()) == make_person_token(Person()) != make_person_token(other)


@pytest.mark.parametrize("name", ["400", "403", "404", "500", "offline"])
def test_error_page_is_drawn_with_nothing_at_hand(environment: Any, name: str) -> None:
    page = environment.get_template(f"foundation/errors/{name}.html").render()
    assert page.count("<h1") == 1
    assert "<script" not in page


@pytest.mark.parametrize("template", ["form_page", "confirm_page"])
def test_generic_page_is_drawn_with_its_least_context(environment: Any, template: str) -> None:
    from tests.web.foundation.design.showcase import EveryFieldForm

    page = environment.get_template(f"foundation/{template}.html").render(
        form=EveryFieldForm({}), title="Close the plan?", consequences=["It is closed."], submit_text="Close",
        cancel_url="/back", csrf_input="",
    )  # fmt: skip
    assert "<title>Error: Close the plan? – wardmote</title>" in page
    assert 'href="/back"' in page
    assert "There is a problem" in page
