"""How quickly does the observatory answer on all Kent data, while files are being loaded beside it?

    python -m benchmarks.observatory [--rounds 3] [--pause 5] [--rest 0] [--area evidence]

A real server (two processes of eight threads) reads a store of all the open data beside the project; eight people ask
every page, each in another order and looking at it for five seconds, while `wardmote load` brings in twenty years of
the county's police files again and again, with the priority that the server's own jobs have. Each load makes a new
state of the store, which every process opens anew. Beside each page stands the question at the store by hand, asked of
the same files in the same minute. Each process has answered every page before, as any has that runs for a while; the
first answers after each load count.
"""

import argparse
import gzip
import http.client
import json
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from benchmarks.indicator import find_data, load_data
from benchmarks.observatory_pages import PAGES, Page
from wardmote.evidence.store.engine import connect

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from support.web.installation import Installation  # noqa: E402
from support.web.server import Server, serving  # noqa: E402
from wardmote.web.project.beside import GIVES_WAY  # noqa: E402

CLIENTS = 8
AIM_S = 0.3
MAKE = """
import json
from django.test import Client
from support.web.world import make_world
from wardmote.web.partnerships.states import Role
world = make_world("kent", area_code="E06000035")
print(json.dumps(world.sign_in(Role.ANALYST).cookies["wardmote_session"].value))
"""
_INSIDE = "lsoa_code IN (SELECT child_code FROM '{links}' WHERE parent_code = 'E06000035')"
_SUM = "sum(offences_count) FROM '{cube}' WHERE force = 'kent' AND crime_type <> 'Anti-social behaviour'"
#: The questions behind the pages, written by hand over the store's own files.
QUERIES = {
    "months": f"SELECT month, {_SUM} AND {_INSIDE} GROUP BY 1 ORDER BY 1",
    "offences": f"SELECT month, crime_type, {_SUM} AND {_INSIDE} GROUP BY 1, 2 ORDER BY ALL",
    "wards": "SELECT month, parent_code, sum(offences_count) FROM '{cube}' JOIN '{links}' ON lsoa_code = child_code "
    "WHERE parent_set = 'ward@2017' AND force = 'kent' GROUP BY 1, 2 ORDER BY ALL",
    "rows": f"SELECT file_number, count(*) FROM '{{rows}}' WHERE month = '2021-05-01' AND {_INSIDE} GROUP BY 1",
}

Times = dict[str, list[float]]


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--rounds", type=int, default=3, help="how often each of the eight asks every page")
    asked.add_argument("--pause", type=float, default=5.0, help="seconds that somebody looks at a page, on average")
    asked.add_argument("--rest", type=float, default=0.0, help="seconds from the end of a load to the next one")
    asked.add_argument("--area", choices=sorted(PAGES), action="append", help="only this area's pages")
    wanted = asked.parse_args()
    data = find_data()
    if data is None:
        print("the real open data does not lie beside the project: nothing is measured")
        return 0
    pages = [page for area, found in PAGES.items() if not wanted.area or area in wanted.area for page in found]
    with tempfile.TemporaryDirectory() as folder:
        installation = Installation(Path(folder) / "home")
        load_data(data, installation.home / "store")
        installation.must("round")
        session = json.loads(installation.do(MAKE))
        with serving(installation, log=Path(folder) / "log", workers=2) as server:
            ask_all(server, session, [*pages, *pages], (2, 0), 0)
            years = write_years(data, Path(folder) / "years")
            loading = Loading(server.installation, years, wanted.rest)
            asking = (wanted.rounds, wanted.pause)
            times, by_hand, loads = measure(server, session, pages, loading=loading, asking=asking)
    return report(pages, times, by_hand, loads)


def measure(
    server: Server, session: str, pages: Sequence[Page], *, loading: "Loading", asking: tuple[int, float]
) -> tuple[Times, Times, int]:
    """Seconds by page, seconds by question at the store, and how many loads were made meanwhile.

    `asking`: how many rounds, and the pause between two pages in seconds.
    """
    times: Times = defaultdict(list)
    query = write_queries(server.installation.home / "store")
    with busy_loading(loading) as loads, repeating(query) as by_hand:
        with ThreadPoolExecutor(CLIENTS) as people:
            for found in people.map(lambda seed: ask_all(server, session, pages, asking, seed), range(CLIENTS)):
                for name, taken in found:
                    times[name].append(taken)
        return times, by_hand, len(loads)


def ask_all(
    server: Server, session: str, pages: Sequence[Page], asking: tuple[int, float], seed: int
) -> list[tuple[str, float]]:
    """One person asks every page so often, in an order of their own. Raises RuntimeError for an answer that is none."""
    (rounds, pause), order = asking, random.Random(seed)
    connection = http.client.HTTPConnection("localhost", server.port, timeout=120)
    found = []
    for page in (one for _ in range(rounds) for one in order.sample(list(pages), len(pages))):
        time.sleep(order.uniform(0, 2 * pause))
        begun = time.perf_counter()
        connection.request("GET", f"/p/kent/{page.address}", headers={"Cookie": f"wardmote_session={session}"})
        answer = connection.getresponse()
        answer.read()
        found.append((page.name, time.perf_counter() - begun))
        if answer.status != 200:
            raise RuntimeError(f"{page.address} answered {answer.status}: {server.said[-2000:]}")
    return found


def write_years(data: Path, folder: Path) -> Path:
    """The police's months of the county, and beside them the same months of seven and of fourteen years before."""
    folder.mkdir()
    for path in sorted((data / "police-street" / "kent").glob("*-street.csv.gz")):
        month, _, rest = path.name.partition("-kent-")
        body = gzip.decompress(path.read_bytes())
        for years in (0, 7, 14):
            shifted = f"{int(month[:4]) - years}{month[4:]}"
            file = folder / f"{shifted}-kent-{rest.removesuffix('.gz')}"
            file.write_bytes(body.replace(month.encode(), shifted.encode()))
    return folder


class Loading(NamedTuple):
    """Which files are loaded again and again, and how many seconds lie between a load's end and the next one."""

    installation: Installation
    files: Path
    rest: float


@contextmanager
def busy_loading(loading: Loading) -> Iterator[list[float]]:
    """Load the files again and again, each time to the end; the seconds that each load took."""
    taken: list[float] = []
    is_over = threading.Event()

    def load() -> None:
        command = ["nice", "-n", str(GIVES_WAY), sys.executable, "-m", "wardmote", "load", "police-street"]
        command += [str(loading.files), "--store", str(loading.installation.home / "store")]
        while not is_over.is_set():
            begun = time.perf_counter()
            subprocess.run(command, env=loading.installation.environment, check=True, capture_output=True)
            taken.append(time.perf_counter() - begun)
            is_over.wait(loading.rest)

    with _beside(load, is_over):
        yield taken


@contextmanager
def repeating(query: Callable[[str], float]) -> Iterator[Times]:
    """Ask the store by hand now and then, as long as the block lasts."""
    taken: Times = defaultdict(list)
    is_over = threading.Event()

    def ask() -> None:
        while not is_over.wait(3):
            for name in QUERIES:
                taken[name].append(query(name))

    with _beside(ask, is_over):
        yield taken


@contextmanager
def _beside(work: Callable[[], None], is_over: threading.Event) -> Iterator[None]:
    thread = threading.Thread(target=work)
    thread.start()
    try:
        yield
    finally:
        is_over.set()
        thread.join()


def write_queries(store: Path) -> Callable[[str], float]:
    """How long a question by hand takes now, over the files of the first loads, which never change."""
    names = {"cube": "street_counts", "rows": "street_rows", "links": "area_links"}
    paths = {short: str(next(store.glob(f"loads/*/{table}.parquet"))) for short, table in names.items()}
    connection = connect()

    def ask(name: str) -> float:
        begun = time.perf_counter()
        connection.execute(QUERIES[name].format(**paths)).fetchall()
        return time.perf_counter() - begun

    return ask


def report(pages: Sequence[Page], times: Times, by_hand: Times, loads: int) -> int:
    """Print a line a page; how many answer too slowly."""
    slow = 0
    print(f"{sum(map(len, times.values()))} answers to {CLIENTS} people, {loads} loads meanwhile\n")
    print("| page | p50 ms | p95 ms | slowest ms | by hand p50 ms | by hand p95 ms | p50 ratio | p95 ratio |")
    print("|---|---|---|---|---|---|---|---|")
    for page in pages:
        found, base = times[page.name], by_hand[page.query]
        middle, p95 = statistics.median(found), find_p95(found)
        slow += p95 > AIM_S
        base_middle, base_p95 = statistics.median(base), find_p95(base)
        numbers = (middle, p95, max(found), base_middle, base_p95)
        ratios = f"{middle / base_middle:.1f} | {p95 / base_p95:.1f}"
        print(f"| {page.name} | " + " | ".join(f"{n * 1e3:.0f}" for n in numbers) + f" | {ratios} |")
    everything = [taken for found in times.values() for taken in found]
    print(f"\nall pages: p50 {statistics.median(everything) * 1e3:.0f} ms, p95 {find_p95(everything) * 1e3:.0f} ms")
    print(f"{slow} of {len(pages)} pages over {AIM_S * 1e3:.0f} ms at p95")
    return 1 if slow else 0


def find_p95(taken: Sequence[float]) -> float:
    return statistics.quantiles(taken, n=20, method="inclusive")[-1]


if __name__ == "__main__":
    sys.exit(main())
