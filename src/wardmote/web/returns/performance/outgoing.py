"""Whole plans on their way out: the files and what their workbook loses, kept while the plan says the same.

A workbook is written and read back to know what it loses, which takes a second. What is made is kept under a digest
of everything it was made of, and of nothing else: no reader can be given the words of another plan, of an earlier
state of it, or such as are hidden from them.
"""

import json
from collections import OrderedDict
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock

from wardmote.evidence.interface import list_workbook_losses, write_plan_file
from wardmote.evidence.targets.plan_file import PlanFile
from wardmote.web.plans.interface import Plan
from wardmote.web.returns.performance.plan_files import export_plan_file

_MOST_KEPT = 64
_MOST_BYTES = 32 * 1024 * 1024
type _Key = tuple[str, str]


def write_outgoing(plan: Plan, form: str, *, with_unsigned_texts: bool) -> bytes:
    """The whole plan as a file: json, yaml or xlsx.

    `with_unsigned_texts`: with what was written beside values that nobody has signed off yet.
    """
    plan_file = export_plan_file(plan, with_unsigned_texts=with_unsigned_texts)
    return _KEPT.find((form, _digest(plan_file)), lambda: _write(plan_file, form))


def list_lost_in_workbook(plan: Plan) -> tuple[str, ...]:
    """What the plan's workbook does not hold, a line each, as whoever may see the plan may read it."""
    plan_file = export_plan_file(plan, with_unsigned_texts=False)
    found = _KEPT.find(("losses", _digest(plan_file)), lambda: json.dumps(list_workbook_losses(plan_file)).encode())
    return tuple(json.loads(found))


def _digest(plan_file: PlanFile) -> str:
    return sha256(repr(plan_file).encode("utf-8", "surrogatepass")).hexdigest()


def _write(plan_file: PlanFile, form: str) -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"plan.{form}"
        write_plan_file(plan_file, path)
        return path.read_bytes()


class _Kept:
    """What was made last, the least asked for going first. One for each process."""

    def __init__(self) -> None:
        self._kept: OrderedDict[_Key, bytes] = OrderedDict()
        self._lock = Lock()
        self._making = Lock()

    def find(self, key: _Key, make: Callable[[], bytes]) -> bytes:
        """What is kept under the key; else it is made, and several who ask at once wait for one answer."""
        held = self._get(key)
        if held is not None:
            return held
        with self._making:
            held = self._get(key)
            if held is None:
                held = make()
                self._keep(key, held)
        return held

    def _get(self, key: _Key) -> bytes | None:
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def _keep(self, key: _Key, content: bytes) -> None:
        with self._lock:
            self._kept[key] = content
            while len(self._kept) > _MOST_KEPT or sum(map(len, self._kept.values())) > _MOST_BYTES:
                self._kept.popitem(last=False)


_KEPT = _Kept()
