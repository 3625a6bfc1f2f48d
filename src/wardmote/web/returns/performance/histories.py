"""Every value an indicator ever had: who returned it, who signed it, what was asked, what was set by hand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from wardmote.evidence.interface import decode_value
from wardmote.evidence.targets.plan import Value
from wardmote.web.partnerships.interface import Person
from wardmote.web.plans.interface import Indicator, Plan
from wardmote.web.returns.models import Query, Return, ReturnVersion, StatusOverride
from wardmote.web.returns.performance.past import list_past_plans, until_superseded
from wardmote.web.returns.performance.value_words import say_value
from wardmote.web.returns.states import ChangeKind

#: Who did something, where a reader is not told the name.
UNNAMED = "a member of the partnership"


@dataclass(frozen=True, slots=True)
class PastVersion:
    """A value as it was submitted, and whether it is the one that counts."""

    id: UUID
    return_id: UUID
    period: str
    quarter: str
    number: int
    is_current: bool
    kind: str
    value: Value
    shown: str
    submitted_at: datetime
    submitted_by: str
    signed_off_at: datetime | None
    signed_off_by: str
    reason: str
    what_happened: str
    so_what: str
    what_next: str
    source: str


def list_history(indicator: Indicator, *, sees_all: bool) -> list[PastVersion]:
    """All versions of all values of the indicator's series, the newest quarter first.

    Who does not see all (scrutiny, readers) is told no names, and no words that nobody has signed off yet.
    """
    rows = (
        ReturnVersion.objects.filter(
            partnership_id=indicator.partnership_id, of__indicator__series=indicator.series,
            of__indicator__plan__in=list_past_plans(indicator.plan),
        )
        .filter(until_superseded(indicator.plan, plan_field="of__indicator__plan", quarter_field="of__quarter"))
        .select_related("of__quarter")
        .order_by("-of__quarter__ends_on", "of__quarter__period", "-number")
    )  # fmt: skip
    versions = list(rows)
    keys = [row.submitted_by for row in versions] + [row.signed_off_by for row in versions]
    people = read_names(keys, names=sees_all)
    return [_describe(row, people, with_words=sees_all or _is_checked(row)) for row in versions]


def read_names(keys: Iterable[UUID | None], *, names: bool) -> dict[UUID | None, str]:
    """The names behind keys, in one query; where they are not to be read, what stands for everybody."""
    wanted = {key for key in keys if key is not None}
    if not names:
        return dict.fromkeys(wanted, UNNAMED)
    return dict(Person.objects.filter(pk__in=wanted).values_list("pk", "name")) if wanted else {}


def _is_checked(row: ReturnVersion) -> bool:
    return row.signed_off_at is not None or row.kind == ChangeKind.IMPORTED


def _describe(row: ReturnVersion, people: dict[UUID | None, str], *, with_words: bool) -> PastVersion:
    value = decode_value(row.value, where="a returned value")
    if not with_words:
        value = replace(value, narrative="", note="")
    words = (row.what_happened or value.narrative, row.so_what, row.what_next, row.reason) if with_words else ("",) * 4
    return PastVersion(
        id=row.pk, return_id=row.of_id, period=value.period, quarter=row.of.quarter.period, number=row.number,
        is_current=row.of.version_id == row.pk, kind=str(ChangeKind(row.kind).label), value=value,
        shown=say_value(value), submitted_at=row.submitted_at, submitted_by=people.get(row.submitted_by, ""),
        signed_off_at=row.signed_off_at, signed_off_by=people.get(row.signed_off_by, ""), reason=words[3],
        what_happened=words[0], so_what=words[1], what_next=words[2], source=value.source,
    )  # fmt: skip


def list_queries(indicator: Indicator) -> list[Query]:
    """What was asked about the indicator's values, the newest first."""
    rows = Query.objects.filter(partnership_id=indicator.partnership_id, of__indicator=indicator)
    return list(rows.select_related("of__quarter").order_by("-asked_at"))


def list_overrides(indicator: Indicator) -> list[StatusOverride]:
    """The statuses that were set by hand, lifted ones among them, the newest first."""
    rows = StatusOverride.objects.filter(partnership_id=indicator.partnership_id, indicator=indicator)
    return list(rows.order_by("-set_at"))


def list_returns(indicator: Indicator, plans: Sequence[Plan]) -> list[Return]:
    """The indicator's returns that somebody owes or made, the newest quarter first."""
    rows = Return.objects.filter(
        partnership_id=indicator.partnership_id, indicator__series=indicator.series, indicator__plan__in=plans,
        quarter__is_historic=False,
    )  # fmt: skip
    return list(rows.select_related("quarter").order_by("-quarter__ends_on"))
