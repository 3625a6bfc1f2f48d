"""Whole installations: an empty one, and copies of one in which two partnerships have been at work."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest

from support.web.installation import Installation
from support.web.postgresql import make_database

SERVER = os.environ.get("WARDMOTE_TEST_DATABASE", "")

TWO_PARTNERSHIPS = """
from django.core.files.uploadedfile import SimpleUploadedFile
from support.web.world import make_world, Role, NOW
from wardmote.evidence.interface import encode_value
from wardmote.evidence.targets.plan import Value
from wardmote.web.foundation.files import store_file
from wardmote.web.foundation.writes import writing
from wardmote.web.returns.models import ReturnFile, ReturnVersion
from django.conf import settings

for name in ("ashmere", "birchwood"):
    world = make_world(name)
    owed, who = world.returns["P1-1"], world.people[Role.CONTRIBUTOR]
    for number, amount in ((1, 81.5), (2, 79.25)):
        with writing(by=who, verb="returns.submitted", partnership=world.partnership, subject=owed):
            owed.version = ReturnVersion.objects.create(
                partnership=world.partnership, of=owed, number=number, kind="submitted",
                value=encode_value(Value(period="2026/27Q2", shape="x_of_y", part=amount, whole=100.0)),
                numerator=amount, denominator=100.0, amount=amount, submitted_at=NOW, submitted_by=who.pk,
                what_happened=f"=HYPERLINK(only in {name})",
            )
            owed.state = "submitted"
            owed.save()
    upload = SimpleUploadedFile("minutes.txt", f"minutes of {name}".encode())
    stored = store_file(upload, by=who, partnership=world.partnership)
    with writing(by=who, verb="returns.file_attached", partnership=world.partnership, subject=owed):
        ReturnFile.objects.create(partnership=world.partnership, of=owed, version=owed.version, file=stored)
load = settings.STORE / "loads" / "0001-test"
load.mkdir(parents=True)
(load / "manifest.json").write_text("{}")
(settings.STORE / "staging").mkdir()
(settings.STORE / "staging" / "half").write_text("unfinished")
"""


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Installation]:
    """Nothing but the name of a home, and an empty database where the tests run on PostgreSQL."""
    if not SERVER:
        yield Installation(tmp_path / "empty")
        return
    with make_database(SERVER, f"wardmote_{uuid4().hex}") as url:
        yield Installation(tmp_path / "empty", url)


@pytest.fixture(scope="session")
def template(started: Installation, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """Two partnerships with people, plans, returns, a revised value and a file each."""
    with copy_installation(started, tmp_path_factory.mktemp("template") / "home") as installation:
        installation.do(TWO_PARTNERSHIPS)
        yield installation


@pytest.fixture
def installation(template: Installation, tmp_path: Path) -> Iterator[Installation]:
    """A copy of the template, to be changed at will."""
    with copy_installation(template, tmp_path / "home") as copy:
        yield copy


@pytest.fixture(scope="session")
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """One that was started and in which nobody has been: to be copied."""
    home = tmp_path_factory.mktemp("started") / "home"
    if not SERVER:
        yield _start(Installation(home))
        return
    with make_database(SERVER, f"wardmote_{uuid4().hex}") as url:
        yield _start(Installation(home, url))


def _start(installation: Installation) -> Installation:
    installation.must("round")
    return installation


@pytest.fixture
def fresh(started: Installation, tmp_path: Path) -> Iterator[Installation]:
    """A copy of one that was started: nobody is there, and the first start is over."""
    with copy_installation(started, tmp_path / "fresh") as copy:
        yield copy


@contextmanager
def copy_installation(template: Installation, home: Path) -> Iterator[Installation]:
    """Another home with the same content, and another database where the tests run on PostgreSQL."""
    shutil.copytree(template.home, home)
    if not template.database_url:
        yield Installation(home)
        return
    import psycopg

    name, source = f"wardmote_{uuid4().hex}", template.database_url.split("?")[0].rsplit("/", 1)[1]
    with psycopg.connect(SERVER, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{source}"')  # type: ignore[arg-type]
        yield Installation(home, SERVER.replace("/postgres?", f"/{name}?"))
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')  # type: ignore[arg-type]
