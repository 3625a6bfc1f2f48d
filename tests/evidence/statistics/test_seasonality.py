"""Month profiles and STL: R's published seasonal figure, statsmodels as oracle, and what is missing."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.tsa.seasonal import STL, seasonal_decompose

from wardmote.evidence.statistics.errors import StatisticsError
from wardmote.evidence.statistics.seasonality import month_profile, stl_decompose

# Box and Jenkins' airline passengers, January 1949 to December 1960 (R datasets `AirPassengers`).
PASSENGERS = """
112 118 132 129 121 135 148 148 136 119 104 118
115 126 141 135 125 149 170 170 158 133 114 140
145 150 178 163 172 178 199 199 184 162 146 166
171 180 193 181 183 218 230 242 209 191 172 194
196 196 236 235 229 243 264 272 237 211 180 201
204 188 235 227 234 264 302 293 259 229 203 229
242 233 267 269 270 315 364 347 312 274 237 278
284 277 317 313 318 374 413 405 355 306 271 306
315 301 356 348 355 422 465 467 404 347 305 336
340 318 362 348 363 435 491 505 404 359 310 337
360 342 406 396 420 472 548 559 463 407 362 405
417 391 419 461 472 535 622 606 508 461 390 432
"""
AIR_PASSENGERS = np.array(PASSENGERS.split(), dtype=float)
# What R prints for decompose(AirPassengers, "multiplicative")$figure.
PUBLISHED_FIGURE = [
    0.9102304,
    0.8836253,
    1.0073663,
    0.9759060,
    0.9813780,
    1.1127758,
    1.2265555,
    1.2199110,
    1.0604919,
    0.9217572,
    0.8011781,
    0.8988244,
]
SHAPE = np.array([0.9, 0.8, 1.0, 1.0, 1.1, 1.1, 1.2, 1.2, 1.0, 1.0, 0.9, 0.8])


def test_month_profile_as_published_for_air_passengers():
    profile = month_profile(AIR_PASSENGERS, first_month=1)
    assert profile.indexes == pytest.approx(PUBLISHED_FIGURE, abs=5e-8)
    assert (profile.method, profile.years) == ("ratio_to_moving_average", 12)
    assert set(profile.observations) == {11}


@given(
    values=st.lists(st.integers(1, 5_000), min_size=24, max_size=60),
    first_month=st.integers(1, 12),
)
def test_month_profile_equals_statsmodels(values, first_month):
    oracle = seasonal_decompose(np.array(values, dtype=float), model="multiplicative", period=12).seasonal[:12]
    from_january = np.roll(oracle, first_month - 1)
    assert month_profile(values, first_month).indexes == pytest.approx(from_january, rel=1e-9)


def test_profile_starts_in_january_whatever_the_first_month():
    # A known shape on a steady level, seen from April.
    values = 100 * np.roll(np.tile(SHAPE, 3), -3)
    profile = month_profile(values, first_month=4)
    assert profile.indexes == pytest.approx(SHAPE / SHAPE.mean())


def test_doubling_a_series_leaves_its_profile():
    once, twice = month_profile(AIR_PASSENGERS, 1), month_profile(2 * AIR_PASSENGERS, 1)
    assert once.indexes == pytest.approx(twice.indexes)


def test_missing_month_is_left_out_and_never_filled():
    values = 100 * np.tile(SHAPE, 4)
    values[40] = math.nan
    profile = month_profile(values, first_month=1)
    assert profile.method == "ratio_to_moving_average"
    assert profile.indexes == pytest.approx(SHAPE / SHAPE.mean())
    assert profile.observations.sum() == 40 - 12  # the unbroken forty months, less six at both ends
    assert profile.years == 3


@pytest.mark.parametrize("length", [12, 18, 23])
def test_one_year_is_the_latest_one_and_is_labelled_so(length):
    values = np.concatenate([np.full(length - 12, 999.0), 50 * np.roll(SHAPE, -3)])
    profile = month_profile(values, first_month=(4 - (length - 12) - 1) % 12 + 1)
    assert (profile.method, profile.years) == ("share_of_year", 1)
    assert profile.indexes == pytest.approx(SHAPE / SHAPE.mean())
    assert set(profile.observations) == {1}


def test_two_years_apart_are_averaged():
    flat, shaped = np.full(12, 100.0), 100 * SHAPE
    profile = month_profile([*flat, math.nan, *np.roll(shaped, -1)], first_month=1)
    assert (profile.method, profile.years) == ("share_of_year", 2)
    assert profile.indexes == pytest.approx((1 + SHAPE / SHAPE.mean()) / 2)


@pytest.mark.parametrize(
    "values",
    [[], [100.0] * 11, [100.0] * 11 + [math.nan] + [100.0] * 11, [0.0] * 12, [0.0] * 24],
    ids=["none", "eleven", "no unbroken year", "a year of nothing", "two years of nothing"],
)
def test_not_enough_gives_twelve_missing_indexes(values):
    profile = month_profile(values, first_month=1)
    assert np.isnan(profile.indexes).all()
    assert profile.indexes.shape == (12,)


@pytest.mark.parametrize("first_month", [0, 13, -1])
def test_month_that_is_none_is_refused(first_month):
    with pytest.raises(StatisticsError, match="first_month"):
        month_profile([1.0] * 24, first_month)


@pytest.mark.parametrize("robust", [False, True])
@pytest.mark.parametrize("window", [7, 13])
def test_stl_equals_statsmodels(window, robust):
    parts = stl_decompose(AIR_PASSENGERS, seasonal_window=window, robust=robust)
    oracle = STL(AIR_PASSENGERS, period=12, seasonal=window, robust=robust).fit()
    np.testing.assert_allclose(parts.seasonal, oracle.seasonal)
    np.testing.assert_allclose(parts.trend, oracle.trend)
    np.testing.assert_allclose(parts.trend + parts.seasonal + parts.remainder, AIR_PASSENGERS)


def test_periodic_season_is_the_same_every_year_and_found_again():
    generator = np.random.default_rng(5)
    season = 100 * (SHAPE - SHAPE.mean())
    level = 1000 + 3 * np.arange(60)
    parts = stl_decompose(level + np.tile(season, 5) + generator.normal(0, 2, 60))
    np.testing.assert_allclose(parts.seasonal[:12], parts.seasonal[-12:])
    np.testing.assert_allclose(parts.seasonal[:12], season, atol=5)
    np.testing.assert_allclose(parts.trend, level, atol=5)
    np.testing.assert_allclose(parts.trend + parts.seasonal + parts.remainder, parts.values)


@pytest.mark.parametrize(
    ("values", "options", "words"),
    [
        ([1.0] * 23, {}, "23 months of which 0 are missing"),
        ([1.0] * 30 + [math.nan], {}, "31 months of which 1 are missing"),
        ([1.0] * 36, {"seasonal_window": 8}, "odd number"),
        ([1.0] * 36, {"seasonal_window": 5}, "at least 7"),
    ],
)
def test_stl_refuses_what_it_cannot_decompose(values, options, words):
    with pytest.raises(StatisticsError, match=words):
        stl_decompose(values, **options)
