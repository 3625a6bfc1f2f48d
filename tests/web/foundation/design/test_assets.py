"""The built files: the same as the sources give, with nothing fetched from elsewhere."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[4]
BUILT = PROJECT / "src/wardmote/web/foundation/static/foundation"
NAMES = ["wardmote.css", "wardmote.js", "htmx.js", "start.js"]
MAPS = PROJECT / "src/wardmote/web/observatory/static/observatory"
MAP_NAMES = ["map.js", "map-worker.js", "map.css"]
#: Scripts and styles that the content policy would refuse; data for a script is neither.
INLINE = re.compile(r'<style|\sstyle=|<script(?![^>]*\ssrc=)(?! type="application/json")|\son\w+="')


def test_built_files_are_what_the_sources_give(tmp_path: Path) -> None:
    if shutil.which("node") is None:
        pytest.skip("no Node is installed: the built files cannot be compared with their sources")
    if not (PROJECT / "node_modules").is_dir():
        pytest.skip("the packages of package-lock.json are not installed; run scripts/build-assets once")
    settings = os.environ | {"WARDMOTE_ASSETS_OFFLINE": "1"}
    subprocess.run(
        [PROJECT / "scripts/build-assets", "--into", tmp_path], check=True, env=settings, capture_output=True
    )
    fresh = [tmp_path / name for name in NAMES] + [tmp_path / "observatory" / name for name in MAP_NAMES]
    kept = [BUILT / name for name in NAMES] + [MAPS / name for name in MAP_NAMES]
    assert [a.name for a, b in zip(fresh, kept, strict=True) if a.read_bytes() != b.read_bytes()] == []


@pytest.mark.parametrize("name", NAMES)
def test_built_file_fetches_nothing_from_elsewhere(name: str) -> None:
    text = (BUILT / name).read_text(encoding="utf-8")
    addresses = set(re.findall(r"https?://[\w./-]+", text))
    assert addresses <= {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}
    assert "@import" not in text
    assert "@font-face" not in text


def test_lock_names_packages_by_hash_and_holds_no_address() -> None:
    lock = (PROJECT / "package-lock.json").read_text(encoding="utf-8")
    assert "://" not in lock
    assert '"resolved"' not in lock
    assert lock.count('"integrity"') > 10


def test_licences_stand_beside_the_built_files() -> None:
    text = (BUILT / "LICENCES.txt").read_text(encoding="utf-8")
    assert "GOV.UK Frontend 6.6.0" in text
    assert "htmx 4.0.1" in text


def test_map_is_made_of_local_files_and_names_its_licences() -> None:
    text = (MAPS / "map.css").read_text(encoding="utf-8")
    assert set(re.findall(r"url\(([^)]{0,12})", text)) <= {"data:image/s", '"data:image/', "'data:image/"}
    assert "MapLibre GL JS 6.17.0" in (MAPS / "LICENCES.txt").read_text(encoding="utf-8")


def test_pages_carry_no_inline_script_or_style() -> None:
    for template in (PROJECT / "src/wardmote/web").rglob("*.html"):
        text = template.read_text(encoding="utf-8")
        assert not INLINE.search(text), template
