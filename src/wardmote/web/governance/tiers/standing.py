"""Where a district stands among its neighbours: all that it is ever told of them."""

from dataclasses import dataclass
from datetime import date

from wardmote.evidence.interface import find_district_standing
from wardmote.evidence.targets.standing import Standing
from wardmote.web.governance.tiers.matching import list_links, match_measure
from wardmote.web.governance.tiers.reading import DistrictSeen, read_neighbourhood
from wardmote.web.governance.tiers.rolling import RolledMeasure, list_measures, roll_matched
from wardmote.web.partnerships.interface import Partnership
from wardmote.web.plans.interface import Indicator


@dataclass(frozen=True, slots=True)
class MeasureStanding:
    """One measure of the county that this district has too. `standing` is None where no sum could be made."""

    measure: Indicator  # the county's
    own: Indicator
    standing: Standing | None


def list_standings(district: Partnership, today: date) -> list[MeasureStanding]:
    """Where the district stands on each measure that it shares with its county; nothing where it shares nothing."""
    found = read_neighbourhood(district, today)
    if found is None:
        return []
    county, districts = found
    links, named = list_links(county), _list_named(districts)
    rows = []
    for measure in list_measures(county):
        matches = match_measure(measure, districts, links)
        own = next((one for one in matches if one.seen.district.pk == district.pk), None)
        if own is not None and own.indicator is not None:
            rolled = roll_matched(county, measure, matches, today)
            rows.append(MeasureStanding(measure, own.indicator.record, _stand(rolled, own.seen.place, named)))
    return rows


def _list_named(districts: list[DistrictSeen]) -> frozenset[str]:
    """The districts that agreed to be named to their neighbours."""
    return frozenset(
        one.place for one in districts if one.agreement and one.agreement.is_named_to_neighbours
    )  # fmt: skip


def _stand(rolled: RolledMeasure, place: str, named: frozenset[str]) -> Standing | None:
    """In the newest quarter in which the district has a value of its own that can be added up."""
    quarter = next((one for one in reversed(rolled.quarters) if one.rolled and place in one.rolled.places), None)
    if quarter is None or quarter.rolled is None:
        return None
    return find_district_standing(quarter.rolled, quarter.readings, place, named=named, seed=1)
