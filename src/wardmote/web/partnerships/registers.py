"""The register of bodies and the seats of a partnership."""

from datetime import date
from typing import Any

from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.foundation.writes import writing
from wardmote.web.partnerships.models import Agency, Membership, Organisation, Partnership, Person, Succession
from wardmote.web.partnerships.organisations import list_successors
from wardmote.web.partnerships.policies import has_seat

_FIELDS = ("name", "short_name", "aliases", "kind", "started_on", "ended_on")


def can_change_organisation(person: Person, organisation: Organisation, partnership: Partnership) -> bool:
    """A body that sits in other partnerships too is changed by operators alone: the others would not know why."""
    if person.is_operator:
        return True
    return not Agency.objects.filter(organisation=organisation).exclude(partnership=partnership).exists()


def register_organisation(
    *, by: Person, partnership: Partnership, values: dict[str, Any], standing: str, started_on: date | None = None
) -> Organisation:
    """Add a body to the register and give it a seat here."""
    with writing(by=by, verb="organisations.registered", partnership=partnership) as write:
        organisation = Organisation(**{name: values[name] for name in _FIELDS})
        organisation.save()
        write.subject = organisation
        _add_seat(partnership, organisation, standing, started_on)
    return organisation


def _add_seat(partnership: Partnership, organisation: Organisation, standing: str, started_on: date | None) -> Agency:
    return Agency.objects.create(
        partnership=partnership, organisation=organisation, standing=standing, started_on=started_on
    )  # fmt: skip


def add_agency(
    *, by: Person, partnership: Partnership, organisation: Organisation, standing: str, started_on: date | None
) -> Agency:
    """Give a registered body a seat. Raises RefusedError where it has one."""
    if has_seat(partnership, organisation):
        raise RefusedError(f"{organisation.name} has a seat already.")
    with writing(by=by, verb="agencies.added", partnership=partnership) as write:
        agency = _add_seat(partnership, organisation, standing, started_on)
        write.subject = agency
    return agency


def end_agency(*, by: Person, agency: Agency, ended_on: date, reason: str) -> None:
    """End a seat. Raises RefusedError while somebody contributes for it, or for a day before it began."""
    if agency.started_on is not None and ended_on < agency.started_on:
        raise RefusedError("The seat cannot end before it began.")
    live = Membership.objects.filter(partnership=agency.partnership, organisation=agency.organisation, ended_at=None)
    if live.exists():
        raise RefusedError("Somebody still has a role for this organisation. End those roles first.")
    with writing(by=by, verb="agencies.ended", partnership=agency.partnership, subject=agency, reason=reason):
        agency.ended_on = ended_on
        agency.save()


def change_organisation(
    *, by: Person, partnership: Partnership, organisation: Organisation, values: dict[str, Any], reason: str
) -> None:
    """Change what the register says of a body."""
    _check_may_change(by, organisation, partnership)
    with writing(
        by=by, verb="organisations.changed", partnership=partnership, subject=organisation, reason=reason
    ):  # fmt: skip
        for name in _FIELDS:
            setattr(organisation, name, values[name])
        organisation.save()


def _check_may_change(by: Person, organisation: Organisation, partnership: Partnership) -> None:
    if not can_change_organisation(by, organisation, partnership):
        raise RefusedError(
            f"{organisation.name} sits in other partnerships too. Ask whoever runs this installation to change it."
        )


def add_successor(
    *, by: Person, partnership: Partnership, organisation: Organisation, successor: Organisation, on: date, note: str
) -> Succession:
    """Note who took over a body's work, and when. Raises RefusedError for a chain that would run in a circle."""
    _check_may_change(by, organisation, partnership)
    if organisation.pk == successor.pk or organisation in _list_after(successor):
        raise RefusedError(f"{organisation.name} came after {successor.name}: it cannot have gone before it too.")
    if Succession.objects.filter(predecessor=organisation, successor=successor).exists():
        raise RefusedError(f"{successor.name} is noted as a successor already.")
    with writing(by=by, verb="organisations.succeeded", partnership=partnership, subject=organisation):
        return Succession.objects.create(predecessor=organisation, successor=successor, on=on, note=note)


def _list_after(organisation: Organisation) -> list[Organisation]:
    return [step.organisation for step in list_successors(organisation)]
