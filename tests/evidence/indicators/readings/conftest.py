"""The small county, filled as a test asks."""

import shutil
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

from support.small_county import build_county
from support.street_store import Row, open_evidence, put_street, put_tables
from wardmote.evidence.indicators.compute import Evidence

Fill = Callable[..., Evidence]


@pytest.fixture(scope="session")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_county(tmp_path_factory.mktemp("county"))


@pytest.fixture
def fill(county: Path, tmp_path: Path) -> Fill:
    """The evidence of the county with these police rows and these rows of other tables."""

    def fill(rows: Sequence[Row] = (), **tables: Sequence[Mapping[str, object]]) -> Evidence:
        folder = Path(shutil.copytree(county, tmp_path / "store"))
        if rows:
            put_street(folder, rows)
        if tables:
            put_tables(folder, tables)
        return open_evidence(folder)

    return fill
