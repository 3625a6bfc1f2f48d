"""A first migration lays the same tables at once as its steps do in turn."""

import re
from pathlib import Path

import pytest
from django.db import migrations, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.db.utils import ConnectionHandler

from wardmote.web.foundation.first_migration import FirstMigration

OURS = ("foundation", "governance", "observatory", "partnerships", "plans", "returns")
ROOM = migrations.CreateModel("Room", [("id", models.AutoField(primary_key=True)), ("name", models.TextField())])
DOOR = migrations.CreateModel(
    "Door", [("id", models.AutoField(primary_key=True)), ("width_mm", models.IntegerField())],
    options={"ordering": ["id"]},
)  # fmt: skip
LEADS_TO = migrations.AddField("Door", "room", models.ForeignKey("test.Room", models.CASCADE, null=True))
OPENS = migrations.AddField("Room", "ways", models.ManyToManyField("test.Door", related_name="+"))
IS_WIDE = migrations.AddConstraint("Door", models.CheckConstraint(condition=models.Q(width_mm__gt=0), name="is_wide"))
ONE_DOOR = migrations.AddConstraint(
    "Door", models.UniqueConstraint(fields=["room"], condition=models.Q(width_mm__gt=9), name="one_door")
)
BY_NAME = migrations.AddIndex("Room", models.Index(fields=["-name"], name="by_name"))
STEPS = [DOOR, ROOM, LEADS_TO, OPENS, IS_WIDE, ONE_DOOR, BY_NAME]


def make_connection(file: Path) -> BaseDatabaseWrapper:
    handler = ConnectionHandler({"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": str(file)}})
    return handler["default"]  # type: ignore[return-value]


def lay(file: Path, kind: type[migrations.Migration], steps: list[object]) -> tuple[dict[str, list[str]], ProjectState]:
    """What stands in an empty database afterwards, the parts of each statement in one order; and the state."""
    connection, migration = make_connection(file), kind("0001_initial", "test")
    migration.operations = steps  # type: ignore[assignment]
    with connection.schema_editor() as editor:
        state = migration.apply(ProjectState(), editor)
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
        found = {name: sorted(re.split(r", |(?<=\w\") \(|\)$", sql)) for name, sql in cursor.fetchall()}
    connection.close()
    return found, state


@pytest.mark.django_db
def test_tables_laid_at_once_are_those_of_the_steps(tmp_path: Path) -> None:
    at_once, state = lay(tmp_path / "at once", FirstMigration, STEPS)
    in_turn, wanted = lay(tmp_path / "in turn", migrations.Migration, STEPS)
    assert at_once == in_turn
    assert {"test_door", "test_room", "test_room_ways", "one_door", "by_name"} <= set(at_once)
    assert state == wanted


@pytest.mark.django_db
def test_migration_that_does_more_than_lay_tables_is_done_in_turn(tmp_path: Path) -> None:
    done = []
    run = migrations.RunPython(lambda apps, editor: done.append(apps.get_model("test", "Door")._meta.ordering))
    lay(tmp_path / "in turn", FirstMigration, [DOOR, run, migrations.AlterModelOptions("Door", {})])
    assert done == [["id"]]


def test_first_migration_of_every_app_is_laid_at_once() -> None:
    """One that makemigrations has written anew says `class Migration(FirstMigration)`, or every start is slower."""
    found = MigrationLoader(None).disk_migrations
    firsts = {app: found[app, "0001_initial"] for app in OURS}
    slow = [app for app, each in firsts.items() if not (isinstance(each, FirstMigration) and each.only_lays_tables())]
    assert slow == []
