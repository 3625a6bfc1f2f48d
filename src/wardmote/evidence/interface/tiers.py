"""Questions of two tiers: one measure over several districts, and a district among its neighbours."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wardmote.evidence.model.errors import Fault
    from wardmote.evidence.targets.rollup_values import MeasureTerms, PlaceReading, RollUp
    from wardmote.evidence.targets.standing import Standing


def find_measure_differences(terms: MeasureTerms, readings: Iterable[PlaceReading]) -> tuple[Fault, ...]:
    """What keeps these places' measures from being added up: what differs, where, and what was expected."""
    from wardmote.evidence.targets import rollup

    return rollup.find_differences(terms, readings)


def roll_up_measure(terms: MeasureTerms, period: str, readings: Sequence[PlaceReading]) -> RollUp:
    """The measure over all these places together, with who is missing and who stands out.

    Raises UnlikeMeasuresError of `evidence.targets.rollup` where they are not the same measure.
    """
    from wardmote.evidence.targets import rollup

    return rollup.roll_up(terms, period, readings)


def roll_up_common(terms: MeasureTerms, by_period: Mapping[str, Sequence[PlaceReading]]) -> tuple[RollUp, ...]:
    """The measure over the places that have a value in each of these periods: what may be drawn as one line."""
    from wardmote.evidence.targets import rollup

    return rollup.roll_up_common(terms, by_period)


def find_district_standing(
    rolled: RollUp, readings: Sequence[PlaceReading], place: str, *, named: frozenset[str], seed: int
) -> Standing:
    """Where a place stands among its neighbours, as far as it may be told; small numbers by the usual rule.

    `seed` settles the draws behind the rank's limits: the same seed, the same limits.
    """
    from numpy.random import default_rng

    from wardmote.evidence.disclosure.rules import DEFAULT_MINIMUM_COUNT
    from wardmote.evidence.targets import standing

    return standing.find_standing(
        rolled, readings, place, named=named, generator=default_rng(seed), minimum_count=DEFAULT_MINIMUM_COUNT
    )
