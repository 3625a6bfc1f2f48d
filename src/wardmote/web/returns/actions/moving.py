"""When a revised plan is adopted, open quarters go on with it: by series, with nothing that was typed lost."""

from typing import Any

from wardmote.web.foundation.writes import writing
from wardmote.web.partnerships.interface import Person
from wardmote.web.plans.interface import Indicator, Plan, after_adoption
from wardmote.web.returns.actions.quarters import find_owner, list_asked, make_returns
from wardmote.web.returns.calendar import find_quarter
from wardmote.web.returns.models import Quarter, Return
from wardmote.web.returns.states import QuarterState, ReturnState


@after_adoption
def move_open_quarters(old: Plan, plan: Plan, by: Person | None) -> None:
    """Move the open quarters of the version that ends to the one that begins, as far as that one reaches back."""
    quarters = Quarter.objects.filter(
        partnership=plan.partnership_id, plan=old, state=QuarterState.OPEN, is_historic=False,
        starts_on__gte=plan.starts_on, ends_on__lte=plan.ends_on,
    )  # fmt: skip
    for quarter in quarters.select_related("partnership"):
        _move_quarter(quarter, plan, by)


def _move_quarter(quarter: Quarter, plan: Plan, by: Any) -> None:
    with writing(by=by, verb="returns.quarter_moved", partnership=plan.partnership, subject=quarter) as write:
        asked = list_asked(plan, find_quarter(quarter.ends_on))
        by_series = {indicator.series: indicator for indicator in asked}
        quarter.plan = plan
        quarter.save()
        taken = {_move_return(ret, by_series) for ret in quarter.returns.select_related("indicator")}
        new = [indicator for indicator in asked if indicator.series not in taken]
        write.facts["new_returns"] = len(make_returns(quarter, new))


def _move_return(ret: Return, by_series: dict[Any, Indicator]) -> Any:
    """Hang a return on the new version's indicator, or close it with its draft kept; its series."""
    series = ret.indicator.series
    indicator = by_series.get(series)
    if indicator is None:
        if ret.state != ReturnState.SIGNED_OFF:
            ret.state = ReturnState.CLOSED
    else:
        ret.indicator = indicator
        if ret.state == ReturnState.OWED:
            ret.organisation = find_owner(indicator, ret.quarter.ends_on)
        if ret.state == ReturnState.CLOSED:
            ret.state = ReturnState.DRAFT if ret.draft else ReturnState.OWED
    ret.save()
    return series
