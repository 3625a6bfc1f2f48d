"""The database itself refuses to change or remove an audit entry."""

from django.db import migrations

from wardmote.web.foundation.audit_triggers import list_statements


def forbid_changes(apps, schema_editor):
    """Lay the triggers that fit the database."""
    for statement in list_statements(schema_editor.connection.vendor):
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("foundation", "0001_initial")]
    operations = [migrations.RunPython(forbid_changes, migrations.RunPython.noop)]
