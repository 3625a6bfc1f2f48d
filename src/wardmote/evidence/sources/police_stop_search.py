"""police-stop-search: stops and searches, one row a search, by force and month.

The rows carry no force and no small area: the force is the one in the file's name, the place a point where there is
one.
"""

from collections.abc import Sequence
from pathlib import Path

from wardmote.evidence.sources.contract import LoadOptions, Reading
from wardmote.evidence.sources.police_kinds import PoliceKind, check_coordinate, number_of
from wardmote.evidence.sources.police_reading import read_police
from wardmote.evidence.store.staging import Staging

SEARCH_TYPES = frozenset({"Person search", "Vehicle search", "Person and Vehicle search"})

# The engine's clock is set to UTC; a time with another offset is turned into UTC, one without is taken as it stands.
_WHEN = 'make_timestamp(epoch_us(TRY_CAST("Date" AS TIMESTAMPTZ)))'
# Times are written in UTC: a search just after midnight on 1 July, summer time, is dated 30 June in July's file.
_NEAR = f"CAST({_WHEN} AS DATE) BETWEEN f.own_month - 1 AND last_day(f.own_month) + 1"

KIND = PoliceKind(
    source="police-stop-search",
    suffix="stop-and-search",
    title="stop and search",
    columns=(
        "Type", "Date", "Part of a policing operation", "Policing operation", "Latitude", "Longitude", "Gender",
        "Age range", "Self-defined ethnicity", "Officer-defined ethnicity", "Legislation", "Object of search",
        "Outcome", "Outcome linked to object of search", "Removal of more than just outer clothing",
    ),
    rows_table="stop_search_rows",
    values={
        "type": '"Type"',
        "searched_at": f"CAST({_WHEN} AS TIMESTAMP_S)",
        "longitude": number_of("Longitude"),
        "latitude": number_of("Latitude"),
        "gender": '"Gender"',
        "age_range": '"Age range"',
        "self_defined_ethnicity": '"Self-defined ethnicity"',
        "officer_defined_ethnicity": '"Officer-defined ethnicity"',
        "legislation": '"Legislation"',
        "object_of_search": '"Object of search"',
        "outcome": '"Outcome"',
        "outcome_linked": 'TRY_CAST("Outcome linked to object of search" AS BOOLEAN)',
        "part_of_operation": 'TRY_CAST("Part of a policing operation" AS BOOLEAN)',
        "operation": '"Policing operation"',
        "removal_of_clothing": 'TRY_CAST("Removal of more than just outer clothing" AS BOOLEAN)',
    },
    month=f"strftime({_WHEN}, '%Y-%m')",
    month_column="Date",
    near_month=_NEAR,
    category="type",
    category_title="kind of search",
    categories=SEARCH_TYPES,
    checks=(check_coordinate("Longitude", 180), check_coordinate("Latitude", 90)),
)  # fmt: skip


def read(paths: Sequence[Path], staging: Staging, options: LoadOptions) -> Reading:
    """Which stops and searches do these files hold?"""
    return read_police(KIND, paths, staging, options)
