"""How do fly-tipping, roads and a partner's own records stand in their publishers' files?"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from wardmote.evidence.sample.geography import Geography
from wardmote.evidence.sample.margins import MONTHS, Counts, apportion, find_context
from wardmote.evidence.sample.places import DISTRICTS, FIRE_SERVICE_NAME, MAIN, REGION_NAME
from wardmote.evidence.sample.tables import Cell, Rows, write_csv, write_ods, write_text

_LAND = (
    "Highway Incidents",
    "Footpath / Bridleway Incidents",
    "Back Alleyway Incidents",
    "Railway Incidents",
    "Council Land Incidents",
    "Agricultural Incidents",
    "Private / Residential Incidents",
    "Commercial / Industrial Incidents",
    "Watercourse / Bank Incidents",
    "Other (unidentified) Incidents",
)
_WASTE = (
    "Animal Carcass Incidents",
    "Green Incidents",
    "Vehicle Parts Incidents",
    "White Goods Incidents",
    "Other Electrical Incidents",
    "Tyres Incidents",
    "Asbestos Incidents",
    "Clinical Incidents",
    "Constr / Demol / Excav Incidents",
    "Black Bags - Commercial Incidents",
    "Black Bags - Household Incidents",
    "Chemical Drums, Oil, Fuel Incidents",
    "Other Household Waste Incidents",
    "Other Commercial Waste Incidents",
    "Primary Waste Type Measures Other (unidentified) Incidents",
)
_SIZES = ("Single Black Bag", "Single Item", "Car Boot or Less", "Small Van Load", "Transit Van Load",
          "Tipper Lorry Load")  # fmt: skip
_FLY_TIPPING_YEARS = tuple(f"{year}-{year - 1999}" for year in range(2021, 2026))
_SIZE_WEIGHTS = (20, 50, 46, 240, 160, 26, 12)


def write_fly_tipping(root: Path, residents: dict[int, Counts]) -> list[Path]:
    """Write incidents and actions of five years as one OpenDocument workbook; return its path."""
    sheets: dict[str, Rows] = {
        "Metadata": [["Title:", "SYNTHETIC fly-tipping incidents and actions"], ["Geography:", "No real place"]],
        "LA_incidents": _list_incidents(residents),
        "LA_actions": _list_actions(),
        "Lookup_": [["LA code", "LA name", "Region code", "Region name"],
                    *([d.code, d.name, "X12000001", REGION_NAME] for d in DISTRICTS)],
    }  # fmt: skip
    return [write_ods(root / "flytipping_la.ods", sheets)]


def _list_incidents(residents: dict[int, Counts]) -> list[Sequence[Cell]]:
    sizes = [head for size in _SIZES for head in (f"{size} Incidents", f"{size} Clearance Costs (£)")]
    sizes += ["Significant / Multi Loads Incidents", "Sig / Multi Loads Clearance Costs (£)"]
    groups = [*[""] * 4, "TOTAL", "Land type", *[""] * 9, "Waste type", *[""] * 14, "Size and costs"]
    tail = ["Total Incidents Clearance Costs (£)", "Mid population estimates ", "Incidents per 1,000 people"]
    rows: list[Sequence[Cell]] = [
        ["SYNTHETIC fly-tipping incidents in the layout of the official statistics"],
        groups,
        ["Year", "ONS Code", "LA Name", "Region", "Total Incidents", *_LAND, *_WASTE, *sizes, *tail, "Reporting basis"],
    ]
    for number, year in enumerate(_FLY_TIPPING_YEARS):
        body = [_list_district_incidents(year, index, residents[2021 + number]) for index in range(len(DISTRICTS))]
        total = sum(int(row[4]) for row in body)
        rows.append([year, "*Total", "*Total", REGION_NAME, total, *[":"] * 43])
        rows += body
    return rows


def _list_district_incidents(year: str, index: int, residents: Counts) -> list[Cell]:
    district, people = DISTRICTS[index], int(residents[index])
    total = find_context("fly_tipping", place=district.place, period=year)["Total Incidents"]
    main = find_context("fly_tipping", period=year)
    land = apportion(total, [main.get(name, 0) for name in _LAND]).tolist()
    waste = apportion(total, [main.get(name, 0) for name in _WASTE]).tolist()
    sizes = [cell for count in apportion(total, _SIZE_WEIGHTS).tolist() for cell in (count, ":")]
    # the publisher's own file has names with and without trailing blanks, so that only the code joins
    name = district.name + " " * (int(year[:4]) % 3)
    rate = 1000 * total / people
    return [year, district.code, name, REGION_NAME, total, *land, *waste, *sizes, ":", people, rate, "All incidents"]


def _list_actions() -> list[Sequence[Cell]]:
    rows: list[Sequence[Cell]] = [
        ["SYNTHETIC fly-tipping actions in the layout of the official statistics"],
        [*[""] * 4, "TOTAL", "Type of actions and costs"],
        ["Year", "ONS Code", "LA Name", "Region", "Total Actions", "Investigation Actions",
         "Warning Letter Actions", "Total Fixed Penalty Notice Actions", "Fixed Penalty Notice Action Costs (£)"],
    ]  # fmt: skip
    for year in _FLY_TIPPING_YEARS:
        for district in DISTRICTS:
            total = find_context("fly_tipping", place=district.place, period=year)["Total Actions"]
            investigated, warned, fined = apportion(total, (12, 2, 3)).tolist()
            rows.append([year, district.code, district.name, REGION_NAME, total, investigated, warned, fined, ":"])
    return rows


COLLISION_COLUMNS = (
    "collision_index",
    "collision_year",
    "collision_ref_no",
    "location_easting_osgr",
    "location_northing_osgr",
    "longitude",
    "latitude",
    "police_force",
    "collision_severity",
    "number_of_vehicles",
    "number_of_casualties",
    "date",
    "day_of_week",
    "time",
    "local_authority_district",
    "local_authority_ons_district",
    "local_authority_highway",
    "local_authority_highway_current",
    "first_road_class",
    "first_road_number",
    "road_type",
    "speed_limit",
    "junction_detail_historic",
    "junction_detail",
    "junction_control",
    "second_road_class",
    "second_road_number",
    "pedestrian_crossing_human_control_historic",
    "pedestrian_crossing_physical_facilities_historic",
    "pedestrian_crossing",
    "light_conditions",
    "weather_conditions",
    "road_surface_conditions",
    "special_conditions_at_site",
    "carriageway_hazards_historic",
    "carriageway_hazards",
    "urban_or_rural_area",
    "did_police_officer_attend_scene_of_collision",
    "trunk_road_flag",
    "lsoa_of_collision_location",
    "enhanced_severity_collision",
    "collision_injury_based",
    "collision_adjusted_severity_serious",
    "collision_adjusted_severity_slight",
)
CASUALTY_COLUMNS = (
    "collision_index",
    "collision_year",
    "collision_ref_no",
    "vehicle_reference",
    "casualty_reference",
    "casualty_class",
    "sex_of_casualty",
    "age_of_casualty",
    "age_band_of_casualty",
    "casualty_severity",
    "pedestrian_location",
    "pedestrian_movement",
    "car_passenger",
    "bus_or_coach_passenger",
    "pedestrian_road_maintenance_worker",
    "casualty_type",
    "casualty_imd_decile",
    "lsoa_of_casualty",
    "enhanced_casualty_severity",
    "casualty_injury_based",
    "casualty_adjusted_severity_serious",
    "casualty_adjusted_severity_slight",
    "casualty_distance_banding",
)
_SLIGHT_PER_SERIOUS = 5  # an assumption of ours, near the national ratio; no borrowed line gives it
_FATAL_PER_MILLE = 45
_FORCE_NUMBER = 990  # DfT numbers forces below 100


def write_roads(rng: np.random.Generator, root: Path, geography: Geography) -> list[Path]:
    """Write collisions and casualties of five calendar years; killed or seriously injured equal the borrowed line."""
    collisions: list[Sequence[Cell]] = [COLLISION_COLUMNS]
    casualties: list[Sequence[Cell]] = [CASUALTY_COLUMNS]
    for year in range(2021, 2026):
        severe = find_context("killed_or_seriously_injured", period=str(year))[str(year)]
        for index, district in enumerate(DISTRICTS):
            count = severe if district is MAIN else int(rng.poisson(severe * district.cells / MAIN.cells))
            _add_district_year(rng, geography, year=year, index=index, severe=count,
                               collisions=collisions, casualties=casualties)  # fmt: skip
    return [
        write_csv(root / "dft-road-casualty-statistics-collision-sample.csv", collisions),
        write_csv(root / "dft-road-casualty-statistics-casualty-sample.csv", casualties),
    ]


def _add_district_year(
    rng: np.random.Generator,
    geography: Geography,
    *,
    year: int,
    index: int,
    severe: int,
    collisions: list[Sequence[Cell]],
    casualties: list[Sequence[Cell]],
) -> None:
    """Add one district's year. Each collision here has one casualty, save that every fourth slight one has two."""
    fatal = max(1, severe * _FATAL_PER_MILLE // 1000)
    severities = [1] * fatal + [2] * (severe - fatal) + [3] * (severe * _SLIGHT_PER_SERIOUS)
    areas = rng.choice(np.flatnonzero(geography.small_new.district == index), len(severities))
    for number, (severity, area) in enumerate(zip(severities, areas, strict=True)):
        reference = f"X{index}{number:05d}"
        hurt = 2 if severity == 3 and number % 4 == 0 else 1
        collisions.append(
            _list_collision(rng, geography, year=year, reference=reference, severity=severity,
                            hurt=hurt, index=index, area=int(area))
        )  # fmt: skip
        casualties += [
            _list_casualty(rng, year=year, reference=reference, severity=severity, number=n + 1) for n in range(hurt)
        ]


def _list_collision(
    rng: np.random.Generator,
    g: Geography,
    *,
    year: int,
    reference: str,
    severity: int,
    hurt: int,
    index: int,
    area: int,
) -> list[Cell]:
    x, y = g.snap_points[area, rng.integers(g.snap_points.shape[1])]
    month, day, hour = int(rng.integers(1, 13)), int(rng.integers(1, 29)), int(rng.triangular(0, 17, 24))
    cells: dict[str, Cell] = dict.fromkeys(COLLISION_COLUMNS, -1)
    cells |= {"collision_index": f"{year}{reference}", "collision_year": year, "collision_ref_no": reference}
    cells |= {"longitude": float(round(x, 6)), "latitude": float(round(y, 6)), "police_force": _FORCE_NUMBER}
    cells |= {"collision_severity": severity, "number_of_vehicles": int(rng.integers(1, 4))}
    cells |= {"number_of_casualties": hurt, "date": f"{day:02d}/{month:02d}/{year}", "time": f"{hour:02d}:15"}
    cells |= {"local_authority_ons_district": DISTRICTS[index].code, "local_authority_highway": DISTRICTS[index].code}
    cells |= {"speed_limit": int(rng.choice((20, 30, 30, 30, 40, 60))), "day_of_week": int(rng.integers(1, 8))}
    cells |= {"lsoa_of_collision_location": (g.small_new.codes[area])}
    cells |= {"collision_injury_based": 1, **_adjust("collision_adjusted_severity", severity)}
    return list(cells.values())


def _list_casualty(rng: np.random.Generator, *, year: int, reference: str, severity: int, number: int) -> list[Cell]:
    age = int(rng.integers(1, 90))
    cells: dict[str, Cell] = dict.fromkeys(CASUALTY_COLUMNS, -1)
    cells |= {"collision_index": f"{year}{reference}", "collision_year": year, "collision_ref_no": reference}
    cells |= {"vehicle_reference": 1, "casualty_reference": number, "casualty_class": int(rng.integers(1, 4))}
    cells |= {"sex_of_casualty": int(rng.integers(1, 3)), "age_of_casualty": age, "casualty_severity": severity}
    cells |= {"casualty_type": int(rng.choice((0, 1, 3, 9, 9, 9, 9, 19))), "casualty_injury_based": 1}
    cells |= _adjust("casualty_adjusted_severity", severity)
    return list(cells.values())


def _adjust(stem: str, severity: int) -> dict[str, Cell]:
    """Where severity is recorded by injury, as here, the adjusted shares are whole."""
    return {f"{stem}_serious": int(severity == 2), f"{stem}_slight": int(severity == 3)}


_MAPPING = f"""# How to read {FIRE_SERVICE_NAME}'s file.
dataset: deliberate_fires
title: Deliberate fires
publisher: {FIRE_SERVICE_NAME}
licence: Synthetic; generated by wardmote
file: {{sheet: null, header_row: 1}}
columns:
  date: {{name: Month, format: "%Y-%m"}}
  area: {{name: Ward code, type: ward@2024}}
  category:
    - {{name: Fire type, as: fire_type}}
  count: {{name: Incidents}}
categories:
  fire_type:
    Primary: primary
    Secondary: secondary
polarity: lower_is_better
minimum_count: 5
"""


def write_partner(rng: np.random.Generator, root: Path, geography: Geography) -> list[Path]:
    """Write the fire service's deliberate fires by ward and month, in small counts, with the mapping to read it."""
    wards = geography.wards_new
    mine = np.flatnonzero(wards.district == 0)
    rate = rng.gamma(2.0, 0.35, len(mine))
    rows: list[Sequence[Cell]] = [("Month", "Ward code", "Ward name", "Fire type", "Incidents")]
    for month in MONTHS:
        summer = 1.5 if month[5:] in ("05", "06", "07", "08") else 0.9
        for kind, factor in (("Primary", 0.35), ("Secondary", 1.0)):
            counts = rng.poisson(rate * summer * factor)
            rows += [(month, wards.codes[w], wards.names[w], kind, int(n)) for w, n in zip(mine, counts, strict=True)]
    return [
        write_csv(root / "deliberate_fires.csv", rows),
        write_text(root / "deliberate_fires.yaml", _MAPPING),
    ]
