"""What is seen of checks: whose, what was found, what was said of it, and what changed since an earlier version."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from wardmote.web.observatory.checks.models import CheckResult, ClaimMark, ReportCheck
from wardmote.web.observatory.checks.permissions import SEES_ALL
from wardmote.web.observatory.checks.states import SETTLED, Standing
from wardmote.web.partnerships.interface import Partnership, PartnershipRequest, find_roles, get_own

Claim = Mapping[str, Any]


def list_seen_checks(person: Any, partnership: Partnership) -> QuerySet[Any]:
    """The checks that a person may see: their own, shared ones, all for the analyst and the coordinator."""
    rows = ReportCheck.objects.filter(partnership=partnership).select_related("partnership")
    if find_roles(person, partnership) & SEES_ALL:
        return rows
    return rows.filter(Q(is_shared=True) | Q(asked_by=person.pk))


def get_check(request: PartnershipRequest, check_id: Any) -> ReportCheck:
    """A check that the person may see, or 404."""
    return get_own(list_seen_checks(request.user, request.partnership), request, id=check_id)


def find_result(check: ReportCheck, *, whole: bool = False) -> CheckResult | None:
    """What was found; its page and JSON only where they are asked for."""
    rows = CheckResult.objects.filter(check_of=check)
    return (rows if whole else rows.defer("page", "answer")).first()


def list_marks(checks: Sequence[ReportCheck]) -> dict[str, ClaimMark]:
    """The newest mark on each accusation, by its key; of the checks given, a later one's counts more.

    What was said to be mended in an earlier version is not carried on: there it is said of that text alone.
    """
    order = {check.pk: place for place, check in enumerate(checks)}
    rows = ClaimMark.objects.filter(check_of__in=list(order)).exclude(standing=Standing.REMARK)
    newest = len(checks) - 1
    found: dict[str, ClaimMark] = {}
    for mark in sorted(rows, key=lambda one: (order[one.check_of_id], one.said_at, one.number)):
        if order[mark.check_of_id] == newest or mark.standing == Standing.FALSE_ALARM:
            found[mark.key] = mark
    return found


def list_said(check: ReportCheck) -> dict[str, list[ClaimMark]]:
    """All that was said of each accusation of a check, by its key."""
    said: dict[str, list[ClaimMark]] = {}
    for mark in ClaimMark.objects.filter(check_of=check):
        said.setdefault(mark.key, []).append(mark)
    return said


def list_versions(check: ReportCheck) -> list[ReportCheck]:
    """This check and those of the earlier versions, the first version first."""
    found, at = [check], check
    while at.follows_id is not None and len(found) < 100:
        at = ReportCheck.objects.get(pk=at.follows_id, partnership=check.partnership_id)
        found.append(at)
    return found[::-1]


def list_to_look_at(result: CheckResult) -> list[Claim]:
    """What is to be looked at in a result, worst first: accusations, then what differs from the evidence."""
    return [claim for claim in result.drawn["claims"] if claim["is_to_look_at"]]


@dataclass(frozen=True, slots=True)
class Since:
    """What a version has against the one before: keys that are new, claims that are gone, and how many stayed.

    `unmended` are keys that were said to be mended and are there all the same.
    """

    earlier: ReportCheck
    new: frozenset[str]
    gone: tuple[Claim, ...]
    stayed_count: int
    unmended: frozenset[str]


def compare_versions(check: ReportCheck, result: CheckResult) -> Since | None:
    """What changed since the version that a check follows; None for a first one, or where that text is gone."""
    if check.follows is None:
        return None
    before = find_result(check.follows)
    if before is None:
        return None
    old, now = list_to_look_at(before), {claim["key"] for claim in list_to_look_at(result)}
    keys = {claim["key"] for claim in old}
    last = {key: marks[-1] for key, marks in list_said(check.follows).items()}
    said = {key for key, mark in last.items() if mark.standing == Standing.MENDED}
    gone = tuple(claim for claim in old if claim["key"] not in now)
    return Since(check.follows, frozenset(now - keys), gone, len(now & keys), frozenset(said & now))


def count_open(result: CheckResult, marks: Mapping[str, ClaimMark]) -> int:
    """How many accusations nobody has settled yet."""
    settled = {key for key, mark in marks.items() if mark.standing in SETTLED}
    return sum(claim["key"] not in settled for claim in list_to_look_at(result))
