"""What waits for somebody in `checks`: accusations in the reports that they had checked, and nobody has settled."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.urls import reverse

import wardmote.web.observatory.checks.actions  # noqa: F401 - says how reports are checked in the background
from wardmote.web.foundation.clock import read_now
from wardmote.web.foundation.design.words import say_count
from wardmote.web.foundation.to_do import ThingToDo, offer_things_to_do
from wardmote.web.observatory.checks.models import ReportCheck
from wardmote.web.observatory.checks.presenters import count_to_look_at
from wardmote.web.observatory.checks.queries import count_open, find_result, list_marks, list_versions
from wardmote.web.partnerships.interface import can

#: A check that nobody has come back to for so long is no longer anybody's work.
_FRESH = timedelta(days=30)
_MOST = 5


@offer_things_to_do
def list_checks_to_do(request: Any) -> Iterator[ThingToDo]:
    """The owner's newest checks of which something is open; an earlier version counts no more."""
    if not can(request.user, "observatory.check_reports", request.partnership):
        return
    rows = ReportCheck.objects.filter(
        partnership=request.partnership, asked_by=request.user.pk, checked_at__gte=read_now() - _FRESH,
        removed_at=None, followed_by=None,
    )  # fmt: skip
    for check in rows[:_MOST]:
        result = find_result(check) if count_to_look_at(check) else None
        count = count_open(result, list_marks(list_versions(check))) if result else 0
        if count:
            address = reverse("check", kwargs={"slug": request.partnership.slug, "report_check_id": check.pk})
            title = f"{say_count(count, 'claim')} to look at in a report that you had checked"
            yield ThingToDo(title, address, detail=check.title, urgency=3)
