"""How much of each load counts, and what an undo would change."""

from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardmote.evidence.model.errors import UsageError
from wardmote.evidence.store.manifest import Manifest
from wardmote.evidence.store.standing import describe_standing, foresee_undo, list_replacements
from wardmote.evidence.store.store import Store, open_store

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def load(store: Store, *months: str) -> str:
    """A load whose table answers for these months."""
    with store.stage("test", by="ann") as staging:
        table = pa.table({"force": ["kent"] * len(months), "month": list(months)})
        staging.write_table("street_counts", table, key=("force", "month"))
        manifest = Manifest(staging.load_id, "test", NOW, "ann", (), tuple(staging.tables))
        store.commit(staging, manifest)
        return manifest.id


def stand(store: Store) -> list[str]:
    return [one.standing for one in describe_standing(store).values()]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(tmp_path / "store", create=True)


def test_later_loads_supersede_and_an_undo_brings_back(store: Store) -> None:
    load(store, "2026-01", "2026-02")
    second = load(store, "2026-02", "2026-03")
    assert stand(store) == ["partly", "in_force"]
    effects = {(e.back_to, e.values) for e in foresee_undo(store, second)}
    assert effects == {("", (("kent", "2026-03"),)), ("0001-test", (("kent", "2026-02"),))}
    store.undo(second, now=NOW, by="ann", reason="the wrong force")
    assert store.list_undos()[second].reason == "the wrong force"
    assert stand(store) == ["in_force", "taken_back"]
    assert foresee_undo(store, second) == ()


def test_load_that_is_wholly_superseded_changes_nothing_when_it_goes(store: Store) -> None:
    first = load(store, "2026-01")
    load(store, "2026-01")
    assert stand(store) == ["superseded", "in_force"]
    assert foresee_undo(store, first) == ()


def test_unknown_load_is_refused(store: Store) -> None:
    with pytest.raises(UsageError, match="no load"):
        foresee_undo(store, "0009-test")


@given(st.lists(st.lists(st.sampled_from(["2026-01", "2026-02", "2026-03"]), min_size=1, unique=True), max_size=5))
def test_what_is_foreseen_is_what_the_snapshot_then_holds(loads: list[list[str]]) -> None:
    """The slow way: take it back in a store of its own and see which load answers for each month."""
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        store = open_store(Path(folder) / "store", create=True)
        ids = [load(store, *months) for months in loads]
        if not ids:
            return
        chosen = ids[len(ids) // 2]
        before = own(store)
        foreseen = {key: e.back_to for e in foresee_undo(store, chosen) for key in e.values}
        store.undo(chosen, now=NOW, by="ann")
        after = own(store)
        assert foreseen == {key: after.get(key, "") for key, owner in before.items() if owner == chosen}


def own(store: Store) -> dict[tuple[str, ...], str]:
    """The load that answers for each key, as a snapshot says."""
    snapshot = store.snapshot()
    return {
        key: part.manifest.id for part in snapshot.parts("street_counts") for key in part.owned or part.record.covers
    }


def test_each_load_replaces_what_stood_before_it_and_one_taken_back_nothing(store: Store) -> None:
    first, second, third = load(store, "2026-01", "2026-02"), load(store, "2026-02"), load(store, "2026-01", "2026-02")
    told = [(one.replaced, one.by, [key[1] for key in one.values]) for one in list_replacements(store)]
    assert told == [(first, second, ["2026-02"]), (first, third, ["2026-01"]), (second, third, ["2026-02"])]
    store.undo(third, now=NOW, by="ann", reason="")
    assert [(one.replaced, one.by) for one in list_replacements(store)] == [(first, second)]
