"""Numbers in running text."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardmote.evidence.claims.wording.numbers import find_grain, find_numbers

#: Text that looks like reports: digits, signs, months and words of number in any order.
TEXTS = st.one_of(
    st.text(max_size=200),
    st.lists(
        st.sampled_from(["12", "1,234", "£5", "%", " per 1,000 ", "(", ")", "-", "–", " ", "twenty-one", "two", "to",
                         "2018/19", "Q1", "March", "over", "k", "million", ".", ",", "\n", "points", "999"]),
        max_size=60,
    ).map("".join),
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It is 42%.", [(42, "percent")]),
        ("It is 42 per cent.", [(42, "percent")]),
        ("It rose 3 percentage points.", [(3, "points")]),
        ("It cost £1.3m.", [(1_300_000, "money")]),
        ("There were 1,234 calls.", [(1234, "count")]),
        ("It is 70 per 1,000 residents.", [(70, "rate")]),
        ("119.76 per 1,000 people", [(119.76, "rate")]),
        ("3.2 Background", [(3.2, "label")]),
        ("It was the 26th.", [(26, "ordinal")]),
        ("It is 4 times as many.", [(4, "multiple")]),
        ("Twenty-one people, two of them hurt", [(21, "count"), (2, "count")]),
        ("Open 24/7 in 2018/19.", [(24, "label"), (2018, "label")]),
        ("Call 101 on 5 May 2019.", [(101, "label"), (5, "label"), (2019, "label")]),
        ("in the 12 months to March 2019", [(12, "label"), (2019, "label")]),
        ("It changed by -10%.", [(-10, "percent")]),
        ("", []),
    ],
)
def test_kinds(text: str, found: list[tuple[float, str]]) -> None:
    kinds = [(number.value, number.kind) for number in find_numbers(text)]
    assert [pair for pair in kinds if pair in found] == found
    assert {kind for pair in kinds if pair not in found for kind in pair[1:]} <= {"label"}


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("over 5,000 calls", "over"),
        ("more than 5,000 calls", "over"),
        ("fewer than 50 calls", "under"),
        ("at least 50 calls", "at_least"),
        ("up to 50 calls", "at_most"),
        ("nearly 50 calls", "about"),
        ("5% more than 50 calls", ""),  # a comparison
        ("more than the 50 calls", ""),
        ("92 fewer than 50 calls", ""),
        ("some took over; 50 calls", ""),
    ],
)
def test_bounds(text: str, bound: str) -> None:
    assert find_numbers(text)[-1].bound == bound


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [("42%", 41.5, 42.5), ("14.2%", 14.15, 14.25), ("1.3 million", 1_250_000, 1_350_000), ("400 calls", 400, 400)],
)
def test_span_is_what_would_be_printed_like_this(text: str, low: float, high: float) -> None:
    (number,) = find_numbers(text)
    assert (number.span.low, number.span.high) == pytest.approx((low, high))


@pytest.mark.parametrize(("value", "grain"), [(18_000, 1000), (16_500, 100), (20_285, 1), (0, 1)])
def test_grain(value: float, grain: float) -> None:
    assert find_grain(value) == grain


@given(TEXTS)
def test_any_text_gives_numbers_in_order_and_inside_it(text: str) -> None:
    numbers = find_numbers(text)
    for number in numbers:
        assert 0 <= number.start < number.end <= len(text)
        assert text[number.start : number.end] == number.text
        assert number.span.low <= number.span.high
    for one, two in itertools.pairwise(numbers):
        assert one.end <= two.start


@given(TEXTS)
def test_doubled_text_gives_twice_the_numbers(text: str) -> None:
    """What is found in a text is found in each half of two, apart by a line that no pattern crosses."""
    once = [(number.kind, number.value) for number in find_numbers(text)]
    gap = "\n\nNothing stands here that counts.\n\n"
    assert [(n.kind, n.value) for n in find_numbers(f"{text}{gap}{text}")][: len(once) // 2] == once[: len(once) // 2]
