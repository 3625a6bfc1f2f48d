"""The audit trail of one partnership as its administrators read it."""

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from wardmote.web.foundation.models import AuditEntry
from wardmote.web.foundation.table_files import disarm_cell
from wardmote.web.partnerships.queries import name_people

_COLUMNS = ("Number", "When", "Who", "What", "Reason", "Details")


@dataclass(frozen=True, slots=True)
class Line:
    """One entry in words."""

    number: int
    at: datetime
    who: str
    what: str
    reason: str
    details: tuple[str, ...]


def find_entries(chain: str, *, person: str = "", verb: str = "", since: date | None = None) -> Any:
    """The entries of one chain, the latest first."""
    entries = AuditEntry.objects.filter(chain=chain).order_by("-number")
    if person:
        entries = entries.filter(by=person)
    if verb:
        entries = entries.filter(verb=verb)
    return entries.filter(at__date__gte=since) if since else entries


def list_verbs(chain: str) -> list[tuple[str, str]]:
    """What was ever done, for a list to choose from."""
    verbs = AuditEntry.objects.filter(chain=chain).values_list("verb", flat=True).distinct()
    return sorted((verb, say_verb(verb)) for verb in set(verbs))


def list_doers(chain: str) -> list[tuple[str, str]]:
    """Who ever did something, for a list to choose from."""
    keys = set(AuditEntry.objects.filter(chain=chain).exclude(by=None).values_list("by", flat=True).distinct())
    return sorted(((str(key), name) for key, name in name_people(keys).items() if key), key=lambda pair: pair[1])


def say_verb(verb: str) -> str:
    """ "returns.signed_off" is "Returns: signed off"."""
    app, _, done = verb.partition(".")
    return f"{app.replace('_', ' ').capitalize()}: {done.replace('_', ' ')}"


def describe_entries(entries: list[AuditEntry]) -> list[Line]:
    """Entries in words, the people in them named."""
    names = name_people({entry.by for entry in entries})
    return [_describe(entry, names) for entry in entries]


def _describe(entry: AuditEntry, names: dict[UUID | None, str]) -> Line:
    body = json.loads(entry.body)
    details = [f"{_space(name)}: {_say(value)}" for name, value in body["facts"].items()]
    details += [line for change in body["changes"] for line in _describe_change(change)]
    return Line(entry.number, entry.at, names[entry.by], say_verb(entry.verb), body["reason"], tuple(details))


def _describe_change(change: dict[str, Any]) -> Iterator[str]:
    what = _space(change["of"].partition(".")[2])
    if change["kind"] != "changed":
        yield f"{what} {change['kind']}"
        return
    for name, (before, after) in change["values"].items():
        yield f"{what}: {_space(name)} from {_say(before)} to {_say(after)}"


def _space(name: str) -> str:
    return name.replace("_", " ")


def _say(value: Any) -> str:
    if value in (None, "", [], {}):
        return "nothing"
    return str(value)[:200]


def write_csv(entries: Any) -> str:
    """The entries as CSV; no cell is taken for a formula by whatever opens it (T11)."""
    target = io.StringIO()
    writer = csv.writer(target)
    writer.writerow(_COLUMNS)
    for line in describe_entries(list(entries)):
        cells = (line.number, line.at.isoformat(), line.who, line.what, line.reason, "; ".join(line.details))
        writer.writerow([disarm_cell(cell) for cell in cells])
    return target.getvalue()
