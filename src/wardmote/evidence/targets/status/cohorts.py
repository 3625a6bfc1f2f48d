"""A percentage of a named group: "80% of Year 12"."""

from wardmote.evidence.targets.kinds import CohortShare
from wardmote.evidence.targets.status.case import Case, make_grey
from wardmote.evidence.targets.status.levels import is_floor, is_met, score_level
from wardmote.evidence.targets.status.projections import is_projected, judge_projection
from wardmote.evidence.targets.status.words import show_limit, show_measure, show_number
from wardmote.evidence.targets.statuses import PeriodStatus

#: A running share is final at the end of a financial, calendar or academic year.
_LAST_MONTHS = (3, 7, 8, 12)


def judge_cohort(case: Case, target: CohortShare) -> PeriodStatus:
    """Score the share of a group that was reached; a number of people without the group's size is no share."""
    value = case.value
    if not case.is_share:
        number = show_number(value.best or 0.0)
        why = f"{number} were reached, and how many there are ({target.cohort}) is not said"
        return make_grey(case, "denominator", why, target=target.percent)
    if is_projected(value):
        return judge_projection(case, target.operator, target.percent)
    if _is_running(case) and is_floor(target.operator) and not is_met(value.best or 0, target.operator, target.percent):
        limit = show_limit(target.operator, target.percent, "percent")
        why = f"{show_measure(value.best or 0.0, 'percent')} so far against {limit}, and the year is not over"
        return make_grey(case, "not_due", why + case.doubts, target=target.percent)
    return score_level(case, target.operator, target.percent, tail=f"; of {target.cohort}" if target.cohort else "")


def _is_running(case: Case) -> bool:
    value = case.value
    return value.basis == "cumulative" and value.end is not None and value.end.month not in _LAST_MONTHS
