"""One measure of several places added up: counts over denominators, who is missing, and who stands out.

Percentages are derived from the summed counts and never averaged. What is not the same measure is not added up: the
refusal says what differs and where.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from math import fsum

import numpy as np
from scipy.special import ndtri

from wardmote.evidence.model.errors import Fault, WardmoteError
from wardmote.evidence.statistics.proportions import wilson_interval
from wardmote.evidence.statistics.ranks import funnel_limits
from wardmote.evidence.statistics.rates import rate
from wardmote.evidence.targets.comparable import REPORTED, drop_unreal
from wardmote.evidence.targets.plan import Value
from wardmote.evidence.targets.rollup_values import (
    MeasureTerms,
    MissingPlace,
    PlacePart,
    PlaceReading,
    RollUp,
    Side,
)

#: Shapes of which a sum over places means something.
ADDED = ("x_of_y", "rate", "count", "money", "parts")
#: What is agreed in words and may be worded otherwise, once somebody has said that it means the same.
WORDS = ("definition", "numerator", "denominator")
_STRICT = ("shape", "unit", "basis", "polarity")
#: One unit in five hundred lies outside by chance: the funnel that calls for an explanation.
OUTER_LEVEL = 0.998
#: Of two places the one is as far from the sum as the other.
LEAST_PLACES = 3
#: A printed rate and the rate of its own counts may differ by rounding, and by no more.
_ROUNDING = 0.05
_WHY_MISSING = {
    "missing": "no figure came", "not_due": "not due yet", "discontinued": "no longer collected",
    "suppressed": "withheld as a small number", "projected": "only foretold", "proxy": "another measure stood in",
    "suspect": "the source contradicts itself",
}  # fmt: skip


class UnlikeMeasuresError(WardmoteError):
    """These are not the same measure, or lack what a sum needs; `faults` say what and where."""


def find_differences(terms: MeasureTerms, readings: Iterable[PlaceReading]) -> tuple[Fault, ...]:
    """What keeps the places' measures from being added up as this one?

    Parameters
    ----------
    terms : what the sum is to be.
    readings : one for each place; the values of those without one are not looked at.

    Returns
    -------
    faults : what was found, `where` (the place) and what was expected; none where all are alike.
    """
    rows = list(readings)
    faults = [] if terms.shape in ADDED else [_fault_shape(terms)]
    if terms.shape == "rate" and terms.base is None:
        faults.append(Fault("the unit does not say per how many the rate is", expected="a unit such as “per 1,000”"))
    for row in rows:
        faults += [*_differ_strictly(terms, row), *_differ_in_words(terms, row), *_find_unusable(terms, row)]
    return (*faults, *_find_other_stretches(rows), *_find_other_names(rows))


def roll_up(terms: MeasureTerms, period: str, readings: Sequence[PlaceReading]) -> RollUp:
    """What is the measure over all these places together?

    Parameters
    ----------
    terms : what the measure is. Each place's own terms are held against it.
    period : the period that all values are of, as it is written.
    readings : one for each place that belongs to the whole, also those of which nothing came.

    Returns
    -------
    RollUp : shares are sums of parts over sums of wholes, rates sums of counts over sums of denominators, counts and
        money sums; the interval (95%) is Wilson's for a share and Poisson's for a rate. `missing` names each place that
        gave nothing: a sum without it is partial. Provisional as soon as one value is.

    Raises
    ------
    UnlikeMeasuresError : a shape that cannot be added up; other shapes, units, bases, polarities or stretches of time;
        other words that nobody said mean the same; a share without its counts or a rate without its denominator.

    Notes
    -----
    0 of 0 adds nothing; where all wholes are nought the share is None. No place at all gives a sum of nothing: value
    None, every place missing. Foretold, doubted, withheld and stand-in values are missing, with the reason.
    A stock (how many there are now) is added over places of one day, a flow over places of one stretch; neither is ever
    added over time here. A place stands out where it lies outside the 99.8% funnel (`funnel_limits`; of shares, the
    same by the score test), which needs three places.

    References
    ----------
    Spiegelhalter (2005), Stat. Med. 24, pp. 1185-1202 (funnels). Averaging percentages instead of pooling counts is the
    mistake that this keeps from: Simpson (1951), J. R. Stat. Soc. B 13, p. 238.

    Examples
    --------
    Newcombe's 81 of 263 (0.2553 to 0.3662), come from two places whose percentages, 20 and 50.5, average 35.3:

    >>> share = MeasureTerms("x_of_y", "percent")
    >>> rows = [PlaceReading(name, share, Value("2026/27Q1", shape="x_of_y", part=x, whole=n))
    ...         for name, x, n in (("Ash", 34, 170), ("Birch", 47, 93))]
    >>> whole = roll_up(share, "2026/27Q1", rows)
    >>> [round(number, 2) for number in (whole.value.best, whole.low, whole.high)]
    [30.8, 25.53, 36.62]
    >>> whole.say_coverage()
    'all 2 districts'
    """
    faults = find_differences(terms, readings)
    if faults:
        where = ", ".join(dict.fromkeys(fault.where for fault in faults if fault.where))
        raise UnlikeMeasuresError(
            f"the values of {period} cannot be added up", where=where,
            to_do="Mend the link or the return, or leave the place out", faults=faults,
        )  # fmt: skip
    used = [(row, _read_value(row)) for row in readings]
    parts = [_make_part(terms, row, value) for row, value in used if value is not None]
    missing = [MissingPlace(row.place, _say_why(row)) for row, value in used if value is None]
    value = _sum_up(terms, period, [value for _, value in used if value is not None])
    low, high = _find_interval(terms, _find_part(value), value.whole)
    return RollUp(period, terms, value, low, high, _mark_outside(terms, value, parts), tuple(missing))


def keep_places(rolled: RollUp, readings: Sequence[PlaceReading], places: frozenset[str]) -> RollUp:
    """What is the measure over some of the places alone, as if the whole were these?"""
    return roll_up(rolled.terms, rolled.period, [row for row in readings if row.place in places])


def roll_up_common(terms: MeasureTerms, by_period: Mapping[str, Sequence[PlaceReading]]) -> tuple[RollUp, ...]:
    """How did the measure move over the places that have a value in every one of these periods?

    A line through sums of different places shows who came and went. Returns one sum for each period, each over the same
    places; nothing where no place has them all. Raises UnlikeMeasuresError as `roll_up` does.
    """
    rolled = {period: roll_up(terms, period, rows) for period, rows in by_period.items()}
    common = frozenset.intersection(*(one.places for one in rolled.values())) if rolled else frozenset()
    if not common:
        return ()
    return tuple(keep_places(one, by_period[period], common) for period, one in rolled.items())


def find_limits(terms: MeasureTerms, value: Value, whole: float, level: float) -> tuple[float, float] | None:
    """Between which values does a place of this size lie by chance, if it is like the pooled value?

    In the measure's unit; None where there is no pooled value, or the measure has no denominator.
    """
    pooled = value.best
    if pooled is None or whole <= 0 or terms.shape not in ("x_of_y", "rate"):
        return None
    if terms.shape == "rate":
        limits = funnel_limits(pooled, whole, level, multiplier=terms.base or 1)
        return float(limits.low), float(limits.high)
    reach = float(ndtri((1 + level) / 2)) * (pooled * (100 - pooled) / whole) ** 0.5
    return max(0.0, pooled - reach), min(100.0, pooled + reach)


def _fault_shape(terms: MeasureTerms) -> Fault:
    return Fault(f"a measure of the kind “{terms.shape}” has no sum over places", expected=f"one of {', '.join(ADDED)}")


def _differ_strictly(terms: MeasureTerms, row: PlaceReading) -> Iterable[Fault]:
    for name in _STRICT:
        found, wanted = getattr(row.terms, name), getattr(terms, name)
        if _level(found) != _level(wanted):
            yield Fault(f"its {name} is “{found or 'not given'}”", where=row.place, expected=f"“{wanted or 'none'}”")


def _differ_in_words(terms: MeasureTerms, row: PlaceReading) -> Iterable[Fault]:
    for name in () if row.is_same_by_word else WORDS:
        found, wanted = getattr(row.terms, name), getattr(terms, name)
        if _level(found) != _level(wanted):
            yield Fault(
                f"its {name} reads “{found or 'not given'}”", where=row.place, expected=f"“{wanted or 'none'}”",
                to_do="Say that it means the same, with the reason, or do not add it up",
            )  # fmt: skip


def _level(text: str) -> str:
    return " ".join(text.split()).casefold().rstrip(".")


def _find_unusable(terms: MeasureTerms, row: PlaceReading) -> Iterable[Fault]:
    """What the value itself lacks."""
    value = _read_value(row)
    if value is None:
        return
    if value.basis != terms.basis:
        yield Fault(f"its value is of “{value.basis}”", where=row.place, expected=f"“{terms.basis}”")
    if terms.shape == "x_of_y":
        yield from _find_bad_counts(row.place, value)
    if terms.shape == "rate":
        yield from _find_bad_rate(terms, row.place, value)
    if terms.shape in ("count", "money") and value.number is None:
        yield Fault("its value is no single number", where=row.place, expected="a count or an amount")


def _find_bad_counts(place: str, value: Value) -> Iterable[Fault]:
    if value.part is None or value.whole is None:
        yield Fault("the percentage came without its counts", where=place, expected="a numerator and a denominator")
    elif not 0 <= value.part <= value.whole:
        yield Fault(f"{value.part:g} of {value.whole:g} is no share", where=place, expected="a part from none to all")


def _find_bad_rate(terms: MeasureTerms, place: str, value: Value) -> Iterable[Fault]:
    if value.count is None or not value.whole:
        lacking = "count" if value.count is None else "denominator"
        yield Fault(f"the rate came without its {lacking}", where=place, expected="a count and its denominator")
        return
    found = value.count / value.whole * (terms.base or 1)
    if value.number is not None and abs(found - value.number) > max(_ROUNDING * abs(found), _ROUNDING):
        yield Fault(
            f"the printed rate {value.number:g} is not that of its counts, {found:.4g}", where=place,
            expected="a denominator of the same base and population",
        )  # fmt: skip


def _find_other_stretches(rows: Sequence[PlaceReading]) -> Iterable[Fault]:
    """Values of other days than the first one's; of a stock only the day counts on which it was taken."""
    dated = [(row, value) for row in rows if (value := _read_value(row)) and value.end]
    if not dated:
        return
    first = dated[0][1]
    for row, value in dated[1:]:
        is_moment = value.basis in ("stock", "snapshot")
        if value.end != first.end or (not is_moment and value.start != first.start):
            found, wanted = (f"{one.start or '…'} to {one.end}" for one in (value, first))
            yield Fault(f"its value is of {found}", where=row.place, expected=f"{wanted}, as in {dated[0][0].place}")


def _find_other_names(rows: Sequence[PlaceReading]) -> Iterable[Fault]:
    """Values whose named parts are not those of the first."""
    split = [(row.place, sorted(name for name, _ in value.parts)) for row in rows if (value := _read_value(row))]
    for place, names in split[1:]:
        if names != split[0][1]:
            yield Fault(f"its parts are {', '.join(names) or 'none'}", where=place, expected=", ".join(split[0][1]))


def _read_value(row: PlaceReading) -> Value | None:
    """The value as far as it is what happened; None for all that is missing."""
    if row.value is None or row.value.state not in REPORTED:
        return None
    value = drop_unreal(row.value)
    if row.terms.shape == "parts":
        return value if value.parts else None
    has_figure = value.best is not None or value.part is not None or value.count is not None
    return value if has_figure else None


def _say_why(row: PlaceReading) -> str:
    if row.gap or row.value is None:
        return row.gap or "nothing came"
    return _WHY_MISSING.get(row.value.state, "no figure that can be used")


def _find_part(value: Value) -> float:
    """The numerator: the part of a share, the count of a rate, the number of a count."""
    found = value.part if value.shape == "x_of_y" else value.count if value.shape == "rate" else value.number
    return found or 0.0


def _make_part(terms: MeasureTerms, row: PlaceReading, value: Value) -> PlacePart:
    shaped = replace(value, shape=terms.shape)  # type: ignore[arg-type]  # one of ADDED by now
    part, whole = _find_part(shaped), value.whole if terms.shape in ("x_of_y", "rate") else None
    best = None if whole == 0 or terms.shape == "parts" else shaped.best
    if terms.shape == "rate" and whole:
        best = part / whole * (terms.base or 1)
    low, high = _find_interval(terms, part, whole)
    return PlacePart(
        row.place, part, whole, best, low, high, value.state == "provisional", row.is_signed, names=value.parts
    )


def _find_interval(terms: MeasureTerms, part: float, whole: float | None) -> tuple[float | None, float | None]:
    if not whole or terms.shape not in ("x_of_y", "rate"):
        return None, None
    if terms.shape == "x_of_y":
        low, high = wilson_interval(part, whole)
        return float(low) * 100, float(high) * 100
    found = rate(part, whole, terms.base or 1)
    return float(found.low), float(found.high)


def _sum_up(terms: MeasureTerms, period: str, values: Sequence[Value]) -> Value:
    """The sum as a value of its own; with no number where nothing came."""
    start, end = (values[0].start, values[0].end) if values else (None, None)
    state = "provisional" if any(one.state == "provisional" for one in values) else "actual"
    bare = Value(period, start, end, terms.basis, state if values else "missing", terms.shape)  # type: ignore[arg-type]
    if not values:
        return bare
    if terms.shape == "parts":
        return replace(bare, parts=_sum_parts(values))
    if terms.shape in ("count", "money"):
        return replace(bare, number=fsum(one.number or 0.0 for one in values))
    whole = fsum(one.whole or 0.0 for one in values)
    if terms.shape == "x_of_y":
        return replace(bare, part=fsum(one.part or 0.0 for one in values), whole=whole)
    count = fsum(one.count or 0.0 for one in values)
    return replace(bare, count=count, whole=whole, number=count / whole * (terms.base or 1) if whole else None)


def _sum_parts(values: Sequence[Value]) -> tuple[tuple[str, float], ...]:
    """Each named part's own sum, in the order in which they were first named."""
    names = dict.fromkeys(name for value in values for name, _ in value.parts)
    return tuple((name, fsum(dict(value.parts).get(name, 0.0) for value in values)) for name in names)


def _mark_outside(terms: MeasureTerms, value: Value, parts: Sequence[PlacePart]) -> tuple[PlacePart, ...]:
    if len(parts) < LEAST_PLACES:
        return tuple(parts)
    return tuple(replace(one, outside=find_side(terms, value, one)) for one in parts)


def find_side(terms: MeasureTerms, value: Value, part: PlacePart, level: float = OUTER_LEVEL) -> Side:
    """On which side of the funnel around the pooled value does a place lie? "" inside, or where there is none."""
    limits = find_limits(terms, value, part.whole or 0.0, level)
    if limits is None or part.value is None or np.isnan(limits).any():
        return ""
    if part.value < limits[0]:
        return "below"
    return "above" if part.value > limits[1] else ""
