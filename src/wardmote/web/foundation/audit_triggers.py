"""The database itself refuses to change or remove an audit entry: by which triggers, and whether they are in force.

Who can write to the database can also take a trigger away, or lay one of the same name that refuses nothing. So each is
held against what was laid, not only looked for.
"""

from typing import Any

from django.db import connections

_TABLE = "foundation_auditentry"
_SAYS = "the audit trail is only added to"

#: The triggers of SQLite by their names, as the database keeps them.
SQLITE = {
    f"audit_entry_no_{what}": (
        f"CREATE TRIGGER audit_entry_no_{what} BEFORE {what.upper()} ON {_TABLE}"
        f" BEGIN SELECT RAISE(ABORT, '{_SAYS}'); END"
    )
    for what in ("update", "delete")
}
_BODY = f" BEGIN RAISE EXCEPTION '{_SAYS}'; END "
_FUNCTION = f"CREATE OR REPLACE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $${_BODY}$$"
#: The triggers of PostgreSQL by their names: what lays them, and the kind as its catalogue counts it.
POSTGRESQL = {
    "audit_entry_no_change": (f"BEFORE UPDATE OR DELETE ON {_TABLE} FOR EACH ROW", 1 + 2 + 8 + 16),
    "audit_entry_no_truncate": (f"BEFORE TRUNCATE ON {_TABLE} FOR EACH STATEMENT", 2 + 32),
}


def list_statements(vendor: str) -> list[str]:
    """What lays the triggers in a database of this kind."""
    if vendor == "sqlite":
        return list(SQLITE.values())
    laid = [
        f"CREATE TRIGGER {name} {how} EXECUTE FUNCTION refuse_audit_change()" for name, (how, _) in POSTGRESQL.items()
    ]
    return [_FUNCTION, *laid]


def list_idle_triggers(using: str) -> list[str]:
    """Which of the triggers are taken away, switched off, or are not what was laid."""
    connection = connections[using]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [_TABLE])
            held = dict(cursor.fetchall())
            return [name for name, statement in SQLITE.items() if held.get(name) != statement]
        return _list_idle_in_postgresql(cursor)


def _list_idle_in_postgresql(cursor: Any) -> list[str]:
    """In force: enabled, of the right kind, without a condition or columns of its own, and with the function's body."""
    cursor.execute(
        "SELECT t.tgname, t.tgtype::int, p.prosrc FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid"
        " WHERE t.tgrelid = %s::regclass AND t.tgenabled IN ('O', 'A') AND t.tgqual IS NULL"
        " AND t.tgattr = ''",
        [_TABLE],
    )
    held = {name: (kind, body) for name, kind, body in cursor.fetchall()}
    return [name for name, (_, kind) in POSTGRESQL.items() if held.get(name) != (kind, _BODY)]
