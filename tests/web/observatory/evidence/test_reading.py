"""One opened evidence for each state of the store: kept while nothing changes, opened anew when something did."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from support.drawn_years import draw_months
from support.small_county import HERE, A, build_county
from support.street_store import put_street
from support.web.world import make_world
from wardmote.evidence.interface import ask_figures, open_store
from wardmote.web.observatory import reading
from wardmote.web.observatory.warming import ask_usual

LATER = datetime(2026, 2, 1, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Path:
    build_county(tmp_path)
    put_street(tmp_path, draw_months("2021-04", [4] * 12, lsoa=A))
    return tmp_path


def count(folder: Path) -> float | None:
    evidence = reading.read_store(folder)
    return ask_figures(evidence, "burglary_count", HERE, "2021/22").figures[0].value


def test_it_is_kept_while_the_store_stands_as_it_is(store: Path) -> None:
    assert reading.read_store(store) is reading.read_store(store)


def test_a_load_and_its_undoing_are_seen_at_once(store: Path) -> None:
    before = count(store)
    put_street(store, draw_months("2021-04", [5] * 12, lsoa=A))
    after = count(store)
    open_store(store).undo("0003-test", now=LATER, by="test")
    assert (before, after, count(store)) == (48, 60, 48)


def test_many_threads_open_it_once(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[Path] = []
    really = reading.open_store

    def note(folder: Path) -> Any:
        opened.append(folder)
        return really(folder)

    monkeypatch.setattr(reading, "open_store", note)
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: reading.read_store(store), range(16)))
    assert len({id(one) for one in found}) == 1
    assert opened == [store]


def test_only_a_few_are_kept(tmp_path: Path) -> None:
    folders = [tmp_path / str(number) for number in range(6)]
    for folder in folders:
        open_store(folder, create=True)
        reading.read_store(folder)
    assert len(reading._KEPT.opened) == 4
    assert set(reading._KEPT.opening) <= set(reading._KEPT.opened)


def test_a_store_whose_loads_were_all_taken_back_has_no_evidence(db: None, store: Path, settings: Any) -> None:
    settings.STORE = store
    world = make_world(area_code=HERE)
    assert reading.has_evidence(world.partnership)
    for load in ("0001-test", "0002-test"):
        open_store(store).undo(load, now=LATER, by="test")
    assert not reading.has_evidence(world.partnership)


def test_the_usual_questions_are_answered_before_somebody_asks(db: None, store: Path, settings: Any) -> None:
    settings.STORE = store
    ask_usual(make_world(area_code=HERE).partnership)
    snapshot = reading.read_store(store).snapshot
    assert ("series", "crime_rate", HERE) in snapshot.list_remembered("series")
