"""What a person settles of a plan on its way in: what it is called, which days it covers, whose rows of no owner are.

A workbook says none of the first two: its title is to be given, and its days are proposed from the financial years
that its values and targets name.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from wardmote.evidence.model.errors import Fault
from wardmote.evidence.targets.plan_file import PlanFile
from wardmote.web.partnerships.interface import Agency, Organisation, Partnership, find_organisation
from wardmote.web.plans.interface import Plan, PlanState, get_current_plan, list_plans
from wardmote.web.returns.calendar import find_quarter

#: How a file is called while it is read, and so a plan that has no title of its own.
UNNAMED = "plan"
_UNKNOWN = "unknown_organisation"


@dataclass(frozen=True, slots=True)
class Choices:
    """The title, the first and last day, and the agency's name for owners that the register does not know.

    `past_because`: why its values are the past of the plan that is worked on; "" where they are not to be.
    """

    title: str
    starts_on: date
    ends_on: date
    owners: dict[str, str] = field(default_factory=dict)
    past_because: str = ""


def propose_choices(plan_file: PlanFile, partnership: Partnership, today: date) -> Choices:
    """What the file says itself; else the financial years it names, and a title made of them."""
    starts_on, ends_on = find_days(plan_file, today)
    title = plan_file.title
    if title in ("", UNNAMED):
        years = f"{starts_on.year}" if starts_on.year == ends_on.year else f"{starts_on.year} to {ends_on.year}"
        title = f"{partnership.name}: plan {years}"
    return Choices(title[:200], starts_on, ends_on)


def find_days(plan_file: PlanFile, today: date) -> tuple[date, date]:
    """The plan's own days; where it says none, whole financial years that hold all it speaks of."""
    rows = plan_file.plan.indicators
    days = [day for row in rows for value in row.values for day in (value.start, value.end) if day]
    days += [day for row in rows for one in row.targets for day in (one.valid_from, one.valid_to) if day]
    first, last = min(days, default=today), max(days, default=today)
    starts_on = plan_file.starts_on or _begin_year(first)
    ends_on = plan_file.ends_on or _begin_year(max(last, starts_on), years=1) - timedelta(days=1)
    return starts_on, ends_on


def _begin_year(day: date, *, years: int = 0) -> date:
    """The first day of the financial year that holds a day, or of one so many years later."""
    quarter = find_quarter(day)
    return date(day.year - (quarter.number == 4) + years, 4, 1)


def find_served_plan(partnership: Partnership) -> Plan | None:
    """The plan whose past an older one can be: the one in force, else the newest that is worked on."""
    worked_on = list_plans(partnership).filter(is_historic=False)
    return (
        get_current_plan(partnership)
        or worked_on.exclude(state__in=(PlanState.SUPERSEDED, PlanState.WITHDRAWN)).first()
    )


def apply_choices(plan_file: PlanFile, choices: Choices) -> PlanFile:
    """The file with the title, the days and the owners that were chosen."""
    old = plan_file.title
    rows = tuple(
        replace(
            row, plan=choices.title if row.plan == old else row.plan, owner=choices.owners.get(row.owner, row.owner)
        )
        for row in plan_file.plan.indicators
    )
    actions = tuple(replace(one, owner=choices.owners.get(one.owner, one.owner)) for one in plan_file.actions)
    plan = replace(plan_file.plan, title=choices.title, indicators=rows)
    return replace(plan_file, plan=plan, actions=actions, starts_on=choices.starts_on, ends_on=choices.ends_on)


def count_unknown_owners(plan_file: PlanFile, on: date) -> Counter[str]:
    """How many rows and actions name an owner that the register does not know, by name."""
    owners = [*(row.owner for row in plan_file.plan.indicators), *(action.owner for action in plan_file.actions)]
    named = Counter(owner for owner in owners if owner.strip())
    return Counter({name: count for name, count in named.items() if find_organisation(name, on) is None})


def list_agencies(partnership: Partnership) -> list[Organisation]:
    """The bodies that may own a row: those that sit in the partnership now."""
    seats = Agency.objects.filter(partnership=partnership, ended_on=None).values("organisation")
    return list(Organisation.objects.filter(pk__in=seats).order_by("name"))


def group_faults(faults: Iterable[Fault], unknown: Counter[str]) -> list[Fault]:
    """The faults with all unknown owners in one of them, the most frequent first."""
    others = [fault for fault in faults if fault.code != _UNKNOWN]
    if not unknown:
        return others
    names = ", ".join(f"'{name}' ({count})" for name, count in unknown.most_common())
    rows = sum(unknown.values())
    found = f"{rows} {'row names' if rows == 1 else 'rows name'} an owner that is no agency here: {names}"
    fault = Fault(found, to_do="Choose an agency below, or later in the plan", severity="warning", rows=rows,
                  code=_UNKNOWN)  # fmt: skip
    return [fault, *others]
