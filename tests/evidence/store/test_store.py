"""What the store withstands: a kill half-way, a full disk, two writers, a newer program's format, damaged records."""

import errno
import json
import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest

from support.police_files import NOW, load, read_rows, street_row, write_street
from wardmote.evidence.model.errors import UnreadableInputError, UsageError
from wardmote.evidence.store.lock import hold_lock
from wardmote.evidence.store.store import Store, open_store

TESTS = Path(__file__).resolve().parents[2]


@pytest.fixture
def loaded(tmp_path: Path) -> Store:
    """A store that holds one month of five offences."""
    store = open_store(tmp_path / "store", create=True)
    load(store, write_street(tmp_path / "first", [street_row()] * 5))
    return store


def list_files(store: Store) -> dict[str, bytes]:
    """Every file that the store's readers look at, with its bytes."""
    found = [p for p in store.folder.rglob("*") if p.is_file() and "staging" not in p.parts and p.name != "lock"]
    return {p.relative_to(store.folder).as_posix(): p.read_bytes() for p in found}


def count(store: Store) -> int:
    row = store.snapshot().connection.execute("SELECT sum(offences_count) FROM street_counts").fetchone()
    assert row is not None
    return int(row[0])


# -- interrupted --------------------------------------------------------------------------------------------
INTERRUPTED = """
import sys, time
from pathlib import Path
from support.police_files import load
from wardmote.evidence.store import store as module

def stop_before_the_rename(self, staging, manifest):
    staging.write_refused()
    (staging.folder / "manifest.json").write_text(manifest.to_json())
    print("half-way", flush=True)
    time.sleep(60)

module.Store.commit = stop_before_the_rename
load(Path(sys.argv[1]), Path(sys.argv[2]))
"""


def start_load(store: Store, path: Path) -> subprocess.Popen[str]:
    """Start a load in a process of its own that halts when all is written and nothing is committed."""
    process = subprocess.Popen(
        [sys.executable, "-c", INTERRUPTED, str(store.folder), str(path)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(TESTS)},
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "half-way\n"
    return process


def test_a_load_killed_half_way_leaves_the_store_as_before(loaded: Store, tmp_path: Path) -> None:
    path = write_street(tmp_path / "second", [street_row("2022-04")] * 3, month="2022-04")
    before = list_files(loaded)
    process = start_load(loaded, path)
    assert list((loaded.folder / "staging").iterdir()), "it was under way"
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert process.stdout is not None
    process.stdout.close()
    assert list_files(loaded) == before
    assert count(loaded) == 5
    report = load(loaded, path)
    assert report.manifest.id == "0002-police-street"
    assert count(loaded) == 8
    assert not list((loaded.folder / "staging").iterdir()), "what the killed load left is swept away"


def test_a_second_load_at_once_is_told_who_is_writing(loaded: Store, tmp_path: Path) -> None:
    path = write_street(tmp_path / "second", [street_row("2022-04")], month="2022-04")
    process = start_load(loaded, path)
    try:
        with pytest.raises(UnreadableInputError, match=f"by ann, process {process.pid}") as caught:
            load(loaded, path)
        assert "Wait until it ends" in str(caught.value)
        assert count(loaded) == 5, "readers are not held up"
    finally:
        process.kill()
        process.wait()
        assert process.stdout is not None
        process.stdout.close()
    load(loaded, path)
    assert count(loaded) == 6


def test_the_lock_is_free_once_its_holder_is_done(tmp_path: Path) -> None:
    for _ in range(2):
        with hold_lock(tmp_path / "lock", holder="a load"):
            second = hold_lock(tmp_path / "lock", holder="another")
            with pytest.raises(UnreadableInputError, match="a load, process"):
                second.__enter__()


def test_a_kill_at_any_moment_leaves_the_store_as_before(loaded: Store, tmp_path: Path) -> None:
    rows = [street_row("2022-04", crime_id=f"{i:064x}") for i in range(60_000)]
    path = write_street(tmp_path / "second", rows, month="2022-04", suffix=".csv.gz")
    code = "import sys; from pathlib import Path; from support.police_files import load; print('go', flush=True); "
    code += "load(Path(sys.argv[1]), Path(sys.argv[2]))"
    before = list_files(loaded)
    for wait_s in (0.02, 0.15, 0.3):
        process = subprocess.Popen(
            [sys.executable, "-c", code, str(loaded.folder), str(path)],
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(TESTS)},
        )
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(wait_s)
        process.kill()
        process.wait()
        process.stdout.close()
        manifests = loaded.list_manifests()
        if len(manifests) == 1:
            assert list_files(loaded) == before
        else:  # it was faster than the kill: then all of it is there
            assert count(loaded) == 60_005
            loaded.undo(manifests[-1].id, now=NOW, by="ann")
            before = list_files(loaded)
        assert count(loaded) == 5


# -- no room ------------------------------------------------------------------------------------------------
def test_a_full_disk_is_explained_when_the_engine_meets_it(
    loaded: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from wardmote.evidence.sources import police_reading

    def write_rows(*_: object) -> None:
        raise duckdb.IOException('IO Error: Could not write file "x": No space left on device')

    monkeypatch.setattr(police_reading, "write_rows", write_rows)
    check_no_room(loaded, tmp_path)


def test_a_full_disk_is_explained_when_unpacking_meets_it(
    loaded: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from wardmote.evidence.sources import police_reading

    def survey_file(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(police_reading, "survey_file", survey_file)
    check_no_room(loaded, tmp_path)


def test_a_full_disk_is_explained_when_the_record_meets_it(
    loaded: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def write_text(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    second = write_street(tmp_path / "second", [street_row("2022-04")], month="2022-04")
    monkeypatch.setattr(Path, "write_text", write_text)
    check_no_room(loaded, tmp_path, second)


def check_no_room(store: Store, tmp_path: Path, path: Path | None = None) -> None:
    """The error says what happened and what to do, and the store is as before."""
    before = list_files(store)
    with pytest.raises(UnreadableInputError, match="no room left for the store") as caught:
        load(store, path or write_street(tmp_path / "second", [street_row("2022-04")], month="2022-04"))
    assert "the store is as it was before" in str(caught.value)
    assert str(store.folder) in str(caught.value)
    assert list_files(store) == before
    assert not list((store.folder / "staging").iterdir())


LIMITED = """
import resource, signal, sys
from pathlib import Path
from support.police_files import load
from wardmote.evidence.model.errors import WardmoteError

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
try:
    load(Path(sys.argv[1]), Path(sys.argv[2]))
except WardmoteError as error:
    print(error)
    sys.exit(error.exit_code)
"""


def test_a_file_that_may_not_grow_is_explained_with_no_traceback(loaded: Store, tmp_path: Path) -> None:
    rows = [street_row("2022-04", crime_id=os.urandom(32).hex()) for _ in range(20_000)]
    path = write_street(tmp_path / "second", rows, month="2022-04")
    before = list_files(loaded)
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(loaded.folder), str(path)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(TESTS)},
    )
    assert done.returncode == 3, done.stderr
    assert "no room left for the store" in done.stdout
    assert list_files(loaded) == before


# -- formats and damage -------------------------------------------------------------------------------------
def test_a_store_of_a_newer_program_is_refused(loaded: Store, tmp_path: Path) -> None:
    (loaded.folder / "store.json").write_text(json.dumps({"format": 99}))
    before = list_files(loaded)
    with pytest.raises(UnreadableInputError, match="format 99, written by a newer wardmote") as caught:
        open_store(loaded.folder, create=True)
    assert "nothing was changed" in str(caught.value)
    assert caught.value.exit_code == 3
    assert list_files(loaded) == before


def test_a_damaged_mark_or_record_names_its_file(loaded: Store) -> None:
    (loaded.folder / "loads" / "0001-police-street" / "manifest.json").write_text("{")
    with pytest.raises(UnreadableInputError, match=r"manifest\.json: this record of a load cannot be read"):
        loaded.list_manifests()
    (loaded.folder / "store.json").write_text("{}")
    with pytest.raises(UnreadableInputError, match=r"store\.json cannot be read"):
        open_store(loaded.folder)


def test_a_folder_that_is_no_store_is_left_alone(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInputError, match="there is no store here"):
        open_store(tmp_path / "nowhere")
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "a.txt").write_text("dear")
    with pytest.raises(UsageError, match="this folder holds other files"):
        open_store(tmp_path / "letters", create=True)


# -- history ------------------------------------------------------------------------------------------------
def test_an_older_state_can_be_asked(loaded: Store, tmp_path: Path) -> None:
    assert loaded.snapshot(NOW - timedelta(seconds=1)).table_names == ()
    assert loaded.snapshot(NOW).table_names == ("street_counts", "street_rows")


def test_undoing_twice_or_an_unknown_load_is_explained(loaded: Store) -> None:
    loaded.undo("0001-police-street", now=NOW, by="bob")
    with pytest.raises(UsageError, match="taken back already"):
        loaded.undo("0001-police-street", now=NOW, by="bob")
    with pytest.raises(UsageError, match="there is no load '0007-x'"):
        loaded.undo("0007-x", now=NOW, by="bob")


def test_a_load_keeps_its_number_after_another_was_taken_back(loaded: Store, tmp_path: Path) -> None:
    loaded.undo("0001-police-street", now=NOW, by="bob")
    report = load(loaded, write_street(tmp_path / "second", [street_row()] * 2))
    assert report.manifest.id == "0002-police-street"
    assert count(loaded) == 2


def test_months_are_superseded_one_by_one(loaded: Store, tmp_path: Path) -> None:
    load(loaded, [write_street(tmp_path / "b", [street_row(m)] * 7, month=m) for m in ("2022-03", "2022-04")])
    report = load(loaded, write_street(tmp_path / "c", [street_row()] * 2))
    assert count(loaded) == 9
    assert loaded.snapshot().loads_of("street_rows") == ("0002-police-street", report.manifest.id)
    assert pq.read_metadata(loaded.folder / "loads" / "0002-police-street" / "street_rows.parquet").num_rows == 14
    assert read_rows(loaded.folder, report, "street_counts", "offences_count") == [(2,)]
