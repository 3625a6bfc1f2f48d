"""A small world for tests: partnerships with a person in every role, a plan, its indicators, an open quarter.

    world = make_world("ashmere")
    world.people[Role.CONTRIBUTOR], world.indicators["P1-1"], world.returns["P1-1"]

Two worlds made with different names share nothing but the register of organisations' kinds.
"""

from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

from django.test import Client

from wardmote.web.foundation.writes import has_current_write, writing
from wardmote.web.partnerships.models import Agency, Membership, Organisation, Partnership, Person
from wardmote.web.partnerships.states import Role
from wardmote.web.plans.models import Indicator, Plan, Priority, Target
from wardmote.web.returns.models import Quarter, Return

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
TODAY = NOW.date()
PASSWORD = "correct horse battery staple"
AT_LEAST_80 = {"kind": "threshold", "operator": ">=", "value": 80.0}


@dataclass
class World:
    """One partnership and all that is in it."""

    partnership: Partnership
    police: Organisation
    council: Organisation
    people: dict[Role, Person] = field(default_factory=dict)
    plan: Plan = None  # type: ignore[assignment]
    priority: Priority = None  # type: ignore[assignment]
    indicators: dict[str, Indicator] = field(default_factory=dict)
    quarter: Quarter = None  # type: ignore[assignment]
    returns: dict[str, Return] = field(default_factory=dict)

    def sign_in(self, role: Role | None) -> Client:
        """A browser in which the person of this role is signed in; None is nobody."""
        client = Client()
        if role is not None:
            client.force_login(self.people[role], backend="django.contrib.auth.backends.ModelBackend")
        return client


def make_person(email: str, **fields: Any) -> Person:
    person = Person(email=email, name=fields.pop("name", email.split("@", maxsplit=1)[0].title()), **fields)
    person.set_password(PASSWORD)
    with writing(by=None, verb="test.person_made") if not has_current_write() else nullcontext():
        person.save()
    return person


def give_role(
    person: Person, partnership: Partnership, role: Role, organisation: Organisation | None = None
) -> Membership:
    is_part = has_current_write()
    with nullcontext() if is_part else writing(by=None, verb="test.role_given", partnership=partnership):
        return Membership.objects.create(
            partnership=partnership,
            person=person,
            role=role,
            organisation=organisation,
            given_at=NOW,
            confirmed_on=TODAY,
        )


def make_world(name: str = "ashmere", **settings: Any) -> World:
    """A partnership whose people need no second step; the police contribute P1-1 and P1-2, the council P1-3."""
    with writing(by=None, verb="test.world_made"):
        partnership = Partnership.objects.create(
            name=f"{name.title()} Partnership", slug=name, **{"needs_second_step": False, **settings}
        )
        police = Organisation.objects.create(name=f"{name.title()} Police", kind="police")
        council = Organisation.objects.create(name=f"{name.title()} Council", kind="council")
        for body in (police, council):
            Agency.objects.create(partnership=partnership, organisation=body, standing="responsible")
        world = World(partnership, police, council)
        for role in Role:
            body = police if role == Role.CONTRIBUTOR else council
            world.people[role] = make_person(f"{role}@{name}.example.org", organisation=body)
    with writing(by=None, verb="test.roles_given", partnership=partnership):
        for role in Role:
            give_role(world.people[role], partnership, role, police if role == Role.CONTRIBUTOR else None)
    _make_plan(world)
    return world


def _make_plan(world: World) -> None:
    common = {"partnership": world.partnership}
    with writing(by=None, verb="test.plan_made", partnership=world.partnership):
        world.plan = Plan.objects.create(
            **common, lineage=uuid4(), starts_on=date(2026, 4, 1), ends_on=date(2029, 3, 31),
            title="Safer plan 2026-29", state="adopted", adopted_on=date(2026, 4, 1), made_at=NOW,
        )  # fmt: skip
        common["plan"] = world.plan
        world.priority = Priority.objects.create(**common, number=1, title="Safer homes", lead=world.people[Role.LEAD])
        for number, owner in ((1, world.police), (2, world.police), (3, world.council)):
            ref = f"P1-{number}"
            indicator = Indicator.objects.create(
                **common, priority=world.priority, ref=ref, number=number, title=f"Victims who felt safer ({number})",
                numerator="victims who felt safer", denominator="victims asked", unit="percent", shape="x_of_y",
                polarity="higher", owner=owner, series=uuid4(),
            )  # fmt: skip
            Target.objects.create(
                **common,
                indicator=indicator,
                text="at least 80%",
                spec=AT_LEAST_80,
                valid_from=date(2026, 4, 1),
                set_at=NOW,
            )
            world.indicators[ref] = indicator
        world.quarter = Quarter.objects.create(
            partnership=world.partnership, plan=world.plan, period="2026/27Q2", starts_on=date(2026, 7, 1),
            ends_on=date(2026, 9, 30), opened_at=NOW, due_on=date(2026, 11, 30),
        )  # fmt: skip
        for ref, indicator in world.indicators.items():
            world.returns[ref] = Return.objects.create(
                partnership=world.partnership, quarter=world.quarter, indicator=indicator, organisation=indicator.owner
            )
