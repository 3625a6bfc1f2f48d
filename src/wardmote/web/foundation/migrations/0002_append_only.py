"""The database itself refuses to change or remove an audit entry."""

from django.db import migrations

_SQLITE = (
    "CREATE TRIGGER audit_entry_no_{what} BEFORE {WHAT} ON foundation_auditentry"
    " BEGIN SELECT RAISE(ABORT, 'the audit trail is only added to'); END"
)
_POSTGRESQL = (
    "CREATE OR REPLACE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS"
    " $$ BEGIN RAISE EXCEPTION 'the audit trail is only added to'; END $$",
    "CREATE TRIGGER audit_entry_no_change BEFORE UPDATE OR DELETE ON foundation_auditentry"
    " FOR EACH ROW EXECUTE FUNCTION refuse_audit_change()",
)


def forbid_changes(apps, schema_editor):
    """Lay the triggers that fit the database."""
    if schema_editor.connection.vendor == "sqlite":
        statements = [_SQLITE.format(what=what, WHAT=what.upper()) for what in ("update", "delete")]
    else:
        statements = list(_POSTGRESQL)
    for statement in statements:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("foundation", "0001_initial")]
    operations = [migrations.RunPython(forbid_changes, migrations.RunPython.noop)]
