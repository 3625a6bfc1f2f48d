"""The colour algebra: is a promise kept, nearly kept, missed, or can it not be said?

The door is `judge_indicator`. One module per kind of target; `states` for what cannot be scored.
"""

from wardmote.evidence.targets.status.judge import find_target, judge_indicator, judge_target, leave_unjudged

__all__ = ["find_target", "judge_indicator", "judge_target", "leave_unjudged"]
