"""How many residents has each small area, by year and single year of age, and how deprived is it?

District totals, ages and the spread of deprivation deciles are borrowed; only their spread over small areas is drawn.
"""

from dataclasses import dataclass

import numpy as np

from wardmote.evidence.sample.geography import Geography
from wardmote.evidence.sample.margins import Counts, apportion, find_context
from wardmote.evidence.sample.outline import Labels, Points
from wardmote.evidence.sample.places import DISTRICTS

ESTIMATE_YEARS = tuple(range(2013, 2026))  # mid-year, as long a run as the publisher's own workbook
SMALL_AREA_YEARS = (2021, 2022, 2023, 2024, 2025)
NATIONAL_AREAS = {2019: 32844, 2025: 33755}  # small areas ranked in each English index


@dataclass(frozen=True)
class Residents:
    """District residents by estimate year, and small-area residents (newer vintage) by year and age."""

    districts: dict[int, Counts]
    district_ages: Counts
    small_areas: dict[int, Counts]


def draw_residents(rng: np.random.Generator, geography: Geography) -> Residents:
    """Return residents that add up, area by area and age by age, to the borrowed district totals."""
    district = geography.small_new.district
    weights = _draw_size_weights(rng, geography)
    totals = {year: _list_district_totals(year) for year in ESTIMATE_YEARS}
    tilt = rng.normal(0, 0.25, len(district)) + 0.35 * geography.centrality
    ages = {
        year: _spread_ages(_spread_total(totals[year], weights, district), tilt) for year in SMALL_AREA_YEARS
    }  # fmt: skip
    last = ages[SMALL_AREA_YEARS[-1]]
    by_district = np.array([last[district == index].sum(axis=0) for index in range(len(DISTRICTS))])
    return Residents(districts=totals, district_ages=by_district, small_areas=ages)


def sum_by(values: Counts, group: Labels) -> Counts:
    """Return rows summed by group: areas of the newer vintage into older ones, or into wards."""
    sums = np.zeros((group.max() + 1, *values.shape[1:]), dtype=np.int64)
    np.add.at(sums, group, values)
    return sums


def _list_district_totals(year: int) -> Counts:
    period = f"mid-{year}"
    return np.array([find_context("residents", place=d.place, period=period)[period] for d in DISTRICTS])


def _draw_size_weights(rng: np.random.Generator, geography: Geography) -> Counts:
    """Small areas hold about 1,700 people; those that were split had grown by half."""
    cells = np.clip(rng.normal(1000, 130, len(geography.small_old.codes)), 650, 1600)
    halved = np.bincount(geography.parent)[geography.parent] == 2
    weights: Counts = np.where(halved, cells[geography.parent] * 0.75, cells[geography.parent]).astype(np.int64)
    return weights


def _spread_total(totals: Counts, weights: Counts, district: Labels) -> Counts:
    residents = np.zeros(len(district), dtype=np.int64)
    for index, total in enumerate(totals):
        residents[district == index] = apportion(int(total), weights[district == index])
    return residents


def _spread_ages(residents: Counts, tilt: Points) -> Counts:
    """Return areas by 91 ages (0 to 89, then 90 and over); a tilt above 0 makes an area younger."""
    profile = np.array(list(find_context("age_weight").values()), dtype=np.float64)
    share = profile * np.exp(-tilt[:, None] * (np.arange(91) - 40) / 40)
    quota = share / share.sum(axis=1, keepdims=True) * residents[:, None]
    ages = np.floor(quota).astype(np.int64)
    short = residents - ages.sum(axis=1)
    rank = np.argsort(np.argsort(ages - quota, axis=1, kind="stable"), axis=1, kind="stable")
    added: Counts = ages + (rank < short[:, None])
    return added


def draw_deprivation(rng: np.random.Generator, geography: Geography) -> Points:
    """Return a hidden score by newer small area, mean 0 and spread 1 in each district; high is deprived."""
    middle = geography.snap_points.mean(axis=1)
    wave = np.zeros(len(middle))
    for _ in range(6):
        direction = rng.normal(0, 18.0, 2)
        wave += np.cos(middle @ direction + rng.uniform(0, 2 * np.pi)) / 3
    score = 0.9 * geography.centrality + wave + rng.normal(0, 0.45, len(middle))
    for index in range(len(DISTRICTS)):
        mine = geography.small_new.district == index
        score[mine] = (score[mine] - score[mine].mean()) / score[mine].std()
    return score


def rank_areas(rng: np.random.Generator, score: Points, district: Labels, *, index_year: int) -> Counts:
    """Return each area's national rank (1 most deprived), so that deciles have the borrowed spread exactly."""
    ranks = np.zeros(len(score), dtype=np.int64)
    taken: set[int] = set()
    for index, place in enumerate(DISTRICTS):
        mine = np.flatnonzero(district == index)
        deciles = find_context("deprivation_weight", place=place.place, period=str(index_year))
        sizes = apportion(len(mine), list(deciles.values()))
        drawn = [_draw_rank(rng, decile, index_year, taken) for decile, size in enumerate(sizes) for _ in range(size)]
        ranks[mine[np.argsort(-score[mine], kind="stable")]] = np.sort(drawn)
    return ranks


def _draw_rank(rng: np.random.Generator, decile: int, index_year: int, taken: set[int]) -> int:
    """Draw a rank that no area has yet, clear of the decile's edges."""
    width = NATIONAL_AREAS[index_year] // 10
    rank = decile * width + int(rng.integers(20, width - 20))
    while rank in taken:
        rank += 1
    taken.add(rank)
    return rank
