"""The sample partnership on the web: its bodies, people, plans and quarters, so that a newcomer sees a year's work."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from wardmote.evidence.sample.places import MAIN
from wardmote.evidence.sample.plan import SamplePerson, list_sample_agencies, list_sample_people
from wardmote.web.foundation.clock import read_now, read_today
from wardmote.web.foundation.writes import Write, writing
from wardmote.web.partnerships.interface import Agency, Membership, Organisation, Partnership, Person, Role
from wardmote.web.partnerships.models import Succession
from wardmote.web.partnerships.states import OrganisationKind, Standing
from wardmote.web.project.sample_duties import load_duties
from wardmote.web.project.sample_grants import load_grants
from wardmote.web.project.sample_library import load_library
from wardmote.web.project.sample_meetings import load_meetings
from wardmote.web.project.sample_quarters import load_quarters
from wardmote.web.project.sample_risks import load_risks
from wardmote.web.project.sample_scrutiny import load_scrutiny

SLUG = "zellmouth"
_NAME = "Zellmouth Community Safety Partnership (sample)"
_AREA_CODE = MAIN.code  # of no real area: the sample's own
_KINDS = {"fire_and_rescue": OrganisationKind.FIRE}
_RESPONSIBLE = frozenset({"council", "police", "fire", "probation", "health"})
_FORMER = ("Zellmouth Community Rehabilitation Company", "probation", date(2014, 6, 1), date(2021, 6, 26))
_BEGAN = date(2014, 4, 1)
#: What a year of governance leaves behind, in the order in which it builds on what is there.
_GOVERNANCE = (load_meetings, load_risks, load_grants, load_scrutiny, load_duties, load_library)


def find_sample() -> Partnership | None:
    """The sample partnership, where it is loaded."""
    return Partnership.objects.filter(slug=SLUG, is_sample=True).first()


def load_sample(*, by: Person | None, today: date | None = None) -> Partnership:
    """Load the sample partnership, or return the one that is there; `by` becomes its administrator and coordinator.

    Its people have no password: nobody but who holds a printed link of `wardmote serve --sample` can be one of them.
    """
    found = find_sample()
    if found is not None:
        _let_in(found, by)
        return found
    with writing(by=by, verb="sample.loaded") as write:
        partnership, bodies = _make_partnership(write)
    _add_people(partnership, bodies, by)
    day = today or read_today()
    load_quarters(partnership, today=day)
    for load in _GOVERNANCE:
        load(partnership, by=by, today=day)
    return partnership


def _make_partnership(write: Write) -> tuple[Partnership, dict[str, Organisation]]:
    partnership = Partnership.objects.create(
        name=_NAME, slug=SLUG, area_code=_AREA_CODE, is_sample=True, needs_second_step=False, started_on=_BEGAN
    )
    write.subject = partnership
    bodies = {agency.key: _make_body(agency) for agency in list_sample_agencies()}
    for key, body in bodies.items():
        standing = Standing.RESPONSIBLE if key in _RESPONSIBLE else Standing.CO_OPERATING
        Agency.objects.create(partnership=partnership, organisation=body, standing=standing, started_on=_BEGAN)
    _make_former_body(partnership, bodies["probation"])
    return partnership, bodies


def _make_body(agency: Any) -> Organisation:
    kind = _KINDS.get(agency.kind, agency.kind)
    body: Organisation = Organisation.objects.get_or_create(name=agency.name, defaults={"kind": kind})[0]
    return body


def _make_former_body(partnership: Partnership, successor: Organisation) -> None:
    """A body that is gone, under whose name returns of its day still stand."""
    name, kind, started, ended = _FORMER
    former = Organisation.objects.create(name=name, kind=kind, started_on=started, ended_on=ended)
    Agency.objects.create(
        partnership=partnership, organisation=former, standing=Standing.RESPONSIBLE, started_on=started, ended_on=ended
    )
    Succession.objects.create(predecessor=former, successor=successor, on=ended)


def _add_people(partnership: Partnership, bodies: dict[str, Organisation], by: Person | None) -> None:
    now = read_now()
    with writing(by=by, verb="sample.people_added", partnership=partnership):
        for sample in list_sample_people():
            person = _make_person(sample, bodies[sample.agency])
            for role in sample.roles:
                _give_role(partnership, person, Role(role), by, now)
    _let_in(partnership, by)


def _let_in(partnership: Partnership, by: Person | None) -> None:
    """Who opens the sample runs it, also where somebody else has loaded it before."""
    if by is None or Membership.objects.filter(partnership=partnership, person=by, ended_at=None).exists():
        return
    with writing(by=by, verb="sample.opened", partnership=partnership):
        for role in (Role.ADMINISTRATOR, Role.COORDINATOR):
            _give_role(partnership, by, role, by, read_now())


def _make_person(sample: SamplePerson, body: Organisation) -> Person:
    person = Person(email=sample.email, name=sample.name, organisation=body, seen_on=read_today(), wants_digest=False)
    person.set_unusable_password()
    person.save()
    return person


def _give_role(partnership: Partnership, person: Person, role: Role, by: Person | None, now: datetime) -> None:
    """Confirmed a quarter ago, so that the access review which is open has something to ask."""
    Membership.objects.create(
        partnership=partnership, person=person, role=role, given_by=by, given_at=now,
        organisation_id=_find_body(person, role), confirmed_on=now.date() - timedelta(days=80),
    )  # fmt: skip


def _find_body(person: Person, role: Role) -> UUID | None:
    return person.organisation_id if role == Role.CONTRIBUTOR else None
