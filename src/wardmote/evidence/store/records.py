"""What the store remembers of each load: its manifest, whether it was taken back, and the rows that it refused."""

from pathlib import Path

from wardmote.evidence.model.errors import UnreadableInputError
from wardmote.evidence.store.manifest import LoadRecord
from wardmote.evidence.store.store import Store, explain_unknown_load


def list_loads(store: Store) -> tuple[LoadRecord, ...]:
    """Which loads were ever made, in order, taken back or not?"""
    undos = store.list_undos()
    return tuple(LoadRecord(m, undos.get(m.id), find_refused(store, m.id)) for m in store.list_manifests())


def get_load(store: Store, load_id: str) -> LoadRecord:
    """The load of that id (its number alone will do). Raises UsageError where there is none."""
    records = list_loads(store)
    for record in records:
        if load_id in (record.manifest.id, record.manifest.id.split("-")[0]):
            return record
    raise explain_unknown_load(load_id, [r.manifest.id for r in records])


def find_refused(store: Store, load_id: str) -> Path | None:
    """Where the rows lie that the load refused, each with its reason; None where it refused none."""
    path = store.folder / "loads" / load_id / "refused.parquet"
    return path if path.exists() else None


def list_refused(store: Store, load_id: str, *, limit: int) -> tuple[tuple[str, int, str, str], ...]:
    """The first refused rows of a load: file, line, reason, the row as it stood."""
    path = find_refused(store, load_id)
    if path is None:
        return ()
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(path) as table:
            rows = next(table.iter_batches(batch_size=limit)).to_pylist()  # there may be millions of them
        return tuple((str(r["file"]), int(r["line"] or 0), str(r["reason"]), str(r["row"] or "")) for r in rows)
    except (pa.ArrowException, OSError, KeyError) as error:
        raise UnreadableInputError(
            f"the refused rows cannot be read ({str(error).splitlines()[0]})",
            where=str(path),
            expected="the refused rows as the load wrote them",
            to_do="Restore the file from a backup, or load the files again; figures do not need it",
        ) from error
