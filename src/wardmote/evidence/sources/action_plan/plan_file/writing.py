"""A plan file to bytes: JSON that is the same for the same plan, YAML for people, a workbook for those who must."""

import json
from collections.abc import Callable
from pathlib import Path

from wardmote.evidence.model.errors import UsageError
from wardmote.evidence.sources.action_plan.plan_file.describing import describe_plan_file
from wardmote.evidence.sources.action_plan.plan_file.plain_yaml import dump_yaml
from wardmote.evidence.sources.action_plan.plan_file.workbook import build_plan_workbook
from wardmote.evidence.targets.plan_file import PlanFile


def write_plan_file(plan_file: PlanFile, path: Path) -> None:
    """Write the plan in the form that the ending names: .json, .yaml, .yml or .xlsx. A file that is there is replaced.

    The same plan always makes the same bytes. A workbook holds the indicators and their values only, as far as the
    template's columns go. Raises UsageError for another ending, and for a number that is endless or none.
    """
    writer = _WRITERS.get(path.suffix.lower())
    if writer is None:
        raise UsageError(f"'{path.name}' is no form of a plan", expected="a name ending in " + ", ".join(_WRITERS))
    content = writer(plan_file)  # first, so that a plan that cannot be written leaves the old file alone
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _write_json(plan_file: PlanFile) -> bytes:
    text = json.dumps(describe_plan_file(plan_file), ensure_ascii=False, indent=1, sort_keys=True, allow_nan=False)
    return (text + "\n").encode("utf-8", "replace")


def _write_yaml(plan_file: PlanFile) -> bytes:
    return dump_yaml(describe_plan_file(plan_file)).encode("utf-8", "replace")


_WRITERS: dict[str, Callable[[PlanFile], bytes]] = {
    ".json": _write_json,
    ".yaml": _write_yaml,
    ".yml": _write_yaml,
    ".xlsx": build_plan_workbook,
}
