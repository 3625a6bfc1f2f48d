"""Damage from outside: a table, a record or a folder of the store that is not as its load left it."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from support.police_files import NOW, load, street_row, write_street
from wardmote.evidence import interface
from wardmote.evidence.model.errors import UnreadableInputError, UsageError
from wardmote.evidence.store import snapshot as snapshots
from wardmote.evidence.store.manifest import TableRecord
from wardmote.evidence.store.soundness import verify_table
from wardmote.evidence.store.store import Store, open_store

FIRST, SECOND = "0001-police-street", "0002-police-street"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """March with 5 offences, then March again with 2 and April with 2,000."""
    made = open_store(tmp_path / "store", create=True)
    load(made, write_street(tmp_path / "first", [street_row()] * 5))
    april = [street_row("2022-04", crime_id=f"{i:064x}") for i in range(2_000)]
    march = write_street(tmp_path / "second", [street_row()] * 2)
    load(made, [march, write_street(tmp_path / "second", april, month="2022-04")])
    return made


def table_of(store: Store, load_id: str = SECOND, name: str = "street_rows") -> Path:
    return store.folder / "loads" / load_id / f"{name}.parquet"


def count(store: Store) -> int:
    row = store.snapshot().connection.execute("SELECT count(*) FROM street_rows").fetchone()
    assert row is not None
    return int(row[0])


def forget_hashes(store: Store) -> None:
    """Make the store one that was written before sizes and hashes were recorded."""
    for path in store.folder.glob("loads/*/manifest.json"):
        body = json.loads(path.read_text())
        body["tables"] = [{k: t[k] for k in ("name", "key", "covers", "rows")} for t in body["tables"]]
        path.write_text(json.dumps(body))


def remove(path: Path) -> None:
    path.unlink()


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:1000])


def empty(path: Path) -> None:
    path.write_bytes(b"")


def blank_inside(path: Path) -> None:
    body = path.read_bytes()
    path.write_bytes(body[:40] + bytes(400) + body[440:])


def blank_end(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-4] + bytes(4))


# -- tables -------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("damage", "found"),
    [
        (remove, "the file is missing"),
        (cut, "it has 1,000 bytes"),
        (empty, "it has 0 bytes"),
        (blank_inside, "its content is not what was written"),
        (blank_end, "it is no whole Parquet file"),
    ],
)
def test_a_damaged_table_is_named_with_the_way_out(store: Store, damage: Callable[[Path], None], found: str) -> None:
    damage(table_of(store))
    with pytest.raises(UnreadableInputError, match=found) as caught:
        count(store)
    text = str(caught.value)
    assert str(table_of(store)) in text
    assert "Expected the 2,002 rows of street_rows" in text
    assert f"wardmote undo {SECOND}" in text
    assert caught.value.exit_code == 3


@pytest.mark.parametrize("damage", [remove, cut, empty, blank_inside, blank_end])
def test_a_damaged_table_of_an_older_store_is_named_too(store: Store, damage: Callable[[Path], None]) -> None:
    forget_hashes(store)
    assert count(store) == 2_002
    damage(table_of(store))
    with pytest.raises(UnreadableInputError, match="this table of the store is damaged"):
        store.snapshot().connection.execute("SELECT sum(hash(street_rows)) FROM street_rows").fetchall()


def test_damage_inside_a_large_store_is_seen_before_a_report_is_written(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snapshots, "_MOST_BYTES_VERIFIED", 0)
    blank_inside(table_of(store))
    assert store.snapshot().connection.execute("SELECT 1").fetchall() == [(1,)]
    with pytest.raises(UnreadableInputError, match="its content is not what was written"):
        interface.plan_assessment(store, "E06000035", "2021/22", as_at=NOW)


def test_what_the_engine_refuses_over_sound_tables_stays_a_fault_of_the_program(store: Store) -> None:
    with pytest.raises(duckdb.CatalogException):
        store.snapshot().connection.execute("SELECT * FROM no_such_table")


def test_undoing_the_damaged_load_brings_the_store_back(store: Store) -> None:
    remove(table_of(store))
    store.undo(SECOND, now=NOW, by="ann")
    assert count(store) == 5


def test_loading_the_files_again_supersedes_the_damaged_load(store: Store, tmp_path: Path) -> None:
    cut(table_of(store))
    load(store, tmp_path / "second")
    assert count(store) == 2_002


def test_damage_in_a_superseded_load_spoils_no_figure(store: Store) -> None:
    remove(table_of(store, FIRST))
    assert count(store) == 2_002


def test_a_table_with_rows_missing_is_told_apart_without_a_hash(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"x": [1, 2]}), path)
    verify_table(path, TableRecord("a", ("x",), (("1",), ("2",)), 2), load_id="0001-a")
    with pytest.raises(UnreadableInputError, match="it has 2 rows"):
        verify_table(path, TableRecord("a", ("x",), (("1",),), 3), load_id="0001-a")


def test_damaged_refused_rows_are_named(store: Store) -> None:
    refused = store.folder / "loads" / FIRST / "refused.parquet"
    refused.write_bytes(b"PAR1" + bytes(400))
    with pytest.raises(UnreadableInputError, match="the refused rows cannot be read") as caught:
        interface.list_refused(store, FIRST, limit=5)
    assert str(refused) in str(caught.value)


# -- records ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("text", ["{", "[]", "{}", '{"load_id": "x", "undone_at": "soon", "by": "ann"}', "\x00" * 80])
def test_a_damaged_record_of_an_undo_is_named(store: Store, text: str) -> None:
    store.undo(SECOND, now=NOW, by="ann")
    path = store.folder / "undone" / f"{SECOND}.json"
    path.write_text(text)
    with pytest.raises(UnreadableInputError, match="taken back cannot be read") as caught:
        store.snapshot()
    assert str(path) in str(caught.value)
    path.unlink()
    store.undo(SECOND, now=NOW, by="ann")
    assert count(store) == 5


def test_a_load_without_its_manifest_is_an_error_and_not_an_older_figure(store: Store) -> None:
    folder = store.folder / "loads" / SECOND
    (folder / "manifest.json").unlink()
    with pytest.raises(UnreadableInputError, match=r"this load has no manifest\.json") as caught:
        store.snapshot()
    assert str(folder) in str(caught.value)
    with pytest.raises(UnreadableInputError, match=r"this load has no manifest\.json"):
        interface.list_loads(store)


def test_a_copy_of_a_load_beside_it_does_not_count_twice(store: Store) -> None:
    shutil.copytree(store.folder / "loads" / SECOND, store.folder / "loads" / f"{SECOND} (copy)")
    with pytest.raises(UnreadableInputError, match=f"this folder holds the load '{SECOND}'"):
        store.snapshot()


def test_a_file_of_the_desktop_among_the_loads_does_no_harm(store: Store) -> None:
    (store.folder / "loads" / ".DS_Store").write_bytes(b"x")
    (store.folder / "loads" / ".Trash").mkdir()
    assert count(store) == 2_002


def test_the_number_of_an_undone_load_that_was_moved_away_is_not_used_again(store: Store, tmp_path: Path) -> None:
    store.undo(SECOND, now=NOW, by="ann")
    (store.folder / "loads" / SECOND).rename(tmp_path / "moved")
    report = load(store, write_street(tmp_path / "third", [street_row()] * 3))
    assert report.manifest.id == "0003-police-street"
    assert count(store) == 3


@pytest.mark.parametrize("found", ["0", "-5", "true", "1.0", '"1"', "null", "[1]"])
def test_a_format_that_there_never_was_is_damage(store: Store, found: str) -> None:
    (store.folder / "store.json").write_text(f'{{"format": {found}}}')
    with pytest.raises(UnreadableInputError, match="which there never was") as caught:
        open_store(store.folder, create=True)
    assert str(store.folder / "store.json") in str(caught.value)


def test_an_unknown_load_is_answered_with_all_there_are(store: Store) -> None:
    for ask in (lambda: store.undo("9", now=NOW, by="ann"), lambda: interface.get_load(store, "9")):
        with pytest.raises(UsageError, match=f"Expected one of {FIRST}, {SECOND}"):
            ask()


def test_an_unknown_load_of_many_is_answered_with_the_first_and_last() -> None:
    from wardmote.evidence.store.store import explain_unknown_load

    known = [f"{n:04d}-imd" for n in range(1, 15)]
    assert "one of the 14 loads from 0001-imd to 0014-imd" in str(explain_unknown_load("9", known))
    assert "a load (the store is empty)" in str(explain_unknown_load("9", []))
