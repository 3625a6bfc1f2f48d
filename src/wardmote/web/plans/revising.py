"""When a plan is to be revised: as the app says that keeps what the law asks; a year after its adoption without one."""

from collections.abc import Callable
from datetime import date

from wardmote.web.plans.models import Plan

_LEAP_DAY = (2, 29)
#: Answers by which day the plan in force is to be looked at again; None where nothing asks for it.
RevisionKnower = Callable[[Plan], date | None]
_knowers: list[RevisionKnower] = []


def know_revision(knower: RevisionKnower) -> RevisionKnower:
    """Have the day of the revision answered by another app, everywhere alike: the last that asks for it answers."""
    _knowers.append(knower)
    return knower


def find_revision_due(plan: Plan) -> date | None:
    """The day by which a plan is to be revised (SI 2007/1830, regulation 10); None where nothing asks for it."""
    return _knowers[-1](plan) if _knowers else count_a_year(plan)


def count_a_year(plan: Plan) -> date:
    """A year after the plan's adoption; after 29 February the 28th."""
    since = plan.adopted_on or plan.starts_on
    day = 28 if (since.month, since.day) == _LEAP_DAY else since.day
    return date(since.year + 1, since.month, day)
