"""A target that changed, and nobody wrote down why."""

from collections.abc import Iterator

from wardmote.evidence.targets.bounds import Move, find_promise, is_same_promise, list_moves
from wardmote.evidence.targets.kinds import NoTarget, TargetVersion
from wardmote.evidence.targets.plan import Indicator, Plan
from wardmote.evidence.targets.statuses import RowWarning, Settings

RULE = "target_changed_silently"
QUESTION = "Is there a reason for every change of target?"
EXAMPLE = "The target changed from at least 40% to at least 30%, and no reason is given."


def find(plan: Plan, indicator: Indicator, _settings: Settings) -> Iterator[RowWarning]:
    for move in list_moves(plan, indicator):
        if move.new.reason_for_change.strip() or is_same_promise(move) or not _is_plain(move):
            continue
        row = f" (in {move.from_row})" if move.from_row else ""
        changed = f"The target changed from {_write(move.old)}{row} to {_write(move.new)}"
        yield RowWarning(RULE, f"{changed}, and no reason is given.")


def _is_plain(move: Move) -> bool:
    """Whether a promise was there to be changed; of two rows' promises only those of one kind can be told apart."""
    if isinstance(move.old.target, NoTarget):
        return False
    is_comparable = find_promise(move.old.target) is not None and find_promise(move.new.target) is not None
    return not move.from_row or is_comparable


def _write(version: TargetVersion) -> str:
    if version.text.strip():
        return f'"{version.text.strip()}"'
    if isinstance(version.target, NoTarget):
        return "no target"
    bound = find_promise(version.target)
    return f"{'' if bound.what in ('level', 'path') else bound.what + ' '}{bound.words}" if bound else "another kind"
