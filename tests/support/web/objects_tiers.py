"""A district that its county reads, and a linked measure, for the truth table of all pages: the world is a county."""

from datetime import date
from typing import Any
from uuid import uuid4

from support.web.world import NOW, World
from wardmote.web.foundation.writes import writing
from wardmote.web.governance.tiers.models import MeasureLink, SharingAgreement
from wardmote.web.partnerships.models import Partnership


def make_objects(world: World) -> dict[str, Any]:
    county, measure = world.partnership, world.indicators["P1-1"]
    with writing(by=None, verb="test.tiers_made", partnership=county):
        county.tier = "county"
        county.save()
        district = Partnership.objects.create(
            name=f"{county.name} Vale", slug=f"{county.slug}-vale", tier="district", county=county
        )
        SharingAgreement.objects.create(
            partnership=district, county=county, starts_on=date(2026, 1, 1), values_from=date(2026, 1, 1),
            agreed_by="Executive", made_at=NOW,
        )  # fmt: skip
        link = MeasureLink.objects.create(
            partnership=county, series=measure.series, district=district, district_series=uuid4(), title="Felt safer",
            reason="Asked alike", made_at=NOW,
        )  # fmt: skip
    return {"district": district, "measure": measure, "measure_link": link}
