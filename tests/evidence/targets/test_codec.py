"""Plan values as plain values and back: nothing lost, nothing unknown let in."""

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wardmote.evidence.model.errors import Fault, UsageError
from wardmote.evidence.targets import codec
from wardmote.evidence.targets.codec.shapes import list_fields
from wardmote.evidence.targets.kinds import (
    Base,
    Benchmark,
    CohortShare,
    Compound,
    CountPerPeriod,
    Frequency,
    Milestone,
    NoChange,
    NoTarget,
    PointsChange,
    RelativeChange,
    TargetVersion,
    Threshold,
    Trajectory,
    WithdrawnVersion,
)
from wardmote.evidence.targets.plan import Indicator, Override, Plan, Value

numbers = st.floats(allow_nan=False, allow_infinity=False)
words = st.text(max_size=12)
#: from_type draws numbers that are none; no file has them.
DRAWN: dict[Any, st.SearchStrategy[Any]] = {
    float: numbers,
    float | None: st.none() | numbers,
    tuple[float, float] | None: st.none() | st.tuples(numbers, numbers),
    tuple[tuple[str, float], ...]: st.lists(st.tuples(words, numbers), max_size=3).map(tuple),
}

#: Every kind drawn by its declared types, so that a field added to it is drawn as well.
SIMPLE = (Threshold, CountPerPeriod, RelativeChange, PointsChange, Benchmark, CohortShare, Milestone, Trajectory,
          Frequency, NoChange, NoTarget)  # fmt: skip


def draw(kind: type, **more: Any) -> st.SearchStrategy[Any]:
    """A value with every field drawn, those with a default as well."""
    fields = {field.name: DRAWN[hint] if hint in DRAWN else st.from_type(hint) for field, hint in list_fields(kind)}
    return st.builds(kind, **{**fields, **more})


bases = draw(Base, by_period=st.dictionaries(words, numbers, max_size=2))
simple = st.one_of(
    [draw(kind, base=bases) for kind in (RelativeChange, PointsChange, NoChange)]
    + [draw(kind) for kind in SIMPLE if kind not in (RelativeChange, PointsChange, NoChange, Trajectory)]
    + [draw(Trajectory, steps=st.dictionaries(st.integers(1900, 2100), numbers, max_size=2))]
)
compounds = st.builds(Compound, st.lists(st.tuples(words, simple), max_size=3).map(tuple))
targets = simple | compounds
versions = draw(TargetVersion, target=targets, also=st.lists(targets, max_size=2).map(tuple))
values = draw(Value)
indicators = draw(
    Indicator,
    targets=st.lists(versions, max_size=2).map(tuple),
    values=st.lists(values, max_size=2).map(tuple),
    overrides=st.lists(draw(Override), max_size=1).map(tuple),
    withdrawn=st.lists(draw(WithdrawnVersion, version=versions), max_size=1).map(tuple),
    extra=st.dictionaries(words, words, max_size=2),
)


def carry(body: Any) -> Any:
    """The plain values as a file brings them back."""
    return json.loads(json.dumps(body, allow_nan=False))


@pytest.mark.parametrize("kind", [*SIMPLE, Compound])
def test_every_kind_of_target_has_a_name_of_its_own(kind: type) -> None:
    assert codec.KINDS[codec.name_kind(kind)] is kind


@settings(max_examples=300, deadline=None)
@given(targets)
def test_any_target_comes_back_as_it_was(target: Any) -> None:
    assert codec.decode_target(carry(codec.encode_target(target))) == target


@settings(max_examples=150, deadline=None)
@given(values)
def test_any_value_comes_back_as_it_was(value: Value) -> None:
    assert codec.decode_value(carry(codec.encode_value(value))) == value


@settings(max_examples=100, deadline=None)
@given(indicators)
def test_any_row_comes_back_as_it_was(indicator: Indicator) -> None:
    assert codec.decode_indicator(carry(codec.encode_indicator(indicator))) == indicator


@settings(max_examples=30, deadline=None)
@given(st.lists(indicators, max_size=2), st.lists(draw(Fault), max_size=2))
def test_any_plan_comes_back_as_it_was(rows: list[Indicator], faults: list[Fault]) -> None:
    plan = Plan("Drawn", tuple(rows), tuple(faults))
    assert codec.decode_plan(carry(codec.encode_plan(plan))) == plan


def test_what_equals_its_default_is_left_out() -> None:
    assert codec.encode_value(Value("2015-16 Q1", number=85.0)) == {"period": "2015-16 Q1", "number": 85}
    assert codec.encode_target(NoTarget()) == {"kind": "no_target"}


def test_number_is_kept_to_its_last_bit() -> None:
    value = Value("2015-16 Q1", number=0.1 + 0.2)
    assert codec.decode_value(carry(codec.encode_value(value))).number == 0.30000000000000004


def test_whole_number_is_read_as_a_number_with_a_fraction() -> None:
    assert isinstance(codec.decode_value({"period": "x", "number": 85}).number, float)


def test_day_that_yaml_has_read_is_taken() -> None:
    assert codec.decode_value({"period": "x", "start": date(2015, 4, 1)}).start == date(2015, 4, 1)


def test_number_that_json_does_not_have_is_refused() -> None:
    with pytest.raises(UsageError, match="nan is no number"):
        codec.encode_value(Value("x", number=float("nan")))


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"kind": "threshhold"}, "the target.kind: 'threshhold' cannot be used. Expected one of threshold,"),
        ({}, "the target.kind: 'nothing' cannot be used"),
        ([], "the target: a list cannot be used. Expected an object with the key 'kind'"),
        ({"kind": "threshold", "operator": ">=", "valu": 3}, "the key 'valu' is not known"),
        ({"kind": "threshold", "operator": ">=", "valu": 3}, "Write 'value'"),
        ({"kind": "threshold", "operator": ">="}, "the target: 'value' is missing"),
        ({"kind": "threshold", "operator": "=>", "value": 3}, "the target.operator: '=>' cannot be used"),
        ({"kind": "threshold", "operator": ">=", "value": True}, "the target.value: 'True' cannot be used"),
        ({"kind": "threshold", "operator": ">=", "value": "3"}, "Expected a number"),
        ({"kind": "threshold", "operator": ">=", "value": 10**400}, "a number of sensible size"),
        ({"kind": "threshold", "operator": ">=", "value": 3, "unit": 7}, "Put it in quotation marks"),
        ({"kind": "milestone", "due": "31/03/2026"}, "Expected a day as 2026-03-31"),
        ({"kind": "milestone", "parts": "a"}, "the target.parts: 'a' cannot be used. Expected a list"),
        ({"kind": "compound", "parts": [["day", {"kind": "compound", "parts": []}]]}, "the target.parts[0][1].kind"),
        ({"kind": "compound", "parts": [["day"]]}, "the target.parts[0]: a list cannot be used. Expected a list of 2"),
        ({"kind": "frequency", "times": 1, "thing": "", "span": "week"}, "the target.span: 'week'"),
        ({"kind": "trajectory", "baseline": 1, "baseline_period": "", "end_year": 2020.5, "end_value": 1}, "a whole"),
    ],
)
def test_what_is_not_known_is_refused_with_its_place(body: object, said: str) -> None:
    with pytest.raises(UsageError) as caught:
        codec.decode_target(body)
    assert said in str(caught.value)


def test_all_faults_come_in_one_answer() -> None:
    with pytest.raises(UsageError) as caught:
        codec.decode_value({"perod": "x", "start": "soon", "number": "many", "state": "sure", "is_scored": "no"})
    assert [fault.code for fault in caught.value.faults] == [
        "unknown_key", "date", "unknown_word", "number", "shape", "missing_key",
    ]  # fmt: skip
