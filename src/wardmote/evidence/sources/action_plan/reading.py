"""An action plan from its file, whichever of its forms it has."""

from collections.abc import Callable
from pathlib import Path

from wardmote.evidence.model.errors import UnreadableInputError, UsageError
from wardmote.evidence.sources.action_plan.json_plan import build_json_plan, parse_json, read_bytes
from wardmote.evidence.sources.action_plan.plan_file import SCHEMA, read_plan_body
from wardmote.evidence.sources.action_plan.plan_file.plain_yaml import parse_yaml
from wardmote.evidence.sources.action_plan.table_plan import read_flat_plan, read_workbook_plan
from wardmote.evidence.targets.plan import Plan
from wardmote.evidence.targets.plan_file import PlanFile


def read_plan(path: Path) -> Plan:
    """What do this plan's rows promise, and what was reported? `Plan.faults` holds what could not be used.

    Raises UsageError for an ending that is not known, UnreadableInputError where nothing can be read.
    """
    return read_plan_file(path).plan


def read_plan_file(path: Path) -> PlanFile:
    """What does this file say of a plan: its rows, and of a plan-1 file its priorities, actions and risks as well?

    Raises UsageError for an ending that is not known, UnreadableInputError where nothing can be read.
    """
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise UsageError(
            f"'{path.name}' is no file of an action plan", expected="a file ending in " + ", ".join(READERS),
            to_do="Save a workbook of another kind as .xlsx",
        )  # fmt: skip
    if not path.is_file():
        raise UnreadableInputError("there is no such file", where=str(path))
    return reader(path)


def _read_json(path: Path) -> PlanFile:
    """A plan-1 file, or a list of indicators in their older form; the file says which it is."""
    body = parse_json(path)
    if isinstance(body, dict) and body.get("schema") == SCHEMA:
        return read_plan_body(body, path.name)
    return PlanFile(build_json_plan(body, path))


def _read_yaml(path: Path) -> PlanFile:
    return read_plan_body(parse_yaml(read_bytes(path), path.name), path.name)


def _read_workbook(path: Path) -> PlanFile:
    return PlanFile(read_workbook_plan(path))


def _read_flat(path: Path) -> PlanFile:
    return PlanFile(read_flat_plan(path))


READERS: dict[str, Callable[[Path], PlanFile]] = {
    ".json": _read_json,
    ".yaml": _read_yaml,
    ".yml": _read_yaml,
    ".xlsx": _read_workbook,
    ".csv": _read_flat,
}
