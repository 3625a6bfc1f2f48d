"""What goes out to the public: nothing that can be undone, and no more withheld than that needs."""

import time
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support.drawn_figures import DISTRICT, draw_figure, draw_rate, draw_table, find, list_possible_tables
from wardmote.evidence.disclosure import (
    DisclosureError,
    DisclosureRule,
    attack,
    derive_relations,
    derive_table_relations,
    protect_figures,
)
from wardmote.evidence.model.errors import UsageError
from wardmote.evidence.model.figures import Denominator, Figure, FigureTable, Interval, Missing

RULE = DisclosureRule(5)
ONE_SMALL = """
    .     | A  | B  | C  | Total
    North | 3  | 17 | 20 | 40
    South | 11 | 9  | 30 | 50
    East  | 16 | 14 | 10 | 40
    Total | 30 | 40 | 60 | 130
"""


def list_withheld(figures: tuple[Figure, ...]) -> list[float | None]:
    return [f.value for f in figures if f.state == "suppressed"]


# -- choosing ---------------------------------------------------------------------------------------------------
def test_one_small_cell_takes_a_rectangle_with_it_and_no_more() -> None:
    figures = draw_table(ONE_SMALL)
    result = protect_figures(figures, RULE)
    assert [find(figures, row="North", column="A").id] == list(result.report.primary_ids)
    assert len(result.report.secondary_ids) == 3
    assert all("row=" in name and "column=" in name for name in result.report.secondary_ids), "no total is lost"
    assert attack(result.figures, derive_relations(figures), RULE).is_safe


def test_two_small_cells_of_one_row_do_not_hide_each_other_from_the_row_total() -> None:
    # 2 and 1 under a published 43: whoever subtracts the 40 sees 3, and each is 1 or 2
    figures = [draw_figure(43), draw_figure(2, column="A"), draw_figure(1, column="B"), draw_figure(40, column="C")]
    result = protect_figures(figures, RULE)
    assert len(result.report.secondary_ids) == 1
    bounds = {b.cell_id: (b.low, b.high) for b in attack(result.figures, derive_relations(figures), RULE).bounds}
    assert all(high is None or high - low >= 4 for low, high in bounds.values())


def test_nothing_small_withholds_nothing() -> None:
    figures = draw_table(ONE_SMALL.replace("| 3 ", "| 8 ").replace("| 17", "| 12"))
    result = protect_figures(figures, RULE)
    assert result.figures == tuple(figures)
    assert result.report.sentence == "None of 16 figures had to be withheld."


def test_zeros_stay_unless_the_rule_protects_them() -> None:
    figures = [draw_figure(30), draw_figure(0, column="A"), draw_figure(18, column="B"), draw_figure(12, column="C")]
    assert list_withheld(protect_figures(figures, RULE).figures) == []
    hidden = protect_figures(figures, DisclosureRule(5, protect_zero=True))
    assert hidden.figures[1].value is None
    assert len(hidden.report.secondary_ids) == 1


def test_a_rest_that_no_table_shows_is_protected() -> None:
    # the wards told fall 2 short of the district: the ward left out would be known
    parents = {f"X0500000{n}": DISTRICT for n in range(3)}
    figures = [draw_figure(40), *(draw_figure(19, area=f"X0500000{n}") for n in range(2))]
    result = protect_figures(figures, RULE, parents=parents)
    assert result.report.primary_ids == ()
    assert len(result.report.secondary_ids) == 1


def test_months_are_protected_from_the_year() -> None:
    values = [9, 8, 7, 3, 6, 9, 10, 12, 9, 8, 7, 6]
    months = [f"2025-{n:02d}" for n in range(4, 13)] + ["2026-01", "2026-02", "2026-03"]
    figures = [draw_figure(sum(values)), *(draw_figure(v, month=m) for m, v in zip(months, values, strict=True))]
    result = protect_figures(figures, RULE)
    assert len(result.report.primary_ids) == 1
    assert len(result.report.secondary_ids) == 1


def test_wards_of_two_vintages_are_related_table_by_table() -> None:
    old = (draw_figure(30), *(draw_figure(n, ward=f"X0500000{i}") for i, n in enumerate((10, 20))))
    new = tuple(draw_figure(n, ward=f"X0510000{i}") for i, n in enumerate((12, 15, 3)))
    tables = [
        FigureTable("fires_count", ("ward",), (old[0], *old[1:])),
        FigureTable("fires_count", ("ward",), (old[0], *new)),
    ]
    relations = derive_table_relations(tables)
    result = protect_figures([*old, *new], RULE, relations)
    assert result.figures[-1].value is None
    assert len(result.report.secondary_ids) >= 1


# -- what goes out ----------------------------------------------------------------------------------------------
def test_a_withheld_figure_keeps_nothing_of_its_number() -> None:
    figure = replace(draw_figure(3), interval=Interval(0.6, 8.8), notes=("small number: do not publish", "3 of 40"))
    (shown,) = protect_figures([figure], RULE).figures
    assert (shown.value, shown.numerator, shown.interval, shown.rows) == (None, None, None, None)
    assert shown.notes == ()
    assert shown.state == "suppressed"
    assert shown.missing is not None
    assert shown.missing.code == "suppressed"
    assert shown.id == figure.id


def test_small_and_sacrificed_figures_look_the_same() -> None:
    shown = [f for f in protect_figures(draw_table(ONE_SMALL), RULE).figures if f.value is None]
    assert len({(f.missing, f.state, f.notes, f.interval, f.rows) for f in shown}) == 1


def test_a_rate_goes_with_its_count() -> None:
    result = protect_figures([draw_figure(3), draw_rate(3, 1430), draw_rate(9, 1430, area="X06000002")], RULE)
    assert [f.value is None for f in result.figures] == [True, True, False]


def test_a_share_of_few_is_withheld_by_its_numerator() -> None:
    share = replace(
        draw_figure(3), indicator="fires_share", unit="%", value=20.0, numerator=3.0,
        denominator=Denominator(15, "fires", 2025, "2025/26"),
    )  # fmt: skip
    assert protect_figures([share], RULE).figures[0].value is None


def test_what_was_computed_from_a_withheld_figure_is_withheld_with_it() -> None:
    now, before = draw_figure(3), draw_figure(12, period="2024/25")
    change = replace(draw_figure(None), indicator="fires_change", value=-75.0, unit="%", numerator=None)
    result = protect_figures([now, before, change], RULE, derived_from={change.id: [now.id, before.id]})
    assert [f.value for f in result.figures] == [None, 12.0, None]
    assert result.report.derived_ids == (change.id,)


def test_a_number_with_no_count_behind_it_is_refused() -> None:
    change = replace(draw_figure(None), value=-75.0, unit="change per cent", numerator=None)
    with pytest.raises(UsageError, match="cannot pass disclosure control"):
        protect_figures([change], RULE)


def test_a_missing_figure_stays_missing() -> None:
    gone = draw_figure(None).without_value(Missing("month_missing", "not loaded"))
    assert protect_figures([gone], RULE).figures == (gone,)


def test_open_figures_pass_untouched_beside_protected_ones() -> None:
    open_figure = replace(draw_figure(2, indicator="crime_count"), source="police-street")
    result = protect_figures([open_figure, draw_figure(2)], {"partner": RULE, "police-street": None})
    assert [f.value for f in result.figures] == [2.0, None]


def test_the_stricter_rule_of_an_indicator_comes_before_its_source() -> None:
    rules = {"partner": RULE, "fires_count": DisclosureRule(10)}
    assert protect_figures([draw_figure(7)], rules).figures[0].value is None


def test_rounded_counts_are_published_rounded_and_small_ones_not() -> None:
    result = protect_figures([draw_figure(9), draw_figure(13, area="X06000002")], DisclosureRule(10, rounding=5))
    assert [f.value for f in result.figures] == [None, 15.0]
    assert result.figures[1].rows is None


# -- refusing ---------------------------------------------------------------------------------------------------
def test_nothing_goes_out_where_totals_that_must_stay_give_a_count_away() -> None:
    figures = [draw_figure(23), draw_figure(3, column="A"), draw_figure(20, column="B")]
    with pytest.raises(DisclosureError, match="nothing was released") as caught:
        protect_figures(figures, RULE, kept=[figures[0].id, figures[2].id])
    assert caught.value.exit_code == 1
    assert caught.value.faults


# -- for any table ----------------------------------------------------------------------------------------------
@st.composite
def any_tables(draw: st.DrawFn) -> list[Figure]:
    """Counts by row and column, with some or all of the totals."""
    rows, columns = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    counts = [[draw(st.integers(0, 12)) for _ in range(columns)] for _ in range(rows)]
    figures = [draw_figure(n, row=f"r{i}", column=f"c{j}") for i, line in enumerate(counts) for j, n in enumerate(line)]
    if draw(st.booleans()):
        figures += [draw_figure(sum(line), row=f"r{i}") for i, line in enumerate(counts)]
    if draw(st.booleans()):
        figures += [draw_figure(sum(line[j] for line in counts), column=f"c{j}") for j in range(columns)]
    if draw(st.booleans()):
        figures.append(draw_figure(sum(map(sum, counts))))
    return figures


@settings(max_examples=60, deadline=None, derandomize=True)
@given(any_tables(), st.sampled_from([RULE, DisclosureRule(3), DisclosureRule(5, protect_zero=True)]))
def test_no_small_number_can_be_worked_out_of_any_table(figures: list[Figure], rule: DisclosureRule) -> None:
    result = protect_figures(figures, rule)
    assert attack(result.figures, derive_relations(figures), rule, exact=True).is_safe
    for before, after in zip(figures, result.figures, strict=True):
        assert after.value is None or after.value == before.value
        assert after.value is None or not rule.is_small(int(after.value))


@settings(max_examples=25, deadline=None, derandomize=True)
@given(st.lists(st.integers(0, 7), min_size=4, max_size=4))
def test_trying_every_table_finds_no_small_number(cells: list[int]) -> None:
    a, b, c, d = cells
    text = (
        f". | A | B | Total\nx | {a} | {b} | {a + b}\ny | {c} | {d} | {c + d}\nTotal | {a + c} | {b + d} | {sum(cells)}"
    )
    figures = draw_table(text)
    shown = protect_figures(figures, RULE).figures
    known = {f.id: None if f.value is None else int(f.value) for f in shown}
    inner = [f for f in figures if len(f.dimensions) == 2]
    by_hand = [
        r for r in derive_relations(figures) if not any(n.startswith("rest:") for n in (r.total_id, *r.part_ids))
    ]
    found = probe(known, by_hand)
    for figure in inner:
        if known[figure.id] is None:
            assert max(found[figure.id]) - min(found[figure.id]) >= 4


def probe(known: dict[str, int | None], relations: list) -> dict[str, set[int]]:  # type: ignore[type-arg]
    """The values that each cell takes in any table, totals being sums rather than tried."""
    totals = {r.total_id for r in relations}
    free = {name: value for name, value in known.items() if name not in totals}
    found: dict[str, set[int]] = {}
    for table in list_possible_tables(free, [], floor=1, most=12):
        sums = _add_up(table, relations)
        if sums is not None and all(v is None or sums[name] == v for name, v in known.items()):
            for name, value in sums.items():
                found.setdefault(name, set()).add(value)
    return found


def _add_up(table: dict[str, int], relations: list) -> dict[str, int] | None:  # type: ignore[type-arg]
    """Fill in the totals; None where two ways of adding disagree."""
    sums = dict(table)
    for relation in sorted(relations, key=lambda r: sum(p not in table for p in r.part_ids)):
        value = sum(sums[part] for part in relation.part_ids)
        if sums.setdefault(relation.total_id, value) != value:
            return None
    return sums


def test_the_same_figures_give_the_same_answer() -> None:
    rng = np.random.default_rng(7)
    figures = draw_grid(rng.poisson(4, (12, 8)))
    assert protect_figures(figures, RULE) == protect_figures(figures, RULE)


def draw_grid(counts: np.ndarray) -> list[Figure]:  # type: ignore[type-arg]
    figures = [draw_figure(int(n), row=f"r{i:03d}", column=f"c{j:03d}") for (i, j), n in np.ndenumerate(counts)]
    figures += [draw_figure(int(n), row=f"r{i:03d}") for i, n in enumerate(counts.sum(axis=1))]
    figures += [draw_figure(int(n), column=f"c{j:03d}") for j, n in enumerate(counts.sum(axis=0))]
    return [*figures, draw_figure(int(counts.sum()))]


@pytest.mark.parametrize("mean", [2, 15])
def test_three_thousand_cells_take_seconds(mean: int) -> None:
    figures = draw_grid(np.random.default_rng(1).poisson(mean, (60, 50)))
    start = time.process_time()
    result = protect_figures(figures, RULE)
    assert result.report.attack.is_safe
    assert time.process_time() - start < 3
