"""An action plan from its file, whichever of the three forms it has."""

from pathlib import Path

from wardmote.evidence.model.errors import UsageError
from wardmote.evidence.sources.action_plan.json_plan import read_json_plan
from wardmote.evidence.targets.plan import Plan

ENDINGS = (".json",)


def read_plan(path: Path) -> Plan:
    """What do this plan's rows promise, and what was reported? `Plan.faults` holds what could not be used.

    Raises UsageError for an ending that is not known, UnreadableInputError where nothing can be read.
    """
    ending = path.suffix.lower()
    if ending == ".json":
        return read_json_plan(path)
    raise UsageError(f"'{path.name}' is no file of an action plan", expected="a file ending in " + ", ".join(ENDINGS))
