"""Counts beside earlier reports of the same data: shown again, corrected by much, or kept back."""

import pytest

from wardmote.evidence.disclosure import DisclosureRule, EarlierFigure, find_clash
from wardmote.evidence.model.areas import Area
from wardmote.evidence.model.figures import Figure, Missing
from wardmote.evidence.model.periods import Period

RULE = DisclosureRule(5)
YEAR = "fires_count:E06000035:2021/22"


def _figure(value: float | None, quarter: str = "") -> Figure:
    cells = (("quarter", quarter),) if quarter else ()
    figure = Figure("fires_count", Area("E06000035"), Period.parse("2021/22"), value or 0.0, "fires", cells)
    return figure if value is not None else figure.without_value(Missing("suppressed", "withheld"), "suppressed")


def _told(value: float | None, name: str = YEAR) -> EarlierFigure:
    return EarlierFigure(name, value, value is None, "first.json")


@pytest.mark.parametrize(
    ("then", "now", "clashes"),
    [(180, 180, False), (180, 181, True), (180, 176, True), (180, 185, False), (180, 175, False), (0, 3, True)],
)
def test_count_may_change_by_the_minimum_or_not_at_all(then: int, now: int, clashes: bool) -> None:
    figures = [_figure(now)]
    assert bool(find_clash(figures, figures, [_told(then)], rule=RULE)) is clashes


@pytest.mark.parametrize(("then", "now"), [(None, 9), (9, None)])
def test_cell_withheld_only_once_clashes(then: int | None, now: int | None) -> None:
    clash = find_clash([_figure(9)], [_figure(now)], [_told(then)], rule=RULE)
    assert clash is not None
    assert clash.record == "first.json"


def test_cell_withheld_then_and_now_is_no_change() -> None:
    assert find_clash([_figure(2)], [_figure(None)], [_told(None)], rule=RULE) is None


def test_large_change_beside_a_withheld_cell_clashes() -> None:
    raw = [_figure(200), _figure(3, "2021/22Q1")]
    shown = [_figure(200), _figure(None, "2021/22Q1")]
    assert find_clash(raw, shown, [_told(100)], rule=RULE) is not None


def test_period_written_as_months_is_the_same_cell() -> None:
    told = _told(181, "fires_count:E06000035:2021-04..2022-03")
    assert find_clash([_figure(180)], [_figure(180)], [told], rule=RULE) is not None


def test_figure_that_overlaps_without_being_a_cell_clashes_unless_it_told_nothing() -> None:
    month, silent = _told(180, "fires_count:E06000035:2021-05"), _told(None, "fires_count:E06000035:2021-06")
    figures = [_figure(180)]
    assert find_clash(figures, figures, [month], rule=RULE, foreign=[month]) is not None
    assert find_clash(figures, figures, [silent], rule=RULE, foreign=[silent]) is None
