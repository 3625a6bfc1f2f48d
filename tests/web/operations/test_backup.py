"""A backup comes back whole, opens with its key alone, and is refused where one byte of it is wrong."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from support.web.installation import Installation
from support.web.postgresql import find_programs, make_database, run_postgresql
from wardmote.web.project.configuration import KEY_NAMES
from web.operations.conftest import copy_installation

COUNT = """
import json
from django.db import models
from wardmote.web.project.backups_rows import list_kept_models, read_rows
body = {m._meta.label: [row for rows in read_rows(m, "default") for row in rows] for m in list_kept_models()}
print(json.dumps(body))
"""


@pytest.fixture(scope="module")
def source(template: Installation, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """One of which a backup was made; nobody works in it afterwards."""
    with copy_installation(template, tmp_path_factory.mktemp("source") / "home") as copy:
        said = copy.must("backup", copy.home.parent / "monday.backup", "--keys", copy.home.parent / "monday.keys")
        assert "2 files" not in said, "the unfinished load is not part of it"
        yield copy


@pytest.fixture
def archive(source: Installation, tmp_path: Path) -> Path:
    """Its backup, with the keys beside it, to be changed at will."""
    for name in ("monday.backup", "monday.keys"):
        shutil.copy2(source.home.parent / name, tmp_path / name)
    return tmp_path / "monday.backup"


@pytest.fixture
def keys(archive: Path) -> Path:
    return archive.with_suffix(".keys")


def read_everything(installation: Installation) -> dict[str, list[list[object]]]:
    return json.loads(installation.do(COUNT))  # type: ignore[no-any-return]


def test_everything_comes_back(source: Installation, archive: Path, keys: Path, empty: Installation) -> None:
    said = empty.must("restore", archive, "--home", empty.home, "--keys", keys)
    assert "Every entry of the audit trail is as it was sealed." in said
    before, after = read_everything(source), read_everything(empty)
    assert after == before
    assert len(before["returns.ReturnVersion"]) == 4
    files = {p.relative_to(source.home): p.read_bytes() for p in (source.home / "files").rglob("*") if p.is_file()}
    assert len(files) == 2
    assert {p: (empty.home / p).read_bytes() for p in files} == files
    assert (empty.home / "store" / "loads" / "0001-test" / "manifest.json").exists()
    assert not (empty.home / "store" / "staging").exists()


def test_restored_installation_is_worked_on(archive: Path, keys: Path, empty: Installation) -> None:
    """Keys of new rows go on after the old ones, the trail goes on with the old key, triggers hold."""
    empty.must("restore", archive, "--home", empty.home, "--keys", keys)
    empty.do(
        "from wardmote.web.foundation.writes import writing\n"
        "from wardmote.web.partnerships.models import Partnership\n"
        "with writing(by=None, verb='test.on', partnership=Partnership.objects.get(slug='ashmere')): pass\n"
    )
    assert "Every entry" in empty.must("audit", "verify")
    with pytest.raises(Exception, match="only added to"):
        empty.ask("DELETE FROM foundation_auditentry")


@pytest.mark.skipif(find_programs() is None, reason="PostgreSQL is not installed")
def test_backup_of_one_database_is_restored_into_the_other(
    source: Installation, archive: Path, keys: Path, tmp_path: Path
) -> None:
    if source.database_url:
        other = Installation(tmp_path / "other")
        other.must("restore", archive, "--home", other.home, "--keys", keys)
        assert read_everything(other) == read_everything(source)
        return
    with run_postgresql() as server, make_database(server, f"wardmote_{uuid4().hex}") as url:
        other = Installation(tmp_path / "other", url)
        other.must("restore", archive, "--home", other.home, "--keys", keys)
        assert read_everything(other) == read_everything(source)
        assert "Every entry" in other.must("audit", "verify")


def test_without_its_keys_nobody_reads_it(archive: Path, empty: Installation) -> None:
    done = empty.run("restore", archive, "--home", empty.home)
    assert done.returncode == 3
    assert "without its keys a backup cannot be read" in done.stderr
    assert not empty.home.exists()
    assert b"example.org" not in archive.read_bytes()


def test_keys_of_another_installation_do_not_open_it(archive: Path, empty: Installation, tmp_path: Path) -> None:
    other = tmp_path / "other.keys"
    other.write_text(json.dumps(dict.fromkeys((*KEY_NAMES, "settings"), "another")))
    done = empty.run("restore", archive, "--home", empty.home, "--keys", other)
    assert done.returncode == 3
    assert "does not open" in done.stderr
    assert not empty.home.exists()


@pytest.mark.parametrize("damage", ["one byte", "cut short", "last piece cut", "something added", "emptied"])
def test_damaged_backup_is_refused_and_nothing_written(
    archive: Path, keys: Path, empty: Installation, damage: str
) -> None:
    content = bytearray(archive.read_bytes())
    if damage == "one byte":
        content[len(content) // 2] ^= 1
    elif damage == "something added":
        content += b"x"
    elif damage == "emptied":
        content.clear()
    else:
        del content[-1 if damage == "cut short" else 34 :]
    archive.write_bytes(content)
    done = empty.run("restore", archive, "--home", empty.home, "--keys", keys)
    assert done.returncode == 3, done.stderr
    assert "Traceback" not in done.stderr
    assert not empty.home.exists()


def test_home_that_holds_something_is_left_alone(source: Installation, archive: Path, keys: Path) -> None:
    done = source.run("restore", archive, "--home", source.home, "--keys", keys)
    assert done.returncode == 2
    assert "the home is not empty" in done.stderr
    assert "Every entry" in source.must("audit", "verify")


def test_keys_come_back_to_where_the_settings_say(
    installation: Installation, tmp_path: Path, empty: Installation
) -> None:
    """On another machine the folder is not there yet; where other keys lie, they are left alone."""
    elsewhere = tmp_path / "elsewhere"
    (installation.home / "settings.toml").write_text(f'keys = "{elsewhere}"\n')
    shutil.copytree(installation.home / "keys", elsewhere)
    installation.must("backup", tmp_path / "b", "--keys", tmp_path / "k")
    shutil.rmtree(elsewhere)
    empty.must("restore", tmp_path / "b", "--home", empty.home, "--keys", tmp_path / "k")
    assert "Every entry" in empty.must("audit", "verify")
    assert sorted(path.name for path in elsewhere.iterdir()) == ["audit", "backup", "second_step", "session"]
    shutil.rmtree(empty.home)
    (elsewhere / "audit").write_text("of another installation")
    done = empty.run("restore", tmp_path / "b", "--home", empty.home, "--keys", tmp_path / "k")
    assert (done.returncode, (elsewhere / "audit").read_text()) == (2, "of another installation")
    assert "holds another key 'audit'" in done.stderr
    assert not empty.home.exists()


def test_keys_are_not_written_beside_what_they_open(installation: Installation, tmp_path: Path) -> None:
    for keys in (tmp_path / "b", installation.home / "files" / "keys", installation.home / "store" / "keys"):
        done = installation.run("backup", tmp_path / "b", "--keys", keys)
        assert done.returncode == 2
        assert "the keys would lie in the backup" in done.stderr
    assert not (tmp_path / "b").exists()


def test_broken_trail_takes_no_good_backups_place(installation: Installation, tmp_path: Path) -> None:
    installation.lift_triggers()
    installation.ask("UPDATE foundation_auditentry SET verb = 'other' WHERE number = 1")
    done = installation.run("backup", tmp_path / "b")
    assert done.returncode == 3
    assert "the audit trail is broken" in done.stderr
    installation.must("backup", tmp_path / "b", "--anyway", "--keys", tmp_path / "k")


BUSY = """
import sys
from wardmote.web.foundation.writes import writing
from wardmote.web.partnerships.models import Organisation, Partnership
partnership = Partnership.objects.get(slug="ashmere")
print("busy", flush=True)
for number in range(100_000):
    with writing(by=None, verb="test.pair", partnership=partnership):
        for side in ("left", "right"):
            Organisation.objects.create(name=f"{number} {side}", kind="other")
"""


def test_backup_of_a_busy_installation_is_of_one_moment(
    installation: Installation, tmp_path: Path, empty: Installation
) -> None:
    """Pairs are written all the while: no half of one comes back, and the trail ends where the rows do."""
    settings = {"DJANGO_SETTINGS_MODULE": "wardmote.web.project.settings"}
    with subprocess.Popen(
        [sys.executable, "-c", "import django; django.setup()\n" + BUSY],
        env=installation.environment | settings, stdout=subprocess.PIPE, text=True,
    ) as writer:  # fmt: skip
        try:
            assert writer.stdout is not None
            writer.stdout.readline()
            installation.must("backup", tmp_path / "b", "--keys", tmp_path / "k")
            assert writer.poll() is None, "it had to wait for nobody"
        finally:
            writer.kill()
    empty.must("restore", tmp_path / "b", "--home", empty.home, "--keys", tmp_path / "k")
    pairs = empty.ask("SELECT count(*) FROM partnerships_organisation WHERE name LIKE '% left' OR name LIKE '% right'")[
        0
    ][0]
    entries = empty.ask("SELECT count(*) FROM foundation_auditentry WHERE verb = 'test.pair'")[0][0]
    assert entries > 0
    assert pairs == 2 * entries
