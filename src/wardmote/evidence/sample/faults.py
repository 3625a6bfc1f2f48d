"""Which faults are planted in the sample, so that the report has something to catch?

Each is applied to counts that equal the committed table, so the manifest can give the figures on both sides of it.
"""

from dataclasses import asdict, dataclass

import numpy as np

from wardmote.evidence.sample.margins import CRIME_TYPES, MONTHS, Counts
from wardmote.evidence.sample.places import DISTRICTS, FORCE_CODE, MAIN, PARTNERSHIPS

MISSING_MONTH = "2023-11"
DROP_MONTH = "2022-09"
DROP_PERCENT = 40
BREAK_FROM = "2024-04"
BREAK_TYPE = "Public order"
BREAK_PERCENT = 40
WARDS_FROM = "2023-05"
MIXED_FROM, NEW_VINTAGE_FROM = "2022-04", "2023-01"


@dataclass(frozen=True, slots=True)
class PlantedFault:
    """One thing that was done to the sample on purpose, and what a reader of the report should be told."""

    id: str
    kind: str
    what: str
    where: str
    expect: str

    def to_dict(self) -> dict[str, str]:
        """Return the fault as plain values."""
        return asdict(self)


def list_faults() -> tuple[PlantedFault, ...]:
    """Return every planted fault in the order of their dates."""
    return (
        PlantedFault(
            "small-area-vintage",
            "boundary_change",
            f"Street-level rows carry 2011 small areas before {MIXED_FROM}, both vintages in one file from then to the "
            f"month before {NEW_VINTAGE_FROM}, and 2021 small areas after.",
            "police/street, column LSOA code",
            "Counts by small area join across the vintages through the look-up; none is lost.",
        ),
        PlantedFault(
            "drop",
            "incomplete_month",
            f"{DROP_PERCENT}% of the rows of {DROP_MONTH} are left out.",
            f"police/street/{DROP_MONTH}",
            f"{DROP_MONTH} is named as probably incomplete, with the size of the drop.",
        ),
        PlantedFault(
            "ward-boundaries",
            "boundary_change",
            f"{MAIN.wards_old} wards became {MAIN.wards_new} in {WARDS_FROM}; every ward changed.",
            f"wards of {MAIN.code}",
            "Ward figures before and after are not compared with each other.",
        ),
        PlantedFault(
            "missing-month",
            "missing_month",
            f"The file of {MISSING_MONTH} was never written.",
            f"police/street/{MISSING_MONTH}",
            f"{MISSING_MONTH} is missing, and so is every total that needs it (2023/24); it is not zero.",
        ),
        PlantedFault(
            "public-order-recording",
            "recording_break",
            f"From {BREAK_FROM} each month has {BREAK_PERCENT}% more '{BREAK_TYPE}' rows, in every district.",
            f"police/street and ons-csp-tables from {BREAK_FROM}",
            f"A comparison of public order across {BREAK_FROM} is refused, and no line is drawn across it.",
        ),
    )


def count_break_rows(months: Counts) -> Counts:
    """How many rows does the recording break add, by month and crime type? A half is rounded up."""
    added = np.zeros_like(months)
    kind, start = CRIME_TYPES.index(BREAK_TYPE), MONTHS.index(BREAK_FROM)
    added[start:, kind] = (months[start:, kind] * BREAK_PERCENT + 50) // 100
    return added


def render_breaks() -> str:
    """Return the breaks in the form of the catalogue's own.

    The new wards' break names the series "wards", which is no source: it is there to be told. It must not refuse a
    comparison of the district's own years, nor one of wards rebuilt from small areas on a single set.
    """
    recorded = [FORCE_CODE, *(d.code for d in DISTRICTS), *(code for code, _ in PARTNERSHIPS)]
    return f"""# Breaks planted in the synthetic sample, in the form of the catalogue's own breaks.
- id: sample-public-order-recording
  title: Recording of public order offences in the sample
  series: [police-street, ons-csp-tables]
  offences: [public_order]
  areas: [{", ".join(recorded)}]
  from: {BREAK_FROM}
  to: {BREAK_FROM}
  effect: >-
    Incidents once logged as anti-social behaviour are recorded as public order offences, so that the series
    stands {BREAK_PERCENT}% higher from {BREAK_FROM} on, and all crime about two per cent.
  source: Planted in the synthetic sample; see FAULTS.md.
  action: Do not compare public order before and after, and show it beside anti-social behaviour.
- id: sample-ward-boundaries
  title: New wards in {MAIN.name}
  series: [wards]
  offences: []
  areas: [{MAIN.code}, {MAIN.csp_code}]
  from: {WARDS_FROM}
  to: {WARDS_FROM}
  effect: >-
    {MAIN.wards_old} wards became {MAIN.wards_new}; every ward changed, and no old ward series can be continued.
  source: Planted in the synthetic sample; see FAULTS.md.
  action: Rebuild ward series from small areas on one set of wards; never join the two sets.
"""
