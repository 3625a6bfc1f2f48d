"""A plan of the partnership as the core judges it, and what the core says of it, kept until anything changes."""

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from threading import Lock
from uuid import UUID
from weakref import WeakValueDictionary

from wardmote.evidence.interface import judge_plan
from wardmote.evidence.targets.plan import Override, Terms, Value
from wardmote.evidence.targets.plan import Plan as CorePlan
from wardmote.evidence.targets.statuses import IndicatorStatus
from wardmote.web.foundation.clock import read_today
from wardmote.web.foundation.writes import has_current_write
from wardmote.web.plans.interface import Indicator, Plan, to_core_indicator
from wardmote.web.returns.models import StatusOverride
from wardmote.web.returns.performance.fingerprints import describe_content, read_heads
from wardmote.web.returns.performance.past import (
    Reported,
    choose_reported,
    find_standing,
    list_past_plans,
    list_reported,
    read_kin,
)
from wardmote.web.returns.performance.rows import Row, build_rows
from wardmote.web.returns.performance.terms import read_terms

_MOST_KEPT = 32
#: What is said behind whoever set a status in a file: nobody here has looked who it was.
AS_FILED = ", as the file says"


@dataclass(frozen=True, slots=True)
class Judged:
    """A plan and its statuses, row for row; `reported` says of each row in which returns its values stand.

    Shared by requests: to be read, never changed.
    """

    plan: CorePlan
    statuses: tuple[IndicatorStatus, ...]
    reported: tuple[tuple[Reported, ...], ...]
    records: tuple[Indicator, ...]
    rows: tuple[Row, ...]
    as_at: date | None  # None: nobody said, as of a plan that is judged as it stood


@dataclass(frozen=True, slots=True)
class _Built:
    records: list[Indicator]
    plan: CorePlan
    reported: tuple[tuple[Reported, ...], ...]


def build_core_plan(plan: Plan, *, as_at: date | None = None, with_words: bool = False) -> CorePlan:
    """The plan with every indicator, its targets, and all that was ever reported of it, as the core's value.

    `as_at` leaves out what was reported for quarters that ended after that day. `with_words`: with what was typed
    beside values that nobody has signed off. Eight queries, whatever the size.
    """
    return _build(plan, read_terms(plan.partnership), as_at=as_at, with_words=with_words).plan


def list_values(indicator: Indicator) -> tuple[Value, ...]:
    """What was reported of this indicator, here and in the earlier plans of its series, oldest quarter first."""
    plans = list_past_plans(indicator.plan)
    reported = list_reported(plans, [indicator]).get(indicator.series, [])
    kin = read_kin(plans, [indicator])
    return tuple(found.value for found in choose_reported(indicator, reported, find_standing(plans), kin))


def judge_current(plan: Plan, *, as_at: date | None = None) -> tuple[IndicatorStatus, ...]:
    """The status of every indicator and period as it stands, in the order of `list_indicators`.

    `as_at`: as it stood with the quarters that had ended by that day; without it, today. A historic plan is judged as
    it stood, by no day at all.
    """
    return read_judged(plan, as_at=as_at).statuses


def read_judged(plan: Plan, *, as_at: date | None = None, with_words: bool = False) -> Judged:
    """The plan judged. What was found before is given again while nothing it was made of has changed.

    `with_words`: with what was typed beside values that nobody has signed off yet, which only who works on returns
    may read. Without it no such word is in the plan, nor in the reason of any status.
    """
    day = as_at or (None if plan.is_historic else read_today())
    if has_current_write():  # what is being written has no entry in the trail yet, and may be taken back
        return _judge(plan, read_terms(plan.partnership), as_at=as_at, day=day, with_words=with_words)
    key = (plan.pk, as_at, day, with_words, plan.partnership.amber_within_pct, plan.partnership.small_number)
    heads = read_heads(plan)
    kept = _KEPT.find(key, heads)
    if kept is not None:
        return kept
    terms = read_terms(plan.partnership)
    content = describe_content(list_past_plans(plan), terms)
    kept = _KEPT.find_same(key, content)
    if kept is None:
        with _JUDGING.find(plan.pk):  # several who ask at once for what has just changed wait for one answer
            kept = _KEPT.find_same(key, content) or _judge(plan, terms, as_at=as_at, day=day, with_words=with_words)
            _KEPT.keep(key, heads, content, kept)
    else:
        _KEPT.keep(key, heads, content, kept)
    return kept


def _judge(plan: Plan, terms: Terms, *, as_at: date | None, day: date | None, with_words: bool) -> Judged:
    built = _build(plan, terms, as_at=as_at, with_words=with_words)
    judging = replace(built.plan, terms=replace(terms, as_at=day))
    statuses = judge_plan(judging)
    rows = build_rows(built.records, judging.indicators, statuses, built.reported)
    return Judged(judging, statuses, built.reported, tuple(built.records), rows, day)


def _hide_words(found: Reported) -> Reported:
    """What was reported without the words typed beside it, where nobody has signed it off."""
    return found if found.is_signed else replace(found, value=replace(found.value, narrative="", note=""))


def list_indicators(plan: Plan) -> list[Indicator]:
    """The plan's indicators in its own order, with all that a row is made of."""
    rows = Indicator.objects.filter(partnership_id=plan.partnership_id, plan=plan)
    fetched = rows.select_related("priority", "owner", "plan").prefetch_related("targets")
    return list(fetched.order_by("priority__number", "number", "ref"))


def _build(plan: Plan, terms: Terms, *, as_at: date | None, with_words: bool) -> _Built:
    indicators = list_indicators(plan)
    plans = list_past_plans(plan)
    kin = read_kin(plans, indicators)
    reported = list_reported(plans, indicators, as_at=as_at)
    overrides = _read_overrides(plans, indicators)
    standing = find_standing(plans)
    chosen = [choose_reported(row, reported.get(row.series, ()), standing, kin) for row in indicators]
    if not with_words:
        chosen = [[_hide_words(found) for found in values] for values in chosen]
    rows = [
        to_core_indicator(row, [found.value for found in values], _choose_overrides(row, values, overrides))
        for row, values in zip(indicators, chosen, strict=True)
    ]
    core = CorePlan(plan.title, tuple(rows), terms=terms)
    return _Built(indicators, core, tuple(tuple(values) for values in chosen))


def _read_overrides(plans: Sequence[Plan], indicators: Iterable[Indicator]) -> dict[UUID, list[StatusOverride]]:
    """The statuses set by a person and not lifted, by series, the oldest first.

    A plan that is worked on takes them from its versions and from the plans it was drafted to take over from, where a
    named person here set them. What a file says of a plan that was kept as it stood is that plan's own alone.
    """
    series = {indicator.series for indicator in indicators}
    rows = StatusOverride.objects.filter(
        partnership_id=plans[0].partnership_id, indicator__plan__in=_list_heirs(plans), indicator__series__in=series,
        ended_at=None,
    )  # fmt: skip
    if not plans[0].is_historic:
        rows = rows.filter(set_by__isnull=False)
    found: dict[UUID, list[StatusOverride]] = {}
    for row in rows.select_related("indicator__plan").order_by("set_at", "id"):
        found.setdefault(row.indicator.series, []).append(row)
    return found


def _list_heirs(plans: Sequence[Plan]) -> list[Plan]:
    """The versions of the plan, and the plans that were taken over from; not those that were only linked."""
    named = {plan.predecessor_id for plan in plans}
    lineages = {plans[0].lineage, *(plan.lineage for plan in plans if plan.pk in named and not plan.is_historic)}
    return [plan for plan in plans if plan.lineage in lineages]


def _choose_overrides(
    indicator: Indicator, values: Iterable[Reported], overrides: dict[UUID, list[StatusOverride]]
) -> list[Override]:
    """Those of this row, and those of the rows that its older values come from; the last set of a period holds."""
    inherited = {(found.indicator_id, found.value.period) for found in values}
    held: dict[str, Override] = {}
    for row in overrides.get(indicator.series, ()):
        if row.indicator_id == indicator.pk or (row.indicator_id, row.period) in inherited:
            held.pop(row.period, None)
            held[row.period] = _make_override(row)
    return list(held.values())


def _make_override(row: StatusOverride) -> Override:
    colour = row.status
    by = row.set_by_name or "the partnership"
    if row.set_by is None and row.indicator.plan.is_historic and not by.endswith(AS_FILED):
        by += AS_FILED
    return Override(row.period, colour, row.reason, by, row.set_at.date())  # type: ignore[arg-type]  # a checked colour


class _Kept:
    """What was judged last of each plan, held against what it was made of. One for each process.

    First the heads of the audit trail are asked, which every write moves: where they stand still nothing has changed.
    Where they moved, the plan's own content is looked at, so that a draft saved elsewhere judges nothing anew.
    """

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[object, ...], tuple[object, str, Judged]] = OrderedDict()
        self._lock = Lock()

    def find(self, key: tuple[object, ...], heads: object) -> Judged | None:
        with self._lock:
            held = self._kept.get(key)
        return held[2] if held is not None and held[0] == heads else None

    def find_same(self, key: tuple[object, ...], content: str) -> Judged | None:
        with self._lock:
            held = self._kept.get(key)
        return held[2] if held is not None and held[1] == content else None

    def keep(self, key: tuple[object, ...], heads: object, content: str, judged: Judged) -> None:
        with self._lock:
            self._kept.pop(key, None)
            self._kept[key] = (heads, content, judged)
            while len(self._kept) > _MOST_KEPT:
                self._kept.popitem(last=False)


class _Locks:
    """A lock for each plan that is being judged: a large plan keeps nobody waiting for another."""

    def __init__(self) -> None:
        self._held: WeakValueDictionary[UUID, Lock] = WeakValueDictionary()
        self._lock = Lock()

    def find(self, plan: UUID) -> Lock:
        with self._lock:
            return self._held.setdefault(plan, Lock())


_KEPT = _Kept()
_JUDGING = _Locks()
