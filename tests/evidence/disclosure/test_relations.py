"""How figures add up: areas, categories, periods, tables by several of them, and what no table shows."""

from dataclasses import replace

import pytest

from support.drawn_figures import DISTRICT, draw_figure, draw_rate
from wardmote.evidence.disclosure import (
    SumRelation,
    attack,
    derive_part_relations,
    derive_period_relations,
    derive_relations,
    derive_table_relations,
)
from wardmote.evidence.model.figures import Figure, FigureTable

WARDS = ("X05000001", "X05000002")
YEAR_MONTHS = "2025-04..2026-03"  # in the ids of rests every period is a run


def short(name: str) -> str:
    """The part of an id that the test is about."""
    return name.removeprefix("fires_count:").removeprefix("rest:partner/fires:")


def told(relations: tuple[SumRelation, ...]) -> set[tuple[str, tuple[str, ...]]]:
    return {(short(r.total_id), tuple(map(short, r.part_ids))) for r in relations}


def test_wards_add_up_to_their_district() -> None:
    figures = [draw_figure(9), draw_figure(4, area=WARDS[0]), draw_figure(5, area=WARDS[1])]
    relations = derive_relations(figures, dict.fromkeys(WARDS, DISTRICT))
    assert told(relations) == {(f"{DISTRICT}:2025/26", tuple(f"{w}:2025/26" for w in WARDS))}


def test_a_table_by_ward_needs_no_look_up() -> None:
    figures = [draw_figure(9), draw_figure(4, ward=WARDS[0]), draw_figure(5, ward=WARDS[1])]
    assert told(derive_relations(figures)) == {
        (f"{DISTRICT}:2025/26", tuple(f"{DISTRICT}:2025/26:ward={w}" for w in WARDS))
    }


def test_a_ward_asked_alone_is_the_ward_of_the_table() -> None:
    figures = [
        draw_figure(9),
        draw_figure(4, ward=WARDS[0]),
        draw_figure(4, area=WARDS[0]),
        draw_figure(5, ward=WARDS[1]),
    ]
    (relation,) = derive_relations(figures)
    assert len(relation.part_ids) == 2


def test_wards_that_fall_short_leave_a_rest() -> None:
    figures = [draw_figure(9), draw_figure(4, area=WARDS[0])]
    (relation,) = derive_relations(figures, dict.fromkeys(WARDS, DISTRICT))
    assert short(relation.part_ids[1]) == f"{DISTRICT} without {WARDS[0]}:{YEAR_MONTHS}"


def test_small_areas_reach_a_district_through_their_untold_ward() -> None:
    parents = {"X01000001": WARDS[0], WARDS[0]: DISTRICT}
    figures = [draw_figure(4), draw_figure(4, area="X01000001")]
    assert told(derive_relations(figures, parents)) == {(f"{DISTRICT}:2025/26", ("X01000001:2025/26",))}


def test_overlapping_areas_are_cut_into_pieces() -> None:
    parents = {"X01000001": WARDS, "X01000002": WARDS[0], "X01000003": WARDS[1]}
    figures = [draw_figure(9, area=WARDS[0]), draw_figure(8, area=WARDS[1])]
    both = f"{'&'.join(WARDS)}:{YEAR_MONTHS}"
    assert told(derive_relations(figures, parents)) == {
        (f"{ward}:2025/26", (both, f"only {ward}:{YEAR_MONTHS}")) for ward in WARDS
    }


def test_categories_within_categories_add_up_step_by_step() -> None:
    figures = [
        draw_figure(9),
        draw_figure(6, kind="a"),
        draw_figure(3, kind="b"),
        draw_figure(4, kind="a", size="s"),
        draw_figure(2, kind="a", size="t"),
    ]
    found = told(derive_relations(figures))
    assert (f"{DISTRICT}:2025/26", tuple(f"{DISTRICT}:2025/26:kind={k}" for k in "ab")) in found
    assert (f"{DISTRICT}:2025/26:kind=a", tuple(f"{DISTRICT}:2025/26:kind=a:size={s}" for s in "st")) in found


def test_categories_that_overlap_are_each_set_against_the_total() -> None:
    # a case can be both: 6 + 5 of 9
    figures = [draw_figure(9), draw_figure(6, kind="knife"), draw_figure(5, kind="home")]
    relations = derive_relations(figures)
    assert [len(r.part_ids) for r in relations] == [2, 2]
    assert all(r.part_ids[1].startswith("rest:") for r in relations)


@pytest.mark.parametrize(
    ("periods", "parts"),
    [
        (("2025/26", "2025/26Q1", "2025/26Q2", "2025/26Q3", "2025/26Q4"), 4),
        (("2025/26", "2025-04"), 2),
        (("2025/26", "2025"), 2),
    ],
)
def test_periods_are_cut_where_any_starts_or_ends(periods: tuple[str, ...], parts: int) -> None:
    relations = derive_period_relations([draw_figure(9, period=p) for p in periods])
    year = next(r for r in relations if r.total_id.endswith(":2025/26"))
    assert len(year.part_ids) == parts


def test_a_calendar_and_a_financial_year_share_nine_months() -> None:
    relations = derive_period_relations([draw_figure(9, period="2025/26"), draw_figure(9, period="2025")])
    shared = set(relations[0].part_ids) & set(relations[1].part_ids)
    assert {short(name) for name in shared} == {f"{DISTRICT}:2025-04..2025-12"}


def test_a_count_and_its_rate_are_one_cell() -> None:
    assert derive_relations([draw_figure(9), draw_rate(9, 1000)]) == ()


def test_two_subjects_do_not_add_up_to_each_other() -> None:
    figures: list[Figure] = [draw_figure(9), draw_figure(4, indicator="noise_count", ward=WARDS[0])]
    assert not any(figures[0].id in (r.total_id, *r.part_ids) for r in derive_relations(figures))


def test_tables_of_two_ward_sets_each_tile_the_district() -> None:
    total = draw_figure(9)
    by_old = (draw_figure(4, ward=WARDS[0]), draw_figure(5, ward=WARDS[1]))
    by_new = (draw_figure(9, ward="X05100001"),)
    tables = [FigureTable("fires_count", ("ward",), (total, *rows)) for rows in (by_old, by_new)]
    exact = [r for r in derive_table_relations(tables) if not any(p.startswith("rest") for p in r.part_ids)]
    assert sorted(len(r.part_ids) for r in exact) == [1, 2]


MONTHS = ("2025-04", "2025-05")


def draw_by_month(counts: list[list[int]], wards: tuple[str, ...]) -> list[Figure]:
    return [
        draw_figure(n, period="2025-04..2025-05", month=month, ward=ward)
        for month, row in zip(MONTHS, counts, strict=True)
        for ward, n in zip(wards, row, strict=True)
    ]


def is_true(figures: list[Figure], relations: tuple[SumRelation, ...]) -> bool:
    """Do the published numbers fit the relations? The attack refuses those that do not."""
    return bool(attack(figures, relations).bounds == ())


def test_a_table_by_month_and_ward_holds_sums_that_it_does_not_print() -> None:
    figures = draw_by_month([[6, 7], [8, 9]], WARDS)
    names = {short(r.total_id) for r in derive_relations(figures)}
    run = "2025-04..2025-05"
    assert names >= {f"{DISTRICT}:2025-04..2025-04", f"{WARDS[0]}:{run}", f"{DISTRICT}:{run}"}


def test_a_table_of_some_wards_only_is_not_taken_for_all() -> None:
    figures = [draw_figure(40, period="2025-04..2025-05"), *draw_by_month([[6, 7], [8, 9]], WARDS)]
    whole = [r for r in derive_relations(figures) if r.total_id == figures[0].id]
    assert any(len(r.part_ids) == 5 for r in whole), "four cells and a rest"
    assert is_true(figures, derive_relations(figures))


def test_categories_that_overlap_do_not_contradict_the_whole() -> None:
    ticks = [
        draw_figure(n, period="2025-04..2025-05", month=m, kind=k)
        for m, k, n in zip(MONTHS * 2, ("a", "a", "b", "b"), (9, 9, 8, 8), strict=True)
    ]
    figures = [draw_figure(25, period="2025-04..2025-05"), *ticks]
    assert is_true(figures, derive_relations(figures))


def test_monthly_tables_of_two_ward_sets_do_not_contradict_each_other() -> None:
    old, new = draw_by_month([[6, 7], [8, 9]], WARDS), draw_by_month([[13], [17]], ("X05100001",))
    tables = [FigureTable("fires_count", ("month", "ward"), tuple(rows)) for rows in (old, new)]
    total = draw_figure(30, period="2025-04..2025-05")
    relations = derive_table_relations([*tables, FigureTable("fires_count", (), (total,))])
    assert is_true([total, *old, *new], relations)


def test_dataset_inside_another_leaves_a_rest_in_each_cell_that_both_tell() -> None:
    whole, part = draw_figure(9), replace(draw_figure(7), indicator="arson_count")
    alone = replace(draw_figure(3, ward=WARDS[0]), indicator="arson_count")
    relations = derive_part_relations([whole, part, alone], {"arson_count": "fires_count"})
    assert relations == (SumRelation(whole.id, (part.id, f"rest:{whole.id} without arson_count")),)


def test_part_that_exceeds_its_whole_is_not_taken_for_one() -> None:
    figures = [draw_figure(9), replace(draw_figure(10), indicator="arson_count")]
    assert derive_part_relations(figures, {"arson_count": "fires_count"}) == ()
