"""From where somebody asks, behind as many proxies as the installation says it has, and no more."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest


def find_network_address(request: HttpRequest) -> str:
    """The network address that tries are counted for and sessions are listed under.

    Each proxy adds, at the end of `X-Forwarded-For`, from where it was asked; all before that anybody may have
    written. So the header counts only where proxies are set (`WARDMOTE_PROXIES`), and only its entry that the
    outermost of them added. Where that is missing or is no address, whoever connected to us is all there is to know.
    """
    connected = str(request.META.get("REMOTE_ADDR", ""))
    count: int = settings.TRUSTED_PROXIES
    hops = request.headers.get("X-Forwarded-For", "").split(",")
    if count == 0 or len(hops) < count:
        return connected
    return _read_address(hops[-count]) or connected


def _read_address(text: str) -> str:
    """An IPv4 or IPv6 address, without a port; empty where it is none."""
    bare = text.strip()
    if bare.startswith("["):
        bare = bare[1:].split("]")[0]
    elif bare.count(":") == 1:
        bare = bare.split(":")[0]
    try:
        return str(ipaddress.ip_address(bare))
    except ValueError:
        return ""
