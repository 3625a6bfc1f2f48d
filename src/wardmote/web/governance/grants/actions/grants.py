"""Writes of a grant: what was awarded, on which conditions, for which years."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from wardmote.web.foundation.clock import read_now
from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.foundation.writes import writing
from wardmote.web.governance.asking import ask_of_alike, check_confirmed
from wardmote.web.governance.grants.actions.posting import hold_grant
from wardmote.web.governance.grants.models import AwardChange, Bid, Grant, YearShare
from wardmote.web.governance.grants.policies import (
    check_award_covers,
    check_can_become_grant,
    check_day_of_award,
    check_shares_add_up,
)
from wardmote.web.governance.grants.queries import has_grant
from wardmote.web.governance.grants.years import list_years
from wardmote.web.partnerships.interface import Partnership, Person


def make_grant(
    *,
    partnership: Partnership,
    fields: Mapping[str, Any],
    award_pence: int,
    on: date,
    by: Person | None,
    confirmed: Collection[str] = (),
) -> Grant:
    """Write down an award. One that equals another is asked about: `confirmed` are the keys that were answered."""
    with writing(by=by, verb="governance.grant_made", partnership=partnership) as write:
        Partnership.objects.select_for_update().get(pk=partnership.pk)  # of two who send the same, one is asked
        same = {name: fields[name] for name in ("title", "funder", "starts_on", "ends_on")}
        for twin in Grant.objects.filter(partnership=partnership, award_pence=award_pence, **same):
            check_confirmed([ask_of_alike(twin.pk, twin.made_at, twin.made_by, by=by, what="A grant")], confirmed)
        grant = _create(partnership, fields, award_pence, on=on, by=by)
        write.subject = grant
    return grant


def make_grant_of_bid(
    *, bid: Bid, fields: Mapping[str, Any], award_pence: int, on: date, difference_reason: str, by: Person | None
) -> Grant:
    """Make a grant of a bid that was won; where the award is not what was asked for, say why."""
    with writing(by=by, verb="governance.grant_made_of_bid", partnership=bid.partnership) as write:
        held = Bid.objects.select_for_update().filter(partnership=bid.partnership_id).get(pk=bid.pk)
        check_can_become_grant(held, award_pence, difference_reason, has_grant=has_grant(held))
        held.difference_reason = difference_reason if award_pence != held.asked_pence else ""
        held.save()
        grant = _create(bid.partnership, {**fields, "bid": held}, award_pence, on=on, by=by)
        write.subject = grant
    return grant


def _create(
    partnership: Partnership, fields: Mapping[str, Any], award_pence: int, *, on: date, by: Person | None
) -> Grant:
    if award_pence <= 0:
        raise RefusedError("An award is more than nothing")
    check_day_of_award(fields["starts_on"], on)
    who, now = by.pk if by else None, read_now()
    grant = Grant.objects.create(
        partnership=partnership, award_pence=int(award_pence), made_at=now, made_by=who, **fields
    )  # fmt: skip
    AwardChange.objects.create(
        partnership=partnership, grant=grant, number=1, before_pence=0, amount_pence=int(award_pence), on=on,
        reason="As awarded", made_at=now, made_by=who,
    )  # fmt: skip
    return grant


def change_grant(*, grant: Grant, fields: Mapping[str, Any], by: Person | None) -> Grant:
    """Change what is said of a grant; its money has doors of its own."""
    with writing(by=by, verb="governance.grant_changed", partnership=grant.partnership, subject=grant):
        hold_grant(grant)
        for name, value in fields.items():
            setattr(grant, name, value)
        grant.save()
    return grant


def change_award(*, grant: Grant, award_pence: int, on: date, reason: str, by: Person | None) -> AwardChange:
    """Change what was awarded. It cannot fall below what is committed; every version stays."""
    with writing(by=by, verb="governance.award_changed", partnership=grant.partnership, subject=grant, reason=reason):
        hold_grant(grant)
        if award_pence <= 0:
            raise RefusedError("An award is more than nothing")
        if award_pence == grant.award_pence:
            raise RefusedError("The award is so much already")
        check_award_covers(grant, award_pence)
        last = AwardChange.objects.filter(partnership=grant.partnership_id, grant=grant).latest("number")
        check_day_of_award(grant.starts_on, on, last.on)
        before, grant.award_pence = grant.award_pence, int(award_pence)
        grant.save()
        return AwardChange.objects.create(
            partnership=grant.partnership, grant=grant, number=last.number + 1, before_pence=before,
            amount_pence=award_pence, on=on, reason=reason, made_at=read_now(), made_by=by.pk if by else None,
        )  # fmt: skip


def set_years(*, grant: Grant, shares_pence: Mapping[int, int], by: Person | None) -> None:
    """Say how the award falls to financial years, which must add up to it."""
    with writing(by=by, verb="governance.grant_years_set", partnership=grant.partnership, subject=grant):
        hold_grant(grant)
        unknown = set(shares_pence) - set(list_years(grant.starts_on, grant.ends_on))
        if unknown:
            raise RefusedError("Only years in which the grant runs have a share of it")
        check_shares_add_up(grant.award_pence, list(shares_pence.values()))
        kept = {share.year: share for share in YearShare.objects.filter(partnership=grant.partnership_id, grant=grant)}
        for year in kept.keys() - shares_pence.keys():
            kept[year].delete()
        for year, pence in shares_pence.items():
            share = kept.get(year) or YearShare(partnership=grant.partnership, grant=grant, year=year)
            share.amount_pence = int(pence)
            share.save()
