"""A PostgreSQL server of the tests' own: a new one in a temporary folder, reached by a socket in it, gone afterwards.

    python -m tests.support.web.postgresql pytest tests/web

runs a command with WARDMOTE_TEST_DATABASE set to it. Where PostgreSQL is not installed it says so and runs nothing.
"""

import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

#: A test's database need not survive a power cut.
_SETTINGS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "listen_addresses=", "max_connections=200")
_ACCOUNT = "postgres"


def find_programs() -> Path | None:
    """The folder of initdb and pg_ctl, where Debian keeps them or on the path."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: -int(p.parent.name))
    on_path = shutil.which("initdb")
    found = [f for f in folders if (f / "initdb").exists()]
    return found[0] if found else Path(on_path).parent if on_path else None


@contextmanager
def run_postgresql() -> Iterator[str]:
    """Start a server; yield the address of its database `postgres`. PostgreSQL refuses root, so its account runs it."""
    programs = find_programs()
    if programs is None:
        raise FileNotFoundError("PostgreSQL is not installed (apt-get install postgresql)")
    folder = Path(tempfile.mkdtemp(prefix="wardmote-pg-"))
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, _ACCOUNT)
        data = folder / "data"
        _run(programs / "initdb", "-D", data, "-U", "wardmote", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        options = f"-k {folder} " + " ".join(f"-c {each}" for each in _SETTINGS)
        _run(programs / "pg_ctl", "-D", data, "-l", folder / "log", "-w", "-o", options, "start")
        try:
            yield f"postgresql://wardmote@/postgres?host={folder}"
        finally:
            _run(programs / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(*words: object) -> None:
    line = shlex.join(str(word) for word in words)
    command = ["su", _ACCOUNT, "-s", "/bin/sh", "-c", line] if os.geteuid() == 0 else ["/bin/sh", "-c", line]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd="/", stdin=subprocess.DEVNULL)
    if done.returncode:
        raise RuntimeError(f"{line}: {done.stdout}{done.stderr}")


@contextmanager
def make_database(server: str, name: str) -> Iterator[str]:
    """A new empty database of a running server; yields its address."""
    import psycopg

    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
        try:
            yield server.replace("/postgres?", f"/{name}?")
        finally:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def main(command: list[str]) -> int:
    """Run a command beside a server of its own; its exit status, 0 where there is no PostgreSQL to start."""
    if find_programs() is None:
        print("PostgreSQL is not installed: these tests are left out (apt-get install postgresql)")  # noqa: T201
        return 0
    with run_postgresql() as address:
        return subprocess.run(command, env={**os.environ, "WARDMOTE_TEST_DATABASE": address}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
