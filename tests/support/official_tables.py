"""Loading crafted official tables into a store of their own and asking what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import xlsxwriter

from wardmote.evidence.sources.contract import LoadOptions
from wardmote.evidence.sources.loading import LoadReport, load_source
from wardmote.evidence.store.store import Store, open_store

NOW = datetime(2026, 1, 15, 9, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Loaded:
    """A store with the loads made so far, and the last one's report."""

    store: Store
    report: LoadReport

    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        """Rows of a query on the tables in force."""
        return self.store.snapshot().connection.execute(sql).fetchall()

    def one(self, sql: str) -> Any:
        ((value,),) = self.ask(sql)
        return value

    def refused(self) -> list[tuple[Any, ...]]:
        """File, line and reason of each row kept aside by the last load."""
        path = self.store.folder / "loads" / self.report.manifest.id / "refused.parquet"
        if not path.exists():
            return []
        return duckdb.sql(f"SELECT file, line, reason FROM read_parquet('{path}') ORDER BY ALL").fetchall()

    def said(self) -> str:
        """Every fault of the last load in one text."""
        return "\n".join(f"{f.severity}: {f}" for f in self.report.faults)


def load(source: str, paths: Sequence[Path] | Path, tmp_path: Path, **settings: str) -> Loaded:
    """Load files into the store under `tmp_path`, beside what is there already."""
    store = open_store(tmp_path / "store", create=True)
    files = [paths] if isinstance(paths, Path) else list(paths)
    report = load_source(store, source, files, now=NOW, by="test", options=LoadOptions(settings=settings))
    return Loaded(store, report)


def write_workbook(path: Path, sheets: dict[str, Sequence[Sequence[Any]]]) -> Path:
    """An xlsx of the given sheets, cell for cell."""
    with xlsxwriter.Workbook(path) as book:
        for name, rows in sheets.items():
            page = book.add_worksheet(name)
            for number, row in enumerate(rows):
                page.write_row(number, 0, row)
    return path
