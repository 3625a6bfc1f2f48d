"""Writes of `tiers`: an agreement to be read, and a link of a measure. Both are ended with a reason, never changed."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from wardmote.web.foundation.clock import read_now, read_today
from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.foundation.writes import writing
from wardmote.web.governance.tiers.models import DismissedProposal, MeasureLink, SharingAgreement
from wardmote.web.governance.tiers.policies import check_may_share, check_not_ended, is_district_of
from wardmote.web.governance.tiers.proposals import digest_proposal
from wardmote.web.governance.tiers.reading import SharedIndicator
from wardmote.web.partnerships.interface import Partnership, Person


def agree_sharing(*, district: Partnership, fields: Mapping[str, Any], by: Person | None) -> SharingAgreement:
    """Let the district's county read what is signed off; `fields` as of the form. Raises RefusedError."""
    with writing(by=by, verb="governance.sharing_agreed", partnership=district) as write:
        county = check_may_share(Partnership.objects.select_for_update().get(pk=district.pk))
        if SharingAgreement.objects.filter(partnership=district, ended_at=None).exists():
            raise RefusedError("An agreement stands already. End it before another is made")
        agreement = SharingAgreement.objects.create(
            partnership=district, county=county, made_at=read_now(), made_by=by.pk if by else None, **fields
        )
        write.subject = agreement
    return agreement


def end_sharing(*, agreement: SharingAgreement, reason: str, by: Person | None) -> None:
    """Take the district's word back: from this moment its county sees only that nothing is shared."""
    district = agreement.partnership
    with writing(by=by, verb="governance.sharing_ended", partnership=district, subject=agreement):
        held = SharingAgreement.objects.select_for_update().get(pk=agreement.pk)
        check_not_ended(held)
        held.ended_on, held.ended_at, held.ended_by = read_today(), read_now(), by.pk if by else None
        held.ended_because = reason
        held.save()


def link_measure(
    *, county: Partnership, series: UUID, district: Partnership, fields: Mapping[str, Any], by: Person | None
) -> MeasureLink:
    """Say that a district's indicator is the county's measure. Whoever calls has seen that the indicator is shared."""
    with writing(by=by, verb="governance.measure_linked", partnership=county) as write:
        Partnership.objects.select_for_update().get(pk=county.pk)
        if not is_district_of(district, county):
            raise RefusedError("That is no district of this county")
        own = MeasureLink.objects.filter(partnership=county, series=series, district=district, ended_at=None)
        if own.exists():
            raise RefusedError("This district's measure is linked already. End that link first")
        link = MeasureLink.objects.create(
            partnership=county, series=series, district=district, made_at=read_now(), made_by=by.pk if by else None,
            **fields,
        )  # fmt: skip
        write.subject = link
    return link


def end_measure_link(*, link: MeasureLink, reason: str, by: Person | None) -> None:
    """Take a link back; what it added up before is asked anew without it."""
    with writing(by=by, verb="governance.measure_unlinked", partnership=link.partnership, subject=link):
        held = MeasureLink.objects.select_for_update().get(pk=link.pk)
        check_not_ended(held)
        held.ended_at, held.ended_by, held.ended_because = read_now(), by.pk if by else None, reason
        held.save()


def dismiss_proposal(
    *, county: Partnership, series: UUID, district: Partnership, row: SharedIndicator, reason: str, by: Person | None
) -> DismissedProposal:
    """Say that a district's indicator is not the county's measure. Whoever calls has seen that it is proposed."""
    about = {
        "partnership": county, "series": series, "district": district, "district_series": row.record.series,
        "saw": digest_proposal(row),
    }  # fmt: skip
    with writing(by=by, verb="governance.proposal_dismissed", partnership=county) as write:
        Partnership.objects.select_for_update().get(pk=county.pk)
        if DismissedProposal.objects.filter(**about).exists():
            raise RefusedError("This proposal was dismissed already")
        dismissal = DismissedProposal.objects.create(
            **about, title=f"{row.record.ref} {row.record.title}", reason=reason, dismissed_at=read_now(),
            dismissed_by=by.pk if by else None,
        )  # fmt: skip
        write.subject = dismissal
    return dismissal
