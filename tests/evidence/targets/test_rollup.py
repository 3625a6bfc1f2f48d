"""One measure over several places: sums against an oracle in fractions, and what is refused."""

from datetime import date
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardmote.evidence.targets.plan import Value
from wardmote.evidence.targets.rollup import UnlikeMeasuresError, find_limits, roll_up, roll_up_common
from wardmote.evidence.targets.rollup_values import MeasureTerms, PlaceReading, RollUp
from wardmote.evidence.targets.standing import Standing, find_standing

SHARE = MeasureTerms("x_of_y", "percent", definition="felt safer", numerator="felt safer", denominator="asked")
RATE = MeasureTerms("rate", "per 1,000 residents")
COUNT = MeasureTerms("count", "offences")
QUARTER = "2026/27Q1"
DAYS = {"start": date(2026, 4, 1), "end": date(2026, 6, 30)}


def share(place: str, part: float | None, whole: float | None, **fields: object) -> PlaceReading:
    return PlaceReading(place, SHARE, Value(QUARTER, **DAYS, shape="x_of_y", part=part, whole=whole, **fields))


def rate(place: str, count: float | None, whole: float | None, **fields: object) -> PlaceReading:
    return PlaceReading(place, RATE, Value(QUARTER, **DAYS, shape="rate", count=count, whole=whole, **fields))


def count(place: str, number: float, **fields: object) -> PlaceReading:
    return PlaceReading(place, COUNT, Value(QUARTER, **DAYS, shape="count", number=number, **fields))


def refuse(terms: MeasureTerms, rows: list[PlaceReading]) -> list[tuple[str, str]]:
    with pytest.raises(UnlikeMeasuresError) as caught:
        roll_up(terms, QUARTER, rows)
    return [(fault.where, fault.found) for fault in caught.value.faults]


def test_shares_are_pooled_and_never_averaged() -> None:
    rolled = roll_up(SHARE, QUARTER, [share("Ash", 1, 2), share("Birch", 10, 100)])
    assert (rolled.value.part, rolled.value.whole) == (11, 102)
    assert rolled.value.best == pytest.approx(1100 / 102)  # the average would be 30


def test_rates_are_counts_over_denominators() -> None:
    rolled = roll_up(RATE, QUARTER, [rate("Ash", 30, 1000, number=30.0), rate("Birch", 10, 9000)])
    assert (rolled.value.number, rolled.value.count, rolled.value.whole) == (4.0, 40, 10_000)
    # Byar's limits of 40 events are 28.57 and 54.47 (Breslow and Day 1987, p. 69)
    assert (rolled.low, rolled.high) == (pytest.approx(2.8574, abs=5e-4), pytest.approx(5.4473, abs=5e-4))


def test_counts_money_and_named_parts_are_added() -> None:
    assert roll_up(COUNT, QUARTER, [count("Ash", 3), count("Birch", 4)]).value.number == 7
    split = MeasureTerms("parts")
    rows = [
        PlaceReading(name, split, Value(QUARTER, shape="parts", parts=parts))
        for name, parts in (("Ash", (("day", 1.0), ("night", 2.0))), ("Birch", (("night", 5.0), ("day", 3.0))))
    ]
    assert roll_up(split, QUARTER, rows).value.parts == (("day", 4.0), ("night", 7.0))
    rows.append(PlaceReading("Cedar", split, Value(QUARTER, shape="parts", parts=(("dusk", 1.0),))))
    assert refuse(split, rows) == [("Cedar", "its parts are dusk")]


def test_missing_places_make_a_sum_partial_and_are_named() -> None:
    rows = [share("Ash", 5, 10), share("Birch", 1, 2, state="suppressed"), PlaceReading("Cedar", SHARE, gap="late")]
    rolled = roll_up(SHARE, QUARTER, rows)
    assert rolled.is_partial
    assert rolled.say_coverage() == "1 of 3 districts; missing: Birch, Cedar"
    assert [one.why for one in rolled.missing] == ["withheld as a small number", "late"]


def test_nobody_at_all_is_a_sum_of_nothing() -> None:
    rolled = roll_up(SHARE, QUARTER, [PlaceReading("Ash", SHARE)])
    assert (rolled.value.best, rolled.value.state, rolled.low) == (None, "missing", None)


def test_none_of_none_adds_nothing() -> None:
    alone = roll_up(SHARE, QUARTER, [share("Ash", 0, 0)])
    assert (alone.value.best, alone.low, alone.is_partial) == (None, None, False)
    assert roll_up(SHARE, QUARTER, [share("Ash", 0, 0), share("Birch", 1, 4)]).value.best == 25


def test_provisional_and_unsigned_values_mark_the_sum() -> None:
    rows = [share("Ash", 5, 10, state="provisional"), PlaceReading("Birch", SHARE, share("", 1, 2).value, False)]
    rolled = roll_up(SHARE, QUARTER, rows)
    assert (rolled.value.state, rolled.is_provisional, rolled.unsigned) == ("provisional", True, ("Birch",))


@pytest.mark.parametrize("name", ["shape", "unit", "basis", "polarity", "definition", "numerator", "denominator"])
def test_what_differs_is_refused_by_name_and_place(name: str) -> None:
    other = MeasureTerms(**{**{f: getattr(SHARE, f) for f in SHARE.__dataclass_fields__}, name: "other"})
    found = refuse(SHARE, [share("Ash", 1, 2), PlaceReading("Birch", other, share("", 1, 2).value)])
    assert [where for where, words in found if f"its {name} " in words] == ["Birch"]


def test_other_words_count_once_somebody_says_that_they_mean_the_same() -> None:
    other = MeasureTerms("x_of_y", "percent", definition="said that they felt safer")
    row = PlaceReading("Birch", other, share("", 1, 2).value, is_same_by_word=True)
    assert roll_up(SHARE, QUARTER, [share("Ash", 1, 2), row]).value.best == 50
    stock = MeasureTerms("x_of_y", "percent", basis="stock")
    assert refuse(SHARE, [PlaceReading("Birch", stock, None, is_same_by_word=True)])


@pytest.mark.parametrize(
    ("terms", "row", "words"),
    [
        (SHARE, PlaceReading("Ash", SHARE, Value(QUARTER, shape="percent", number=50.0)), "without its counts"),
        (SHARE, share("Ash", 3, 2), "3 of 2 is no share"),
        (RATE, rate("Ash", 3, None), "without its denominator"),
        (RATE, rate("Ash", None, 100, number=3.0), "without its count"),
        (RATE, rate("Ash", 30, 1000, number=300.0), "not that of its counts, 30"),
        (SHARE, share("Ash", 1, 2, basis="stock"), "its value is of “stock”"),
        (MeasureTerms("status"), PlaceReading("Ash", MeasureTerms("status")), "no sum over places"),
        (MeasureTerms("rate", "rate"), PlaceReading("Ash", MeasureTerms("rate", "rate")), "per how many"),
    ],
)
def test_values_without_what_a_sum_needs_are_refused(terms: MeasureTerms, row: PlaceReading, words: str) -> None:
    assert any(words in found for _, found in refuse(terms, [row]))


def test_another_stretch_of_time_is_refused() -> None:
    late = Value(QUARTER, date(2026, 5, 1), date(2026, 6, 30), shape="x_of_y", part=1, whole=2)
    assert refuse(SHARE, [share("Ash", 1, 2), PlaceReading("Birch", SHARE, late)])[0][0] == "Birch"


def test_stock_needs_one_day_and_no_beginning() -> None:
    stock = MeasureTerms("count", "cases open", basis="stock")
    rows = [
        PlaceReading(name, stock, Value(QUARTER, start, date(2026, 6, 30), "stock", number=2.0))
        for name, start in (("Ash", date(2026, 4, 1)), ("Birch", date(2026, 6, 30)))
    ]
    assert roll_up(stock, QUARTER, rows).value.number == 4


def test_line_is_drawn_over_the_common_places_alone() -> None:
    first, second = [share("Ash", 1, 10), share("Birch", 9, 10)], [share("Ash", 2, 10), PlaceReading("Birch", SHARE)]
    line = roll_up_common(SHARE, {"Q1": first, "Q2": second})
    assert [one.value.best for one in line] == [10, 20]  # and not 50, then 20
    assert roll_up_common(SHARE, {"Q1": first, "Q2": [PlaceReading("Ash", SHARE)]}) == ()


def test_place_far_from_the_sum_stands_out() -> None:
    rows = [share(name, 500, 1000) for name in ("Ash", "Birch", "Cedar")] + [share("Dale", 400, 1000)]
    assert [one.outside for one in roll_up(SHARE, QUARTER, rows).parts] == ["", "", "", "below"]
    assert [one.outside for one in roll_up(SHARE, QUARTER, rows[2:]).parts] == ["", ""]  # two say nothing


PARTS = st.lists(st.tuples(st.integers(0, 500), st.integers(0, 500)), min_size=1, max_size=13)


@given(PARTS)
def test_any_sum_equals_the_one_in_fractions(rows: list[tuple[int, int]]) -> None:
    counts = [(x, x + rest) for x, rest in rows]
    readings = [share(f"D{at}", x, n) for at, (x, n) in enumerate(counts)]
    rolled = roll_up(SHARE, QUARTER, readings)
    whole = sum(n for _, n in counts)
    slow = Fraction(sum(x for x, _ in counts) * 100, whole) if whole else None
    assert rolled.value.best == (pytest.approx(float(slow)) if slow is not None else None)
    known = [one.value for one in rolled.parts if one.value is not None]
    if known and rolled.value.best is not None:
        assert min(known) - 1e-9 <= rolled.value.best <= max(known) + 1e-9


@given(PARTS, st.randoms(use_true_random=False))
def test_order_and_grouping_change_nothing(rows: list[tuple[int, int]], shuffler: object) -> None:
    readings = [share(f"D{at}", x, x + rest) for at, (x, rest) in enumerate(rows)]
    shuffled = readings[:]
    shuffler.shuffle(shuffled)  # type: ignore[attr-defined]
    first, second = roll_up(SHARE, QUARTER, readings), roll_up(SHARE, QUARTER, shuffled)
    assert (first.value.part, first.value.whole, first.low) == (second.value.part, second.value.whole, second.low)


@pytest.mark.parametrize("level", [0.95, 0.998])
def test_funnel_of_shares_is_where_the_interval_excludes_the_sum(level: float) -> None:
    from wardmote.evidence.statistics.proportions import wilson_interval

    pooled = Value(QUARTER, shape="x_of_y", part=300, whole=1000)
    for part in range(81):
        low, high = wilson_interval(part, 80, level)
        limits = find_limits(SHARE, pooled, 80, level)
        assert limits is not None
        assert (low > 0.3 or high < 0.3) == (not limits[0] <= part / 80 * 100 <= limits[1])


# ---- standing -------------------------------------------------------------------------------------------------------

NAMES = ("Ash", "Birch", "Cedar", "Dale", "Elm", "Firth")


def stand(rows: list[PlaceReading], terms: MeasureTerms = SHARE, named: tuple[str, ...] = ()) -> Standing:
    rolled: RollUp = roll_up(terms, QUARTER, rows)
    return find_standing(rolled, rows, "Ash", named=frozenset(named), generator=np.random.default_rng(1))


def draw(*parts: int, size: int = 100) -> list[PlaceReading]:
    return [share(name, part, size) for name, part in zip(NAMES, parts, strict=False)]


def test_place_among_unnamed_neighbours_has_a_rank_with_limits() -> None:
    found = stand(draw(50, 40, 45, 55))
    assert (found.rank, found.ranked_count, found.pooled) == (2, 4, 47.5)
    assert (found.rank_low, found.rank_high) == (1, 4)
    assert [(one.place, one.value) for one in found.neighbours] == [("", 55), ("", 45), ("", 40)]


def test_rank_of_a_rate_is_sure_where_all_others_are_far() -> None:
    rows = [rate(name, part, 10_000) for name, part in zip(NAMES, (900, 100, 110, 120), strict=False)]
    found = stand(rows, RATE)
    assert (found.rank, found.rank_low, found.rank_high, found.beyond_outer) == (1, 1, 1, "above")


@pytest.mark.parametrize(
    ("rows", "named", "why"),
    [
        (draw(50, 40, 45), (), "too_few"),
        (draw(50, 40, 45, 55), ("Birch", "Cedar"), "too_few"),  # Dale alone could be worked out, and is left out
        (draw(50, 40, 45, 3), (), "small_number"),
        (draw(50, 40, 45, 98), (), "small_number"),  # of whom two did not
        ([PlaceReading("Ash", SHARE), *draw(50, 40, 45, 55)[1:]], (), "no_value"),
    ],
)
def test_nothing_is_told_that_would_give_a_neighbour_away(
    rows: list[PlaceReading], named: tuple[str, ...], why: str
) -> None:
    found = stand(rows, named=named)
    assert (found.why_not, found.neighbours, found.pooled, found.rank) == (why, (), None, None)


def test_one_unnamed_neighbour_is_left_out_of_the_sum_too() -> None:
    found = stand(draw(50, 40, 45, 55, 90), named=("Birch", "Cedar", "Dale"))
    assert (found.left_out_count, found.pooled) == (1, 47.5)
    assert [one.place for one in found.neighbours] == ["Dale", "Cedar", "Birch"]


def test_small_number_is_in_the_sum_and_not_drawn() -> None:
    found = stand(draw(50, 40, 45, 55, 2))
    assert (found.withheld_count, found.ranked_count, len(found.neighbours)) == (1, 5, 3)


def test_counts_of_places_of_unlike_size_are_not_ranked() -> None:
    rows = [count(name, 9) for name in NAMES]
    assert stand(rows, COUNT).why_not == "no_denominator"
