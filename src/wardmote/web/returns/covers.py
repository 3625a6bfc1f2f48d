"""Cover as it stands: which holds, and what the access review must see of it.

Cover lends the absent person's own access. It holds no longer than that person contributes for the agency, and only
for somebody who has a role in the partnership, and never for who scrutinises it.
"""

from collections.abc import Iterator
from datetime import date, datetime
from functools import partial
from typing import Any

from django.db.models import Exists, OuterRef, Q

from wardmote.web.foundation.clock import read_today
from wardmote.web.foundation.writes import writing
from wardmote.web.partnerships.interface import FurtherAccess, Membership, Partnership, Role, offer_access_to_review
from wardmote.web.returns.models import Cover

_KIND = "Cover for absence"


def list_lent() -> Any:
    """Cover that nobody has ended, of everybody who still may lend it to somebody who still belongs here."""
    live = Membership.objects.filter(partnership=OuterRef("partnership"), ended_at=None)
    lends = live.filter(person=OuterRef("absent"), organisation=OuterRef("organisation"), role=Role.CONTRIBUTOR)
    delegate = live.filter(person=OuterRef("delegate"))
    scrutinises = Exists(delegate.filter(role=Role.SCRUTINY))
    return Cover.objects.filter(Exists(lends), Exists(delegate), ~scrutinises, ended_at=None)


def list_in_force(partnership: Partnership, day: date) -> Any:
    """Cover that holds on a day."""
    return list_lent().filter(partnership=partnership, starts_on__lte=day, ends_on__gte=day)


def end_unlent(now: datetime) -> int:
    """End the cover whose absent person contributes no more, or whose delegate has no role or scrutinises; how many."""
    over = Cover.objects.filter(ended_at=None).exclude(pk__in=list_lent().values("pk"))
    found = list(over.select_related("partnership"))
    for cover in found:
        with writing(by=None, verb="returns.cover_ended", partnership=cover.partnership, subject=cover):
            end_in_write(cover, now)
    return len(found)


def end_in_write(cover: Cover, now: datetime) -> None:
    """End a cover; for an action that is writing."""
    cover.ended_at = now
    cover.save()


def confirm_in_write(cover: Cover, day: date) -> None:
    """Write down that a cover is still needed; for an action that is writing."""
    cover.confirmed_on = day
    cover.save()


@offer_access_to_review
def list_to_review(partnership: Partnership, before: date) -> Iterator[FurtherAccess]:
    """Cover that is arranged, for now or for later, and that nobody has confirmed since a day."""
    waiting = list_lent().filter(Q(confirmed_on=None) | Q(confirmed_on__lt=before), partnership=partnership)
    rows = waiting.filter(ends_on__gte=read_today()).select_related("organisation", "absent", "delegate")
    for cover in rows.order_by("organisation__name", "starts_on", "pk"):
        yield FurtherAccess(
            key=str(cover.pk), holder=cover.delegate_id, kind=_KIND, confirm=partial(confirm_in_write, cover),
            end=partial(end_in_write, cover),
            words=f"{cover.delegate} returns for {cover.organisation} in the place of {cover.absent}, "
                  f"{cover.starts_on:%-d %B %Y} to {cover.ends_on:%-d %B %Y}",
        )  # fmt: skip
