"""`wardmote serve` from an empty account: it starts, says how to come in, stops, and says plainly why it cannot."""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from pathlib import Path

import pytest

from support.web.installation import Installation
from support.web.server import find_port, serving, start_server
from wardmote.web.project.configuration import note_served, read_configuration
from wardmote.web.project.serving import Place


def list_processes(home: Path) -> list[int]:
    """Every process that was started for this home."""
    found = []
    for path in Path("/proc").glob("[0-9]*/environ"):
        try:
            if f"WARDMOTE_HOME={home}".encode() in path.read_bytes().split(b"\0"):
                found.append(int(path.parent.name))
        except (FileNotFoundError, PermissionError, ProcessLookupError):
            continue
    return found


def test_first_start_offers_one_link_and_stops_cleanly(empty: Installation, tmp_path: Path) -> None:
    with serving(empty, log=tmp_path / "log") as server:
        links = re.findall(r"http://localhost:\d+/setup/\S+", server.said)
        assert len(links) == 1
        assert links[0].startswith(f"{server.address}/setup/")
        with urllib.request.urlopen(links[0]) as page:  # noqa: S310 - our own server
            assert page.status == 200
        assert server.stop() == 0
    assert "Traceback" not in server.said
    assert list_processes(empty.home) == []
    assert (empty.home / "keys").stat().st_mode & 0o077 == 0


def test_fresh_account_needs_no_setting(tmp_path: Path) -> None:
    """HOME alone: the data folder of the account is made."""
    home = tmp_path / "account"
    home.mkdir()
    installation = Installation(home / ".local" / "share" / "wardmote", more={"HOME": str(home), "XDG_DATA_HOME": ""})
    bare = {name: value for name, value in installation.environment.items() if not name.startswith("WARDMOTE_")}
    port = find_port()
    with subprocess.Popen(
        [sys.executable, "-m", "wardmote", "serve", "--port", str(port)],
        env=bare, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        said = [process.stdout.readline() for _ in range(4)]
        process.send_signal(2)
        process.wait(30)
    assert f"{home}/.local/share/wardmote (SQLite)" in said[0]
    assert "/setup/" in said[2]


def test_two_starts_at_once_do_not_collide(empty: Installation, tmp_path: Path) -> None:
    """Both bring the same new database up to date, one after the other."""
    command = [sys.executable, "-m", "wardmote", "round"]
    started = [
        subprocess.Popen(
            command, env=empty.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        for _ in range(2)
    ]  # fmt: skip
    said = [process.communicate(timeout=120)[0] for process in started]
    assert [process.returncode for process in started] == [0, 0], said


def test_killed_server_leaves_nobody_behind(empty: Installation, tmp_path: Path) -> None:
    with serving(empty, log=tmp_path / "log") as server:
        os.kill(server.process.pid, 9)
        server.process.wait()
        until = time.monotonic() + 20
        while list_processes(empty.home) and time.monotonic() < until:
            time.sleep(0.2)
        assert list_processes(empty.home) == []


def test_server_starts_again_where_one_was_killed(empty: Installation, tmp_path: Path) -> None:
    server = start_server(empty, log=tmp_path / "log")
    server.kill()
    with serving(empty, log=tmp_path / "log2"):
        pass


def test_taken_port_is_told(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        done = Installation(tmp_path / "home").run("serve", "--port", other.getsockname()[1])
    assert done.returncode == 2
    assert "Address already in use" in done.stderr
    assert "--port" in done.stderr
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize(
    ("database", "code", "found"),
    [
        ("mysql://somebody@somewhere/name", 2, "the database's address cannot be read"),
        ("postgresql://me:secret@127.0.0.1:1/name", 3, "the database does not answer"),
    ],
)
def test_wrong_database_is_told_without_its_password(tmp_path: Path, database: str, code: int, found: str) -> None:
    done = Installation(tmp_path / "home", database).run("serve", "--port", find_port())
    assert (done.returncode, found in done.stderr) == (code, True), done.stderr
    assert "secret" not in done.stderr
    assert "Traceback" not in done.stderr


def test_home_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = Installation(tmp_path / "file" / "home").run("serve", "--port", find_port())
    assert done.returncode == 3
    assert "the home cannot be written" in done.stderr


def test_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "wardmote.sqlite3").write_text("not a database, and long enough to be read as one" * 9)
    done = Installation(tmp_path / "home").run("serve", "--port", find_port())
    assert done.returncode == 3
    assert "the database cannot be opened" in done.stderr


def test_database_of_a_later_version_is_refused(installation: Installation) -> None:
    installation.ask(
        "INSERT INTO django_migrations (app, name, applied) VALUES ('returns', '0999_later', '2030-01-01 00:00:00+00')"
    )
    done = installation.run("round")
    assert done.returncode == 2
    assert "a later version of wardmote" in done.stderr


@pytest.mark.parametrize(
    ("host", "address", "is_loopback"),
    [
        ("127.0.0.1", "http://localhost:8000", True),
        ("::1", "http://localhost:8000", True),
        ("0.0.0.0", "http://localhost:8000", False),  # noqa: S104 - never bound
        ("10.1.2.3", "http://10.1.2.3:8000", False),
    ],
)
def test_address_is_one_that_a_browser_can_open(host: str, address: str, is_loopback: bool) -> None:
    assert (Place(host, 8000).address, Place(host, 8000).is_loopback) == (address, is_loopback)


def read_page(opener: urllib.request.OpenerDirector, address: str, **fields: str) -> str:
    """A page as a browser gets it: with fields, its form sent with the token that stands in it."""
    data = urllib.parse.urlencode(fields).encode() if fields else None
    with opener.open(urllib.request.Request(address, data, {"Referer": address}), timeout=50) as page:  # noqa: S310
        return str(page.read().decode())


def test_sample_of_the_first_start_makes_a_report(empty: Installation, tmp_path: Path) -> None:
    """The first start draws charts for the sample: no library's threads may live where the workers are forked."""
    with serving(empty, "--sample", "--host", "0.0.0.0", log=tmp_path / "log", workers=2) as server:  # noqa: S104 - warned of
        assert "passwords would travel in the clear" in server.said
        assert len(list(Path(f"/proc/{server.process.pid}/task").iterdir())) == 1
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
        read_page(opener, server.links["analyst"])
        address = f"{server.address}/p/zellmouth/performance/documents/"
        form = read_page(opener, address)
        token = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', form)[0]
        plan = re.findall(r'<option value="([0-9a-f-]{36})"', form)[0]
        fields = {"csrfmiddlewaretoken": token, "plan": plan, "endings": "html"}
        assert "The report was made in 1 form." in read_page(opener, f"{address}new/", **fields)
        assert "WORKER TIMEOUT" not in server.said
    assert "threads run" not in server.said


def test_round_says_what_it_did(installation: Installation) -> None:
    assert "open quarters: " in installation.must("round")


def test_command_beside_the_server_leads_people_to_where_it_listens(tmp_path: Path) -> None:
    environment = {"WARDMOTE_HOME": str(tmp_path)}
    assert read_configuration(environment).url == "http://localhost:8000"
    note_served(tmp_path, "http://localhost:8300")
    assert read_configuration(environment).url == "http://localhost:8300"
    assert (
        read_configuration(environment | {"WARDMOTE_URL": "https://safe.example.org/"}).url
        == "https://safe.example.org"
    )
