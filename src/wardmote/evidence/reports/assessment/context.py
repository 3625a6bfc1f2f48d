"""What every section of the assessment needs, worked out once."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.random import Generator

from wardmote.evidence.definitions.breaks import Break
from wardmote.evidence.definitions.indicators import IndicatorDefinition, get_indicator
from wardmote.evidence.definitions.offences import OffenceNode
from wardmote.evidence.disclosure import Audience
from wardmote.evidence.indicators.compute import Evidence, compute_one
from wardmote.evidence.indicators.described import describe_indicator
from wardmote.evidence.indicators.forces import list_forces
from wardmote.evidence.indicators.readings.breaks import find_breaks
from wardmote.evidence.indicators.readings.comparisons import Comparison, compare_periods, newest_full_year
from wardmote.evidence.indicators.readings.geography import PlaceTable, rank_places
from wardmote.evidence.indicators.readings.peers import PeerGroup, PeerPosition, find_position
from wardmote.evidence.indicators.readings.series import (
    YearSeries,
    list_monthly,
    read_official_years,
    read_years,
    span_of,
)
from wardmote.evidence.indicators.readings.trust import Completeness, check_completeness
from wardmote.evidence.indicators.tables.official import find_coverage, list_official_years
from wardmote.evidence.model.areas import Area, AreaSet
from wardmote.evidence.model.errors import UsageError
from wardmote.evidence.model.figures import Figure, Missing
from wardmote.evidence.model.periods import Period
from wardmote.evidence.reports.assessment.released import PartnerDataset, protect_one, read_datasets
from wardmote.evidence.reports.charts.frame import REPORT, ChartSize
from wardmote.evidence.reports.charts.theme import ChartTheme
from wardmote.evidence.reports.ledger import Ledger
from wardmote.evidence.reports.look import DEFAULT_LOOK, Look
from wardmote.evidence.store.manifest import Manifest

#: The draws behind intervals of ranks and behind "what chance alone would do" start here, so that the same evidence
#: gives the same report.
SEED = 20_250_401


@dataclass(frozen=True)
class Context:
    """One assessment being built. `is_synthetic` marks every page of a fictional partnership's."""

    evidence: Evidence
    area: Area
    period: Period
    group: PeerGroup
    breaks: tuple[Break, ...]
    ledger: Ledger
    audience: Audience = "partnership"
    look: Look = DEFAULT_LOOK
    is_synthetic: bool = False
    size: ChartSize = REPORT
    _memory: dict[tuple[str, ...], object] = field(default_factory=dict)

    @cached_property
    def theme(self) -> ChartTheme:
        return ChartTheme(primary=self.look.primary, accent=self.look.accent)

    @property
    def generator(self) -> Generator:
        """A fresh generator for each reading, so that no section's chance depends on another's."""
        return np.random.default_rng(SEED)

    # -- readings, each made once ---------------------------------------------------------------------------
    def figure(self, indicator: str, period: Period | None = None) -> Figure:
        asked = period or self.period
        return self._once(
            ("figure", indicator, str(asked)), lambda: compute_one(self.evidence, indicator, self.area.code, asked)
        )

    def comparison(self, indicator: str, current: Period | None = None, area: str | None = None) -> Comparison:
        """The period (or `current`) against the year before, for this area or one that encloses it."""
        now, where = current or self.period, area or self.area.code
        return self._once(
            ("comparison", indicator, str(now), where),
            lambda: compare_periods(self.evidence, indicator, where, now, breaks=self.breaks),
        )

    def cautions(self, indicator: str, first: Period, last: Period) -> tuple[str, ...]:
        """The breaks that touch only a part of what is counted, between the two periods."""
        found = find_breaks(self.evidence, self.definition(indicator), self.area.code, self.breaks)
        return found.cautions(first, last)

    def position(self, indicator: str) -> PeerPosition | Missing:
        return self._once(
            ("position", indicator),
            lambda: find_position(
                self.evidence, indicator, self.area.code, self.period, group=self.group, generator=self.generator
            ),
        )

    def years(self, indicator: str) -> YearSeries:
        return self._once(
            ("years", indicator),
            lambda: read_years(self.evidence, indicator, self.area.code, self.period, self.breaks),
        )

    def official_years(self, indicator: str) -> YearSeries:
        return self._once(
            ("official_years", indicator),
            lambda: read_official_years(self.evidence, indicator, self.area.code, self.breaks),
        )

    def official_on_period(self, indicator: str) -> YearSeries:
        """The official years that end in the same month as the period, five of them."""
        return self._once(
            ("official_on_period", indicator),
            lambda: read_years(self.evidence, indicator, self.area.code, self.period, self.breaks),
        )

    def months(self, indicator: str, years: int = 2) -> tuple[Figure, ...]:
        """The months of the last `years` years up to the period's end."""
        span = span_of(self.period.last, years)
        return self._once(
            ("months", indicator, str(years)), lambda: list_monthly(self.evidence, indicator, self.area.code, span)
        )

    def places(self, indicator: str, area_set: AreaSet) -> PlaceTable | Missing:
        return self._once(
            ("places", indicator, str(area_set)),
            lambda: rank_places(self.evidence, indicator, self.area.code, self.period, area_set),
        )

    def ward_set(self, sets: tuple[AreaSet, ...]) -> AreaSet:
        """Of the wards held, those in force at the end of the period."""
        members = self.evidence.places.get_members(self.area.code)
        chosen = self.evidence.places.choose_set(AreaSet("ward"), self.period, members.codes | members.split)
        return chosen if chosen in sets else sets[-1]

    @cached_property
    def completeness(self) -> Completeness:
        return check_completeness(self.evidence, self.area.code, span_of(self.period.last), self.period)

    @cached_property
    def official_periods(self) -> tuple[Period, ...]:
        return list_official_years(self.evidence.snapshot)

    @cached_property
    def official_pair(self) -> Period | None:
        """The official year whose change is told: the period's own where a year before it is held, else the newest."""
        pairs = [p for p in self.official_periods if p.previous() in self.official_periods]
        own = next((p for p in pairs if self.period.is_year and p.last == self.period.last), None)
        return own or (pairs[-1] if pairs else None)

    @cached_property
    def official_area(self) -> Area:
        """Whose official tables stand for the area: its own, or those of the partnership that it shares."""
        shared = find_coverage(self.evidence.places, self.area.code).shared
        codes = self.evidence.places.get_partnerships(self.area.code) if shared else ()
        return self.evidence.places.find_area(codes[0]) if codes else self.area

    @cached_property
    def official_crime(self) -> Figure | None:
        """The official count of the very period, where the tables hold it: the one to quote."""
        figure = self.figure("official_crime_count") if self.has("recorded_crime") else None
        return figure if figure is not None and figure.is_known else None

    @cached_property
    def force_title(self) -> str:
        """The force's name for readers: the look-ups' own, else the catalogue's."""
        code = self.evidence.places.get_enclosing(self.area.code).get("force", "")
        is_known = self.completeness.force in {f.name for f in list_forces().values()}
        return self.evidence.places.find_area(code).title if code and not is_known else self.completeness.force

    @cached_property
    def newest_year(self) -> Period | None:
        """The newest twelve months on end of the street-level data."""
        return newest_full_year(self.evidence, "crime_count", self.area.code) if self.has("street_counts") else None

    def _once[T](self, key: tuple[str, ...], make: Callable[[], T]) -> T:
        if key not in self._memory:
            self._memory[key] = make()
        return self._memory[key]  # type: ignore[return-value]

    def protect(self, figure: Figure) -> Figure:
        """The figure as this reader may see it. Open data is shown as it is."""
        return protect_one(figure, self.partner_datasets, self.audience)

    def is_withheld(self, load: Manifest) -> bool:
        """Does this reader learn nothing of the load's files and rows? The public, where a partner shared them."""
        return self.audience == "public" and load.source == "partner"

    @cached_property
    def partner_datasets(self) -> tuple[PartnerDataset, ...]:
        return read_datasets(self.evidence, self.area.code, self.period, self.audience)

    # -- what is there --------------------------------------------------------------------------------------
    def has(self, table: str) -> bool:
        return self.evidence.snapshot.has(table)

    def definition(self, indicator: str) -> IndicatorDefinition:
        return describe_indicator(self.evidence.snapshot, indicator)

    def official_id(self, indicator: str) -> str | None:
        """The same count in the official tables, where there is one."""
        name = f"official_{indicator}"
        try:
            return get_indicator(name).id
        except UsageError:
            return None

    def offence_groups(self) -> tuple[OffenceNode, ...]:
        return self.evidence.tree.groups()

    def carried_children(self, node: str) -> tuple[OffenceNode, ...]:
        """The nearest nodes below that the street-level data carries as categories of its own."""
        found: list[OffenceNode] = []
        for child in self.evidence.tree.children(node):
            mapping = self.evidence.tree.find_mapping("police-street", child.id)
            if mapping is not None and mapping.fit != "none":
                found.append(child)
        return tuple(found)
