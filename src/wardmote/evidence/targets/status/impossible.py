"""Can a figure be right at all? What cannot be is never scored, however well it would do.

60 of 50 is 120%, and would meet any target. A share of a whole lies between 0 and 100%; a target above 100% tells that
the percentage is of something else (of last year, of a norm), and then any figure may be right.
"""

from wardmote.evidence.targets.bounds import find_level
from wardmote.evidence.targets.kinds import Benchmark, RelativeChange, Simple
from wardmote.evidence.targets.plan import Value
from wardmote.evidence.targets.status.case import Case
from wardmote.evidence.targets.status.words import show_number

_TO_DO = "look at the figure where it came from and put it right"


def explain_impossible(case: Case, target: Simple) -> str:
    """Why can this value not be right, and what is to be done? "" where it can."""
    value = case.value
    counts = _explain_counts(value)
    if counts:
        return f"{counts}, which cannot be right: {_TO_DO}"
    if value.shape == "percent_change" and value.number is not None and value.number < -100:
        return f"a fall of {show_number(-value.number)}% is more than all there was, which cannot be right: {_TO_DO}"
    if not case.is_share or value.best is None or 0 <= value.best <= 100 or not _is_of_whole(target, value):
        return ""
    side = "more than all of the whole" if value.best > 100 else "less than none of the whole"
    instead = "; if it is no share of a whole, say in its unit what it is"
    return f"{show_number(value.best)}% is {side}, which cannot be right: {_TO_DO}{instead}"


def _explain_counts(value: Value) -> str:
    wholes = [whole for whole in (value.whole, value.whole_alternative) if whole is not None]
    if value.part is None or not wholes:
        return ""
    if value.part < 0 or min(wholes) < 0:
        return f"{show_number(value.part)} of {show_number(min(wholes))} counts fewer than none"
    if value.part > min(wholes):
        return f"{show_number(value.part)} of {show_number(min(wholes))}: the part is larger than its whole"
    return ""


def _is_of_whole(target: Simple, value: Value) -> bool:
    """Whether the percentage is one of a whole, as far as counts behind it or the target's own level tell."""
    if value.part is not None or value.shape == "x_of_y":
        return True
    if isinstance(target, RelativeChange) and target.base.value is None:
        return False  # a percentage held to a change without a base may be the change itself
    if isinstance(target, Benchmark):
        return target.comparator_value is None or target.comparator_value <= 100
    bound = find_level(target)
    return bound is None or bound.level <= 100
