"""Who holds an installation's lock, over processes."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.db import close_old_connections, connection

from wardmote.web.project.locks import hold_alone

HOLD = """
import sys
sys.path.insert(0, "tests")
import django
django.setup()
from pathlib import Path
from wardmote.web.project.locks import hold_alone
with hold_alone(Path(sys.argv[1]), "round", wait=False) as is_ours:
    print(bool(is_ours), flush=True)
    sys.stdin.read()
"""


@pytest.mark.django_db
def test_lock_is_refused_while_another_process_has_it_and_free_when_that_is_killed(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "True\n"
        with hold_alone(tmp_path, "round", wait=False) as is_ours:
            assert not is_ours
        other.kill()
        other.wait()
    with hold_alone(tmp_path, "round", wait=True) as is_ours:
        assert is_ours


@pytest.mark.django_db
def test_locks_of_other_names_do_not_meet(tmp_path: Path) -> None:
    with hold_alone(tmp_path, "round", wait=False) as first, hold_alone(tmp_path, "opening", wait=False) as second:
        assert first
        assert second


@pytest.mark.django_db(transaction=True)
def test_lock_outlives_the_usual_connection_and_is_known_to_be_lost_with_its_own(tmp_path: Path) -> None:
    """The library that takes jobs from the queue closes connections as it likes."""
    with hold_alone(tmp_path, "jobs", wait=False) as hold:
        close_old_connections()
        assert hold.is_kept()
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_locks"
                    " WHERE locktype = 'advisory' AND pid <> pg_backend_pid()"
                    " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
                )
            assert not hold.is_kept()
