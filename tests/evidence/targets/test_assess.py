"""A whole plan judged: each status with its signal, forecast and warnings, in the plan's order."""

from datetime import date
from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evidence.targets.drawn_plans import plan, quarter, row, share, year
from wardmote.evidence.statistics.errors import StatisticsError
from wardmote.evidence.targets import assess
from wardmote.evidence.targets.assess import assess_plan, find_plan_period
from wardmote.evidence.targets.kinds import (
    Base,
    CountPerPeriod,
    Milestone,
    NoChange,
    NoTarget,
    PointsChange,
    RelativeChange,
    TargetVersion,
    Threshold,
    Trajectory,
)
from wardmote.evidence.targets.plan import Basis, Override, Shape, Value, ValueState
from wardmote.evidence.targets.statuses import IndicatorStatus, Settings


def test_assessed_rows_keep_the_plans_order_and_carry_everything():
    first = row([share("2015-16 Q1", 7, 33), share("2015-16 Q2", 8, 52)], Threshold("<", 20, "percent"), id="A")
    second = row([quarter("2015-16 Q1", 355)], CountPerPeriod(">=", 100, "people"), id="B", polarity="higher")
    one, other = assess_plan(plan(first, second))
    assert (one.id, other.id) == ("A", "B")
    assert [period.status for period in one.periods] == ["red", "green"]
    assert one.latest.signal.code == "too_few"
    assert "includes the target of 20%" in one.latest.signal.sentence
    assert one.latest.forecast.chance == pytest.approx(0.73, abs=0.05)
    assert one.latest.is_small
    assert other.latest.forecast.chance == 1


def test_warnings_stand_at_their_period_and_the_others_at_the_row():
    target = Threshold(">=", 60, "percent")
    values = [share("2015-16 Q1", 30, 52), share("2015-16 Q2", 30, 52, printed_percent=19, measure="b")]
    measures = [share("2015-16 Q2", 31, 60, measure="c")]
    (status,) = assess_plan(plan(row([*values, *measures], target, polarity="higher")))
    assert [warning.rule for warning in status.warnings] == ["several_measures"]
    assert "printed_percent_differs" in {warning.rule for warning in status.latest.warnings}


def test_forecast_colours_nothing():
    low = row([quarter("2015-16 Q1", 2)], CountPerPeriod(">=", 8, "schools"), polarity="higher")
    high = row([quarter("2015-16 Q1", 3)], CountPerPeriod(">=", 8, "schools"), polarity="higher")
    one, other = assess_plan(plan(low, high))
    assert (one.latest.status, other.latest.status) == ("green", "green")
    assert one.latest.forecast.chance < other.latest.forecast.chance


def test_the_same_quarter_of_last_years_row_is_compared():
    old = row([quarter("2014-15 Q1", 200)], id="A", series_key="tips")
    new = row([quarter("2015-16 Q1", 100)], id="B", series_key="tips")
    _, assessed = assess_plan(plan(old, new))
    assert assessed.latest.signal.sentence.startswith("100 after 200 in 2014-15 Q1: more than noise")


def test_settings_reach_the_signal_and_the_warnings():
    counts = row([quarter("2015-16 Q1", 9), quarter("2015-16 Q2", 4)], CountPerPeriod(">=", 12, "calls"))
    (usual,) = assess_plan(plan(counts))
    (bold,) = assess_plan(plan(counts), settings=Settings(small_number=5, reach_factor=1.05))
    assert (usual.latest.signal.code, bold.latest.signal.code) == ("too_few", "within_noise")
    assert [warning.rule for warning in bold.latest.warnings] == ["target_without_reach"]


def test_a_row_without_values_is_answered_for_its_own_plans_period():
    filled = row([year("2018-19", 8)], id="A", plan="kent")
    elsewhere = [row([quarter("2015-16 Q1", n)], id=f"C{n}", plan="medway") for n in (1, 2, 3)]
    bare = row([], Milestone("strategy written", state="complete"), id="B", plan="kent", polarity="none")
    status = {found.id: found for found in assess_plan(plan(filled, *elsewhere, bare), as_at=date(2019, 4, 1))}["B"]
    assert status.latest.period == "2018-19"
    assert status.latest.status == "green"
    assert status.latest.forecast.sentence == "No forecast: a thing is done or not done."


def test_plan_period_is_the_one_most_rows_end_on():
    rows = [
        row([quarter("2015-16 Q1", 1), quarter("2015-16 Q2", 2)], id="A"),
        row([quarter("2015-16 Q1", 1), quarter("2015-16 Q2", 2)], id="B"),
        row([year("2014-15", 1)], id="C"),
        row([], id="D"),
    ]
    assert find_plan_period(rows) == ("2015-16 Q2", date(2015, 7, 1), date(2015, 9, 30))


def test_plan_period_of_a_tie_is_the_later_and_of_nothing_none():
    rows = [row([quarter("2015-16 Q1", 1)]), row([quarter("2015-16 Q2", 2)]), row([Value("undated", number=1)])]
    assert find_plan_period(rows)[0] == "2015-16 Q2"
    assert find_plan_period([row([])]) is None


@pytest.mark.realdata
def test_the_worked_indicators_are_all_assessed(shared_data):
    from wardmote.evidence.sources.action_plan import read_plan

    read = read_plan(shared_data / "medway" / "indicators.json")
    assessed = {status.id: status for status in assess_plan(read)}
    assert len(assessed) == len(read.indicators)
    said = {(name, warning.rule) for name, status in assessed.items() for warning in status.warnings}
    said |= {(name, w.rule) for name, status in assessed.items() for period in status.periods for w in period.warnings}
    for expected in [
        ("A-P3-3", "year_share_outside_quarters"),
        ("A-P5-2", "projection_below_actual"),
        ("B-P2-5", "compared_with_wrong_base"),
        ("B-P2-6", "printed_percent_differs"),
        ("B-P3-7", "printed_percent_differs"),
        ("B-P3-4", "target_forms_disagree"),
        ("B-P4-5", "target_eased"),
    ]:
        assert expected in said
    assert all(period.signal.sentence for status in assessed.values() for period in status.periods)


numbers = st.one_of(st.none(), st.integers(-5, 3000).map(float), st.floats(-10, 1e6), st.just(float("nan")))
days = st.one_of(st.none(), st.dates(date(2013, 1, 1), date(2017, 12, 31)))
values = st.builds(
    Value,
    period=st.sampled_from(["2014-15 Q4", "2015-16 Q1", "2015-16", "undated"]),
    start=days,
    end=days,
    basis=st.sampled_from(get_args(Basis)),
    state=st.sampled_from(get_args(ValueState)),
    shape=st.sampled_from(get_args(Shape)),
    number=numbers,
    part=numbers,
    whole=numbers,
    whole_alternative=numbers,
    printed_percent=numbers,
    count=numbers,
    change_pct=numbers,
    change_base=st.sampled_from(["", "previous quarter", "same quarter last year"]),
    base=numbers,
    measure=st.sampled_from(["", "a", "b"]),
    parts=st.sampled_from([(), (("day", 94.0), ("evening", 47.0))]),
    narrative=st.sampled_from(["", "Q1 - In May 2012, 468 of 9,000 came: a 5% rise."]),
)
targets = st.sampled_from(
    [
        Threshold("<", 50, "percent"),
        CountPerPeriod(">=", 100, "people"),
        CountPerPeriod("<=", 12, "calls"),
        RelativeChange("decrease", 5, Base("outturn", 80)),
        RelativeChange("decrease", 5, Base("same_period_last_year")),
        PointsChange(2, Base("outturn", 6.2)),
        NoChange("no_increase", Base("outturn", 426)),
        Trajectory(85.2, "2004-2008 mean", 2020, 51.12),
        Milestone("done"),
        NoTarget(),
    ]
)


@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.lists(values, max_size=4), targets), min_size=1, max_size=3))
def test_any_row_that_can_be_written_is_assessed(drawn):
    rows = [row(mine, target, id=str(n), series_key="s") for n, (mine, target) in enumerate(drawn)]
    for status in assess_plan(plan(*rows)):
        for period in status.periods:
            chance = period.forecast.chance
            assert chance is None or 0 <= chance <= 1
            assert period.signal.sentence.endswith(".")
            assert "nan" not in f"{period.signal.sentence}{period.forecast.sentence}"
        assert all("nan" not in warning.sentence for warning in status.warnings)


def test_nothing_is_forecast_while_two_targets_disagree():
    both = tuple(TargetVersion(Threshold("<", level, "percent")) for level in (20, 60))
    values = [share("2015-16 Q1", 70, 330), share("2015-16 Q2", 180, 520)]
    (status,) = assess_plan(plan(row(values, targets=both)))
    assert status.latest.reason_code == "definition"
    assert status.latest.forecast.chance is None
    assert "which target holds" in status.latest.forecast.sentence
    (alone,) = assess_plan(plan(row(values, targets=both[1:])))
    assert alone.latest.forecast.chance is not None


def judge_beside_another(odd: Value) -> tuple[IndicatorStatus, IndicatorStatus]:
    sound = row([quarter("2015-16 Q1", 120)], CountPerPeriod(">=", 100, "people"), id="A", polarity="higher")
    one, other = assess_plan(plan(sound, row([odd], Threshold("<=", 20, "count"), id="B")))
    return one, other


@pytest.mark.parametrize("day", [date(1, 1, 1), date(9999, 12, 31)])
def test_row_with_a_day_beyond_the_calendar_is_grey_and_the_others_are_judged(day, caplog):
    odd = Value("long ago", day, day, basis="cumulative", shape="x_of_y", part=10.0, whole=20.0)
    one, other = judge_beside_another(odd)
    assert one.latest.status == "green"
    assert other.latest.status == "grey"
    assert other.latest.why.startswith("it could not be judged: ")
    assert other.latest.reason_code == "definition"
    assert [record.exc_info is not None for record in caplog.records] == [True]


@pytest.mark.parametrize(
    ("error", "said"),
    [(MemoryError(), "too large"), (OverflowError(), "too large"), (ZeroDivisionError(), "no answer"),
     (StatisticsError("-3 events were seen"), "-3 events were seen")],
)  # fmt: skip
def test_row_whose_figures_cannot_be_reckoned_with_is_grey_and_keeps_what_a_person_set(error, said, monkeypatch):
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(assess, "judge_signal", fail)
    held = Override("2015-16 Q1", "red", "seen on the spot", "A. Nother")
    (status,) = assess_plan(plan(row([quarter("2015-16 Q1", 1), quarter("2015-16 Q2", 2)], overrides=(held,))))
    assert [period.status for period in status.periods] == ["red", "grey"]
    assert said in status.latest.why
    assert status.latest.value == 2


def test_fault_of_the_program_is_not_taken_for_one_of_the_figures(monkeypatch):
    monkeypatch.setattr(assess, "judge_signal", None)
    with pytest.raises(TypeError):
        assess_plan(plan(row([quarter("2015-16 Q1", 1)])))
