"""A month that may be incomplete is no headline, and wherever it is counted the page says so."""

from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse

from wardmote.evidence.model.periods import Month
from wardmote.web.observatory.evidence import questions
from wardmote.web.observatory.loads.doubts import Doubt
from wardmote.web.observatory.places import questions as places

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
