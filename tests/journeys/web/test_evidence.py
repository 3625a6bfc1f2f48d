"""An analyst loads two new months, and the page of quality asks about the one that came with too few rows.

By keyboard, at a phone's width, over the sample's own evidence.
"""

from pathlib import Path

import pytest

from journeys.web.conftest import Site
from wardmote.evidence.sample.build import write_sample

OLD = ("2026-02", "2026-03")
NEW = ("2026-04", "2026-05")
_LOAD_MS = 120_000


@pytest.fixture(scope="module")
def months(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The sample's last two months as the two after them; of the second two thirds are missing."""
    folder = tmp_path_factory.mktemp("months")
    manifest = write_sample(folder / "sample")
    found = []
    for old, new in zip(OLD, NEW, strict=True):
        path = next(manifest.root / path for path in manifest.files["police-street"] if f"/{old}/" in path)
        head, *rows = path.read_text("utf-8").replace(f",{old},", f",{new},").splitlines(keepends=True)
        kept = rows if new == NEW[0] else rows[::3]
        found.append(folder / path.name.replace(old, new))
        found[-1].write_text("".join([head, *kept]), encoding="utf-8")
    return found


@pytest.mark.parametrize("served", ["by keyboard at 320 px"], indirect=True)
def test_two_months_are_loaded_and_the_thin_one_is_asked_about(site: Site, months: list[Path]) -> None:
    carys = site.sign_in("carys.zimmond")
    carys.go("/p/zellmouth/evidence/loads/")
    carys.press("Load files")
    carys.press("Crimes and anti-social behaviour by month")
    carys.attach("Files from your computer", *months)
    carys.press("Load", role="button")
    carys.page.get_by_text("April 2026 to May 2026").first.wait_for(timeout=_LOAD_MS)
    site.photograph(carys, "load")
    carys.go("/p/zellmouth/evidence/quality/")
    carys.reads("May 2026", "To look at")
    site.photograph(carys, "quality", whole=True)
    carys.reads("65% below the 5,006 usual in the months around it")
    carys.press("Say what you found", within="li:has-text('May 2026 has')")
    carys.type_into("What did you find?", "The publisher has cut the file short; it will come again next month")
    carys.press("Save")
    carys.reads("it will come again next month", "Looked at")
