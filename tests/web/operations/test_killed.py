"""The server is killed in the midst of submits: what it said it has is there, and nothing is there by half."""

import json
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from support.web.contributor import Contributor
from support.web.installation import Installation
from support.web.server import find_port, start_server

WORKERS = 8
MAKE = f"import json; from support.web.busy import make_busy_partnership as make; print(json.dumps(make({WORKERS}, 8)))"

EXAMINE = """
import json
from wardmote.web.foundation.models import AuditEntry
from wardmote.web.returns.models import Return, ReturnVersion
faults, versions, drafts = [], {}, {}
bodies = "".join(AuditEntry.objects.filter(verb__startswith="returns.").values_list("body", flat=True))
for ret in Return.objects.all():
    own = list(ret.versions.order_by("number"))
    if [v.number for v in own] != list(range(1, len(own) + 1)):
        faults.append(f"{ret.pk}: versions {[v.number for v in own]}")
    # What was withdrawn points at no version; what is submitted at the last one.
    wanted = own[-1].pk if own and ret.state == "submitted" else None
    if ret.version_id != wanted or (ret.state == "submitted" and not own):
        faults.append(f"{ret.pk}: {ret.state}, points at {ret.version_id}, {len(own)} versions")
    if ret.draft and "what_happened" in ret.draft and ret.draft["numerator"] not in ret.draft["what_happened"]:
        faults.append(f"{ret.pk}: half a draft {ret.draft}")
    for version in own:
        if str(version.pk) not in bodies:
            faults.append(f"{version.pk}: no audit entry")
        if str(int(version.numerator)) not in version.what_happened:
            faults.append(f"{version.pk}: half a version")
    versions[str(ret.pk)] = [int(v.numerator) for v in own]
    drafts[str(ret.pk)] = int(ret.draft.get("numerator", 0))
print(json.dumps({"faults": faults, "versions": versions, "drafts": drafts}))
"""


def work(contributor: Contributor, is_over: threading.Event, turns: Any) -> None:
    while not is_over.is_set():
        try:
            contributor.work_once(next(turns))
        except (OSError, ValueError):  # nobody answers: the server is dead or not yet there
            time.sleep(0.05)
        except Exception as error:  # http.client's own: the answer was cut off
            if type(error).__module__ != "http.client":
                raise


def run_kills(installation: Installation, tmp_path: Path, kills: int) -> tuple[list[Contributor], dict[str, Any]]:
    """Kill and start again while everybody works; what they were told, and what is there at the end."""
    port = find_port()
    made = json.loads(installation.do(MAKE))
    contributors = [Contributor(port, **each) for each in made]
    is_over = threading.Event()
    threads = [
        threading.Thread(target=work, args=(each, is_over, iter(range(100 + n, 10**6, WORKERS))))
        for n, each in enumerate(contributors)
    ]
    server = start_server(installation, log=tmp_path / "log", port=port, workers=2)
    for thread in threads:
        thread.start()
    try:
        for turn in range(kills):
            time.sleep(0.4 + turn % 7 * 0.1)  # at another point of the work each time
            server.kill()
            assert installation.run("audit", "verify").returncode == 0
            server = start_server(installation, log=tmp_path / "log", port=port, workers=2)
        time.sleep(1)
    finally:
        is_over.set()
        for thread in threads:
            thread.join(60)
        server.kill()
    return contributors, json.loads(installation.do(EXAMINE))


def check_nothing_lost(contributors: list[Contributor], found: dict[str, Any]) -> None:
    assert found["faults"] == []
    for each in contributors:
        assert set(each.submitted) <= set(found["versions"][each.ret])
        last_known = max([*each.saved, *each.submitted], default=0)
        assert found["drafts"][each.ret] >= last_known
    assert sum(len(each.submitted) for each in contributors) > 0
    assert [each.refused for each in contributors if each.refused] == []


def test_server_killed_in_the_midst_of_submits_loses_nothing(fresh: Installation, tmp_path: Path) -> None:
    check_nothing_lost(*run_kills(fresh, tmp_path, 3))
    assert "Every entry" in fresh.must("audit", "verify")


@pytest.mark.soak
def test_server_killed_a_hundred_times_loses_nothing(fresh: Installation, tmp_path: Path) -> None:
    check_nothing_lost(*run_kills(fresh, tmp_path, 100))
    assert "Every entry" in fresh.must("audit", "verify")
