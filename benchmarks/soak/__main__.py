"""Runs the soak on SQLite and on PostgreSQL, finds every acknowledged save in the database, and writes one table.

python -m benchmarks.soak [--people 200] [--seconds 300]
"""

import argparse
import csv
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from support.web.installation import Installation  # noqa: E402 - the tests' own tools, reached by the line above
from support.web.postgresql import find_programs, run_postgresql  # noqa: E402
from support.web.server import Server, serving  # noqa: E402

TABLE = ROOT / "build" / "soak.md"
MOST_MS = 500
BARE = "bare view"
MAKE = "import json; from support.web.busy import make_busy_partnership as make; print(json.dumps(make({people}, 60)))"
FIND = """
import json
from wardmote.web.returns.models import DraftCopy, Return
found = {}
for ret in Return.objects.all():
    kept = [str(copy.fields.get("numerator", "")) for copy in DraftCopy.objects.filter(of=ret)]
    versions = [str(int(v.numerator)) for v in ret.versions.all() if v.numerator is not None]
    found[str(ret.pk)] = {"draft": ret.draft.get("numerator", ""), "kept": kept, "versions": versions}
print(json.dumps(found))
"""


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--people", type=int, default=200)
    asked.add_argument("--seconds", type=int, default=300, help="work before the rush")
    wanted = asked.parse_args()
    lines, faults = [], []
    for name, url in list_databases():
        with url as database, tempfile.TemporaryDirectory() as folder:
            rows, found = measure(Installation(Path(folder) / "home", database), wanted.people, wanted.seconds, folder)
        lines += [f"| {name} | " + " | ".join(row) + " |" for row in describe(rows)]
        faults += [f"{name}: {each}" for each in found + find_slow(rows)]
    TABLE.parent.mkdir(exist_ok=True)
    head = f"{wanted.people} contributors, {wanted.seconds} s of work, then all submit within a minute.\n\n"
    head += "| Database | What | Count | Failed | p50 ms | p95 ms | p95 / bare view |\n|---|---|---|---|---|---|---|\n"
    TABLE.write_text(head + "\n".join(lines) + "\n" + "".join(f"\n- {fault}" for fault in faults) + "\n")
    print(TABLE.read_text())
    return 1 if faults else 0


def list_databases() -> "list[tuple[str, Any]]":
    found: list[tuple[str, Any]] = [("SQLite", use_sqlite())]
    return [*found, ("PostgreSQL", run_postgresql())] if find_programs() else found


@contextmanager
def use_sqlite() -> Iterator[str]:
    yield ""


def measure(
    installation: Installation, people: int, seconds: int, folder: str
) -> tuple[list[dict[str, str]], list[str]]:
    """The figures of one run, and what was lost."""
    installation.must("round")
    clients, saved = Path(folder) / "clients.json", Path(folder) / "saved.json"
    clients.write_text(installation.do(MAKE.format(people=people)))
    with serving(installation, log=Path(folder) / "log", workers=2, module="benchmarks.soak.serve") as server:
        run_locust(server, people, seconds, clients=clients, saved=saved, folder=folder)
    rows = list(csv.DictReader((Path(folder) / "run_stats.csv").open()))
    lost = find_lost(json.loads(saved.read_text()), json.loads(installation.do(FIND)))
    lost += [
        f"{row['Failure Count']} of {row['Name']} failed" for row in rows if row["Failure Count"] != "0" and row["Type"]
    ]
    if installation.run("audit", "verify").returncode:
        lost.append("the audit trail does not verify")
    return rows, lost


def run_locust(server: Server, people: int, seconds: int, *, clients: Path, saved: Path, folder: str) -> None:
    command = [
        sys.executable, "-m", "locust", "-f", str(Path(__file__).with_name("locustfile.py")), "--headless",
        "--host", server.address, "--users", str(people), "--spawn-rate", str(max(1, people // 30)),
        "--run-time", f"{seconds + 75}s", "--csv", str(Path(folder) / "run"), "--only-summary",
        "--exit-code-on-error", "0",
    ]  # fmt: skip
    told = {"SOAK_CLIENTS": str(clients), "SOAK_SAVED": str(saved), "SOAK_RUSH": str(seconds)}
    subprocess.run(command, env=os.environ | told, check=True, cwd=ROOT, stdout=subprocess.DEVNULL)


def find_lost(saved: dict[str, dict[str, list[int]]], found: dict[str, dict[str, Any]]) -> list[str]:
    """Every acknowledged submit is a version; the last thing that was acknowledged is in the draft or after it."""
    lost = []
    for ret, told in saved.items():
        there = found[ret]
        lost += [f"{ret}: submitted {n} is gone" for n in told["submitted"] if str(n) not in there["versions"]]
        last = max([*told["saved"], *told["submitted"]], default=0)
        if last and int(there["draft"] or 0) < last:
            lost.append(f"{ret}: saved {last} is gone, the draft says {there['draft']}")
    return lost


def describe(rows: list[dict[str, str]]) -> Iterator[list[str]]:
    bare = next(float(row["95%"]) for row in rows if row["Name"] == BARE)
    for row in rows:
        if row["Type"]:
            ratio = f"{float(row['95%']) / max(bare, 1):.1f}"
            yield [row["Name"], row["Request Count"], row["Failure Count"], row["50%"], row["95%"], ratio]


def find_slow(rows: list[dict[str, str]]) -> list[str]:
    return [f"p95 of {r['Name']} is {r['95%']} ms" for r in rows if r["Type"] and float(r["95%"]) >= MOST_MS]


if __name__ == "__main__":
    sys.exit(main())
