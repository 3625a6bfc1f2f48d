"""What the pages of sign-in say beyond what the sign-in library gives them."""

import re
from dataclasses import dataclass
from typing import Any

from allauth.socialaccount.adapter import get_adapter
from django.http import HttpRequest
from django.urls import reverse

from wardmote.web.partnerships.second_step import Missing, find_missing, find_way_on

_BROWSERS = (("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
_SYSTEMS = (
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Service:
    """A sign-in service of an organisation."""

    name: str
    address: str


def offer_words(request: HttpRequest) -> dict[str, Any]:
    """Functions that pages of sign-in call."""
    return {
        "list_services": lambda: list_services(request),
        "account_crumbs": make_crumbs,
        "group_key": group_key,
        "say_device": say_device,
        "awaits_second_step": lambda: find_missing(request, request.user) is Missing.SHOWN,  # type: ignore[arg-type]
        "find_way_on": lambda: find_way_on(request),
    }


def list_services(request: HttpRequest) -> list[Service]:
    """The sign-in services that the settings name."""
    wanted = request.GET.get("next", "")
    more = {"next": wanted} if wanted else {}
    return [
        Service(provider.name, provider.get_login_url(request, **more))
        for provider in get_adapter().list_providers(request)
    ]


def make_crumbs(name: str = "", text: str = "") -> list[dict[str, str]]:
    """The way back from a page of somebody's account."""
    crumbs = [{"text": "Your account", "href": reverse("your_account")}]
    return [*crumbs, {"text": text, "href": reverse(name)}] if name else crumbs


def group_key(key: str) -> str:
    """A key as it is typed most easily: in groups of four."""
    return " ".join(re.findall(".{1,4}", key))


def say_device(user_agent: str) -> str:
    """Browser and system in two words; the rest of what a browser says of itself helps nobody."""
    browser = next((name for mark, name in _BROWSERS if mark in user_agent), "Another browser")
    system = next((name for mark, name in _SYSTEMS if mark in user_agent), "another system")
    return f"{browser} on {system}"
