"""Values, overrides and plan versions in a small world."""

from datetime import date
from typing import Any

from support.web.world import NOW, World
from wardmote.evidence.interface import encode_value
from wardmote.evidence.targets.plan import Value
from wardmote.web.foundation.writes import writing
from wardmote.web.partnerships.states import Role
from wardmote.web.plans.models import Indicator, Plan, Priority, Target
from wardmote.web.returns.models import Quarter, Return, ReturnVersion, StatusOverride
from wardmote.web.returns.states import ReturnState

QUARTERS = {
    "2025/26Q3": (date(2025, 10, 1), date(2025, 12, 31)),
    "2025/26Q4": (date(2026, 1, 1), date(2026, 3, 31)),
    "2026/27Q1": (date(2026, 4, 1), date(2026, 6, 30)),
    "2026/27Q2": (date(2026, 7, 1), date(2026, 9, 30)),
}


def report(world: World, ref: str, period: str = "2026/27Q2", **given: Any) -> ReturnVersion:
    """Submit and sign off a value for an indicator; a second time it is a revision after sign-off."""
    start, end = QUARTERS[period]
    with writing(by=None, verb="test.value_reported", partnership=world.partnership):
        quarter = find_quarter(world, period)
        row, _ = Return.objects.get_or_create(
            partnership=world.partnership,
            quarter=quarter,
            indicator=world.indicators[ref],
            organisation=world.indicators[ref].owner,
        )
        number = row.versions.count() + 1
        shape = given.pop("shape", "x_of_y" if "part" in given else "count")
        value = Value(period, start, end, shape=shape, **given)
        version = ReturnVersion.objects.create(
            partnership=world.partnership,
            of=row,
            number=number,
            kind="submitted" if number == 1 else "revised",
            value=encode_value(value),
            numerator=value.part,
            denominator=value.whole,
            amount=value.best,
            reason="the first count left a team out" if number > 1 else "",
            submitted_at=NOW,
            submitted_by=world.people[Role.CONTRIBUTOR].pk,
            signed_off_at=NOW,
            signed_off_by=world.people[Role.LEAD].pk,
            is_after_sign_off=number > 1,
        )
        row.version, row.state = version, ReturnState.SIGNED_OFF
        row.signed_off_at, row.signed_off_by = NOW, world.people[Role.LEAD].pk
        row.save()
    return version


def find_quarter(world: World, period: str) -> Quarter:
    """The quarter of the world's plan, opened where it is not there yet; inside a write."""
    start, end = QUARTERS[period]
    found, _ = Quarter.objects.get_or_create(
        plan=world.plan,
        period=period,
        defaults={
            "partnership": world.partnership,
            "starts_on": start,
            "ends_on": end,
            "opened_at": NOW,
            "due_on": end,
        },
    )
    return found


def override(world: World, ref: str, status: str, period: str = "2026/27Q2") -> StatusOverride:
    """Set a status by hand."""
    with writing(by=None, verb="test.status_set", partnership=world.partnership):
        return StatusOverride.objects.create(
            partnership=world.partnership,
            indicator=world.indicators[ref],
            period=period,
            status=status,
            reason="the survey was cut short",
            set_by=world.people[Role.LEAD].pk,
            set_by_name="the lead for safer homes",
            set_at=NOW,
        )


def copy_plan(world: World) -> Plan:
    """The next version of the world's plan, with the same measures and no returns of its own."""
    old = world.plan
    with writing(by=None, verb="test.plan_revised", partnership=world.partnership):
        new = Plan.objects.create(
            partnership=world.partnership, lineage=old.lineage, version=old.version + 1, predecessor=old,
            title=old.title, starts_on=old.starts_on, ends_on=old.ends_on, state="adopted", made_at=NOW,
        )  # fmt: skip
        common = {"partnership": world.partnership, "plan": new}
        priority = Priority.objects.create(**common, number=1, title="Safer homes", lead=world.priority.lead)
        for ref, row in world.indicators.items():
            copy = Indicator.objects.create(
                **common, priority=priority, ref=ref, number=row.number, title=row.title, unit=row.unit,
                shape=row.shape, polarity=row.polarity, owner=row.owner, series=row.series,
            )  # fmt: skip
            for target in row.targets.all():
                Target.objects.create(
                    **common, indicator=copy, text=target.text, spec=target.spec, valid_from=target.valid_from,
                    set_at=NOW,
                )  # fmt: skip
    return new
