"""Cover: somebody returns for an agency in another's place for a while."""

from datetime import date, timedelta

from wardmote.web.foundation.clock import read_now, read_today
from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.foundation.writes import writing
from wardmote.web.partnerships.interface import Organisation, Partnership, Person, Role, find_organisations, find_roles
from wardmote.web.returns.models import Cover

MOST_DAYS = 366  # a year, whichever; who is away for longer hands over their role


def give_cover(
    *, partnership: Partnership, organisation: Organisation, absent: Person, delegate: Person, starts_on: date,
    ends_on: date, by: Person,
) -> Cover:  # fmt: skip
    """Have a person of the partnership return for an agency from one day to another, in a contributor's place.

    Nobody gives it to themselves, and it ends within a year. It counts as confirmed on the day on which it is given.
    """
    if absent.pk == delegate.pk:
        raise RefusedError("nobody covers for themselves", to_do="Choose somebody else")
    if delegate.pk == by.pk:
        raise RefusedError(
            "nobody gives cover to themselves", to_do="Ask the contributor, or another coordinator, to arrange it"
        )
    if ends_on < starts_on or ends_on < read_today():
        raise RefusedError("the cover would end before it begins", expected="a last day from today on")
    if organisation.pk not in find_organisations(absent, partnership, Role.CONTRIBUTOR):
        raise RefusedError(
            f"{absent} does not contribute for {organisation}", to_do="Choose who is away from that agency's people"
        )
    _check_delegate(delegate, partnership)
    if ends_on - starts_on >= timedelta(days=MOST_DAYS):
        raise RefusedError("cover lasts a year at most", to_do="Choose an earlier last day, or invite a contributor")
    with writing(by=by, verb="returns.cover_given", partnership=partnership) as write:
        cover = Cover.objects.create(
            partnership=partnership, organisation=organisation, absent=absent, delegate=delegate, starts_on=starts_on,
            ends_on=ends_on, given_by=by.pk, confirmed_on=read_today(),
        )  # fmt: skip
        write.subject = cover
    return cover


def _check_delegate(delegate: Person, partnership: Partnership) -> None:
    """Who covers belongs here, and does not scrutinise the returns that they would make."""
    roles = find_roles(delegate, partnership)
    if not roles:
        raise RefusedError("who is to cover has no role in this partnership", to_do="Invite them first")
    if Role.SCRUTINY in roles:
        raise RefusedError(
            f"{delegate} scrutinises this partnership: nobody makes the returns that they hold to account",
            to_do="Choose somebody who has no role in scrutiny",
        )


def end_cover(*, cover: Cover, by: Person) -> Cover:
    """End a cover now."""
    if cover.ended_at is not None:
        raise RefusedError("the cover has ended already")
    with writing(by=by, verb="returns.cover_ended", partnership=cover.partnership, subject=cover):
        cover.ended_at = read_now()
        cover.save()
    return cover
