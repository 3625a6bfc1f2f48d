"""An action plan from its file, whichever of the three forms it has."""

from collections.abc import Callable
from pathlib import Path

from wardmote.evidence.model.errors import UnreadableInputError, UsageError
from wardmote.evidence.sources.action_plan.json_plan import read_json_plan
from wardmote.evidence.sources.action_plan.table_plan import read_flat_plan, read_workbook_plan
from wardmote.evidence.targets.plan import Plan

READERS: dict[str, Callable[[Path], Plan]] = {
    ".json": read_json_plan,
    ".xlsx": read_workbook_plan,
    ".csv": read_flat_plan,
}


def read_plan(path: Path) -> Plan:
    """What do this plan's rows promise, and what was reported? `Plan.faults` holds what could not be used.

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
