"""By what a plan that was judged before can be told to be unchanged, across processes and without judging it."""

from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from wardmote.evidence.targets.plan import Terms
from wardmote.web.foundation.models import AuditHead
from wardmote.web.foundation.writes import SITE_CHAIN
from wardmote.web.plans.interface import Indicator, Plan, Target
from wardmote.web.returns.models import Quarter, Return, StatusOverride

_INDICATOR = (
    "id", "plan_id", "series", "ref", "number", "title", "polarity", "unit", "lag", "series_key", "discontinued_on",
    "details", "source", "definition", "numerator", "denominator", "data_source", "is_context", "evidence", "shape",
    "basis", "frequency", "part_names", "owner_id", "owner__name", "priority_id", "priority__number",
    "priority__title", "plan__title", "plan__state", "plan__is_historic",
)  # fmt: skip
_TARGET = (
    "id", "indicator_id", "number", "text", "spec", "also", "valid_from", "valid_to", "set_by", "reason",
    "withdrawn_at",
)  # fmt: skip
_QUARTER = ("id", "plan_id", "starts_on", "ends_on")
_RETURN = ("id", "version_id", "state")
_OVERRIDE = ("id", "indicator_id", "period", "status", "reason", "set_by_name", "set_at")


def read_heads(plan: Plan) -> tuple[tuple[str, int], ...]:
    """Where the audit trail of the partnership and of the site stand: no record changes without moving one."""
    chains = (str(plan.partnership_id), SITE_CHAIN)
    return tuple(AuditHead.objects.filter(chain__in=chains).order_by("chain").values_list("chain", "length"))


def describe_content(plans: Sequence[Plan], terms: Terms) -> str:
    """A digest of all that these plans' statuses are made of, but the values themselves: a version never changes.

    Five queries of plain columns.
    """
    partnership = plans[0].partnership_id
    asked: list[list[Any]] = [
        [(plan.pk, plan.version, plan.starts_on) for plan in plans],
        [terms],
        _list(Quarter.objects.filter(partnership_id=partnership, plan__in=plans, is_historic=False), _QUARTER),
        _list(Indicator.objects.filter(partnership_id=partnership, plan__in=plans), _INDICATOR),
        _list(Target.objects.filter(partnership_id=partnership, plan__in=plans), _TARGET),
        _list(StatusOverride.objects.filter(
            partnership_id=partnership, indicator__plan__in=plans, ended_at=None), _OVERRIDE),
        _list(Return.objects.filter(
            partnership_id=partnership, indicator__plan__in=plans, version__isnull=False), _RETURN),
    ]  # fmt: skip
    return sha256(repr(asked).encode()).hexdigest()


def _list(rows: Any, names: tuple[str, ...]) -> list[Any]:
    return list(rows.order_by("id").values_list(*names))
