"""At least so often: each occurrence needs evidence."""

from dataclasses import replace

from wardmote.evidence.targets.kinds import CountPerPeriod, Frequency
from wardmote.evidence.targets.status.case import Case, make_grey
from wardmote.evidence.targets.status.counts import judge_count
from wardmote.evidence.targets.status.states import says_ongoing
from wardmote.evidence.targets.statuses import PeriodStatus


def judge_frequency(case: Case, target: Frequency) -> PeriodStatus:
    """Score how often something happened; words without a number are no evidence of an occurrence."""
    number = case.value.best
    if number is None and case.value.checks:
        number = float(sum(case.value.checks))
    if number is None:
        return _judge_words(case, target)
    counted = CountPerPeriod(">=", target.times, target.thing, target.span)
    return judge_count(_as_count(case, number), counted)


def _judge_words(case: Case, target: Frequency) -> PeriodStatus:
    if says_ongoing(case.value):
        return make_grey(case, "ongoing", f"described as going on all the time, with no {target.thing} counted")
    thing = target.thing or "occurrence"
    return make_grey(case, "no_data", f"activity is described, and no single {thing} is evidenced")


def _as_count(case: Case, number: float) -> Case:
    return replace(case, value=replace(case.value, number=number, checks=(), shape="count"))
