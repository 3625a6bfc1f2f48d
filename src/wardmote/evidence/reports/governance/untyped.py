"""A judged plan without a word that was typed into a return: for a paper that is published."""

from dataclasses import replace

from wardmote.evidence.reports.performance.words import explain_grey
from wardmote.evidence.targets.accounts import JudgedPlan
from wardmote.evidence.targets.codes import WHYS
from wardmote.evidence.targets.kinds import Milestone
from wardmote.evidence.targets.plan import Indicator
from wardmote.evidence.targets.statuses import IndicatorStatus, PeriodStatus
from wardmote.evidence.targets.versions import find_version_in_force


def take_out_typed(judged: JudgedPlan) -> JudgedPlan:
    """What is left of a judged plan where no text of a return may be printed?

    Numbers, counts and steps done stay. Of words only what they came to stays: done or not done, and when it was due.
    """
    rows = zip(judged.plan.indicators, judged.statuses, strict=True)
    statuses = tuple(_take_out(indicator, status) for indicator, status in rows)
    indicators = tuple(
        replace(row, values=tuple(replace(value, text="", narrative="", note="") for value in row.values))
        for row in judged.plan.indicators
    )
    return replace(judged, plan=replace(judged.plan, indicators=indicators), statuses=statuses)


def _take_out(indicator: Indicator, status: IndicatorStatus) -> IndicatorStatus:
    typed = {value.period for value in indicator.values if value.text}
    periods = tuple(_say_plainly(indicator, one) if one.period in typed else one for one in status.periods)
    return replace(status, periods=periods)


def _say_plainly(indicator: Indicator, period: PeriodStatus) -> PeriodStatus:
    """The status of words, said without them."""
    day = next((value.end for value in indicator.values if value.period == period.period), None)
    held = find_version_in_force(indicator, day)
    target = held.target if held else None
    if period.status == "grey":
        return replace(period, shown_value="", why=explain_grey(period))
    if not isinstance(target, Milestone):
        return replace(period, shown_value="reported in words", why=WHYS[period.why_code])
    shown = "done" if period.status == "green" else "not done"
    due = f"; it was due on {target.due.day} {target.due:%B %Y}" if target.due and period.status == "red" else ""
    return replace(period, shown_value=shown, why=f"reported as {shown}{due}")
