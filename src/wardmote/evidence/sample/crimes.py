"""Which crimes happened: one entry a row of the police files, as arrays, before they are written down?"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from wardmote.evidence.sample.faults import DROP_MONTH, DROP_PERCENT, MISSING_MONTH, count_break_rows
from wardmote.evidence.sample.geography import SNAP_POINTS_PER_AREA, Geography
from wardmote.evidence.sample.margins import (
    ANTI_SOCIAL_BEHAVIOUR,
    CRIME_TYPES,
    FINANCIAL_YEARS,
    MONTHS,
    Counts,
    tabulate_month_weights,
    tabulate_months,
    tabulate_years,
)
from wardmote.evidence.sample.outline import Labels, Points
from wardmote.evidence.sample.places import DISTRICTS
from wardmote.evidence.sample.street_words import CHARGED, OUTCOME_WEIGHTS, OUTCOMES, TYPE_TRAITS

Flags = npt.NDArray[np.bool_]

NOWHERE, OUTSIDE = -1, -2  # in `area`: no location published; a place outside the force's districts
_UNLOCATED_PER_1000 = 12  # a territorial force publishes about 1.2% of its rows with no location
_OUTSIDE_PER_MONTH = 4


@dataclass(frozen=True)
class Crimes:
    """Parallel arrays, a row each: month, district, type, newer small area, snap point, outcome and its month.

    `outcome` is a position in OUTCOMES or -1 while the crime is under investigation; `published` is False for the
    rows that a planted fault keeps out of the street files.
    """

    month: Labels
    district: Labels
    kind: Labels
    area: Labels
    point: Labels
    outcome: Labels
    outcome_month: Labels
    published: Flags


def tabulate_true_months(rng: np.random.Generator) -> Counts:
    """Return districts by sixty months by fourteen types, before any fault; the first district is the main one.

    The main district's months follow the table; each other district's years do, and its months are drawn.
    """
    weights = tabulate_month_weights().astype(np.float64)
    peers = [_draw_months(rng, tabulate_years(d.place), weights) for d in DISTRICTS[1:]]
    return np.stack([tabulate_months(), *peers])


def _draw_months(rng: np.random.Generator, years: Counts, weights: Points) -> Counts:
    months = np.zeros((len(MONTHS), len(CRIME_TYPES)), dtype=np.int64)
    for year in range(len(FINANCIAL_YEARS)):
        run = slice(12 * year, 12 * year + 12)
        for kind in range(len(CRIME_TYPES)):
            share = weights[run, kind] + weights[run, kind].mean()  # half way to even, so that peers differ
            months[run, kind] = rng.multinomial(int(years[year, kind]), share / share.sum())
    return months


def draw_crimes(
    rng: np.random.Generator, geography: Geography, *, residents: Counts, deprivation: Points, months: Counts
) -> Crimes:
    """Return every crime of the five years, located, with its outcome, and with the planted faults marked."""
    recorded = months + np.stack([count_break_rows(table) for table in months])
    district, month, kind = _unroll(recorded)
    area = _draw_areas(rng, geography, residents=residents, deprivation=deprivation, recorded=recorded, rows=len(month))
    extra_district, extra_month, extra_kind = _draw_unplaced(rng, recorded)
    month, kind = np.concatenate([month, extra_month]), np.concatenate([kind, extra_kind])
    area = np.concatenate([area, extra_district])
    district = np.concatenate([district, extra_district])
    point = (rng.random(len(month)) ** 2.2 * SNAP_POINTS_PER_AREA).astype(np.int64)  # some points are far busier
    outcome, outcome_month = _draw_outcomes(rng, month, kind)
    return Crimes(month, district, kind, area, point, outcome, outcome_month, _mark_published(rng, month))


def _unroll(recorded: Counts) -> tuple[Labels, Labels, Labels]:
    """Return a row per crime, in the order district, year, type, month, so that one draw serves each run."""
    shape = (len(DISTRICTS), len(FINANCIAL_YEARS), 12, len(CRIME_TYPES))
    table = recorded.reshape(shape).transpose(0, 1, 3, 2)
    district, year, kind, within = np.unravel_index(np.repeat(np.arange(table.size), table.ravel()), table.shape)
    return district.astype(np.int64), (12 * year + within).astype(np.int64), kind.astype(np.int64)


def _draw_areas(
    rng: np.random.Generator,
    geography: Geography,
    *,
    residents: Counts,
    deprivation: Points,
    recorded: Counts,
    rows: int,
) -> Labels:
    """Return a small area per crime. Places keep their character: it drifts a little from year to year."""
    character = _weigh_areas(rng, geography, residents=residents, deprivation=deprivation)
    shape = (len(DISTRICTS), len(FINANCIAL_YEARS), 12, len(CRIME_TYPES))
    runs = recorded.reshape(shape).sum(axis=2)
    area, start = np.empty(rows, dtype=np.int64), 0
    for (place, _year, kind), rows_of_run in np.ndenumerate(runs):
        size = int(rows_of_run)
        mine = np.flatnonzero(geography.small_new.district == place)
        weight = character[mine, kind] * rng.lognormal(0, 0.12, len(mine))
        area[start : start + size] = rng.choice(mine, size, p=weight / weight.sum())
        start += size
    return area


def _weigh_areas(rng: np.random.Generator, geography: Geography, *, residents: Counts, deprivation: Points) -> Points:
    traits = np.array(TYPE_TRAITS)
    pull = deprivation[:, None] * traits[:, 1] + geography.centrality[:, None] * (traits[:, 2] - 0.8)
    noise = rng.lognormal(0, 0.3, len(residents))[:, None] * rng.lognormal(0, 0.25, (len(residents), len(traits)))
    weights: Points = residents[:, None] * np.exp(pull) * noise
    return weights


def _draw_unplaced(rng: np.random.Generator, recorded: Counts) -> tuple[Labels, Labels, Labels]:
    """Return district marker, month and type of the rows that no district can claim."""
    by_month = recorded.sum(axis=0)
    unlocated = (by_month.sum(axis=1) * _UNLOCATED_PER_1000 + 500) // 1000
    sizes = unlocated + _OUTSIDE_PER_MONTH
    month = np.repeat(np.arange(len(MONTHS)), sizes)
    share = by_month.sum(axis=0) / by_month.sum()
    kind = rng.choice(len(CRIME_TYPES), len(month), p=share)
    position = np.concatenate([np.arange(size) for size in sizes])
    marker = np.where(position < _OUTSIDE_PER_MONTH, OUTSIDE, NOWHERE)
    return marker, month, kind


def _draw_outcomes(rng: np.random.Generator, month: Labels, kind: Labels) -> tuple[Labels, Labels]:
    """Return outcome (-1: none yet) and the month in which it came; recent crimes are more often open."""
    table = np.array(list(OUTCOME_WEIGHTS.values()), dtype=np.float64).T
    cumulative = np.cumsum(table, axis=1) / table.sum(axis=1, keepdims=True)
    family = np.array([trait[0] for trait in TYPE_TRAITS])[kind]
    outcome = (rng.random(len(kind))[:, None] > cumulative[family]).sum(axis=1)
    age = len(MONTHS) - 1 - month
    wait = rng.geometric(0.45, len(kind)) - 1 + (outcome == OUTCOMES.index(CHARGED))
    still_open = wait > age  # so the last months get as many outcomes as any other, and not those that are yet to come
    outcome = np.where(still_open | (kind == ANTI_SOCIAL_BEHAVIOUR), -1, outcome)
    return outcome.astype(np.int64), month + np.minimum(wait, age)


def _mark_published(rng: np.random.Generator, month: Labels) -> Flags:
    published = np.asarray(month != MONTHS.index(MISSING_MONTH), dtype=np.bool_)
    dropped = rng.permutation(np.flatnonzero(month == MONTHS.index(DROP_MONTH)))
    published[dropped[: len(dropped) * DROP_PERCENT // 100]] = False
    return published


def count_published(crimes: Crimes, district: int) -> Counts:
    """Return sixty months by fourteen types of the rows that reach the street files, for one district."""
    mine = crimes.published & (crimes.district == district)
    cells = np.bincount(
        crimes.month[mine] * len(CRIME_TYPES) + crimes.kind[mine], minlength=len(MONTHS) * len(CRIME_TYPES)
    )
    return cells.reshape(len(MONTHS), len(CRIME_TYPES)).astype(np.int64)
