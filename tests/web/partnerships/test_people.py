"""Invitations, roles, suspension: who may, what is refused, what the trail says."""

from datetime import timedelta
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.core import mail
from django.test import Client

from support.web.world import PASSWORD, World, give_role, make_person, make_world
from wardmote.web.foundation.audit import verify_chains
from wardmote.web.foundation.clock import read_now
from wardmote.web.foundation.models import AuditEntry, Message
from wardmote.web.foundation.outbox import send_messages
from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.foundation.writes import writing
from wardmote.web.partnerships.accounts import clear_second_step, restore, suspend
from wardmote.web.partnerships.invitations import accept_as_known, invite, resend, withdraw
from wardmote.web.partnerships.invited_by_service import accept_open_invitations
from wardmote.web.partnerships.memberships import end_membership
from wardmote.web.partnerships.memberships import give_role as give
from wardmote.web.partnerships.models import Agency, Invitation, Membership, Person
from wardmote.web.partnerships.permissions import forget_roles
from wardmote.web.partnerships.policies import list_grantable
from wardmote.web.partnerships.states import Role, SuspensionReason

pytestmark = pytest.mark.django_db

ADMIN, COORDINATOR = Role.ADMINISTRATOR, Role.COORDINATOR
NEW = "robin.newcomer@example.org"


@pytest.fixture
def world() -> World:
    return make_world()


def post_invitation(world: World, role: str = "reader", **more: Any) -> str:
    """Invite by the page; the path of the link in the message."""
    data = {"email": NEW, "role": role, **more}
    response = world.sign_in(COORDINATOR).post("/p/ashmere/people/invite/", data)
    assert response.status_code == 302, response.content.decode()
    send_messages(read_now())
    return find_link(mail.outbox[-1].body)


def find_link(text: str) -> str:
    return next(line for line in text.splitlines() if line.startswith("http")).removeprefix("http://localhost:8000")


# --- invitations -----------------------------------------------------------------------------------------------------


def test_invitation_is_accepted_by_a_newcomer(world: World) -> None:
    link = post_invitation(world, "contributor", organisation=str(world.police.pk))
    client = Client()
    assert "Ashmere Partnership" in client.get(link).content.decode()
    response = client.post(link, {"name": "Robin Newcomer", "password": PASSWORD})
    assert response["Location"] == "/p/ashmere/"
    assert client.get("/p/ashmere/").status_code == 200
    assert UserSession.objects.filter(user__email=NEW).exists()  # so that it is listed, and ends with a suspension
    held = Membership.objects.get(person__email=NEW)
    assert (held.role, held.organisation, held.given_by) == ("contributor", world.police, world.people[COORDINATOR])
    assert client.get(link).status_code == 410
    assert Client().get(link).status_code == 410


def test_invitation_message_names_the_partnership_and_nobody(world: World) -> None:
    post_invitation(world)
    message = mail.outbox[-1]
    text = f"{message.subject}\n{message.body}".lower()
    assert message.subject == "You are invited to Ashmere Partnership"
    assert "the coordinator of ashmere partnership asks you" in text
    for word in ("robin", "newcomer", "example.org", "reader", "read only"):
        assert word not in text


def test_invitation_of_a_partnership_with_a_long_name_is_sent() -> None:
    world = make_world()
    with writing(by=None, verb="test.renamed", partnership=world.partnership):
        world.partnership.name = "The Community Safety Partnership @ " + "Ashmere and Thornwick " * 7
        world.partnership.save()
    post_invitation(world)
    assert "@" not in mail.outbox[-1].subject
    assert mail.outbox[-1].subject.endswith("…")


def test_invitation_keeps_the_digest_alone(world: World) -> None:
    link = post_invitation(world)
    secret = link.strip("/").rpartition("/")[2]
    stored = [str(row) for model in (Invitation, Message, AuditEntry) for row in model.objects.values()]
    assert len(secret) > 40
    assert not [row for row in stored if secret in row]
    assert not [row for row in AuditEntry.objects.values_list("body", flat=True) if "newcomer" in row]


def test_invitation_runs_out_after_a_fortnight(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    link = post_invitation(world)
    later = read_now() + timedelta(days=14, minutes=1)
    monkeypatch.setattr("wardmote.web.partnerships.invitations.read_now", lambda: later)
    assert Client().get(link).status_code == 410


def test_invitation_for_another_address_is_refused(world: World) -> None:
    link = post_invitation(world)
    client = world.sign_in(Role.LEAD)
    assert client.get(link).status_code == 403
    assert client.post(link).status_code == 403
    assert not Membership.objects.filter(person=world.people[Role.LEAD], role="reader").exists()
    invitation = Invitation.objects.get()
    with pytest.raises(RefusedError, match="another e-mail address"):
        accept_as_known(invitation=invitation, person=world.people[Role.LEAD])


def test_invitation_of_who_has_an_account_asks_to_sign_in(world: World) -> None:
    known = make_person(NEW)
    link = post_invitation(world)
    page = Client().get(link).content.decode()
    assert f"/account/login/?next={link}" in page
    assert 'name="password"' not in page
    client = Client()
    client.force_login(known, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(link).status_code == 200
    assert client.post(link)["Location"] == "/p/ashmere/"
    assert Membership.objects.get(person=known).role == "reader"


def test_withdrawn_and_resent_links_no_longer_work(world: World) -> None:
    first = post_invitation(world)
    invitation = Invitation.objects.get()
    resend(by=world.people[COORDINATOR], invitation=invitation)
    send_messages(read_now())
    second = find_link(mail.outbox[-1].body)
    assert Client().get(first).status_code == 410
    assert Client().get(second).status_code == 200
    withdraw(by=world.people[COORDINATOR], invitation=Invitation.objects.get(), reason="moved")
    assert Client().get(second).status_code == 410
    with pytest.raises(RefusedError):
        resend(by=world.people[COORDINATOR], invitation=Invitation.objects.get())


def test_same_invitation_twice_is_refused(world: World) -> None:
    post_invitation(world)
    with pytest.raises(RefusedError, match="invited to the role already"):
        invite(by=world.people[COORDINATOR], partnership=world.partnership, email=NEW.upper(), role="reader")
    with pytest.raises(RefusedError, match="has the role already"):
        invite(
            by=world.people[COORDINATOR], partnership=world.partnership, email="lead@ashmere.example.org", role="lead"
        )  # fmt: skip


def test_weak_password_of_a_newcomer_is_refused(world: World) -> None:
    link = post_invitation(world)
    page = Client().post(link, {"name": "Robin Newcomer", "password": "robin newcomer"})
    assert page.status_code == 200
    assert not Person.objects.filter(email=NEW).exists()


def test_invitations_end_with_the_right_to_send_them(world: World) -> None:
    by, admin = world.people[COORDINATOR], world.people[ADMIN]
    link = post_invitation(world)
    end_membership(by=admin, membership=Membership.objects.get(person=by), reason="left")
    assert Invitation.objects.get().withdrawn_at is not None
    assert AuditEntry.objects.filter(chain=str(world.partnership.pk), verb="people.invitation_withdrawn").count() == 1
    assert Client().get(link).status_code == 410


def test_invitations_of_who_is_suspended_are_withdrawn_and_those_of_others_are_not(world: World) -> None:
    mine = invite(by=world.people[COORDINATOR], partnership=world.partnership, email=NEW, role="reader")
    other = invite(by=world.people[ADMIN], partnership=world.partnership, email=NEW, role="chair")
    suspend(by=world.people[ADMIN], partnership=world.partnership, person=world.people[COORDINATOR], reason="x")
    mine.refresh_from_db()
    other.refresh_from_db()
    assert mine.withdrawn_at is not None
    assert other.withdrawn_at is None


@pytest.mark.parametrize("has_account", [True, False])
def test_invitation_is_refused_in_plain_words_where_sender_or_seat_is_gone(world: World, has_account: bool) -> None:
    link, client = post_invitation(world, "contributor", organisation=str(world.police.pk)), Client()
    if has_account:
        client.force_login(make_person(NEW), backend="django.contrib.auth.backends.ModelBackend")
    joining = {"name": "Robin Newcomer", "password": PASSWORD}
    seat = Agency.objects.get(organisation=world.police)
    with writing(by=None, verb="test.seat_ended"):
        seat.ended_on = read_now().date()
        seat.save()
    page = client.post(link, joining)
    assert (page.status_code, "has no seat" in page.content.decode()) == (410, True)
    with writing(by=None, verb="test.sender_gone"):
        world.people[COORDINATOR].is_active = False
        world.people[COORDINATOR].save()
    page = client.post(link, joining)
    assert (page.status_code, "may no longer give this role" in page.content.decode()) == (410, True)
    assert not Membership.objects.filter(person__email=NEW).exists()
    assert accept_open_invitations(email=NEW, name="Robin") == Person.objects.filter(email=NEW).first()


# --- roles -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("giver", list(Role))
def test_nobody_grants_above_themselves(world: World, giver: Role) -> None:
    """An administrator gives every role, a coordinator all but that, everybody else none."""
    allowed = {ADMIN: set(Role), COORDINATOR: set(Role) - {ADMIN}}.get(giver, set())
    by = world.people[giver]
    assert set(list_grantable(by, world.partnership)) == allowed
    target = make_person("target@example.org")
    give_role(target, world.partnership, Role.READER)
    for role in set(Role) - {Role.READER}:
        body = world.police if role == Role.CONTRIBUTOR else None
        wanted = {
            "by": by, "partnership": world.partnership, "person": target, "role": role, "organisation": body,
            "reason": "needed",
        }  # fmt: skip
        if role in allowed:
            assert give(**wanted).role == role
        else:
            with pytest.raises(RefusedError):
                give(**wanted)


@pytest.mark.parametrize("role", [ADMIN, COORDINATOR])
def test_nobody_changes_their_own(world: World, role: Role) -> None:
    me = world.people[role]
    mine = Membership.objects.get(person=me)
    common = {"by": me, "partnership": world.partnership, "person": me, "reason": "mine"}
    for act in (
        lambda: give(role="reader", organisation=None, **common),
        lambda: end_membership(by=me, membership=mine, reason="mine"),
        lambda: suspend(**common),
        lambda: clear_second_step(**common),
        lambda: invite(by=me, partnership=world.partnership, email=me.email, role="reader"),
    ):
        with pytest.raises(RefusedError, match="their own"):
            act()


def test_contributor_needs_a_body_with_a_seat(world: World) -> None:
    elsewhere = make_world("brindle").police
    by, partnership = world.people[ADMIN], world.partnership
    with pytest.raises(RefusedError, match="for which organisation"):
        invite(by=by, partnership=partnership, email=NEW, role="contributor")
    with pytest.raises(RefusedError, match="no seat"):
        invite(by=by, partnership=partnership, email=NEW, role="contributor", organisation=elsewhere)
    data = {"email": NEW, "role": "contributor", "organisation": str(elsewhere.pk)}
    page = world.sign_in(ADMIN).post("/p/ashmere/people/invite/", data)
    assert page.status_code == 200
    assert not Invitation.objects.exists()


def test_last_administrator_is_never_lost(world: World) -> None:
    second = make_person("second@example.org")
    held = give_role(second, world.partnership, ADMIN)
    first = Membership.objects.get(person=world.people[ADMIN], role=ADMIN)
    end_membership(by=second, membership=first, reason="left")
    forget_roles(world.people[ADMIN])
    give_role(world.people[ADMIN], world.partnership, Role.READER)
    third = make_person("third@example.org", is_active=False)
    give_role(third, world.partnership, ADMIN)
    with pytest.raises(RefusedError, match="last administrator"):
        end_membership(by=third_as_active(third), membership=held, reason="left")
    with pytest.raises(RefusedError, match="Nobody else"):
        suspend(by=third_as_active(third), partnership=world.partnership, person=second, reason="left")


def third_as_active(person: Person) -> Person:
    """The person as they would ask just before they were suspended: the roles are read, the account is not."""
    asking = Person.objects.get(pk=person.pk)
    asking.is_active = True
    return asking


def test_coordinator_touches_no_administrator(world: World) -> None:
    by, admin = world.people[COORDINATOR], world.people[ADMIN]
    second = make_person("second@example.org")
    give_role(second, world.partnership, ADMIN)
    with pytest.raises(RefusedError, match="Ask an administrator"):
        end_membership(by=by, membership=Membership.objects.get(person=admin), reason="x")
    with pytest.raises(RefusedError, match="Ask an administrator"):
        suspend(by=by, partnership=world.partnership, person=admin, reason="x")
    with pytest.raises(RefusedError, match="Ask an administrator"):
        invite(by=by, partnership=world.partnership, email=NEW, role=ADMIN)


@pytest.mark.parametrize(
    ("why", "by", "allowed"),
    [
        (SuspensionReason.IDLE, COORDINATOR, True),
        (SuspensionReason.UNCONFIRMED, COORDINATOR, True),
        (SuspensionReason.BY_HAND, COORDINATOR, False),
        (SuspensionReason.BY_HAND, ADMIN, True),
        (SuspensionReason.IDLE, Role.ANALYST, False),
    ],
)
def test_restore_by_role(world: World, why: SuspensionReason, by: Role, allowed: bool) -> None:
    lead = world.people[Role.LEAD]
    with writing(by=None, verb="test.suspended"):
        lead.is_active, lead.suspension, lead.suspended_at = False, why, read_now()
        lead.suspended_in = world.partnership if why == SuspensionReason.BY_HAND else None
        lead.save()
    wanted = {"by": world.people[by], "partnership": world.partnership, "person": lead, "reason": "back"}
    if allowed:
        restore(**wanted)
        assert Person.objects.get(pk=lead.pk).is_active
    else:
        with pytest.raises(RefusedError):
            restore(**wanted)


def test_every_change_of_access_is_audited_with_its_reason(world: World) -> None:
    client = world.sign_in(ADMIN)
    lead = world.people[Role.LEAD]
    held = Membership.objects.get(person=lead)
    for path, data in (
        (f"people/{lead.pk}/roles/add/", {"role": "reader", "reason": "why one"}),
        (f"roles/{held.pk}/end/", {"reason": "why two"}),
        (f"people/{lead.pk}/suspend/", {"reason": "why three"}),
        (f"people/{lead.pk}/restore/", {"reason": "why four"}),
        (f"people/{lead.pk}/second-step/", {"reason": "why five"}),
    ):
        assert client.post(f"/p/ashmere/{path}", {**data, "reason": ""}).status_code == 200, path
        assert client.post(f"/p/ashmere/{path}", data).status_code == 302, path
    entries = AuditEntry.objects.filter(chain=str(world.partnership.pk), by=world.people[ADMIN].pk).order_by("number")
    assert [entry.verb for entry in entries] == [
        "people.role_given", "people.role_ended", "people.suspended", "people.restored", "people.second_step_cleared",
    ]  # fmt: skip
    assert all("why" in entry.body for entry in entries)
    assert verify_chains()[1] == []


def test_suspending_ends_the_sessions(world: World) -> None:
    client = Client()
    client.post("/account/login/", {"login": "lead@ashmere.example.org", "password": PASSWORD})
    assert client.get("/p/ashmere/").status_code == 200
    suspend(by=world.people[ADMIN], partnership=world.partnership, person=world.people[Role.LEAD], reason="asked")
    restore(by=world.people[ADMIN], partnership=world.partnership, person=world.people[Role.LEAD], reason="mistake")
    assert client.get("/p/ashmere/").status_code == 302


def test_person_page_tells_nothing_of_other_partnerships(world: World) -> None:
    other = make_world("brindle")
    lead = world.people[Role.LEAD]
    give_role(lead, other.partnership, Role.CONTRIBUTOR, other.police)
    page = world.sign_in(ADMIN).get(f"/p/ashmere/people/{lead.pk}/").content.decode()
    assert "Brindle" not in page
    assert world.sign_in(ADMIN).get(f"/p/ashmere/people/{other.people[ADMIN].pk}/").status_code == 404
    assert "Brindle" not in world.sign_in(ADMIN).get("/p/ashmere/people/").content.decode()


# --- an account is one for all partnerships --------------------------------------------------------------------------


def list_chain(partnership: Any, person: Person) -> list[str]:
    entries = AuditEntry.objects.filter(chain=str(partnership.pk), subject=person.pk, verb__startswith="people.")
    return list(entries.order_by("number").values_list("verb", flat=True))


@pytest.mark.parametrize("role", [ADMIN, COORDINATOR])
@pytest.mark.parametrize("held", [ADMIN, COORDINATOR, Role.READER])
def test_who_has_a_role_elsewhere_is_suspended_by_ending_the_roles_here(world: World, role: Role, held: Role) -> None:
    other = make_world("brindle")
    theirs = other.people[held]
    give_role(theirs, world.partnership, Role.READER)
    client = world.sign_in(role)
    address = f"/p/ashmere/people/{theirs.pk}/"
    assert "End all roles here" in client.get(address).content.decode()
    assert "End all roles of" in client.get(f"{address}suspend/").content.decode()
    assert client.post(f"{address}suspend/", {"reason": "x"}).status_code == 302
    assert Person.objects.get(pk=theirs.pk).is_active
    assert not Membership.objects.filter(person=theirs, partnership=world.partnership, ended_at=None).exists()
    assert Membership.objects.filter(person=theirs, partnership=other.partnership, ended_at=None).exists()
    assert list_chain(world.partnership, theirs) == ["people.roles_ended"]


@pytest.mark.parametrize("role", [ADMIN, COORDINATOR])
def test_second_step_of_who_has_a_role_elsewhere_is_not_cleared_from_here(world: World, role: Role) -> None:
    other = make_world("brindle")
    theirs = other.people[Role.READER]
    give_role(theirs, world.partnership, Role.READER)
    wanted = {"by": world.people[role], "partnership": world.partnership, "person": theirs, "reason": "x"}
    with pytest.raises(RefusedError, match="all roles of this account"):
        clear_second_step(**wanted)
    give_role(world.people[role], other.partnership, COORDINATOR)
    forget_roles(world.people[role])
    clear_second_step(**wanted)
    for partnership in (world.partnership, other.partnership):
        assert list_chain(partnership, theirs) == ["people.second_step_cleared"]


def test_who_manages_all_of_an_account_suspends_it_in_every_chain(world: World) -> None:
    other = make_world("brindle")
    theirs, by = other.people[Role.READER], world.people[ADMIN]
    give_role(theirs, world.partnership, Role.READER)
    give_role(by, other.partnership, ADMIN)
    wanted = {"by": by, "partnership": world.partnership, "person": theirs, "reason": "x"}
    suspend(**wanted)
    with pytest.raises(RefusedError, match="suspended already"):
        suspend(**{**wanted, "partnership": other.partnership})
    with pytest.raises(RefusedError, match="partnership that suspended"):
        restore(by=other.people[ADMIN], partnership=other.partnership, person=theirs, reason="friend")
    restore(**wanted)
    for partnership in (world.partnership, other.partnership):
        assert list_chain(partnership, theirs) == ["people.suspended", "people.restored"]
    assert verify_chains()[1] == []


def test_role_that_ended_gives_no_power_over_the_account_and_shows_none_of_it(world: World) -> None:
    other = make_world("brindle")
    theirs = other.people[COORDINATOR]
    end_membership(
        by=world.people[ADMIN], membership=give_role(theirs, world.partnership, Role.READER), reason="left"
    )  # fmt: skip
    for act in (suspend, clear_second_step):
        with pytest.raises(RefusedError, match="no role here now"):
            act(by=world.people[ADMIN], partnership=world.partnership, person=theirs, reason="x")
    page = world.sign_in(ADMIN).get(f"/p/ashmere/people/{theirs.pk}/").content.decode()
    assert theirs.email not in page
    assert "Second step" not in page
    assert "Suspend" not in page
    suspend(by=other.people[ADMIN], partnership=other.partnership, person=theirs, reason="misuse")
    theirs.refresh_from_db()
    with pytest.raises(RefusedError, match="partnership that suspended"):
        restore(by=world.people[ADMIN], partnership=world.partnership, person=theirs, reason="friend")
    assert "Suspended" not in world.sign_in(ADMIN).get(f"/p/ashmere/people/{theirs.pk}/").content.decode()


def test_operator_restores_by_the_address(world: World) -> None:
    lead = world.people[Role.LEAD]
    suspend(by=world.people[ADMIN], partnership=world.partnership, person=lead, reason="asked")
    operator, client = make_person("op@example.org", is_operator=True), Client()
    client.force_login(operator, backend="django.contrib.auth.backends.ModelBackend")
    page = client.post("/partnerships/restore/", {"email": "nobody@example.org", "reason": "x"})
    assert "No suspended account" in page.content.decode()
    assert client.post("/partnerships/restore/", {"email": lead.email, "reason": "x"}).status_code == 302
    assert Person.objects.get(pk=lead.pk).is_active
    assert list_chain(world.partnership, lead) == ["people.suspended", "people.restored"]
    assert world.sign_in(ADMIN).get("/partnerships/restore/").status_code == 403
