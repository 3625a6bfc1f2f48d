"""The small county's files and stores, and a clock that the commands read."""

import json
from importlib import import_module
from pathlib import Path

import pytest

from support.command_line import MARCH, MAY, ROBBERY, Clock, ask, write_month
from support.small_county import HERE, A, build_county

#: The commands that ask what time it is, each under its own name.
_ASKING = ("load", "undo", "fetch", "assess", "demo")


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    found = Clock()
    for name in _ASKING:
        monkeypatch.setattr(import_module(f"wardmote.cli.{name}"), "read_clock", found.read)
    return found


@pytest.fixture(scope="session")
def police(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The publisher's files: March and May of Kent, March of British Transport Police."""
    folder = tmp_path_factory.mktemp("police")
    write_month(folder, "2022-03", MARCH)
    write_month(folder, "2022-03", [(ROBBERY, A, 9)], force="btp")
    write_month(folder, "2022-05", MAY)
    return folder


@pytest.fixture
def county(tmp_path: Path) -> Path:
    """A store with look-ups, boundaries and residents, and no crime yet."""
    folder = build_county(tmp_path / "store")
    manifest = folder / "loads" / "0001-test" / "manifest.json"
    body = json.loads(manifest.read_text())
    manifest.write_text(json.dumps(body | {"source": "ons-lookups"}))  # reports name the publisher of every load
    return folder


@pytest.fixture
def store(county: Path, police: Path) -> Path:
    """The county with both months loaded."""
    answer = ask(county, "load", "police-street", police)
    assert answer.code == 0, answer.err
    return county


@pytest.fixture
def here() -> str:
    return HERE
