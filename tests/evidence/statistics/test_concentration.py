"""Concentration: the examples of Bernasco and Steenbeek, the mean-difference oracle, and chance."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardmote.evidence.statistics.concentration import (
    compare_with_chance,
    generalised_gini,
    gini,
    lorenz_curve,
    poisson_null_concentration,
    share_of_places,
)
from wardmote.evidence.statistics.errors import StatisticsError

# R package lorenzgini 0.1.2 (Bernasco and Steenbeek 2017), documentation of gini() with unbiased = FALSE. The last
# generalised value is by hand: 100 places, 10 crimes, 10 x (0.99 - 1) + 1.
PUBLISHED = [
    ([10, 8, 2] + [0] * 7, 0.78, 0.78),
    ([5, 2, 1] + [0] * 7, 0.80, 0.75),
    ([10] + [0] * 9, 0.90, 0.90),
    ([10] + [0] * 99, 0.99, 0.90),
]
places = st.lists(st.integers(0, 50), min_size=1, max_size=60).filter(any)


@pytest.mark.parametrize(("counts", "plain", "generalised"), PUBLISHED)
def test_gini_as_published(counts, plain, generalised):
    assert gini(counts) == pytest.approx(plain, abs=1e-12)
    assert generalised_gini(counts) == pytest.approx(generalised, abs=1e-12)


@given(counts=places)
def test_gini_is_half_the_relative_mean_difference(counts):
    values = np.array(counts, dtype=float)
    differences = np.abs(values[:, None] - values[None, :]).mean()
    assert gini(counts) == pytest.approx(differences / (2 * values.mean()))


@given(counts=places)
def test_gini_is_twice_the_area_under_the_diagonal(counts):
    curve = lorenz_curve(counts)
    area = np.trapezoid(curve.events_share, curve.places_share)
    assert gini(counts) == pytest.approx(1 - 2 * area)


@given(counts=places)
def test_lorenz_curve_never_rises_above_the_diagonal(counts):
    curve = lorenz_curve(counts)
    assert (curve.events_share <= curve.places_share + 1e-12).all()
    assert (np.diff(curve.events_share) >= -1e-12).all()
    assert (curve.events_share[0], curve.events_share[-1]) == (0, pytest.approx(1))


@given(events=st.integers(1, 30), empty=st.integers(0, 200))
def test_one_event_a_place_at_most_is_no_concentration(events, empty):
    # The reason for the generalised Gini: the plain one calls this concentrated.
    counts = [1] * events + [0] * empty
    assert generalised_gini(counts) == pytest.approx(0, abs=1e-12)
    assert gini(counts) == pytest.approx(empty / (events + empty))


@given(counts=places, more=st.integers(1, 50))
def test_places_without_crime_count(counts, more):
    assert gini(counts + [0] * more) > gini(counts)
    before, after = share_of_places(counts), share_of_places(counts + [0] * more)
    assert after.places_count == before.places_count
    assert after.places_share < before.places_share


def fewest_places_slowly(counts, share):
    held, needed = 0, 0
    for count in sorted(counts, reverse=True):
        if held * 100 >= sum(counts) * share:
            break
        held, needed = held + count, needed + 1
    return needed, held


@given(counts=places, share_pct=st.integers(1, 100))
def test_share_of_places_equals_taking_them_one_by_one(counts, share_pct):
    needed, held = fewest_places_slowly(counts, share_pct)
    found = share_of_places(counts, share_pct / 100)
    assert (found.places_count, found.places_total) == (needed, len(counts))
    assert found.places_share == pytest.approx(needed / len(counts))
    assert found.events_share == pytest.approx(held / sum(counts))


@pytest.mark.parametrize("counts", [[0, 0, 0], [3, math.nan, 1]])
def test_no_event_or_a_missing_place_leaves_concentration_missing(counts):
    assert math.isnan(gini(counts))
    assert math.isnan(generalised_gini(counts))
    assert math.isnan(share_of_places(counts).places_count)
    assert np.isnan(lorenz_curve(counts).events_share).all()


def test_null_of_two_events_on_two_places_is_a_coin():
    # Both on one place with chance 1/2 (Gini 0.5), else one on each (Gini 0).
    null = poisson_null_concentration(2, 2, np.random.default_rng(3), draws=4000)
    assert set(null.gini) == {0.0, 0.5}
    assert null.gini.mean() == pytest.approx(0.25, abs=4 * 0.25 / math.sqrt(4000))


def test_null_holds_the_gini_of_a_poisson_field():
    # Expected Gini of Poisson counts with mean 2, summed over its distribution: E|X - Y| / (2 mean).
    from scipy.stats import poisson

    chance = poisson.pmf(np.arange(40), 2)
    apart = np.abs(np.subtract.outer(np.arange(40), np.arange(40)))
    expected = float(chance @ apart @ chance) / 4
    null = poisson_null_concentration(1000, 500, np.random.default_rng(4), draws=200)
    assert null.gini.mean() == pytest.approx(expected, abs=0.005)


def test_same_generator_gives_the_same_draws():
    one, other = (poisson_null_concentration(50, 20, np.random.default_rng(9), draws=20) for _ in range(2))
    np.testing.assert_array_equal(one.gini, other.gini)
    np.testing.assert_array_equal(one.places_share, other.places_share)


def test_even_field_is_not_called_concentrated_and_a_hot_spot_is():
    generator = np.random.default_rng(11)
    even = compare_with_chance(generator.multinomial(400, [1 / 200] * 200), generator, draws=199)
    assert even.p_value > 0.05
    assert even.chance_low <= even.generalised_gini <= even.chance_high
    hot = compare_with_chance([200, *generator.multinomial(200, [1 / 199] * 199)], generator, draws=199)
    assert hot.p_value == 1 / 200
    assert hot.generalised_gini > hot.chance_high > hot.chance_mean


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: gini([]), "no places"),
        (lambda: gini([1, -1]), "counts has -1"),
        (lambda: share_of_places([1, 2], 0), "a share of 0"),
        (lambda: share_of_places([1, 2], 50), "a share of 50"),
        (lambda: poisson_null_concentration(0, 5, np.random.default_rng(1)), "total is 0"),
        (lambda: poisson_null_concentration(5, 5, np.random.default_rng(1), draws=0), "draws is 0"),
        (lambda: compare_with_chance([1.5, 2], np.random.default_rng(1)), "fractional"),
        (lambda: compare_with_chance([1, math.nan], np.random.default_rng(1)), "missing"),
    ],
)
def test_impossible_question_is_named(call, words):
    with pytest.raises(StatisticsError, match=words):
        call()
