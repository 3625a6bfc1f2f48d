"""The quarterly look at who still needs access: opened by itself, confirmed by people, closed by itself."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from wardmote.web.foundation.clock import read_now, read_today
from wardmote.web.foundation.outbox import queue_message
from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.foundation.writes import writing
from wardmote.web.partnerships.accounts import suspend_in_write
from wardmote.web.partnerships.further_access import FurtherAccess, list_further_access
from wardmote.web.partnerships.memberships import end_in_write
from wardmote.web.partnerships.models import AccessReview, Membership, Partnership, Person
from wardmote.web.partnerships.policies import is_last_administrator, is_last_of_any
from wardmote.web.partnerships.states import Role, SuspensionReason

REVIEW_DAYS = 28
UNCONFIRMED = "unconfirmed"


def find_quarter(day: date) -> tuple[str, date]:
    """The label and first day of the quarter of the financial year that a day lies in."""
    month = day.month - (day.month - 1) % 3
    starts_on = date(day.year, month, 1)
    year = day.year if month >= 4 else day.year - 1
    number = (month - 4) // 3 % 4 + 1
    return f"{year}/{(year + 1) % 100:02}Q{number}", starts_on


def find_open_review(partnership: Partnership) -> AccessReview | None:
    """The review that is under way."""
    found: AccessReview | None = (
        AccessReview.objects.filter(partnership=partnership, closed_at=None).order_by("-opened_on").first()
    )
    return found


def say_what_ends(partnership: Partnership) -> str:
    """What becomes of a role that nobody confirms: the sample's people are invented, and theirs stay."""
    return "in the sample nothing ends" if partnership.is_sample else "what nobody confirms ends by itself"


def list_unconfirmed(partnership: Partnership, before: date) -> Any:
    """Live memberships that nobody has confirmed since a day."""
    return (
        Membership.objects.filter(partnership=partnership, ended_at=None, confirmed_on__lt=before)
        .select_related("person", "organisation")
        .order_by("organisation__name", "person__name", "role")
    )


def count_waiting(partnership: Partnership, before: date) -> int:
    """How much nobody has confirmed since a day: roles, and access that is given beside them."""
    return list_unconfirmed(partnership, before).count() + len(list_further_access(partnership, before))


def find_review_start(review: AccessReview) -> date:
    """From which day on a confirmation counts: the first of the review's quarter."""
    return find_quarter(review.opened_on)[1]


def open_review(partnership: Partnership, today: date) -> bool:
    """Open this quarter's review where there is something to confirm and none was opened; tell who can confirm."""
    quarter, starts_on = find_quarter(today)
    waiting = count_waiting(partnership, starts_on)
    if not waiting or AccessReview.objects.filter(partnership=partnership, quarter=quarter).exists():
        return False
    due_on = today + timedelta(days=REVIEW_DAYS)
    with writing(by=None, verb="access_reviews.opened", partnership=partnership) as write:
        write.subject = AccessReview.objects.create(
            partnership=partnership, quarter=quarter, opened_on=today, due_on=due_on
        )  # fmt: skip
        for email in _list_managers(partnership):
            queue_message(
                to=email, template="review_opened", link=f"/p/{partnership.slug}/access-review/",
                facts={"memberships_count": waiting, "due_on": due_on, "is_sample": int(partnership.is_sample)},
            )  # fmt: skip
    return True


def _list_managers(partnership: Partnership) -> Iterable[str]:
    managers = Person.objects.filter(
        memberships__partnership=partnership, memberships__ended_at=None, is_active=True,
        memberships__role__in=(Role.COORDINATOR, Role.ADMINISTRATOR),
    )  # fmt: skip
    return managers.values_list("email", flat=True).distinct().order_by("email")


def confirm_memberships(
    *, by: Person, review: AccessReview, memberships: Iterable[Membership], further: Iterable[FurtherAccess] = ()
) -> int:
    """Confirm that these people still need their roles and what else they have; one's own where nobody else could."""
    chosen, beside = list(memberships), list(further)
    holders = {one.person_id for one in chosen} | {one.holder for one in beside}
    if by.pk in holders and not is_only_manager(by, review.partnership):
        raise RefusedError("Nobody confirms their own access. Ask the other administrator or coordinator.")
    with writing(
        by=by, verb="access_reviews.confirmed", partnership=review.partnership, subject=review,
        facts={"memberships_count": len(chosen), "further_count": len(beside)},
    ):  # fmt: skip
        for membership in chosen:
            membership.confirmed_on = read_today()
            membership.save()
        for one in beside:
            one.confirm(read_today())
        if not count_waiting(review.partnership, find_review_start(review)):
            review.closed_at, review.closed_by = read_now(), by
            review.save()
    return len(chosen) + len(beside)


def is_only_manager(person: Person, partnership: Partnership) -> bool:
    """Whether nobody else could confirm this person's roles."""
    others = Membership.objects.filter(
        partnership=partnership, ended_at=None, role__in=(Role.COORDINATOR, Role.ADMINISTRATOR),
        person__is_active=True,
    )  # fmt: skip
    return not others.exclude(person=person).exists()


def close_review(review: AccessReview, now: datetime) -> int:
    """End what nobody confirmed, but never the last administrator's role; suspend who then has no role anywhere."""
    ended = 0
    with writing(by=None, verb="access_reviews.closed", partnership=review.partnership, subject=review):
        for one in list_further_access(review.partnership, find_review_start(review)):
            one.end(now)
        for membership in list_unconfirmed(review.partnership, find_review_start(review)):
            if membership.role == Role.ADMINISTRATOR and is_last_administrator(membership.person, review.partnership):
                continue
            end_in_write(membership, at=now, reason=UNCONFIRMED)
            ended += 1
            _suspend_without_role(membership.person, now, review.partnership)
        review.closed_at = now
        review.save()
    return ended


def _suspend_without_role(person: Person, now: datetime, partnership: Partnership) -> None:
    has_role = Membership.objects.filter(person=person, ended_at=None).exists()
    if person.is_active and not has_role and not is_last_of_any(person) and not person.is_operator:
        suspend_in_write(person, at=now, reason=SuspensionReason.UNCONFIRMED, partnership=partnership)
