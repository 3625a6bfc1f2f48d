"""A partnership at its busiest: agencies, contributors who are signed in already, and a return for each of them.

Run inside an installation; prints what a client needs to work as each contributor.
"""

import json
import sys
from datetime import date
from typing import Any
from uuid import uuid4

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from support.web.world import AT_LEAST_80, NOW, TODAY
from wardmote.web.foundation.writes import writing
from wardmote.web.partnerships.models import Agency, Membership, Organisation, Partnership, Person
from wardmote.web.plans.models import Indicator, Plan, Priority, Target
from wardmote.web.returns.models import Quarter, Return

AGENCIES, CONTRIBUTORS, INDICATORS = 8, 200, 60
QUARTERS = (("2025/26Q3", 2025, 10), ("2025/26Q4", 2026, 1), ("2026/27Q1", 2026, 4), ("2026/27Q2", 2026, 7))
_BACKEND = "django.contrib.auth.backends.ModelBackend"


def make_busy_partnership(contributors: int = CONTRIBUTORS, indicators: int = INDICATORS) -> list[dict[str, str]]:
    """Make it; a client's session, return and name for each contributor, no two with the same return."""
    with writing(by=None, verb="test.busy_made"):
        partnership = Partnership.objects.create(name="Busy", slug="busy", needs_second_step=False)
        bodies = [Organisation.objects.create(name=f"Body {n}", kind="other") for n in range(AGENCIES)]
        for body in bodies:
            Agency.objects.create(partnership=partnership, organisation=body, standing="responsible")
        people = [_make_contributor(partnership, bodies[n % AGENCIES], n) for n in range(contributors)]
        returns = _make_returns(partnership, bodies, indicators)
    with writing(by=None, verb="test.busy_opened", partnership=partnership):
        pass  # a partnership has a chain of its own from its first day
    waiting = {body.pk: [ret for ret in returns if ret.organisation_id == body.pk] for body in bodies}
    return [_describe(person, waiting[person.organisation_id].pop()) for person in people]


def _make_contributor(partnership: Partnership, body: Organisation, number: int) -> Person:
    person = Person(email=f"c{number}@busy.example.org", name=f"Contributor {number}", organisation=body, seen_on=TODAY)
    person.set_unusable_password()
    person.save()
    Membership.objects.create(
        partnership=partnership, person=person, role="contributor", organisation=body, given_at=NOW, confirmed_on=TODAY
    )
    return person


def _make_returns(partnership: Partnership, bodies: list[Organisation], count: int) -> list[Return]:
    common: dict[str, Any] = {"partnership": partnership}
    plan = Plan.objects.create(
        **common, lineage=uuid4(), title="Busy plan", starts_on=date(2025, 4, 1), ends_on=date(2028, 3, 31),
        state="adopted", adopted_on=date(2025, 4, 1), made_at=NOW,
    )  # fmt: skip
    common["plan"] = plan
    priority = Priority.objects.create(**common, number=1, title="Everything")
    indicators = Indicator.objects.bulk_create(
        Indicator(**common, priority=priority, ref=f"P1-{n}", number=n, title=f"Felt safer {n}", numerator="felt safer",
                  denominator="asked", unit="percent", shape="x_of_y", polarity="higher", owner=bodies[n % AGENCIES],
                  series=uuid4())
        for n in range(count)
    )  # fmt: skip
    Target.objects.bulk_create(
        Target(**common, indicator=each, text="at least 80%", spec=AT_LEAST_80, set_at=NOW) for each in indicators
    )
    returns = []
    for period, year, month in QUARTERS:
        ends_on = date(year, month + 2, 30 if month in (4, 7) else 31)
        quarter = Quarter.objects.create(
            **common, period=period, starts_on=date(year, month, 1), ends_on=ends_on, opened_at=NOW,
            due_on=date(2026, 12, 31),
        )  # fmt: skip
        returns += [
            Return(partnership=partnership, quarter=quarter, indicator=each, organisation=each.owner)
            for each in indicators
        ]
    return Return.objects.bulk_create(returns)


def _describe(person: Person, ret: Return) -> dict[str, str]:
    session = SessionStore()
    session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(person.pk), _BACKEND
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    return {"session": session.session_key or "", "ret": str(ret.pk), "person": str(person.pk)}


if __name__ == "__main__":
    print(json.dumps(make_busy_partnership(*map(int, sys.argv[1:]))))  # noqa: T201
