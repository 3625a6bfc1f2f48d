"""What a printed number may stand for."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardmote.evidence.claims.spans import Span, above, below, find_change_pct, find_share_pct, judge_span

ENDS = st.floats(min_value=-1e6, max_value=1e6)
SPANS = st.tuples(ENDS, ENDS).map(lambda ends: Span(min(ends), max(ends)))
SHARES = st.floats(min_value=0, max_value=1)


def take(span: Span, share: float) -> float:
    """A value inside a span."""
    return min(max(span.low + (span.high - span.low) * share, span.low), span.high)


def lies_in(value: float, span: Span) -> bool:
    return Span.exactly(value).meets(span)


@given(SPANS, SPANS, SHARES, SHARES)
def test_sum_and_difference_hold_those_of_any_members(one: Span, two: Span, first: float, second: float) -> None:
    a, b = take(one, first), take(two, second)
    assert lies_in(a + b, one + two)
    assert lies_in(a - b, one - two)


@given(SPANS, SHARES, st.floats(min_value=-100, max_value=100))
def test_scaling_and_sign_hold_any_member(span: Span, share: float, factor: float) -> None:
    value = take(span, share)
    assert lies_in(value * factor, span.scaled(factor))
    assert lies_in(abs(value), span.abs())


@given(SPANS, st.floats(min_value=0.5, max_value=1e5), SHARES)
def test_quotient_holds_that_of_any_members(one: Span, low: float, share: float) -> None:
    two = Span(low, low * 2)
    per = one.per(two)
    assert per is not None
    assert lies_in(take(one, share) / take(two, share), per)


@given(SPANS, SPANS)
def test_two_spans_meet_where_no_gap_parts_them(one: Span, two: Span) -> None:
    assert one.meets(two) == two.meets(one)
    assert one.gap_to(two) == two.gap_to(one)
    if one.gap_to(two) == 0:
        assert one.meets(two)


@pytest.mark.parametrize(
    ("claimed", "found", "step", "verdict"),
    [
        (Span(41.5, 42.5), Span.exactly(42.5), 1.0, "ok"),
        (Span(41.5, 42.5), Span.exactly(42.72), 1.0, "imprecise"),  # cut off
        (Span(41.5, 42.5), Span.exactly(41.2), 1.0, "imprecise"),  # rounded up
        (Span(41.5, 42.5), Span.exactly(43.2), 1.0, "wrong"),
        (Span(2.5, 3.5), Span(1.9, 2.1), 1.0, "wrong"),  # a whole unit from a finer figure
        (Span(2.5, 3.5), Span(1.0, 2.1), 1.0, "imprecise"),  # the figure itself is as rough
        (Span.exactly(100), Span.exactly(101), 0.0, "wrong"),
        (above(30), Span.exactly(25), 1.0, "wrong"),
        (above(30), Span.exactly(31), 1.0, "ok"),
        (below(30), Span.exactly(30), 0.0, "ok"),  # the last bit of a float never decides
    ],
)
def test_judgement(claimed: Span, found: Span, step: float, verdict: str) -> None:
    assert judge_span(claimed, found, step) == verdict


def test_nothing_is_divided_by_nought() -> None:
    assert Span.exactly(1).per(Span(-1, 1)) is None
    assert find_share_pct(Span.exactly(1), Span.exactly(0)) is None
    assert find_change_pct(Span.exactly(0), Span.exactly(5)) is None


def test_published_change() -> None:
    """Recorded crime in Medway, year to March 2015 and 2016: 18,754 and 20,285, "8% increase"."""
    change = find_change_pct(Span.exactly(18754), Span.exactly(20285))
    assert change is not None
    assert math.isclose(change.middle, 8.1636, abs_tol=1e-4)
    assert judge_span(Span(7.5, 8.5), change, 1.0) == "ok"
