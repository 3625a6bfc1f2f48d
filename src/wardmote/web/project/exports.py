"""All that is kept of one partnership, and nothing of another, in formats that outlive this program.

Tables are CSV with every column of every record of the partnership; `returns.csv` is the one for people. Digests of
links and passwords are left out, and a text that a spreadsheet would take for a formula is made plain.
"""

import csv
import json
import shutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import models

from wardmote.evidence.interface import write_plan_file
from wardmote.evidence.model.errors import UsageError
from wardmote.web.foundation.files import find_place
from wardmote.web.foundation.models import AuditEntry, Job, StoredFile
from wardmote.web.foundation.privacy import Privacy
from wardmote.web.foundation.records import Record
from wardmote.web.foundation.table_files import disarm_cell
from wardmote.web.observatory.interface import find_store
from wardmote.web.partnerships.interface import Agency, EvidenceKept, Membership, Organisation, Partnership, Person
from wardmote.web.plans.interface import Plan
from wardmote.web.project.exports_returns import COLUMNS, read_return_rows
from wardmote.web.returns.performance.plan_files import export_plan_file

_TELLS_OF = {
    Privacy.NONE: "nobody", Privacy.ORGANISATION: "an organisation", Privacy.PERSON: "a person",
    Privacy.FREE_TEXT: "whom its writer names",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written."""

    tables_count: int
    rows_count: int
    files_count: int
    entries_count: int


def find_partnership(slug: str) -> Partnership:
    """The partnership of that address. Raises UsageError that lists those there are."""
    found = Partnership.objects.filter(slug=slug).first()
    if found is None:
        there = ", ".join(Partnership.objects.values_list("slug", flat=True)) or "none yet"
        raise UsageError(f"there is no partnership '{slug}'", expected=f"one of: {there}")
    return found


def write_audit_lines(partnership: Partnership) -> Iterator[str]:
    """The partnership's chain from its first entry: what was sealed, as it was sealed, and the seal."""
    entries = AuditEntry.objects.filter(chain=str(partnership.pk)).order_by("number")
    for entry in entries.iterator(chunk_size=2000):
        yield json.dumps({"number": entry.number, "body": entry.body, "seal": entry.seal}, ensure_ascii=False)


def write_export(partnership: Partnership, folder: Path, *, now: datetime) -> Exported:
    """Write everything into a new folder. Raises UsageError where there is one that holds something."""
    if folder.exists() and any(folder.iterdir()):
        raise UsageError("the folder is not empty", where=str(folder), to_do="Name another; nothing was changed")
    (folder / "tables").mkdir(parents=True)
    told = []
    for name, rows in list_tables(partnership):
        columns = list_columns(rows.model)
        count = _write_table(folder / "tables" / f"{name}.csv", [c.attname for c in columns], _read(rows, columns))
        told.append((name, rows.model, columns, count))
    _write_table(folder / "returns.csv", COLUMNS, read_return_rows(partnership))
    files_count = _copy_files(partnership, folder / "files")
    entries_count = _write_lines(folder / "audit.jsonl", write_audit_lines(partnership))
    _write_plans(partnership, folder / "plans")
    _copy_store(partnership, folder / "evidence")
    (folder / "README.md").write_text(_describe(partnership, told, now), encoding="utf-8")
    return Exported(len(told), sum(count for *_, count in told), files_count, entries_count)


def list_tables(partnership: Partnership) -> list[tuple[str, "models.QuerySet[Any]"]]:
    """Every kind of record with its rows of this partnership. A new kind is taken without anybody's doing."""
    own = [
        (_name_table(model), _filter_own(model, partnership))
        for model in apps.get_models()
        if issubclass(model, Record) and any(f.name == "partnership" for f in model._meta.concrete_fields)
    ]
    agencies = Agency.objects.filter(partnership=partnership)
    members = Membership.objects.filter(partnership=partnership)
    bodies = Organisation.objects.filter(
        models.Q(pk__in=agencies.values("organisation")) | models.Q(pk__in=members.values("organisation"))
    )
    return [
        ("partnership", Partnership.objects.filter(pk=partnership.pk)),
        ("organisations", bodies),
        ("people", Person.objects.filter(pk__in=members.values("person"))),
        ("jobs", Job.objects.filter(chain=str(partnership.pk))),
        ("stored_files", StoredFile.objects.filter(chain=str(partnership.pk))),
        *sorted(own, key=lambda each: each[0]),
    ]


def _filter_own(model: Any, partnership: Partnership) -> "models.QuerySet[Any]":
    return model._base_manager.filter(partnership=partnership)


def _name_table(model: type[models.Model]) -> str:
    return f"{model._meta.app_label}_{model._meta.model_name}"


def list_columns(model: type[Any]) -> list[Any]:
    """The fields that leave the house: all but secrets."""
    return [f for f in model._meta.concrete_fields if model.PRIVACY.get(f.name, Privacy.SECRET) is not Privacy.SECRET]


def _read(rows: "models.QuerySet[Any]", columns: Sequence[Any]) -> Iterator[list[Any]]:
    for row in rows.order_by("pk").values_list(*[c.attname for c in columns]).iterator(chunk_size=2000):
        yield list(row)


def _write_table(path: Path, names: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    count = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(names)
        for row in rows:
            writer.writerow([make_plain(value) for value in row])
            count += 1
    return count


def make_plain(value: Any) -> Any:
    """A cell as it may stand in a sheet: a text that begins like a formula gets an apostrophe before it."""
    if isinstance(value, dict | list):
        value = json.dumps(value, ensure_ascii=False, default=str)
    if isinstance(value, datetime):
        return value.isoformat()
    return disarm_cell(value)


def _write_lines(path: Path, lines: Iterable[str]) -> int:
    count = 0
    with path.open("w", encoding="utf-8") as file:
        for line in lines:
            file.write(line + "\n")
            count += 1
    return count


def _copy_files(partnership: Partnership, folder: Path) -> int:
    """Each attached file under its key, which `tables/stored_files.csv` explains; names may hold anything."""
    count = 0
    for stored in StoredFile.objects.filter(chain=str(partnership.pk)).iterator():
        path = find_place(stored.sha256)
        if path.exists():
            folder.mkdir(exist_ok=True)
            shutil.copyfile(path, folder / str(stored.pk))
            count += 1
    return count


def _write_plans(partnership: Partnership, folder: Path) -> None:
    folder.mkdir()
    for plan in Plan.objects.filter(partnership=partnership):
        path = folder / f"{plan.starts_on.year}-version-{plan.version}-{plan.pk}.json"
        write_plan_file(export_plan_file(plan), path)


def _copy_store(partnership: Partnership, folder: Path) -> None:
    """The evidence that the partnership keeps to itself; the installation's belongs to all who read it."""
    store = find_store(partnership)
    if partnership.evidence == EvidenceKept.OWN and store.is_dir():
        shutil.copytree(store, folder, ignore=shutil.ignore_patterns("lock", "staging", ".*"))


def _describe(partnership: Partnership, told: list[tuple[str, Any, list[Any], int]], now: datetime) -> str:
    lines = [
        f"# {partnership.name}", "",
        f"Everything that was kept of this partnership on {now:%d %B %Y}, and nothing of another.", "",
        "| File | What it is |", "|---|---|",
        "| `returns.csv` | every value ever submitted, all versions, in words |",
        "| `plans/` | each version of each plan as plan-1 JSON, which `wardmote status` reads |",
        "| `files/` | evidence files; `tables/stored_files.csv` tells their names |",
        "| `evidence/` | the partnership's own store, where it keeps one: Parquet tables, a manifest for each load |",
        "| `audit.jsonl` | the audit trail: each line's `body` is what was sealed, `seal` its HMAC-SHA256 |",
        "| `tables/` | every record, a table for each kind; `id` is its key, `…_id` points at another's |", "",
        "CSV is UTF-8 with a heading line. A text that begins with = + - or @ has an apostrophe before it. Digests of",
        "passwords and links are left out.", "",
        "A column `…_at` holds a moment, `…_on` a day, `…_by` the `id` in `tables/people.csv` of who did it,",
        "and `…_id` the `id` of a row in the table that is named beside it. Each column says whom it may tell of.", "",
    ]  # fmt: skip
    for name, model, columns, count in told:
        lines += [
            f"## tables/{name}.csv",
            "",
            f"{_first_line(model)} Rows: {count:,}.",
            "",
            "| Column | Type, and the values it may have | May tell of |",
            "|---|---|---|",
        ]
        lines += [f"| `{c.attname}` | {_name_type(c)} | {_TELLS_OF[model.PRIVACY[c.name]]} |" for c in columns]
        lines.append("")
    return "\n".join(lines)


def _first_line(model: type[Any]) -> str:
    text = (model.__doc__ or "").strip().splitlines()[0]
    return "" if text.startswith(f"{model.__name__}(") else text


def _name_type(field: Any) -> str:
    choices = ", ".join(f"{value} ({label})" for value, label in field.choices or ())
    kind = field.get_internal_type().removesuffix("Field")
    points_at = f" to {field.related_model._meta.verbose_name}" if field.related_model else ""
    return f"{kind}{points_at}{': ' + choices if choices else ''}"
