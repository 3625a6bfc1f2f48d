"""A target that asks for less than the one before it."""

from collections.abc import Iterator

from wardmote.evidence.targets.bounds import Bound, Move, find_effect, find_promise, list_moves
from wardmote.evidence.targets.plan import Indicator, Plan
from wardmote.evidence.targets.statuses import RowWarning, Settings

RULE = "target_eased"
QUESTION = "Does the target ask for less than the one before it?"
EXAMPLE = "The target was eased: at least 95%, after at least 100%."


def find(plan: Plan, indicator: Indicator, _settings: Settings) -> Iterator[RowWarning]:
    for move in list_moves(plan, indicator):
        old, new = find_promise(move.old.target), find_promise(move.new.target)
        if old and new and find_effect(move.old.target, move.new.target) == "easier":
            yield RowWarning(RULE, _describe(indicator, move, old, new))


def _describe(indicator: Indicator, move: Move, old: Bound, new: Bound) -> str:
    side = "" if old.what in ("level", "path") else f"{old.what} "
    row = f" in {move.from_row}" if move.from_row else ""
    moved = f"{side}{new.words}, after {side}{old.words}{row}"
    # Where more can be good or bad, nobody may say that asking for less is easier.
    return f"The target was {'moved' if indicator.polarity == 'contested' else 'eased'}: {moved}."
