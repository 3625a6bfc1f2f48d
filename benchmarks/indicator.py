"""How long does one indicator take beside the same question written by hand in SQL, and how long the assessment?

The store is loaded once from the real open data beside the project; where that is absent nothing is measured. An
indicator is asked warm, ours and the hand-written query in turn, each time for another twelve months, so that no answer
is remembered, and the medians count. Both give every month of every ward for every offence, zeros included: the query
makes its zeros in SQL, ours makes a figure of each, with its period, source and loads.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from benchmarks.table import BenchRow, render_table
from wardmote.evidence.indicators.compute import Evidence, compute_figures
from wardmote.evidence.model.figures import Figure
from wardmote.evidence.model.periods import Period
from wardmote.evidence.reports.assessment.build import plan_assessment, write_assessment
from wardmote.evidence.reports.partnership import Partnership
from wardmote.evidence.sources.loading import load_source
from wardmote.evidence.store.engine import connect
from wardmote.evidence.store.snapshot import Snapshot
from wardmote.evidence.store.store import open_store

PROJECT = Path(__file__).resolve().parents[1]
REPEATS = 7
NOW = datetime(2026, 1, 15, 9, tzinfo=UTC)
MEDWAY, YEAR = "E06000035", Period.parse("2021/22")

BY_HAND = """
WITH ward AS (SELECT child_code AS lsoa_code, parent_code AS ward FROM '{links}'
              WHERE child_set = 'lsoa@2011' AND parent_set = 'ward@2017'),
     inside AS (SELECT DISTINCT child_code AS lsoa_code FROM '{links}'
                WHERE child_set = 'lsoa@2011' AND parent_code = 'E06000035'),
     place AS (SELECT * FROM ward JOIN inside USING (lsoa_code)),
     counted AS (SELECT month, ward, crime_type, sum(offences_count) AS n FROM '{cube}' JOIN place USING (lsoa_code)
                 WHERE force = 'kent' AND month BETWEEN $first AND $last
                   AND crime_type <> 'Anti-social behaviour' GROUP BY ALL),
     grid AS (SELECT * FROM (SELECT DISTINCT month FROM counted), (SELECT DISTINCT ward FROM place),
                            (SELECT DISTINCT crime_type FROM counted))
SELECT month, ward, crime_type, coalesce(n, 0) FROM grid LEFT JOIN counted USING (month, ward, crime_type) ORDER BY ALL
"""


def measure() -> list[BenchRow]:
    """The indicator, the assessment in one format and in all, and the help text."""
    rows = [BenchRow("wardmote --help", _time(_run_help, 3), aim=0.3)]
    data = find_data()
    if data is not None:
        with tempfile.TemporaryDirectory() as scratch:
            rows = [*_measure_evidence(load_data(data, Path(scratch) / "store"), Path(scratch)), *rows]
    return rows


def find_data() -> Path | None:
    """The folder of real open data, where it is there."""
    folder = Path(os.environ.get("WARDMOTE_REALDATA", PROJECT.parent / "shared" / "data"))
    return folder if folder.is_dir() else None


def load_data(data: Path, folder: Path) -> Snapshot:
    """Everything that the assessment of Medway draws on."""
    geography, population = data / "geography", data / "population"
    sources = {
        "police-street": [data / "police-street" / "kent"],
        "police-outcomes": [data / "police-outcomes" / "medway"],
        "ons-lookups": sorted(geography.glob("lookup_*.csv")),
        "boundaries": sorted(geography.glob("kent_and_medway_*.geojson.gz")),
        "ons-population": [
            population / "LAD23_Mid_Year_pop_2011_to_2023.xlsx",
            *population.glob("population*_lsoa11*"),
        ],
        "imd": sorted((data / "imd").glob("*.csv")),
        "ons-csp-tables": sorted((data / "crime-csp").glob("policeforcearea*")),
        "fly-tipping": [data / "fly-tipping" / "flytipping_la.ods"],
    }
    store = open_store(folder, create=True)
    for source, paths in sources.items():
        load_source(store, source, paths, now=NOW, by="bench")
    return store.snapshot()


def _measure_evidence(snapshot: Snapshot, scratch: Path) -> Iterator[BenchRow]:
    yield from _measure_indicator(snapshot)
    yield BenchRow("Medway assessment, html", _time(lambda: assess(snapshot, scratch / "one", ("html",)), 3), aim=5)
    every = ("html", "docx", "odt", "pdf", "xlsx")
    yield BenchRow(
        "Medway assessment, five formats", _time(lambda: assess(snapshot, scratch / "all", every), 1), aim=20
    )


def _measure_indicator(snapshot: Snapshot) -> Iterator[BenchRow]:
    """The indicator asked of an evidence that knows its places, and of one that knows nothing yet."""
    evidence, query = Evidence.of(snapshot), write_query(snapshot)
    check_equal(ask(evidence, YEAR), query(YEAR))
    years = [Period.rolling_year(YEAR.last + later) for later in range(1, REPEATS + 1)]
    times = [(_time(lambda y=y: ask(evidence, y)), _time(lambda y=y: query(y))) for y in years]
    ours, by_hand = (statistics.median(column) for column in zip(*times, strict=True))
    yield BenchRow("crime by month, ward and offence", ours, "SQL by hand", by_hand, aim=1.2)
    first = _time(lambda: ask(Evidence.of(Snapshot(snapshot.folder, snapshot.manifests)), YEAR), REPEATS)
    yield BenchRow("the same as an evidence's first", first, "SQL by hand", by_hand)


def ask(evidence: Evidence, year: Period) -> tuple[Figure, ...]:
    """The indicator's figures."""
    return compute_figures(evidence, "crime_count", MEDWAY, year, "month,ward@2017,offence").figures


Row = tuple[date, str, str, int]


def write_query(snapshot: Snapshot) -> Callable[[Period], list[Row]]:
    """The same from one query over the store's own Parquet, with a connection set as ours is."""
    paths = {name: str(snapshot.parts(table)[-1].path) for name, table in _FILES.items()}
    connection, sql = connect(), BY_HAND.format(**paths)
    return lambda year: connection.execute(sql, {"first": f"{year.first}-01", "last": f"{year.last}-01"}).fetchall()


_FILES = {"cube": "street_counts", "links": "area_links"}


def check_equal(ours: Sequence[Figure], by_hand: Sequence[Row]) -> None:
    """Two times compare only where both ways gave the same answer."""
    figures = {tuple(value for _, value in f.dimensions): f.value for f in ours}
    if figures != {(str(month)[:7], ward, offence): number for month, ward, offence, number in by_hand}:
        sys.exit(f"the ways differ: {len(ours)} figures of ours, {len(by_hand)} rows by hand")


def assess(snapshot: Snapshot, out: Path, formats: tuple[str, ...]) -> None:
    """The whole assessment, from an evidence that remembers nothing."""
    fresh = Snapshot(snapshot.folder, snapshot.manifests)
    planned = plan_assessment(fresh, MEDWAY, YEAR, Partnership(), audience="partnership", as_at=NOW)
    write_assessment(planned, out, fresh, formats=formats)
    fresh.connection.close()


def _run_help() -> None:
    subprocess.run([sys.executable, "-m", "wardmote", "--help"], check=True, capture_output=True)


def _time(work: Callable[[], object], repeats: int = 1) -> float:
    """The median of so many runs, in seconds."""
    taken = []
    for _ in range(repeats):
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken)


if __name__ == "__main__":
    print(render_table(measure()))
