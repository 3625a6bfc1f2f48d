"""The ranking: by rate, each place with how sure it is."""

from collections.abc import Callable

from django.http import HttpResponse

from support.small_county import HERE, SHIRE
from wardmote.evidence.indicators.readings.ranking import RankedPlace, Ranking
from wardmote.evidence.model.periods import Period
from wardmote.web.observatory.places.rankings import (
    MOST_DRAWN,
    choose_drawn,
    count_clear,
    draw_ranking,
    read_rows,
    say_own_place,
)

Ask = Callable[..., HttpResponse]


def _ranking(count: int, own: str = "") -> Ranking:
    rows = tuple(
        RankedPlace(f"p{n}", f"Place {n}", 10, 1000, 100.0 - n, 90.0 - n, 110.0 - n, n, max(1, n - 2), n + 2,
                    figure_id=f"f{n}")
        for n in range(1, count + 1)
    )  # fmt: skip
    return Ranking("burglary_rate", "burglary_count", Period.parse("2021/22"), "Here", "per 1,000", rows, own=own,
                   median=98.0)  # fmt: skip


def test_page_ranks_three_places_and_draws_their_intervals(ask: Ask) -> None:
    text = ask("burglary_rate/ranking/", area=SHIRE, period="2021/22", by="district@2022").content.decode()
    assert "Ranking" in text
    assert "no place" in text  # two districts are no ranking


def test_places_without_residents_are_not_ranked_by_their_counts(ask: Ask) -> None:
    text = ask("burglary_rate/ranking/", area=SHIRE, period="2021/22", by="lsoa@2021").content.decode()
    assert "counts alone would rank the size of the places" in text
    assert '<svg class="wm-rank"' not in text


def test_missing_months_are_said(ask: Ask) -> None:
    assert "No ranking." in ask("burglary_rate/ranking/", period="2015/16").content.decode()


def test_group_that_is_not_there_is_said(ask: Ask) -> None:
    assert "cannot be ranked here" in ask("burglary_rate/ranking/", by="planets").content.decode()


def test_file_of_the_ranking_holds_its_limits(ask: Ask) -> None:
    text = ask("burglary_rate/ranking/download/", area=HERE, period="2021/22").content.decode("utf-8-sig")
    assert "rank,rank_low,rank_high,code,name,rate" in text


def test_own_place_is_said_with_its_limits() -> None:
    assert say_own_place(_ranking(12, own="p7")) == "Place 7 is 7th, between 5th and 9th of 12 (93.0 per 1,000)."
    assert say_own_place(_ranking(12)) == ""


def test_rows_mark_small_numbers_and_lead_to_their_trace() -> None:
    row = read_rows(_ranking(1), small_number=20, tracing="/figure/")[0]
    assert (row.is_small, row.traced) == (True, "/figure/?id=f1")


def test_only_places_beyond_chance_are_called_clear() -> None:
    assert count_clear(_ranking(5)) == (0, 0)
    assert count_clear(_ranking(30)) == (0, sum(110 - n < 98 for n in range(1, 31)))


def test_long_list_is_drawn_from_the_top_with_the_area_itself() -> None:
    ranking = _ranking(60, own="p55")
    assert [row.code for row in choose_drawn(ranking)] == [*(f"p{n}" for n in range(1, MOST_DRAWN)), "p55"]
    drawing = draw_ranking(ranking)
    assert drawing.count("wm-rank__mark") == 2  # on the wide drawing and the narrow one
    assert "style=" not in drawing
