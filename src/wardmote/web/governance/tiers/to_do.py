"""What waits for somebody in `tiers`: indicators of districts that read like the county's measures."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from wardmote.web.foundation.clock import read_today
from wardmote.web.foundation.design.words import say_count
from wardmote.web.foundation.to_do import ThingToDo, offer_things_to_do
from wardmote.web.governance.tiers.matching import list_links, match_measure
from wardmote.web.governance.tiers.policies import is_county
from wardmote.web.governance.tiers.proposals import list_dismissals, set_aside_dismissed
from wardmote.web.governance.tiers.reading import read_districts
from wardmote.web.governance.tiers.rolling import list_measures
from wardmote.web.partnerships.interface import can


@offer_things_to_do
def list_tier_things(request: Any) -> Iterator[ThingToDo]:
    """For a county's coordinator the proposals that nobody has answered."""
    county = request.partnership
    if not is_county(county) or not can(request.user, "governance.link_measures", county):
        return
    districts, links = read_districts(county, read_today()), list_links(county)
    dismissals = list_dismissals(county)
    matches = [
        one
        for measure in list_measures(county)
        for one in set_aside_dismissed(measure, match_measure(measure, districts, links), dismissals)
    ]
    count = sum(bool(one.proposals) for one in matches)
    if count:
        title = f"{say_count(count, 'measure')} of districts to look at: worded like the county’s own"
        yield ThingToDo(title, reverse("districts", kwargs={"slug": county.slug}), urgency=2)
