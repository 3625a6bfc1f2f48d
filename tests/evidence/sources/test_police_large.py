"""A file of three gigabytes is streamed: it is loaded whole in less than a gibibyte of memory."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from support.police_files import STREET, street_row

TESTS = Path(__file__).resolve().parents[2]
ROWS_A_BLOCK = 100_000
LEAST_BYTES = 3_000_000_000
MOST_MEMORY_MIB = 1024
LOAD = """
import json, resource, sys
from pathlib import Path
from support.police_files import load
report = load(Path(sys.argv[1]), Path(sys.argv[2]))
peak_mib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << (20 if sys.platform == "darwin" else 10))
print(json.dumps([report.manifest.rows_kept, report.manifest.rows_refused, peak_mib]))
"""


def write_large(path: Path, last: str) -> int:
    """Write rows with identifiers that do not compress, and one more at the end; return how many rows there are."""
    tail = street_row(crime_id="")
    rows = 1
    with path.open("w", encoding="utf-8") as stream:
        stream.write(STREET + "\n")
        while stream.tell() < LEAST_BYTES:
            identifiers = os.urandom(32 * ROWS_A_BLOCK).hex()
            stream.writelines(f"{identifiers[64 * i : 64 * i + 64]}{tail}\n" for i in range(ROWS_A_BLOCK))
            rows += ROWS_A_BLOCK
        stream.write(last + "\n")
    return rows


@pytest.mark.soak
@pytest.mark.parametrize(
    ("last", "refused"),
    [(street_row(), 0), (street_row(location='"On or near X'), 1)],
    ids=["whole", "with a stray quotation mark"],
)
def test_three_gigabytes_are_loaded_in_less_than_one_of_memory(tmp_path: Path, last: str, refused: int) -> None:
    path = tmp_path / "2022-03-kent-street.csv"
    rows = write_large(path, last)
    done = subprocess.run(
        [sys.executable, "-c", LOAD, str(tmp_path / "store"), str(path)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(TESTS)},
    )
    path.unlink()
    assert done.returncode == 0, done.stderr
    rows_kept, rows_refused, peak_mib = json.loads(done.stdout)
    assert (rows_kept, rows_refused) == (rows - refused, refused)
    assert peak_mib < MOST_MEMORY_MIB
