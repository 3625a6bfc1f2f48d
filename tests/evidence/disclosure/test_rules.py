"""Rules of sources, counts behind figures, and marks for the partnership."""

from dataclasses import replace

import pytest

from support.drawn_figures import draw_figure, draw_rate
from wardmote.evidence.disclosure import SMALL_NUMBER_NOTE, DisclosureRule, mark_small_numbers, rule_for_source
from wardmote.evidence.disclosure.counts import count_behind
from wardmote.evidence.model.errors import UsageError
from wardmote.evidence.model.figures import Denominator


@pytest.mark.parametrize(
    ("disclosure", "minimum", "expected"),
    [
        ("open", None, None),
        ("open", 10, None),
        ("partner", None, DisclosureRule(5)),
        ("partner", 10, DisclosureRule(10)),
    ],
)
def test_rule_for_source(disclosure: str, minimum: int | None, expected: DisclosureRule | None) -> None:
    assert rule_for_source(disclosure, minimum) == expected


def test_rule_for_source_refuses_what_no_catalogue_says() -> None:
    with pytest.raises(UsageError, match="cannot be 'secret'"):
        rule_for_source("secret")


@pytest.mark.parametrize(("minimum", "rounding"), [(1, None), (5, 1), (5, 11)])
def test_a_rule_that_protects_nobody_is_refused(minimum: int, rounding: int | None) -> None:
    with pytest.raises(UsageError):
        DisclosureRule(minimum, rounding=rounding)


@pytest.mark.parametrize(
    "rule", [DisclosureRule(5, rounding=5), DisclosureRule(10, rounding=5), DisclosureRule(3, rounding=3)]
)
def test_a_reader_of_a_rounded_count_knows_its_range_and_no_more(rule: DisclosureRule) -> None:
    for count in range(rule.minimum_count, 60):
        low, high = rule.read_published(rule.round_count(count))
        assert low <= count <= high
        same = [n for n in range(rule.minimum_count, 80) if rule.round_count(n) == rule.round_count(count)]
        assert (low, high) == (same[0], same[-1])


def test_a_rate_tells_the_count_it_was_made_from() -> None:
    # 2.0979 per 1,000 of 1,430 residents
    assert count_behind(draw_rate(3, 1430)) == 3


def test_a_percentage_tells_the_count_it_was_made_from() -> None:
    share = replace(
        draw_figure(None),
        value=14.3,
        unit="%",
        denominator=Denominator(21, "fires", 2025, "2025/26"),
        indicator="fires_pct",
    )
    assert count_behind(share) == 3


def test_small_numbers_are_marked_once_and_keep_their_value() -> None:
    figures = [draw_figure(n) for n in (0, 1, 4, 5)] + [draw_figure(None), draw_rate(2, 900)]
    marked = mark_small_numbers(figures, 5)
    assert [SMALL_NUMBER_NOTE in f.notes for f in marked] == [False, True, True, False, False, True]
    assert [f.value for f in marked] == [f.value for f in figures]
    assert mark_small_numbers(marked, 5) == marked
