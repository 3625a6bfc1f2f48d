"""Does a status rest on so few that it should be marked?"""

from wardmote.evidence.targets.kinds import CountPerPeriod, Frequency, Milestone, Target
from wardmote.evidence.targets.status.case import Case

#: What an organisation does is counted whole, with no chance in it: six schools of four promised are six.
_CERTAIN = (CountPerPeriod, Frequency, Milestone)


def is_small(case: Case, target: Target) -> bool:
    """Whether a numerator or denominator lies below the set floor. A bare percentage does not show its own."""
    value = case.value
    if isinstance(target, _CERTAIN):
        return False
    if value.part is not None and value.whole:
        behind: list[float | None] = [value.part, value.whole]
    else:
        behind = [value.count, value.number if value.shape == "count" else None]
    return any(number is not None and number < case.settings.small_number for number in behind)
