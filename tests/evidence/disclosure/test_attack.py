"""What can be worked out from published tables: limits by hand, by brute force, and on the usual traps."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from support.drawn_figures import draw_figure, draw_rate, draw_table, list_possible_tables
from wardmote.evidence.disclosure import AttackReport, DisclosureError, DisclosureRule, SumRelation, attack
from wardmote.evidence.disclosure import derive_relations as relate
from wardmote.evidence.disclosure.bounds import maximise
from wardmote.evidence.model.errors import UsageError
from wardmote.evidence.model.figures import Figure, Missing

HIDDEN = Missing("suppressed", "withheld")


def hide(figures: list[Figure], *cells: dict[str, str]) -> list[Figure]:
    return [f.without_value(HIDDEN, "suppressed") if dict(f.dimensions) in cells else f for f in figures]


def limits(report: AttackReport) -> dict[str, tuple[int, int | None]]:
    """Row and column of each withheld cell -> its limits."""
    return {b.cell_id.split(":", 3)[3]: (b.low, b.high) for b in report.bounds}


# Willenborg and de Waal's table of investment by activity and region, as used by Fischetti and Salazar, Solving the
# cell suppression problem on tabular data with linear constraints, Management Science 47 (2001), pp. 1008-1027, fig. 1:
# with (II,A), (II,C), (III,A) and (III,C) withheld, the sensitive 22 lies from 5 to 30. By hand: let x stand for it;
# then (II,A) = 49-19-x, (III,C) = 44-10-x and (III,A) = 61-32-(34-x) = x-5, and none may be below zero.
INVESTMENT = """
    .     | A  | B   | C  | Total
    I     | 20 | 50  | 10 | 80
    II    | 8  | 19  | 22 | 49
    III   | 17 | 32  | 12 | 61
    Total | 45 | 101 | 44 | 190
"""


def test_limits_equal_the_published_example() -> None:
    figures = draw_table(INVESTMENT)
    cells = [{"row": r, "column": c} for r, c in product(("II", "III"), "AC")]
    report = attack(hide(figures, *cells), relate(figures), DisclosureRule(5, protect_zero=True))
    assert limits(report)["row=II:column=C"] == (5, 30)
    assert limits(report)["row=III:column=A"] == (0, 25)
    assert report.is_safe


def test_who_knows_that_zeros_are_published_knows_a_little_more() -> None:
    figures = draw_table(INVESTMENT)
    cells = [{"row": r, "column": c} for r, c in product(("II", "III"), "AC")]
    report = attack(hide(figures, *cells), relate(figures), DisclosureRule(5))
    assert limits(report)["row=II:column=C"] == (6, 29)


def test_one_withheld_cell_of_a_row_is_found() -> None:
    figures = draw_table(
        """
        .     | A | B | Total
        North | 3 | 7 | 10
        Total | 3 | 7 | 10
        """
    )
    report = attack(hide(figures, {"row": "North", "column": "A"}), relate(figures))
    assert any(e.cell_id.endswith("row=North:column=A") and (e.low, e.high) == (3, 3) for e in report.exposures)
    assert "it is 3" in report.exposures[0].sentence


def test_a_small_number_left_in_the_open_is_exposed() -> None:
    assert not attack([draw_figure(3)], ()).is_safe
    assert attack([draw_figure(5)], ()).is_safe
    assert attack([draw_figure(0)], ()).is_safe
    assert not attack([draw_figure(0)], (), DisclosureRule(5, protect_zero=True)).is_safe


def test_a_rate_gives_back_the_count_that_was_withheld() -> None:
    count, rate = draw_figure(3), draw_rate(3, 1430)
    report = attack([count.without_value(HIDDEN, "suppressed"), rate], ())
    assert [(e.low, e.high) for e in report.exposures] == [(3, 3)]


def test_a_ward_is_found_by_taking_its_sisters_from_the_district() -> None:
    figures = [draw_figure(40), *(draw_figure(n, ward=f"X0500000{i}") for i, n in enumerate((20, 17, 3)))]
    published = [f.without_value(HIDDEN, "suppressed") if f.value == 3 else f for f in figures]
    assert [e.low for e in attack(published, relate(figures)).exposures] == [3]


def test_the_rest_of_two_overlapping_patches_is_found() -> None:
    # a town centre and the same with one more small area: 21 - 19 leaves 2 that no table shows
    parents = {"X01000001": ("X05000001", "X05000002"), "X01000002": ("X05000002",)}
    figures = [draw_figure(19, area="X05000001"), draw_figure(21, area="X05000002")]
    report = attack(figures, relate(figures, parents))
    assert [(e.low, e.high) for e in report.exposures] == [(2, 2)]


def test_a_month_is_found_from_two_rolling_years() -> None:
    figures = [
        draw_figure(60, period="2024-04..2025-03"),
        draw_figure(62, period="2024-04..2025-04"),
    ]
    report = attack(figures, relate(figures))
    assert [(e.low, e.high) for e in report.exposures] == [(2, 2)]
    assert "2025-04" in report.exposures[0].cell_id


def test_a_month_is_found_from_rolling_years_of_one_length() -> None:
    # July of one year is not fixed by the two sums, only its difference from July of the next: nothing is exposed
    figures = [draw_figure(60, period="2024-07..2025-06"), draw_figure(62, period="2024-08..2025-07")]
    assert attack(figures, relate(figures)).is_safe
    more = [*figures, draw_figure(6, period="2024-07")]
    assert [e.low for e in attack([*more, draw_figure(54, period="2024-08..2025-06")], relate(more)).exposures] == []


def test_an_inner_table_is_related_to_a_total_told_elsewhere() -> None:
    # no table shows the district's months or the wards' years, yet month by ward adds up to the year
    months = [f"2025-{n:02d}" for n in range(4, 13)] + ["2026-01", "2026-02", "2026-03"]
    inner = [draw_figure(9, month=m, ward=w) for m in months for w in ("X05000001", "X05000002")]
    inner[0] = draw_figure(3, month="2025-04", ward="X05000001")
    figures = [draw_figure(sum(f.value or 0 for f in inner)), *inner]
    published = [f.without_value(HIDDEN, "suppressed") if f.value == 3 else f for f in figures]
    assert [(e.low, e.high) for e in attack(published, relate(figures)).exposures] == [(3, 3)]


def test_a_missing_figure_is_no_secret() -> None:
    gone = draw_figure(None).without_value(Missing("month_missing", "not loaded"))
    report = attack([gone], ())
    assert report.is_safe
    assert report.bounds == ()


def test_numbers_that_do_not_add_up_are_refused() -> None:
    figures = [draw_figure(10), draw_figure(4, column="A"), draw_figure(7, column="B")]
    relation = SumRelation(figures[0].id, (figures[1].id, figures[2].id))
    with pytest.raises(DisclosureError, match="do not add up"):
        attack(figures, [relation])


def test_a_withheld_cell_without_relations_has_no_upper_limit() -> None:
    report = attack([draw_figure(3).without_value(HIDDEN, "suppressed")], ())
    assert [(b.low, b.high, b.is_exact) for b in report.bounds] == [(1, None, True)]


# -- the slow attacker ------------------------------------------------------------------------------------------
@st.composite
def hidden_tables(draw: st.DrawFn) -> tuple[list[Figure], list[Figure]]:
    """A whole two by two table and the same with some inner cells withheld; all totals are published."""
    cells = [draw(st.integers(0, 5)) for _ in range(4)]
    a, b, c, d = cells
    text = (
        f". | A | B | Total\nx | {a} | {b} | {a + b}\ny | {c} | {d} | {c + d}\nTotal | {a + c} | {b + d} | {sum(cells)}"
    )
    whole = draw_table(text)
    withheld = draw(st.sets(st.sampled_from(["xA", "xB", "yA", "yB"])))
    named = [{"row": w[0], "column": w[1]} for w in withheld]
    return whole, hide(whole, *named)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(hidden_tables())
def test_limits_equal_those_of_trying_every_table(tables: tuple[list[Figure], list[Figure]]) -> None:
    whole, published = tables
    relations = [r for r in relate(whole) if not any(name.startswith("rest:") for name in (r.total_id, *r.part_ids))]
    known = {f.id: None if f.value is None else int(f.value) for f in published}
    possible = list(list_possible_tables(known, relations, floor=0, most=10))
    report = attack(published, relations, DisclosureRule(5, protect_zero=True))
    expected = {
        name: (min(t[name] for t in possible), max(t[name] for t in possible))
        for name, value in known.items()
        if value is None
    }
    assert {b.cell_id: (b.low, b.high) for b in report.bounds} == expected


def test_quick_and_exact_attack_agree_on_what_is_exposed() -> None:
    figures = draw_table(INVESTMENT)
    published = hide(figures, {"row": "I", "column": "C"}, {"row": "II", "column": "A"}, {"row": "II", "column": "C"})
    quick = attack(published, relate(figures), exact=False)
    assert {e.cell_id for e in quick.exposures} == {e.cell_id for e in attack(published, relate(figures)).exposures}


def test_two_counts_for_one_cell_are_refused() -> None:
    twice = [draw_figure(7), replace(draw_figure(8), indicator="fires_rate")]
    with pytest.raises(UsageError, match="two counts"):
        attack(twice, ())


def test_limits_are_those_of_whole_cases_where_real_numbers_would_reach_further() -> None:
    # three pairs of three cells may each hold up to 3: halves would allow 4.5 in all, whole cases 4
    pairs = np.array([[1, 1, 0, 1, 0, 0], [0, 1, 1, 0, 1, 0], [1, 0, 1, 0, 0, 1]], dtype=float)
    goal = np.array([1, 1, 1, 0, 0, 0], dtype=float)
    table = maximise(sparse.csr_array(pairs), np.full(3, 3.0), low=np.zeros(6), high=np.full(6, 9.0), goal=goal)
    assert table @ goal == 4
    assert (pairs @ table == 3).all()
