"""Loading as a whole: a load is all there or not there, can be taken back, and records what it did."""

import hashlib
from datetime import timedelta
from pathlib import Path

import pytest

from support.police_files import NOW, load, read_rows, street_row, write_street
from wardmote.evidence.model.errors import UnreadableInputError, UsageError
from wardmote.evidence.sources.contract import LoadOptions
from wardmote.evidence.sources.loading import load_source
from wardmote.evidence.store.store import open_store


def test_the_manifest_says_which_files_and_whose_data(tmp_path: Path) -> None:
    path = write_street(tmp_path, [street_row(), street_row("2021-13")])
    report = load(tmp_path / "store", path)
    manifest = report.manifest
    entry = manifest.inputs[0]
    assert entry.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert entry.size_bytes == path.stat().st_size
    assert (manifest.rows_in, manifest.rows_kept, manifest.rows_refused) == (2, 1, 1)
    assert (manifest.period_first, manifest.period_last) == ("2022-03", "2022-03")
    assert manifest.licence == "Open Government Licence v3.0"
    assert (manifest.by, manifest.loaded_at, manifest.id) == ("ann", NOW, "0001-police-street")
    assert report.has_refusals
    assert open_store(tmp_path / "store").list_manifests() == (manifest,), "what is read back equals what was written"


def test_progress_names_each_file(tmp_path: Path) -> None:
    paths = [write_street(tmp_path, [street_row(m)], month=m) for m in ("2022-03", "2022-04")]
    seen: list[tuple[str, int, int]] = []
    store = open_store(tmp_path / "store", create=True)
    options = LoadOptions(progress=lambda name, done, total: seen.append((name, done, total)))
    load_source(store, "police-street", paths, now=NOW, by="ann", options=options)
    assert seen == [("2022-03-kent-street.csv", 1, 2), ("2022-04-kent-street.csv", 2, 2)]


def test_an_unknown_source_names_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="police-street"):
        load(tmp_path / "store", tmp_path, "police-strete")


def test_paths_that_do_not_exist_are_all_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInputError) as caught:
        load(tmp_path / "store", [tmp_path / "a.csv", tmp_path / "b.csv"])
    assert [f.where for f in caught.value.faults] == [str(tmp_path / "a.csv"), str(tmp_path / "b.csv")]
    assert caught.value.exit_code == 3


def test_an_empty_folder_loads_nothing(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    with pytest.raises(UnreadableInputError, match="nothing in these files could be read"):
        load(tmp_path / "store", tmp_path / "in")
    assert open_store(tmp_path / "store").list_manifests() == ()


def test_nothing_of_the_preparation_stays_in_the_load(tmp_path: Path) -> None:
    report = load(tmp_path / "store", write_street(tmp_path, [street_row()], suffix=".csv.gz"))
    kept = {p.name for p in (tmp_path / "store" / "loads" / report.manifest.id).iterdir()}
    assert kept == {"manifest.json", "street_rows.parquet", "street_counts.parquet"}
    assert not list((tmp_path / "store" / "staging").iterdir())


def test_a_load_taken_back_leaves_what_it_had_superseded(tmp_path: Path) -> None:
    store = open_store(tmp_path / "store", create=True)
    first = load(store, write_street(tmp_path / "a", [street_row()] * 5))
    second = load(store, write_street(tmp_path / "b", [street_row()] * 2))
    sql = "SELECT sum(offences_count) FROM street_counts"
    assert store.snapshot().connection.execute(sql).fetchone() == (2,)
    store.undo(second.manifest.id, now=NOW + timedelta(hours=1), by="bob")
    assert store.snapshot().connection.execute(sql).fetchone() == (5,)
    assert store.snapshot(NOW).connection.execute(sql).fetchone() == (2,), "as it stood before it was taken back"
    assert read_rows(store.folder, first, "street_counts", "offences_count") == [(5,)]
