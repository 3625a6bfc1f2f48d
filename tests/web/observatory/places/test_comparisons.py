"""The comparison: a verdict as far as the figures bear one, else the reason and what to ask instead."""

import re
from collections.abc import Callable

import pytest
from django.http import HttpResponse

from support.small_county import HERE, SHIRE, THERE

Ask = Callable[..., HttpResponse]
PAGE = "burglary_rate/compare/"


def test_rise_is_called_one_with_its_sign_and_range(ask: Ask) -> None:
    text = ask(PAGE, period="2022/23", **{"with": "2021/22"}).content.decode()
    assert re.search(r"▲</span> Here: rose", text)
    assert "+240" in text
    assert re.search(r"\d\.\d\d, likely \d\.\d\d to \d\.\d\d", text)


def test_equal_years_are_similar(ask: Ask) -> None:
    assert "Here: similar" in ask(PAGE, period="2021/22", **{"with": "2020/21"}).content.decode()


def test_unlike_periods_are_refused_and_others_offered(ask: Ask) -> None:
    text = ask(PAGE, period="2021/22Q1", **{"with": "2020/21Q2"}).content.decode()
    assert "may not be compared" in text
    assert "do not cover the same months" in text
    assert re.search(r"period=2021%2F22Q1&amp;with=2020%2F21Q1", text)


def test_overlapping_windows_are_refused(ask: Ask) -> None:
    text = ask(PAGE, period="2021/22", **{"with": "2021-10..2022-09"}).content.decode()
    assert "share October 2021 to March 2022" in text


def test_break_in_recording_is_refused_with_its_reason(ask: Ask) -> None:
    text = ask("crimes_against_society_rate/compare/", period="2022/23", **{"with": "2010/11"}).content.decode()
    assert "may not be compared" in text


def test_page_that_is_asked_nothing_begins_with_what_compares(ask: Ask) -> None:
    text = ask(PAGE).content.decode()
    assert "may not be compared" not in text
    assert "Here: rose" in text


def test_areas_stand_beside_the_first_with_its_part_said(ask: Ask) -> None:
    text = ask(PAGE, period="2021/22", **{"with": "", "beside": [THERE, SHIRE, "E09999999"]}).content.decode()
    assert "Each area beside Here" in text
    assert "Here is a part of Shire" in text
    assert "Two periods" not in text
    assert text.count("Not as asked:") == 1


def test_area_is_held_beside_itself_only_once(ask: Ask) -> None:
    text = ask(PAGE, period="2021/22", **{"with": "", "beside": [HERE]}).content.decode()
    assert "Each area beside" not in text


def test_file_holds_the_verdict_or_the_reason(ask: Ask) -> None:
    told = ask("burglary_rate/compare/download/", period="2022/23", **{"with": "2021/22"}).content.decode("utf-8-sig")
    assert ",rose," in told
    refused = ask("burglary_rate/compare/download/", period="2021/22Q1", **{"with": "2020/21Q2"})
    assert "not compared" in refused.content.decode()


@pytest.mark.parametrize(
    ("period", "other"),
    [
        ("1900-01..2199-12", "1900-01..2100-12"),
        ("1900-01..1900-12", None),
        ("2199-01..2199-12", "1900-01..1900-12"),
        ("2199/00", "1900"),
    ],
)
@pytest.mark.parametrize("page", [PAGE, "burglary_rate/compare/download/"])
def test_years_at_the_edge_of_the_calendar_are_answered(ask: Ask, page: str, period: str, other: str | None) -> None:
    asked = {"period": period} | ({"with": other} if other else {})
    assert ask(page, **asked).status_code == 200
