"""How much of the crime lies on how few of the places, and how much of that chance would do."""

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import ArrayLike

from wardmote.evidence.statistics.arrays import FloatArray, as_row, check_level, check_whole, freeze
from wardmote.evidence.statistics.errors import StatisticsError


@dataclass(frozen=True, slots=True, eq=False)
class LorenzCurve:
    """Cumulative shares, fewest events first, from (0, 0) to (1, 1). One point more than there are places."""

    counts: FloatArray
    places_share: FloatArray
    events_share: FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class ShareOfPlaces:
    """The fewest places that together hold at least `share` of the events. nan is missing."""

    counts: FloatArray
    share: float
    places_count: float
    places_total: int
    places_share: float
    events_share: float


@dataclass(frozen=True, slots=True, eq=False)
class NullConcentration:
    """What chance alone does: one value for each draw of the events over equally likely places."""

    total: int
    places: int
    share: float
    draws: int
    gini: FloatArray
    generalised_gini: FloatArray
    places_share: FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class ChanceComparison:
    """The generalised Gini seen, beside the limits and the mean of what chance does with as many events."""

    counts: FloatArray
    generalised_gini: float
    chance_mean: float
    chance_low: float
    chance_high: float
    p_value: float
    level: float
    null: NullConcentration


def lorenz_curve(counts: ArrayLike) -> LorenzCurve:
    """What share of events lies on the quietest so-and-so many per cent of places?

    `counts` holds one count for **every** place, those with none included: leaving them out makes crime look more
    evenly spread. A missing count, or no events at all, leaves `events_share` missing. StatisticsError: a negative
    count, no places.

    >>> curve = lorenz_curve([3, 1, 0, 0])
    >>> curve.places_share.tolist(), curve.events_share.tolist()
    ([0.0, 0.25, 0.5, 0.75, 1.0], [0.0, 0.0, 0.0, 0.25, 1.0])
    """
    places = _read_places(counts)
    cumulated = np.concatenate([[0.0], np.cumsum(np.sort(places))])
    total = places.sum()
    events = cumulated / total if total > 0 else np.full(cumulated.shape, np.nan)
    return LorenzCurve(places, freeze(np.linspace(0, 1, places.size + 1)), freeze(events))


def gini(counts: ArrayLike) -> float:
    """How unequally are the events spread over the places: 0 evenly, near 1 all on one?

    Parameters
    ----------
    counts : one count for every place, zeros included; nan for missing.

    Returns
    -------
    float : the Gini coefficient, not corrected for small numbers of places; nan if a count is missing or all are 0.

    Raises
    ------
    StatisticsError : a negative count, no places.

    Notes
    -----
    With fewer events than places it cannot be 0 even if no place has more than one: use `generalised_gini`.

    References
    ----------
    Bernasco and Steenbeek (2017), J. Quant. Criminol. 33, p. 451; R package lorenzgini 0.1.2.

    Examples
    --------
    From the documentation of lorenzgini (0.78):

    >>> round(gini([10, 8, 2, 0, 0, 0, 0, 0, 0, 0]), 2)
    0.78
    """
    places = _read_places(counts)
    total = float(places.sum())
    if not total > 0:
        return float("nan")
    weights = 2 * np.arange(1, places.size + 1) - places.size - 1
    return float((weights * np.sort(places)).sum() / (places.size * total))


def generalised_gini(counts: ArrayLike) -> float:
    """How unequally are the events spread, allowing for there being fewer events than places?

    Parameters, missing values and errors as in `gini`.

    Returns
    -------
    float : `max(1, n/c) (G - 1) + 1` for c events on n places. It is 0 when no place has more than one event, and
        equals the plain Gini when there are at least as many events as places.

    References
    ----------
    Bernasco and Steenbeek (2017), J. Quant. Criminol. 33, pp. 451-467.

    Examples
    --------
    From the same documentation: 8 crimes on 10 places, plain 0.80, generalised 0.75.

    >>> round(generalised_gini([5, 2, 1, 0, 0, 0, 0, 0, 0, 0]), 2)
    0.75
    """
    places = _read_places(counts)
    total = float(places.sum())
    if not total > 0:
        return float("nan")
    return max(1.0, places.size / total) * (gini(places) - 1) + 1


def share_of_places(counts: ArrayLike, share: float = 0.5) -> ShareOfPlaces:
    """On how few places does at least this share of the events lie?

    Parameters
    ----------
    counts : one count for every place, zeros included; nan for missing.
    share : the share of events to be held, above 0 and up to 1.

    Returns
    -------
    ShareOfPlaces : the smallest number of places, that number as a share of all, and the share of events they
        really hold. Missing if a count is missing or all are 0.

    Raises
    ------
    StatisticsError : a negative count, no places, a share that is no fraction.

    References
    ----------
    Weisburd (2015), Criminology 53, p. 133: half of crime on 2.1 to 6.0 per cent of street segments in eight cities.

    Examples
    --------
    >>> half = share_of_places([22, 18, 17, 12, 11, 8, 6, 3, 2, 1])
    >>> half.places_count, half.places_share, half.events_share
    (3.0, 0.3, 0.57)
    """
    if not 0 < share <= 1:
        raise StatisticsError(f"a share of {share}", expected="a fraction above 0, up to 1")
    places = _read_places(counts)
    total = float(places.sum())
    if not total > 0:
        return ShareOfPlaces(places, share, np.nan, places.size, np.nan, np.nan)
    held = np.cumsum(np.sort(places)[::-1])
    # A hair less than the share: rounding of share * total must not ask for one place more than is needed.
    needed = int(np.searchsorted(held, share * total * (1 - 1e-12))) + 1
    return ShareOfPlaces(
        places, share, float(needed), places.size, needed / places.size, float(held[needed - 1] / total)
    )


def poisson_null_concentration(
    total: int, places: int, generator: Generator, draws: int = 999, *, share: float = 0.5
) -> NullConcentration:
    """How concentrated would so many events be if every place were equally likely?

    Parameters
    ----------
    total, places : how many events fall on how many places, both at least 1.
    generator : the only source of chance; the same state gives the same draws.
    draws : how many times the events are thrown.
    share : the share of events that `places_share` looks for.

    Returns
    -------
    NullConcentration : Gini, generalised Gini and share of places of every draw.

    Raises
    ------
    StatisticsError : a number that is not whole or below 1, a share that is no fraction.

    Notes
    -----
    Independent Poisson counts with their total held at what was seen are multinomial, and are drawn as such.

    References
    ----------
    Levin, Rosenfeld and Deckard (2017), J. Quant. Criminol. 33 (a random field as the baseline of concentration).
    """
    for name, number in (("total", total), ("places", places), ("draws", draws)):
        check_whole(number, name=name, least=1)
    even = np.full(places, 1 / places)
    answers = np.empty((3, draws))
    for draw in range(draws):  # one at a time: a city has too many street segments to hold every draw at once
        counts = generator.multinomial(total, even)
        answers[:, draw] = (
            gini(counts),
            generalised_gini(counts),
            share_of_places(counts, share).places_share,
        )
    return NullConcentration(total, places, share, draws, *(freeze(row) for row in answers))


def compare_with_chance(
    counts: ArrayLike, generator: Generator, draws: int = 999, *, level: float = 0.95
) -> ChanceComparison:
    """Are these events more concentrated than chance would make as many events on as many places?

    Returns the generalised Gini, the limits that hold `level` of the draws, and `p = (1 + draws at least as
    concentrated) / (draws + 1)`, which is never 0. Errors: a missing, negative or fractional count, or no events.

    >>> crowded = compare_with_chance([30, 1, 1, 0, 2, 1, 0, 1], np.random.default_rng(1), draws=99)
    >>> crowded.p_value
    0.01
    """
    check_level(level)
    places = _read_places(counts)
    total = float(places.sum())
    if not (total >= 1 and (places == np.round(places)).all()):
        raise StatisticsError(
            "the counts are missing, fractional or all zero", expected="whole counts and at least one event"
        )
    null = poisson_null_concentration(int(total), places.size, generator, draws)
    seen, by_chance = generalised_gini(places), null.generalised_gini
    low, high = np.quantile(by_chance, [(1 - level) / 2, (1 + level) / 2])
    reached = int((by_chance >= seen - 1e-12).sum())
    return ChanceComparison(
        counts=places,
        generalised_gini=seen,
        chance_mean=float(by_chance.mean()),
        chance_low=float(low),
        chance_high=float(high),
        p_value=(1 + reached) / (draws + 1),
        level=level,
        null=null,
    )


def _read_places(counts: ArrayLike) -> FloatArray:
    places = as_row(counts, name="counts")
    if places.size == 0:
        raise StatisticsError("there are no places", expected="one count for every place, zeros included")
    return places
