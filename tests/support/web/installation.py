"""A whole installation on disk, asked and changed as an operator would: by the command, by a script, by SQL."""

import os
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from support.web.ready import ROOT, Asked, find_ready

_SET_UP = "import django; django.setup()\n"


@dataclass
class Installation:
    """A home, and the PostgreSQL database beside it where there is one."""

    home: Path
    database_url: str = ""
    more: dict[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        """What its processes are told; nothing of the test's own settings."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("WARDMOTE_", "DJANGO_"))}
        return kept | {
            "WARDMOTE_HOME": str(self.home), "WARDMOTE_DATABASE": self.database_url,
            "PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}", **self.more,
        }  # fmt: skip

    def run(self, *words: object) -> "subprocess.CompletedProcess[str]":
        """`wardmote WORDS` in a process of its own."""
        asked = Asked(tuple(str(word) for word in words), self.environment, module="wardmote")
        return find_ready().run(asked, timeout=120)

    def must(self, *words: object) -> str:
        """Its answer; a failure shows what it said."""
        done = self.run(*words)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def do(self, script: str, *words: object) -> str:
        """A Python script inside the application; its output."""
        settings = {"DJANGO_SETTINGS_MODULE": "wardmote.web.project.settings"}
        told = tuple(str(word) for word in words)
        done = find_ready().run(Asked(told, self.environment | settings, script=_SET_UP + script), timeout=300)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def ask(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        """Raw SQL, as somebody with the database's password could do it. Question marks stand for values."""
        if self.database_url:
            return self._ask_postgresql(statement.replace("?", "%s"), values)
        import sqlite3

        connection = sqlite3.connect(self.home / "wardmote.sqlite3", timeout=20)
        try:
            with connection:
                return connection.execute(statement, values).fetchall()
        finally:
            connection.close()

    def _ask_postgresql(self, statement: str, values: tuple[Any, ...]) -> list[tuple[Any, ...]]:
        import psycopg

        with psycopg.connect(self.database_url) as connection:
            cursor = connection.execute(statement, values or None)  # type: ignore[arg-type]
            return cursor.fetchall() if cursor.description else []

    def lift_triggers(self) -> None:
        """What a tamperer does first."""
        if self.database_url:
            self.ask("ALTER TABLE foundation_auditentry DISABLE TRIGGER ALL")
            return
        for what in ("update", "delete"):
            self.ask(f"DROP TRIGGER audit_entry_no_{what}")

    def lay_triggers(self) -> None:
        """What a tidy tamperer does last."""
        if self.database_url:
            self.ask("ALTER TABLE foundation_auditentry ENABLE TRIGGER ALL")
            return
        for what in ("update", "delete"):
            self.ask(
                f"CREATE TRIGGER audit_entry_no_{what} BEFORE {what.upper()} ON foundation_auditentry"
                " BEGIN SELECT RAISE(ABORT, 'the audit trail is only added to'); END"
            )
