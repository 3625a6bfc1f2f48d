"""How long does loading street-level files take, beside the engine's bare copy of the same files and beside pandas?

Two inputs: 22 months of Kent as published (where the real open data lies beside the project) and three million made-up
rows. Each way runs five times in a process of its own, ours and the others in turn, and the median counts. The copy
keeps the columns that we keep and has our threads and memory; it hashes, checks and counts nothing. Time on the clock
is for the reader; processor time says the same of a machine that others use meanwhile.
"""

import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.table import BenchRow, render_table

PROJECT = Path(__file__).resolve().parents[1]
REPEATS = 5
AIM = 1.5
GENERATED_ROWS = 3_000_000
GENERATED_MONTHS = 36
HEADER = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,"
    "Last outcome category,Context"
)

# Each way is a program that gets a folder to write into and the files. It prints its seconds on the clock and of the
# processor and its peak in KiB.
START = """
import resource, sys, time
from pathlib import Path
out, paths = Path(sys.argv[1]), sys.argv[2:]
"""
END = """
taken = time.perf_counter() - begun, time.process_time() - begun_cpu
print(*taken, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""
WAYS = {
    "ours": """
from datetime import datetime, timezone
from wardmote.evidence.sources.loading import load_source
from wardmote.evidence.store.store import open_store
import wardmote.evidence.sources.police_street
store = open_store(out / "store", create=True)
begun, begun_cpu = time.perf_counter(), time.process_time()
now = datetime(2024, 6, 1, tzinfo=timezone.utc)
load_source(store, "police-street", [Path(p) for p in paths], now=now, by="bench")
""",
    "DuckDB copy": """
import os, duckdb
from wardmote.evidence.store.engine import MEMORY_LIMIT
connection = duckdb.connect()
connection.execute("SET enable_progress_bar=false")
connection.execute(f"SET memory_limit='{MEMORY_LIMIT}'")
connection.execute(f"SET threads={max(os.cpu_count() or 1, 2)}")
begun, begun_cpu = time.perf_counter(), time.process_time()
kept = '* EXCLUDE ("Reported by", "Falls within", "Context")'
target = out / "bare.parquet"
connection.execute(f"COPY (SELECT {kept} FROM read_csv({paths!r})) TO '{target}' (FORMAT parquet)")
""",
    "pandas": """
import pandas
import pyarrow
begun, begun_cpu = time.perf_counter(), time.process_time()
frame = pandas.concat([pandas.read_csv(p) for p in paths], ignore_index=True)
frame.to_parquet(out / "frame.parquet")
""",
}


def measure() -> list[BenchRow]:
    """A row for each input and rival."""
    rows: list[BenchRow] = []
    with tempfile.TemporaryDirectory() as scratch:
        for name, paths in _list_inputs(Path(scratch)):
            rows += _measure_input(name, paths, Path(scratch))
    return rows


def _list_inputs(scratch: Path) -> Iterator[tuple[str, list[Path]]]:
    kent = find_kent_files()
    if len(kent) == 22:
        yield "load 22 Kent months (gz)", kent
    yield f"load {GENERATED_ROWS:,} generated rows", generate_files(scratch / "generated", GENERATED_ROWS)


def find_kent_files() -> list[Path]:
    """The 22 published months on end, 2021-03 to 2022-12; empty where the real open data is absent."""
    shared = Path(os.environ.get("WARDMOTE_REALDATA", PROJECT.parent / "shared" / "data"))
    return sorted((shared / "police-street" / "kent").glob("202[12]-*.csv.gz"))


@dataclass(frozen=True, slots=True)
class Run:
    """What one run of a way took."""

    clock_s: float
    cpu_s: float
    peak_mib: float


def _measure_input(name: str, paths: list[Path], scratch: Path) -> list[BenchRow]:
    """Run the ways in turn, so that a slow minute of the machine strikes all of them."""
    runs: dict[str, list[Run]] = {way: [] for way in WAYS}
    for _ in range(REPEATS):
        for way in WAYS:
            runs[way].append(run_way(way, paths, scratch))
    clock = {way: statistics.median(run.clock_s for run in found) for way, found in runs.items()}
    cpu = {way: statistics.median(run.cpu_s for run in found) for way, found in runs.items()}
    peak_mib = max(run.peak_mib for run in runs["ours"])
    return [
        BenchRow(name, clock["ours"], "DuckDB copy", clock["DuckDB copy"], AIM, peak_mib),
        BenchRow("  its processor time", cpu["ours"], "DuckDB copy", cpu["DuckDB copy"], AIM),
        BenchRow(name, clock["ours"], "pandas", clock["pandas"], None, peak_mib),
    ]


def run_way(way: str, paths: list[Path], scratch: Path) -> Run:
    """One way, in a process and folder of its own."""
    with tempfile.TemporaryDirectory(dir=scratch) as out:
        command = [sys.executable, "-c", START + WAYS[way] + END, out, *map(str, paths)]
        done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=PROJECT)
    clock, cpu, peak_kib = map(float, done.stdout.split())
    return Run(clock, cpu, peak_kib / 1024)


def generate_files(folder: Path, rows: int, *, seed: int = 20220331) -> list[Path]:
    """Months of made-up rows in the publisher's layout; the same seed gives the same bytes."""
    rng = np.random.default_rng(seed)
    per_month = rows // GENERATED_MONTHS
    counts = [per_month] * (GENERATED_MONTHS - 1) + [rows - per_month * (GENERATED_MONTHS - 1)]
    folder.mkdir(parents=True, exist_ok=True)
    return [
        _write_month(folder, f"{2019 + number // 12}-{number % 12 + 1:02d}", count, rng)
        for number, count in enumerate(counts)
    ]


def _write_month(folder: Path, month: str, count: int, rng: np.random.Generator) -> Path:
    types = ("Violence and sexual offences", "Anti-social behaviour", "Shoplifting", "Burglary", "Drugs", "Other theft")
    outcomes = ("Under investigation", "Unable to prosecute suspect", "Local resolution")
    identifiers = rng.bytes(32 * count).hex()
    place, kind, outcome = (rng.integers(0, high, count) for high in (20_000, len(types), len(outcomes)))
    lines = (
        f"{identifiers[64 * i : 64 * i + 64] if kind[i] != 1 else ''},{month},Kent Police,Kent Police,"
        f"{0.1 + place[i] / 20_000:.6f},{51 + place[i] % 977 / 2_000:.6f},On or near Street {place[i] % 5_003},"
        f"E0101{place[i] % 1_100:04d},Area {place[i] % 1_100:04d},{types[kind[i]]},"
        f"{outcomes[outcome[i]] if kind[i] != 1 else ''},"
        for i in range(count)
    )
    path = folder / f"{month}-kent-street.csv"
    path.write_text("\n".join([HEADER, *lines]) + "\n", encoding="utf-8")
    return path


if __name__ == "__main__":
    print(render_table(measure()))
