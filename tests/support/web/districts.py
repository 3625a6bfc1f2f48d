"""A county of thirteen synthetic districts, each with a plan, one measure and signed-off quarters.

county = make_county()
county.world.partnership, county.districts[3].partnership, county.measure
sign_value(county.districts[0], "2026/27Q1", 40, 100)
"""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import uuid4

from support.web.world import NOW, World, make_world
from wardmote.evidence.interface import encode_value
from wardmote.evidence.targets.plan import Value
from wardmote.web.foundation.writes import writing
from wardmote.web.governance.tiers.models import SharingAgreement
from wardmote.web.partnerships.models import Partnership
from wardmote.web.plans.models import Indicator, Plan, Priority
from wardmote.web.returns.models import Quarter, Return, ReturnVersion

NAMES = (
    "Ashdown", "Birchley", "Cedarham", "Dalewick", "Elmstow", "Firthing", "Gorsedene", "Hazelmead", "Ivybridge Vale",
    "Juniper Hill", "Kingsholt", "Larchfield", "Mapleton",
)  # fmt: skip
#: Name, first day, last day.
QUARTERS = (
    ("2026/27Q1", date(2026, 4, 1), date(2026, 6, 30)),
    ("2026/27Q2", date(2026, 7, 1), date(2026, 9, 30)),
)
MEASURE = {
    "title": "Victims who felt safer", "definition": "Victims who said that they felt safer after support",
    "numerator": "victims who felt safer", "denominator": "victims asked", "unit": "percent", "shape": "x_of_y",
    "polarity": "higher", "series_key": "felt-safer",
}  # fmt: skip


@dataclass
class District:
    partnership: Partnership
    plan: Plan
    priority: Priority
    indicator: Indicator
    quarters: dict[str, Quarter]


@dataclass
class County:
    """A county's world, whose P1-1 is the measure, and its districts."""

    world: World
    districts: list[District]

    @property
    def measure(self) -> Indicator:
        return self.world.indicators["P1-1"]


def make_county(count: int = 13, *, name: str = "kentmere", shared: bool = True) -> County:
    """A county and so many districts, all shared, none with a value yet."""
    world = make_world(name, tier="county")
    with writing(by=None, verb="test.county_made", partnership=world.partnership):
        measure = world.indicators["P1-1"]
        for field, value in MEASURE.items():
            setattr(measure, field, value)
        measure.save()
        districts = [make_district(world.partnership, NAMES[at], f"{name}-{at}") for at in range(count)]
        if shared:
            for one in districts:
                share(one)
    return County(world, districts)


def make_district(county: Partnership, name: str, slug: str, **fields: Any) -> District:
    """A district of a county with a plan in force, in which the measure stands. Inside `writing`."""
    partnership = Partnership.objects.create(name=name, slug=slug, tier="district", county=county)
    own = {"partnership": partnership}
    plan = Plan.objects.create(
        **own, lineage=uuid4(), title=f"{name} plan", starts_on=date(2026, 4, 1), ends_on=date(2029, 3, 31),
        state="adopted", adopted_on=date(2026, 4, 1), made_at=NOW,
    )  # fmt: skip
    priority = Priority.objects.create(**own, plan=plan, number=1, title="Support after crime")
    indicator = Indicator.objects.create(
        **own, plan=plan, priority=priority, ref="A1", series=uuid4(), **{**MEASURE, **fields}
    )
    quarters = {
        period: Quarter.objects.create(
            **own, plan=plan, period=period, starts_on=first, ends_on=last, opened_at=NOW, due_on=date(2026, 11, 30)
        )
        for period, first, last in QUARTERS
    }
    return District(partnership, plan, priority, indicator, quarters)


def share(district: District, **fields: Any) -> SharingAgreement:
    """The district's agreement to be read by its county. Inside `writing`."""
    given = {
        "county": district.partnership.county,
        "starts_on": date(2026, 10, 1),
        "values_from": date(2026, 4, 1),
        "agreed_by": "Executive, minute 7",
    }
    return SharingAgreement.objects.create(partnership=district.partnership, made_at=NOW, **{**given, **fields})


def sign_value(
    district: District, period: str, part: float, whole: float, *, is_signed: bool = True, **fields: Any
) -> ReturnVersion:
    """A returned value, signed off or not."""
    quarter, own = district.quarters[period], {"partnership": district.partnership}
    value = Value(
        period, quarter.starts_on, quarter.ends_on, shape="x_of_y", part=part, whole=whole, **fields
    )  # fmt: skip
    with writing(by=None, verb="test.value_signed", partnership=district.partnership):
        owed, _ = Return.objects.get_or_create(**own, quarter=quarter, indicator=district.indicator)
        version = ReturnVersion.objects.create(
            **own, of=owed, number=owed.versions.count() + 1, kind="submitted", value=encode_value(value),
            numerator=part, denominator=whole, submitted_at=NOW, signed_off_at=NOW if is_signed else None,
        )  # fmt: skip
        owed.version, owed.state = version, "signed_off" if is_signed else "submitted"
        owed.save()
    return version
