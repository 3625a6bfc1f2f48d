"""police-street: street-level crime and anti-social behaviour, one row an offence or incident, by force and month.

Rows are never taken for duplicates: wholly equal rows are real, since anti-social behaviour carries no identifier and
many incidents share one snap point. Rows without a place, and rows far outside the force, are kept.
"""

from collections.abc import Sequence
from pathlib import Path

from wardmote.evidence.sources.contract import LoadOptions, Reading
from wardmote.evidence.sources.police_kinds import (
    CRIME_COLUMNS,
    MONTH_OF_TEXT,
    PoliceKind,
    check_coordinate,
    check_present,
    number_of,
)
from wardmote.evidence.sources.police_reading import read_police
from wardmote.evidence.store.staging import Staging

#: The publisher's categories since May 2013.
CRIME_TYPES = frozenset({
    "Anti-social behaviour", "Bicycle theft", "Burglary", "Criminal damage and arson", "Drugs", "Other crime",
    "Other theft", "Possession of weapons", "Public order", "Robbery", "Shoplifting", "Theft from the person",
    "Vehicle crime", "Violence and sexual offences",
})  # fmt: skip

#: Categories used before: December 2010 to August 2011 had six, September 2011 to April 2013 eleven.
OLD_CRIME_TYPES = frozenset({"Violent crime", "Public disorder and weapons"})

KIND = PoliceKind(
    source="police-street",
    suffix="street",
    title="street-level crime",
    columns=(*CRIME_COLUMNS, "Crime type", "Last outcome category", "Context"),
    optional=frozenset({"Falls within", "Context"}),
    rows_table="street_rows",
    values={
        "crime_type": '"Crime type"',
        "lsoa_code": '"LSOA code"',
        "longitude": number_of("Longitude"),
        "latitude": number_of("Latitude"),
        "location": '"Location"',
        "last_outcome": '"Last outcome category"',
        "crime_id": '"Crime ID"',
        "lsoa_name": '"LSOA name"',
    },
    month=MONTH_OF_TEXT,
    month_column="Month",
    reporter="Reported by",
    counts_table="street_counts",
    counts_value="offences_count",
    counts_columns=("crime_type", "lsoa_code", "last_outcome"),
    category="crime_type",
    category_title="crime type",
    categories=CRIME_TYPES | OLD_CRIME_TYPES,
    watches_categories=True,
    checks=(check_present("Crime type"), check_coordinate("Longitude", 180), check_coordinate("Latitude", 90)),
)


def read(paths: Sequence[Path], staging: Staging, options: LoadOptions) -> Reading:
    """Which offences and incidents do these street-level files hold?"""
    return read_police(KIND, paths, staging, options)
