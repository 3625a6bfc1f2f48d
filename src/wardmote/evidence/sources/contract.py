"""What a source module promises, and the tables that they share.

A module has one public function `read(paths, staging, options) -> Reading`. It gathers all faults, writes its tables
into the staging folder and never touches the store. A file that cannot be read at all is a fault; the other files are
still read. Only when nothing could be read at all does loading stop with status 3.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import pyarrow as pa

from wardmote.evidence.model.errors import Fault
from wardmote.evidence.model.periods import Month
from wardmote.evidence.store.manifest import InputFile
from wardmote.evidence.store.staging import Staging


@dataclass(frozen=True, slots=True)
class LoadOptions:
    """What the user said besides the paths.

    `settings` are source-specific (mapping file of `partner`, area set of `boundaries`); `progress` is told what is
    being read and may be silent.
    """

    settings: Mapping[str, str] = field(default_factory=dict)
    progress: Callable[[str, int, int], None] = lambda _name, _done, _total: None


@dataclass(slots=True)
class Reading:
    """What a source found: files, faults, and the span of months that the rows cover.

    `publisher` and `licence` are those that the files themselves say; '' leaves the catalogue's.
    """

    inputs: list[InputFile] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    months: set[Month] = field(default_factory=set)
    months_missing: tuple[str, ...] = ()
    publisher: str = ""
    licence: str = ""


class SourceModule(Protocol):
    """A module under `wardmote.evidence.sources`."""

    def read(self, paths: Sequence[Path], staging: Staging, options: LoadOptions) -> Reading:
        """Read, check and normalise the files into the staging folder."""


MONTH = pa.date32()  # a month is stored as its first day

#: Tables that several sources write, or that the indicators ask. Column -> type; key columns first.
TABLES: dict[str, pa.Schema] = {
    # police-street: one row an offence or incident, as published; and the cube counted from it
    "street_rows": pa.schema(
        [
            ("force", pa.string()),  # the file's force slug, e.g. kent
            ("month", MONTH),
            ("crime_type", pa.string()),
            ("lsoa_code", pa.string()),  # null where the publisher gives none
            ("longitude", pa.float64()),
            ("latitude", pa.float64()),
            ("location", pa.string()),
            ("last_outcome", pa.string()),
            ("crime_id", pa.string()),
            ("lsoa_name", pa.string()),
            ("file_number", pa.int32()),  # index into the manifest's inputs
        ]
    ),
    "street_counts": pa.schema(
        [
            ("force", pa.string()),
            ("month", MONTH),
            ("crime_type", pa.string()),
            ("lsoa_code", pa.string()),  # '' where the publisher gives none
            ("last_outcome", pa.string()),  # '' for none
            ("offences_count", pa.int64()),
        ]
    ),
    "outcome_rows": pa.schema(
        [
            ("force", pa.string()),
            ("month", MONTH),  # the month of the outcome
            ("outcome", pa.string()),
            ("lsoa_code", pa.string()),
            ("crime_id", pa.string()),
            ("longitude", pa.float64()),
            ("latitude", pa.float64()),
            ("location", pa.string()),
            ("lsoa_name", pa.string()),
            ("file_number", pa.int32()),
        ]
    ),
    "outcome_counts": pa.schema(
        [
            ("force", pa.string()),
            ("month", MONTH),
            ("outcome", pa.string()),
            ("lsoa_code", pa.string()),
            ("outcomes_count", pa.int64()),
        ]
    ),
    "stop_search_rows": pa.schema(
        [
            ("force", pa.string()),
            ("month", MONTH),
            ("type", pa.string()),
            ("searched_at", pa.timestamp("s")),
            ("longitude", pa.float64()),
            ("latitude", pa.float64()),
            ("gender", pa.string()),
            ("age_range", pa.string()),
            ("self_defined_ethnicity", pa.string()),
            ("officer_defined_ethnicity", pa.string()),
            ("legislation", pa.string()),
            ("object_of_search", pa.string()),
            ("outcome", pa.string()),
            ("outcome_linked", pa.bool_()),
            ("part_of_operation", pa.bool_()),
            ("operation", pa.string()),  # its name, where the publisher gives one
            ("removal_of_clothing", pa.bool_()),
            ("file_number", pa.int32()),
        ]
    ),
    # home-office-csp and ons-csp-tables: police recorded crime by partnership
    "recorded_crime": pa.schema(
        [
            ("release", pa.string()),  # which publication: ons-csp-tables:2024-12, home-office-csp:2019/20
            ("area_code", pa.string()),  # CSP code (E22…), district, force (E23…) or country
            ("area_name", pa.string()),
            ("area_kind", pa.string()),  # csp | force | country | unassigned
            ("period_first", MONTH),
            ("period_last", MONTH),
            ("offence", pa.string()),  # the publisher's own heading, spaces made single, note marks removed
            ("offence_group", pa.string()),  # '' where the publisher gives none
            ("offence_subgroup", pa.string()),
            ("offence_code", pa.string()),
            ("measure", pa.string()),  # count | rate_per_1000 | change_pct
            ("value", pa.float64()),  # null with a marker
            ("marker", pa.string()),  # '' | [u] | [x] | ':' …
            ("publisher_file", pa.string()),
        ]
    ),
    "population": pa.schema(
        [
            ("vintage", pa.string()),  # edition, e.g. 'MYE 2011-2023', 'LSOA mid-2020 (2011 census series)'
            ("area_set", pa.string()),  # district@2023, lsoa@2011, lsoa@2021, ward@2020
            ("year", pa.int32()),  # mid-year
            ("area_code", pa.string()),
            ("area_name", pa.string()),
            ("what", pa.string()),  # residents | households
            ("sex", pa.string()),  # persons | males | females
            ("age_from", pa.int32()),  # null for all ages
            ("age_to", pa.int32()),  # null for all ages or 'and over'
            ("value", pa.float64()),
            # The district, and from districts up the area itself (see scopes). Loads made before the column came have
            # none and stay beside newer ones: of several rows about one area a reader takes the latest load's.
            ("scope", pa.string()),
        ]
    ),
    "area_links": pa.schema(
        [
            ("edition", pa.string()),  # which look-up: the pair of sets, e.g. 'lsoa@2011>ward@2017'
            ("child_set", pa.string()),
            ("parent_set", pa.string()),
            ("child_code", pa.string()),
            ("child_name", pa.string()),
            ("parent_code", pa.string()),
            ("parent_name", pa.string()),
            ("change", pa.string()),  # '' | U (unchanged) | S (split) | M (merged) | X (irregular)
            # The part of the country that a later file replaces with the link, mostly a district (see ons_lookups).
            ("scope", pa.string()),
        ]
    ),
    "boundaries": pa.schema(
        [
            ("area_set", pa.string()),
            ("scope", pa.string()),  # the district of the shape where the file gives it, else the area's own code
            ("area_code", pa.string()),
            ("area_name", pa.string()),
            ("geometry", pa.binary()),  # WKB, WGS84, valid
        ]
    ),
    "deprivation": pa.schema(
        [
            ("edition", pa.string()),  # IMD 2015 | IMD 2019 | IMD 2025
            ("area_set", pa.string()),  # lsoa@2011 | lsoa@2021
            ("lsoa_code", pa.string()),
            ("domain", pa.string()),  # imd | income | employment | education | health | crime | housing | environment
            ("decile", pa.int32()),  # 1 = most deprived
            ("rank", pa.int32()),
            ("score", pa.float64()),
            ("scope", pa.string()),  # the district, as in population
        ]
    ),
    "fly_tipping": pa.schema(
        [
            ("year_first", pa.int32()),  # 2021 for 2021/22
            ("area_code", pa.string()),
            ("area_name", pa.string()),
            ("sheet", pa.string()),  # incidents | actions
            ("measure", pa.string()),  # the publisher's own heading
            ("value", pa.float64()),
            ("marker", pa.string()),
        ]
    ),
    "collisions": pa.schema(
        [
            ("year", pa.int32()),
            ("collision_id", pa.string()),
            ("month", MONTH),
            ("district_code", pa.string()),
            ("lsoa_code", pa.string()),
            ("severity", pa.string()),  # fatal | serious | slight
            ("longitude", pa.float64()),
            ("latitude", pa.float64()),
            ("casualties_count", pa.int32()),
            ("force_number", pa.int32()),
        ]
    ),
    "casualties": pa.schema(
        [
            ("year", pa.int32()),
            ("collision_id", pa.string()),
            ("casualty_number", pa.int32()),
            ("severity", pa.string()),
            ("road_user", pa.string()),  # pedestrian | cyclist | motorcyclist | car | other
            ("age_band", pa.string()),
            ("adjusted_serious", pa.float64()),  # DfT probability, null where not published
            ("adjusted_slight", pa.float64()),
        ]
    ),
    "partner_counts": pa.schema(
        [
            ("dataset", pa.string()),
            ("month", MONTH),
            ("area_set", pa.string()),
            ("area_code", pa.string()),
            ("category", pa.string()),  # 'name=value; name=value' in the mapping's order, '' for none
            ("items_count", pa.float64()),
        ]
    ),
    # What of a partner's month was refused; line 0 says how many of the load have no month that can be read, and how
    # many of the month are too few to make its figures missing
    "partner_refusals": pa.schema(
        [
            ("dataset", pa.string()),
            ("month", MONTH),
            ("area_set", pa.string()),
            ("area_code", pa.string()),  # '' where the row does not say it
            ("category", pa.string()),  # the same
            ("line", pa.int32()),
            ("undated_count", pa.int32()),
            ("few_count", pa.int32()),
        ]
    ),
    "partner_datasets": pa.schema(
        [
            ("dataset", pa.string()),
            ("title", pa.string()),
            ("publisher", pa.string()),
            ("licence", pa.string()),
            ("polarity", pa.string()),
            ("minimum_count", pa.int32()),
            ("step", pa.string()),  # month | quarter: a quarter's items stand at its first month
            ("caveats", pa.list_(pa.string())),  # what a reader of its figures must know
            ("has_listed_categories", pa.bool_()),  # every category column has a list of its values
            ("part_of", pa.string()),  # the dataset of which every item of this one is an item too, '' for none
        ]
    ),
}

#: The columns by which a later load of the same table supersedes an earlier one.
KEYS: dict[str, tuple[str, ...]] = {
    "street_rows": ("force", "month"),
    "street_counts": ("force", "month"),
    "outcome_rows": ("force", "month"),
    "outcome_counts": ("force", "month"),
    "stop_search_rows": ("force", "month"),
    "recorded_crime": ("release",),
    "population": ("vintage", "area_set", "year", "what", "scope"),
    "area_links": ("edition", "scope"),
    "boundaries": ("area_set", "scope"),
    "deprivation": ("edition", "area_set", "domain", "scope"),
    "fly_tipping": ("year_first", "sheet"),
    "collisions": ("year",),
    "casualties": ("year",),
    "partner_counts": ("dataset", "month"),
    "partner_refusals": ("dataset", "month"),
    "partner_datasets": ("dataset",),
}
