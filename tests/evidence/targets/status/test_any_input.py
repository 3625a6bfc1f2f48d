"""Whatever a file may hold, every period gets one answer that keeps its form."""

from datetime import date
from typing import get_args

from hypothesis import given, settings
from hypothesis import strategies as st

from wardmote.evidence.targets.kinds import (
    Base,
    BaseKind,
    Benchmark,
    CohortShare,
    Compound,
    CountPerPeriod,
    Frequency,
    Milestone,
    NoChange,
    NoTarget,
    Operator,
    PointsChange,
    Polarity,
    RelativeChange,
    Span,
    TargetVersion,
    Threshold,
    Trajectory,
)
from wardmote.evidence.targets.plan import Basis, Indicator, Override, Shape, Value, ValueState
from wardmote.evidence.targets.status import judge_indicator
from wardmote.evidence.targets.statuses import ReasonCode

numbers = st.one_of(st.sampled_from([-6.0, 0.0, 1.0, 50.0, 95.0, 100.0]), st.floats(-1e6, 1e9))
perhaps = st.none() | numbers
days = st.none() | st.dates(date(2012, 1, 1), date(2016, 12, 31)) | st.just(date(2016, 2, 29))
words = st.sampled_from(["", "complete", "in progress", "continuous", "due in May 2016", "previous quarter", "xyz"])
periods = st.sampled_from(["2014-15 Q3", "2014-15 Q4", "2014-15", "2015 Jan-Mar", "", "x"])
operators = st.sampled_from(get_args(Operator))
spans = st.sampled_from(get_args(Span))
bases = st.builds(
    Base,
    st.sampled_from(get_args(BaseKind)),
    perhaps,
    st.sampled_from(["", "2013-14", "2013-14 Q3"]),
    st.sampled_from(["", "percent", "per 100k"]),
    st.dictionaries(periods, numbers, max_size=2),
)
simple = st.one_of(
    st.builds(Threshold, operators, numbers, st.sampled_from(["", "percent", "people"])),
    st.builds(CountPerPeriod, operators, numbers, words, spans, words, st.sampled_from(["linear", "none", "by_size"])),
    st.builds(RelativeChange, st.sampled_from(["increase", "decrease"]), st.floats(0, 100), bases),
    st.builds(PointsChange, numbers, bases, perhaps),
    st.builds(Benchmark, st.sampled_from(["similar", "better", "at_or_below", "at_or_above"]), words, perhaps),
    st.builds(CohortShare, operators, numbers, words),
    st.builds(Milestone, words, st.just(("a", "b")), words, days),
    st.builds(Trajectory, numbers, words | st.just("2004-2008"), st.integers(2005, 2020), numbers,
              st.sampled_from(["linear", "compound", "steps"])),
    st.builds(Frequency, numbers, words, spans),
    st.builds(NoChange, st.sampled_from(["maintain", "no_increase", "no_decrease"]), bases, st.floats(0, 10)),
    st.builds(NoTarget, words),
)  # fmt: skip
targets = simple | st.builds(lambda one, two: Compound((("a", one), ("b", two))), simple, simple)
values = st.builds(
    Value,
    periods,
    days,
    days,
    st.sampled_from(get_args(Basis)),
    st.sampled_from(get_args(ValueState)),
    st.sampled_from(get_args(Shape)),
    number=perhaps,
    part=st.none() | st.integers(0, 50).map(float),
    whole=st.none() | st.integers(0, 50).map(float),
    whole_alternative=st.none() | st.integers(0, 50).map(float),
    parts=st.sampled_from([(), (("a", 94.0), ("b", 47.0))]),
    checks=st.sampled_from([(), (True, False)]),
    text=words,
    change_pct=perhaps,
    change_base=words,
    base=perhaps,
    measure=st.sampled_from(["", "m"]),
    lag=words,
    note=words,
    is_scored=st.booleans(),
    missing_reason=st.sampled_from(["", "not_due", "nonsense"]),
)
overrides = st.builds(Override, periods, st.sampled_from(["green", "grey"]), st.just("why"), st.just("who"), days)
indicators = st.builds(
    Indicator,
    st.just("X"),
    st.just(""),
    st.sampled_from(get_args(Polarity)),
    st.lists(st.builds(TargetVersion, targets, valid_from=days, valid_to=days), min_size=0, max_size=2).map(tuple),
    st.lists(values, max_size=4).map(tuple),
    unit=st.sampled_from(["", "percent", "people"]),
    discontinued_on=days,
    overrides=st.lists(overrides, max_size=1).map(tuple),
)


@settings(max_examples=400)
@given(indicators, days)
def test_every_period_gets_one_well_formed_answer(indicator: Indicator, as_at: date | None) -> None:
    found = judge_indicator(indicator, as_at=as_at, plan_period=("2014-15", date(2014, 4, 1), date(2015, 3, 31)))
    labels = [status.period for status in found.periods]
    assert len(labels) == len(set(labels))
    assert {value.period for value in indicator.values} <= set(labels)
    for status in found.periods:
        assert (status.status == "grey") == (status.reason_code is not None)
        assert status.reason_code is None or status.reason_code in get_args(ReasonCode)
        assert status.why
        assert "nan" not in status.why.split()
