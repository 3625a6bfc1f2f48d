"""What every test may use."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

# How long an example takes says more of the machine than of the code. In CI the same examples are tried every time, so
# that a change is not blamed for what chance found; elsewhere chance goes on looking.
settings.register_profile("anywhere", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "anywhere")

pytest_plugins = ["support.browser", "support.sharing_out"]

PROJECT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real open data beside the project, or a skip that says where it was looked for."""
    folder = Path(os.environ.get("WARDMOTE_REALDATA", PROJECT.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip(f"real open data not found at {folder}; set WARDMOTE_REALDATA to its folder")
    return folder
