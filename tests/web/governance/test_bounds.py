"""Days and amounts that nobody means are refused in words; what is chosen from nothing is asked for."""

from datetime import date
from typing import Any

import pytest

from support.web.world import TODAY, make_world
from wardmote.web.governance.documents.queries import _is_quarter
from wardmote.web.governance.grants.forms.grants import GrantForm
from wardmote.web.governance.grants.money import read_pounds
from wardmote.web.governance.meetings.forms.meetings import MeetingForm
from wardmote.web.governance.scrutiny.forms import RecommendationForm
from wardmote.web.returns.interface import Quarter

pytestmark = pytest.mark.django_db


def type_day(name: str, day: date) -> dict[str, Any]:
    return {f"{name}-{part}": str(getattr(day, part)) for part in ("day", "month", "year")}


@pytest.mark.parametrize(
    ("ends_on", "said"),
    [
        (date(2041, 3, 31), []),
        (date(2041, 4, 1), ["A grant runs 15 years at most. Look at the year"]),
        (date(9999, 3, 31), ["Runs to: the year must lie between 1900 and 2199"]),
    ],
)
def test_grant_runs_fifteen_years_at_most(ends_on: date, said: list[str]) -> None:
    form = GrantForm(type_day("starts_on", date(2026, 4, 1)) | type_day("ends_on", ends_on))
    assert form.errors.get("ends_on", []) == said


@pytest.mark.parametrize(("years", "is_refused"), [(-6, True), (-5, False), (5, False), (6, True), (7000, True)])
def test_meeting_lies_within_five_years(years: int, is_refused: bool) -> None:
    form = MeetingForm(make_world("ashmere").partnership, type_day("held_on", TODAY.replace(year=TODAY.year + years)))
    assert ("held_on" in form.errors) == is_refused


@pytest.mark.parametrize("bodies", [[""], [], ["nobody"]])
def test_recommendation_asks_for_a_body(bodies: list[str]) -> None:
    form = RecommendationForm(make_world("ashmere").partnership, {"bodies": bodies})
    assert form.errors["bodies"] == ["Choose at least one body"]


def test_number_of_thousands_of_digits_is_no_amount() -> None:
    assert read_pounds("9" * 5_000) is None


def test_year_is_no_quarter() -> None:
    assert _is_quarter(Quarter(starts_on=date(2026, 7, 1), ends_on=date(2026, 9, 30)))
    assert not _is_quarter(Quarter(starts_on=date(2025, 9, 1), ends_on=date(2026, 8, 31)))
    assert not _is_quarter(Quarter(starts_on=date(2025, 10, 1), ends_on=date(2026, 9, 30)))
