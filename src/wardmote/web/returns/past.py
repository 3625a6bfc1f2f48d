"""What was returned of one measure before, whatever plan or version it stood in; and what that leads to expect.

One indicator's own past answers all of a return's page: the whole plan is never judged for one return.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import prefetch_related_objects

from wardmote.evidence.interface import decode_target, find_expected_range, query_value
from wardmote.evidence.targets.expected import ExpectedRange
from wardmote.evidence.targets.kinds import TargetVersion
from wardmote.evidence.targets.plan import Indicator as CoreIndicator
from wardmote.evidence.targets.plan import Value
from wardmote.evidence.targets.queries import Query as Question
from wardmote.web.foundation.clock import read_today
from wardmote.web.plans.interface import Indicator, ReturnShape
from wardmote.web.returns.calendar import find_stretch
from wardmote.web.returns.models import Return
from wardmote.web.returns.performance.past import (
    choose_reported,
    find_standing,
    list_past_plans,
    list_reported,
    read_kin,
)

#: The expected range looks at twelve; a year more shows the same quarter of the year before last.
_MOST_VALUES = 16


@dataclass(frozen=True, slots=True)
class Past:
    """One measure as the core knows it: its targets, and what came before a quarter."""

    indicator: CoreIndicator

    @property
    def last_values(self) -> tuple[Value, ...]:
        """The last four values, the latest first."""
        return self.indicator.values[-4:][::-1]


def read_past(ret: Return) -> Past:
    """The past of one return's measure, before its quarter. Two queries."""
    return read_pasts([ret])[ret.pk]


def read_pasts(returns: Iterable[Return]) -> dict[UUID, Past]:
    """The pasts of several returns by the return's key, in as many queries as one needs for each plan."""
    wanted = list(returns)
    prefetch_related_objects([ret.indicator for ret in wanted], "targets", "plan")
    by_plan: dict[UUID, list[Return]] = {}
    for ret in wanted:
        by_plan.setdefault(ret.indicator.plan_id, []).append(ret)
    return {key: past for group in by_plan.values() for key, past in _read_group(group)}


def _read_group(returns: list[Return]) -> Iterable[tuple[UUID, Past]]:
    """The pasts of returns of one plan: the same values as its pages are judged by."""
    indicators = [ret.indicator for ret in returns]
    plans = list_past_plans(indicators[0].plan)
    reported, kin, standing = list_reported(plans, indicators), read_kin(plans, indicators), find_standing(plans)
    for ret in returns:
        chosen = choose_reported(ret.indicator, reported.get(ret.indicator.series, ()), standing, kin)
        before = [found.value for found in chosen if found.ends_on < ret.quarter.ends_on]
        yield ret.pk, Past(_make_indicator(ret.indicator, before))


def _make_indicator(indicator: Indicator, before: list[Value]) -> CoreIndicator:
    return CoreIndicator(
        id=indicator.ref, title=indicator.title, polarity=indicator.polarity, unit=indicator.unit,  # type: ignore[arg-type]
        targets=tuple(_read_targets(indicator)), values=tuple(before[-_MOST_VALUES:]),
    )  # fmt: skip


def _read_targets(indicator: Indicator) -> Iterable[TargetVersion]:
    for target in indicator.targets.all():
        yield TargetVersion(
            decode_target(target.spec), target.text, target.valid_from, target.valid_to, target.set_by, target.reason
        )


def find_expected(ret: Return, past: Past, *, whole: float | None = None) -> ExpectedRange | None:
    """Between which numbers the value is likely to lie; None where the past says too little, or it is no number."""
    if ret.indicator.shape in (ReturnShape.STATUS, ReturnShape.CHECKLIST, ReturnShape.PARTS):
        return None
    start, end = find_stretch(ret.indicator.basis, ret.quarter.starts_on, ret.quarter.ends_on)  # type: ignore[arg-type]
    return find_expected_range(past.indicator, start=start, end=end, basis=ret.indicator.basis, whole=whole)  # type: ignore[arg-type]


def ask_about(past: Past, value: Value) -> tuple[Question, ...]:
    """What must be asked about a value as it is typed, what is impossible first."""
    return query_value([past.indicator], past.indicator, value, as_at=read_today())
