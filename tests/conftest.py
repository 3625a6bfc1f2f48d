"""What every test may use."""

import os
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real open data beside the project, or a skip that says where it was looked for."""
    folder = Path(os.environ.get("WARDMOTE_REALDATA", PROJECT.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip(f"real open data not found at {folder}; set WARDMOTE_REALDATA to its folder")
    return folder
