"""Cover lends somebody's own access for a while: never to oneself, never for long, never unseen by the review."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse

from support.web.world import World, give_role, make_world
from wardmote.web.foundation.clock import read_today
from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.foundation.writes import writing
from wardmote.web.partnerships.daily import review_access
from wardmote.web.partnerships.models import AccessReview, Membership, Person
from wardmote.web.partnerships.reviews import confirm_memberships
from wardmote.web.partnerships.states import Role
from wardmote.web.returns.actions.covering import give_cover
from wardmote.web.returns.actions.telling import list_contributors
from wardmote.web.returns.covers import list_to_review
from wardmote.web.returns.models import Cover
from wardmote.web.returns.permissions import may_answer_for
from wardmote.web.returns.rounds import end_cover

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world("ashmere")


def arrange(world: World, delegate: Role = Role.READER, by: Role = Role.COORDINATOR, **other: Any) -> Cover:
    today = read_today()
    days = {"starts_on": today, "ends_on": today + timedelta(days=30), **other}
    return give_cover(
        partnership=world.partnership, organisation=world.police, absent=world.people[Role.CONTRIBUTOR],
        delegate=world.people[delegate], by=world.people[by], **days,
    )  # fmt: skip


def end_role(world: World, role: Role) -> None:
    with writing(by=None, verb="test.role_ended", partnership=world.partnership):
        membership = Membership.objects.get(partnership=world.partnership, person=world.people[role], ended_at=None)
        membership.ended_at = datetime.now(UTC)
        membership.save()


def may_return(world: World, role: Role) -> bool:
    person = Person.objects.get(pk=world.people[role].pk)  # read afresh, as each request does
    return may_answer_for(person, world.partnership, world.police.pk)


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.ADMINISTRATOR])
def test_nobody_gives_cover_to_themselves(world: World, role: Role) -> None:
    with pytest.raises(RefusedError, match="nobody gives cover to themselves"):
        arrange(world, delegate=role, by=role)
    page = world.sign_in(role).get(reverse("covers", args=["ashmere"])).content.decode()
    choices = page.partition('name="delegate"')[2].partition("</select>")[0]
    assert str(world.people[Role.READER].pk) in choices
    assert str(world.people[role].pk) not in choices
    assert not may_return(world, role)


@pytest.mark.parametrize(("days", "is_given"), [(364, True), (365, True), (366, False), (36500, False)])
def test_cover_lasts_a_year_at_most(world: World, days: int, is_given: bool) -> None:
    last = read_today() + timedelta(days=days)
    if is_given:
        assert arrange(world, ends_on=last).ends_on == last
    else:
        with pytest.raises(RefusedError, match="a year at most"):
            arrange(world, ends_on=last)


@pytest.mark.parametrize("ended", [Role.CONTRIBUTOR, Role.READER])
def test_cover_ends_with_the_role_of_either(world: World, ended: Role) -> None:
    cover = arrange(world)
    assert may_return(world, Role.READER)
    assert list_contributors(world.partnership, world.police) == [world.people[Role.READER]]
    assert end_cover(datetime.now(UTC)) == "0 covers ended"
    end_role(world, ended)
    assert not may_return(world, Role.READER)
    assert world.people[Role.READER] not in list_contributors(world.partnership, world.police)
    assert end_cover(datetime.now(UTC)) == "1 covers ended"
    assert Cover.objects.get(pk=cover.pk).ended_at is not None


def test_role_given_again_brings_no_cover_back(world: World) -> None:
    arrange(world)
    end_role(world, Role.CONTRIBUTOR)
    end_cover(datetime.now(UTC))
    with writing(by=None, verb="test.role_given", partnership=world.partnership):
        Membership.objects.create(
            partnership=world.partnership, person=world.people[Role.CONTRIBUTOR], role=Role.CONTRIBUTOR,
            organisation=world.police, given_at=datetime.now(UTC), confirmed_on=read_today(),
        )  # fmt: skip
    assert not may_return(world, Role.READER)


class TestReview:
    """The quarterly review lists cover beside the roles, and ends what nobody confirmed."""

    opens = datetime(2027, 1, 2, 6, tzinfo=UTC)

    @pytest.fixture
    def cover(self, world: World, monkeypatch: pytest.MonkeyPatch) -> Cover:
        for module in ("partnerships.reviews", "returns.covers"):
            monkeypatch.setattr(f"wardmote.web.{module}.read_today", self.opens.date)
        with writing(by=None, verb="test.cover", partnership=world.partnership):
            cover: Cover = Cover.objects.create(
                partnership=world.partnership, organisation=world.police, absent=world.people[Role.CONTRIBUTOR],
                delegate=world.people[Role.READER], starts_on=date(2026, 11, 1), ends_on=date(2027, 6, 30),
                confirmed_on=date(2026, 11, 1),
            )  # fmt: skip
        return cover

    def test_cover_is_listed_and_confirmed_on_the_page(self, world: World, cover: Cover) -> None:
        review_access(self.opens)
        client = world.sign_in(Role.COORDINATOR)
        page = client.get("/p/ashmere/access-review/").content.decode()
        assert "Cover for absence" in page
        assert "returns for Ashmere Police in the place of" in page
        assert "1 November 2026 to 30 June 2027" in page
        client.post("/p/ashmere/access-review/", {"further": [str(cover.pk)]})
        assert Cover.objects.get(pk=cover.pk).confirmed_on == self.opens.date()
        assert "Cover for absence" not in client.get("/p/ashmere/access-review/").content.decode()

    def test_review_stays_open_until_cover_is_confirmed(self, world: World, cover: Cover) -> None:
        review_access(self.opens)
        review = AccessReview.objects.get()
        live = Membership.objects.filter(partnership=world.partnership, ended_at=None)
        coordinator, administrator = world.people[Role.COORDINATOR], world.people[Role.ADMINISTRATOR]
        confirm_memberships(by=coordinator, review=review, memberships=live.exclude(person=coordinator))
        confirm_memberships(by=administrator, review=review, memberships=live.filter(person=coordinator))
        assert AccessReview.objects.get().closed_at is None
        further = list_to_review(world.partnership, date(2027, 1, 1))
        confirm_memberships(by=coordinator, review=review, memberships=[], further=further)
        assert AccessReview.objects.get().closed_at is not None

    def test_unconfirmed_cover_ends_with_the_review(self, world: World, cover: Cover) -> None:
        review_access(self.opens)
        review_access(self.opens + timedelta(days=60))
        assert Cover.objects.get(pk=cover.pk).ended_at is not None

    def test_nobody_confirms_the_cover_that_they_hold(self, world: World, cover: Cover) -> None:
        with writing(by=None, verb="test.cover", partnership=world.partnership):
            cover.delegate = world.people[Role.COORDINATOR]
            cover.save()
        review_access(self.opens)
        with pytest.raises(RefusedError, match="their own access"):
            confirm_memberships(
                by=world.people[Role.COORDINATOR], review=AccessReview.objects.get(), memberships=[],
                further=list_to_review(world.partnership, date(2027, 1, 1)),
            )  # fmt: skip

    def test_cover_of_another_partnership_is_not_listed(self, world: World, cover: Cover) -> None:
        other = make_world("brookfield")
        assert list(list_to_review(other.partnership, date(2027, 1, 1))) == []
        assert [one.key for one in list_to_review(world.partnership, date(2027, 1, 1))] == [str(cover.pk)]


def test_who_scrutinises_never_covers_for_a_body_they_hold_to_account(world: World) -> None:
    with pytest.raises(RefusedError, match="scrutinises this partnership"):
        arrange(world, delegate=Role.SCRUTINY)
    page = world.sign_in(Role.COORDINATOR).get(reverse("covers", args=["ashmere"])).content.decode()
    choices = page.partition('name="delegate"')[2].partition("</select>")[0]
    assert str(world.people[Role.READER].pk) in choices
    assert str(world.people[Role.SCRUTINY].pk) not in choices


def test_cover_ends_for_who_comes_to_scrutinise(world: World) -> None:
    arrange(world)
    assert may_return(world, Role.READER)
    give_role(world.people[Role.READER], world.partnership, Role.SCRUTINY, world.council)
    assert not may_return(world, Role.READER)
