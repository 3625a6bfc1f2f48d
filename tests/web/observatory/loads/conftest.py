"""A partnership whose store is a folder of the test's own, and files to load into it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from support.web.world import World, make_world
from wardmote.web.observatory.reading import forget_evidence

HEADER = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,"
    "Last outcome category,Context\n"
)


def write_month(month: str, rows: int = 3, *, force: str = "kent", unlocated: int = 0) -> bytes:
    """A street-level file of a month with so many burglaries, the last of them without a place."""
    lines = []
    for number in range(rows):
        has_place = number < rows - unlocated
        place = "0.5,51.3,On or near High Street,E01016001,Medway 001A" if has_place else ",,No Location,,"
        lines.append(f"{number:064x},{month},Kent Police,Kent Police,{place},Burglary,Under investigation,\n")
    return (HEADER + "".join(lines)).encode()


@pytest.fixture
def home(settings: Any, tmp_path: Path) -> Iterator[Path]:
    """Every folder of the installation that loads touch, in a place of the test's own."""
    settings.STORE, settings.STORES = tmp_path / "store", tmp_path / "stores"
    settings.SAMPLE_STORES = tmp_path / "sample-stores"
    settings.UPLOADS, settings.INCOMING = tmp_path / "uploads", tmp_path / "incoming"
    yield tmp_path
    forget_evidence()


@pytest.fixture
def world(home: Path, db: None) -> World:
    return make_world("ashmere")
