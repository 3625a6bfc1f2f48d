"""The same document gives the same bytes in every format, whoever writes it, where and when."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from wardmote.evidence.reports.writers.write import ELEMENT_WRITERS, WRITERS

TESTS = Path(__file__).resolve().parents[2]
WRITE = """
import sys
from pathlib import Path
from evidence.reports.sample_report import build_report
from wardmote.evidence.reports.writers.write import ELEMENT_WRITERS, write_document, write_element
folder, report = Path(sys.argv[1]), build_report(2)
write_document(report, folder)
for element in ("all-crime-map", "all-crime-wards"):
    for ending in ELEMENT_WRITERS:
        write_element(report, element, folder / f"{element}{ending}")
"""


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return what two processes wrote, which differ in time zone, language and the order of their sets."""
    made = []
    for zone, seed, language in (("UTC", "1", "C.UTF-8"), ("Pacific/Auckland", "2", "C")):
        folder = tmp_path_factory.mktemp("run")
        path = os.pathsep.join([str(TESTS), str(TESTS.parent / "src")])
        environment = os.environ | {"TZ": zone, "PYTHONHASHSEED": seed, "LC_ALL": language, "PYTHONPATH": path}
        subprocess.run([sys.executable, "-c", WRITE, str(folder)], check=True, env=environment, timeout=300)
        made.append(folder)
    return made[0], made[1]


@pytest.mark.parametrize("ending", WRITERS)
def test_document_has_the_same_bytes_in_two_processes(folders: tuple[Path, Path], ending: str) -> None:
    first, second = ((folder / f"assessment.{ending}").read_bytes() for folder in folders)
    assert first == second


@pytest.mark.parametrize("ending", ELEMENT_WRITERS)
@pytest.mark.parametrize("element", ["all-crime-map", "all-crime-wards"])
def test_element_has_the_same_bytes_in_two_processes(folders: tuple[Path, Path], element: str, ending: str) -> None:
    first, second = ((folder / f"{element}{ending}").read_bytes() for folder in folders)
    assert first == second


def test_nothing_half_written_is_left(folders: tuple[Path, Path]) -> None:
    names = {path.name for path in folders[0].iterdir()}
    assert len(names) == len(WRITERS) + 2 * len(ELEMENT_WRITERS)
    assert not any(name.endswith(".part") for name in names)
