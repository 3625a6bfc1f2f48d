"""What the pages of the evidence say: search, one indicator, trace; what they refuse, and to whom."""

import html
import re
from pathlib import Path
from typing import Any

import pytest

from support.small_county import HERE, NEW
from support.web.world import World
from wardmote.web.partnerships.states import Role

SMALL = "must not be published"


def read(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status, answer.content[:2000]
    return html.unescape(answer.content.decode())


def read_plain(answer: Any, status: int = 200) -> str:
    """The page's words without its marks."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", read(answer, status)))


# -- search -----------------------------------------------------------------------------------------------------
def test_the_first_page_says_what_is_loaded_and_what_is_missing(ask: Any) -> None:
    page = read_plain(ask())
    assert "April 2020 March 2022 April 2021 to June 2021" in page
    assert "Shown first for Here" in page
    assert "Kent Police" in page


def test_a_search_finds_by_words_and_offers_near_ones(ask: Any) -> None:
    found = read(ask(words="burglary official"))
    assert "/evidence/official_burglary_rate/" in found
    assert "/evidence/burglary_rate/" not in found
    assert 'maxlength="100"' in found  # what is searched for goes into the address
    near = read(ask(words="burglery"))
    assert "No indicator has the words" in near
    assert "/evidence/burglary_rate/" in near


def test_without_any_load_it_says_what_to_do(world: World, ask: Any, settings: Any, tmp_path: Path) -> None:
    settings.STORE = tmp_path / "none"
    for page in ("", "crime_count/", "figure/", "crime_count/download/"):
        assert "No evidence is loaded yet" in read(ask(page))
    assert "An analyst or the coordinator loads them" in read(ask(role=Role.READER))


def test_a_damaged_store_is_said_without_its_paths(ask: Any, settings: Any, tmp_path: Path) -> None:
    folder = tmp_path / "store"
    (folder / "loads" / "0001-x").mkdir(parents=True)
    (folder / "store.json").write_text('{"format": 1}')
    (folder / "loads" / "0001-x" / "manifest.json").write_text("{")
    settings.STORE = folder
    page = read(ask("crime_count/"), 503)
    assert "cannot be read" in page
    assert str(tmp_path) not in page


# -- one indicator ----------------------------------------------------------------------------------------------
def test_an_indicator_shows_its_figure_with_interval_and_parts(ask: Any) -> None:
    page = read_plain(ask("burglary_rate/", period="2020/21"))
    assert "6.24 offences per 1,000 residents" in page  # 26 x 12 = 312 for 50,000 residents at mid-2020 less one
    assert "95% interval: 5.57 to 6.97" in page
    assert "312 counted, per 49,999 residents" in page


def test_months_are_rows_and_a_missing_month_is_no_zero(ask: Any) -> None:
    page = read_plain(ask("burglary_count/", period="2021-05..2021-08"))
    assert "May 2021 [x] Missing" in page
    assert "July 2021 10 As recorded" in page
    assert "That is not a zero" in page
    assert "May 2021 to June 2021 of Kent Police's file not loaded" in page


def test_every_cell_leads_to_where_it_comes_from(ask: Any) -> None:
    page = read(ask("burglary_count/", period="2020/21", split="ward@2024"))
    name = f"burglary_count:{HERE}:2020/21:ward={NEW[1]}"
    assert f'data-figure="{name}">240</a>' in page
    traced = read_plain(ask("figure/", id=name))
    assert "Counted from 0002-test" in traced
    assert f"(ward New 1, {NEW[1]})" in traced


def test_the_chart_has_a_gap_and_breaks_are_said_in_words(ask: Any) -> None:
    page = read(ask("burglary_count/"))
    wide = page[page.index("wm-chart__svg--wide") :]
    line = wide[: wide.index("</svg>")]
    assert line.count('class="wm-line"') == 2
    assert "Classification of burglary" in page


def test_what_is_asked_in_vain_is_said_and_the_rest_is_shown(ask: Any) -> None:
    page = read_plain(ask("burglary_count/", other_area="Nowhere", other_period="2010-11", split="planet"))
    assert "There is no area “Nowhere”" in page
    assert "can be read in two ways" in page
    assert "cannot be split by “planet”" in page
    assert "Evidence: Here Burglary" in page


def test_a_long_selection_is_refused_before_it_is_counted(ask: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wardmote.web.observatory.evidence.questions.MOST_FIGURES", 50)
    page = read_plain(ask("burglary_count/", split="lsoa", step="month", period="2020/21"))
    assert "Too much at once: This would be up to" in page
    refused = ask("burglary_count/download/", split="lsoa", step="month", period="2020/21")
    assert "Choose a shorter period" in read(refused, 400)


def test_a_table_too_long_to_read_is_offered_as_a_file(ask: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wardmote.web.observatory.evidence.presenters.MOST_SHOWN", 10)
    page = read(ask("burglary_count/", split="offence", step="month", period="2020/21"))
    assert "are too many to read on a page" in page
    assert "format=csv" in page


@pytest.mark.parametrize("page", ["nonsense_count/", "nonsense_count/download/"])
def test_an_unknown_indicator_is_not_found(ask: Any, page: str) -> None:
    assert ask(page).status_code == 404


@pytest.mark.parametrize("name", ["nix", "burglary_count:E09:2020/21", "burglary_count:E06000001:soon"])
def test_an_unknown_figure_is_not_found_and_says_how_figures_are_named(ask: Any, name: str) -> None:
    page = read(ask("figure/", id=name), 404)
    assert "There is no such figure" in page
    assert "Its indicator, its area’s code and its period" in page


def test_a_figure_that_was_not_named_is_asked_for(ask: Any) -> None:
    assert "Its indicator, its area’s code and its period" in read(ask("figure/"))


def test_a_partnership_without_area_chooses_one(ask: Any, world: World) -> None:
    from wardmote.web.foundation.writes import writing

    with writing(by=None, verb="test.area_removed", partnership=world.partnership):
        world.partnership.area_code = ""
        world.partnership.save()
    assert "Choose an area" in read(ask("burglary_count/"))
    assert "312" in read(ask("burglary_count/", area=HERE, period="2020/21"))


# -- what a partner shared --------------------------------------------------------------------------------------
def test_a_partners_small_number_is_marked_for_the_partnership(ask: Any) -> None:
    page = read(ask("partner_visits_count/", period="2020-04..2020-05"))
    assert re.search(r">3\*</a>", page)
    assert re.search(r">40</a>", page)
    assert SMALL in page


@pytest.mark.parametrize("role", [Role.SCRUTINY, Role.READER])
def test_who_sees_published_things_only_sees_no_partners_figures(ask: Any, role: Role) -> None:
    for page in ("partner_visits_count/", "partner_visits_count/download/"):
        assert ask(page, role=role).status_code == 403
    assert ask("figure/", role=role, id=f"partner_visits_count:{HERE}:2020-04..2020-05").status_code == 403
    assert "Visits to victims" not in read(ask(role=role, words="visits"))
    assert ask("burglary_count/", role=role).status_code == 200
