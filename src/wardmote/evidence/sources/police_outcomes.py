"""police-outcomes: what became of crimes, one row an outcome, by the force and month of the outcome.

A crime may have several outcomes over time, and each is a row: outcomes are counted, not crimes.
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

#: Outcome types in the publisher's spelling, today's and those that it has used before.
OUTCOME_TYPES = frozenset({
    "Action to be taken by another organisation", "Awaiting court outcome", "Court case unable to proceed",
    "Court result unavailable", "Defendant found not guilty", "Defendant sent to Crown Court",
    "Formal action is not in the public interest", "Further action is not in the public interest",
    "Further investigation is not in the public interest", "Investigation complete; no suspect identified",
    "Local resolution", "Offender deprived of property", "Offender fined", "Offender given a caution",
    "Offender given a drugs possession warning", "Offender given a penalty notice", "Offender given penalty notice",
    "Offender given absolute discharge", "Offender given community sentence", "Offender given conditional discharge",
    "Offender given suspended prison sentence", "Offender ordered to pay compensation", "Offender otherwise dealt with",
    "Offender sent to prison", "Status update unavailable", "Suspect charged",
    "Suspect charged as part of another case",
    "Unable to prosecute suspect", "Under investigation",
})  # fmt: skip

KIND = PoliceKind(
    source="police-outcomes",
    suffix="outcomes",
    title="outcomes",
    columns=(*CRIME_COLUMNS, "Outcome type"),
    optional=frozenset({"Falls within"}),
    rows_table="outcome_rows",
    values={
        "outcome": '"Outcome type"',
        "lsoa_code": '"LSOA code"',
        "crime_id": '"Crime ID"',
        "longitude": number_of("Longitude"),
        "latitude": number_of("Latitude"),
        "location": '"Location"',
        "lsoa_name": '"LSOA name"',
    },
    month=MONTH_OF_TEXT,
    month_column="Month",
    reporter="Reported by",
    counts_table="outcome_counts",
    counts_value="outcomes_count",
    counts_columns=("outcome", "lsoa_code"),
    category="outcome",
    category_title="outcome type",
    categories=OUTCOME_TYPES,
    checks=(check_present("Outcome type"), check_coordinate("Longitude", 180), check_coordinate("Latitude", 90)),
)


def read(paths: Sequence[Path], staging: Staging, options: LoadOptions) -> Reading:
    """Which outcomes of crimes do these files hold?"""
    return read_police(KIND, paths, staging, options)
