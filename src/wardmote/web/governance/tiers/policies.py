"""What the tier and the state of an agreement allow."""

from datetime import date

from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.governance.tiers.models import MeasureLink, SharingAgreement
from wardmote.web.partnerships.interface import Partnership, Tier


def is_county(partnership: Partnership) -> bool:
    return partnership.tier == Tier.COUNTY


def has_county(partnership: Partnership) -> bool:
    """Whether it is a district that belongs to a county here."""
    return partnership.tier == Tier.DISTRICT and partnership.county_id is not None


def is_district_of(district: Partnership, county: Partnership) -> bool:
    return is_county(county) and has_county(district) and district.county_id == county.pk


def holds_on(agreement: SharingAgreement, day: date) -> bool:
    """Whether the district lets its present county read on a day. An agreement with another county holds no more."""
    is_begun = agreement.starts_on <= day
    return is_begun and agreement.ended_on is None and agreement.county_id == agreement.partnership.county_id


def check_may_share(district: Partnership) -> Partnership:
    """The county that a district may share with. Raises RefusedError where it has none."""
    county = district.county
    if county is None or not is_district_of(district, county):
        raise RefusedError("This partnership belongs to no county here. An administrator says so in its settings")
    return county


def check_not_ended(record: SharingAgreement | MeasureLink) -> None:
    """Raise RefusedError for what was ended already."""
    if record.ended_at is not None:
        raise RefusedError("This was ended already")
