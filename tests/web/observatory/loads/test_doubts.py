"""A month of which rows lack: never the headline unseen, marked wherever it is counted, and quick to say."""

from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache

from support.web.street_months import write_month
from support.web.world import World
from wardmote.evidence.interface import load_files, open_store
from wardmote.evidence.model.periods import Month, Period
from wardmote.web.foundation.clock import read_now
from wardmote.web.observatory.loads import quality
from wardmote.web.observatory.loads.doubts import Doubt, choose_first, list_doubts

YEARS = (Period.parse("2025-11..2026-10"), Period.parse("2025/26"), Period.parse("2024/25"))


def doubt(month: str, *, is_open: bool = True) -> Doubt:
    return Doubt(Month.parse(month), "it has half", is_open)


@pytest.mark.parametrize(
    ("doubts", "chosen"),
    [
        ((), 0),
        ((doubt("2026-10"),), 1),
        ((doubt("2026-10", is_open=False),), 0),  # somebody looked: it is the newest year again, and says so
        ((doubt("2025-12"),), 2),
        ((doubt("2020-06"),), 0),  # long past
        ((doubt("2025-11"), doubt("2024-05")), 2),
    ],
)
def test_first_period_ends_before_a_month_that_nobody_looked_at(doubts: tuple[Doubt, ...], chosen: int) -> None:
    assert choose_first(YEARS, doubts) == YEARS[chosen]


def test_where_no_period_is_whole_the_newest_is_shown() -> None:
    assert choose_first(YEARS[:1], (doubt("2026-01"),)) == YEARS[0]
    assert choose_first((), (doubt("2026-01"),)) is None


@pytest.fixture
def half_a_month(world: World, home: Path) -> World:
    """Eight months, of which May has half."""
    folder = home / "files"
    folder.mkdir()
    for number in range(3, 11):
        month = f"2026-{number:02d}"
        (folder / f"{month}-kent-street.csv").write_bytes(write_month(month, 200 if number == 5 else 400))
    load_files(open_store(home / "store", create=True), "police-street", [folder], now=read_now(), by="ann")
    return world


def test_doubts_are_kept_and_not_worked_out_for_each_page(half_a_month: World, monkeypatch: Any) -> None:
    found = list_doubts(half_a_month.partnership, "police-street")
    assert [(one.month, one.is_open) for one in found] == [(Month(2026, 5), True)]
    monkeypatch.setattr(quality, "read_quality", lambda _: pytest.fail("worked out anew"))
    assert list_doubts(half_a_month.partnership, "police-street") == found
    assert list_doubts(half_a_month.partnership, "stats19") == ()
    cache.clear()
