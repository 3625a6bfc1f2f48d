"""Guesses at one account from many network addresses are slowed, without shutting out whose account it is."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from allauth.usersessions.models import UserSession
from axes.handlers.database import AxesDatabaseHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Max, Sum
from django.http import HttpRequest

from wardmote.web.partnerships.lock_out import find_typed_email, find_typed_name
from wardmote.web.partnerships.network import find_network_address

FREE_TRIES = 10  # wrong passwords for one account within the cool-off, from wherever, before anybody waits
LONGEST_WAIT = timedelta(seconds=30)


def find_wait(failures_count: int) -> timedelta:
    """How long after the latest wrong password the next is looked at: 1, 2, 4 … 30 seconds."""
    beyond = failures_count - FREE_TRIES
    return timedelta() if beyond < 0 else min(timedelta(seconds=2 ** min(beyond, 10)), LONGEST_WAIT)


class SlowingHandler(AxesDatabaseHandler):
    """Locks an account for one network address after five wrong passwords, and slows it for all the others."""

    def is_locked(self, request: Any, credentials: Mapping[str, Any] | None = None) -> bool:
        if super().is_locked(request, credentials):
            return True
        request.is_slowed = _must_wait(request, credentials)
        return bool(request.is_slowed)


def _must_wait(request: HttpRequest, credentials: Mapping[str, Any] | None) -> bool:
    now: datetime = request.axes_attempt_time  # type: ignore[attr-defined]
    tries = AccessAttempt.objects.filter(
        username=find_typed_name(request, credentials), attempt_time__gt=now - settings.AXES_COOLOFF_TIME
    ).aggregate(count=Sum("failures_since_start"), latest=Max("attempt_time"))
    if tries["latest"] is None or now >= tries["latest"] + find_wait(tries["count"]):
        return False
    return not _is_known_from_here(request, credentials)


def _is_known_from_here(request: HttpRequest, credentials: Mapping[str, Any] | None) -> bool:
    """Whether the account was signed in from this network address: its owner is not to wait for others' guesses."""
    email = find_typed_email(request, credentials or {}).strip()
    return bool(UserSession.objects.filter(user__email__iexact=email, ip=find_network_address(request)).exists())
