"""The core's one public door: light to import, and every figure that goes out of it can be asked again."""

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from support.small_county import HERE, A, C, D, build_county
from support.street_store import NOW, Row, put_street, put_tables
from wardmote.evidence import interface
from wardmote.evidence.model.errors import UnreadableInputError, UsageError

MARCH = "2022-03"
LATER = NOW + timedelta(days=1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The county with two years of crime, in which robbery doubled; reports name a publisher of every load."""
    store = build_county(tmp_path / "store")
    months = [f"{year}-{month:02d}" for year in (2020, 2021, 2022) for month in range(1, 13)]
    rows = []
    for number, month in enumerate(months):
        for lsoa, x, many in ((A, 0.05, 6), (C, 0.15, 3), (D, 0.25, 2 + number % 3)):
            rows += [Row(month, lsoa=lsoa, point=(x, 51.05))] * many
        rows += [Row(month, "Robbery", lsoa=D, point=(0.25, 51.05))] * (2 if number < 15 else 4)
        rows += [Row(month, "Anti-social behaviour", lsoa=A, point=(0.05, 51.05), outcome="")] * 4
    put_street(store, rows)
    for manifest, source in zip(
        sorted(store.glob("loads/*/manifest.json")), ("ons-lookups", "police-street"), strict=True
    ):
        manifest.write_text(json.dumps(json.loads(manifest.read_text()) | {"source": source}))
    return store


def test_importing_the_door_imports_nothing_heavy() -> None:
    heavy = ("duckdb", "pyarrow", "numpy", "scipy", "shapely", "yaml", "httpx", "lxml", "wardmote.evidence.store")
    script = f"import sys, wardmote.evidence.interface; print([m for m in {heavy!r} if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout == "[]\n"


# -- the store ------------------------------------------------------------------------------------------------
def test_store_is_made_only_when_asked(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInputError, match="there is no store here"):
        interface.open_store(tmp_path / "s")
    assert interface.list_loads(interface.open_store(tmp_path / "s", create=True)) == ()


def test_load_is_found_by_its_number(folder: Path) -> None:
    store = interface.open_store(folder)
    assert interface.get_load(store, "0002").manifest.id == "0002-test"
    with pytest.raises(UsageError, match="0001-test, 0002-test"):
        interface.get_load(store, "0003")


def test_undo_is_recorded_with_moment_and_name(folder: Path) -> None:
    store = interface.open_store(folder)
    interface.undo_load(store, "0002", now=LATER, by="ann")
    record = interface.list_loads(store)[1]
    assert record.undo is not None
    assert (record.undo.undone_at, record.undo.by) == (LATER, "ann")


# -- figures --------------------------------------------------------------------------------------------------
def test_evidence_as_at_an_older_moment_knows_nothing_of_later_loads(folder: Path) -> None:
    store = interface.open_store(folder)
    interface.undo_load(store, "0002", now=LATER, by="ann")
    before = interface.open_evidence(store, as_at=NOW)
    (figure,) = interface.ask_figures(before, "robbery_count", HERE, "2021").figures
    assert figure.value == 2 * 3 + 4 * 9
    after = interface.open_evidence(store)
    assert interface.ask_figures(after, "robbery_count", HERE, "2021").figures[0].missing is not None


def test_scope_all_counts_other_forces_rows_and_scope_force_does_not(folder: Path) -> None:
    put_street(folder, [Row(MARCH, "Robbery", lsoa=A, point=(0.05, 51.05), force="btp")] * 3)
    evidence = interface.open_evidence(interface.open_store(folder))
    own = interface.ask_figures(evidence, "robbery_count", HERE, MARCH).figures[0]
    every = interface.ask_figures(evidence, "robbery_count", HERE, MARCH, scope="all").figures[0]
    assert (own.value, every.value) == (4, 7)


@pytest.mark.parametrize(
    ("typed", "near"), [("crime_cuont", "crime_count"), ("burglery_rate", "burglary_rate"), ("robbery", "robbery_")]
)
def test_near_indicators_are_named(typed: str, near: str) -> None:
    with pytest.raises(UsageError, match=near):
        interface.check_indicator(typed)


def test_store_that_knows_no_area_answers_missing_and_not_that_the_code_is_wrong(tmp_path: Path) -> None:
    put_tables(tmp_path / "s", {"fly_tipping": []})
    evidence = interface.open_evidence(interface.open_store(tmp_path / "s"))
    (figure,) = interface.ask_figures(evidence, "crime_count", HERE, MARCH).figures
    assert figure.missing is not None
    assert figure.missing.code == "source_missing"


# -- reports --------------------------------------------------------------------------------------------------
def test_every_figure_of_a_report_is_the_same_when_it_is_asked_by_its_id(folder: Path, tmp_path: Path) -> None:
    store = interface.open_store(folder)
    written = interface.assess(store, HERE, "2021/22", tmp_path / "out", as_at=LATER, now=LATER, formats=["html"])
    figures = json.loads(written.paths["figures"].read_text())["figures"]
    assert len(figures) > 100
    evidence = interface.open_evidence(store, as_at=LATER)
    again = {f["id"]: interface.trace_figure(evidence, f["id"]).figure.value for f in figures}
    assert again == {f["id"]: pytest.approx(f["value"]) if f["value"] is not None else None for f in figures}


def test_report_is_recorded_under_its_moment_and_area(folder: Path, tmp_path: Path) -> None:
    store = interface.open_store(folder)
    moment = datetime(2026, 2, 3, 4, 5, 6, tzinfo=UTC)
    for _ in range(2):
        interface.assess(store, HERE, "2021/22", tmp_path / "out", as_at=LATER, now=moment, formats=["html"])
    names = sorted(p.name for p in (folder / "published").iterdir())
    assert names == [f"20260203T040506Z-{HERE}-2.json", f"20260203T040506Z-{HERE}.json"]


def test_changed_figures_of_a_published_report_are_found(folder: Path, tmp_path: Path) -> None:
    store = interface.open_store(folder)
    interface.assess(store, HERE, "2021/22", tmp_path / "out", as_at=LATER, now=LATER, formats=["html"])
    interface.undo_load(store, "0002", now=LATER + timedelta(hours=1), by="ann")
    found = interface.compare_states(store, LATER, LATER + timedelta(days=1))
    (document,) = found.documents
    changes = {c.figure_id: c for c in document.changes}
    change = changes[f"crime_count:{HERE}:2021/22"]
    assert change.published == change.earlier != change.later
    assert change.later is None
    assert found.loads_removed == ("0002-test",)


def test_unknown_format_is_refused_before_any_work(folder: Path, tmp_path: Path) -> None:
    store = interface.open_store(folder)
    with pytest.raises(UsageError, match="there is no format 'doc'"):
        interface.assess(store, HERE, "2021/22", tmp_path / "out", as_at=NOW, now=NOW, formats=["doc"])
    assert not (tmp_path / "out").exists()
