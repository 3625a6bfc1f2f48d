"""The engine: DuckDB in memory over Parquet files, with limits that keep a small machine alive."""

from pathlib import Path

import duckdb

MEMORY_LIMIT = "640MB"  # leaves room under 1 GiB for Python, Arrow and the readers' own buffers

_limits: dict[str, int] = {}


def use_threads(count: int) -> None:
    """From now on this process's engines use so many threads: one in a process that lets others go first."""
    import pyarrow as pa

    _limits["threads"] = count
    pa.set_cpu_count(count)


def connect(*, spill_folder: Path | None = None, threads: int | None = None) -> duckdb.DuckDBPyConnection:
    """Open an in-memory engine that neither fetches nor loads extensions by itself."""
    connection = duckdb.connect(":memory:")
    connection.execute(f"SET memory_limit='{MEMORY_LIMIT}'")
    connection.execute("SET allocator_background_threads=true")  # gives freed memory back soon: a third off the peak
    connection.execute("SET autoinstall_known_extensions=false")
    connection.execute("SET enable_progress_bar=false")  # it would write among answers that a machine reads
    connection.execute("SET preserve_insertion_order=false")
    connection.execute("SET parquet_metadata_cache=true")  # files of the store never change
    if chosen := threads or _limits.get("threads"):
        connection.execute(f"SET threads={int(chosen)}")
    if spill_folder is not None:
        # Quoted, not bound: at the first bound value the engine's package imports pandas, a quarter of a second.
        connection.execute(f"SET temp_directory={quote_text(str(spill_folder))}")
    return connection


def quote_name(name: str) -> str:
    """Quote a column or table name for SQL."""
    return '"' + name.replace('"', '""') + '"'


def quote_text(text: str) -> str:
    """Quote a text value for the few places in SQL that take no bound parameter."""
    return "'" + text.replace("'", "''") + "'"


def quote_list(values: list[str]) -> str:
    return "[" + ", ".join(quote_text(v) for v in values) + "]"
