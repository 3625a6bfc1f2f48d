"""Whose word about network addresses is taken."""

from pathlib import Path

import pytest
from allauth.account.adapter import get_adapter
from axes.helpers import get_client_ip_address
from django.test import Client, RequestFactory

from support.web.world import make_world
from wardmote.evidence.model.errors import UsageError
from wardmote.web.partnerships.network import find_network_address
from wardmote.web.project.configuration import read_configuration

LEAD = "lead@ashmere.example.org"


@pytest.mark.parametrize(
    ("proxies", "header", "found"),
    [
        (0, "198.51.100.7", "192.0.2.1"),  # forged: nobody stands in front
        (1, "198.51.100.7", "198.51.100.7"),
        (1, "203.0.113.9, 198.51.100.7", "198.51.100.7"),  # what came before is the caller's own word
        (2, "203.0.113.9, 198.51.100.7, 192.0.2.2", "198.51.100.7"),
        (2, "198.51.100.7", "192.0.2.1"),  # came past the outer proxy
        (1, "198.51.100.7:4711", "198.51.100.7"),
        (1, "[2001:db8::1]:4711", "2001:db8::1"),
        (1, "2001:db8::1", "2001:db8::1"),
        (1, "unknown", "192.0.2.1"),
        (1, "", "192.0.2.1"),
    ],
)
def test_header_counts_as_far_as_proxies_are_trusted(settings, proxies: int, header: str, found: str) -> None:
    settings.TRUSTED_PROXIES = proxies
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.1", headers={"X-Forwarded-For": header})
    assert find_network_address(request) == found
    assert get_client_ip_address(request) == found
    assert get_adapter().get_client_ip(request) == found


@pytest.mark.django_db
def test_forged_header_does_not_escape_a_lock_out() -> None:
    make_world()
    answers = [
        Client().post(
            "/account/login/", {"login": LEAD, "password": "wrong one"}, headers={"X-Forwarded-For": f"203.0.113.{at}"}
        )
        for at in range(5)
    ]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 200, 429]


def test_proxies_are_none_unless_set(tmp_path: Path) -> None:
    home = {"WARDMOTE_HOME": str(tmp_path)}
    assert read_configuration(home).proxies == 0
    assert read_configuration({**home, "WARDMOTE_PROXIES": "2"}).proxies == 2
    with pytest.raises(UsageError, match="no number of proxies"):
        read_configuration({**home, "WARDMOTE_PROXIES": "many"})
