"""Several threads ask one snapshot: each gets its own answers, also while tables are held and lent."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pyarrow as pa
import pytest

from support.drawn_years import draw_months
from support.small_county import HERE, A, build_county
from support.street_store import put_street
from wardmote.evidence.interface import ask_figures, open_evidence, open_store
from wardmote.evidence.store.snapshot import Snapshot


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = build_county(tmp_path_factory.mktemp("threads"))
    put_street(folder, draw_months("2020-04", list(range(10, 34)), lsoa=A))
    return folder


def test_threads_get_their_own_rows(store: Path) -> None:
    snapshot = open_store(store).snapshot()

    def ask(number: int) -> list[tuple[int, ...]]:
        return snapshot.connection.execute("SELECT ? + range FROM range(500) ORDER BY 1", [number]).fetchall()

    with ThreadPoolExecutor(8) as pool:
        for number, rows in enumerate(pool.map(ask, range(64))):
            assert rows == [(number + n,) for n in range(500)]


def test_what_one_thread_holds_or_lends_all_of_them_find(store: Path) -> None:
    snapshot = open_store(store).snapshot()

    def work(number: int) -> tuple[int, int]:
        snapshot.hold("area_links", "population")
        snapshot.lend(f"lent_{number % 4}", lambda: pa.table({"code": [f"c{number % 4}"]}))
        (links,) = snapshot.connection.execute("SELECT count(*) FROM area_links").fetchone() or (0,)
        (codes,) = snapshot.connection.execute(f"SELECT count(*) FROM lent_{number % 4}").fetchone() or (0,)
        return int(links), int(codes)

    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(work, range(40)))
    assert len(found) == 1
    assert next(iter(found))[1] == 1


def test_figures_asked_by_eight_threads_are_those_asked_by_one(store: Path) -> None:
    questions = [("burglary_count", "2020/21", by) for by in ("", "month", "ward", "month,ward", "quarter")]
    questions += [("burglary_rate", year, by) for year in ("2020/21", "2021/22") for by in ("", "month", "quarter")]

    def ask(snapshot: Snapshot, index: int) -> object:
        indicator, period, by = questions[index % len(questions)]
        return ask_figures(shared if snapshot is shared.snapshot else alone, indicator, HERE, period, by)

    shared, alone = (open_evidence(open_store(store), most_remembered=50, threads=1) for _ in range(2))
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda index: ask(shared.snapshot, index), range(4 * len(questions))))
    assert found == [ask(alone.snapshot, index) for index in range(4 * len(questions))]
