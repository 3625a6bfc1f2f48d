"""The table of what all processes of a server must know of each other at once: used codes, counts of tries."""

from typing import Any

from django.core.management import call_command
from django.db import migrations

TABLE = "foundation_shared_cache"


def make_table(apps: Any, schema_editor: Any) -> None:
    call_command("createcachetable", TABLE, database=schema_editor.connection.alias, verbosity=0)


def drop_table(apps: Any, schema_editor: Any) -> None:
    schema_editor.execute(f"DROP TABLE {schema_editor.quote_name(TABLE)}")


class Migration(migrations.Migration):
    dependencies = [("foundation", "0002_append_only")]

    operations = [migrations.RunPython(make_table, drop_table)]
