"""The process that does jobs: killed in the midst of a load it leaves nothing by half, and the next one says so."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from support.web.installation import Installation
from support.web.street_months import write_month

ASK = """
import json, sys
from pathlib import Path
from django.core.files.uploadedfile import SimpleUploadedFile
from support.web.world import make_world, Role
from wardmote.web.observatory.loads.actions import ask_for_load
world = make_world("ashmere")
paths = sorted(Path({folder!r}).iterdir())
load = ask_for_load(
    by=world.people[Role.ANALYST], partnership=world.partnership, source="police-street", settings={{}},
    uploads=[SimpleUploadedFile(path.name, path.read_bytes()) for path in paths],
)
print(load.pk)
"""
SEE = """
import json
from django.conf import settings
from wardmote.web.foundation.models import Job
from wardmote.web.observatory.loads.models import EvidenceLoad
job, load = Job.objects.get(), EvidenceLoad.objects.get()
loads = [p.name for p in (settings.STORE / "loads").glob("*")]
print(json.dumps({"state": job.state, "said": job.said, "load": load.load, "loads": loads}))
"""
AGAIN = """
from wardmote.web.observatory.loads.actions import retry_load
from wardmote.web.observatory.loads.models import EvidenceLoad
from wardmote.web.partnerships.models import Person
load = EvidenceLoad.objects.select_related("partnership").get()
retry_load(by=Person.objects.get(pk=load.asked_by), load=load)
"""
_MOST_SECONDS = 60


def see(installation: Installation) -> dict[str, object]:
    found: dict[str, object] = json.loads(installation.do(SEE))
    return found


def start_and_kill_while_loading(installation: Installation) -> None:
    """Start the worker, wait until the load has begun to write beside the store, and kill it."""
    staging = installation.home / "store" / "staging"
    worker = subprocess.Popen(
        [sys.executable, "-m", "wardmote", "work"], env={**os.environ, **installation.environment},
        stdout=subprocess.DEVNULL,
    )  # fmt: skip
    until = time.monotonic() + _MOST_SECONDS
    while not list(staging.glob("*/*")) and worker.poll() is None and time.monotonic() < until:
        time.sleep(0.002)
    assert worker.poll() is None, "the load was over before it could be killed"
    worker.send_signal(signal.SIGKILL)
    worker.wait()


def test_worker_killed_in_the_midst_of_a_load_leaves_nothing_by_half(fresh: Installation, tmp_path: Path) -> None:
    months = tmp_path / "months"
    months.mkdir()
    for month in range(1, 13):
        (months / f"2025-{month:02d}-kent-street.csv").write_bytes(write_month(f"2025-{month:02d}", 4000))
    fresh.do(ASK.format(folder=str(months)))
    start_and_kill_while_loading(fresh)
    assert see(fresh)["loads"] == []
    fresh.must("work")
    cut_off = see(fresh)
    assert (cut_off["state"], cut_off["load"], cut_off["loads"]) == ("failed", "", [])
    assert "cut off" in str(cut_off["said"])
    fresh.do(AGAIN)
    fresh.must("work")
    done = json.loads(fresh.do(SEE.replace("Job.objects.get()", "Job.objects.latest('asked_at')")))
    assert (done["state"], done["loads"]) == ("done", ["0001-police-street"])
    assert list((fresh.home / "uploads").glob("*-*")) == []
    assert "Every entry" in fresh.must("audit", "verify")


def test_jobs_that_waited_when_a_backup_was_made_wait_again(
    installation: Installation, tmp_path: Path, empty: Installation
) -> None:
    """The queue itself is in no backup; files that were on their way are gone, and the load says so."""
    (tmp_path / "one").mkdir()
    (tmp_path / "one" / "2025-01-kent-street.csv").write_bytes(write_month("2025-01"))
    installation.do(ASK.format(folder=str(tmp_path / "one")).replace('make_world("ashmere")', 'make_world("elmfield")'))
    own = installation.home / "stores" / "a-partnership" / "loads" / "0001-test"
    own.mkdir(parents=True)
    (own / "manifest.json").write_text("{}")
    installation.must("backup", str(tmp_path / "kept"), "--keys", str(tmp_path / "keys"))
    empty.must("restore", str(tmp_path / "kept"), "--home", empty.home, "--keys", str(tmp_path / "keys"))
    assert (empty.home / "stores" / "a-partnership" / "loads" / "0001-test" / "manifest.json").read_text() == "{}"
    empty.must("work")
    state = see(empty)
    assert state["state"] == "failed"
    assert "not there any more" in str(state["said"])
