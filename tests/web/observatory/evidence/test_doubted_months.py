"""A month that may be incomplete is no headline, and wherever it is counted the page says so."""

import html
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponse

from support.web.world import World
from wardmote.evidence.model.periods import Month
from wardmote.web.foundation.writes import writing
from wardmote.web.observatory.evidence import questions
from wardmote.web.observatory.loads.doubts import Doubt
from wardmote.web.observatory.places import questions as places
from wardmote.web.partnerships.states import Role

Ask = Callable[..., HttpResponse]
SAID = "March 2022 may be incomplete: March 2022 has 5 offences, 50% below the 10 usual."


@pytest.fixture
def half_march(monkeypatch: Any) -> None:
    """The newest month has half of its rows, and nobody has looked."""
    found = (Doubt(Month(2022, 3), "March 2022 has 5 offences, 50% below the 10 usual", True),)
    for module in (questions, places):
        monkeypatch.setattr(module, "list_doubts", lambda *_: found)


def test_default_period_ends_before_the_month(ask: Ask, half_march: None) -> None:
    for page in ("burglary_count/", "burglary_count/ranking/"):
        text = ask(page).content.decode()
        assert 'value="2020/21" selected' in text
        assert "<strong>Beware:</strong>" not in text


def test_figure_table_and_chart_say_so_where_the_month_is_asked_for(ask: Ask, half_march: None) -> None:
    text = ask("burglary_count/", period="2021/22").content.decode()
    assert SAID in text
    assert "/p/ashmere/evidence/quality/" in text
    assert "q: March 2022 may be incomplete." in text
    assert text.count(" q</a>") == 1
    assert f"Ringed: {SAID}" in text


@pytest.mark.parametrize("page", ["ranking/", "compare/"])
def test_pages_of_places_say_so(ask: Ask, half_march: None, page: str) -> None:
    assert SAID in ask(f"burglary_count/{page}", period="2021/22").content.decode()


def test_comparison_says_so_of_the_earlier_period(ask: Ask, half_march: None) -> None:
    asked = {"period": "2022/23", "with": "2021/22"}
    assert SAID in ask("burglary_count/compare/", **asked).content.decode()


def test_sample_without_its_store_is_being_prepared(world: World, tmp_path: Path, settings: Any) -> None:
    settings.SAMPLE_STORES = tmp_path
    with writing(by=None, verb="test.made_sample"):
        world.partnership.is_sample = True
        world.partnership.save()
    client = world.sign_in(Role.ANALYST)
    for page in ("", "crime_count/", "crime_count/map/"):
        text = client.get(f"/p/ashmere/evidence/{page}").content.decode()
        assert "evidence is being prepared" in html.unescape(text).replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
        assert "Load files" not in text
