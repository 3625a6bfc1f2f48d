"""An explanation stands for the figure it was given for, and for no other."""

import pytest
from django.urls import reverse

from support.web.world import World, make_world
from wardmote.web.partnerships.states import Role
from wardmote.web.plans.models import Indicator
from wardmote.web.returns.models import Return
from wardmote.web.returns.typed import read_boxes

pytestmark = pytest.mark.django_db

SAID = "One team counted by hand."


@pytest.fixture
def world() -> World:
    return make_world("ashmere")


def address(world: World, name: str = "show_return") -> str:
    return reverse(name, kwargs={"slug": world.partnership.slug, "pk": world.returns["P1-1"].pk})


def submit(world: World, numerator: str, **typed: str) -> Return:
    ret = Return.objects.get(pk=world.returns["P1-1"].pk)
    sent = {"numerator": numerator, "denominator": "60", "what_happened": "More were asked.", "action": "submit"}
    client = world.sign_in(Role.CONTRIBUTOR)
    answer = client.post(address(world), {**sent, "draft_version": str(ret.draft_number), **typed})
    assert answer.status_code == 302
    return Return.objects.select_related("version").get(pk=ret.pk)


def withdraw(world: World) -> str:
    client = world.sign_in(Role.CONTRIBUTOR)
    client.post(address(world, "withdraw_return"))
    return client.get(address(world)).content.decode()


def test_explanation_does_not_stick_to_another_figure(world: World) -> None:
    assert submit(world, "45", reason=SAID).version.reason == SAID
    page = withdraw(world)
    assert "Said of 45 of 60 (75%):" in page
    assert page.count(SAID) == 1  # told beside the box, which is empty
    assert submit(world, "31").version.reason == ""
    history = world.sign_in(Role.LEAD).get(address(world, "return_history")).content.decode()
    assert "Said of 45 of 60 (75%):" in history


def test_explanation_stands_when_the_same_figure_is_submitted_again(world: World) -> None:
    submit(world, "45", reason=SAID)
    withdraw(world)
    assert submit(world, "45").version.reason == SAID


def test_answer_to_a_query_is_not_joined_to_what_was_said_of_another_figure(world: World) -> None:
    submit(world, "45", reason=SAID)
    world.sign_in(Role.LEAD).post(address(world, "query_return"), {"question": "Is it right?"})
    assert submit(world, "31", answer="It was typed twice.").version.reason == "It was typed twice."


@pytest.mark.parametrize(
    ("own", "said"), [("", "write the count as digits"), ("kits given out", "write kits given out")]
)
def test_refusal_of_what_is_no_number_names_the_box(own: str, said: str) -> None:
    reading = read_boxes(Indicator(shape="count", numerator=own), {"number": "soon"})
    assert said in reading.errors["number"]
