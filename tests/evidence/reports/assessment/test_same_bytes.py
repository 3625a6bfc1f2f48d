"""The same store gives the same bytes, in another process and with another order of hashes."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

from evidence.reports.assessment.conftest import Sample

_BUILD = """
import sys
from datetime import datetime, timezone
from pathlib import Path
from wardmote.evidence.model.periods import Period
from wardmote.evidence.reports.assessment.build import plan_assessment, write_assessment
from wardmote.evidence.reports.partnership import load_partnership
from wardmote.evidence.store.store import open_store

store, files, out = (Path(p) for p in sys.argv[1:])
snapshot = open_store(store).snapshot()
assessment = plan_assessment(
    snapshot, "X06000001", Period.parse("2025/26"), load_partnership(files),
    audience="public", as_at=datetime(2026, 11, 20, tzinfo=timezone.utc),
)
write_assessment(assessment, out, snapshot, formats=["html"])
"""


def test_two_processes_write_the_same_page_and_figures(sample: Sample, tmp_path: Path) -> None:
    first, second = (_build(sample, tmp_path / name, seed) for name, seed in (("one", "1"), ("two", "4711")))
    assert set(first) == {"assessment.html", "figures.json", "claims.json"}
    assert first == second


def _build(sample: Sample, out: Path, seed: str) -> dict[str, str]:
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    command = [sys.executable, "-c", _BUILD, str(sample.store), str(sample.files), str(out)]
    subprocess.run(command, check=True, env=environment, timeout=300)
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(out.iterdir())}
