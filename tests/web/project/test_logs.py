"""What stands in the terminal: faults of ours with their place, no ordinary refusal, and nothing of anybody."""

import io
import logging
from collections.abc import Iterator

import pytest
from django.test import Client

from support.web.world import make_world
from wardmote.web.partnerships.states import Role
from wardmote.web.project.logs import DiscreetFormatter

pytestmark = pytest.mark.django_db


@pytest.fixture
def terminal() -> Iterator[io.StringIO]:
    """What the console handler of the settings writes, as it stands on the root logger."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(DiscreetFormatter("%(levelname)s %(message)s"))
    logging.getLogger().addHandler(handler)
    yield written
    logging.getLogger().removeHandler(handler)


def test_settings_have_the_discreet_handler() -> None:
    found = [one for one in logging.getLogger().handlers if isinstance(one.formatter, DiscreetFormatter)]
    assert found


def test_ordinary_refusals_are_not_written(terminal: io.StringIO) -> None:
    client = make_world().sign_in(Role.READER)
    assert client.get("/p/ashmere/people/").status_code == 403
    assert client.get("/p/elsewhere/").status_code == 404
    assert client.get("/no-such-page/").status_code == 404
    assert client.get("/p/ashmere/performance/?period=2020/21Q9").status_code == 404
    assert Client(enforce_csrf_checks=True).post("/account/login/", {"login": "a@example.org"}).status_code == 403
    assert terminal.getvalue() == ""


def test_fault_is_written_with_its_place_and_nothing_of_anybody(
    terminal: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    address, name = "@".join(("ann", "example.org")), " ".join(("Ann", "Smith"))

    def fail(secret: str) -> None:
        try:
            raise ValueError(address, secret)
        except ValueError as error:
            raise KeyError(name) from error

    monkeypatch.setattr("wardmote.web.partnerships.views.entrance.find_invitation", fail)
    client = make_world().sign_in(Role.READER)
    client.raise_request_exception = False
    assert client.get("/invitation/s3cret/?name=ann").status_code == 500
    said = terminal.getvalue()
    assert "ERROR 500 at GET /invitation/<str:secret>/" in said
    assert "in answer_invitation" in said
    assert said.index("ValueError") < said.index("which led to") < said.rindex("KeyError")
    for word in ("s3cret", address, name, "?name"):
        assert word not in said
