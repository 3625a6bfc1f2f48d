"""How do the sample's areas stand in the publishers' files: look-ups, boundaries, population, deprivation?"""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import shapely

from wardmote.evidence.sample.geography import AreaSet, Geography
from wardmote.evidence.sample.margins import Counts
from wardmote.evidence.sample.outline import CENTRE_LATITUDE, KM_PER_DEGREE, Points
from wardmote.evidence.sample.places import DISTRICTS, FORCE_AREA_NAME, FORCE_CODE
from wardmote.evidence.sample.population import ESTIMATE_YEARS, NATIONAL_AREAS, Residents, rank_areas, sum_by
from wardmote.evidence.sample.tables import Cell, write_csv, write_text, write_xlsx

_AGES = [*map(str, range(90)), "90+"]
_OLD_VINTAGE_YEARS, _OLD_WARD_YEARS = (2021, 2022), (2021, 2022)


def write_lookups(root: Path, geography: Geography) -> list[Path]:
    """Write the look-ups between vintages, wards, districts, partnerships and the force; return their paths."""
    g = geography
    return [
        write_csv(root / "lookup_lsoa11_lsoa21_ltla24.csv", _list_vintages(g)),
        write_csv(root / "lookup_lsoa11_ltla21.csv", _list_small_areas_in_districts(g)),
        write_csv(root / "lookup_lsoa11_ward17.csv", _list_old_wards(g)),
        write_csv(root / "lookup_ward21_ltla21.csv", _list_wards_in_districts(g.wards_old)),
        write_csv(root / "lookup_lsoa21_ward24_ltla24.csv", _list_new_wards(g)),
        write_csv(root / "lookup_ltla24_csp24_pfa24.csv", _list_partnerships(), quote_all=True),
    ]


def _list_vintages(g: Geography) -> Iterable[Sequence[Cell]]:
    yield ("lsoa11_name", "lsoa11_code", "change_code", "lsoa21_name", "lsoa21_code", "ltla24_name", "ltla24_code")
    for new, old in enumerate(g.parent):
        d = DISTRICTS[g.small_old.district[old]]
        change = "U" if g.small_old.codes[old] == g.small_new.codes[new] else "S"
        yield (g.small_old.names[old], g.small_old.codes[old], change,
               g.small_new.names[new], g.small_new.codes[new], d.name, d.code)  # fmt: skip


def _list_small_areas_in_districts(g: Geography) -> Iterable[Sequence[Cell]]:
    yield "lsoa11_name", "lsoa11_code", "ltla21_name", "ltla21_code"
    for name, code, owner in zip(g.small_old.names, g.small_old.codes, g.small_old.district, strict=True):
        yield name, code, DISTRICTS[owner].name, DISTRICTS[owner].code


def _list_old_wards(g: Geography) -> Iterable[Sequence[Cell]]:
    yield "lsoa11_code", "ward17_code"
    yield from zip(g.small_old.codes, (g.wards_old.codes[ward] for ward in g.ward_old), strict=True)


def _list_wards_in_districts(wards: AreaSet) -> Iterable[Sequence[Cell]]:
    yield "ward21_name", "ward21_code", "ltla21_name", "ltla21_code"
    for name, code, owner in zip(wards.names, wards.codes, wards.district, strict=True):
        yield name, code, DISTRICTS[owner].name, DISTRICTS[owner].code


def _list_new_wards(g: Geography) -> Iterable[Sequence[Cell]]:
    yield "lsoa21_name", "lsoa21_code", "ward24_name", "ward24_code", "ltla24_name", "ltla24_code"
    for index, ward in enumerate(g.ward_new):
        d = DISTRICTS[g.small_new.district[index]]
        yield (g.small_new.names[index], g.small_new.codes[index], g.wards_new.names[ward],
               g.wards_new.codes[ward], d.name, d.code)  # fmt: skip


def _list_partnerships() -> Iterable[Sequence[Cell]]:
    yield "ltla24_code", "ltla24_name", "csp24_code", "csp24_name", "pfa24_code", "pfa24_name"
    for d in DISTRICTS:
        yield d.code, d.name, d.csp_code, d.csp_name, FORCE_CODE, FORCE_AREA_NAME


def write_boundaries(root: Path, geography: Geography) -> list[Path]:
    """Write the five sets of boundaries as GeoJSON; return their paths."""
    g = geography
    sets = (
        ("lsoa11", g.small_old, "LSOA11", "LAD21"),
        ("lsoa21", g.small_new, "LSOA21", "LAD24"),
        ("wards2017", g.wards_old, "WD17", "LAD17"),
        ("wards2024", g.wards_new, "WD24", "LAD24"),
        ("districts2024", g.districts, "LAD24", ""),
    )
    return [
        write_text(root / f"{name}.geojson", _write_geojson(areas, prefix=prefix, district_prefix=district))
        for name, areas, prefix, district in sets
    ]


def _write_geojson(areas: AreaSet, *, prefix: str, district_prefix: str) -> str:
    lines = []
    for code, name, owner, shape in zip(areas.codes, areas.names, areas.district, areas.shapes, strict=True):
        middle = shape.representative_point()
        properties = {f"{prefix}CD": code, f"{prefix}NM": name}
        properties |= {"LONG": round(middle.x, 6), "LAT": round(middle.y, 6)}
        if district_prefix:
            properties |= {f"{district_prefix}CD": DISTRICTS[owner].code, f"{district_prefix}NM": DISTRICTS[owner].name}
        geometry = json.loads(shapely.to_geojson(shapely.orient_polygons(shape)))
        feature = {"type": "Feature", "properties": properties, "geometry": geometry}
        lines.append(json.dumps(feature, separators=(",", ":")))
    crs = '"crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:OGC:1.3:CRS84"}}'
    return f'{{"type":"FeatureCollection","name":"synthetic",{crs},"features":[\n' + ",\n".join(lines) + "\n]}\n"


def write_population(root: Path, geography: Geography, residents: Residents) -> list[Path]:
    """Write the district series workbook and the small-area and ward estimates; return their paths."""
    series = _lay_out_series(residents, measure_areas(geography))
    paths = [write_xlsx(root / "LAD25_Mid_Year_pop_2013_to_2025.xlsx", series)]
    for year, ages in residents.small_areas.items():
        old = year in _OLD_VINTAGE_YEARS
        areas, counts = (geography.small_old, sum_by(ages, geography.parent)) if old else (geography.small_new, ages)
        kind = "lsoa11" if old else "lsoa21"
        paths.append(_write_estimates(root, f"population{year % 100}_{kind}.csv", kind, areas, counts))
        paths.append(_write_ward_estimates(root, geography, year=year, ages=ages))
    return paths


def _write_ward_estimates(root: Path, g: Geography, *, year: int, ages: Counts) -> Path:
    old = year in _OLD_WARD_YEARS
    areas, group = (g.wards_old, g.ward_old[g.parent]) if old else (g.wards_new, g.ward_new)
    kind = "ward17" if old else "ward24"
    return _write_estimates(root, f"population{year % 100}_{kind}.csv", kind, areas, sum_by(ages, group))


def _write_estimates(root: Path, name: str, kind: str, areas: AreaSet, ages: Counts) -> Path:
    head = (f"{kind}_name", f"{kind}_code", "total_population", *_AGES)
    rows = [(n, c, int(row.sum()), *row.tolist()) for n, c, row in zip(areas.names, areas.codes, ages, strict=True)]
    return write_csv(root / name, [head, *rows])


def _lay_out_series(residents: Residents, areas: Points) -> dict[str, list[list[Cell]]]:
    notes: list[list[Cell]] = [
        ["This worksheet contains one table. Freeze panes are turned on. "],
        ["To turn off freeze panes select the 'View' ribbon"],
        ["SYNTHETIC data in the layout of the official estimates"],
        ["No real place"],
        [""],
        [""],
    ]
    named: list[list[Cell]] = [[d.code, d.name, "Unitary Authority"] for d in DISTRICTS]
    ages = residents.district_ages
    density = ["Code", "Name", "Geography", "Area (sq km)", *_list_density_heads()]
    single = ["Code", "Name", "Geography", "All ages", *_AGES]
    return {
        "Cover sheet": [["SYNTHETIC mid-year population estimates, June 2025"], ["Invented data; no real place."]],
        "Notes": [["Notes related to the data in this spreadsheet"], ["Totals are borrowed from published lines."]],
        "MYE2 - Persons": [
            ["MYE2: Persons by single year of age and sex for local authorities, SYNTHETIC, mid-2025"],
            *notes,
            [*single],
            *([*name, int(row.sum()), *row.tolist()] for name, row in zip(named, ages, strict=True)),
        ],
        "MYE5": [
            ["MYE5: Population density for local authorities, SYNTHETIC, mid-2013 to mid-2025"],
            *notes,
            [*density],
            *([*name, *_list_density(index, residents, float(areas[index]))] for index, name in enumerate(named)),
        ],
    }


def measure_areas(geography: Geography) -> Points:
    """How large is each district, in square kilometres?"""
    scale = KM_PER_DEGREE**2 * np.cos(np.radians(CENTRE_LATITUDE))
    measured: Points = np.round(shapely.area(geography.districts.shapes) * scale, 4)
    return measured


def _list_density_heads() -> list[str]:
    return [h for y in reversed(ESTIMATE_YEARS) for h in (f"Estimated Population mid-{y}", f"{y} people per sq. km")]


def _list_density(index: int, residents: Residents, area: float) -> list[Cell]:
    cells: list[Cell] = [area]
    for year in reversed(ESTIMATE_YEARS):
        people = int(residents.districts[year][index])
        cells += [people, round(people / area)]
    return cells


_DOMAINS = ("Income", "Employment", "Education", "Health", "Crime", "Housing", "Environment")


def write_deprivation(rng: np.random.Generator, root: Path, geography: Geography, score: Points) -> list[Path]:
    """Write the 2019 index by old small area and the 2025 index by new ones; return their paths."""
    g = geography
    old_score = np.array([score[g.parent == cell].mean() for cell in range(len(g.small_old.codes))])
    return [
        write_csv(root / "imd2019_lsoa11.csv", _list_index(rng, g.small_old, old_score, year=2019)),
        write_csv(root / "imd2025_lsoa21.csv", _list_index(rng, g.small_new, score, year=2025)),
    ]


def _list_index(rng: np.random.Generator, areas: AreaSet, score: Points, *, year: int) -> list[Sequence[Cell]]:
    """Return the index as a table; only the 2025 one carries scores."""
    overall = rank_areas(rng, score, areas.district, index_year=year)
    domains = _draw_domain_ranks(rng, overall, year)
    ranks = np.column_stack([overall, domains])
    deciles = np.minimum((ranks - 1) * 10 // NATIONAL_AREAS[year] + 1, 10)
    housing = "Housing_and_Access" if year == 2019 else "Housing_and_Services"
    names = ["IMD", *(housing if domain == "Housing" else domain for domain in _DOMAINS)]
    head: list[Cell] = [f"{'lsoa11' if year == 2019 else 'lsoa21'}_code"]
    head += [f"{name}_decile" for name in names] + [f"{name}_rank" for name in names]
    scores = np.round(70 * (1 - ranks / (NATIONAL_AREAS[year] + 1)) ** 1.9, 3)
    rows: list[Sequence[Cell]] = [[*head, *(f"{name}_score" for name in names)] if year == 2025 else head]
    for code, decile, rank, value in zip(areas.codes, deciles.tolist(), ranks.tolist(), scores.tolist(), strict=True):
        rows.append([code, *decile, *rank, *(value if year == 2025 else [])])
    return rows


def _draw_domain_ranks(rng: np.random.Generator, overall: Counts, year: int) -> Counts:
    """Return seven ranks an area that go with the overall one; housing hardly does, as in the published index."""
    spread = np.array([0.08, 0.09, 0.13, 0.14, 0.18, 0.45, 0.3]) * NATIONAL_AREAS[year]
    ranks = overall[:, None] + rng.normal(0, 1, (len(overall), 7)) * spread
    reflected = np.abs(ranks - 1) + 1
    top = NATIONAL_AREAS[year]
    bounded: Counts = np.clip(np.where(reflected > top, 2 * top - reflected, reflected), 1, top).astype(np.int64)
    return bounded
