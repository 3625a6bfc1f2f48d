"""The first run: a link from the terminal, the first operator, the first partnership."""

from datetime import timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils.text import slugify

from wardmote.web.foundation.clock import read_now, read_today
from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.foundation.writes import writing
from wardmote.web.partnerships.invitations import invite
from wardmote.web.partnerships.links import digest_secret, make_secret
from wardmote.web.partnerships.memberships import add_membership
from wardmote.web.partnerships.models import Membership, Partnership, Person, Setup
from wardmote.web.partnerships.states import EvidenceKept, Role
from wardmote.web.partnerships.terms import note_terms_change

SETUP_HOURS = 24
SETTINGS = (
    "name", "area_code", "tier", "county", "amber_within_pct", "small_number", "return_days", "idle_days",
    "needs_second_step",
)  # fmt: skip


def make_setup_link(*, base_url: str) -> str:
    """A one-time link by which the first operator comes in, good for a day; earlier ones are spent."""
    secret = make_secret()
    with writing(by=None, verb="setup.link_made") as write:
        for earlier in Setup.objects.filter(spent_at=None):
            earlier.spent_at = read_now()
            earlier.save()
        write.subject = Setup.objects.create(digest=digest_secret(secret), made_at=read_now())
    return f"{base_url.rstrip('/')}/setup/{secret}/"


def find_setup(secret: str) -> Setup | None:
    """The set-up that a link opens, while it is good."""
    since = read_now() - timedelta(hours=SETUP_HOURS)
    found: Setup | None = Setup.objects.filter(digest=digest_secret(secret), spent_at=None, made_at__gte=since).first()
    return found


def make_operator(*, setup: Setup, name: str, email: str, password: str) -> Person:
    """The first operator, and the link spent. Raises RefusedError where it was spent meanwhile."""
    with writing(by=None, verb="setup.operator_made") as write:
        locked = Setup.objects.select_for_update().get(pk=setup.pk)
        if locked.spent_at is not None:
            raise RefusedError("This link was used already.")
        locked.spent_at = read_now()
        locked.save()
        person = Person(email=email.strip(), name=name.strip(), is_operator=True, seen_on=read_today())
        person.set_password(password)
        person.save()
        write.subject = person
    note_proven_address(person)
    return person


def note_proven_address(person: Person) -> None:
    """Tell the sign-in library that the address is the person's: the account came by a link."""
    EmailAddress.objects.get_or_create(user=person, email=person.email, defaults={"verified": True, "primary": True})


def open_partnership(*, by: Person, settings: dict[str, Any], is_own: bool, manager_email: str = "") -> Partnership:
    """Open a partnership and name who runs it: the operator (`is_own`), or somebody who is invited.

    Raises RefusedError where nobody would run it; then there is no partnership either.
    """
    if not by.is_operator:
        raise RefusedError("Only an operator opens partnerships.")
    if not is_own and not manager_email:
        raise RefusedError("Say who runs the partnership: yourself, or somebody to invite.")
    with transaction.atomic():
        partnership = _make_partnership(by, settings, is_own)
        if manager_email and not is_own:
            name_manager(by=by, partnership=partnership, email=manager_email)
    return partnership


def _make_partnership(by: Person, settings: dict[str, Any], is_own: bool) -> Partnership:
    partnership = Partnership(slug=make_slug(settings["name"]), started_on=read_today())
    for name in SETTINGS:
        setattr(partnership, name, settings[name])
    partnership.evidence = settings.get("evidence", EvidenceKept.SHARED)
    with writing(by=by, verb="partnerships.opened", partnership=partnership, subject=partnership):
        partnership.save()
        if is_own:
            for role in (Role.ADMINISTRATOR, Role.COORDINATOR):
                add_membership(partnership=partnership, person=by, role=role, organisation=None, by=by)
    return partnership


def make_slug(name: str) -> str:
    """A name for addresses that no partnership has yet."""
    wanted = slugify(name)[:50] or "partnership"
    taken = set(Partnership.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    return next(slug for slug in (wanted, *(f"{wanted}-{n}" for n in range(2, 1000))) if slug not in taken)


def name_manager(*, by: Person, partnership: Partnership, email: str) -> None:
    """Invite the first administrator of a partnership that has none. Raises RefusedError where it has one."""
    if not by.is_operator:
        raise RefusedError("Only an operator names a partnership's first administrator.")
    live = Membership.objects.filter(
        partnership=partnership, role=Role.ADMINISTRATOR, ended_at=None, person__is_active=True
    )
    if live.exists():
        raise RefusedError("This partnership has an administrator, who invites everybody else.")
    invite(by=by, partnership=partnership, email=email, role=Role.ADMINISTRATOR, as_operator=True)


def change_settings(*, by: Person, partnership: Partnership, settings: dict[str, Any], reason: str) -> None:
    """Change a partnership's settings. Other tolerances count from the next quarter, and are kept with why."""
    with writing(
        by=by, verb="partnerships.settings_changed", partnership=partnership, subject=partnership, reason=reason
    ):
        note_terms_change(partnership=partnership, settings=settings, reason=reason, by=by)
        for name in SETTINGS:
            setattr(partnership, name, settings[name])
        partnership.save()


def change_evidence(*, by: Person, partnership: Partnership, evidence: str, reason: str) -> None:
    """Have a partnership read another store from now on; nothing that was loaded is moved or lost.

    An operator's decision, because it may open to the partnership what others loaded. Raises RefusedError for others.
    """
    if not by.is_operator:
        raise RefusedError("Only an operator says whose evidence a partnership reads.")
    with writing(
        by=by, verb="partnerships.evidence_changed", partnership=partnership, subject=partnership, reason=reason
    ):
        partnership.evidence = EvidenceKept(evidence)
        partnership.save()
