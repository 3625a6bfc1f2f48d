"""What the application writes can be read by its own account only, whatever mask it was started with."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.web.installation import Installation


@pytest.fixture(autouse=True)
def lax_mask() -> Iterator[None]:
    """The mask of a careless shell, which the commands inherit."""
    before = os.umask(0o002)
    yield
    os.umask(before)


def list_open(folder: Path) -> list[str]:
    return [str(path) for path in (folder, *folder.rglob("*")) if path.stat().st_mode & 0o077]


def test_restored_home_and_backup_are_private(installation: Installation, empty: Installation, tmp_path: Path) -> None:
    archive, keys = tmp_path / "a.backup", tmp_path / "a.keys"
    installation.must("backup", archive, "--keys", keys)
    empty.must("restore", archive, "--home", empty.home, "--keys", keys)
    assert list_open(empty.home) == []
    assert archive.stat().st_mode & 0o077 == keys.stat().st_mode & 0o077 == 0


def test_mail_and_files_of_a_server_are_private(empty: Installation) -> None:
    empty.do(
        "import wardmote.web.project.wsgi\n"
        "from django.core.mail import send_mail\n"
        "from wardmote.web.foundation.files import keep_bytes\n"
        "send_mail('a', 'b', 'c@example.org', ['d@example.org'])\n"
        "keep_bytes('ab' * 32, b'x')\n"
    )
    assert (empty.home / "mail").is_dir()
    assert list_open(empty.home / "mail") + list_open(empty.home / "files") == []
