"""How whole is what the store holds, over all loads in force?"""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from support.web.street_months import write_month
from wardmote.evidence.interface import describe_quality, load_files, open_evidence, open_store, undo_load
from wardmote.evidence.sources.held_quality import Quality
from wardmote.evidence.store.store import Store

NOW = datetime(2026, 11, 21, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(tmp_path / "store", create=True)


def load(store: Store, folder: Path, months: dict[str, int], *, unlocated: int = 0) -> str:
    folder.mkdir()
    for month, rows in months.items():
        (folder / f"{month}-kent-street.csv").write_bytes(write_month(month, rows, unlocated=unlocated))
    return load_files(store, "police-street", [folder], now=NOW, by="ann").manifest.id


def ask(store: Store, now: datetime = NOW) -> Quality:
    return describe_quality(open_evidence(store), now=now)


def list_flags(quality: Quality) -> list[tuple[str, str]]:
    return [(flag.code, flag.first) for flag in quality.flags]


YEAR = {f"2026-{month:02d}": 400 for month in range(1, 11)}


def test_incomplete_and_missing_months_are_flagged_until_a_whole_one_is_loaded(store: Store, tmp_path: Path) -> None:
    months = YEAR | {"2026-05": 200}
    del months["2026-07"]
    load(store, tmp_path / "first", months)
    assert list_flags(ask(store)) == [("month_drop", "2026-05"), ("months_missing", "2026-07")]
    mended = load(store, tmp_path / "second", {"2026-05": 400, "2026-07": 400})
    assert list_flags(ask(store)) == []
    undo_load(store, mended, now=NOW, by="ann")
    assert len(ask(store).flags) == 2


def test_month_that_lost_its_places_is_flagged_with_its_interval(store: Store, tmp_path: Path) -> None:
    load(store, tmp_path / "first", YEAR, unlocated=4)
    load(store, tmp_path / "second", {"2026-06": 400}, unlocated=60)
    flags = ask(store).flags
    assert [flag.code for flag in flags] == ["unlocated_jump"]
    assert "15.0% of the offences and incidents of June 2026" in flags[0].text
    month = next(m for m in ask(store).series[0].months if m.month == "2026-06")
    assert month.unlocated == 60
    assert month.low_pct is not None and month.high_pct is not None  # noqa: PT018 - narrows
    assert month.low_pct < 15 < month.high_pct


def test_store_that_nobody_has_fed_for_months_is_flagged(store: Store, tmp_path: Path) -> None:
    load(store, tmp_path / "first", YEAR)
    assert list_flags(ask(store, datetime(2027, 2, 28, tzinfo=UTC))) == []
    assert list_flags(ask(store, datetime(2027, 3, 1, tzinfo=UTC))) == [("stale", "2026-10")]


def test_refused_rows_are_flagged_and_the_source_says_its_licence_and_age(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "2026-01-kent-street.csv"
    path.write_bytes(write_month("2026-01", 20).replace(b"Burglary", b"", 1))
    load_files(store, "police-street", [path], now=NOW, by="ann")
    quality = ask(store)
    held = quality.sources[0]
    assert (held.rows_in, held.rows_refused, held.refused_pct) == (20, 1, 5.0)
    assert (held.loaded_at, held.licence) == (NOW, "Open Government Licence v3.0")
    assert ("rows_refused", "2026-01") in list_flags(quality)


def test_flag_keeps_its_key_and_says_other_numbers_when_they_change(store: Store, tmp_path: Path) -> None:
    load(store, tmp_path / "first", YEAR | {"2026-05": 200})
    before = ask(store).flags[0]
    load(store, tmp_path / "second", {"2026-05": 210})
    after = ask(store).flags[0]
    assert (before.key, before.saw, after.saw) == (after.key, "200", "210")


def test_category_that_vanished_is_flagged(store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "first"
    folder.mkdir()
    for month, rows in YEAR.items():
        content = write_month(month, rows)
        other = b"" if month == "2026-05" else write_month(month, 40).replace(b"Burglary", b"Drugs").split(b"\n", 1)[1]
        (folder / f"{month}-kent-street.csv").write_bytes(content + other)
    load_files(store, "police-street", [folder], now=NOW, by="ann")
    assert [(flag.code, flag.key.rpartition(":")[2]) for flag in ask(store).flags] == [("category_vanished", "Drugs")]


@pytest.mark.realdata
def test_months_of_kent_that_are_known_to_be_incomplete_are_flagged(store: Store, shared_data: Path) -> None:
    """The publisher's own note: Kent's files of November and December 2018 are not whole."""
    load_files(store, "police-street", [shared_data / "police-street" / "kent"], now=NOW, by="ann")
    quality = ask(store)
    assert [flag.first for flag in quality.flags if flag.code == "month_drop"] == ["2018-11", "2018-12"]
    missing = next(flag for flag in quality.flags if flag.code == "months_missing")
    assert "March 2019 to February 2021" in missing.text
