"""Five wrong passwords, then a quarter of an hour's wait; what is kept of the tries names nobody."""

import hashlib
import hmac
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def find_typed_name(request: HttpRequest | None, credentials: Mapping[str, Any] | None = None) -> str:
    """A keyed digest of the e-mail address that was typed: tries are counted for it, and it cannot be read back."""
    return digest_email(find_typed_email(request, credentials or {}))


def find_typed_email(request: HttpRequest | None, credentials: Mapping[str, Any]) -> str:
    """The e-mail address as it was typed."""
    for name in ("email", "login", "username"):
        if credentials.get(name):
            return str(credentials[name])
    return request.POST.get("login", "") if request is not None else ""


def digest_email(email: str) -> str:
    """By which two tries can be told to be of one address."""
    return hmac.new(settings.AUDIT_KEY, email.strip().lower().encode(), hashlib.sha256).hexdigest()[:32]


def answer_lock_out(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    """What somebody sees who typed a wrong password too often."""
    is_slowed = getattr(request, "is_slowed", False)
    response = render(request, "partnerships/locked_out.html", {"is_slowed": is_slowed}, status=429)
    response.headers["Retry-After"] = "30" if is_slowed else str(int(settings.AXES_COOLOFF_TIME.total_seconds()))
    return response
