"""A partnership whose home is a folder of the test’s own."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from support.web.world import World, make_world
from wardmote.web.observatory.reading import forget_evidence


@pytest.fixture
def home(settings: Any, tmp_path: Path) -> Iterator[Path]:
    """Every folder of the installation that checks touch, in a place of the test's own."""
    settings.STORE, settings.STORES = tmp_path / "store", tmp_path / "stores"
    settings.SAMPLE_STORES = tmp_path / "sample-stores"
    settings.UPLOADS, settings.INCOMING = tmp_path / "uploads", tmp_path / "incoming"
    yield tmp_path
    forget_evidence()


@pytest.fixture
def world(home: Path, db: None) -> World:
    return make_world("ashmere")
