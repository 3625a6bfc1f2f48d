"""Every query rule on a value it must ask about and on its twin that it must leave alone."""

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence.targets.drawn_plans import plan, quarter, row, share, stretch, year
from wardmote.evidence.interface import find_expected_range, query_value
from wardmote.evidence.sources.action_plan import read_plan
from wardmote.evidence.targets.kinds import NoTarget, TargetVersion, Threshold
from wardmote.evidence.targets.plan import Indicator, Value
from wardmote.evidence.targets.queries import list_query_rules
from wardmote.evidence.targets.queries.odd_in_row import _ASKED

QUARTERS = [f"{start}-{start % 100 + 1:02d} Q{n}" for start in (2014, 2015, 2016) for n in (1, 2, 3, 4)]
FLOOR = Threshold(">=", 85, "percent")
TOLD = "Seven schools took part and all of them sent their accounts to the board in time."


def percent(label: str, number: float | None, **more: Any) -> Value:
    return quarter(label, number, shape="percent", **more)


def rate(label: str, number: float | None, **more: Any) -> Value:
    return quarter(label, number, shape="rate", **more)


def counts(*numbers: float) -> Indicator:
    """A row of quarterly counts from 2014-15 Q1 on."""
    return row([quarter(label, number) for label, number in zip(QUARTERS, numbers, strict=False)])


def rates(*numbers: float) -> Indicator:
    return row([rate(label, number) for label, number in zip(QUARTERS, numbers, strict=False)])


def percents(*numbers: float) -> Indicator:
    return row([percent(label, number) for label, number in zip(QUARTERS, numbers, strict=False)])


def shares(*pairs: tuple[float, float]) -> Indicator:
    return row([share(label, *pair) for label, pair in zip(QUARTERS, pairs, strict=False)])


STEADY = counts(24, 27, 22, 25)
MENDED = shares((82, 96), (85, 101), (88, 104), (90, 110))
APRIL = date(2014, 4, 1)

# code, the row, a value that must be asked about, one that must not be
TWINS: list[tuple[str, Indicator, Value, Value]] = [
    ("part_larger_than_whole", row(), share("2015-16 Q1", 62, 54), share("2015-16 Q1", 54, 54)),
    ("percent_out_of_range", row(), percent("2015-16 Q1", 103), percent("2015-16 Q1", 100)),
    ("printed_percent_differs", row(), share("2015-16 Q1", 15, 52, printed_percent=19),
     share("2015-16 Q1", 15, 52, printed_percent=29)),
    ("running_total_falls", row([stretch(APRIL, date(2014, 6, 30), 164)]), stretch(APRIL, date(2014, 9, 30), 151),
     stretch(APRIL, date(2014, 9, 30), 164)),
    ("year_below_its_parts", counts(60, 60, 60, 60), year("2014-15", 230), year("2014-15", 240)),
    ("value_repeats", counts(468), quarter("2014-15 Q2", 468), quarter("2014-15 Q2", 469)),
    ("text_copied", row([quarter("2014-15 Q1", 5, narrative=TOLD)]), quarter("2014-15 Q2", 7, narrative=TOLD),
     quarter("2014-15 Q2", 7, narrative="Two further schools have joined since; both of them report in July.")),
    ("unit_differs_from_target", row(target=FLOOR), quarter("2014-15 Q1", 24), percent("2014-15 Q1", 24)),
    ("definition_changed", percents(81, 82, 84), quarter("2014-15 Q4", 82), percent("2014-15 Q4", 82.5)),
    ("negative_number", row(), quarter("2014-15 Q1", -4), quarter("2014-15 Q1", 0)),
    ("negative_number", row(), share("2014-15 Q1", -1, 9), quarter("2014-15 Q1", -400, shape="money")),
    ("negative_number", row(), rate("2014-15 Q1", -0.1), quarter("2014-15 Q1", -4, shape="percent_change")),
    ("count_not_whole", counts(12, 14), quarter("2014-15 Q3", 12.5), quarter("2014-15 Q3", 12)),
    ("count_not_whole", row(), share("2014-15 Q1", 12.5, 20), quarter("2014-15 Q1", 12.5, shape="money")),
    ("count_not_whole", row(), quarter("2014-15 Q1", 12.5), quarter("2014-15 Q1", 12)),
    ("count_not_whole", counts(12, 14), share("2014-15 Q3", 3, 9.5), rate("2014-15 Q3", 12.5)),
    ("denominator_missing", row(), quarter("2014-15 Q1", shape="x_of_y", part=12), share("2014-15 Q1", 12, 15)),
    ("denominator_missing", row(), quarter("2014-15 Q1", shape="x_of_y", whole=15), share("2014-15 Q1", 0, 15)),
    ("denominator_missing", row(), share("2014-15 Q1", 0, 0), percent("2014-15 Q1", 80)),
    ("counts_missing", MENDED, percent("2015-16 Q1", 84.2), share("2015-16 Q1", 84, 100)),
    ("counts_missing", shares((82, 96), (85, 101)), percent("2014-15 Q3", 84), quarter("2014-15 Q3", 84)),
    ("unit_slip", percents(82, 85, 88, 84), percent("2015-16 Q1", 0.85), percent("2015-16 Q1", 60)),
    ("unit_slip", rates(0.82, 0.85, 0.88), rate("2014-15 Q4", 85), rate("2014-15 Q4", 1.5)),
    ("unit_slip", counts(24, 27, 22), quarter("2014-15 Q4", 24_000), quarter("2014-15 Q4", 240)),
    ("unit_slip", replace(counts(24, 27, 22), unit="minutes"), quarter("2014-15 Q4", 1_500), quarter("2014-15 Q4", 0)),
    ("unit_slip", counts(2400, 2700, 2200), quarter("2014-15 Q4", 2.4), quarter("2014-15 Q4", 25)),
    ("unit_slip", row(target=FLOOR), percent("2014-15 Q1", 0.85), percent("2014-15 Q1", 1.5)),
    ("unit_slip", percents(0.9, 1.1, 0.8), percent("2014-15 Q4", 88), percent("2014-15 Q4", 0.85)),
    ("count_for_rate", rates(4.1, 5.3, 4.8), rate("2014-15 Q4", 1240), rate("2014-15 Q4", 12)),
    ("count_for_rate", rates(4.1, 5.3, 4.8), rate("2014-15 Q4", 31), rate("2014-15 Q4", 1240.5)),
    ("count_for_rate", rates(4.1, 5.3, 4.8), rate("2014-15 Q4", 90), quarter("2014-15 Q4", 90)),
    ("outside_expected", STEADY, quarter("2015-16 Q1", 61), quarter("2015-16 Q1", 36)),
    ("outside_expected", STEADY, quarter("2015-16 Q1", 0), quarter("2015-16 Q1", 14)),
    ("outside_expected", MENDED, share("2015-16 Q1", 40, 100), share("2015-16 Q1", 78, 100)),
    ("outside_expected", percents(82, 85, 88, 84), percent("2015-16 Q1", 50), percent("2015-16 Q1", 76)),
    ("outside_expected", counts(24, 27, 22, 25), quarter("2015-16 Q1", 90), quarter("2014-15 Q4", 90)),
    ("running_total_typed", counts(25, 31, 28, 30, 29, 33), quarter("2015-16 Q3", 90), quarter("2015-16 Q3", 38)),
    ("running_total_typed", counts(117, 130), quarter("2014-15 Q3", 247), quarter("2014-15 Q3", 248)),
    ("running_total_typed", counts(25, 31, 28, 30, 29, 33), quarter("2015-16 Q3", 92),
     stretch(date(2015, 4, 1), date(2015, 12, 31), 92)),
    ("base_moved", MENDED, share("2015-16 Q1", 340, 410), share("2015-16 Q1", 110, 130)),
    ("base_moved", MENDED, share("2015-16 Q1", 18, 22), share("2015-16 Q1", 60, 70)),
    ("base_moved", shares((8, 9), (9, 10)), share("2014-15 Q3", 40, 50), share("2014-15 Q3", 15, 17)),
    ("reason_or_number", row(), quarter("2014-15 Q1", 12, missing_reason="no_data"), quarter("2014-15 Q1", 12)),
    ("reason_or_number", row(), quarter("2014-15 Q1"), quarter("2014-15 Q1", missing_reason="no_data")),
    ("reason_or_number", row(), quarter("2014-15 Q1", state="missing", narrative=TOLD),
     quarter("2014-15 Q1", shape="status", text="in progress")),
    ("narrative_other_figure", row(), share("2015-16 Q1", 500, 602, narrative="We cleared 533 of 602 (88.5%)."),
     share("2015-16 Q1", 500, 602, narrative="We cleared 500 of 602, after 533 of 640.")),
    ("narrative_other_figure", row(), share("2015-16 Q1", 500, 602, narrative="Only 500 out of the 1,602 went."),
     share("2015-16 Q1", 500, 602, narrative="On 3 of 7 days, 88% of 602; the first 500 of them in May.")),
    ("narrative_other_figure", shares((533, 602)), share("2014-15 Q2", 500, 602, narrative="Of these, 540 of 602."),
     share("2014-15 Q2", 500, 602, narrative="It was 533 of 602 in the quarter before.")),
    ("reason_or_number", row(), quarter("2014-15 Q1", text="  "), quarter("2014-15 Q1", state="not_due")),
]  # fmt: skip


def ask(indicator: Indicator, value: Value, *others: Indicator, **more: Any) -> list[str]:
    return [query.code for query in query_value(plan(indicator, *others), indicator, value, **more)]


@pytest.mark.parametrize(("code", "indicator", "odd", "_sound"), TWINS)
def test_rule_asks_where_it_must(code: str, indicator: Indicator, odd: Value, _sound: Value) -> None:
    assert code in ask(indicator, odd)


@pytest.mark.parametrize(("code", "indicator", "_odd", "sound"), TWINS)
def test_rule_is_silent_where_nothing_is_odd(code: str, indicator: Indicator, _odd: Value, sound: Value) -> None:
    assert code not in ask(indicator, sound)


def test_every_rule_is_held_to_an_example() -> None:
    beside = {"odd_in_row", "period_not_ended", "counts_in_two_rows", "narrative_of_another_row"}
    assert {rule.code for rule in list_query_rules()} - beside <= {code for code, *_ in TWINS}
    assert all(rule.question.endswith("?") and rule.example for rule in list_query_rules())


OTHER = row([quarter("2014-15 Q1", 468, narrative=TOLD), share("2014-15 Q2", 32, 38)], id="R-2", title="Burglaries")


@pytest.mark.parametrize(
    ("code", "odd", "sound"),
    [
        ("number_in_two_rows", quarter("2014-15 Q1", 468), quarter("2014-15 Q1", 469)),
        ("narrative_of_another_row", quarter("2014-15 Q2", 7, narrative=TOLD.upper()),
         quarter("2014-15 Q2", 7, narrative="As before.")),
        ("counts_in_two_rows", share("2014-15 Q2", 32, 38), share("2014-15 Q2", 31, 38)),
        ("counts_in_two_rows", share("2014-15 Q2", 32, 38), share("2014-15 Q3", 32, 38)),
    ],
)  # fmt: skip
def test_what_another_row_says_as_well_is_asked_about(code: str, odd: Value, sound: Value) -> None:
    assert code in ask(row(), odd, OTHER)
    assert code not in ask(row(), sound, OTHER)


def test_row_of_the_same_series_is_no_copy() -> None:
    last_year = replace(OTHER, series_key="k")
    assert "narrative_of_another_row" not in ask(
        row(series_key="k"), quarter("2015-16 Q1", 9, narrative=TOLD), last_year
    )


@pytest.mark.parametrize(
    ("as_at", "more", "is_asked"),
    [
        (date(2014, 6, 30), {}, True),
        (date(2014, 7, 1), {}, False),
        (None, {}, False),
        (date(2014, 5, 1), {"state": "provisional"}, False),
        (date(2014, 5, 1), {"basis": "stock"}, False),
    ],
)
def test_final_figure_of_a_period_that_is_not_over_is_asked_about(
    as_at: date | None, more: dict[str, Any], is_asked: bool
) -> None:
    codes = ask(row(), quarter("2014-15 Q1", 12, **more), as_at=as_at)
    assert ("period_not_ended" in codes) is is_asked


def test_impossible_comes_first_and_says_what_to_answer() -> None:
    indicator = row([share("2014-15 Q1", 62, 54, narrative=TOLD)])
    found = query_value([indicator], indicator, share("2014-15 Q2", 62, 54, narrative=TOLD))
    assert [(q.code, q.severity, q.field) for q in found] == [
        ("part_larger_than_whole", "impossible", "part"),
        ("text_copied", "ask", "narrative"),
        ("value_repeats", "ask", "number"),
    ]
    assert all(q.asks and q.sentence.endswith(".") for q in found)


def test_what_was_odd_before_is_not_asked_again() -> None:
    assert ask(shares((62, 54)), share("2014-15 Q2", 20, 54)) == []


def test_value_takes_the_place_of_the_one_reported_for_its_period() -> None:
    assert ask(counts(468), quarter("2014-15 Q1", 468)) == []


def test_rule_that_says_why_stands_alone() -> None:
    assert ask(percents(82, 85, 88, 84), percent("2015-16 Q1", 0.85)) == ["unit_slip"]


@pytest.mark.parametrize("numbers", [(), (24,), (24, 27, 22)])
def test_short_history_says_nothing_of_what_is_expected(numbers: tuple[float, ...]) -> None:
    indicator = counts(*numbers)
    assert find_expected_range(indicator, start=date(2015, 4, 1), end=date(2015, 6, 30)) is None
    assert "outside_expected" not in ask(indicator, quarter("2015-16 Q1", 5000))


def test_rows_of_the_series_make_up_the_history() -> None:
    earlier = replace(STEADY, id="old", plan="2014", series_key="tips")
    assert "outside_expected" in ask(row(series_key="tips", plan="2015"), quarter("2015-16 Q1", 61), earlier)


def test_sentence_names_the_range_and_what_it_rests_on() -> None:
    (found,) = query_value([STEADY], STEADY, quarter("2015-16 Q1", 61))
    assert found.sentence == "61 lies above 10 to 40, which the last 4 values lead to expect of 99 in 100."


def test_expected_range_is_told_beforehand() -> None:
    found = find_expected_range(STEADY, start=date(2015, 4, 1), end=date(2015, 6, 30))
    assert found is not None
    assert (
        found.sentence
        == "Expected: 10 to 40, from the last 4 values (99 in 100 lie inside, if things go on as before)."
    )
    assert (found.values_count, found.level) == (4, 0.99)


def test_expected_range_of_a_value_that_never_moved_has_a_width() -> None:
    found = find_expected_range(percents(100, 100, 100, 100), start=date(2015, 4, 1), end=date(2015, 6, 30))
    assert found is not None
    assert (found.low, found.high) == (98, 100)


def test_range_that_says_nothing_is_not_told() -> None:
    few = shares((1, 2), (2, 2), (0, 1), (1, 2))
    assert find_expected_range(few, start=date(2015, 4, 1), end=date(2015, 6, 30)) is None


def test_prediction_agrees_with_the_textbook() -> None:
    """Hahn and Meeker (1991), section 4.7: one further observation, mean +- t s sqrt(1 + 1/n).

    For 51.4, 49.5, 48.7, 49.3, 51.6 (mean 50.10, s 1.31) their 95% interval is 46.1 to 54.1.
    """
    found = find_expected_range(
        rates(51.4, 49.5, 48.7, 49.3, 51.6), start=date(2016, 4, 1), end=date(2016, 6, 30), level=0.95
    )
    assert found is not None
    assert (round(found.low, 1), round(found.high, 1)) == (46.1, 54.1)


@pytest.mark.parametrize("spread", [0.0, 0.1])
def test_honest_counts_are_seldom_asked_about(spread: float) -> None:
    """Of honest next values at most two in a hundred lie outside, by chance alone or by more than chance."""
    rng = np.random.default_rng(20150401)
    asked = 0
    for _ in range(400):
        means = 40 * rng.gamma(1 / spread, spread, 7) if spread else np.full(7, 40.0)
        *before, last = (float(number) for number in rng.poisson(means))
        asked += "outside_expected" in ask(counts(*before), quarter("2015-16 Q3", last))
    assert asked <= 0.02 * 400


@settings(max_examples=150, deadline=None)
@given(
    st.builds(
        Value,
        st.sampled_from(["2015-16 Q1", "x"]),
        st.sampled_from([None, date(2015, 4, 1)]),
        st.sampled_from([None, date(2015, 6, 30)]),
        shape=st.sampled_from(["percent", "count", "rate", "x_of_y", "money", "status"]),
        number=st.none() | st.floats(),
        part=st.none() | st.floats(-10, 1e9),
        whole=st.none() | st.floats(-10, 1e9),
        narrative=st.text(max_size=60),
        missing_reason=st.sampled_from(["", "no_data"]),
    ),
    st.sampled_from([row(), STEADY, MENDED, row(target=NoTarget()), percents(82, 85, 88, 84)]),
)
def test_any_value_can_be_asked_about(value: Value, indicator: Indicator) -> None:
    for query in query_value([indicator], indicator, value, as_at=date(2015, 5, 1)):
        assert query.sentence
        assert query.asks
        assert query.severity in ("impossible", "unlikely", "ask")


def test_only_warnings_that_exist_are_asked_from_the_row() -> None:
    from wardmote.evidence.targets.warnings import list_rules

    assert set(_ASKED) <= {rule.name for rule in list_rules()}


def test_target_changed_since_is_no_matter_of_the_value() -> None:
    versions = (
        TargetVersion(FLOOR, valid_to=date(2015, 3, 31)),
        TargetVersion(NoTarget(), valid_from=date(2015, 4, 1)),
    )
    assert ask(row(targets=versions), percent("2015-16 Q1", 84)) == []


@pytest.mark.realdata
def test_published_figures_are_asked_about_only_where_something_is_wrong(shared_data: Any) -> None:
    """Each value as if it were typed when its period ended; the odd ones were checked by eye against the tables."""
    found = read_plan(shared_data / "medway" / "indicators.json")
    asked = set()
    for indicator in found.indicators:
        for value in indicator.values:
            past = [
                old for old in indicator.values if old is not value and old.end and value.end and old.end <= value.end
            ]
            then = replace(indicator, values=tuple(past))
            asked |= {(indicator.id, query.code) for query in query_value(found, then, value)}
    numeric = {(row_id, code) for row_id, code in asked if code not in ("reason_or_number", "definition_changed")}
    assert numeric == {
        ("A-P3-3", "year_share_outside_quarters"), ("A-P5-2", "projection_below_actual"),
        ("A-P5-3", "denominator_missing"), ("B-P2-6", "printed_percent_differs"),
        ("B-P3-7", "printed_percent_differs"),
    }  # fmt: skip


@pytest.mark.parametrize("number", [1_234, 1_500, 20_567])
def test_people_are_not_taken_for_minutes_or_parts_of_people(number: float) -> None:
    asked = [query for query in query_value([], counts(20, 21, 19), quarter("2014-15 Q4", number))
             if query.code == "unit_slip"]  # fmt: skip
    assert asked == []
