"""A plan on its way in: the file that was sent or chosen from the catalogue, read, and tried without keeping it."""

import hashlib
import re
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import chain, islice
from pathlib import Path, PurePath
from typing import Any

from django.core import signing
from django.core.cache import cache as shared_cache
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from wardmote.evidence.interface import check_sheet_extents, read_plan_file
from wardmote.evidence.model.errors import Fault, WardmoteError
from wardmote.evidence.targets.plan_file import PlanFile
from wardmote.evidence.targets.sense import list_impossible
from wardmote.web.foundation import files as kept_files
from wardmote.web.partnerships.interface import Partnership, Person
from wardmote.web.plans.interface import Plan, link_past
from wardmote.web.returns.performance.incoming_choices import UNNAMED, Choices, apply_choices
from wardmote.web.returns.performance.incoming_notes import say_notes
from wardmote.web.returns.performance.plan_files import build_import, find_refusals, import_plan_file
from wardmote.web.returns.performance.tried_files import drop_tried, keep_tried, note_tried, read_tried, taking_tried

_MB = 1024 * 1024
#: By ending, the most bytes that are read: each at its limit takes a few seconds.
LARGEST_BYTES = {
    ".xlsx": kept_files.LARGEST_BYTES, ".csv": 5 * _MB, ".json": 5 * _MB, ".yaml": 2 * _MB, ".yml": 2 * _MB,
}  # fmt: skip
_SALT = "wardmote.incoming-plan"
_HOUR = 3600
_MOST_INDICATORS, _MOST_VALUES, _MOST_OWNERS = 1_000, 20_000, 500
_FURTHEST_ROW, _FURTHEST_COLUMN = 30_000, 300
_MOST_DOUBTS = 100  # targets and values that make no sense: who is shown more of them reads none
_MOST_UNPACKED_BYTES = 200 * _MB
_LONGEST_READING_SECONDS = 120
_HEAD_LINE = re.compile(r"^(title|source|schema): (.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class CataloguePlan:
    """A published plan that ships with the application."""

    name: str
    title: str
    source: str


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file that was read. `token` brings it back when the person has seen what it would make."""

    name: str
    plan_file: PlanFile
    token: str
    digest: str


@dataclass(frozen=True, slots=True)
class Trial:
    """What a file would make, and everything that is wrong with it. With a refusal among it nothing can be kept."""

    title: str
    counts: dict[str, int]
    faults: tuple[Fault, ...]
    is_refused: bool = False
    notes: tuple[str, ...] = ()


@cache
def list_catalogue() -> tuple[CataloguePlan, ...]:
    """The plans that ship with the application, by their names."""
    found = []
    for path in sorted(_folder().glob("*.yaml")):
        head = dict(_HEAD_LINE.findall(path.read_text(encoding="utf-8")[:2000]))
        if head.get("schema") == "plan-1":
            found.append(CataloguePlan(path.stem, head.get("title", path.stem), head.get("source", "")))
    return tuple(found)


def _folder() -> Path:
    return Path(str(files("wardmote.catalogue"))) / "plans"


def read_catalogue_plan(name: str) -> PlanFile:
    """A shipped plan. Raises ValidationError where none has the name."""
    if name not in {plan.name for plan in list_catalogue()}:
        raise ValidationError("Choose one of the plans that are listed")
    return _read(_folder() / f"{name}.yaml")


def receive_upload(upload: "UploadedFile[Any]", *, by: Person, partnership: Partnership) -> Incoming:
    """Read a plan that was sent. Raises ValidationError, in words for who sent it."""
    name = PurePath(str(upload.name)).name
    ending = PurePath(name).suffix.lower()
    largest = LARGEST_BYTES.get(ending)
    if largest is None:
        raise ValidationError("The file must be an .xlsx, .csv, .json or .yaml")
    if not upload.size or upload.size > largest:
        raise ValidationError(f"The file is empty or larger than {largest // _MB} MB, the most for {ending}")
    content = upload.read()
    digest = hashlib.sha256(content).hexdigest()
    note_tried(digest, len(content), ending, by=by, partnership=partnership)
    plan_file = _read_bytes(content, ending)
    keep_tried(digest, content, by=by)
    return Incoming(name, plan_file, _make_token(f"{digest}{ending}", by, partnership), digest)


def receive_catalogue(name: str, *, by: Person, partnership: Partnership) -> Incoming:
    """Take a plan from the catalogue."""
    return Incoming(name, read_catalogue_plan(name), _make_token(f"catalogue:{name}", by, partnership), "")


def receive_again(token: str, *, by: Person, partnership: Partnership) -> Incoming:
    """The file that a person has looked at before. Raises ValidationError for another's token, or an old one."""
    try:
        what = signing.loads(token, salt=_SALT, max_age=_HOUR)
    except signing.BadSignature:
        raise ValidationError("It is too long ago: send the file again") from None
    if what["by"] != str(by.pk) or what["to"] != str(partnership.pk):
        raise ValidationError("Send the file again")
    name: str = what["file"]
    if name.startswith("catalogue:"):
        chosen = name.removeprefix("catalogue:")
        return Incoming(chosen, read_catalogue_plan(chosen), token, "")
    digest, dot, ending = name.partition(".")
    return Incoming(name, _read_bytes(read_tried(digest, by=by), dot + ending), token, digest)


def _make_token(file: str, by: Person, partnership: Partnership) -> str:
    what = {"file": file, "by": str(by.pk), "to": str(partnership.pk), "nonce": secrets.token_hex(8)}
    return signing.dumps(what, salt=_SALT)


def _spend_token(token: str) -> None:
    """A token brings in one plan. Raises ValidationError for one that has; a write that fails gives it back.

    The cache is a table of the same database, so that of two at once one waits for the other and is refused.
    """
    spent = f"plan-token-{hashlib.sha256(token.encode()).hexdigest()}"
    if not shared_cache.add(spent, True, timeout=_HOUR):
        raise ValidationError("It has been brought in already: look at it again to bring it in twice")


def _read_bytes(content: bytes, ending: str) -> PlanFile:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{UNNAMED}{ending}"
        path.write_bytes(content)
        plan_file = _read(path)
    _check_size(plan_file)
    return plan_file


def _check_size(plan_file: PlanFile) -> None:
    """Keeping a plan holds the database for a moment: not for a file of tens of thousands of rows."""
    rows = plan_file.plan.indicators
    parts = [
        plan_file.priorities, plan_file.actions, plan_file.risks, plan_file.crosswalk, plan_file.consultations,
        plan_file.gates, *(part for row in rows for part in (row.targets, row.withdrawn, row.overrides, row.values)),
    ]  # fmt: skip
    if len(rows) > _MOST_INDICATORS:
        raise ValidationError(f"The file has {len(rows):,} indicators: a plan may have {_MOST_INDICATORS:,} at most")
    if (count := sum(map(len, parts))) > _MOST_VALUES:
        raise ValidationError(f"The file has {count:,} values, targets and other rows: {_MOST_VALUES:,} at most")
    if (count := len({row.owner for row in rows} | {action.owner for action in plan_file.actions})) > _MOST_OWNERS:
        raise ValidationError(f"The file names {count:,} owners: {_MOST_OWNERS:,} at most")


@contextmanager
def reading_alone(by: Person) -> Iterator[None]:
    """One file at a time for each person. Raises ValidationError while another of theirs is being read."""
    key = f"plan-file-{by.pk}"
    if not shared_cache.add(key, True, timeout=_LONGEST_READING_SECONDS):
        raise ValidationError("Another file of yours is still being read: try again in a minute")
    try:
        yield
    finally:
        shared_cache.delete(key)


def _read(path: Path) -> PlanFile:
    try:
        if path.suffix == ".xlsx":
            check_sheet_extents(
                path.read_bytes(), label=path.name, rows=_FURTHEST_ROW, columns=_FURTHEST_COLUMN,
                unpacked_bytes=_MOST_UNPACKED_BYTES,
            )  # fmt: skip
        return read_plan_file(path)
    except WardmoteError as error:
        faults: Any = getattr(error, "faults", ()) or ()
        raise ValidationError([str(error), *(str(fault) for fault in faults)]) from None


def try_import(incoming: Incoming, *, partnership: Partnership, by: Person, is_historic: bool) -> Trial:
    """What the file would make, and all faults gathered: the very records of an import, of which none is saved.

    A file of which nothing can be kept is not kept to be confirmed either.
    """
    faults: list[Fault] = list(incoming.plan_file.faults)
    made = build_import(incoming.plan_file, partnership=partnership, by=by, is_historic=is_historic, faults=faults)
    faults += islice(chain.from_iterable(map(list_impossible, incoming.plan_file.plan.indicators)), _MOST_DOUBTS)
    refusals = find_refusals(made)
    if refusals and incoming.digest:
        drop_tried(incoming.digest, by=by)
    counts = count_parts(incoming.plan_file)
    notes = say_notes(incoming.plan_file, made.built)
    return Trial(made.built.plan.title, counts, (*refusals, *faults), is_refused=bool(refusals), notes=notes)


def count_parts(plan_file: PlanFile) -> dict[str, int]:
    """What stands in the file, in words for the page."""
    rows = plan_file.plan.indicators
    return {
        "Priorities": len(plan_file.priorities),
        "Indicators": len(rows),
        "Targets": sum(len(row.targets) for row in rows),
        "Reported values": sum(len(row.values) for row in rows),
        "Statuses set by hand": sum(len(row.overrides) for row in rows),
        "Actions": len(plan_file.actions),
        "Risks": len(plan_file.risks),
        "Cross-walk rows": len(plan_file.crosswalk),
        "Consultations": len(plan_file.consultations),
        "Gates": len(plan_file.gates),
    }


def keep_import(
    incoming: Incoming, *, partnership: Partnership, by: Person, is_historic: bool, choices: Choices,
    serves: Plan | None = None,
) -> Plan:  # fmt: skip
    """Import the file for good, as its title, days and owners were settled, and link it as the past where that was.

    `serves`: the plan whose past its values may be made. Raises RefusedError, with nothing kept, where they cannot;
    ValidationError where the token or the file that was tried has been used.
    """
    plan_file = apply_choices(incoming.plan_file, choices)
    with taking_tried(incoming.digest, by=by), transaction.atomic():
        _spend_token(incoming.token)
        plan = import_plan_file(plan_file, partnership=partnership, by=by, is_historic=is_historic)
        if serves is not None and choices.past_because:
            link_past(plan=serves, past=plan, reason=choices.past_because, by=by)
    return plan
