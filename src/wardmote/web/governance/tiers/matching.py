"""Which indicator of a district is a county's measure: by a coordinator's word, by the same key, or not at all.

Equal words alone make a proposal. It is shown and never taken by itself.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from wardmote.web.governance.tiers.models import DismissedProposal, MeasureLink
from wardmote.web.governance.tiers.reading import DistrictSeen, SharedIndicator
from wardmote.web.partnerships.interface import Partnership
from wardmote.web.plans.interface import Indicator

#: How a match came about, in words.
LINKED, SAME_KEY, SAME_CATALOGUE = "linked by the coordinator", "the same series key", "the same catalogue indicator"


@dataclass(frozen=True, slots=True)
class DismissedRow:
    """An indicator that reads alike, and the coordinator's word that it is another measure."""

    row: SharedIndicator
    dismissal: DismissedProposal


@dataclass(frozen=True, slots=True)
class Match:
    """What was found of one measure in one district; `why_not` where nothing is added up."""

    seen: DistrictSeen
    indicator: SharedIndicator | None = None
    how: str = ""
    link: MeasureLink | None = None
    proposals: tuple[SharedIndicator, ...] = ()
    dismissed: tuple[DismissedRow, ...] = ()
    why_not: str = ""
    county_priority: int = 0  # the number of the priority that the measure stands under


def list_links(county: Partnership) -> list[MeasureLink]:
    """The links that hold."""
    rows = MeasureLink.objects.filter(partnership=county, ended_at=None)
    return list(rows.select_related("partnership", "district"))


def match_measure(measure: Indicator, districts: Iterable[DistrictSeen], links: Sequence[MeasureLink]) -> list[Match]:
    """The measure in each district, in their order."""
    own = {link.district_id: link for link in links if link.series == measure.series}
    found = [_match(measure, seen, own.get(seen.district.pk)) for seen in districts]
    return [replace(one, county_priority=measure.priority.number) for one in found]


def _match(measure: Indicator, seen: DistrictSeen, link: MeasureLink | None) -> Match:
    if not seen.is_shared:
        return Match(seen, link=link, why_not="shares nothing with its county")
    if seen.plan is None:
        return Match(seen, link=link, why_not="no plan in force")
    if link is not None:
        found = seen.find(link.district_series)
        return Match(seen, found, LINKED, link, why_not="" if found else "the linked indicator has left its plan")
    keyed = [(row, how) for row in seen.indicators if (how := _find_key(measure, row.record))]
    if len(keyed) == 1:
        return Match(seen, *keyed[0])
    if keyed:
        rows = tuple(row for row, _ in keyed)
        return Match(seen, proposals=rows, why_not=f"{len(rows)} of its indicators have the same key")
    return Match(seen, proposals=find_proposals(measure, seen), why_not="no indicator is this measure")


def _find_key(measure: Indicator, row: Indicator) -> str:
    """By which key two indicators are one measure; "" by none."""
    if measure.series_key and measure.series_key == row.series_key:
        return SAME_KEY
    bound = _describe_bound(measure)
    return SAME_CATALOGUE if bound and bound == _describe_bound(row) else ""


def _describe_bound(row: Indicator) -> dict[str, Any]:
    """What of the catalogue an indicator is filled with, wherever."""
    return {name: value for name, value in row.evidence.items() if name != "area"} if row.evidence else {}


def find_proposals(measure: Indicator, seen: DistrictSeen) -> tuple[SharedIndicator, ...]:
    """The district's indicators with the same title or definition, and the same unit."""
    return tuple(row for row in seen.indicators if _is_worded_alike(measure, row.record))


def _is_worded_alike(measure: Indicator, row: Indicator) -> bool:
    if _level(measure.unit) != _level(row.unit):
        return False
    same_definition = bool(measure.definition) and _level(measure.definition) == _level(row.definition)
    return same_definition or _level(measure.title) == _level(row.title)


def _level(text: str) -> str:
    return " ".join(text.split()).casefold().rstrip(".")
